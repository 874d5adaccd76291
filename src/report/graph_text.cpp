// Text in graphs: SVG breaks no lines and tells no widths, so both are estimated here.
#include <algorithm>
#include <array>

#include "ledger/characters.h"
#include "report/graph.h"

namespace avstand::report {
namespace {

constexpr std::string_view kEllipsis = "…";

/// Share of the font size in DejaVu Sans, the widest that systems have for sans-serif.
constexpr double measured_em(char32_t c) {
  constexpr std::u32string_view kNarrow = U"iIjlftr.,:;'|!()[]- ·’";
  constexpr std::u32string_view kWide = U"mwMW@%—ÆæŒœШЩЖМЮшщжмюф";
  if (c >= 0x300 && c < 0x370) return 0;  // combining marks
  if (kNarrow.find(c) != std::u32string_view::npos) return 0.38;
  if (kWide.find(c) != std::u32string_view::npos) return 1.0;
  if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c < 0xDF) || (c >= 0x410 && c < 0x430)) return 0.78;
  if (c >= 0x1100) return 1.05;  // Hangul, CJK, signs
  return 0.65;
}

constexpr std::array<double, 128> kAsciiEm = [] {
  std::array<double, 128> out{};
  for (size_t c = 0; c < out.size(); ++c) out[c] = measured_em(static_cast<char32_t>(c));
  return out;
}();

double em(char32_t c) { return c < kAsciiEm.size() ? kAsciiEm[c] : measured_em(c); }

class Wrapper {
 public:
  Wrapper(double size, double width, size_t most) : size_(size), width_(width), most_(most) {}

  void add(std::string_view word) {
    if (full_) return;
    if (fits(line_.empty() ? std::string(word) : line_ + " " + std::string(word))) {
      if (!line_.empty()) line_ += ' ';
      line_ += word;
      return;
    }
    if (!line_.empty()) end_line();
    while (!full_ && !fits(word)) word.remove_prefix(add_part(word));
    if (!full_) line_ = word;
  }
  std::vector<std::string> take() && {
    if (!line_.empty() && !full_) lines_.push_back(std::move(line_));
    if (full_) shorten(lines_.back());
    return std::move(lines_);
  }

 private:
  bool fits(std::string_view text) const { return text_width(text, size_) <= width_; }
  void end_line() {
    lines_.push_back(std::move(line_));
    line_.clear();
    full_ = lines_.size() == most_;
  }
  /// As much of a word too long as a line holds, and a hyphen; how many bytes that was.
  size_t add_part(std::string_view word) {
    size_t end = 0;
    for (size_t at = 0; at < word.size();) {
      const size_t next = at + ledger::decode_character(word, at).size;
      if (end > 0 && !fits(std::string(word.substr(0, next)) + "-")) break;
      at = end = next;
    }
    end = balanced(word, end);
    line_ = std::string(word.substr(0, end)) + (end < word.size() ? "-" : "");
    end_line();
    return end;
  }
  /// Where a word is cut, so that no single letters go to the next line.
  static size_t balanced(std::string_view word, size_t end) {
    constexpr size_t kFewest = 4;
    std::vector<size_t> starts;
    for (size_t at = 0; at < word.size(); at += ledger::decode_character(word, at).size)
      starts.push_back(at);
    if (starts.size() < 2 * kFewest || end >= word.size()) return end;
    return std::min(end, starts[starts.size() - kFewest]);
  }
  void shorten(std::string& line) const {
    if (line.ends_with('-')) line.pop_back();
    while (!line.empty() && !fits(line + std::string(kEllipsis))) {
      size_t last = line.size() - 1;
      while (last > 0 && (static_cast<unsigned char>(line[last]) & 0xC0U) == 0x80U) --last;
      line.resize(last);
    }
    line += kEllipsis;
  }

  double size_, width_;
  size_t most_;
  std::string line_;
  std::vector<std::string> lines_;
  bool full_ = false;
};

}  // namespace

double text_width(std::string_view text, double size) {
  double out = 0;
  for (size_t at = 0; at < text.size();) {
    const ledger::DecodedCharacter c = ledger::decode_character(text, at);
    out += em(c.value);
    at += c.size;
  }
  return out * size;
}

std::vector<std::string> wrapped(std::string_view text, double size, double width, size_t most) {
  Wrapper wrapper(size, width, most);
  while (!text.empty()) {
    const size_t end = std::min(text.find_first_of(" \t\r\n"), text.size());
    if (end > 0) wrapper.add(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return std::move(wrapper).take();
}

}  // namespace avstand::report
