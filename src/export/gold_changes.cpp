// One object of the ledger and what an annotator shows of it.
#include <fmt/format.h>

#include <algorithm>

#include "export/gold_parts.h"
#include "text/span.h"

namespace avstand::exports {
namespace {

const Json kNothing;

constexpr const char* kNewStatement = R"({"id":null,"content":[],"cue":[],"source":[],
  "quote":"own","act":"say","speaker":null,"chain":[],"distance":0,"evidence":"statement",
  "commitment":"neutral","verification":{"status":"none","by":null,"span":null},
  "interested":false,"parent":null,"why":[],"confidence":1.0})";
constexpr const char* kNewPicture = R"({"block":0,"origin":null,"chain":[],"credit":null,
  "credited":false,"handout":null,"verification":{"status":"none","by":null,"span":null},
  "file":null,"pdq":null,"metadata":{},"c2pa":null,"why":[]})";
constexpr const char* kNewEvent = R"({"id":null,"span":[0,0],"predicate":"","type":null,
  "actors":[],"targets":[],"place":null,"time":null,"status":"happened","statement":null})";
constexpr const char* kNewFinding =
    R"({"kind":"","message":"","spans":[],"rule":"annotator","accepted":null})";
constexpr const char* kNewEntity = R"({"id":null,"type":"group","name":"","qid":null,"roles":[],
  "profile":{"kind":"unknown","country":null,"control":"unknown","basis":null,"owner":null,
  "funding":"unknown","ownership":"unknown","editorial":"unknown"},"mentions":[]})";

/// What is shown now, and whether it is other than what was shown.
class Shown {
 public:
  Shown(std::string_view kind, const Json& old, const Json& now)
      : kind_(*find_kind(kind)), old_(old), now_(now) {}

  bool other(const char* group, const char* name) const {
    return old_.is_null() || get(old_, group, name) != get(now_, group, name);
  }
  bool other_words() const { return old_.is_null() || old_["words"] != now_["words"]; }
  const Json& words() const { return now_["words"]; }
  /// The label, or what it means that there is none.
  std::string label(const char* name) const {
    const Json& value = get(now_, "labels", name);
    return value.is_string() ? value.get<std::string>() : std::string(kind_.label(name)->usual);
  }
  bool yes(const char* name) const { return label(name) == "yes"; }
  std::string note(const char* name) const {
    const Json& value = get(now_, "notes", name);
    return value.is_string() ? value.get<std::string>() : "";
  }
  /// Key of the only target, or null.
  Json target(const char* role) const {
    const Json& list = get(now_, "links", role);
    return list.is_array() && !list.empty() ? list[0] : Json(nullptr);
  }
  Json targets(const char* role) const {
    const Json& list = get(now_, "links", role);
    return list.is_array() ? list : Json::array();
  }
  /// Words of the annotation that belongs to this one.
  Json part(const char* role) const {
    const Json one = target(role);
    return one.is_object() ? one["words"] : Json::array();
  }
  /// The same as one span, or null.
  Json part_span(const char* role) const { return whole(part(role)); }

  static Json whole(const Json& spans) {
    if (spans.empty()) return nullptr;
    return Json::array({spans.front()[0], spans.back()[1]});
  }

 private:
  static const Json& get(const Json& view, const char* group, const char* name) {
    if (!view.is_object()) return kNothing;
    const Json& from = view[group];
    const auto found = from.find(name);
    return found == from.end() ? kNothing : *found;
  }

  const Kind& kind_;
  const Json &old_, &now_;
};

void set_label(Json& object, const char* field, const Shown& shown, const char* label) {
  if (shown.other("labels", label)) object[field] = shown.label(label);
}

void set_verification(Json& object, const Shown& shown) {
  Json& v = object["verification"];
  if (shown.other("labels", "Verification")) v["status"] = shown.label("Verification");
  if (shown.other("links", "CheckedBy")) v["by"] = shown.target("CheckedBy");
  if (shown.other("links", "Check")) v["span"] = shown.part_span("Check");
}

std::string slice(const std::string& text, const Json& span) {
  const CodePointIndex index(text);
  const uint32_t begin = index.to_byte(span[0]), end = index.to_byte(span[1]);
  return text.substr(begin, end - begin);
}

Json annotator(const Json& span) {
  return Json::array({Json{{"rule", "annotator"}, {"span", span}}});
}

