#include "report/terminal.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "report/picture_words.h"
#include "report/terminal_text.h"
#include "report/view.h"

namespace avstand::report {
namespace {

using ledger::Statement;

constexpr unsigned kMinWidth = 40;
constexpr unsigned kMaxWidth = 100;
constexpr size_t kMaxEvidence = 3;  // words shown under a finding

/// Styles of the Select Graphic Rendition (ECMA-48) that every terminal has on light and dark.
enum class Style : uint8_t { kPlain, kBold, kDim, kHeading, kAlert };

constexpr std::string_view sgr(Style style) {
  switch (style) {
    case Style::kBold:
      return "1";
    case Style::kDim:
      return "2";
    case Style::kHeading:
      return "1;36";
    case Style::kAlert:
      return "1;33";
    case Style::kPlain:
      break;
  }
  return "0";
}

class TerminalReport {
 public:
  TerminalReport(const LedgerView& view, const TerminalOptions& options)
      : view_(view),
        say_(view.say()),
        colour_(options.colour),
        width_(std::clamp(options.width, kMinWidth, kMaxWidth)) {}

  std::string write();

 private:
  void head();
  void findings();
  void finding(const ledger::Finding& finding);
  void distances();
  void origins();
  void statements();
  void statement(size_t index);
  void pictures();
  void picture(const ledger::Picture& picture);

  std::string styled(std::string_view text, Style style) const {
    if (!colour_ || style == Style::kPlain) return std::string(text);
    return fmt::format("\x1b[{}m{}\x1b[0m", sgr(style), text);
  }
  void line(std::string_view indent, std::string_view text, Style style = Style::kPlain) {
    out_ += indent;
    out_ += styled(text, style);
    out_ += '\n';
  }
  /// Wrapped, with `indent` columns of space in front of each line.
  void paragraph(size_t indent, std::string_view text, Style style = Style::kPlain) {
    for (const std::string& l : wrapped(text, width_ - indent))
      line(std::string(indent, ' '), l, style);
  }
  void heading(std::string_view key) {
    out_ += '\n';
    line("", say_(key), Style::kHeading);
  }
  /// Fills to `width` columns.
  static std::string padded(std::string text, size_t width) {
    const size_t used = columns(text);
    if (used < width) text.append(width - used, ' ');
    return text;
  }
  std::string route(const Statement& statement) const;
  std::string joined(const std::vector<std::string>& parts) const;

