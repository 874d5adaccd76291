// Events on their way from a worker to the network: bounded, so that a slow client slows the worker
// and costs no memory.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

namespace avstand::serve {

/// One producer, one consumer. Thread-safe.
class EventQueue {
 public:
  /// `ready` is called from the producer's thread when something came into an empty queue or the
  /// queue was finished.
  explicit EventQueue(std::function<void()> ready) : ready_(std::move(ready)) {}

  /// Waits while the queue is full. False: closed, nobody will read it.
  bool push(std::string event) {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] { return closed_ || events_.size() < kMost; });
    if (closed_) return false;
    events_.push_back(std::move(event));
    lock.unlock();
    ready_();
    return true;
  }
  /// The producer has no more.
  void finish() {
    {
      const std::scoped_lock lock(mutex_);
      finished_ = true;
    }
    ready_();
  }
  /// The consumer wants no more.
  void close() {
    const std::scoped_lock lock(mutex_);
    closed_ = true;
    room_.notify_all();
  }
  /// The next event; nothing where there is none yet, or no more (see drained()).
  std::optional<std::string> pop() {
    const std::scoped_lock lock(mutex_);
    if (events_.empty()) return std::nullopt;
    std::string event = std::move(events_.front());
    events_.pop_front();
    room_.notify_one();
    return event;
  }
  /// Everything has been taken and no more will come.
  bool drained() {
    const std::scoped_lock lock(mutex_);
    return finished_ && events_.empty();
  }

 private:
  static constexpr size_t kMost = 16;

  std::function<void()> ready_;
  std::mutex mutex_;
  std::condition_variable room_;
  std::deque<std::string> events_;
  bool finished_ = false, closed_ = false;
};

}  // namespace avstand::serve
