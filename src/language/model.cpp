#include "language/model.h"

#include <algorithm>
#include <cmath>

#include "language/network.h"

namespace avstand::language {
namespace {

/// What a worker keeps. Batches of 128 to 256 words are alike in time: what is between two layers
/// stays in the second cache; 512 take 10 % more.
struct Share {
  size_t cached_words, batch_words;
};
Share share_of(size_t workers) {
  if (workers <= 2) return {1U << 13, 192};
  if (workers <= 4) return {1U << 11, 128};
  return {1U << 11, 64};
}

}  // namespace

struct Workspace::Impl {
  explicit Impl(const Share& share) : network(share.cached_words), most_words(share.batch_words) {}

  Network network;
  size_t most_words;                 // of a batch
  std::vector<SentenceForms> batch;  // the first batch_size are in use; keeps its memory
  std::vector<uint32_t> batch_ids;   // their indices in the analysis
  size_t batch_size = 0, batch_words = 0;
  std::vector<WordResult> results;
  std::vector<StringId> feats, rels, names;  // ids in the analysis' pool; kUnknown: not yet there
  Lemmatiser lemmatiser;
};

namespace {

constexpr auto kUnknown = static_cast<StringId>(UINT32_MAX);

/// Writes the results of one annotate() call into the columns of an analysis.
class Writer {
 public:
  Writer(const Weights& weights, Analysis& analysis, Workspace::Impl& ws)
      : w_(weights), a_(analysis), ws_(ws) {
    ws_.feats.assign(w_.tags.size(), kUnknown);
    ws_.rels.assign(w_.rels.size(), kUnknown);
    ws_.names.assign(w_.names.size(), kUnknown);
  }

  void write_batch() {
    size_t at = 0;
    a_.states.resize(a_.words.size(), static_cast<uint32_t>(w_.state_width()));
    for (size_t i = 0; i < ws_.batch_size; ++i) {
      SentenceInfo& sentence = a_.sentences[ws_.batch_ids[i]];
      const std::span results(&ws_.results[at], sentence.words.size());
      for (size_t k = 0; k < results.size(); ++k) {
        write_word(sentence.words.begin, k, results[k]);
        write_lemma(a_.words[sentence.words.begin + k], i, k, results[k]);
        write_state(sentence.words.begin + k, ws_.network.state(i, k));
      }
      write_names(sentence.words.begin, results);
      sentence.parsed = true;
      at += results.size();
    }
  }

 private:
  void write_word(WordId first, size_t k, const WordResult& r) {
    Word& word = a_.words[first + k];
    const TagClass& tag = w_.tags[r.tag];
    const RelClass& rel = w_.rels[r.rel];
    word.upos = tag.upos;
    word.feats = interned(ws_.feats[r.tag], tag.feats);
    word.rel = rel.rel;
    word.deprel = interned(ws_.rels[r.rel], rel.name);
    word.head = r.head == 0 ? kNoWord : static_cast<WordId>(first + r.head - 1);
    // The root's relation is root, and no other's, whatever scored best.
    if ((r.head == 0) != (rel.rel == Rel::kRoot)) {
      word.rel = r.head == 0 ? Rel::kRoot : Rel::kDep;
      word.deprel = a_.strings.intern(to_string(word.rel));
    }
  }

  void write_lemma(Word& word, size_t sentence, size_t k, const WordResult& r) {
    word.lemma = a_.strings.intern(
        ws_.lemmatiser.lemma(w_.lemmas, w_.rules, ws_.network.rule_scores(sentence, k), r.rule,
                             ws_.batch[sentence].language, word.upos, a_.strings.view(word.form)));
  }

  /// Rounded to bytes: a later model needs no more, and memory is a quarter.
  void write_state(size_t w, const float* state) {
    const size_t n = a_.states.width;
    a_.states.scale[w] = kernels().to_bytes(state, n, a_.states.values.data() + w * n);
  }

  void write_names(WordId first, std::span<const WordResult> results) {
    using Mark = NameLabel::Mark;
    for (size_t k = 0; k < results.size();) {
      const NameLabel& label = w_.names[results[k].name];
      size_t end = k + 1;
      if (label.mark != Mark::kOutside) {
        while (end < results.size() && w_.names[results[end].name].mark == Mark::kInside) ++end;
        a_.names.push_back({{static_cast<WordId>(first + k), static_cast<WordId>(first + end)},
                            interned(ws_.names[results[k].name], label.type)});
      }
      k = end;
    }
  }

  StringId interned(StringId& id, std::string_view text) {
    if (id == kUnknown) id = a_.strings.intern(text);
    return id;
  }

  const Weights& w_;
  Analysis& a_;
  Workspace::Impl& ws_;
};

}  // namespace

struct Model::Impl {
  ModelFile file;
  Weights weights;
};

Workspace::Workspace(size_t workers) : impl_(std::make_unique<Impl>(share_of(workers))) {}
Workspace::~Workspace() = default;
Workspace::Workspace(Workspace&&) noexcept = default;
Workspace& Workspace::operator=(Workspace&&) noexcept = default;

Model::Model(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Model::~Model() = default;

Result<std::unique_ptr<Model>> Model::open(const std::string& path) {
  AVSTAND_TRY(file, ModelFile::open(path));
  AVSTAND_TRY(weights, Weights::read(file));
  auto impl = std::make_unique<Impl>(Impl{std::move(file), std::move(weights)});
  return std::unique_ptr<Model>(new Model(std::move(impl)));
}

const std::vector<LanguageCode>& Model::languages() const { return impl_->weights.languages; }
size_t Model::state_width() const { return impl_->weights.state_width(); }
const std::string& Model::digest() const { return impl_->file.digest(); }

void Model::annotate(Analysis& analysis, std::span<const uint32_t> sentences,
                     Workspace& workspace) const {
  Workspace::Impl& ws = workspace.impl();
  const Weights& weights = impl_->weights;
  Writer writer(weights, analysis, ws);
  const auto flush = [&] {
    if (ws.batch_size > 0) {
      ws.network.run(weights, impl_->file.checksum(), kernels(),
                     std::span(ws.batch).first(ws.batch_size), ws.results);
      writer.write_batch();
    }
    ws.batch_size = ws.batch_words = 0;
    ws.batch_ids.clear();
  };
  for (const uint32_t id : sentences) {
    const SentenceInfo& s = analysis.sentences[id];
    const auto language = std::ranges::find(weights.languages, s.language);
    if (s.words.empty() || language == weights.languages.end()) continue;
    if (ws.batch_words + s.words.size() > ws.most_words) flush();
    if (ws.batch.size() == ws.batch_size) ws.batch.emplace_back();
    SentenceForms& forms = ws.batch[ws.batch_size++];
    forms.language = static_cast<uint32_t>(language - weights.languages.begin());
    forms.forms.clear();
    for (WordId w = s.words.begin; w < s.words.end; ++w) forms.forms.push_back(analysis.form(w));
    ws.batch_ids.push_back(id);
    ws.batch_words += s.words.size();
  }
  flush();
  std::ranges::stable_sort(analysis.names, {}, [](const NameSpan& n) { return n.words.begin; });
}

}  // namespace avstand::language
