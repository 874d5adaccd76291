// The server over an archive: pages, JSON, corrections, and a writer beside it.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "base/hash.h"
#include "serve/article_reader.h"
#include "serve/bodies.h"
#include "serve/service.h"
#include "serve/token.h"
#include "store/archive.h"
#include "story/article_bytes.h"
#include "story/extract.h"

namespace avstand::serve {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

const std::string kSource = AVSTAND_SOURCE_DIR;
const std::string kToken = "only-for-these-tests";
constexpr const char* kHostile = "\"><script>alert(1)</script>";

/// Reads JSON Lines into an archive as `avstand add` does.
void add(const std::string& archive_path, const std::string& lines) {
  const auto reader =
      ArticleReader::open(kSource + "/data", kSource + "/models", {.max_seconds = 600});
  const auto lexicon = story::Lexicon::load(kSource + "/data");
  auto archive = store::Archive::open(archive_path, store::Archive::Mode::kCreate);
  ASSERT_TRUE(reader && lexicon && archive);
  const auto article = [&](const Reading& r) {
    const store::Record record{ledger::to_json(r.ledger), store::search_lemmas(r.analysis),
                               story::to_bytes(story::extract(r.analysis, r.ledger, *lexicon))};
    const auto rows = store::rows_of(record.ledger);
    EXPECT_TRUE(rows && archive->add(record, *rows));
  };
  const auto problem = [](const Error& error) { ADD_FAILURE() << error.to_string(); };
  (*reader)->read(lines, "-", *(*reader)->options({}), {article, problem});
  ASSERT_TRUE(archive->commit());
}

/// Two of the invented stories, and an article that tries to be markup.
std::string articles() {
  std::string out;
  for (const char* name : {"s51", "s54"}) {
    std::ifstream in(kSource + "/tests/story/gold/" + name + ".json");
    const json story = json::parse(in);
    for (const json& a : story["articles"])
      out += json{{"id", a["id"]},
                  {"outlet", a["outlet"]},
                  {"published", a["published"]},
                  {"language", a["language"]},
                  {"title", a["title"]},
                  {"text", a["text"]}}
                 .dump() +
             "\n";
  }
  return out +
         json{{"id", "evil"},
              {"outlet", kHostile},
              {"published", "2026-01-01"},
              {"title", std::string("Ond ") + kHostile},
              {"text", std::string("– Uvanlig ") + kHostile + ", sier ordfører Kari Bø."}}
             .dump() +
         "\n";
}

class Archived : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = fs::temp_directory_path() / ("avstand-serve-" + std::to_string(getpid()));
    fs::create_directories(folder_);
    add(path(), articles());
    service_ = open({.path = path(), .token = kToken});
  }
  static void TearDownTestSuite() {
    service_.reset();
    fs::remove_all(folder_);
  }
  static std::string path() { return (folder_ / "news.db").string(); }
  static std::unique_ptr<Service> open(ArchiveOptions archive) {
    auto service = Service::open({.data_dir = kSource + "/data",
                                  .model_dir = kSource + "/models",
                                  .archive = std::move(archive)});
    if (!service) {
      ADD_FAILURE() << service.error().to_string();
      return nullptr;
    }
    return std::make_unique<Service>(std::move(*service));
  }
  static Response get(const std::string& path, Fields query = {}) {
    return service_->handle({.method = "GET", .path = path, .query = std::move(query)});
  }
  static json data(const std::string& path, Fields query = {}) {
    const Response response = get(path, std::move(query));
    EXPECT_EQ(response.status, 200U) << path << response.body;
    return json::parse(response.body);
  }
  /// The number of the article with that id.
  static std::string number(const std::string& id) {
    auto archive = store::Archive::open(path(), store::Archive::Mode::kRead);
    return std::to_string(archive->find(id)->id);
  }
  static std::string story() {
    return std::to_string(data("/api/stories")["stories"].at(0)["id"].get<int>());
  }
  static std::vector<std::pair<std::string, Fields>> pages() {
    return {{"/", {}},
            {"/search", {{"q", "skred"}}},
            {"/search", {}},
            {"/source", {{"name", "politiet"}}},
            {"/story", {{"id", story()}}},
            {"/article", {{"id", number("s51-a1")}}},
            {"/article", {{"id", number("evil")}}}};
  }
  static Response post(const std::string& path, const std::string& body, const std::string& type,
                       const std::string& token = "") {
    return service_->handle(
        {.method = "POST",
         .path = path,
         .headers = {{"content-type", type}, {"authorization", "Bearer " + token}},
         .body = body});
  }
  static json correction(const std::string& article) {
    const json whole = data("/api/article", {{"id", number(article)}});
    const json& s = whole["ledger"]["statements"].back();
    return {{"digest", whole["ledger"]["document"]["digest"]},
            {"span", {s["content"].front()[0], s["content"].back()[1]}},
            {"what", "chain"},
            {"value", "Legen>NTB"},
            {"author", "Kari Bø"}};
  }
  static Response correct(const json& correction, const std::string& token = kToken) {
    return post("/api/corrections", correction.dump(), "application/json", token);
  }

  static inline fs::path folder_;
  static inline std::unique_ptr<Service> service_;
};

