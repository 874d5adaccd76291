// How many connections the system lets this process hold.
#pragma once

#include <cstddef>

namespace avstand::serve {

/// Raises the soft limit on open files (RLIMIT_NOFILE) as far as `connections` need and the hard
/// limit lets it. Gives how many of them fit; at least 1. What the server opens besides
/// (archives, models, answers to those who are turned away) is counted in.
size_t allow_connections(size_t connections);

}  // namespace avstand::serve
