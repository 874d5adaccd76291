// One row a statement: RFC 4180, UTF-8 without a byte order mark.
#include <fmt/format.h>

#include <array>

#include "export/formats.h"
#include "export/parts.h"
#include "text/utf8.h"

namespace avstand::exports {
namespace {

using ledger::Ledger;
using ledger::Statement;

constexpr std::array<std::string_view, 24> kColumns = {
    "article",  "url",        "outlet",       "published",   "language",   "statement",
    "parent",   "begin",      "end",          "quote",       "act",        "source",
    "cue",      "content",    "speaker",      "origin",      "chain",      "distance",
    "evidence", "commitment", "verification", "verified_by", "interested", "confidence"};

/// Whether a spreadsheet may take the text for a formula: it begins, perhaps after blanks, with one
/// of = + - @ (also in full width), or with a tab or a line end (OWASP, "CSV Injection").
bool looks_like_formula(std::string_view text) {
  size_t first = 0;
  while (first < text.size() && text[first] != '\t' && is_blank(decode_utf8(text, first).value))
    first += decode_utf8(text, first).size;
  if (first == text.size()) return false;
  if (std::string_view("=+-@\t\r\n").find(text[first]) != std::string_view::npos) return true;
  for (const std::string_view wide : {"\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"})
    if (text.substr(first).starts_with(wide)) return true;
  return false;
}

class Row {
 public:
  /// A cell that people or articles wrote.
  Row& text(std::string_view value) {
    const std::string whole = valid_utf8(value);
    return cell(looks_like_formula(whole) ? "'" + whole : whole);
  }
  Row& maybe(const std::optional<std::string>& value) { return text(value ? *value : ""); }
  /// A cell that is ours: a label or a number.
  Row& cell(std::string_view value) {
    if (!out_.empty()) out_ += ',';
    out_ += '"';
    for (const char c : value) {
      if (c == '\0') continue;  // no reader of CSV takes it
      if (c == '"') out_ += '"';
      out_ += c;
    }
    out_ += '"';
    return *this;
  }
  std::string take() { return std::move(out_) + "\r\n"; }

 private:
  std::string out_;
};

std::string name_of(const Ledger& l, const std::optional<uint32_t>& entity) {
  return entity ? l.entities[*entity].name : "";
}

std::string row(const Ledger& l, const CodePointIndex& index, size_t i) {
  const Statement& s = l.statements[i];
  const Article& d = l.document;
  const uint32_t begin = s.content.empty() ? 0 : s.content.front().begin;
  const uint32_t end = s.content.empty() ? 0 : s.content.back().end;
  Row row;
  row.text(d.id).maybe(d.url).maybe(d.outlet).maybe(d.published).cell(d.language.view());
  row.cell(local_id('s', i)).cell(s.parent ? local_id('s', *s.parent) : "");
  row.cell(fmt::format("{}", index.to_code_point(begin)));
  row.cell(fmt::format("{}", index.to_code_point(end)));
  row.cell(s.quote).cell(s.act);
  row.text(words(l, s.source)).text(words(l, s.cue)).text(words(l, s.content));
  row.text(name_of(l, s.speaker));
  row.text(s.chain.empty() ? "" : hop_name(l, s.chain.front())).text(chain_in_words(l, s.chain));
  row.cell(fmt::format("{}", s.distance)).cell(s.evidence).cell(s.commitment);
  row.cell(s.verification.status).text(name_of(l, s.verification.by));
  row.cell(s.interested ? "true" : "false").cell(fmt::format("{:.2f}", s.confidence));
  return row.take();
}

}  // namespace

std::string csv_header() {
  Row row;
  for (const std::string_view column : kColumns) row.cell(column);
  return row.take();
}

std::string to_csv(const Ledger& ledger) {
  const CodePointIndex index(ledger.document.text);
  std::string out;
  for (size_t i = 0; i < ledger.statements.size(); ++i) out += row(ledger, index, i);
  return out;
}

}  // namespace avstand::exports