TEST_F(Archived, PagesAreWholeInEveryLanguageAndRunNothing) {
  for (const char* ui : {"nb", "nn", "en"})
    for (auto [path, query] : pages()) {
      query.emplace_back("ui", ui);
      const Response response = get(path, query);
      EXPECT_EQ(response.status, 200U) << path;
      EXPECT_NE(response.body.find("<html lang=\"" + std::string(ui)), std::string::npos) << path;
      EXPECT_EQ(response.body.find("<script>"), std::string::npos) << path;
      EXPECT_EQ(response.body.find("alert(1)</script>"), std::string::npos) << path;
      const std::string& policy = *find(response.headers, "Content-Security-Policy");
      EXPECT_EQ(policy.find("unsafe"), std::string::npos);
      EXPECT_NE(policy.find("default-src 'none'"), std::string::npos);
      EXPECT_EQ(response.body.find("href=\"http"), std::string::npos) << path;
      EXPECT_EQ(response.body.find("src=\"http"), std::string::npos) << path;
      // The links lead on in the same language.
      EXPECT_NE(response.body.find("/search?ui=" + std::string(ui)), std::string::npos) << path;
    }
}

TEST_F(Archived, EveryPageIsThereInTheOtherLanguages) {
  const std::string page =
      get("/search", {{"q", "skred & ras"}, {"ui", "nb"}, {"outlet", "NTB"}}).body;
  EXPECT_NE(page.find("href=\"/search?q=skred%20%26%20ras&amp;outlet=NTB&amp;ui=nn\" lang=\"nn\""),
            std::string::npos);
  EXPECT_NE(page.find("hreflang=\"nb\" aria-current=\"true\""), std::string::npos);
  // What was sent cannot be asked for again by a link.
  const Response sent = post("/read", "text=Broen+er+stengt.", "application/x-www-form-urlencoded");
  EXPECT_EQ(whole_body(sent).find("hreflang"), std::string::npos);
}

TEST_F(Archived, AnArticleLeadsToItsStory) {
  const json story = data("/api/stories")["stories"].at(0);
  const std::string link = "href=\"/story?id=" + std::to_string(story["id"].get<int>());
  for (const json& member : story["members"]) {
    const std::string page =
        get("/article", {{"id", std::to_string(member["id"].get<int>())}}).body;
    EXPECT_NE(page.find(link), std::string::npos) << member;
  }
  EXPECT_EQ(get("/article", {{"id", number("evil")}}).body.find("href=\"/story?id="),
            std::string::npos);
}

TEST_F(Archived, TheFormOffersNamesAndLabels) {
  const std::string page = get("/article", {{"id", number("s51-a1")}, {"ui", "nb"}}).body;
  EXPECT_NE(page.find("list=\"values\""), std::string::npos);
  EXPECT_NE(page.find("<option value=\"confirmed\">"), std::string::npos);
  EXPECT_NE(page.find("<option value=\"NTB\"/>"), std::string::npos);
}

TEST_F(Archived, WhatIsAskedForNeverBecomesMarkup) {
  for (const char* path : {"/search", "/source", "/story", "/article"})
    for (const char* field : {"q", "outlet", "origin", "from", "language", "name", "id", "ui"}) {
      const std::string body = get(path, {{field, kHostile}}).body;
      EXPECT_EQ(body.find("<script>"), std::string::npos) << path << " " << field;
    }
}

TEST_F(Archived, WhatIsNotThereIsSaid) {
  const std::vector<std::pair<std::string, Fields>> missing = {
      {"/article", {}},
      {"/article", {{"id", "99999"}}},
      {"/article", {{"id", "1 OR 1"}}},
      {"/article", {{"id", "1"}, {"version", "9"}}},
      {"/story", {{"id", "99"}}},
      {"/source", {{"name", "Nobody"}}}};
  for (const auto& [path, query] : missing) {
    EXPECT_EQ(get(path, query).status, 404U) << path;
    EXPECT_EQ(get("/api" + path, query).status, 404U) << path;
  }
  EXPECT_EQ(get("/search", {{"limit", "x"}}).status, 400U);
  EXPECT_EQ(get("/api/search", {{"offset", "-1"}}).status, 400U);
  EXPECT_EQ(get("/search", {{"q", "\xff"}}).status, 400U);
}

