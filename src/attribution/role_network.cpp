#include "attribution/role_network.h"

#include <algorithm>
#include <array>

#include "attribution/tree_paths.h"

namespace avstand {
namespace {

constexpr size_t kLabels = RoleWeights::kLabels, kUpos = RoleWeights::kUpos,
                 kRelations = RoleWeights::kRelations;

}  // namespace

void RoleInputs::read(uint32_t sentence) {
  words = a.sentences[sentence].words;
  language = weights.language_row(a.sentences[sentence].language.view());
  const size_t n = words.size(), width = weights.state_width();
  acts.resize(n);
  quoted.resize(n);
  states.resize(n, width);
  for (size_t i = 0; i < n; ++i) {
    const WordId w = words.begin + static_cast<WordId>(i);
    const CueEntry* entry = c.lexicon.find(a.words[w].upos, a.lemma(w));
    quoted[i] = quotes.quoted_at(w) != nullptr ? 1 : quotes.marked(w) ? 2 : 0;
    acts[i] = entry == nullptr ? 0 : 1 + static_cast<size_t>(entry->act);
    float* row = states.row(i);
    std::fill_n(row, width, 0.0F);
    if (a.states.width == width)  // not so for a tree made by hand
      for (size_t j = 0; j < width; ++j) row[j] = a.states.scale[w] * a.states.row(w)[j];
  }
}

void RoleInputs::read_cue(WordId cue) {
  tree_paths(a, words, cue, paths);
  for (uint32_t& path : paths) path = static_cast<uint32_t>(weights.path_row(path));
  marks_between(a, words, cue, marks);
}

void RoleNetwork::multiply(const language::Layer& layer, language::Rows in, Buffer& out) {
  rounded_.round(language::kernels(), in, layer.weight.in());
  rounded_.multiply(layer, out.resize(in.count, layer.out()), layer.out());
}

void RoleNetwork::encode() {
  const auto& k = language::kernels();
  const size_t n = in_.words.size(), size = in_.weights.size();
  multiply(w_.project, in_.states.rows(0, n), first_);
  for (size_t i = 0; i < n; ++i) {
    const Word& word = in_.a.words[in_.words.begin + i];
    for (const float* row :
         {w_.upos.row(static_cast<size_t>(word.upos)), w_.rel.row(static_cast<size_t>(word.rel)),
          w_.act.row(in_.acts[i]), w_.quote.row(in_.quoted[i]), w_.language.row(in_.language)})
      k.add(row, size, first_.row(i));
  }
  recur(w_.layer1, first_, hidden1_);
  recur(w_.layer2, hidden1_, hidden2_);
  wide_.resize(n, 3 * size);
  for (size_t i = 0; i < n; ++i) {
    std::copy_n(first_.row(i), size, wide_.row(i));
    std::copy_n(hidden1_.row(i), 2 * size, wide_.row(i) + size);
    k.add(hidden2_.row(i), 2 * size, wide_.row(i) + size);
  }
}

void RoleNetwork::recur(const language::Layer& layer, const Buffer& in, Buffer& out) {
  const auto& k = language::kernels();
  const size_t n = in_.words.size(), size = in_.weights.size();
  out.resize(n, 2 * size);
  multiply(layer, in.rows(0, n), gates_);
  k.activate(gates_.row(0), n, size);
  k.pool(gates_.row(0), n, size, out.row(0), 2 * size);
}

/// A cue shows in its word and in what hangs on it and above it.
void RoleNetwork::add_cues(std::vector<float>& logits) {
  const auto& k = language::kernels();
  encode();
  const size_t n = in_.words.size(), size = in_.weights.size();
  multiply(w_.cue, wide_.rows(0, n), cue_);
  for (size_t i = 0; i < n; ++i) {
    const WordId w = in_.words.begin + static_cast<WordId>(i);
    float* row = cue_.row(i);
    std::array<bool, kRelations> seen{};
    for (const WordId child : in_.c.tree.children(w)) {
      const auto rel = static_cast<size_t>(in_.a.words[child].rel);
      if (!seen[rel]) k.add(w_.below.row(rel), size, row);
      seen[rel] = true;
    }
    if (const WordId head = in_.a.words[w].head; head != kNoWord) {
      k.add(w_.below.row(kRelations + static_cast<size_t>(in_.a.words[head].upos)), size, row);
      k.add(w_.below.row(kRelations + kUpos + in_.acts[head - in_.words.begin]), size, row);
    }
    float sum = w_.cue_out[size];
    for (size_t j = 0; j < size; ++j) sum += std::max(row[j], 0.0F) * w_.cue_out[j];
    logits[i] += sum;
  }
}

void RoleNetwork::encode_words() { multiply(w_.word, wide_.rows(0, in_.words.size()), word_); }

/// The words as the cue sees them.
void RoleNetwork::pair_words(WordId cue) {
  const auto& k = language::kernels();
  const size_t n = in_.words.size(), size = in_.weights.size(), at = cue - in_.words.begin;
  multiply(w_.of_cue, wide_.rows(at, 1), of_cue_);
  k.add(w_.cue_act.row(in_.acts[at]), size, of_cue_.row(0));
  pair_.resize(n, size);
  for (size_t i = 0; i < n; ++i) {
    const WordId w = in_.words.begin + static_cast<WordId>(i);
    float* row = pair_.row(i);
    std::copy_n(word_.row(i), size, row);
    for (const float* part : {static_cast<const float*>(of_cue_.row(0)), w_.path.row(in_.paths[i]),
                              w_.distance.row(distance_class(w, cue)), w_.marks.row(in_.marks[i]),
                              w_.quotes.row(RoleWeights::kQuotes * in_.quoted[i] + in_.quoted[at])})
      k.add(part, size, row);
    k.rectify(row, size);
  }
}

void RoleNetwork::add_labels(WordId cue, std::vector<float>& scores) {
  const auto& k = language::kernels();
  const size_t n = in_.words.size(), size = in_.weights.size();
  pair_words(cue);
  multiply(w_.middle, pair_.rows(0, n), middle_);
  for (size_t i = 0; i < n; ++i) {
    k.rectify(middle_.row(i), size);
    k.add(pair_.row(i), size, middle_.row(i));
  }
  recur(w_.over, middle_, over_);
  seen_.resize(n, 3 * size);
  for (size_t i = 0; i < n; ++i) {
    std::copy_n(middle_.row(i), size, seen_.row(i));
    std::copy_n(over_.row(i), 2 * size, seen_.row(i) + size);
  }
  multiply(w_.label, seen_.rows(0, n), scores_);
  for (size_t i = 0; i < n; ++i)
    for (size_t label = 0; label < kLabels; ++label)
      scores[i * kLabels + label] += scores_.row(i)[label];
}

}  // namespace avstand
