// The word patterns by which flat text shows its form: photo credits, bylines, datelines, …
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "document/article.h"

namespace avstand::ingest {

/// Patterns of data/ingest/*.tsv. Immutable after load, shared by all threads.
class Patterns {
 public:
  static Result<Patterns> load(const std::string& data_dir);
  Patterns(Patterns&&) noexcept;
  Patterns& operator=(Patterns&&) noexcept;
  ~Patterns();

  struct Impl;
  const Impl& get() const { return *impl_; }

 private:
  Patterns();
  std::unique_ptr<Impl> impl_;
};

/// Finds blocks and their kinds in article.text; where article.title is set, the text begins with
/// it and it is the headline. Used by every reader of flat text. O(text).
void find_blocks(Article& article, const Patterns& patterns);

}  // namespace avstand::ingest
