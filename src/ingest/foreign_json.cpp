#include "ingest/foreign_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "ingest/page_metadata.h"
#include "ingest/story.h"
#include "text/utf8.h"

namespace avstand::ingest {
namespace {

using Json = nlohmann::json;

constexpr uint32_t kMaxDepth = 64;  // where the caller sets none

/// A key that only these formats have; looked for before anything is parsed.
constexpr std::array<std::string_view, 15> kTraces = {
    "\"uri\"",          "\"versioncreated\"",   "\"versionCreated\"",
    "\"body_xhtml\"",   "\"body_text\"",        "\"bodies\"",
    "\"headlines\"",    "\"description_text\"", "\"representationtype\"",
    "\"eventDetails\"", "\"publishing_date\"",  "\"source-hostname\"",
    "\"sitename\"",     "\"plaintext\"",        "jsonfeed.org/version"};

std::string string_at(const Json& object, std::string_view key) {
  const auto at = object.find(key);
  if (at == object.end()) return {};
  if (at->is_string()) return at->get<std::string>();
  if (at->is_number_integer()) return std::to_string(at->get<int64_t>());
  return {};
}

/// The first of these keys that has a string.
std::string first_of(const Json& object, std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys)
    if (std::string value = string_at(object, key); !value.empty()) return value;
  return {};
}

const Json& list_at(const Json& object, std::string_view key) {
  static const Json none = Json::array();
  const auto at = object.find(key);
  return at != object.end() && at->is_array() ? *at : none;
}

bool is_html(const Json& part) {
  return string_at(part, "contentType").find("html") != std::string::npos ||
         string_at(part, "contenttype").find("html") != std::string::npos ||
         string_at(part, "role").find("html") != std::string::npos;
}

// ---- ninjs (IPTC), 1.x: headline, body_text, body_xhtml; 2.x, 3.x: headlines, bodies, by

bool is_ninjs(const Json& o) {
  return o.contains("uri") && !(o.contains("id") && o.contains("text"));
}

/// The value in a list of {role, contentType, value}: mark-up before plain text.
void take_part(const Json& list, std::string& text, bool& html) {
  for (const bool wanted : {true, false})
    for (const Json& part : list) {
      if (!text.empty() || !part.is_object() || is_html(part) != wanted) continue;
      text = string_at(part, "value");
      html = wanted;
    }
}

void take_keys(const Json& o, std::string_view prefix, std::string& text, bool& html) {
  for (const auto& [key, value] : o.items()) {
    if (!key.starts_with(prefix) || !value.is_string()) continue;
    const bool marked = key.ends_with("xhtml") || key.ends_with("html");
    if (!text.empty() && (html || !marked)) continue;
    text = value.get<std::string>();
    html = marked;
  }
}

void take_agency(const Json& o, Story& story) {
  AgencyInfo& agency = story.agency;
  const auto given = [](std::string value) {
    return value.empty() ? std::nullopt : std::optional<std::string>(std::move(value));
  };
  agency.credit =
      given(first_of(o, {"creditline", "creditLine", "copyrightholder", "copyrightHolder"}));
  agency.version = given(string_at(o, "version"));
  agency.embargo = given(first_of(o, {"embargoed", "embargoedUntil"}));
  agency.status = given(first_of(o, {"pubstatus", "pubStatus"}));
  agency.note = given(clean_text(first_of(o, {"ednote", "edNote"})));
  for (const std::string_view key : {"evolvedfrom", "evolvedFrom", "replaces", "corrects"})
    if (std::string what = string_at(o, key); !what.empty())
      agency.corrections.push_back(fmt::format("{} {}", key, what));
  std::string sources = clean_text(string_at(o, "source"));
  for (const std::string_view key : {"infosources", "infoSources"})
    for (const Json& source : list_at(o, key))
      if (source.is_object())
        if (std::string name = string_at(source, "name"); !name.empty()) {
          sources += (sources.empty() ? "" : ", ") + name;
          agency.hops.push_back(std::move(name));
        }
  agency.source = given(std::move(sources));
}

Story from_ninjs(const Json& o) {
  Story story;
  story.id = string_at(o, "uri");
  story.title = plain_field(first_of(o, {"headline", "title"}));
  bool ignored = false;
  if (std::string main; story.title.empty()) {
    take_part(list_at(o, "headlines"), main, ignored);
    story.title = plain_field(main);
  }
  take_part(list_at(o, "bodies"), story.body, story.body_is_html);
  if (story.body.empty()) take_keys(o, "body_", story.body, story.body_is_html);
  const bool whole = !story.body.empty();
  if (!whole) take_part(list_at(o, "descriptions"), story.body, story.body_is_html);
  if (story.body.empty()) take_keys(o, "description_", story.body, story.body_is_html);
  const std::string type = string_at(o, "type");
  story.is_picture = !whole && (type == "picture" || type == "graphic" || type == "video");
  if (std::string by = clean_text(first_of(o, {"byline", "by"})); !by.empty())
    story.bylines.push_back(std::move(by));
  story.outlet = clean_text(first_of(o, {"copyrightholder", "copyrightHolder"}));
  story.language = string_at(o, "language");
  story.published = first_of(o, {"firstcreated", "firstCreated", "contentcreated", "contentCreated",
                                 "versioncreated", "versionCreated"});
  story.modified = first_of(o, {"versioncreated", "versionCreated"});
  take_agency(o, story);
  return story;
}

// ---- JSON Feed 1.0, 1.1

bool is_json_feed(const Json& o) {
  return string_at(o, "version").find("jsonfeed.org/version") != std::string::npos;
}

Story from_feed_item(const Json& feed, const Json& item, size_t number, const std::string& name) {
  Story story;
  story.id = first_of(item, {"id", "url"});
  if (story.id.empty()) story.id = fmt::format("{}#{}", name, number + 1);
  story.title = clean_text(string_at(item, "title"));
  story.body = first_of(item, {"content_html"});
  story.body_is_html = !story.body.empty();
  if (story.body.empty()) story.body = first_of(item, {"content_text", "summary"});
  story.url = first_of(item, {"url", "external_url"});
  story.outlet = clean_text(string_at(feed, "title"));
  story.language = first_of(item, {"language"});
  if (story.language.empty()) story.language = string_at(feed, "language");
  story.published = string_at(item, "date_published");
  story.modified = string_at(item, "date_modified");
  for (const Json& author : list_at(item, "authors"))
    if (author.is_object()) story.bylines.push_back(clean_text(string_at(author, "name")));
  if (const auto author = item.find("author"); author != item.end() && author->is_object())
    story.bylines.push_back(clean_text(string_at(*author, "name")));
  std::erase(story.bylines, std::string());
  return story;
}

// ---- trafilatura (--json) and fundus (Article.to_json)

bool is_trafilatura(const Json& o) {
  return o.contains("text") &&
         (o.contains("source-hostname") || o.contains("sitename") || o.contains("hostname")) &&
         o.contains("title");
}

Story from_trafilatura(const Json& o) {
  Story story;
  story.url = first_of(o, {"source", "url"});
  story.id = first_of(o, {"id"});
  if (story.id.empty()) story.id = story.url;
  if (story.id.empty()) story.id = string_at(o, "fingerprint");
  story.title = clean_text(string_at(o, "title"));
  story.outlet = clean_text(first_of(o, {"source-hostname", "sitename", "hostname"}));
  story.language = string_at(o, "language");
  story.published = string_at(o, "date");
  // One line is one paragraph there.
  for (const char c : string_at(o, "text"))
    story.body += c == '\n' ? std::string("\n\n") : std::string(1, c);
  const std::string authors = string_at(o, "author");
  for (size_t begin = 0; begin < authors.size();) {
    const size_t end = std::min(authors.find(';', begin), authors.size());
    if (std::string name = clean_text(authors.substr(begin, end - begin)); !name.empty())
      story.bylines.push_back(std::move(name));
    begin = end + 1;
  }
  return story;
}

bool is_fundus(const Json& o) {
  return o.contains("publishing_date") && (o.contains("body") || o.contains("plaintext"));
}

/// Summary, and paragraphs of the sections with their headlines between them.
std::string fundus_body(const Json& o) {
  std::string out;
  const auto add = [&](const Json& list) {
    for (const Json& line : list)
      if (line.is_string()) out += line.get<std::string>() + "\n\n";
  };
  const auto body = o.find("body");
  if (body == o.end() || !body->is_object()) return string_at(o, "plaintext");
  add(list_at(*body, "summary"));
  for (const Json& section : list_at(*body, "sections")) {
    if (!section.is_object()) continue;
    add(list_at(section, "headline"));
    add(list_at(section, "paragraphs"));
  }
  return out;
}

Story from_fundus(const Json& o) {
  Story story;
  story.url = first_of(o, {"url", "canonical_url"});
  if (const auto html = o.find("html"); html != o.end() && html->is_object() && story.url.empty())
    story.url = first_of(*html, {"responded_url", "requested_url"});
  story.title = clean_text(string_at(o, "title"));
  story.id = story.url.empty() ? story.title : story.url;
  story.outlet = clean_text(first_of(o, {"publisher"}));
  story.language = first_of(o, {"lang", "language"});
  story.published = string_at(o, "publishing_date");
  story.body = fundus_body(o);
  for (const Json& author : list_at(o, "authors"))
    if (author.is_string()) story.bylines.push_back(clean_text(author.get<std::string>()));
  return story;
}

class ForeignReader {
 public:
  ForeignReader(const std::string& name, const Options& options, const Patterns& patterns, Run& run,
                const Emit& emit)
      : name_(name), options_(options), patterns_(patterns), run_(run), emit_(emit) {}