TEST_F(Archived, WithoutAnArchiveItsPathsAreNotThere) {
  const auto bare = open({});
  ASSERT_NE(bare, nullptr);
  for (const char* path :
       {"/search", "/article", "/source", "/story", "/api/search", "/api/article", "/api/source",
        "/api/story", "/api/stories", "/api/corrections"})
    EXPECT_EQ(bare->handle({.method = "GET", .path = path}).status, 404U) << path;
  EXPECT_EQ(bare->handle({.method = "POST", .path = "/api/corrections"}).status, 404U);
  EXPECT_NE(bare->handle({.method = "GET", .path = "/"}).body.find("<textarea"), std::string::npos);
}

TEST_F(Archived, StatusesAndTypesAreThoseThatAreDescribed) {
  const json api = data("/api/openapi.json");
  std::vector<Request> requests;
  for (const auto& [path, query] : pages())
    requests.push_back({.method = "GET", .path = path, .query = query});
  for (const char* path : {"/search", "/article", "/source", "/story"})
    for (const char* prefix : {"", "/api"})
      requests.push_back(
          {.method = "GET", .path = std::string(prefix) + path, .query = {{"id", "x"}}});
  for (const char* path : {"/api/stories", "/api/corrections", "/read"})
    requests.push_back({.method = "GET", .path = path});
  for (const char* path : {"/correct", "/api/corrections"})
    requests.push_back({.method = "POST", .path = path, .body = "x"});
  for (const Request& request : requests) {
    const Response response = service_->handle(request);
    const json& answers =
        api["paths"][request.path][request.method == "GET" ? "get" : "post"]["responses"];
    const std::string status = std::to_string(response.status);
    ASSERT_TRUE(answers.contains(status)) << request.path << " " << status;
    json answer = answers[status];
    if (answer.contains("$ref"))
      answer = api[json::json_pointer(answer["$ref"].get<std::string>().substr(1))];
    EXPECT_TRUE(answer["content"].contains(response.type.substr(0, response.type.find(';'))))
        << request.path << " " << response.type;
  }
}

TEST_F(Archived, SearchFindsOtherFormsAndFacetsNarrowIt) {
  const json all = data("/api/search");
  EXPECT_EQ(all["facets"]["articles"], all["articles"].size());
  const json found = data("/api/search", {{"q", "skiløper"}});
  ASSERT_GT(found["articles"].size(), 1U);
  EXPECT_LT(found["articles"].size(), all["articles"].size());
  EXPECT_NE(found["articles"][0]["snippet"].get<std::string>().find('['), std::string::npos);
  for (const char* facet : {"language", "outlet", "origin", "month"}) {
    const json& counts = found["facets"][facet];
    ASSERT_FALSE(counts.empty()) << facet;
    const bool month = std::string(facet) == "month";
    const std::string value = counts[0]["name"];
    Fields query = {{"q", "skiløper"}, {month ? "from" : facet, value}};
    if (month) query.emplace_back("to", value);
    EXPECT_EQ(data("/api/search", query)["facets"]["articles"], counts[0]["articles"]) << facet;
  }
  const json second = data("/api/search", {{"limit", "2"}, {"offset", "2"}});
  EXPECT_EQ(second["articles"][0]["id"], all["articles"][2]["id"]);
  EXPECT_NE(get("/search", {{"limit", "2"}}).body.find("offset=2"), std::string::npos);
}

TEST_F(Archived, StoriesComeNewestDayFirstAndTheirPageHasTheClaims) {
  const json stories = data("/api/stories")["stories"];
  ASSERT_EQ(stories.size(), 2U);
  EXPECT_GE(stories[0]["members"].back()["published"], stories[1]["members"].back()["published"]);
  for (const json& s : stories) {
    EXPECT_NEAR(s["echo"].get<double>(),
                s["articles"].get<double>() / std::max(1, s["independent_origins"].get<int>()),
                0.01);
    const std::string id = std::to_string(s["id"].get<int>());
    const json whole = data("/api/story", {{"id", id}});
    EXPECT_EQ(whole["schema"], "avstand/stories/1");
    const std::string page = get("/story", {{"id", id}}).body;
    for (const json& claim : whole["stories"][0]["claims"]) {
      if (claim["articles"] < 2) continue;
      EXPECT_NE(page.find("id=\"" + claim["id"].get<std::string>() + "\""), std::string::npos);
    }
    EXPECT_NE(page.find("<table class=\"matrix\""), std::string::npos);
  }
}

