#include "serve/archive_service.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <variant>

#include "ledger/ledger.h"
#include "report/archive_pages.h"
#include "report/html_corrections.h"
#include "serve/archive_pool.h"
#include "serve/corrector.h"
#include "serve/export_writer.h"
#include "serve/pages.h"
#include "serve/story_cache.h"
#include "store/archive_json.h"

namespace avstand::serve {
namespace {

using report::Links;
using report::PageContext;
using report::Phrases;

constexpr uint32_t kPageSize = 20, kMostHits = 100, kMostOffset = 100'000;
constexpr size_t kNewest = 20, kMostStories = 40;

/// The field as a whole number up to `most`; `otherwise` where it is not given; nothing where it is
/// none.
std::optional<uint32_t> number(const Fields& fields, std::string_view name, uint32_t otherwise,
                               uint32_t most) {
  const std::string* text = find(fields, name);
  if (text == nullptr || text->empty()) return otherwise;
  uint32_t out = 0;
  const auto [end, bad] = std::from_chars(text->data(), text->data() + text->size(), out);
  if (bad != std::errc() || end != text->data() + text->size() || out > most) return std::nullopt;
  return out;
}

/// What went wrong, and as which status.
struct Failure {
  unsigned status = 500;
  std::string message = {};
  std::string name = {};  ///< that nothing was found for
};

Failure failure_of(const Error& error) {
  // Whoever asks learns what is wrong, not where our files are.
  return {error.code == ErrorCode::kUsage || error.code == ErrorCode::kInput ? 400U : 503U,
          error.message};
}

template <typename T>
std::string json_list(const std::vector<T>& values) {
  std::string out = "[";
  for (const T& value : values) out += (out.size() > 1 ? "," : "") + store::to_json(value);
  return out + "]";
}

Response json(std::string body) { return {.body = std::move(body) + "\n"}; }

Response json_failure(const Failure& failure) {
  return error_response(failure.status, failure.message);
}

/// One version of an article, with what was said of it.
struct Archived {
  report::ArchivedView view;
  std::string json;
};

struct Wish {
  std::string line;
  store::Wanted wanted;
};

}  // namespace

struct ArchiveService::Impl {
  const ArticleReader& reader;
  const report::ReportStrings& strings;
  std::string css;
  std::string element;  ///< address of the module
  mutable ArchivePool pool;
  mutable StoryCache stories;
  Corrector corrector;
  bool has_archive = false;

  Impl(const ArchiveOptions& options, const ArticleReader& article_reader,
       const report::ReportStrings& report_strings, std::string page_css,
       std::string element_address)
      : reader(article_reader),
        strings(report_strings),
        css(std::move(page_css)),
        element(std::move(element_address)),
        pool(options.path),
        stories(options.path, options.story_articles),
        corrector(options.path, options.token, report_strings),
        has_archive(!options.path.empty()) {}

  /// A page of ours around `main`.
  Response page(const PageContext& context, std::string_view title, std::string_view main,
                unsigned status = 200, const report::PagePowers& powers = {.forms = true}) const;
  Response problem_page(const Request& request, const Failure& failure) const;

  std::variant<Wish, Failure> wish(const Request& request) const;
  std::variant<Archived, Failure> archived(const Fields& fields) const;
  std::variant<store::OriginReport, Failure> origin(const Request& request) const;

  Response front(const Request& request) const;
  Response search_page(const Request& request) const;
  Response search_json(const Request& request) const;
  Response article_page(const Fields& fields, const Request& request, std::string problem = {},
                        unsigned status = 200) const;
  Response archived_page(const Request& request) const {
    return article_page(request.query, request);
  }
  Response article_json(const Request& request) const;
  Response export_file(const Request& request) const;
  Response source_page(const Request& request) const;
  Response source_json(const Request& request) const;
  Response story_page(const Request& request) const;
  Response story_json(const Request& request) const;
  Response stories_json(const Request& request) const;
  Response corrections_json(const Request& request) const;
  Response correct_json(const Request& request) const;
  Response correct_page(const Request& request) const;
};

namespace {

/// Language and links of an answer.
struct Context {
  Context(const Request& request, const report::ReportStrings& strings)
      : say(strings, interface_language(request, strings)),
        links(given(request.query, "ui")),
        here(address_but_language(request)) {}

