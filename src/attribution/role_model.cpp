#include "attribution/role_model.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "attribution/tree_paths.h"
#include "text/utf8.h"

namespace avstand {
namespace {

constexpr size_t kLabels = RoleWeights::kLabels;
constexpr uint8_t kSource = 1, kCue = 2, kContent = 3;
/// How often source and content are right where the cue is: 719 of 800 in Norwegian training
/// documents held out; as many in English ones. The confidence of an attribution is that of its cue
/// times this (training/README.md).
constexpr float kRolesRight = 0.9F;
/// What forbids a label.
constexpr float kNever = -1e4F;
/// Words that are encoded at once: what is between two layers stays in the second cache.
constexpr size_t kBatchWords = 192;
constexpr size_t kUpos = RoleWeights::kUpos, kRelations = RoleWeights::kRelations;

/// "is not confirmed by independent sources": nobody says anything, it is told that nobody checked.
bool is_about_checking(const FrameContext& c, WordId cue) {
  const CueEntry* entry = c.lexicon.find(c.analysis.words[cue].upos, c.analysis.lemma(cue));
  if (entry == nullptr) entry = c.lexicon.find(Upos::kVerb, c.analysis.lemma(cue));
  const bool passive = is_passive(c, cue) || c.tree.child(cue, Rel::kCop) != kNoWord;
  return entry != nullptr && entry->act == Act::kConfirm && passive && is_negated(c, cue);
}

}  // namespace

RoleModel::RoleModel(const FrameContext& context, const QuotationMap& quotes, RoleBuffers& buffers)
    : c_(context), a_(context.analysis), quotes_(quotes), w_(*context.lexicon.roles), b_(buffers) {}

void RoleModel::multiply(const language::Layer& layer, language::Rows in, Buffer& out) {
  b_.rounded.round(language::kernels(), in, layer.weight.in());
  b_.rounded.multiply(layer, out.resize(in.count, layer.out()), layer.out());
}

void RoleModel::encode() {
  const auto& k = language::kernels();
  const size_t n = batch_.size(), size = w_.size();
  const WordStates& states = a_.states;
  acts_.resize(n);
  quoted_.resize(n);
  b_.states.resize(n, w_.state_width());
  for (size_t i = 0; i < n; ++i) {
    const WordId w = batch_.begin + static_cast<WordId>(i);
    const CueEntry* entry = c_.lexicon.find(a_.words[w].upos, a_.lemma(w));
    quoted_[i] = quotes_.quoted_at(w) != nullptr ? 1 : quotes_.marked(w) ? 2 : 0;
    acts_[i] = entry == nullptr ? 0 : 1 + static_cast<size_t>(entry->act);
    float* row = b_.states.row(i);
    std::fill_n(row, w_.state_width(), 0.0F);
    if (states.width == w_.state_width())  // not so for a tree made by hand
      for (size_t j = 0; j < states.width; ++j) row[j] = states.scale[w] * states.row(w)[j];
  }
  multiply(w_.project, b_.states.rows(0, n), b_.first);
  const float* language =
      w_.language.row(w_.language_row(a_.sentence(batch_.begin).language.view()));
  for (size_t i = 0; i < n; ++i) {
    const WordId w = batch_.begin + static_cast<WordId>(i);
    for (const float* row : {w_.upos.row(static_cast<size_t>(a_.words[w].upos)),
                             w_.rel.row(static_cast<size_t>(a_.words[w].rel)), w_.act.row(acts_[i]),
                             w_.quote.row(quoted_[i]), language})
      k.add(row, size, b_.first.row(i));
  }
  recur(w_.layer1, b_.first, lengths_, b_.hidden1);
  recur(w_.layer2, b_.hidden1, lengths_, b_.hidden2);
  b_.wide.resize(n, 3 * size);
  for (size_t i = 0; i < n; ++i) {
    std::copy_n(b_.first.row(i), size, b_.wide.row(i));
    std::copy_n(b_.hidden1.row(i), 2 * size, b_.wide.row(i) + size);
    k.add(b_.hidden2.row(i), 2 * size, b_.wide.row(i) + size);
  }
}

void RoleModel::recur(const language::Layer& layer, const Buffer& in,
                      std::span<const size_t> lengths, Buffer& out) {
  const auto& k = language::kernels();
  const size_t n = std::accumulate(lengths.begin(), lengths.end(), size_t{0}), size = w_.size();
  out.resize(n, 2 * size);
  multiply(layer, in.rows(0, n), b_.gates);
  k.activate(b_.gates.row(0), n, size);
  size_t row = 0;
  for (const size_t length : lengths) {
    k.pool(b_.gates.row(row), length, size, out.row(row), 2 * size);
    row += length;
  }
}

/// A cue shows in its word and in what hangs on it and above it.
void RoleModel::score_cues() {
  const auto& k = language::kernels();
  const size_t n = batch_.size(), size = w_.size();
  multiply(w_.cue, b_.wide.rows(0, n), b_.cue);
  probabilities_.resize(n);
  for (size_t i = 0; i < n; ++i) {
    const WordId w = batch_.begin + static_cast<WordId>(i);
    float* row = b_.cue.row(i);
    std::array<bool, kRelations> seen{};
    for (const WordId child : c_.tree.children(w)) {
      const auto rel = static_cast<size_t>(a_.words[child].rel);
      if (!seen[rel]) k.add(w_.below.row(rel), size, row);
      seen[rel] = true;
    }
    if (const WordId head = a_.words[w].head; head != kNoWord) {
      k.add(w_.below.row(kRelations + static_cast<size_t>(a_.words[head].upos)), size, row);
      k.add(w_.below.row(kRelations + kUpos + act_row(head)), size, row);
    }
    float sum = w_.cue_out[size];
    for (size_t j = 0; j < size; ++j) sum += std::max(row[j], 0.0F) * w_.cue_out[j];
    probabilities_[i] = 1.0F / (1.0F + std::exp(-sum));
  }
}

void RoleModel::score_labels(WordId cue) {
  const auto& k = language::kernels();
  const size_t n = words_.size(), size = w_.size();
  tree_paths(a_, words_, cue, paths_);
  marks_between(a_, words_, cue, marks_);
  multiply(w_.of_cue, b_.wide.rows(row_of(cue), 1), b_.of_cue);
  k.add(w_.cue_act.row(act_row(cue)), size, b_.of_cue.row(0));
  b_.pair.resize(n, size);
  const size_t cue_quote = quoted_[row_of(cue)];
  for (size_t i = 0; i < n; ++i) {
    const WordId w = words_.begin + static_cast<WordId>(i);
    float* row = b_.pair.row(i);
    std::copy_n(b_.word.row(i), size, row);
    for (const float* part :
         {static_cast<const float*>(b_.of_cue.row(0)), w_.path.row(w_.path_row(paths_[i])),
          w_.distance.row(distance_class(w, cue)), w_.marks.row(marks_[i]),
          w_.quotes.row(RoleWeights::kQuotes * quoted_[row_of(w)] + cue_quote)})
      k.add(part, size, row);
    k.rectify(row, size);
  }
  multiply(w_.middle, b_.pair.rows(0, n), b_.middle);
  for (size_t i = 0; i < n; ++i) {
    k.rectify(b_.middle.row(i), size);
    k.add(b_.pair.row(i), size, b_.middle.row(i));
  }
  recur(w_.over, b_.middle, std::span(&n, 1), b_.over);
  b_.seen.resize(n, 3 * size);
  for (size_t i = 0; i < n; ++i) {
    std::copy_n(b_.middle.row(i), size, b_.seen.row(i));
    std::copy_n(b_.over.row(i), 2 * size, b_.seen.row(i) + size);
  }
  multiply(w_.label, b_.seen.rows(0, n), b_.scores);
}

/// Viterbi over the chain, the cue's head being a cue.
std::vector<uint8_t> RoleModel::best_labels(WordId cue) {
  const size_t count = words_.size();
  for (size_t label = 0; label < kLabels; ++label)
    if (label != kCue) b_.scores.row(cue - words_.begin)[label] = kNever;
  std::array<float, kLabels> best{};
  for (size_t label = 0; label < kLabels; ++label)
    best[label] = w_.start[label] + b_.scores.row(0)[label];
  std::vector<std::array<uint8_t, kLabels>> back(count);
  for (size_t i = 1; i < count; ++i) {
    std::array<float, kLabels> next{};
    for (size_t to = 0; to < kLabels; ++to) {
      size_t at = 0;
      for (size_t from = 1; from < kLabels; ++from)
        if (best[from] + w_.then[from * kLabels + to] > best[at] + w_.then[at * kLabels + to])
          at = from;
      back[i][to] = static_cast<uint8_t>(at);
      next[to] = best[at] + w_.then[at * kLabels + to] + b_.scores.row(i)[to];
    }
    best = next;
  }
  size_t label = 0;
  for (size_t k = 1; k < kLabels; ++k)
    if (best[k] + w_.end[k] > best[label] + w_.end[label]) label = k;
  std::vector<uint8_t> out(count);
  for (size_t i = count; i-- > 0;) {
    out[i] = static_cast<uint8_t>(label);
    if (i > 0) label = back[i][label];
  }
  return out;
}

std::vector<uint8_t> RoleModel::labels(WordId cue) {
  score_labels(cue);
  return best_labels(cue);
}

Candidate RoleModel::make(WordId cue, const std::vector<uint8_t>& labels) const {
  std::array<std::vector<WordId>, kLabels> parts;
  for (size_t i = 0; i < labels.size(); ++i) {
    const WordId w = words_.begin + static_cast<WordId>(i);
    // "Det ble spekulert i om": "det" stands for nothing.
    if (a_.words[w].rel != Rel::kExpl || a_.words[w].head != cue) parts[labels[i]].push_back(w);
  }
  Candidate out;
  out.cue = cue;
  out.cue_words = to_ranges(a_, parts[kCue]);
  out.source = trim_content(a_, subtract(to_ranges(a_, parts[kSource]), out.cue_words), false);
  if (out.source.empty()) {
    const WordId somebody = doer(cue);
    const bool said = std::binary_search(parts[kContent].begin(), parts[kContent].end(), somebody);
    // The agent of a known verb's passive says it, whatever the labels are; a subject may be said.
    const bool agent =
        is_passive(c_, cue) && c_.lexicon.find(Upos::kVerb, a_.lemma(cue)) != nullptr;
    if (somebody != kNoWord && (!said || agent))
      out.source = subtract(source_phrase(c_, somebody), out.cue_words);
  }
  out.content = trim_content(
      a_, subtract(subtract(to_ranges(a_, parts[kContent]), out.cue_words), out.source), false);
  if (out.content.empty()) return out;
  out.source_head = head_of(a_, out.source);
  out.content_head = head_of(a_, out.content);
  out.content_first = out.content.front().begin < cue;
  follow_tree(out);
  out.frame = frame_of(c_, out);
  if (out.frame == Frame::kHearsay || out.frame == Frame::kAdverb) out.content_first = false;
  out.probability = kRolesRight * probabilities_[row_of(cue)];
  return out;
}

/// Where the tree is plainer than the labels. "Brua, sier Lund, må stenges": the clause goes on
/// behind its inquit. "Løftet om strøm er brutt": what is said of the noun is none of its content.
void RoleModel::follow_tree(Candidate& out) const {
  const WordId top = out.content_head, head = top == kNoWord ? kNoWord : a_.words[top].head;
  const Word& noun = a_.words[out.cue];
  if (noun.upos == Upos::kNoun) {
    const bool subject = noun.rel == Rel::kNsubj && c_.tree.child(out.cue, Rel::kCase) == kNoWord;
    if (!subject || !contains(out.content, noun.head)) return;
    const std::vector<WordId> below = c_.tree.subtree(out.cue);
    std::vector<WordId> kept = to_words(out.content);
    std::erase_if(kept, [&](WordId w) {
      return w > out.cue && !std::binary_search(below.begin(), below.end(), w);
    });
    if (std::find(kept.begin(), kept.end(), top) != kept.end())
      out.content = trim_content(a_, to_ranges(a_, kept), false);
    return;
  }
  const bool goes_on = out.content_first && head != kNoWord && head > out.cue &&
                       a_.words[out.cue].head == head && out.content.back().end <= out.cue;
  if (!goes_on) return;
  std::vector<WordId> clause = c_.tree.subtree(head);
  const std::vector<WordId> inquit = c_.tree.subtree(out.cue);
  std::erase_if(clause, [&](WordId w) {
    return std::binary_search(inquit.begin(), inquit.end(), w) || w < out.content.front().begin;
  });
  out.content =
      trim_content(a_, subtract(subtract(to_ranges(a_, clause), out.cue_words), out.source), false);
  out.content_head = head_of(a_, out.content);
}

/// "is called Beacon", "heter «Fyret»": a name stands behind a verb that gives one.
bool RoleModel::gives_name(WordId cue, WordId behind) const {
  constexpr uint32_t kLongestName = 6;
  if (behind >= words_.end) return false;
  const QuotedSpan* q = quotes_.quoted_at(behind);
  const bool quoted =
      q != nullptr && q->words.begin == behind && q->words.size() <= kLongestName + 2;
  return (quoted || starts_upper(a_.form(behind))) &&
         (c_.lexicon.is(a_.lemma(cue), CueRole::kOtherSense) ||
          (c_.lexicon.is(a_.lemma(cue), CueRole::kNaming) && is_passive(c_, cue) &&
           find_agent(c_, cue) == kNoWord));
}

/// The words of a cue in a sense that reports nothing: "svarer til en årslønn", "heter Fyret".
bool RoleModel::in_other_sense(const Candidate& made) const {
  const bool last = !made.cue_words.empty() && made.cue_words.back().end == made.cue + 1;
  return (last && gives_name(made.cue, made.cue + 1)) || is_idiom(c_, made.cue, made.cue_words);
}

WordId RoleModel::doer(WordId cue) const {
  if (a_.words[cue].upos != Upos::kVerb) return kNoWord;
  const CueEntry* entry = c_.lexicon.find(Upos::kVerb, a_.lemma(cue));
  const bool passive = is_passive(c_, cue) && !(entry != nullptr && entry->quoted_subject);
  const WordId found = passive ? find_agent(c_, cue) : find_subject(c_, cue);
  return found == kNoWord || c_.lexicon.is(a_.lemma(found), CueRole::kGeneric) ? kNoWord : found;
}

void RoleModel::choose_batch(uint32_t sentence) {
  const auto& first = a_.sentences[sentence];
  batch_ = {first.words.begin, first.words.begin};
  lengths_.clear();
  for (uint32_t s = sentence; s < a_.sentences.size(); ++s) {
    const SentenceInfo& next = a_.sentences[s];
    const bool joins = s == sentence || (next.parsed && next.language == first.language &&
                                         next.words.begin == batch_.end &&
                                         batch_.size() + next.words.size() <= kBatchWords);
    if (!joins) return;
    batch_.end = next.words.end;
    lengths_.push_back(next.words.size());
  }
}

/// Sees to it that the sentence is encoded and its cues are scored; false where it has no words.
bool RoleModel::look_at(uint32_t sentence) {
  words_ = a_.sentences[sentence].words;
  if (words_.empty()) return false;
  const bool here = words_.begin >= batch_.begin && words_.end <= batch_.end;
  if (here && b_.holder == this) return true;
  b_.holder = this;
  choose_batch(sentence);
  encode();
  score_cues();
  return true;
}

/// What the words are to any cue.
void RoleModel::encode_words() {
  multiply(w_.word, b_.wide.rows(row_of(words_.begin), words_.size()), b_.word);
}

std::vector<uint8_t> RoleModel::labels_for(uint32_t sentence, WordId cue) {
  if (!look_at(sentence)) return {};
  encode_words();
  return labels(cue);
}

void RoleModel::find(uint32_t sentence, std::vector<Candidate>& out) {
  if (!look_at(sentence)) return;
  std::vector<WordId> cues;
  for (WordId w = words_.begin; w < words_.end; ++w)
    if (probabilities_[row_of(w)] >= w_.threshold() && !is_about_checking(c_, w)) cues.push_back(w);
  if (cues.empty()) return;
  encode_words();
  std::stable_sort(cues.begin(), cues.end(), [&](WordId a, WordId b) {
    return probabilities_[row_of(a)] > probabilities_[row_of(b)];
  });
  std::vector<Candidate> kept;
  for (const WordId cue : cues) {
    Candidate made = make(cue, labels(cue));
    const bool clash = std::any_of(kept.begin(), kept.end(), [&](const Candidate& k) {
      return overlaps(k.cue_words, made.cue_words);
    });
    if (!made.content.empty() && !clash && !in_other_sense(made)) kept.push_back(std::move(made));
  }
  std::sort(kept.begin(), kept.end(),
            [](const Candidate& a, const Candidate& b) { return a.cue < b.cue; });
  out.insert(out.end(), kept.begin(), kept.end());
}

}  // namespace avstand
