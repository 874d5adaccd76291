#include "base/thread_pool.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace avstand {

size_t worker_count(size_t threads) {
  return threads != 0 ? threads : std::max<size_t>(1, std::thread::hardware_concurrency());
}

void ordered_parallel(size_t count, size_t threads, size_t window,
                      const std::function<void(size_t item, size_t worker)>& work,
                      const std::function<void(size_t item)>& emit) {
  const size_t workers = std::min(worker_count(threads), std::max<size_t>(1, count));
  if (workers == 1) {
    for (size_t i = 0; i < count; ++i) {
      work(i, 0);
      emit(i);
    }
    return;
  }
  window = std::max(window, workers);
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<bool> done(count);
  size_t next = 0, emitted = 0;
  bool emitting = false;

  // Whoever finishes the item that is due emits it and all that are ready after it. Only one
  // worker emits at a time; a second one finds `emitting` set and leaves its item to the first.
  const auto emit_ready = [&](std::unique_lock<std::mutex>& lock) {
    if (emitting) return;
    emitting = true;
    while (emitted < count && done[emitted]) {
      const size_t item = emitted;
      lock.unlock();
      emit(item);
      lock.lock();
      ++emitted;
      changed.notify_all();
    }
    emitting = false;
  };
  const auto run = [&](size_t worker) {
    std::unique_lock lock(mutex);
    for (;;) {
      changed.wait(lock, [&] { return next >= count || next < emitted + window; });
      if (next >= count) return;
      const size_t item = next++;
      lock.unlock();
      work(item, worker);
      lock.lock();
      done[item] = true;
      emit_ready(lock);
      changed.notify_all();
    }
  };
  std::vector<std::jthread> pool;
  for (size_t w = 1; w < workers; ++w) pool.emplace_back(run, w);
  run(0);
}

}  // namespace avstand