  bool read(const Json& o) {
    if (is_json_feed(o)) {
      const Json& items = list_at(o, "items");
      if (items.empty()) fail("a feed without items");
      for (size_t i = 0; i < items.size(); ++i)
        if (items[i].is_object()) hand_on(from_feed_item(o, items[i], i, name_));
      return true;
    }
    if (is_fundus(o)) return hand_on(from_fundus(o));
    if (is_trafilatura(o)) return hand_on(from_trafilatura(o));
    if (is_ninjs(o)) return hand_on(from_ninjs(o));
    return false;
  }

 private:
  bool hand_on(Story story) {
    if (story.id.empty()) story.id = name_;
    auto article = make_article(std::move(story), options_, patterns_);
    if (!article) {
      emit_({std::nullopt, std::move(article).error().in(name_)});
    } else if (!run_.take_id(article->id)) {
      fail(fmt::format("the id '{}' came before", utf8_prefix(clean_text(article->id), 80)));
    } else {
      emit_({std::move(*article), std::nullopt});
    }
    return true;
  }
  void fail(std::string message) {
    emit_({std::nullopt,
           Error{.code = ErrorCode::kInput, .message = std::move(message), .file = name_}});
  }

  const std::string& name_;
  const Options& options_;
  const Patterns& patterns_;
  Run& run_;
  const Emit& emit_;
};

}  // namespace

bool read_foreign_json(std::string_view json, const std::string& name, const Options& options,
                       const Patterns& patterns, Run& run, const Emit& emit) {
  if (std::none_of(kTraces.begin(), kTraces.end(), [&](std::string_view trace) {
        return json.find(trace) != std::string_view::npos;
      }))
    return false;
  const uint32_t most = options.limits.max_depth > 0 ? options.limits.max_depth : kMaxDepth;
  bool deeper = false;
  const auto keep = [&](int depth, Json::parse_event_t, Json&) {
    const bool kept = static_cast<uint32_t>(depth) < most;
    deeper |= !kept;
    return kept;
  };
  const Json root = Json::parse(json, keep, false);
  if (!root.is_object()) return false;
  if (!ForeignReader(name, options, patterns, run, emit).read(root)) return false;
  if (deeper)
    run.note(
        fmt::format("{}: JSON nested deeper than {} is left out (raise --max-depth)", name, most));
  return true;
}

}  // namespace avstand::ingest
