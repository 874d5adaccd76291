#include "store/archive_json.h"

#include <nlohmann/json.hpp>

namespace avstand::store {
namespace {

using Json = nlohmann::ordered_json;

std::string dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json json_of(const Listed& a) {
  return {{"id", a.id},
          {"key", a.key},
          {"document", a.document},
          {"title", a.title},
          {"outlet", a.outlet},
          {"published", a.published},
          {"language", a.language},
          {"versions", a.versions},
          {"statements", a.statements}};
}

Json counted(const std::vector<Count>& counts, const char* unit) {
  Json out = Json::array();
  for (const Count& c : counts) out.push_back(Json{{"name", c.name}, {unit, c.count}});
  return out;
}

Json told(const std::vector<OriginStatement>& statements) {
  Json out = Json::array();
  for (const OriginStatement& s : statements) {
    Json one = json_of(s.article);
    one["statement"] = s.statement;
    one["content"] = s.content;
    one["chain"] = s.chain;
    one["verification"] = s.verification;
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace

std::string to_json(const Listed& article) { return dumped(json_of(article)); }

std::string to_json(const Hit& hit) {
  Json out = json_of(hit.article);
  out["snippet"] = bracketed(hit);
  return dumped(out);
}

std::string to_json(const OriginReport& report) {
  Json out = {{"name", report.name},         {"statements", report.statements},
              {"articles", report.articles}, {"outlets", report.outlets},
              {"checked", report.checked},   {"doubtful", report.doubtful},
              {"as_relay", report.as_relay}, {"relays", counted(report.relays, "statements")}};
  out["carried_by"] = Json::array();
  for (const Carrier& c : report.carried_by)
    out["carried_by"].push_back(
        Json{{"name", c.outlet}, {"statements", c.statements}, {"checked", c.checked}});
  out["latest"] = told(report.latest);
  out["passed_on"] = told(report.passed_on);
  return dumped(out);
}

std::string to_json(const Facets& facets) {
  return dumped(Json{{"articles", facets.articles},
                     {"language", counted(facets.languages, "articles")},
                     {"outlet", counted(facets.outlets, "articles")},
                     {"origin", counted(facets.origins, "articles")},
                     {"month", counted(facets.months, "articles")}});
}

std::string to_json(const Correction& c) {
  return dumped(Json{{"digest", c.digest},
                     {"span", {c.begin, c.end}},
                     {"what", c.what},
                     {"field", c.field},
                     {"value", c.value},
                     {"was", c.was},
                     {"note", c.note},
                     {"author", c.author},
                     {"time", c.time}});
}

}  // namespace avstand::store
