// Trained models and their inference: tags, features, lemmas, trees and names.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "document/analysis.h"

namespace avstand::language {

/// Scratch memory of one worker; keeps its size between articles and holds the cache of type
/// vectors. Never shared between threads. The more workers there are, the less each keeps;
/// what they give is the same.
class Workspace {
 public:
  explicit Workspace(size_t workers = 1);
  ~Workspace();
  Workspace(Workspace&&) noexcept;
  Workspace& operator=(Workspace&&) noexcept;

  struct Impl;
  Impl& impl() { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

/// One model file (docs/model-format.md), memory-mapped and const: shared by all threads.
class Model {
 public:
  /// Opens and checks a file: magic, version, sizes, checksum. Every damage is a kModel error.
  static Result<std::unique_ptr<Model>> open(const std::string& path);
  ~Model();

  /// Languages it was trained for, e.g. {nb, nn}.
  const std::vector<LanguageCode>& languages() const;
  /// Width of the states that annotate() leaves with each word.
  size_t state_width() const;
  /// "sha256:…" of the file's payload, as written by the trainer.
  const std::string& digest() const;

  /// Fills upos, feats, lemma, head, deprel, rel and states of all words and the names of the
  /// sentences given (indices into analysis.sentences, all in languages of this model), and marks
  /// them parsed. Names are appended in text order. The same input gives the same bits on every run
  /// and however sentences are batched.
  void annotate(Analysis& analysis, std::span<const uint32_t> sentences, Workspace& ws) const;

  struct Impl;

 private:
  explicit Model(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// CoNLL-U of an analysis: `# newpar` where a block begins, `# text`, `# sent_id`, MISC with
/// SpaceAfter=No and name=B-PER/I-PER/O.
std::string to_conllu(const Analysis& analysis);

}  // namespace avstand::language
