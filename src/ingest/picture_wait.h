// Articles of a web archive that wait for their pictures: a crawler writes a page before the
// pictures in it.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/deadline.h"
#include "ingest/ingest.h"

namespace avstand::ingest {

/// Hands items on in the order in which they came, an article once its pictures are there or are no
/// longer waited for: after kMostRecords records, or behind kMostItems items or kMostBytes of text.
/// Pictures that nobody waits for are kept packed, the last kMostKept bytes of them, for an article
/// that comes after them.
/// Reading a kept picture takes time of the article's; over Limits::max_seconds it becomes an
/// error. So memory is bounded and the same archive gives the same articles, also when it is gone
/// on with. Used by one thread.
class PictureWait {
 public:
  static constexpr size_t kMostItems = 64;
  static constexpr size_t kMostBytes = 8'000'000;
  static constexpr uint64_t kMostRecords = 2'000;
  static constexpr size_t kMostKept = 4'000'000;
  static constexpr size_t kLargestKept = 2'000'000;

  /// Both must outlive it.
  PictureWait(const Options& options, const Emit& emit) : options_(options), emit_(emit) {}

  void add(Item item);
  /// Whether an article waits for the picture at that address.
  bool wants(const std::string& url) const { return !url.empty() && wanted_.contains(bare(url)); }
  /// Gives the picture to those that wait for it; false: the bytes are no picture that is read.
  bool take(const std::string& url, std::string_view bytes, const Deadline& deadline);
  /// Keeps the bytes of a picture that nobody waits for yet.
  void keep(const std::string& url, std::string bytes);
  /// One more record of the archive has passed.
  void record_passed();
  void hand_on_all();

 private:
  struct Waiting {
    Item item;
    uint64_t since = 0;  ///< record
    size_t missing = 0;  ///< pictures
  };
  struct Want {
    uint64_t number;  ///< of the item
    size_t picture;
  };

  static std::string bare(const std::string& url) { return url.substr(0, url.find('#')); }
  Waiting& at(uint64_t number) { return queue_[number - first_]; }
  bool must_go() const;
  void hand_on();
  void hand_on_ready();
  void forget(uint64_t number, size_t picture);
  std::optional<PictureFile> kept_file(const std::string& url, const Deadline& deadline) const;
  void take_kept(Item& item) const;

  /// A picture that came before any article that names it.
  struct Kept {
    std::string url, bytes;
  };

  const Options& options_;
  const Emit& emit_;
  std::deque<Waiting> queue_;
  std::map<std::string, std::vector<Want>> wanted_;
  uint64_t first_ = 0;  ///< number of the first item of the queue
  uint64_t records_ = 0;
  size_t bytes_ = 0;
  std::deque<Kept> kept_;
  size_t kept_bytes_ = 0;
};

}  // namespace avstand::ingest
