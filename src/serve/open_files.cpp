#include "serve/open_files.h"

#include <sys/resource.h>

#include <algorithm>

namespace avstand::serve {
namespace {

/// Of the server itself: listener, archives (three files for each worker's connection), models, and
/// sockets that are being closed.
constexpr size_t kOther = 256;

}  // namespace

size_t allow_connections(size_t connections) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return connections;
  const rlim_t needed = connections + kOther;
  if (limit.rlim_cur < needed) {
    limit.rlim_cur =
        limit.rlim_max == RLIM_INFINITY ? needed : std::min<rlim_t>(needed, limit.rlim_max);
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0) getrlimit(RLIMIT_NOFILE, &limit);
  }
  if (limit.rlim_cur >= needed) return connections;
  return limit.rlim_cur > kOther ? limit.rlim_cur - kOther : 1;
}

}  // namespace avstand::serve
