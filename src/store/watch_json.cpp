#include "store/watch_json.h"

#include <nlohmann/json.hpp>

#include "store/story_tables.h"
#include "store/watch_tables.h"

namespace avstand::store {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kSchema = "avstand/watch/1";
constexpr std::string_view kBegins = "{\"schema\":\"avstand/watch/";

Result<Json> json_of(StoryTables& stories, const Watch& watch) {
  Json out{{"schema", kSchema},
           {"origin", watch.origin ? Json(*watch.origin) : Json()},
           {"claims", Json::array()}};
  for (const WatchedClaim& claim : watch.claims) {
    Json places = Json::array();
    for (const Place& place : claim.places) {
      AVSTAND_TRY(input, stories.input(place.article));
      if (input)
        places.push_back(
            Json{{"article", input->article.key}, {"begin", place.begin}, {"end", place.end}});
    }
    out["claims"].push_back(Json{{"independent_origins", claim.independent_origins},
                                 {"retracted", claim.retracted},
                                 {"mentions", std::move(places)}});
  }
  return out;
}

Error bad_line(const char* why) {
  return {.code = ErrorCode::kInput, .message = std::string("no line of a dump: ") + why};
}

Result<WatchedClaim> claim_of(WatchTables& tables, const Json& json) {
  WatchedClaim out{.independent_origins = json.at("independent_origins").get<int64_t>(),
                   .retracted = json.at("retracted").get<bool>()};
  for (const Json& mention : json.at("mentions")) {
    const auto key = mention.at("article").get<std::string>();
    Place place{.begin = mention.at("begin").get<int64_t>(),
                .end = mention.at("end").get<int64_t>()};
    AVSTAND_TRY(number, tables.article(key));
    if (!number) continue;
    place.article = *number;
    out.places.push_back(place);
  }
  return out;
}

}  // namespace

Status dump_watches(Archive& archive, const std::function<void(const std::string& line)>& line) {
  auto stories = StoryTables::open(archive);
  if (!stories) return Unit{};
  AVSTAND_TRY(watches, WatchTables(archive).all());
  for (const Watch& watch : watches) {
    AVSTAND_TRY(json, json_of(*stories, watch));
    line(json.dump() + "\n");
  }
  return Unit{};
}

bool is_watch(std::string_view line) { return line.starts_with(kBegins); }

Status restore_watch(Archive& archive, std::string_view line) {
  const Json json = Json::parse(line, nullptr, false);
  if (!json.is_object() || json["schema"] != kSchema) return bad_line("its schema is another one");
  bool known = false;
  AVSTAND_CHECK(dump_watches(
      archive, [&](const std::string& one) { known = known || Json::parse(one) == json; }));
  if (known) return Unit{};
  WatchTables tables(archive);
  Watch watch;
  try {
    if (!json.at("origin").is_null()) watch.origin = json.at("origin").get<std::string>();
    for (const Json& one : json.at("claims")) {
      AVSTAND_TRY(claim, claim_of(tables, one));
      watch.claims.push_back(std::move(claim));
    }
  } catch (const nlohmann::json::exception&) {
    return bad_line("a field of a saved question is missing or of another kind");
  }
  AVSTAND_CHECK(archive.begin());
  const auto id = tables.add(watch);
  return id ? Status(Unit{}) : Status(id.error());
}

}  // namespace avstand::store
