// Takes corrections of those who have the token, one at a time.
#pragma once

#include <mutex>
#include <string>
#include <variant>

#include "ledger/ledger.h"
#include "report/strings.h"
#include "serve/http.h"
#include "store/correction.h"

namespace avstand::serve {

struct Refusal {
  unsigned status = 400;  ///< 400 it is not whole, 401 not the token, 403 none are taken, 503 busy
  std::string message = {};
};

/// Thread-safe.
class Corrector {
 public:
  /// `token` empty: no corrections are taken.
  Corrector(std::string archive, std::string token, const report::ReportStrings& strings)
      : archive_(std::move(archive)), token_(std::move(token)), strings_(strings) {}

  bool takes_any() const { return !token_.empty(); }

  /// A correction as JSON with "Authorization: Bearer TOKEN"; 201 and what was kept.
  Response correct(const Request& request) const;
  /// The form of an article's page; `ledger` is the version that it was on.
  std::variant<store::Correction, Refusal> correct(const Fields& form,
                                                   const ledger::Ledger& ledger) const;

 private:
  std::variant<store::Correction, Refusal> keep(store::Correction correction) const;

  std::string archive_, token_;
  const report::ReportStrings& strings_;
  mutable std::mutex writing_;
};

}  // namespace avstand::serve
