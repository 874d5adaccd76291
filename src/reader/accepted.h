// Findings that an editor has looked at and accepted, in a small file beside the article:
// ARTICLE.accepted.tsv, one a line: kind, some of its words, the reason; '#' begins a comment.
//
//   missing_credit	DAWN: The quay	the reader who took it wants no name
//
// Words, not offsets, so that a line outlives an edit elsewhere in the article. The finding stays
// in the ledger, with the reason. A line that no finding answers to is stale and is told.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/result.h"
#include "ledger/ledger.h"

namespace avstand {

/// apply() may be called from several threads at once; the rest may not.
class AcceptedFindings {
 public:
  static constexpr std::string_view kSuffix = ".accepted.tsv";

  /// Reads the file beside each of the articles that has one. Errors: kUsage with file and line.
  static Result<AcceptedFindings> load(const std::vector<std::string>& articles);

  /// Sets `accepted` of the findings of an article that a line of its file answers to.
  void apply(ledger::Ledger& ledger);
  /// The lines that nothing has answered to, as remarks; once all articles are read.
  std::vector<std::string> stale() const;

 private:
  struct Line {
    std::string kind, words, reason;
    uint64_t number = 0;
    bool used = false;
  };
  static Result<std::vector<Line>> parse(std::string_view bytes, const std::string& path);

  std::map<std::string, std::vector<Line>> by_article_;
  std::unique_ptr<std::mutex> mutex_ = std::make_unique<std::mutex>();
};

}  // namespace avstand