  const LedgerView& view_;
  const Phrases& say_;
  bool colour_;
  size_t width_;
  std::string out_;
};

std::string TerminalReport::write() {
  head();
  findings();
  distances();
  origins();
  statements();
  pictures();
  return std::move(out_);
}

void TerminalReport::head() {
  const Article& d = view_.ledger().document;
  for (const std::string& l : wrapped(visible(view_.title()), width_)) line("", l, Style::kBold);
  std::vector<std::string> parts;
  if (d.outlet) parts.push_back(visible(*d.outlet));
  if (d.published) parts.push_back(visible(*d.published));
  parts.emplace_back(say_.language_name(d.language));
  paragraph(0, joined(parts), Style::kDim);
}

void TerminalReport::findings() {
  heading("section.findings");
  if (view_.ledger().findings.empty()) paragraph(2, say_("findings.none"));
  for (const ledger::Finding& f : view_.ledger().findings) finding(f);
}

void TerminalReport::finding(const ledger::Finding& f) {
  out_ += styled("! ", Style::kAlert);
  out_ += styled(say_.label("finding", f.kind), Style::kBold);
  out_ += '\n';
  paragraph(2, visible(f.message));
  if (f.accepted)
    paragraph(2, visible(say_.fill("finding.accepted", {{"reason", *f.accepted}})), Style::kDim);
  for (size_t i = 0; i < std::min(f.spans.size(), kMaxEvidence); ++i) {
    const std::string words = visible(view_.excerpt({f.spans[i]}));
    line("    ", shortened(words, width_ - 4), Style::kDim);
  }
}

/// Full to empty with distance, so that the bars differ without colour.
std::string_view bar_glyph(uint32_t distance) {
  static constexpr std::array<std::string_view, 4> kGlyphs = {"█", "▓", "▒", "░"};
  return kGlyphs[std::min<size_t>(distance, kGlyphs.size() - 1)];
}

std::string bar(std::string_view glyph, uint64_t value, uint64_t most, size_t width) {
  const uint64_t cells =
      most == 0 ? 0 : std::max<uint64_t>(value > 0 ? 1 : 0, value * width / most);
  std::string out;
  for (uint64_t i = 0; i < cells; ++i) out += glyph;
  return out;
}

void TerminalReport::distances() {
  if (view_.distances().empty()) return;
  heading("section.distance");
  size_t label_width = 0;
  uint32_t most = 0;
  for (const DistanceView& d : view_.distances()) {
    label_width = std::max(label_width, columns(say_.distance(d.distance)));
    most = std::max(most, d.words);
  }
  constexpr size_t kFigures = 18;  // "12345 words  100 %"
  const size_t bar_width = width_ - 2 - label_width - 2 - kFigures - 2;
  for (const DistanceView& d : view_.distances()) {
    const std::string figures =
        fmt::format("{} {:>3} %", padded(say_.count("count.words", d.words), 12), d.percent);
    out_ += "  " + padded(say_.distance(d.distance), label_width) + "  " +
            padded(bar(bar_glyph(d.distance), d.words, most, bar_width), bar_width) + "  " +
            figures + "\n";
  }
}

void TerminalReport::origins() {
  heading("origins.heading");
  const ledger::Summary& s = view_.ledger().summary;
  paragraph(2, joined({say_.count("count.statements", s.statements),
                       say_.count("count.origins", s.independent_origins)}));
  for (const OriginView& o : view_.origins()) {
    std::string name = visible(view_.name(o.entity));
    const std::string profile = visible(view_.profile(o.entity));
    if (!profile.empty()) name += " (" + profile + ")";
    out_ += fmt::format("  {:>3}  ", o.statements);
    const auto lines = wrapped(name, width_ - 7);
    out_ += lines.front() + "\n";
    for (size_t i = 1; i < lines.size(); ++i) line("       ", lines[i]);
  }
  if (s.unverified > 0) paragraph(2, say_.count("count.unverified", s.unverified));
}

void TerminalReport::statements() {
  if (view_.ledger().summary.statements == 0) return;
  heading("section.statements");
  for (size_t i = 0; i < view_.ledger().statements.size(); ++i)
    if (is_attribution(view_.ledger().statements[i])) statement(i);
}

void TerminalReport::statement(size_t index) {
  const Statement& s = view_.ledger().statements[index];
  const std::string number = fmt::format("{:>3}  ", view_.number(index));
  const size_t indent = number.size();
  const auto lines = wrapped(route(s), width_ - indent);
  out_ += styled(number, Style::kDim) + styled(lines.front(), Style::kBold) + "\n";
  const std::string space(indent, ' ');
  for (size_t i = 1; i < lines.size(); ++i) line(space, lines[i], Style::kBold);
  line(space, shortened(visible(view_.excerpt(s.content)), width_ - indent));
  std::vector<std::string> facts = view_.facts(s);
  if (s.parent && *s.parent < view_.ledger().statements.size() && view_.number(*s.parent) > 0)
    facts.push_back(say_.fill("note.inside", {{"n", fmt::format("{}", view_.number(*s.parent))}}));
  paragraph(indent, joined(facts), Style::kDim);
}

/// From the origin to the last relay: "KCNA → Reuters", and who spoke for the origin.
std::string TerminalReport::route(const Statement& s) const {
  if (is_bare_scare(s)) return std::string(say_("distance.scare"));
  std::string out;
  for (size_t i = 0; i < s.chain.size(); ++i) {
    if (i > 0) out += " → ";
    out += visible(view_.name(s.chain[i]));
    const auto speaker = i == 0 ? view_.speaker(s) : std::nullopt;
    if (speaker) out += " (" + visible(*speaker) + ")";
  }
  return out.empty() ? std::string(say_("hop.unnamed")) : out;
}

std::string TerminalReport::joined(const std::vector<std::string>& parts) const {
  std::string out;
  for (const std::string& part : parts) {
    if (!out.empty()) out += " · ";
    out += part;
  }
  return out;
}

void TerminalReport::pictures() {
  if (view_.ledger().pictures.empty()) return;
  heading("section.pictures");
  for (const ledger::Picture& p : view_.ledger().pictures) picture(p);
}

void TerminalReport::picture(const ledger::Picture& p) {
  const auto& blocks = view_.ledger().document.blocks;
  const std::string caption = p.block && *p.block < blocks.size()
                                  ? visible(view_.excerpt({blocks[*p.block].span}))
                                  : visible(p.file_name);
  line("  ", shortened(caption, width_ - 2));
  std::vector<std::string> parts;
  parts.push_back(fmt::format("{}: {}", say_("picture.origin"),
                              p.origin ? visible(view_.name(*p.origin)) : say_("picture.none")));
  if (p.handout)
    parts.push_back(fmt::format("{}: {}", say_("picture.handout"),
                                say_(*p.handout ? "picture.handout.yes" : "picture.handout.no")));
  if (p.verification.status != "none")
    parts.emplace_back(say_.label("verification", p.verification.status));
  for (const PictureFact& fact : picture_facts(p, say_))
    parts.push_back(fmt::format("{}: {}", fact.term, visible(fact.value)));
  paragraph(2, joined(parts), Style::kDim);
}

}  // namespace

std::string terminal_report(const ledger::Ledger& ledger, const ReportStrings& strings,
                            const TerminalOptions& options) {
  const LedgerView view(ledger, strings);
  return TerminalReport(view, options).write();
}

}  // namespace avstand::report