/// The mention nearest to a place in the text.
Json nearest(const std::vector<CharSpan>& mentions, int64_t place) {
  const auto far = [&](CharSpan s) { return std::abs(int64_t{s.begin} - place); };
  const auto best = std::min_element(mentions.begin(), mentions.end(),
                                     [&](CharSpan x, CharSpan y) { return far(x) < far(y); });
  return best == mentions.end() ? Json(nullptr) : Json::array({best->begin, best->end});
}

Json hop(std::string_view name, bool relay, int64_t place, const Context& context) {
  Json out = {{"entity", nullptr},
              {"name", std::string(name)},
              {"link", relay ? "relay" : "origin"},
              {"explicit", false},
              {"span", nullptr}};
  for (const EntityName& entity : context.entities) {
    if (entity.name != name) continue;
    out["entity"] = entity.key;
    out["span"] = nearest(entity.mentions, place);
    out["explicit"] = !entity.mentions.empty();
    return out;
  }
  if (name == "unnamed") return out;
  const size_t at = context.text.find(name);
  if (at == std::string::npos) return out;
  const CodePointIndex index(context.text);
  out["explicit"] = true;
  out["span"] = {index.to_code_point(static_cast<uint32_t>(at)),
                 index.to_code_point(static_cast<uint32_t>(at + name.size()))};
  return out;
}

/// "KCNA > Reuters": from the origin to the last hand.
Result<Json> chain(std::string_view words, int64_t place, const Context& context) {
  Json out = Json::array();
  while (!words.empty()) {
    const size_t at = words.find('>');
    std::string_view name = words.substr(0, at);
    words = at == std::string_view::npos ? "" : words.substr(at + 1);
    while (name.starts_with(' ')) name.remove_prefix(1);
    while (name.ends_with(' ')) name.remove_suffix(1);
    if (name.empty() || (at != std::string_view::npos && words.empty()))
      return Error{.message = "a chain with a hand that has no name",
                   .hint = "'KCNA > Reuters', or 'unnamed' for whom the text does not name"};
    out.push_back(hop(name, !out.empty(), place, context));
  }
  return out;
}

}  // namespace

Status change_statement(Json& object, const Json& old, const Json& now, const Context& context) {
  if (object.is_null()) object = Json::parse(kNewStatement);
  const Shown shown("Statement", old, now);
  if (shown.other_words()) object["content"] = shown.words();
  if (shown.other("links", "Cue")) object["cue"] = shown.part("Cue");
  if (shown.other("links", "Source")) object["source"] = shown.part("Source");
  set_label(object, "quote", shown, "Quote");
  set_label(object, "act", shown, "Act");
  set_label(object, "evidence", shown, "Evidence");
  set_label(object, "commitment", shown, "Commitment");
  if (shown.other("labels", "Interested")) object["interested"] = shown.yes("Interested");
  if (shown.other("links", "Speaker")) object["speaker"] = shown.target("Speaker");
  if (shown.other("links", "Parent")) object["parent"] = shown.target("Parent");
  set_verification(object, shown);
  if (shown.other("notes", "chain")) {
    const Json& near = object["source"].empty() ? object["content"] : object["source"];
    AVSTAND_TRY(hops, chain(shown.note("chain"), near[0][0].get<int64_t>(), context));
    object["distance"] = hops.size();
    object["chain"] = std::move(hops);
  }
  object["why"] = annotator(object["cue"].empty() ? object["content"][0] : object["cue"][0]);
  object["confidence"] = 1.0;
  return Unit{};
}

Status change_picture(Json& object, const Json& old, const Json& now, const Context& context) {
  const Shown shown("Picture", old, now);
  if (object.is_null()) object = Json::parse(kNewPicture);
  const Json place = Shown::whole(shown.words());
  if (shown.other_words()) {
    const Json& blocks = context.ledger["blocks"];
    const auto holds = [&](const Json& b) {
      return b["begin"] <= place[0] && place[1] <= b["end"];
    };
    const auto block = std::find_if(blocks.begin(), blocks.end(), holds);
    if (block == blocks.end())
      return Error{.message = "a Picture that stands in no single block of the text",
                   .hint = "a Picture stands on its caption"};
    object["block"] = block - blocks.begin();
  }
  if (shown.other("notes", "origin")) {
    const std::string name = shown.note("origin");
    const Json known = hop(name, false, place[0].get<int64_t>(), context);
    object["origin"] =
        name.empty() ? Json(nullptr) : Json{{"entity", known["entity"]}, {"name", known["name"]}};
  }
  if (shown.other("notes", "chain")) {
    AVSTAND_TRY(hops, chain(shown.note("chain"), place[0].get<int64_t>(), context));
    object["chain"] = std::move(hops);
  }
  if (shown.other("links", "Credit")) object["credit"] = shown.part_span("Credit");
  if (shown.other("labels", "Credited")) object["credited"] = shown.yes("Credited");
  if (shown.other("labels", "Handout"))
    object["handout"] =
        shown.label("Handout") == "unknown" ? Json(nullptr) : Json(shown.yes("Handout"));
  set_verification(object, shown);
  object["why"] = annotator(place);
  return Unit{};
}

