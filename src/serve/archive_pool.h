// Connections to one archive for reading: each is lent to one worker at a time.
//
// A read keeps no one from writing (WAL), and between requests no connection holds a transaction.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/archive.h"

namespace avstand::serve {

/// Thread-safe.
class ArchivePool {
 public:
  explicit ArchivePool(std::string path) : path_(std::move(path)) {}
  const std::string& path() const { return path_; }

  /// What `work` gives for an archive. A connection that failed is not used again.
  template <typename Work>
  auto read(Work work) -> decltype(work(std::declval<store::Archive&>())) {
    AVSTAND_TRY(archive, take());
    auto result = work(archive);
    if (result) give_back(std::move(archive));
    return result;
  }

 private:
  Result<store::Archive> take() {
    {
      const std::scoped_lock lock(mutex_);
      if (!spare_.empty()) {
        store::Archive archive = std::move(spare_.back());
        spare_.pop_back();
        return archive;
      }
    }
    return store::Archive::open(path_, store::Archive::Mode::kRead);
  }
  void give_back(store::Archive archive) {
    const std::scoped_lock lock(mutex_);
    spare_.push_back(std::move(archive));
  }

  std::string path_;
  std::mutex mutex_;
  std::vector<store::Archive> spare_;
};

}  // namespace avstand::serve
