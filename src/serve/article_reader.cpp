#include "serve/article_reader.h"

#include <fmt/format.h>

#include <chrono>

#include "reader/locate.h"

namespace avstand::serve {
namespace {

using Clock = std::chrono::steady_clock;

constexpr size_t kMostWords = 32;  // of a search

constexpr size_t kMostProblems = 1000;  // of one body
/// What a packed body may become is bounded by what is kept of it, in lengths of an article.
constexpr size_t kMostKept = 8;

Error over_limit(std::string message) {
  return {.code = ErrorCode::kLimit,
          .message = std::move(message),
          .hint = "send the rest in another request"};
}

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

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

Batch ArticleReader::take_apart(std::string_view body, const std::string& name,
                                const ingest::Options& options) const {
  Batch batch(*this);
  const auto begin = Clock::now();
  size_t articles = 0, problems = 0, bytes = 0;
  bool going = true;
  ingest::Run run;
  ingest::read_bytes(body, name, options, patterns_, run, [&](ingest::Item item) {
    if (!going) return;
    item.article ? ++articles : ++problems;
    if (item.article) bytes += item.article->text.size();
    going = articles <= limits_.max_articles && problems <= kMostProblems &&
            bytes <= kMostKept * limits_.max_article_bytes;
    if (!going)
      item = {.error = over_limit("the articles after this are over the limit of one request")};
    batch.items_.push_back(std::move(item));
  });
  batch.seconds_ = seconds_since(begin);
  return batch;
}

bool Batch::step(const ReadingSink& sink) {
  if (items_.empty()) return false;
  const ArticleReader& reader = *reader_;
  if (seconds_ > reader.limits_.max_seconds) {
    items_.clear();
    sink.problem(over_limit(fmt::format("the articles after this did not fit into {} seconds",
                                        reader.limits_.max_seconds)));
    return true;
  }
  const auto begin = Clock::now();
  ingest::Item item = std::move(items_.front());
  items_.pop_front();
  if (item.article) {
    auto workspace = reader.take_workspace();
    sink.article(*reader.reader_->read(std::move(*item.article), *workspace));
    reader.give_back(std::move(workspace));
  } else {
    sink.problem(*item.error);
  }
  seconds_ += seconds_since(begin);
  return true;
}

void ArticleReader::read(std::string_view body, const std::string& name,
                         const ingest::Options& options, const ReadingSink& sink) const {
  Batch batch = take_apart(body, name, options);
  while (batch.step(sink)) {
  }
}

}  // namespace avstand::serve
