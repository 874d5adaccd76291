#include "fetch/public_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace avstand::fetch {
namespace {

struct Range4 {
  uint32_t first;
  int bits;
};

constexpr uint32_t v4(uint32_t a, uint32_t b, uint32_t c, uint32_t d) {
  return a << 24 | b << 16 | c << 8 | d;
}

constexpr std::array kSpecial4 = {
    Range4{v4(0, 0, 0, 0), 8},        // this network
    Range4{v4(10, 0, 0, 0), 8},       // private
    Range4{v4(100, 64, 0, 0), 10},    // carrier-grade NAT
    Range4{v4(127, 0, 0, 0), 8},      // loopback
    Range4{v4(169, 254, 0, 0), 16},   // link-local, metadata of clouds
    Range4{v4(172, 16, 0, 0), 12},    // private
    Range4{v4(192, 0, 0, 0), 24},     // protocol assignments
    Range4{v4(192, 0, 2, 0), 24},     // documentation
    Range4{v4(192, 88, 99, 0), 24},   // 6to4 relays
    Range4{v4(192, 168, 0, 0), 16},   // private
    Range4{v4(198, 18, 0, 0), 15},    // benchmarks
    Range4{v4(198, 51, 100, 0), 24},  // documentation
    Range4{v4(203, 0, 113, 0), 24},   // documentation
    Range4{v4(224, 0, 0, 0), 3},      // multicast, reserved, broadcast
};

struct Range6 {
  std::array<uint8_t, 4> first;
  int bits;
};

constexpr std::array kSpecial6 = {
    Range6{{0x20, 0x01, 0x00, 0x00}, 23},  // protocol assignments, Teredo, ORCHID, benchmarks
    Range6{{0x20, 0x01, 0x0d, 0xb8}, 32},  // documentation
    Range6{{0x20, 0x02, 0x00, 0x00}, 16},  // 6to4
    Range6{{0x3f, 0xff, 0x00, 0x00}, 20},  // documentation
};

bool in(uint32_t address, uint32_t first, int bits) {
  return ((address ^ first) & (~uint32_t{0} << (32 - bits))) == 0;
}

uint32_t first_four(const uint8_t* bytes) {
  uint32_t out = 0;
  std::memcpy(&out, bytes, sizeof out);
  return ntohl(out);
}

}  // namespace

bool is_public(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in v4_address{};
    std::memcpy(&v4_address, &address, sizeof v4_address);
    const uint32_t bytes = ntohl(v4_address.sin_addr.s_addr);
    return std::none_of(kSpecial4.begin(), kSpecial4.end(),
                        [&](const Range4& r) { return in(bytes, r.first, r.bits); });
  }
  if (address.sa_family == AF_INET6) {
    sockaddr_in6 v6_address{};
    std::memcpy(&v6_address, &address, sizeof v6_address);
    const uint32_t bytes = first_four(v6_address.sin6_addr.s6_addr);
    constexpr uint32_t kGlobal = 0x20000000;
    return in(bytes, kGlobal, 3) &&
           std::none_of(kSpecial6.begin(), kSpecial6.end(), [&](const Range6& r) {
             return in(bytes, first_four(r.first.data()), r.bits);
           });
  }
  return false;
}

}  // namespace avstand::fetch
