#include "text/sentence_ends.h"

#include <algorithm>
#include <charconv>

#include "base/hash.h"
#include "base/table.h"

namespace avstand {
namespace {

constexpr EndWord kNothing{.form = "", .shape = "<>", .space_before = false};

const EndWord& word_at(const std::vector<EndWord>& words, size_t at) {
  return at < words.size() ? words[at] : kNothing;
}

bool plain(const EndWord& word) { return word.shape == "x" || word.shape == ","; }

std::string_view length_class(uint32_t length) {
  if (length <= 1) return "1";
  if (length <= 3) return "3";
  if (length <= 6) return "6";
  if (length <= 12) return "12";
  if (length <= 25) return "25";
  if (length <= 50) return "50";
  return "99";
}

}  // namespace

void EndFeatures::add(std::initializer_list<std::string_view> parts) {
  if (count_ == kMaxFeatures) return;
  for (const std::string_view part : parts) buffer_ += part;
  begin_[++count_] = buffer_.size();
}

void EndFeatures::extract(const std::vector<EndWord>& words, size_t at, const EndState& state) {
  buffer_.clear();
  count_ = 0;
  const EndWord& left = words[at];
  const EndWord& left2 = at > 0 && state.length > 1 ? words[at - 1] : kNothing;
  const EndWord& left3 = at > 1 && state.length > 2 ? words[at - 2] : kNothing;
  const EndWord& right = word_at(words, at + 1);
  const EndWord& right2 = word_at(words, at + 2);
  const EndWord& right3 = word_at(words, at + 3);
  const std::string_view space = right.space_before ? "_" : "+";
  const std::string_view open = state.open_brackets > 0 ? "(" : (state.open_quote ? "\"" : "-");
  const std::string_view dash = state.dash_first ? "D" : "-";
  add({"b"});
  add({"l ", left.shape});
  add({"r ", right.shape});
  add({"lr ", left.shape, space, right.shape});
  add({"llr ", left2.shape, " ", left.shape, space, right.shape});
  add({"lrr ", left.shape, space, right.shape, " ", right2.shape});
  add({"lrrr ", left.shape, space, right.shape, " ", right2.shape, " ", right3.shape});
  add({"llrr ", left2.shape, " ", left.shape, space, right.shape, " ", right2.shape});
  add({"lllr ", left3.shape, " ", left2.shape, " ", left.shape, space, right.shape});
  add({"lro ", left.shape, space, right.shape, " ", open});
  add({"lrro ", left.shape, space, right.shape, " ", right2.shape, " ", open});
  add({"lrn ", left.shape, space, right.shape, " ", length_class(state.length)});
  add({"lrd ", left.shape, space, right.shape, " ", dash});
  add({"w ", left.form, " ", right.shape});
  add({"v ", left.shape, " ", right.form});
  if (right.shape.size() == 1 && !plain(right))
    add({"u ", left.shape, " ", right.shape, " ", right2.form});
  // A heading that runs into the text behind it: few words, then a capital that begins a sentence.
  const bool starts = right.shape == "Xx" || right.shape == "X";
  if (starts && (left.shape == "x" || left.shape == "Xx"))
    add({"y ", length_class(state.length), " ", right.form, " ", right2.shape});
  if (starts) add({"z ", left.shape, " ", length_class(state.length), " ", right2.shape});
  if (left.shape == "." || left.shape == ":") add({"t ", left2.shape, left.shape, " ", right.form});
}

bool SentenceEnds::candidate(const std::vector<EndWord>& words, size_t at) {
  const EndWord& right = word_at(words, at + 1);
  if (plain(words[at]) && plain(right)) return false;
  return right.shape != "," && right.shape != "." && right.shape != ":" && right.shape != ";";
}

double SentenceEnds::score(const EndFeatures& features) const {
  double sum = 0;
  for (size_t i = 0; i < features.size(); ++i) {
    const auto it = weights_.find(xxh64(features[i]));
    if (it != weights_.end()) sum += it->second;
  }
  return sum;
}

Result<SentenceEnds> SentenceEnds::load(const std::string& path) {
  AVSTAND_TRY(table, Table::load(path, {"feature", "weight"}));
  SentenceEnds ends;
  ends.weights_.reserve(table.rows().size());
  for (const TableRow& row : table.rows()) {
    const std::string& text = row.cells[1];
    float weight = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), weight);
    if (problem != std::errc() || end != text.data() + text.size())
      return table.error(row, "'" + text + "' is no weight");
    ends.weights_.insert_or_assign(xxh64(row.cells[0]), weight);
  }
  return ends;
}

}  // namespace avstand
