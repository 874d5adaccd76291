#include "serve/article_reader.h"

#include <fmt/format.h>

#include <chrono>

#include "reader/locate.h"

namespace avstand::serve {
namespace {

using Clock = std::chrono::steady_clock;

constexpr size_t kMostWords = 32;  // of a search

/// What is left of a body's share.
struct Budget {
  size_t articles;
  Clock::time_point until;
  int seconds;

  /// Nothing while there is some left.
  std::optional<Error> used_up() const {
    Error error{.code = ErrorCode::kLimit, .hint = "send the rest in another request"};
    if (articles == 0) {
      error.message = "the articles after this are over the limit of one request";
    } else if (Clock::now() > until) {
      error.message = fmt::format("the articles after this did not fit into {} seconds", seconds);
    } else {
      return std::nullopt;
    }
    return error;
  }
};

}  // namespace

Result<std::unique_ptr<ArticleReader>> ArticleReader::open(const std::string& data_dir,
                                                           const std::string& model_dir,
                                                           const Limits& limits) {
  AVSTAND_TRY(languages, supported_languages(data_dir));
  AVSTAND_TRY(patterns, ingest::Patterns::load(data_dir));
  AVSTAND_TRY(word_forms, WordForms::load(data_dir));
  AVSTAND_TRY(reader, Reader::open({data_dir, model_dir}));
  return std::unique_ptr<ArticleReader>(new ArticleReader(
      std::move(reader), std::move(patterns), std::move(word_forms), std::move(languages), limits));
}

ArticleReader::WorkspacePtr ArticleReader::take_workspace() const {
  {
    const std::scoped_lock lock(mutex_);
    if (!spare_.empty()) {
      WorkspacePtr workspace = std::move(spare_.back());
      spare_.pop_back();
      return workspace;
    }
  }
  return reader_->make_workspace();
}

void ArticleReader::give_back(WorkspacePtr workspace) const {
  const std::scoped_lock lock(mutex_);
  spare_.push_back(std::move(workspace));
}

Result<ingest::Options> ArticleReader::options(const Fields& fields) const {
  ingest::Options how{.max_bytes = limits_.max_article_bytes};
  const auto given = [&](std::string_view name) {
    const std::string* value = find(fields, name);
    return value != nullptr && !value->empty() ? value : nullptr;
  };
  if (const auto* published = given("published")) {
    AVSTAND_CHECK(ingest::check_published(*published));
    how.published = *published;
  }
  if (const auto* outlet = given("outlet")) how.outlet = *outlet;
  if (const auto* url = given("url")) how.url = *url;
  if (const auto* code = given("language"); code != nullptr && *code != "auto") {
    AVSTAND_TRY(language, language_option(*code, languages_));
    how.language = language;
  }
  return how;
}

Result<std::vector<std::vector<std::string>>> ArticleReader::word_forms(
    std::string_view line) const {
  const std::vector<std::string> words = search_words(line);
  if (words.empty()) return std::vector<std::vector<std::string>>();
  if (words.size() > kMostWords)
    return Error{.code = ErrorCode::kUsage,
                 .message = fmt::format("more than {} words to search for", kMostWords)};
  WorkspacePtr workspace = take_workspace();
  auto forms = word_forms_.of(words, *reader_, *workspace);
  give_back(std::move(workspace));
  return forms;
}

void ArticleReader::read(std::string_view body, const std::string& name,
                         const ingest::Options& options, const ReadingSink& sink) const {
  WorkspacePtr workspace = take_workspace();
  Budget budget{limits_.max_articles, Clock::now() + std::chrono::seconds(limits_.max_seconds),
                limits_.max_seconds};
  bool going = true;
  ingest::Run run;
  ingest::read_bytes(body, name, options, patterns_, run, [&](ingest::Item item) {
    if (!going) return;
    if (const auto over = budget.used_up()) {
      sink.problem(*over);
      going = false;
    } else if (item.article) {
      --budget.articles;
      going = sink.article(*reader_->read(std::move(*item.article), *workspace));
    } else {
      going = sink.problem(*item.error);
    }
  });
  give_back(std::move(workspace));
}

}  // namespace avstand::serve
