// Which addresses belong to the public internet.
#pragma once

#include <sys/socket.h>

namespace avstand::fetch {

/// False for everything that leads to this machine, its network or its host: loopback, private,
/// link-local (there the metadata of clouds live), carrier-grade NAT, multicast, documentation and
/// other special ranges, and IPv6 addresses that carry an IPv4 one (mapped, 6to4, Teredo, NAT64).
/// By the registries of IANA for special-purpose addresses (RFC 6890 and later); of IPv6 only
/// 2000::/3 is public at all. False for other families.
bool is_public(const sockaddr& address);

}  // namespace avstand::fetch
