#include "serve/service.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/file.h"
#include "report/html.h"
#include "serve/article_reader.h"
#include "serve/export_writer.h"
#include "serve/pages.h"

namespace avstand::serve {
namespace {

using Json = nlohmann::ordered_json;

constexpr size_t kMaxFileBytes = 1'000'000;  // of our own data files

std::string dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string problem_json(const Error& error) {
  Json out = {{"message", error.message}};
  if (error.line) out["line"] = *error.line;
  if (error.offset) out["offset"] = *error.offset;
  if (!error.hint.empty()) out["hint"] = error.hint;
  return dumped(out);
}

void append(std::string& list, std::string_view entry) {
  if (!list.empty()) list += ',';
  list += entry;
}

/// What somebody put in, and the name that it stands under.
struct Input {
  std::string name, body;
};

/// The form that the front page sends, however the browser wrote it down.
struct Form {
  Fields fields;
  std::vector<Input> files;  ///< that are not empty

  /// Files win over the text.
  std::vector<Input> inputs() const {
    if (!files.empty()) return files;
    std::string text = given(fields, "text");
    return text.empty() ? std::vector<Input>() : std::vector<Input>{{"-", std::move(text)}};
  }
};

/// Nothing where the body is broken.
std::optional<Form> read_form(const Request& request) {
  if (request.media_type() == "application/x-www-form-urlencoded") {
    auto fields = parse_urlencoded(request.body);
    if (!fields) return std::nullopt;
    return Form{std::move(*fields), {}};
  }
  auto parts = parse_multipart(request.body, request.header("content-type"));
  if (!parts) return std::nullopt;
  Form form;
  for (FormPart& part : *parts) {
    if (part.name != "file") {
      form.fields.emplace_back(std::move(part.name), std::move(part.body));
    } else if (!part.body.empty()) {
      form.files.push_back({part.file_name.empty() ? "-" : part.file_name, std::move(part.body)});
    }
  }
  return form;
}

}  // namespace

struct Service::Impl {
  Impl(std::unique_ptr<ArticleReader> r, report::ReportStrings s, Scripts modules)
      : reader(std::move(r)), strings(std::move(s)), scripts(std::move(modules)) {}

  std::unique_ptr<ArticleReader> reader;
  report::ReportStrings strings;
  Scripts scripts;
  std::string openapi;
  Fetcher fetch;
  std::string css;  ///< of the pages with a form
  std::unique_ptr<ArchiveService> archive;
  size_t max_bytes = 0;  ///< of one request, for people
  mutable Metrics metrics;
  Router router{{}};

