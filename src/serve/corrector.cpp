#include "serve/corrector.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <charconv>
#include <ctime>

#include "report/html_corrections.h"
#include "serve/token.h"
#include "store/archive.h"
#include "store/archive_json.h"

namespace avstand::serve {
namespace {

std::string now() { return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr))); }

std::string_view trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

/// "A>B", "A > B" -> "A > B". Nothing where a name is missing.
std::optional<std::string> as_chain(std::string_view text) {
  std::string out;
  while (true) {
    const size_t at = std::min(text.find('>'), text.size());
    const std::string_view name = trimmed(text.substr(0, at));
    if (name.empty()) return std::nullopt;
    out += (out.empty() ? "" : " > ") + std::string(name);
    if (at == text.size()) return out;
    text.remove_prefix(at + 1);
  }
}

Refusal no_token() { return {401, "that is not the token"}; }
Refusal none_taken() {
  return {403, "this server takes no corrections: it was started without a token"};
}

}  // namespace

std::variant<store::Correction, Refusal> Corrector::keep(store::Correction c) const {
  if (c.what == "chain") {
    const auto chain = as_chain(c.value);
    if (!chain) return Refusal{400, "'value' is no chain of names parted by >"};
    c.value = *chain;
  }
  if (c.what == "label" && strings_.find(strings_.pick({}), c.field + "." + c.value) == nullptr)
    return Refusal{400, fmt::format("'value' is no label of {}", c.field)};
  c.time = now();
  if (const Status whole = store::check(c); !whole) return Refusal{400, whole.error().message};
  const std::unique_lock lock(writing_, std::try_to_lock);
  if (!lock.owns_lock()) return Refusal{503, "another correction is being written; try again"};
  auto archive = store::Archive::open(archive_, store::Archive::Mode::kWrite);
  if (!archive) return Refusal{503, archive.error().message};
  const auto kept = archive->correct(c);
  if (kept) return c;
  return Refusal{kept.error().code == ErrorCode::kInput ? 400U : 503U, kept.error().message};
}

Response Corrector::correct(const Request& request) const {
  const auto refused = [](const Refusal& why) {
    Response out = error_response(why.status, why.message);
    if (why.status == 401) out.headers.emplace_back("WWW-Authenticate", "Bearer");
    if (why.status == 503) out.headers.emplace_back("Retry-After", "1");
    return out;
  };
  if (!takes_any()) return refused(none_taken());
  if (!same_token(bearer_token(request), token_)) return refused(no_token());
  auto correction = store::correction_from_json(request.body);
  if (!correction) return refused({400, correction.error().message});
  const auto kept = keep(std::move(*correction));
  if (const auto* why = std::get_if<Refusal>(&kept)) return refused(*why);
  return {.status = 201, .body = store::to_json(std::get<store::Correction>(kept)) + "\n"};
}

std::variant<store::Correction, Refusal> Corrector::correct(const Fields& form,
                                                            const ledger::Ledger& ledger) const {
  if (!takes_any()) return none_taken();
  if (!same_token(given(form, "token"), token_)) return no_token();
  const std::string number = given(form, "statement");
  size_t at = 0;
  const auto [end, bad] = std::from_chars(number.data(), number.data() + number.size(), at);
  if (bad != std::errc() || at == 0 || at > ledger.statements.size())
    return Refusal{400, "there is no such statement"};
  const ledger::Statement& statement = ledger.statements[at - 1];
  const std::string what = given(form, "what");
  const bool whole = what == "source" || what == "chain";
  const CodePointIndex points(ledger.document.text);
  const Span extent = report::extent_of(statement);
  return keep({.digest = ledger.digest,
               .begin = points.to_code_point(extent.begin),
               .end = points.to_code_point(extent.end),
               .what = whole ? what : "label",
               .field = whole ? "" : what,
               .value = std::string(trimmed(given(form, "value"))),
               .was = report::reading_of(ledger, statement, what),
               .note = given(form, "note"),
               .author = given(form, "author")});
}

}  // namespace avstand::serve
