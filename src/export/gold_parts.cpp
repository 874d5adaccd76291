#include "export/gold_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "export/tokens.h"
#include "text/span.h"

namespace avstand::exports {
namespace {

/// Where an object begins, the longer first; what stands nowhere begins before all else.
std::pair<int64_t, int64_t> position_of(const Json& object) {
  const auto at = [](const Json& first, const Json& last) {
    return std::pair<int64_t, int64_t>{first.get<int64_t>(), -last.get<int64_t>()};
  };
  if (object.contains("mentions") && !object["mentions"].empty())
    return at(object["mentions"][0]["begin"], object["mentions"][0]["end"]);
  for (const char* list : {"content", "spans"})
    if (object.contains(list) && !object[list].empty())
      return at(object[list].front()[0], object[list].back()[1]);
  if (object.contains("span") && object["span"].is_array())
    return at(object["span"][0], object["span"][1]);
  if (object.contains("block") && object["block"].is_number())
    return at(object["block"], object["block"]);
  return {-1, 0};
}

std::string renamed(const std::string& key, const std::map<std::string, std::string>& names) {
  const auto found = names.find(key);
  return found == names.end() ? key : found->second;
}

bool refers(const std::string& field) {
  static const std::set<std::string> kFields = {"entity", "of",     "speaker",  "by",
                                                "place",  "parent", "statement"};
  return kFields.contains(field);
}

void rename_in(Json& value, const std::map<std::string, std::string>& names);

void rename_field(const std::string& field, Json& value,
                  const std::map<std::string, std::string>& names) {
  if (refers(field) && value.is_string()) {
    const std::string id = renamed(value.get<std::string>(), names);
    value = id.empty() ? Json(nullptr) : Json(id);
  } else if (field == "actors" || field == "targets") {
    Json kept = Json::array();
    for (const Json& key : value)
      if (std::string id = renamed(key.get<std::string>(), names); !id.empty())
        kept.push_back(std::move(id));
    value = std::move(kept);
  } else {
    rename_in(value, names);
  }
}

void rename_in(Json& value, const std::map<std::string, std::string>& names) {
  if (value.is_array())
    for (Json& one : value) rename_in(one, names);
  if (!value.is_object()) return;
  for (auto& [field, inner] : value.items()) rename_field(field, inner, names);
}

bool counts(const Json& statement) {
  return statement["quote"] != "own" && statement["quote"] != "scare";
}

/// Words at each distance: each counts once, at that of the outermost statement that it stands in.
Json words_by_distance(const Json& ledger) {
  const std::string& text = ledger["document"]["text"].get_ref<const std::string&>();
  const CodePointIndex index(text);
  std::vector<uint32_t> distance(index.size());
  for (const Json& s : ledger["statements"]) {
    if (!counts(s) || !s["parent"].is_null()) continue;
    for (const Json& span : s["content"])
      for (size_t i = span[0]; i < span[1].get<size_t>(); ++i)
        if (distance[i] == 0) distance[i] = s.at("distance").get<uint32_t>();
  }
  std::map<uint32_t, uint32_t> words;
  for (const Span token : tokens_of(text))
    if (is_word(token.in(text))) ++words[distance[index.to_code_point(token.begin)]];
  Json out = Json::object();
  for (const auto& [hands, count] : words) out[fmt::format("{}", hands)] = count;
  return out;
}

/// Known origins that are no relay of another one's words.
size_t independent_origins(const Json& ledger) {
  std::set<std::string> origins, relays;
  for (const Json& s : ledger["statements"]) {
    if (!counts(s)) continue;
    for (const Json& hop : s["chain"])
      if (hop["entity"].is_string())
        (hop.at("link") == "relay" ? relays : origins).insert(hop["entity"].get<std::string>());
  }
  return static_cast<size_t>(std::count_if(origins.begin(), origins.end(),
                                           [&](const auto& one) { return !relays.contains(one); }));
}

}  // namespace

Json spans_json(const std::vector<CharSpan>& spans) {
  Json out = Json::array();
  for (const CharSpan span : spans) out.push_back({span.begin, span.end});
  return out;
}

Json* find_id(Json& list, const std::string& id) {
  for (Json& one : list)
    if (one["id"] == id) return &one;
  return nullptr;
}

void add_ids(Json& list, char letter) {
  size_t number = 0;
  for (Json& one : list) one["id"] = fmt::format("{}{}", letter, ++number);
}

void drop_ids(Json& list) {
  for (Json& one : list) one.erase("id");
}

void Placement::add(std::string key, Json object) {
  object["id"] = std::move(key);
  fresh_.push_back(std::move(object));
}

bool Placement::place(Json& list, char letter, std::map<std::string, std::string>& names) {
  std::stable_sort(fresh_.begin(), fresh_.end(),
                   [](const Json& x, const Json& y) { return position_of(x) < position_of(y); });
  Json out = Json::array();
  auto next = fresh_.begin();
  for (Json& one : list) {
    if (std::find(gone_.begin(), gone_.end(), one["id"].get<std::string>()) != gone_.end()) {
      names[one["id"].get<std::string>()] = "";
      continue;
    }
    while (next != fresh_.end() && position_of(*next) < position_of(one)) out.push_back(*next++);
    out.push_back(std::move(one));
  }
  while (next != fresh_.end()) out.push_back(*next++);
  size_t number = 0;
  for (const Json& one : out)
    names[one["id"].get<std::string>()] = fmt::format("{}{}", letter, ++number);
  list = std::move(out);
  return !fresh_.empty() || !gone_.empty();
}

void rename_all(Json& ledger, const std::map<std::string, std::string>& names) {
  for (const char* field : {"entities", "statements", "events"})
    if (ledger[field].is_array())
      for (Json& one : ledger[field]) one["id"] = renamed(one["id"].get<std::string>(), names);
  for (const char* field : {"document", "entities", "statements", "pictures", "events", "summary"})
    rename_in(ledger[field], names);
}

void count_again(Json& ledger) {
  uint32_t attributed = 0, own = 0, unverified = 0;
  std::map<std::string, uint32_t> by_origin;  // "~" (after all ids) for who is not named
  for (const Json& s : ledger["statements"]) {
    own += s["quote"] == "own";
    if (!counts(s)) continue;
    ++attributed;
    const Json& status = s["verification"]["status"];
    unverified += status == "unverified" || status == "no_access";
    const bool known = !s["chain"].empty() && s["chain"][0]["entity"].is_string();
    ++by_origin[known ? s["chain"][0]["entity"].get<std::string>() : "~"];
  }
  Json origins = Json::array();
  for (const auto& [entity, count] : by_origin)
    origins.push_back(
        {{"entity", entity == "~" ? Json(nullptr) : Json(entity)}, {"statements", count}});
  std::stable_sort(origins.begin(), origins.end(), [](const Json& x, const Json& y) {
    return x["statements"].get<uint32_t>() > y["statements"].get<uint32_t>();
  });
  Json& summary = ledger["summary"];
  summary["statements"] = attributed;
  summary["own"] = own;
  summary["by_origin"] = std::move(origins);
  summary["independent_origins"] = independent_origins(ledger);
  summary["unverified"] = unverified;
  summary["words_by_distance"] = words_by_distance(ledger);
}

}  // namespace avstand::exports
