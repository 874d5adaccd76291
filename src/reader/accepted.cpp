#include "reader/accepted.h"

#include <algorithm>
#include <filesystem>

#include "base/file.h"
#include "base/table.h"
#include "text/utf8.h"

namespace avstand {
namespace {

constexpr size_t kMaxBytes = 1 << 20;
constexpr std::string_view kSpace = " \t\r\n";

/// White space made single spaces, none at the ends.
std::string collapsed(std::string_view s) {
  std::string out;
  for (const char ch : s) {
    const bool space = kSpace.find(ch) != std::string_view::npos;
    if (space && (out.empty() || out.back() == ' ')) continue;
    out += space ? ' ' : ch;
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

Error line_error(const std::string& path, uint64_t number, std::string message) {
  return {.code = ErrorCode::kUsage,
          .message = std::move(message),
          .file = path,
          .line = number,
          .hint = "a line is: kind, tab, words of the finding, tab, reason"};
}

bool has_words(const ledger::Finding& finding, const std::string& text, const std::string& words) {
  return std::any_of(finding.spans.begin(), finding.spans.end(), [&](Span span) {
    return collapsed(span.in(text)).find(words) != std::string::npos;
  });
}

}  // namespace

Result<std::vector<AcceptedFindings::Line>> AcceptedFindings::parse(std::string_view bytes,
                                                                    const std::string& path) {
  std::vector<Line> out;
  uint64_t number = 0;
  for (const std::string_view row : split(bytes, '\n')) {
    ++number;
    if (row.empty() || row == "\r" || row.front() == '#') continue;
    const auto cells = split(row, '\t');
    if (cells.size() != 3) return line_error(path, number, "has not three cells");
    Line line{collapsed(cells[0]), collapsed(cells[1]), collapsed(cells[2]), number, false};
    if (!ledger::is_finding_kind(line.kind))
      return line_error(path, number, "there is no finding '" + line.kind + "'");
    if (line.words.empty() || line.reason.empty())
      return line_error(path, number, "lacks its words or its reason");
    out.push_back(std::move(line));
  }
  return out;
}

Result<AcceptedFindings> AcceptedFindings::load(const std::vector<std::string>& articles) {
  AcceptedFindings out;
  for (const std::string& article : articles) {
    const std::string path = article + std::string(kSuffix);
    std::error_code ignored;
    if (article == "-" || !std::filesystem::is_regular_file(path, ignored)) continue;
    AVSTAND_TRY(bytes, read_file(path, kMaxBytes));
    AVSTAND_TRY(lines, parse(bytes, path));
    out.by_article_.insert_or_assign(article, std::move(lines));
  }
  return out;
}

void AcceptedFindings::apply(ledger::Ledger& ledger) {
  const std::lock_guard lock(*mutex_);
  const auto found = by_article_.find(ledger.document.id);
  if (found == by_article_.end()) return;
  for (ledger::Finding& finding : ledger.findings)
    for (Line& line : found->second) {
      if (line.kind != finding.kind || !has_words(finding, ledger.document.text, line.words))
        continue;
      if (!finding.accepted) finding.accepted = line.reason;
      line.used = true;
    }
}

std::vector<std::string> AcceptedFindings::stale() const {
  std::vector<std::string> out;
  for (const auto& [article, lines] : by_article_)
    for (const Line& line : lines)
      if (!line.used)
        out.push_back(article + std::string(kSuffix) + ":line " + std::to_string(line.number) +
                      ": no finding " + line.kind + " with these words: " + line.words);
  return out;
}

}  // namespace avstand
