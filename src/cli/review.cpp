#include "cli/review.h"

#include <algorithm>

#include "base/table.h"

namespace avstand::cli {

std::string check_fail_on(const std::string& kinds) {
  for (const std::string_view kind : split(kinds, ',')) {
    if (ledger::is_finding_kind(kind)) continue;
    std::string all;
    for (const std::string_view known : ledger::kFindingKinds)
      all += (all.empty() ? "" : ", ") + std::string(known);
    return "there is no finding '" + std::string(kind) + "'; there are " + all;
  }
  return "";
}

Result<std::shared_ptr<Review>> Review::open(const std::string& fail_on,
                                             const std::vector<std::string>& files) {
  auto review = std::make_shared<Review>();
  for (const std::string_view kind : split(fail_on, ',')) review->fail_on_.emplace_back(kind);
  AVSTAND_TRY(accepted, AcceptedFindings::load(files));
  review->accepted_ = std::move(accepted);
  return review;
}

std::vector<Error> Review::failures(const ledger::Ledger& ledger) const {
  std::vector<Error> out;
  for (const ledger::Finding& f : ledger.findings) {
    if (f.accepted) continue;
    if (std::find(fail_on_.begin(), fail_on_.end(), f.kind) == fail_on_.end()) continue;
    out.push_back({.code = ErrorCode::kInput,
                   .message = f.kind + ": " + f.message,
                   .file = ledger.document.id});
  }
  return out;
}

Rendering Review::reviewed(const std::shared_ptr<Review>& review, Rendering rendering,
                           Console& console) {
  if (rendering.until < Stage::kLedger) return rendering;
  rendering.review = [review](ledger::Ledger& ledger) { review->accepted_.apply(ledger); };
  rendering.article = [review, &console, inner = rendering.article](const Reading& reading) {
    return
        [review, &console, deliver = inner(reading), failures = review->failures(reading.ledger)] {
          deliver();
          for (const Error& failure : failures) console.problem(failure);
          review->failed_ = review->failed_ || !failures.empty();
        };
  };
  rendering.failed = [review] { return review->failed_; };
  rendering.fail = [review] { review->failed_ = true; };
  rendering.finish = [review, &console, inner = rendering.finish] {
    inner();
    for (const std::string& remark : review->accepted_.stale()) console.note(remark);
  };
  return rendering;
}

}  // namespace avstand::cli
