#include "language/network.h"

#include <algorithm>

namespace avstand::language {
namespace {

constexpr size_t kRelationBlock =
    36;  // words whose relation factors (9 KB each) stay in cache; whole blocks of all kernels

}  // namespace

void Network::run(const Weights& weights, uint64_t model, const Kernels& kernels,
                  std::span<const SentenceForms> sentences, std::vector<WordResult>& results) {
  w_ = &weights;
  k_ = &kernels;
  place(sentences);
  results.resize(rows_ - sentences.size() - 1);
  look_up(model, sentences);
  encode();
  score();
  decode_words(results);
  decode_names(results);
  decode_trees(results);
}

void Network::place(std::span<const SentenceForms> sentences) {
  places_.clear();
  size_t row = 1, result = 0;
  for (const SentenceForms& s : sentences) {
    places_.push_back({row, s.forms.size(), result});
    row += s.forms.size() + 1;
    result += s.forms.size();
  }
  rows_ = row;
}

void Network::look_up(uint64_t model, std::span<const SentenceForms> sentences) {
  const size_t width = w_->config.width;
  types_.resize(rows_, width);
  std::fill_n(types_.row(0), width, 0.0f);
  for (size_t s = 0; s < sentences.size(); ++s) {
    const auto& [language, forms] = sentences[s];
    for (size_t i = 0; i < forms.size(); ++i) {
      const auto slot = cache_.find(model + language, forms[i], width);
      if (!slot.known) make_type_vector(forms[i], language, slot.vector);
      std::copy_n(slot.vector, width, types_.row(places_[s].row + i));
    }
    std::fill_n(types_.row(places_[s].row + forms.size()), width, 0.0f);
  }
}

void Network::make_type_vector(std::string_view form, uint32_t language, float* out) {
  const Config& c = w_->config;
  float sum[1024] = {}, vector[1024] = {};
  const auto add = [&](uint32_t row) {
    k_->add_row(w_->rows.values.data() + size_t{row} * c.width, w_->rows.scale[row], c.width, sum);
  };
  for (const uint32_t row : features_.rows(form, c.rows)) add(row);
  add(feature_row(FeatureKind::kLanguage, w_->languages[language].view(), c.rows));
  const uint64_t key = features_.vector_key();
  const auto hashes = w_->vector_hashes;
  const auto it = std::lower_bound(hashes.begin(), hashes.end(), key);
  if (it != hashes.end() && *it == key) {
    const auto i = static_cast<size_t>(it - hashes.begin());
    k_->add_row(w_->vectors.values.data() + i * c.vector_size, w_->vectors.scale[i], c.vector_size,
                vector);
    float projected[1024];
    rounded_.round(*k_, {vector, 1, c.vector_size}, c.vector_size);
    rounded_.multiply(w_->project, projected, c.width);
    k_->add(projected, c.width, sum);
  }
  k_->normalise(sum, w_->norm_type.data(), c.width, out);
}

void Network::encode() {
  const size_t width = w_->config.width, both = size_t{2} * w_->config.hidden, top = both + width;
  const size_t inner = rows_ - 2;
  // Row i - 1 begins the three rows that the convolution reads for row i.
  rounded_.round(*k_, {types_.row(0), inner, width}, 3 * width);
  multiply(w_->conv, wide_);
  conv_.resize(rows_, width);
  for (size_t i = 1; i <= inner; ++i) {
    k_->maxout(wide_.row(i), types_.row(i), width, conv_.row(i));
    k_->normalise(conv_.row(i), w_->norm_conv.data(), width, conv_.row(i));
  }
  recur(w_->layer1, conv_, hidden1_);
  recur(w_->layer2, hidden1_, hidden2_);
  top_.resize(rows_, top);
  for (size_t i = 1; i <= inner; ++i) {
    k_->add(hidden1_.row(i), both, hidden2_.row(i));
    k_->normalise(hidden2_.row(i), w_->norm_out.data(), both, top_.row(i));
    std::copy_n(types_.row(i), width, top_.row(i) + both);
  }
}

void Network::recur(const Layer& layer, const Buffer& in, Buffer& out) {
  const size_t hidden = w_->config.hidden;
  out.resize(rows_, 2 * hidden);
  rounded_.round(*k_, in.rows(1, rows_ - 2), in.width());
  multiply(layer, gates_);
  k_->activate(gates_.row(1), rows_ - 2, hidden);
  for (const Place& p : places_)
    k_->pool(gates_.row(p.row), p.count, hidden, out.row(p.row), 2 * hidden);
}

void Network::score() {
  const Config& c = w_->config;
  const size_t inner = rows_ - 2;
  rounded_.round(*k_, top_.rows(1, inner), w_->state_width());
  multiply(w_->tag, tags_);
  multiply(w_->rule, rules_);
  multiply(w_->name, names_);
  rounded_.round(*k_, top_.rows(1, inner), size_t{2} * c.hidden);
  multiply(w_->arc, arcs_);
  multiply(w_->rel, rels_);
  k_->rectify(arcs_.row(1), inner * arcs_.width());
  k_->rectify(rels_.row(1), inner * rels_.width());
  rounded_.round(*k_, arcs_.rows(1, inner), c.arc);
  multiply(w_->arc_pair, pairs_);
}

void Network::decode_words(std::span<WordResult> results) {
  for (const Place& p : places_)
    for (size_t i = 0; i < p.count; ++i) {
      results[p.result + i].tag = largest(tags_.row(p.row + i), w_->config.tags);
      results[p.result + i].rule = largest(rules_.row(p.row + i), w_->config.rules);
    }
}

void Network::decode_names(std::span<WordResult> results) {
  for (const Place& p : places_) {
    labels_.resize(p.count);
    chain_.decode(names_.row(p.row), names_.width(), p.count, w_->name_start, w_->name_from,
                  labels_);
    for (size_t i = 0; i < p.count; ++i) results[p.result + i].name = labels_[i];
  }
}

void Network::decode_trees(std::span<WordResult> results) {
  for (const Place& p : places_) {
    const auto part = results.subspan(p.result, p.count);
    decode_tree(p.row, p.count, part);
    for (size_t i = 0; i < p.count; i += kRelationBlock)
      decode_relations(p.row, i, std::min(kRelationBlock, p.count - i), part);
  }
}

void Network::decode_tree(size_t first, size_t count, std::span<WordResult> results) {
  const size_t arc = w_->config.arc, columns = padded(count + 1);
  heads_.resize(count + 1, arc);
  std::copy_n(w_->arc_root.data(), arc, heads_.row(0));
  for (size_t i = 0; i < count; ++i)
    std::copy_n(arcs_.row(first + i) + arc, arc, heads_.row(i + 1));
  packed_.resize(arc, columns);
  pack_transposed(heads_.rows(0, count + 1), arc, packed_.row(0));
  scores_.resize(count, columns);
  k_->multiply(pairs_.rows(first, count), packed_.row(0), arc, columns, scores_.row(0), columns);
  tree_heads_.resize(count);
  tree_.decode(*k_, scores_.row(0), columns, count, tree_heads_);
  for (size_t i = 0; i < count; ++i) results[i].head = tree_heads_[i];
}

void Network::decode_relations(size_t first, size_t from, size_t count,
                               std::span<WordResult> results) {
  const size_t rel = w_->config.rel, columns = padded(w_->config.rels);
  relation_.resize(kRelationBlock, w_->rel_pair.out());
  rounded_.round(*k_, rels_.rows(first + from, count), rel);
  rounded_.multiply(w_->rel_pair, relation_.row(0), w_->rel_pair.out());
  float* scores = scores_.resize(1, columns);
  for (size_t i = 0; i < count; ++i) {
    WordResult& word = results[from + i];
    const float* head =
        word.head == 0 ? w_->rel_root.data() : rels_.row(first + word.head - 1) + rel;
    k_->bilinear(relation_.row(i), head, rel, columns, scores);
    word.rel = largest(scores, w_->config.rels);
  }
}

uint32_t Network::largest(const float* x, size_t n) const {
  return static_cast<uint32_t>(k_->largest(x, n));
}

void Network::multiply(const Layer& layer, Buffer& out) {
  out.resize(rows_, layer.out());
  rounded_.multiply(layer, out.row(1), layer.out());
}

}  // namespace avstand::language