TEST_F(Archived, TheNamesOfStoriesLeadToWhatTheArchiveHas) {
  size_t links = 0, found = 0;
  const json stories = data("/api/stories")["stories"];
  for (const json& s : stories) {
    const std::string page = get("/story", {{"id", std::to_string(s["id"].get<int>())}}).body;
    const std::string begin = "href=\"/source?name=";
    for (size_t at = page.find(begin); at != std::string::npos; at = page.find(begin, at + 1)) {
      const size_t from = at + begin.size();
      const auto name = percent_decode(page.substr(from, page.find('"', from) - from), false);
      ++links;
      const Response source = get("/source", {{"name", *name}});
      found += source.status == 200;
      EXPECT_NE(source.body.find(source.status == 200 ? "class=\"numbers\"" : "/search?q="),
                std::string::npos);
    }
  }
  EXPECT_GE(links, 4U);
  // An outlet's own observation is no source of an article, nor is a body that only its people are
  // quoted for: of two in three there is more than a search.
  EXPECT_GE(3 * found, 2 * links);
}

TEST_F(Archived, ASourceHasWhatItSaidAndWhoPrintedIt) {
  const json source = data("/api/source", {{"name", "POLITIET"}});
  EXPECT_GT(source["statements"], 0);
  int carried = 0;
  for (const json& c : source["carried_by"]) carried += c["statements"].get<int>();
  EXPECT_EQ(carried, source["statements"]);
  const std::string page = get("/source", {{"name", "politiet"}}).body;
  EXPECT_NE(page.find("class=\"graph\""), std::string::npos);
}

TEST_F(Archived, AnArticleComesOutInOtherFormats) {
  const std::string id = number("s51-a1");
  const std::string page = get("/article", {{"id", id}}).body;
  size_t offered = 0;
  for (const char* to : {"prov", "webannotation", "claimreview", "ninjs", "csv", "gexf"}) {
    const Response response = get("/api/export", {{"id", id}, {"to", to}});
    EXPECT_EQ(response.status, 200U) << to;
    EXPECT_FALSE(response.body.empty()) << to;
    offered += page.find("to=" + std::string(to)) != std::string::npos;
  }
  EXPECT_EQ(offered, 6U);
  EXPECT_EQ(get("/api/export", {{"id", id}, {"to", "conllu"}}).status, 400U);
  EXPECT_EQ(get("/api/export", {{"id", id}, {"to", "brat"}}).status, 400U);
  EXPECT_EQ(get("/api/export", {{"id", "99999"}, {"to", "csv"}}).status, 404U);
}

TEST_F(Archived, ACorrectionNeedsTheToken) {
  const json c = correction("s51-a1");
  for (const std::string& wrong : {std::string(), kToken + "x", kToken.substr(1), std::string("x")})
    EXPECT_EQ(correct(c, wrong).status, 401U) << wrong;
  const auto closed = open({.path = path()});
  EXPECT_EQ(closed->handle({.method = "POST", .path = "/api/corrections", .body = c.dump()}).status,
            403U);
  EXPECT_EQ(closed->handle({.method = "GET", .path = "/article", .query = {{"id", "1"}}})
                .body.find("name=\"token\""),
            std::string::npos);
  EXPECT_TRUE(data("/api/article", {{"id", number("s51-a1")}})["corrections"].empty());
}

TEST_F(Archived, ACorrectionIsShownAsSuchAndStandsThroughAnotherReading) {
  const json c = correction("s51-a2");
  const Response kept = correct(c);
  ASSERT_EQ(kept.status, 201U) << kept.body;
  EXPECT_EQ(json::parse(kept.body)["value"], "Legen > NTB");
  json label = c;
  label["what"] = "label", label["field"] = "evidence", label["value"] = "document";
  label["note"] = "<b>brevet</b>";
  EXPECT_EQ(correct(label).status, 201U);
  add(path(), articles());  // read once more: nothing is lost
  const json whole = data("/api/article", {{"id", number("s51-a2")}});
  EXPECT_EQ(whole["corrections"].size(), 2U);
  EXPECT_EQ(data("/api/corrections", {{"digest", c["digest"]}})["corrections"].size(), 2U);
  const json out = data("/api/export", {{"id", number("s51-a2")}, {"to", "webannotation"}});
  const json& last = out["first"]["items"].back();
  EXPECT_EQ(out["total"], out["first"]["items"].size());
  EXPECT_EQ(last["motivation"], "editing");
  EXPECT_EQ(last["creator"]["name"], "Kari Bø");
  EXPECT_EQ(last["body"][0]["value"], "evidence=document");
  EXPECT_EQ(last["target"][0]["selector"][0]["start"], c["span"][0]);
  EXPECT_EQ(last["target"][0]["source"], out["first"]["items"][0]["target"][0]["source"]);
  const std::string page = get("/article", {{"id", number("s51-a2")}, {"ui", "en"}}).body;
  EXPECT_NE(page.find("Corrected by readers"), std::string::npos);
  EXPECT_NE(page.find("Kari Bø, "), std::string::npos);
  EXPECT_NE(page.find("&lt;b&gt;brevet"), std::string::npos);
}

