// Bytes of a request to readings: models, limits and the scratch memory of the workers.
#pragma once

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

/// Takes what a body gives, one thing at a time, in its order. False: stop, nobody listens.
struct ReadingSink {
  std::function<bool(const Reading&)> article;
  std::function<bool(const Error&)> problem;
};

/// Const after open() but for its store of workspaces; used by all workers.
class ArticleReader {
 public:
  struct Limits {
    size_t max_article_bytes = 2'000'000;
    size_t max_articles = 200;  ///< of one body; what comes after is one problem
    int max_seconds = 60;       ///< of one body; likewise, looked at between articles
  };
  static Result<std::unique_ptr<ArticleReader>> open(const std::string& data_dir,
                                                     const std::string& model_dir,
                                                     const Limits& limits);

  /// "language", "published", "outlet", "url" of a query or a form; the language "auto" is
  /// identified, as is none. Errors: kInput or kUsage.
  Result<ingest::Options> options(const Fields& fields) const;
  /// `name` stands in problems and is the id of a plain text.
  void read(std::string_view body, const std::string& name, const ingest::Options& options,
            const ReadingSink& sink) const;
  /// The words of a search line, each in the forms in which an archive may have it.
  Result<std::vector<std::vector<std::string>>> word_forms(std::string_view line) const;
  const std::vector<SupportedLanguage>& languages() const { return languages_; }

 private:
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