Status change_event(Json& object, const Json& old, const Json& now, const Context& context) {
  if (object.is_null()) object = Json::parse(kNewEvent);
  const Shown shown("Event", old, now);
  if (shown.other_words()) object["span"] = Shown::whole(shown.words());
  if (shown.other("notes", "predicate")) object["predicate"] = shown.note("predicate");
  if (shown.other("labels", "EventType"))
    object["type"] =
        shown.label("EventType") == "none" ? Json(nullptr) : Json(shown.label("EventType"));
  if (shown.other("links", "Actor")) object["actors"] = shown.targets("Actor");
  if (shown.other("links", "Target")) object["targets"] = shown.targets("Target");
  if (shown.other("links", "Place")) object["place"] = shown.target("Place");
  if (shown.other("links", "In")) object["statement"] = shown.target("In");
  set_label(object, "status", shown, "Status");
  if (shown.other("links", "Time")) {
    const Json time = shown.target("Time");
    object["time"] = nullptr;
    if (time.is_object()) {
      const Json span = Shown::whole(time["words"]);
      object["time"] = {
          {"text", slice(context.text, span)},
          {"value", time["notes"].contains("value") ? time["notes"]["value"] : Json()},
          {"span", span}};
    }
  }
  return Unit{};
}

Status change_finding(Json& object, const Json& old, const Json& now, const Context&) {
  if (object.is_null()) object = Json::parse(kNewFinding);
  const Shown shown("Finding", old, now);
  if (shown.other_words()) object["spans"] = shown.words();
  set_label(object, "kind", shown, "Kind");
  for (const char* name : {"message", "rule"})
    if (shown.other("notes", name) && !shown.note(name).empty()) object[name] = shown.note(name);
  if (shown.other("notes", "accepted")) {
    const std::string reason = shown.note("accepted");
    object["accepted"] = reason.empty() ? Json(nullptr) : Json(reason);
  }
  return Unit{};
}

bool change_entity(Json& object, const Json& old, const Json& now, const std::string& text) {
  if (!old.is_null() && old == now) return false;
  bool changed = object.is_null();
  if (changed) object = Json::parse(kNewEntity);
  const auto set = [&](Json& field, const Json& value, const Json& before) {
    if (value.is_null() || value == before) return;  // what is not said stays
    field = value;
    changed = true;
  };
  const auto get = [](const Json& view, const char* group, const char* name) {
    return view.is_object() && view[group].contains(name) ? view[group][name] : Json(nullptr);
  };
  set(object["type"], now["type"], old.is_object() ? old["type"] : Json(nullptr));
  set(object["profile"]["kind"], get(now, "labels", "Profile"), get(old, "labels", "Profile"));
  set(object["profile"]["control"], get(now, "labels", "Control"), get(old, "labels", "Control"));
  set(object["profile"]["country"], get(now, "notes", "country"), get(old, "notes", "country"));
  set(object["name"], get(now, "notes", "name"), get(old, "notes", "name"));
  if (old.is_object() && old["mentions"] == now["mentions"]) return changed;
  object["mentions"] = Json::array();
  std::string longest;
  const CodePointIndex index(text);
  for (const Json& m : now["mentions"]) {
    const Json span = Shown::whole(m["words"]);
    object["mentions"].push_back({{"begin", span[0]}, {"end", span[1]}, {"form", m["form"]}});
    const uint32_t begin = index.to_byte(span[0]), end = index.to_byte(span[1]);
    if (end - begin > longest.size()) longest = text.substr(begin, end - begin);
  }
  if (object["name"] == "") object["name"] = longest;
  return true;
}

}  // namespace avstand::exports
