#include "report/strings.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/file.h"
#include "base/table.h"

namespace avstand::report {
namespace {

constexpr size_t kMaxStyleBytes = 1u << 20;
constexpr std::string_view kFallback = "en";

}  // namespace

Result<ReportStrings::Texts> ReportStrings::load_texts(const std::string& path) {
  AVSTAND_TRY(table, Table::load(path, {"key", "text"}));
  Texts texts;
  for (const TableRow& row : table.rows()) {
    if (row.cells[0].empty() || row.cells[1].empty()) return table.error(row, "empty key or text");
    if (!texts.emplace(row.cells[0], row.cells[1]).second)
      return table.error(row, "key '" + row.cells[0] + "' stands twice");
  }
  return texts;
}

Result<ReportStrings> ReportStrings::load(const std::string& data_dir) {
  AVSTAND_TRY(languages,
              Table::load(data_dir + "/languages.tsv", {"code", "name", "model", "base"}));
  ReportStrings out;
  for (const TableRow& row : languages.rows()) {
    std::string path = data_dir + "/report/" + row.cells[0] + ".tsv";
    if (!std::filesystem::exists(path) && !row.cells[3].empty())
      path = data_dir + "/report/" + row.cells[3] + ".tsv";
    AVSTAND_TRY(texts, load_texts(path));
    out.languages_.emplace_back(row.cells[0]);
    out.texts_.emplace(out.languages_.back(), std::move(texts));
  }
  if (out.languages_.empty())
    return Error{.code = ErrorCode::kData, .message = "no languages", .file = languages.name()};
  AVSTAND_CHECK(out.check_keys());
  for (const char* name : {"/report/graph.css", "/report/report.css"}) {
    AVSTAND_TRY(css, read_file(data_dir + name, kMaxStyleBytes));
    // The sheet stands inside <style>; only a '<' could end that, and CSS needs none.
    if (const size_t at = css.find('<'); at != std::string::npos)
      return Error{.code = ErrorCode::kData,
                   .message = "a style sheet may not contain '<'",
                   .file = data_dir + name,
                   .offset = at};
    out.css_ += css;
  }
  return out;
}

Status ReportStrings::check_keys() const {
  const Texts& first = texts_.at(languages_.front());
  for (const auto& [language, texts] : texts_) {
    const auto lacks = [&](const Texts& all, const Texts& some) -> const std::string* {
      for (const auto& [key, unused] : all)
        if (!some.contains(key)) return &key;
      return nullptr;
    };
    const std::string* key = lacks(first, texts);
    if (key == nullptr) key = lacks(texts, first);
    if (key != nullptr)
      return Error{.code = ErrorCode::kData,
                   .message = fmt::format("report strings of '{}' and '{}' differ: '{}'",
                                          languages_.front().view(), language.view(), *key)};
  }
  return Unit{};
}

LanguageCode ReportStrings::pick(LanguageCode wanted) const {
  if (texts_.contains(wanted)) return wanted;
  const LanguageCode fallback(kFallback);
  return texts_.contains(fallback) ? fallback : languages_.front();
}

const std::string* ReportStrings::find(LanguageCode language, std::string_view key) const {
  const Texts& texts = texts_.at(language);
  const auto it = texts.find(key);
  return it == texts.end() ? nullptr : &it->second;
}

std::vector<std::string> ReportStrings::keys() const {
  std::vector<std::string> out;
  for (const auto& [key, unused] : texts_.at(languages_.front())) out.push_back(key);
  return out;
}

std::string_view Phrases::label(std::string_view kind, std::string_view value) const {
  const std::string* text = strings_.find(language_, fmt::format("{}.{}", kind, value));
  return text != nullptr ? *text : value;
}

std::string Phrases::fill(std::string_view key, Values values) const {
  const std::string_view pattern = (*this)(key);
  std::string out;
  for (size_t pos = 0; pos < pattern.size();) {
    const size_t open = std::min(pattern.find('{', pos), pattern.size());
    out += pattern.substr(pos, open - pos);
    const size_t close = pattern.find('}', open);
    if (close == std::string_view::npos) {
      out += pattern.substr(open);
      break;
    }
    const std::string_view name = pattern.substr(open + 1, close - open - 1);
    for (const auto& [known, value] : values)
      if (known == name) out += value;
    pos = close + 1;
  }
  return out;
}

std::string Phrases::count(std::string_view key, uint64_t n) const {
  return fill(fmt::format("{}.{}", key, n == 1 ? "one" : "other"), {{"n", fmt::format("{}", n)}});
}

std::string Phrases::distance(uint32_t hands) const {
  if (hands <= 3) return std::string((*this)(fmt::format("distance.{}", hands)));
  return fill("distance.more", {{"n", fmt::format("{}", hands)}});
}

std::string Phrases::when(std::string_view time) const {
  constexpr size_t kMonth = 7, kDay = 10;  // lengths of "2026-05" and of "2026-05-04"
  const auto like = [&](std::string_view shape) {
    return time.size() >= shape.size() &&
           std::equal(shape.begin(), shape.end(), time.begin(), [](char wanted, char c) {
             return wanted == '0' ? c >= '0' && c <= '9' : c == wanted;
           });
  };
  const bool is_month = time.size() == kMonth && like("0000-00");
  if (!is_month && !like("0000-00-00")) return std::string(time);
  const std::string* month =
      strings_.find(language_, fmt::format("date.month.{}", time.substr(5, 2)));
  if (month == nullptr) return std::string(time);
  const std::string_view year = time.substr(0, 4);
  if (is_month) return fill("date.month", {{"month", *month}, {"year", year}});
  std::string_view day = time.substr(8, 2);
  if (day.front() == '0') day.remove_prefix(1);
  std::string date = fill("date.day", {{"day", day}, {"month", *month}, {"year", year}});
  if (time.size() == kDay || !like("0000-00-00T00:00")) return date;
  return fill("date.time",
              {{"date", date}, {"hour", time.substr(11, 2)}, {"minute", time.substr(14, 2)}});
}

std::string_view Phrases::language_name(LanguageCode code) const {
  const std::string* name = strings_.find(language_, fmt::format("language.{}", code.view()));
  return name != nullptr ? *name : (*this)("language.unknown");
}

}  // namespace avstand::report
