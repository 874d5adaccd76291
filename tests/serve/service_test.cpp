#include "serve/service.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "serve/bodies.h"

namespace avstand::serve {
namespace {

using nlohmann::json;

const std::string kSource = AVSTAND_SOURCE_DIR;
constexpr const char* kText = "Bro stengt\n\nBroen er stengt til mandag, sier ordfører Kari Bø.\n";

const Service& service() {
  static const auto opened = Service::open(
      {.data_dir = kSource + "/data", .model_dir = kSource + "/models", .max_articles = 2});
  if (!opened) ADD_FAILURE() << opened.error().to_string();
  return *opened;
}

Request post(const std::string& path, const std::string& body, const std::string& type,
             const std::string& accept = "") {
  return {.method = "POST",
          .path = path,
          .headers = {{"content-type", type}, {"accept", accept}},
          .body = body};
}

TEST(Service, OpenApiDescribesExactlyTheRoutes) {
  const json api =
      json::parse(service().handle({.method = "GET", .path = "/api/openapi.json"}).body);
  std::set<std::pair<std::string, std::string>> described, served;
  for (const auto& [path, methods] : api["paths"].items()) {
    for (const auto& [method, ignored] : methods.items()) {
      std::string upper = method;
      for (char& c : upper) c = static_cast<char>(std::toupper(c));
      described.emplace(upper, path);
    }
  }
  for (const Route& route : service().routes()) served.emplace(route.method, route.path);
  EXPECT_EQ(described, served);
}

TEST(Service, EveryAnswerHasAStatusAndTypeThatIsDescribed) {
  const json api =
      json::parse(service().handle({.method = "GET", .path = "/api/openapi.json"}).body);
  const std::vector<Request> requests = {
      {.method = "GET", .path = "/"},
      {.method = "GET", .path = "/healthz"},
      {.method = "GET", .path = "/metrics"},
      {.method = "GET", .path = "/static/avstand-article.js"},
      {.method = "GET", .path = "/static/drop.js"},
      {.method = "POST", .path = "/api/fetch"},
      {.method = "POST", .path = "/api/export"},
      {.method = "GET", .path = "/api/languages"},
      post("/api/read", kText, "text/plain"),
      post("/api/read", "", "text/plain"),
      post("/api/read", kText, "image/png"),
      post("/read", "text=", "application/x-www-form-urlencoded"),
      post("/read", "text=x&published=soon", "application/x-www-form-urlencoded"),
      post("/read", "broken", "multipart/form-data"),
  };
  for (const Request& request : requests) {
    const Response response = service().handle(request);
    std::string method = request.method == "GET" ? "get" : "post";
    const json& answers = api["paths"][request.path][method]["responses"];
    const std::string status = std::to_string(response.status);
    ASSERT_TRUE(answers.contains(status)) << request.path << " " << status;
    json answer = answers[status];
    if (answer.contains("$ref")) answer = api["components"]["responses"]["Error"];
    const std::string type = response.type.substr(0, response.type.find(';'));
    EXPECT_TRUE(answer["content"].contains(type)) << request.path << " " << type;
  }
}

TEST(Service, ReadsAnArticle) {
  Request request = post("/api/read", kText, "text/plain; charset=utf-8");
  request.query = {{"outlet", "Fjordposten"}, {"published", "2026-05-04"}};
  const Response response = service().handle(request);
  EXPECT_EQ(response.status, 200U);
  const json answer = json::parse(response.body);
  ASSERT_EQ(answer["articles"].size(), 1U);
  EXPECT_EQ(answer["problems"].size(), 0U);
  const json& ledger = answer["articles"][0];
  EXPECT_EQ(ledger["schema"], "avstand/ledger/1");
  EXPECT_EQ(ledger["document"]["outlet"]["name"], "Fjordposten");
  EXPECT_EQ(ledger["document"]["language"], "nb");
  EXPECT_FALSE(ledger["statements"].empty());
}

TEST(Service, TellsGoodAndBadOfJsonLines) {
  const std::string lines =
      std::string("{\"id\":\"a\",\"text\":\"Broen er stengt, sier Kari Bø.\"}\n") +
      "{\"id\":\n{\"id\":\"b\",\"text\":\"Broen er open.\"}\n";
  const Response response = service().handle(post("/api/read", lines, "application/x-ndjson"));
  EXPECT_EQ(response.status, 200U);
  const json answer = json::parse(response.body);
  EXPECT_EQ(answer["articles"].size(), 2U);
  ASSERT_EQ(answer["problems"].size(), 1U);
  EXPECT_EQ(answer["problems"][0]["line"], 2);
}

TEST(Service, ArticlesOverTheLimitAreToldOnce) {
  std::string lines;
  for (int i = 0; i < 5; ++i)
    lines += "{\"id\":\"" + std::to_string(i) + "\",\"text\":\"Broen er stengt.\"}\n";
  const json answer =
      json::parse(service().handle(post("/api/read", lines, "application/x-ndjson")).body);
  EXPECT_EQ(answer["articles"].size(), 2U);
  EXPECT_EQ(answer["problems"].size(), 1U);
}

TEST(Service, EventsComeOneByOneAsTheyAreAskedFor) {
  const std::string lines = "{\"id\":\"a\",\"text\":\"Broen er stengt.\"}\nbroken\n";
  const Response response =
      service().handle(post("/api/read", lines, "application/x-ndjson", "text/event-stream"));
  ASSERT_TRUE(response.events);
  std::vector<std::string> names;
  std::vector<size_t> calls;
  for (bool more = true; more; calls.push_back(names.size())) {
    more = response.events([&](std::string_view name, std::string_view data) {
      names.emplace_back(name);
      EXPECT_TRUE(json::accept(data)) << data;
    });
  }
  EXPECT_EQ(names, (std::vector<std::string>{"article", "problem", "done"}));
  EXPECT_EQ(calls, (std::vector<size_t>{1, 2, 3}));
}

TEST(Service, TheFormGivesTheReport) {
  const std::string body = "--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n" +
                           std::string(kText) + "\r\n--b--\r\n";
  const Response response =
      service().handle(post("/read", body, "multipart/form-data; boundary=b"));
  EXPECT_EQ(response.status, 200U);
  EXPECT_NE(whole_body(response).find("Kari Bø"), std::string::npos);
  const std::string& policy = *find(response.headers, "Content-Security-Policy");
  EXPECT_NE(policy.find("script-src 'self'"), std::string::npos);
  EXPECT_EQ(policy.find("unsafe"), std::string::npos);
}

std::string part(const std::string& name, const std::string& body, const std::string& file = "") {
  return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"" +
         (file.empty() ? "" : "; filename=\"" + file + "\"") + "\r\n\r\n" + body + "\r\n";
}

TEST(Service, APageBeginsBeforeItsArticleIsRead) {
  const std::string body = part("text", kText) + "--b--\r\n";
  const std::string twice =
      part("file", kText, "a.txt") + part("file", kText, "b.txt") + "--b--\r\n";
  const char* form = "multipart/form-data; boundary=b";
  const Response response = service().handle(post("/read", body, form));
  EXPECT_EQ(response.status, 200U);
  EXPECT_NE(response.body.find("<title>Bro stengt – Avstand</title>"), std::string::npos);
  EXPECT_TRUE(response.body.ends_with("<main id=\"main\">\n"));
  ASSERT_TRUE(response.rest);
  const std::string page = whole_body(response);
  EXPECT_TRUE(page.ends_with("</html>\n"));
  EXPECT_NE(page.find("<avstand-article"), std::string::npos);
  // A list of articles stands above them, so all must be read first.
  EXPECT_FALSE(service().handle(post("/read", twice, form)).rest);
  EXPECT_FALSE(service().handle(post("/read", part("text", "") + "--b--\r\n", form)).rest);
}

TEST(Service, ABrowserMayKeepAScriptByItsAddressAlone) {
  const std::string page = service().handle({.method = "GET", .path = "/read"}).body;
  const size_t begin = page.find("/static/drop.js?v=");
  ASSERT_NE(begin, std::string::npos);
  const std::string address = page.substr(begin, page.find('"', begin) - begin);
  const std::string version = address.substr(address.find('=') + 1);
  const auto kept = [&](const Fields& query) {
    const Response r =
        service().handle({.method = "GET", .path = "/static/drop.js", .query = query});
    EXPECT_EQ(r.status, 200U);
    const std::string* cache = find(r.headers, "Cache-Control");
    return cache != nullptr && cache->find("immutable") != std::string::npos;
  };
  EXPECT_TRUE(kept({{"v", version}}));
  EXPECT_FALSE(kept({}));
  EXPECT_FALSE(kept({{"v", "0"}}));  // of another version of the program
}

TEST(Service, ATextCannotEndTheScriptThatHoldsItsLedger) {
  const Response response =
      service().handle(post("/read", "text=%3C/script%3E%3Cscript%3Ealert(1)%3C/script%3E",
                            "application/x-www-form-urlencoded"));
  EXPECT_EQ(response.status, 200U);
  const std::string page = whole_body(response);
  EXPECT_EQ(page.find("<script>alert"), std::string::npos);
  EXPECT_NE(page.find("\\u003c/script"), std::string::npos);
}

TEST(Service, TheFrontPageIsSoundInEveryLanguage) {
  for (const char* language : {"nb", "nn", "en"}) {
    const Response response = service().handle(
        {.method = "GET", .path = "/", .headers = {{"accept-language", language}}});
    EXPECT_NE(response.body.find("<html lang=\"" + std::string(language)), std::string::npos);
    const std::string& policy = *find(response.headers, "Content-Security-Policy");
    EXPECT_NE(policy.find("form-action 'self'"), std::string::npos);
    EXPECT_NE(policy.find("script-src 'self';"), std::string::npos) << policy;
    EXPECT_EQ(response.body.find("<script>"), std::string::npos);
    EXPECT_EQ(response.body.find("action=\"/fetch"), std::string::npos);  // nothing is fetched
  }
}

TEST(Service, InterfaceLanguageIsTheFirstThatWeHave) {
  const Response response =
      service().handle({.method = "GET",
                        .path = "/",
                        .query = {},
                        .headers = {{"accept-language", "fr, nn-NO;q=0.8, en"}}});
  EXPECT_NE(response.body.find("<html lang=\"nn\""), std::string::npos);
}

TEST(Service, WhatIsPutInNeverBecomesMarkup) {
  const Response response = service().handle(
      post("/read", "text=x&published=%3Cscript%3E", "application/x-www-form-urlencoded"));
  EXPECT_EQ(response.status, 400U);
  EXPECT_EQ(response.body.find("<script>"), std::string::npos);
  EXPECT_NE(response.body.find("&lt;script&gt;"), std::string::npos);
}

TEST(Service, TheFormTakesManyFiles) {
  const std::string body = part("file", "", "") + part("text", "not this") +
                           part("file", kText, "a.txt") +
                           part("file", "Ferja er innstilt, sier Ola Ruud.", "b.txt") + "--b--\r\n";
  const Response response =
      service().handle(post("/read", body, "multipart/form-data; boundary=b"));
  EXPECT_EQ(response.status, 200U);
  EXPECT_NE(response.body.find("Kari Bø"), std::string::npos);
  EXPECT_NE(response.body.find("Ola Ruud"), std::string::npos);
  EXPECT_EQ(response.body.find("not this"), std::string::npos);
}

TEST(Service, WhatCannotBeReadIsToldBesideWhatCan) {
  const Response response = service().handle(
      post("/read",
           part("file", "{\"id\":\"a\",\"text\":\"Broen er stengt.\"}\nbroken\n", "a.jsonl") +
               "--b--\r\n",
           "multipart/form-data; boundary=b"));
  EXPECT_EQ(response.status, 200U);
  EXPECT_NE(response.body.find("class=\"problems\""), std::string::npos);
  EXPECT_NE(response.body.find("a.jsonl"), std::string::npos);
}

TEST(Service, TheReportIsInTheLanguageOfTheReader) {
  for (const char* ui : {"nb", "nn", "en"}) {
    Request request =
        post("/read", "text=Broen+er+stengt,+sier+Kari.", "application/x-www-form-urlencoded");
    request.query = {{"ui", ui}};
    const std::string page = whole_body(service().handle(request));
    EXPECT_NE(page.find("<html lang=\"" + std::string(ui)), std::string::npos);
    EXPECT_NE(page.find("<avstand-article ui=\"" + std::string(ui)), std::string::npos);
  }
}

TEST(Service, ExportsWhatIsSent) {
  const std::vector<std::pair<const char*, const char*>> formats = {
      {"prov", "wasDerivedFrom"},
      {"webannotation", "AnnotationCollection"},
      {"claimreview", "\"Claim\""},
      {"ninjs", "infoSources"},
      {"displacy", "\"ents\""},
      {"csv", "Kari Bø"},
      {"gexf", "<gexf"},
      {"graphml", "<graphml"},
      {"conllu", "\tsier\t"}};
  for (const auto& [to, words] : formats) {
    Request request = post("/api/export", kText, "text/plain");
    request.query = {{"to", to}};
    const Response response = service().handle(request);
    EXPECT_EQ(response.status, 200U) << to << response.body;
    EXPECT_NE(response.body.find(words), std::string::npos) << to << response.body;
    EXPECT_NE(find(response.headers, "Content-Disposition"), nullptr);
  }
  for (const char* to : {"brat", "", "nonsense"}) {
    Request request = post("/api/export", kText, "text/plain");
    request.query = {{"to", to}};
    EXPECT_EQ(service().handle(request).status, 400U) << to;
  }
  Request empty = post("/api/export", "", "text/plain");
  empty.query = {{"to", "csv"}};
  EXPECT_EQ(service().handle(empty).status, 422U);
}

TEST(Service, NothingIsFetchedUnlessItMayBe) {
  Request request = post("/api/fetch", "", "");
  request.query = {{"url", "http://127.0.0.1/"}};
  EXPECT_EQ(service().handle(request).status, 403U);
  const std::string form = "address=http%3A%2F%2F127.0.0.1%2F";
  EXPECT_EQ(service().handle(post("/fetch", form, "application/x-www-form-urlencoded")).status,
            403U);
}

/// Fetches from a web of three addresses.
Result<fetch::Page> from_small_web(const std::string& url) {
  if (url == "https://avis.example/bro")
    return fetch::Page{.url = "https://avis.example/bro.html",
                       .type = "text/html",
                       .charset = "iso-8859-1",
                       .body =
                           "<html><body><article><h1>Bro stengt</h1><p>Broen er stengt til "
                           "mandag, sier ordf\xf8rer Kari B\xf8 til NTB.</p></article>"};
  if (url == "https://avis.example/film")
    return fetch::Page{.url = url, .type = "video/mp4", .body = "x"};
  if (url == "http://localhost/") return Error{.code = ErrorCode::kUsage, .message = "not public"};
  return Error{.code = ErrorCode::kIo, .message = "no such host"};
}

TEST(Service, ReadsAPageByItsAddressWhereItMay) {
  const auto fetching = Service::open(
      {.data_dir = kSource + "/data", .model_dir = kSource + "/models", .fetch = from_small_web});
  ASSERT_TRUE(fetching);
  const auto status = [&](const std::string& url) {
    Request request = post("/api/fetch", "", "");
    request.query = {{"url", url}};
    const unsigned api = fetching->handle(request).status;
    const unsigned page =
        fetching->handle(post("/fetch", "address=" + url, "application/x-www-form-urlencoded"))
            .status;
    EXPECT_EQ(api, page) << url;
    return api;
  };
  EXPECT_EQ(status("https://avis.example/film"), 415U);
  EXPECT_EQ(status("http://localhost/"), 400U);
  EXPECT_EQ(status("https://none.example/"), 502U);
  EXPECT_EQ(status(""), 400U);
  EXPECT_EQ(status("https://avis.example/bro"), 200U);
  Request request = post("/api/fetch", "", "");
  request.query = {{"url", "https://avis.example/bro"}};
  const json ledger = json::parse(fetching->handle(request).body)["articles"][0];
  EXPECT_EQ(ledger["document"]["url"], "https://avis.example/bro.html");
  EXPECT_NE(ledger["document"]["text"].get<std::string>().find("Kari Bø"), std::string::npos);
  const Response form = fetching->handle({.method = "GET", .path = "/read"});
  EXPECT_NE(form.body.find("action=\"/fetch"), std::string::npos);
  EXPECT_TRUE(waits_outside(request));
  EXPECT_FALSE(waits_outside(post("/read", "", "")));
}

TEST(Service, CountsWhatItReads) {
  service().handle(post("/api/read", kText, "text/plain"));
  const std::string text = service().handle({.method = "GET", .path = "/metrics"}).body;
  EXPECT_EQ(text.find("avstand_articles_total 0\n"), std::string::npos);
  EXPECT_NE(text.find("# TYPE avstand_articles_total counter\n"), std::string::npos);
}

}  // namespace
}  // namespace avstand::serve
