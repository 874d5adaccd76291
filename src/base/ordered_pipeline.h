// Threads at the outermost loop only: articles are independent of each other.
//
// Items are pushed by one thread, worked on by many, and emitted in the order they were pushed. At
// most `window` items are alive at a time, so memory is bounded by the window, not by the batch:
// push() waits while it is full.
//
//   OrderedPipeline<Job> jobs(threads, window, [&](Job& j, size_t worker) { … },
//                             [&](Job& j) { print(j); });
//   for (…) jobs.push(Job{…});
//   jobs.finish();
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace avstand {

/// Number of workers for a user's wish; 0 means one for each core.
inline size_t worker_count(size_t threads) {
  return threads != 0 ? threads : std::max<size_t>(1, std::thread::hardware_concurrency());
}

template <typename T>
class OrderedPipeline {
 public:
  using Work = std::function<void(T& item, size_t worker)>;
  using Emit = std::function<void(T& item)>;

  /// With one thread everything runs on the caller of push().
  OrderedPipeline(size_t threads, size_t window, Work work, Emit emit)
      : window_(std::max(window, worker_count(threads))),
        work_(std::move(work)),
        emit_(std::move(emit)) {
    if (worker_count(threads) == 1) return;
    for (size_t w = 0; w < worker_count(threads); ++w) pool_.emplace_back([this, w] { run(w); });
  }
  OrderedPipeline(const OrderedPipeline&) = delete;
  OrderedPipeline& operator=(const OrderedPipeline&) = delete;
  ~OrderedPipeline() { finish(); }

  /// Hands in an item; waits while `window` items are under way.
  void push(T item) {
    if (pool_.empty()) {
      work_(item, 0);
      emit_(item);
      return;
    }
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return slots_.size() < window_; });
    slots_.push_back(Slot{std::move(item)});
    changed_.notify_all();
  }

  /// Waits until all items are emitted. Called by the destructor; push() is over after it.
  void finish() {
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
      changed_.notify_all();
    }
    pool_.clear();  // joins
  }

 private:
  enum class State : uint8_t { kWaiting, kRunning, kDone };
  struct Slot {
    T item;
    State state = State::kWaiting;
  };

  void run(size_t worker) {
    std::unique_lock lock(mutex_);
    for (;;) {
      Slot* slot = nullptr;
      changed_.wait(lock, [&] { return (slot = next_waiting()) != nullptr || closed_; });
      if (slot == nullptr) return;
      slot->state = State::kRunning;
      lock.unlock();
      work_(slot->item, worker);
      lock.lock();
      slot->state = State::kDone;
      emit_ready(lock);
    }
  }

  Slot* next_waiting() {
    for (Slot& s : slots_)
      if (s.state == State::kWaiting) return &s;
    return nullptr;
  }

  /// Emits the items that are due. Only one worker does so at a time; another that finds
  /// `emitting_` set leaves its item to the first, which looks again after each one. A deque keeps
  /// references right while others push at its end and this one pops at its front.
  void emit_ready(std::unique_lock<std::mutex>& lock) {
    if (emitting_) return;
    emitting_ = true;
    while (!slots_.empty() && slots_.front().state == State::kDone) {
      Slot& due = slots_.front();
      lock.unlock();
      emit_(due.item);
      lock.lock();
      slots_.pop_front();
      changed_.notify_all();
    }
    emitting_ = false;
  }

  const size_t window_;
  const Work work_;
  const Emit emit_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Slot> slots_;
  bool closed_ = false;
  bool emitting_ = false;
  std::vector<std::jthread> pool_;
};

}  // namespace avstand
