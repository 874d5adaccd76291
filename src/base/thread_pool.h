// Threads at the outermost loop only: articles are independent of each other.
#pragma once

#include <cstddef>
#include <functional>

namespace avstand {

/// Runs `work(item, worker)` for items 0..count-1 on `threads` workers and calls `emit(item)` in
/// item order, one at a time, as soon as an item and all before it are done. At most `window`
/// items are between started and emitted, so memory is bounded by the window, not by the batch.
/// `threads` 0 means one for each core. With one thread everything runs on the caller.
void ordered_parallel(size_t count, size_t threads, size_t window,
                      const std::function<void(size_t item, size_t worker)>& work,
                      const std::function<void(size_t item)>& emit);

/// Number of workers that ordered_parallel will use for `threads`.
size_t worker_count(size_t threads);

}  // namespace avstand
