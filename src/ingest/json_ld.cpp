// JSON-LD of schema.org: the article among the objects of a page's scripts.
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "ingest/page_metadata.h"

namespace avstand::ingest {
namespace {

using Json = nlohmann::json;

constexpr int kMaxDepth = 32;
constexpr size_t kMaxObjects = 2'000;

/// Deeper values are left out while parsing, so that neither they nor their ends cost a stack.
Json parse(std::string_view text) {
  const auto keep = [](int depth, Json::parse_event_t, Json&) { return depth < kMaxDepth; };
  return Json::parse(text, keep, false, true);
}

/// The mistakes that templates make: raw line ends in strings, a comma before a closing bracket.
std::string mended(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (c == '}' || c == ']') {
      const size_t last = out.find_last_not_of(' ');
      if (last != std::string::npos && out[last] == ',') out.erase(last);
    }
    out += static_cast<uint8_t>(c) < 0x20 ? ' ' : c;
  }
  return out;
}

/// Without the comment or CDATA marks that scripts are wrapped in.
std::string_view unwrapped(std::string_view text) {
  constexpr std::string_view kCdata = "[CDATA[";
  if (const size_t at = text.find(kCdata); at < 16) {
    text.remove_prefix(at + kCdata.size());
    text = text.substr(0, text.rfind("]]>"));
  }
  const size_t begin = text.find_first_of("{[");
  const size_t end = text.find_last_of("}]");
  if (begin == std::string_view::npos || end == std::string_view::npos || end < begin) return {};
  return text.substr(begin, end + 1 - begin);
}

bool is_article_type(std::string_view type) {
  return type.ends_with("Article") || type.ends_with("BlogPosting") || type == "Report";
}

bool is_article(const Json& object) {
  const auto type = object.find("@type");
  if (type == object.end()) return false;
  if (type->is_string()) return is_article_type(type->get_ref<const std::string&>());
  if (!type->is_array()) return false;
  return std::any_of(type->begin(), type->end(), [](const Json& t) {
    return t.is_string() && is_article_type(t.get_ref<const std::string&>());
  });
}

/// A string, or the name of an object, or that of the first in a list.
std::string text_of(const Json& value) {
  if (value.is_string()) return clean_text(value.get_ref<const std::string&>());
  if (value.is_array() && !value.empty() && !value.front().is_array())
    return text_of(value.front());
  if (!value.is_object()) return {};
  for (const char* key : {"name", "@id", "@value"})
    if (const auto at = value.find(key); at != value.end() && at->is_string())
      return clean_text(at->get_ref<const std::string&>());
  return {};
}

std::string text_at(const Json& object, const char* key) {
  const auto at = object.find(key);
  return at == object.end() ? std::string() : text_of(*at);
}

/// The text with its lines; empty where it holds mark-up.
std::string body_of(const Json& object) {
  const auto at = object.find("articleBody");
  if (at == object.end() || !at->is_string()) return {};
  const std::string_view text = at->get_ref<const std::string&>();
  if (text.find("</") != std::string_view::npos) return {};
  std::string out;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    const std::string line = clean_text(text.substr(begin, end - begin));
    if (!line.empty()) out += (out.empty() ? "" : "\n") + line;
    begin = end + 1;
  }
  return out;
}

void set(std::optional<std::string>& field, std::string value) {
  if (!field && !value.empty()) field = std::move(value);
}

void set_date(std::optional<std::string>& field, const std::string& value) {
  if (!field) field = normal_date(value);
}

void read_authors(const Json& object, PageMetadata& out) {
  const auto at = object.find("author");
  if (at == object.end() || !out.authors.empty()) return;
  const auto add = [&](const Json& author) {
    std::string name = text_of(author);
    if (!name.empty() && name.find("://") == std::string::npos)
      out.authors.push_back(std::move(name));
  };
  if (at->is_array()) {
    for (const Json& author : *at) add(author);
  } else {
    add(*at);
  }
}

void read_article(const Json& object, PageMetadata& out) {
  set(out.title, text_at(object, "headline"));
  set(out.title, text_at(object, "name"));
  set(out.description, text_at(object, "description"));
  set(out.outlet, text_at(object, "publisher"));
  set(out.language, text_at(object, "inLanguage"));
  set_date(out.published, text_at(object, "datePublished"));
  set_date(out.modified, text_at(object, "dateModified"));
  read_authors(object, out);
  if (out.body.empty()) out.body = body_of(object);
  if (const auto free = object.find("isAccessibleForFree"); free != object.end()) {
    const std::string word = free->is_string() ? free->get<std::string>() : std::string();
    out.for_subscribers |= *free == false || word == "False" || word == "false";
  }
  set(out.url, text_at(object, "url"));
  set(out.main_page, text_at(object, "mainEntityOfPage"));
}

}  // namespace

void read_json_ld(std::string_view json, PageMetadata& out) {
  const std::string_view inside = unwrapped(json);
  Json root = parse(inside);
  if (root.is_discarded()) root = parse(mended(inside));
  if (root.is_discarded()) return;
  // Breadth first: the page's own article stands above those it only names.
  std::vector<const Json*> open = {&root};
  for (size_t i = 0; i < open.size() && i < kMaxObjects; ++i) {
    const Json& value = *open[i];
    if (value.is_object() && is_article(value)) {
      read_article(value, out);
      return;
    }
    if (value.is_array())
      for (const Json& item : value) open.push_back(&item);
    if (!value.is_object()) continue;
    for (const char* key :
         {"@graph", "mainEntity", "mainEntityOfPage", "liveBlogUpdate", "hasPart"})
      if (const auto at = value.find(key); at != value.end()) open.push_back(&*at);
  }
}

}  // namespace avstand::ingest
