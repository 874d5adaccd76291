// Bytes of a request to readings: models, limits and the scratch memory of the workers.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ingest/ingest.h"
#include "ingest/patterns.h"
#include "reader/reader.h"
#include "reader/word_forms.h"
#include "serve/http.h"
#include "text/supported_languages.h"

namespace avstand::serve {

/// Takes what a body gives, one thing at a time, in its order.
struct ReadingSink {
  std::function<void(const Reading&)> article;
  std::function<void(const Error&)> problem;
};

class ArticleReader;

/// The articles and problems of one body, to be read one by one: between two steps nothing is at
/// work and no worker is held. The reader must outlive it.
class Batch {
 public:
  /// Reads the next article, or tells the next problem. False: there was none.
  bool step(const ReadingSink& sink);
  /// How many articles and problems are left.
  size_t left() const { return items_.size(); }
  /// The one article that there is, before it is read; null where there is more or less than that.
  const Article* only_article() const {
    return items_.size() == 1 && items_.front().article ? &*items_.front().article : nullptr;
  }

 private:
  friend class ArticleReader;
  explicit Batch(const ArticleReader& reader) : reader_(&reader) {}

  const ArticleReader* reader_;
  std::deque<ingest::Item> items_;
  double seconds_ = 0;  ///< of work so far
};

/// Const after open() but for its store of workspaces; used by all workers.
class ArticleReader {
 public:
  struct Limits {
    size_t max_article_bytes = 2'000'000;
    size_t max_articles = 200;  ///< of one body; what comes after is one problem
    int max_seconds = 60;       ///< of work for one body; likewise, looked at between articles
  };
  static Result<std::unique_ptr<ArticleReader>> open(const std::string& data_dir,
                                                     const std::string& model_dir,
                                                     const Limits& limits);

  /// "language", "published", "outlet", "url" of a query or a form; the language "auto" is
  /// identified, as is none. Errors: kInput or kUsage.
  Result<ingest::Options> options(const Fields& fields) const;
  /// Finds the articles of a body; `name` stands in problems and is the id of a plain text. What is
  /// over the limits is one problem at the end.
  Batch take_apart(std::string_view body, const std::string& name,
                   const ingest::Options& options) const;
  /// All of it at once.
  void read(std::string_view body, const std::string& name, const ingest::Options& options,
            const ReadingSink& sink) const;
  /// The words of a search line, each in the forms in which an archive may have it.
  Result<std::vector<std::vector<std::string>>> word_forms(std::string_view line) const;
  const std::vector<SupportedLanguage>& languages() const { return languages_; }

 private:
  friend class Batch;
  using WorkspacePtr = std::unique_ptr<Reader::Workspace, Reader::WorkspaceDeleter>;

  ArticleReader(std::unique_ptr<Reader> reader, ingest::Patterns patterns, WordForms word_forms,
                std::vector<SupportedLanguage> languages, const Limits& limits)
      : reader_(std::move(reader)),
        patterns_(std::move(patterns)),
        word_forms_(std::move(word_forms)),
        languages_(std::move(languages)),
        limits_(limits) {}
  WorkspacePtr take_workspace() const;
  void give_back(WorkspacePtr workspace) const;

  std::unique_ptr<Reader> reader_;
  ingest::Patterns patterns_;
  WordForms word_forms_;
  std::vector<SupportedLanguage> languages_;
  Limits limits_;
  mutable std::mutex mutex_;
  mutable std::vector<WorkspacePtr> spare_;
};

}  // namespace avstand::serve
