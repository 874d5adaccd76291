#include "store/correction.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "ledger/characters.h"
#include "text/utf8.h"

namespace avstand::store {
namespace {

constexpr size_t kLongestName = 200, kLongestValue = 1000, kLongestNote = 2000;  // bytes
constexpr std::array<std::string_view, 5> kFields = {"quote", "act", "evidence", "commitment",
                                                     "verification"};

Error wrong(std::string_view field, std::string_view why) {
  return {.code = ErrorCode::kInput, .message = fmt::format("'{}' {}", field, why)};
}

Status check_text(std::string_view field, std::string_view text, size_t longest, bool needed) {
  if (needed && text.empty()) return wrong(field, "is missing");
  if (text.size() > longest) return wrong(field, fmt::format("is over {} bytes", longest));
  if (first_invalid_utf8(text)) return wrong(field, "is not UTF-8");
  for (size_t at = 0; at < text.size();) {
    const auto c = ledger::decode_character(text, at);
    if (ledger::is_hidden_control(c.value)) return wrong(field, "has a control character in it");
    at += c.size;
  }
  return Unit{};
}

/// "2026-05-04T10:00:00Z": digits where digits belong.
bool is_time(std::string_view time) {
  constexpr std::string_view kForm = "0000-00-00T00:00:00Z";
  if (time.size() != kForm.size()) return false;
  for (size_t i = 0; i < kForm.size(); ++i) {
    const bool digit = time[i] >= '0' && time[i] <= '9';
    if (kForm[i] == '0' ? !digit : time[i] != kForm[i]) return false;
  }
  return true;
}

bool is_digest(std::string_view digest) {
  constexpr std::string_view kPrefix = "sha256:";
  return digest.size() == kPrefix.size() + 64 && digest.starts_with(kPrefix) &&
         digest.find_first_not_of("0123456789abcdef", kPrefix.size()) == std::string_view::npos;
}

}  // namespace

Status check(const Correction& c) {
  if (!is_digest(c.digest)) return wrong("digest", "is no digest of a text");
  if (c.begin < 0 || c.begin >= c.end) return wrong("span", "holds no words");
  if (c.what != "source" && c.what != "chain" && c.what != "label")
    return wrong("what", "is none of source, chain, label");
  const bool known = std::find(kFields.begin(), kFields.end(), c.field) != kFields.end();
  if (c.what == "label" ? !known : !c.field.empty())
    return wrong("field", c.what == "label"
                              ? "is none of quote, act, evidence, commitment, verification"
                              : "is for labels only");
  AVSTAND_CHECK(check_text("value", c.value, kLongestValue, true));
  AVSTAND_CHECK(check_text("was", c.was, kLongestValue, false));
  AVSTAND_CHECK(check_text("note", c.note, kLongestNote, false));
  AVSTAND_CHECK(check_text("author", c.author, kLongestName, true));
  if (!is_time(c.time)) return wrong("time", "is no time like 2026-05-04T10:00:00Z");
  return Unit{};
}

Result<Correction> correction_from_json(std::string_view text) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object())
    return Error{.code = ErrorCode::kInput, .message = "a correction is a JSON object"};
  Correction out;
  const std::pair<const char*, std::string*> kTexts[] = {
      {"digest", &out.digest}, {"what", &out.what}, {"field", &out.field},   {"value", &out.value},
      {"was", &out.was},       {"note", &out.note}, {"author", &out.author}, {"time", &out.time}};
  for (const auto& [name, value] : kTexts) {
    const auto found = json.find(name);
    if (found == json.end() || found->is_null()) continue;
    if (!found->is_string()) return wrong(name, "is no string");
    *value = found->get<std::string>();
  }
  const auto span = json.find("span");
  if (span == json.end() || !span->is_array() || span->size() != 2 ||
      !(*span)[0].is_number_unsigned() || !(*span)[1].is_number_unsigned() ||
      (*span)[0].get<uint64_t>() > UINT32_MAX || (*span)[1].get<uint64_t>() > UINT32_MAX)
    return wrong("span", "is no pair of offsets");
  out.begin = (*span)[0].get<int64_t>();
  out.end = (*span)[1].get<int64_t>();
  return out;
}

}  // namespace avstand::store