TEST_F(Archived, ACorrectionThatIsNotWholeIsRefused) {
  const json good = correction("s51-a3");
  for (const auto& [field, value] :
       std::vector<std::pair<const char*, json>>{{"value", ">"},
                                                 {"value", ""},
                                                 {"author", ""},
                                                 {"what", "text"},
                                                 {"span", {5, 5}},
                                                 {"span", {0, 999999}},
                                                 {"digest", "sha256:0"},
                                                 {"digest", sha256("x")},
                                                 {"field", "act"},
                                                 {"span", "0-5"}}) {
    json bad = good;
    bad[field] = value;
    EXPECT_EQ(correct(bad).status, 400U) << field << value;
  }
  json label = good;
  label["what"] = "label", label["field"] = "evidence", label["value"] = "rumour";
  EXPECT_EQ(correct(label).status, 400U);
  EXPECT_EQ(post("/api/corrections", "{", "application/json", kToken).status, 400U);
  EXPECT_TRUE(data("/api/article", {{"id", number("s51-a3")}})["corrections"].empty());
}

TEST_F(Archived, TheFormKeepsACorrection) {
  const std::string form = "application/x-www-form-urlencoded";
  const std::string id = number("s51-a4");
  const std::string fields = "id=" + id + "&version=1&statement=1&what=act&value=deny&author=A";
  const Response wrong = post("/correct", fields + "&token=x", form);
  EXPECT_EQ(wrong.status, 401U);
  EXPECT_NE(wrong.body.find("role=\"alert\""), std::string::npos);
  const Response kept = post("/correct", fields + "&token=" + kToken, form);
  ASSERT_EQ(kept.status, 303U) << kept.body;
  EXPECT_EQ(*find(kept.headers, "Location"), "/article?id=" + id + "&version=1#corrections");
  EXPECT_EQ(data("/api/article", {{"id", id}})["corrections"][0]["value"], "deny");
  EXPECT_EQ(post("/correct",
                 "id=" + id + "&statement=9999&what=act&value=deny&author=A&token=" + kToken, form)
                .status,
            400U);
}

TEST_F(Archived, AWriterIsNotKeptWaitingAndItsWorkIsSeen) {
  const size_t before = data("/api/search")["facets"]["articles"];
  const auto stories = data("/api/stories")["stories"].size();
  auto writer = store::Archive::open(path(), store::Archive::Mode::kWrite);
  ASSERT_TRUE(writer);
  std::string ledger = (*writer->ledgers(1))[0];
  const json read = json::parse(ledger);
  const std::string id = read["document"]["id"];
  ledger.replace(ledger.find("\"" + id + "\""), id.size() + 2, "\"another\"");
  ASSERT_TRUE(writer->add({ledger, "", ""}, *store::rows_of(ledger)));  // a transaction is open
  EXPECT_EQ(data("/api/search")["facets"]["articles"], before);
  EXPECT_EQ(get("/").status, 200U);
  ASSERT_TRUE(writer->commit());
  EXPECT_EQ(data("/api/search")["facets"]["articles"], before + 1);
  ASSERT_TRUE(writer->forget({writer->find("another")->id}));
  EXPECT_EQ(data("/api/stories")["stories"].size(), stories);
}

TEST(Token, IsTakenWholeOrNotAtAll) {
  EXPECT_TRUE(same_token("abc", "abc"));
  EXPECT_FALSE(same_token("abc", "abd"));
  EXPECT_FALSE(same_token("", "abc"));
  EXPECT_FALSE(same_token("abcd", "abc"));
  EXPECT_EQ(bearer_token({.headers = {{"authorization", "bearer abc"}}}), "abc");
  EXPECT_EQ(bearer_token({.headers = {{"authorization", "Basic abc"}}}), "");
  EXPECT_TRUE(check_token("0123456789abcdef", "x"));
  EXPECT_FALSE(check_token("0123456789abcde", "x"));
  EXPECT_FALSE(check_token("0123456789abcdef g", "x"));
}

}  // namespace
}  // namespace avstand::serve