  Response read_json(const Request& request) const;
  Response read_events(std::string body, const ingest::Options& how) const;
  Response read_page(const Request& request) const;
  Response page_of(const std::vector<Input>& inputs, const ingest::Options& how,
                   const FormPage& page) const;
  Response page_as_read(Batch batch, const FormPage& page) const;
  Response json_of(std::string_view body, const std::string& name,
                   const ingest::Options& how) const;
  Response export_file(const Request& request) const;
  Response fetch_page(const Request& request) const;
  Response fetch_json(const Request& request) const;
  ingest::Options options_of(const fetch::Page& page) const;
  FormPage form_page_of(const Request& request, const report::Phrases& say) const {
    return {say, css, scripts, archive->navigation(request), fetch != nullptr};
  }
  Response form_page(const Request& request) const;
  Response list_languages() const;
  /// The same sink, and what goes into it is counted.
  ReadingSink counted(ReadingSink sink) const;
};

ReadingSink Service::Impl::counted(ReadingSink sink) const {
  return {[this, take = std::move(sink.article)](const Reading& reading) {
            metrics.count_article(reading.analysis.words.size());
            take(reading);
          },
          [this, take = std::move(sink.problem)](const Error& error) {
            metrics.count_problem();
            take(error);
          }};
}

Response Service::Impl::read_json(const Request& request) const {
  if (!may_hold_articles(request.media_type())) {
    return error_response(415, "a body of this type holds no article",
                          "text, a page, a feed or JSON; see /api/openapi.json");
  }
  const auto how = reader->options(request.query);
  if (!how) return error_response(400, how.error().message, how.error().hint);
  if (request.accepts("text/event-stream")) return read_events(request.body, *how);
  return json_of(request.body, "-", *how);
}

Response Service::Impl::json_of(std::string_view body, const std::string& name,
                                const ingest::Options& how) const {
  std::string articles, problems;
  const auto article = [&](const Reading& reading) {
    append(articles, ledger::to_json(reading.ledger));
  };
  const auto problem = [&](const Error& error) { append(problems, problem_json(error)); };
  reader->read(body, name, how, counted({article, problem}));
  return {.status = articles.empty() ? 422U : 200U,
          .body = "{\"articles\":[" + articles + "],\"problems\":[" + problems + "]}\n"};
}

Response Service::Impl::export_file(const Request& request) const {
  if (!may_hold_articles(request.media_type()))
    return error_response(415, "a body of this type holds no article");
  auto writer = ExportWriter::open(given(request.query, "to"));
  if (!writer) return error_response(400, writer.error().message, writer.error().hint);
  const auto how = reader->options(request.query);
  if (!how) return error_response(400, how.error().message, how.error().hint);
  std::string problems;
  const auto article = [&](const Reading& reading) { writer->add(reading); };
  const auto problem = [&](const Error& error) { append(problems, problem_json(error)); };
  reader->read(request.body, "-", *how, counted({article, problem}));
  if (writer->empty())
    return {.status = 422, .body = "{\"articles\":[],\"problems\":[" + problems + "]}\n"};
  return std::move(*writer).response();
}

/// One article for each call, so that what is made is what the client can take.
Response Service::Impl::read_events(std::string body, const ingest::Options& how) const {
  struct Progress {
    std::string body;
    std::optional<Batch> batch = std::nullopt;
    size_t articles = 0, problems = 0;
  };
  const auto progress = std::make_shared<Progress>(Progress{std::move(body)});
  return {.events = [this, progress, how](const EventSink& send) {
    Progress& p = *progress;
    if (!p.batch) {
      p.batch = reader->take_apart(p.body, "-", how);
      std::string().swap(p.body);
    }
    const auto article = [&](const Reading& reading) {
      ++p.articles;
      send("article", ledger::to_json(reading.ledger));
    };
    const auto problem = [&](const Error& error) {
      ++p.problems;
      send("problem", problem_json(error));
    };
    if (p.batch->step(counted({article, problem}))) return true;
    send("done", dumped({{"articles", p.articles}, {"problems", p.problems}}));
    return false;
  }};
}

Response Service::Impl::read_page(const Request& request) const {
  const report::Phrases say(strings, interface_language(request, strings));
  const FormPage page = form_page_of(request, say);
  const auto form = read_form(request);
  if (!form) return serve::form_page(page, {std::string(say("serve.problem.form"))}, 400);
  const auto how = reader->options(form->fields);
  if (!how) return serve::form_page(page, {how.error().message}, 400);
  const auto inputs = form->inputs();
  if (inputs.empty()) return serve::form_page(page, {std::string(say("serve.problem.empty"))}, 422);
  return page_of(inputs, *how, page);
}

Response Service::Impl::page_of(const std::vector<Input>& inputs, const ingest::Options& how,
                                const FormPage& page) const {
  std::vector<report::HtmlArticle> articles;
  std::vector<std::string> problems;
  const auto article = [&](const Reading& reading) {
    articles.push_back(live_article(reading.ledger, page.say));
  };
  const auto problem = [&](const Error& error) { problems.push_back(error.to_string()); };
  for (const Input& input : inputs) {
    Batch batch = reader->take_apart(input.body, input.name, how);
    if (inputs.size() == 1 && batch.only_article() != nullptr)
      return page_as_read(std::move(batch), page);
    while (batch.step(counted({article, problem}))) {
    }
  }
  if (articles.empty()) return serve::form_page(page, problems, 422);
  return articles_page(page, articles, problems);
}

/// What stands above an article is sent before it is read: a browser that has it makes ready.
Response Service::Impl::page_as_read(Batch batch, const FormPage& page) const {
  Response response = article_page_begin(page, *batch.only_article());
  const auto kept = std::make_shared<Batch>(std::move(batch));
  response.rest = [this, kept, language = page.say.language()] {
    const report::Phrases say(strings, language);
    std::string out;
    const auto article = [&](const Reading& reading) {
      out = article_page_rest(live_article(reading.ledger, say), say);
    };
    const auto problem = [&](const Error& error) {
      out = article_page_rest(error.to_string(), say);
    };
    kept->step(counted({article, problem}));
    return out;
  };
  return response;
}

Response Service::Impl::fetch_page(const Request& request) const {
  const report::Phrases say(strings, interface_language(request, strings));
  const FormPage page = form_page_of(request, say);
  const auto form = read_form(request);
  if (!form) return serve::form_page(page, {std::string(say("serve.problem.form"))}, 400);
  const auto fetched = serve::fetch_page(fetch, given(form->fields, "address"));
  if (const auto* why = std::get_if<NotFetched>(&fetched))
    return serve::form_page(page, {std::string(say(why->message))}, why->status);
  const auto& found = std::get<fetch::Page>(fetched);
  return page_of({{found.url, found.body}}, options_of(found), page);
}

Response Service::Impl::fetch_json(const Request& request) const {
  const auto fetched = serve::fetch_page(fetch, given(request.query, "url"));
  if (const auto* why = std::get_if<NotFetched>(&fetched)) {
    const report::Phrases say(strings, LanguageCode("en"));
    return error_response(why->status, say(why->message));
  }
  const auto& found = std::get<fetch::Page>(fetched);
  return json_of(found.body, found.url, options_of(found));
}

ingest::Options Service::Impl::options_of(const fetch::Page& page) const {
  ingest::Options how = *reader->options({});
  how.url = page.url;
  how.charset = page.charset;
  return how;
}

Response Service::Impl::form_page(const Request& request) const {
  const report::Phrases say(strings, interface_language(request, strings));
  return serve::form_page(form_page_of(request, say));
}

Response Service::Impl::list_languages() const {
  Json list = Json::array();
  for (const SupportedLanguage& language : reader->languages()) {
    list.push_back({{"code", language.code.view()}, {"name", language.name}});
  }
  return {.body = dumped({{"languages", list}}) + "\n"};
}

Result<Service> Service::open(const ServiceOptions& options) {
  AVSTAND_TRY(reader, ArticleReader::open(options.data_dir, options.model_dir,
                                          {.max_article_bytes = options.max_article_bytes,
                                           .max_articles = options.max_articles}));
  AVSTAND_TRY(strings, report::ReportStrings::load(options.data_dir));
  AVSTAND_TRY(openapi, read_file(options.data_dir + "/serve/openapi.json", kMaxFileBytes));
  AVSTAND_TRY(scripts, Scripts::load(options.data_dir));
  AVSTAND_TRY(form_css, read_file(options.data_dir + "/serve/form.css", kMaxFileBytes));
  AVSTAND_TRY(archive_css, read_file(options.data_dir + "/serve/archive.css", kMaxFileBytes));
  auto impl = std::make_unique<Impl>(std::move(reader), std::move(strings), std::move(scripts));
  impl->openapi = std::move(openapi);
  impl->fetch = options.fetch;
  impl->max_bytes = options.max_article_bytes;
  impl->css = impl->strings.css() + form_css + archive_css;
  AVSTAND_TRY(archive, ArchiveService::open(options.archive, *impl->reader, impl->strings,
                                            impl->css, impl->scripts.element.address()));
  impl->archive = std::move(archive);
  const Impl* i = impl.get();
  const Handler form = [i](const Request& r) { return i->form_page(r); };
  std::vector<Route> routes = {
      {"GET", "/",
       [i, form](const Request& r) {
         return i->archive->has_archive() ? i->archive->front(r) : form(r);
       }},
      {"GET", "/read", form},
      {"POST", "/read", [i](const Request& r) { return i->read_page(r); }},
      {"POST", "/api/read", [i](const Request& r) { return i->read_json(r); }},
      {"GET", "/api/languages", [i](const Request&) { return i->list_languages(); }},
      {"GET", "/api/openapi.json", [i](const Request&) { return Response{.body = i->openapi}; }},
      {"GET", kElementPath, [i](const Request& r) { return i->scripts.element.response(r); }},
      {"GET", kDropPath, [i](const Request& r) { return i->scripts.drop.response(r); }},
      {"POST", "/api/export", [i](const Request& r) { return i->export_file(r); }},
      {"POST", "/fetch", [i](const Request& r) { return i->fetch_page(r); }},
      {"POST", "/api/fetch", [i](const Request& r) { return i->fetch_json(r); }},
      {"GET", "/healthz", [](const Request&) { return Response{.body = "{\"status\":\"ok\"}\n"}; }},
      {"GET", "/metrics",
       [i](const Request&) {
         return Response{.type = "text/plain; version=0.0.4; charset=utf-8",
                         .body = i->metrics.text()};
       }},
  };
  for (Route& route : impl->archive->routes()) routes.push_back(std::move(route));
  impl->router = Router(std::move(routes));
  return Service(std::move(impl));
}

Response Service::handle(const Request& request) const { return impl_->router.handle(request); }
Response Service::explain(const Request& head, Response refusal) const {
  const report::Phrases say(impl_->strings, interface_language(head, impl_->strings));
  const std::string key = fmt::format("serve.problem.{}", refusal.status);
  if (!head.accepts("text/html") || head.path.starts_with("/api/") ||
      impl_->strings.find(say.language(), key) == nullptr)
    return refusal;
  constexpr double kMega = 1e6;
  std::string most = fmt::format("{:.3g}", static_cast<double>(impl_->max_bytes) / kMega);
  Response page = serve::form_page(impl_->form_page_of(head, say), {say.fill(key, {{"mb", most}})},
                                   refusal.status);
  page.headers.insert(page.headers.end(), refusal.headers.begin(), refusal.headers.end());
  return page;
}
const std::vector<Route>& Service::routes() const { return impl_->router.routes(); }
Metrics& Service::metrics() const { return impl_->metrics; }

Service::Service(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Service::Service(Service&&) noexcept = default;
Service& Service::operator=(Service&&) noexcept = default;
Service::~Service() = default;

}  // namespace avstand::serve
