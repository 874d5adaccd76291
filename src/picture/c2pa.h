// Content credentials: what a C2PA manifest store (specification 2.x and the 1.x before it) says of
// how a picture came about. Read, not validated: that takes the whole of COSE, time stamps,
// revocation and a trust list that changes; Debian has no library for it.
#pragma once

#include <string_view>

#include "document/picture.h"
#include "picture/limits.h"

namespace avstand::picture {

/// Reads a manifest store. Never fails: one that is not read has the status kUnreadable and a
/// reason. The chain begins with the active manifest (the last of the store) and goes on with those
/// its ingredients name, each once, however they name one another.
C2pa read_c2pa(std::string_view store, const Limits& limits);

}  // namespace avstand::picture