  Phrases say;
  Links links;
  std::string here;
  PageContext page() const { return {say, links, here}; }
};

}  // namespace

Response ArchiveService::Impl::page(const PageContext& context, std::string_view title,
                                    std::string_view main, unsigned status,
                                    const report::PagePowers& powers) const {
  const std::string whole = title.empty() ? "Avstand" : std::string(title) + " – Avstand";
  return html_response(
      report::html_page(whole, main, context.say, css, powers, report::site_navigation(context)),
      css, powers, status);
}

Response ArchiveService::Impl::problem_page(const Request& request, const Failure& failure) const {
  const Context context(request, strings);
  const std::string main =
      report::message_main(context.page(), context.say(failure.message), failure.name);
  return page(context.page(), "", main, failure.status);
}

std::variant<Wish, Failure> ArchiveService::Impl::wish(const Request& request) const {
  const Fields& q = request.query;
  const auto limit = number(q, "limit", kPageSize, kMostHits);
  const auto offset = number(q, "offset", 0, kMostOffset);
  if (!limit || *limit == 0 || !offset)
    return Failure{400, "'limit' or 'offset' is no number here"};
  Wish out{.line = given(q, "q")};
  auto forms = reader.word_forms(out.line);
  if (!forms) return failure_of(forms.error());
  out.wanted = {.words = std::move(*forms),
                .language = given(q, "language"),
                .outlet = given(q, "outlet"),
                .origin = given(q, "origin"),
                .from = given(q, "from"),
                .to = given(q, "to"),
                .limit = *limit,
                .offset = *offset};
  return out;
}

std::variant<Archived, Failure> ArchiveService::Impl::archived(const Fields& fields) const {
  const std::string id = given(fields, "id");
  const auto version = number(fields, "version", 0, UINT32_MAX);
  const bool digits =
      !id.empty() && id.size() <= 18 && id.find_first_not_of("0123456789") == std::string::npos;
  if (!digits || !version) return Failure{404, "archive.article.missing"};
  auto found = pool.read([&](store::Archive& archive) -> Result<std::optional<Archived>> {
    const auto listed = archive.find(id);
    if (!listed && listed.error().code == ErrorCode::kUsage) return std::optional<Archived>();
    if (!listed) return listed.error();
    AVSTAND_TRY(kept, archive.version(listed->id, *version));
    if (!kept) return std::optional<Archived>();
    Archived out{.json = std::move(kept->ledger)};
    out.view.listed = *listed;
    out.view.version = kept->number;
    out.view.may_correct = corrector.takes_any();
    AVSTAND_TRY(corrections, archive.corrections(kept->digest));
    out.view.corrections = std::move(corrections);
    return std::optional<Archived>(std::move(out));
  });
  if (!found) return failure_of(found.error());
  if (!*found) return Failure{404, "archive.article.missing"};
  return std::move(**found);
}

std::variant<store::OriginReport, Failure> ArchiveService::Impl::origin(
    const Request& request) const {
  const auto limit = number(request.query, "limit", 50, kMostHits);
  if (!limit) return Failure{400, "'limit' is no number here"};
  auto report = pool.read([&](store::Archive& archive) {
    return archive.source(given(request.query, "name"), *limit);
  });
  if (!report) return failure_of(report.error());
  if (report->statements == 0 && report->as_relay == 0)
    return Failure{404, "source.none", given(request.query, "name")};
  return std::move(*report);
}

Response ArchiveService::Impl::front(const Request& request) const {
  const Context context(request, strings);
  const auto shelf = stories.get();
  report::FrontView view;
  const auto read = pool.read([&](store::Archive& archive) -> Result<Unit> {
    AVSTAND_TRY(articles, archive.articles());
    view.articles = articles;
    AVSTAND_TRY(hits, archive.search({.limit = kNewest}));
    for (store::Hit& hit : hits) view.newest.push_back(std::move(hit.article));
    return Unit{};
  });
  if (!shelf || !read) return problem_page(request, {503, "archive.failed"});
  const auto& views = (*shelf)->views;
  view.stories.assign(views.begin(),
                      views.begin() + static_cast<long>(std::min(views.size(), kMostStories)));
  return page(context.page(), "", report::front_page_main(context.page(), view));
}

Response ArchiveService::Impl::search_page(const Request& request) const {
  const Context context(request, strings);
  auto asked = wish(request);
  if (const auto* failure = std::get_if<Failure>(&asked)) return problem_page(request, *failure);
  const Wish& wanted = std::get<Wish>(asked);
  report::SearchView view{.line = wanted.line, .wanted = wanted.wanted};
  const auto read = pool.read([&](store::Archive& archive) -> Result<Unit> {
    AVSTAND_TRY(hits, archive.search(wanted.wanted));
    AVSTAND_TRY(facets, archive.facets(wanted.wanted));
    view.hits = std::move(hits);
    view.facets = std::move(facets);
    return Unit{};
  });
  if (!read) return problem_page(request, {503, "archive.failed"});
  return page(context.page(), wanted.line, report::search_page_main(context.page(), view));
}

Response ArchiveService::Impl::search_json(const Request& request) const {
  auto asked = wish(request);
  if (const auto* failure = std::get_if<Failure>(&asked)) return json_failure(*failure);
  const store::Wanted& wanted = std::get<Wish>(asked).wanted;
  auto body = pool.read([&](store::Archive& archive) -> Result<std::string> {
    AVSTAND_TRY(hits, archive.search(wanted));
    AVSTAND_TRY(facets, archive.facets(wanted));
    return "{\"facets\":" + store::to_json(facets) + ",\"articles\":" + json_list(hits) + "}";
  });
  return body ? json(std::move(*body)) : json_failure(failure_of(body.error()));
}

Response ArchiveService::Impl::article_page(const Fields& fields, const Request& request,
                                            std::string problem, unsigned status) const {
  const Context context(request, strings);
  auto found = archived(fields);
  if (const auto* failure = std::get_if<Failure>(&found)) return problem_page(request, *failure);
  Archived& article = std::get<Archived>(found);
  article.view.problem = std::move(problem);
  const auto shelf = stories.get();
  if (shelf) article.view.story = (*shelf)->with(article.view.listed.id);
  const auto ledger = ledger::from_json(article.json);
  if (!ledger) return problem_page(request, {503, "archive.failed"});
  const report::HtmlArticle live =
      live_article(*ledger, context.say,
                   article.view.corrections.empty() ? "" : json_list(article.view.corrections));
  const report::PagePowers powers{.forms = true, .script = element};
  return page(context.page(), live.title,
              report::archived_above(context.page(), *ledger, article.view) + live.section +
                  report::archived_below(context.page(), *ledger, article.view),
              status, powers);
}

Response ArchiveService::Impl::article_json(const Request& request) const {
  auto found = archived(request.query);
  if (const auto* failure = std::get_if<Failure>(&found))
    return failure->status == 404 ? error_response(404, "there is no such article")
                                  : json_failure(*failure);
  const Archived& article = std::get<Archived>(found);
  return json(fmt::format("{{\"article\":{},\"version\":{},\"ledger\":{},\"corrections\":{}}}",
                          store::to_json(article.view.listed), article.view.version, article.json,
                          json_list(article.view.corrections)));
}

Response ArchiveService::Impl::export_file(const Request& request) const {
  auto writer = ExportWriter::open(given(request.query, "to"));
  if (!writer) return error_response(400, writer.error().message, writer.error().hint);
  auto found = archived(request.query);
  if (const auto* failure = std::get_if<Failure>(&found))
    return failure->status == 404 ? error_response(404, "there is no such article")
                                  : json_failure(*failure);
  const auto ledger = ledger::from_json(std::get<Archived>(found).json);
  if (!ledger) return json_failure({503, "the archive cannot be read"});
  if (!writer->add(*ledger))
    return error_response(400, "this format needs the article itself",
                          "send its text to POST /api/export");
  writer->add(std::get<Archived>(found).view.corrections);
  return std::move(*writer).response();
}

Response ArchiveService::Impl::source_page(const Request& request) const {
  const Context context(request, strings);
  auto found = origin(request);
  if (const auto* failure = std::get_if<Failure>(&found)) return problem_page(request, *failure);
  const auto& report = std::get<store::OriginReport>(found);
  return page(context.page(), report.name, report::source_page_main(context.page(), report));
}

Response ArchiveService::Impl::source_json(const Request& request) const {
  auto found = origin(request);
  if (const auto* failure = std::get_if<Failure>(&found))
    return failure->status == 404 ? error_response(404, "nothing goes back to that name")
                                  : json_failure(*failure);
  return json(store::to_json(std::get<store::OriginReport>(found)));
}

Response ArchiveService::Impl::story_page(const Request& request) const {
  const Context context(request, strings);
  const auto shelf = stories.get();
  if (!shelf) return problem_page(request, {503, "archive.failed"});
  const auto id = number(request.query, "id", 0, UINT32_MAX);
  const report::StoryView* view = id ? (*shelf)->find(*id) : nullptr;
  if (view == nullptr) return problem_page(request, {404, "archive.story.missing"});
  const store::Listed& first = view->articles.front();
  return page(context.page(), report::title_of(first),
              report::story_page_main(context.page(), *view));
}

Response ArchiveService::Impl::story_json(const Request& request) const {
  const auto shelf = stories.get();
  if (!shelf) return json_failure(failure_of(shelf.error()));
  const auto id = number(request.query, "id", 0, UINT32_MAX);
  const report::StoryView* view = id ? (*shelf)->find(*id) : nullptr;
  if (view == nullptr) return error_response(404, "there is no such story");
  return json(story::to_json({*view->story}));
}

Response ArchiveService::Impl::stories_json(const Request& request) const {
  const auto shelf = stories.get();
  if (!shelf) return json_failure(failure_of(shelf.error()));
  const auto limit = number(request.query, "limit", kMostStories, kMostHits);
  if (!limit) return error_response(400, "'limit' is no number here");
  std::string out = "{\"stories\":[";
  size_t count = 0;
  for (const report::StoryView& view : (*shelf)->views) {
    if (count == *limit) break;
    const story::Echo echo = story::echo(*view.story);
    out += fmt::format(
        "{}{{\"id\":{},\"articles\":{},\"outlets\":{},\"independent_origins\":{},\"echo\":{:.2f},"
        "\"members\":{}}}",
        count++ == 0 ? "" : ",", view.articles.front().id, echo.articles, echo.outlets,
        echo.origins, echo.ratio, json_list(view.articles));
  }
  return json(out + "]}");
}

Response ArchiveService::Impl::corrections_json(const Request& request) const {
  auto body = pool.read([&](store::Archive& archive) -> Result<std::string> {
    AVSTAND_TRY(corrections, archive.corrections(given(request.query, "digest")));
    return "{\"corrections\":" + json_list(corrections) + "}";
  });
  return body ? json(std::move(*body)) : json_failure(failure_of(body.error()));
}

Response ArchiveService::Impl::correct_json(const Request& request) const {
  return corrector.correct(request);
}

Response ArchiveService::Impl::correct_page(const Request& request) const {
  const auto form = parse_urlencoded(request.body);
  if (!form || request.media_type() != "application/x-www-form-urlencoded")
    return problem_page(request, {400, "serve.problem.form"});
  auto found = archived(*form);
  if (const auto* failure = std::get_if<Failure>(&found)) return problem_page(request, *failure);
  const auto ledger = ledger::from_json(std::get<Archived>(found).json);
  if (!ledger) return problem_page(request, {503, "archive.failed"});
  const auto kept = corrector.correct(*form, *ledger);
  if (const auto* refused = std::get_if<Refusal>(&kept))
    return article_page(*form, request, refused->message, refused->status);
  const Links links(given(request.query, "ui"));
  return {.status = 303,
          .type = "text/plain; charset=utf-8",
          .headers = {{"Location", links.to("/article", {{"id", given(*form, "id")},
                                                         {"version", given(*form, "version")}}) +
                                       "#corrections"}}};
}

std::vector<Route> ArchiveService::routes() const {
  const Impl* i = impl_.get();
  using Answer = Response (Impl::*)(const Request&) const;
  const auto page = [i](Answer answer) -> Handler {
    return [i, answer](const Request& r) {
      return i->has_archive ? (i->*answer)(r) : i->problem_page(r, {404, "archive.none"});
    };
  };
  const auto data = [i](Answer answer) -> Handler {
    return [i, answer](const Request& r) {
      return i->has_archive ? (i->*answer)(r)
                            : error_response(404, "this server has no archive",
                                             "avstand serve --archive FILE");
    };
  };
  return {{"GET", "/search", page(&Impl::search_page)},
          {"GET", "/article", page(&Impl::archived_page)},
          {"GET", "/source", page(&Impl::source_page)},
          {"GET", "/story", page(&Impl::story_page)},
          {"POST", "/correct", page(&Impl::correct_page)},
          {"GET", "/api/search", data(&Impl::search_json)},
          {"GET", "/api/article", data(&Impl::article_json)},
          {"GET", "/api/export", data(&Impl::export_file)},
          {"GET", "/api/source", data(&Impl::source_json)},
          {"GET", "/api/story", data(&Impl::story_json)},
          {"GET", "/api/stories", data(&Impl::stories_json)},
          {"GET", "/api/corrections", data(&Impl::corrections_json)},
          {"POST", "/api/corrections", data(&Impl::correct_json)}};
}

Response ArchiveService::front(const Request& request) const { return impl_->front(request); }
std::string ArchiveService::navigation(const Request& request) const {
  return report::site_navigation(Context(request, impl_->strings).page(), impl_->has_archive);
}
bool ArchiveService::has_archive() const { return impl_->has_archive; }

Result<std::unique_ptr<ArchiveService>> ArchiveService::open(const ArchiveOptions& options,
                                                             const ArticleReader& reader,
                                                             const report::ReportStrings& strings,
                                                             std::string css, std::string element) {
  if (!options.path.empty()) {
    using Mode = store::Archive::Mode;
    AVSTAND_CHECK(
        store::Archive::open(options.path, options.token.empty() ? Mode::kRead : Mode::kWrite));
  }
  auto impl = std::make_unique<Impl>(options, reader, strings, std::move(css), std::move(element));
  return std::unique_ptr<ArchiveService>(new ArchiveService(std::move(impl)));
}

ArchiveService::ArchiveService(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ArchiveService::~ArchiveService() = default;

}  // namespace avstand::serve
