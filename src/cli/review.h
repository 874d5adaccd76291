// What a desk asks of `avstand read`: which findings make the run fail, and which are accepted.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/console.h"
#include "cli/session.h"
#include "reader/accepted.h"

namespace avstand::cli {

/// Checks the value of --fail-on; what is wrong with it, or empty.
std::string check_fail_on(const std::string& kinds);

/// One run's review. Its problems and remarks come in input order.
class Review {
 public:
  /// `fail_on`: kinds parted by commas, checked; empty: none.
  static Result<std::shared_ptr<Review>> open(const std::string& fail_on,
                                              const std::vector<std::string>& files);

  /// The same rendering, with accepted findings marked and failing ones told.
  static Rendering reviewed(const std::shared_ptr<Review>& review, Rendering rendering,
                            Console& console);
  bool failed() const { return failed_; }

 private:
  std::vector<Error> failures(const ledger::Ledger& ledger) const;

  AcceptedFindings accepted_;
  std::vector<std::string> fail_on_;
  bool failed_ = false;
};

}  // namespace avstand::cli
