#include "store/watch_tables.h"

#include <map>

#include "store/archive_impl.h"

namespace avstand::store {

WatchTables::WatchTables(Archive& archive) : database_(archive.impl_->database) {}

Result<std::vector<WatchedClaim>> WatchTables::claims_of(int64_t watch) {
  AVSTAND_TRY(query,
              database_.prepare("SELECT number, article, begin, \"end\", independent_origins, "
                                "retracted FROM watched WHERE watch = ?1 ORDER BY number, place"));
  query.bind(1, watch);
  std::vector<WatchedClaim> out;
  int64_t last = -1;
  while (true) {
    AVSTAND_TRY(row, query.step());
    if (!row) return out;
    if (query.integer(0) != last) out.emplace_back();
    last = query.integer(0);
    out.back().places.push_back({query.integer(1), query.integer(2), query.integer(3)});
    out.back().independent_origins = query.integer(4);
    out.back().retracted = query.integer(5) != 0;
  }
}

Result<std::vector<Watch>> WatchTables::all() {
  AVSTAND_TRY(query, database_.prepare("SELECT id, origin FROM watches ORDER BY id"));
  std::vector<Watch> out;
  while (true) {
    AVSTAND_TRY(row, query.step());
    if (!row) return out;
    Watch watch{.id = query.integer(0)};
    if (!query.is_null(1)) watch.origin = query.text(1);
    AVSTAND_TRY(claims, claims_of(watch.id));
    watch.claims = std::move(claims);
    out.push_back(std::move(watch));
  }
}

Status WatchTables::add_claims(const Watch& watch) {
  AVSTAND_TRY(insert,
              database_.prepare("INSERT INTO watched VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"));
  for (size_t number = 0; number < watch.claims.size(); ++number) {
    const WatchedClaim& claim = watch.claims[number];
    for (size_t place = 0; place < claim.places.size(); ++place) {
      const Place& p = claim.places[place];
      insert.bind(1, watch.id).bind(2, static_cast<int64_t>(number) + 1);
      insert.bind(3, static_cast<int64_t>(place) + 1).bind(4, p.article).bind(5, p.begin);
      insert.bind(6, p.end).bind(7, claim.independent_origins);
      AVSTAND_CHECK(insert.bind(8, int64_t{claim.retracted}).run());
    }
  }
  return Unit{};
}

Result<int64_t> WatchTables::add(const Watch& watch) {
  AVSTAND_TRY(insert, database_.prepare("INSERT INTO watches (origin) VALUES (?1)"));
  AVSTAND_CHECK(insert.bind(1, watch.origin).run());
  Watch added = watch;
  added.id = database_.last_row();
  AVSTAND_CHECK(add_claims(added));
  return added.id;
}

Status WatchTables::update(const Watch& watch) {
  AVSTAND_TRY(clear, database_.prepare("DELETE FROM watched WHERE watch = ?1"));
  AVSTAND_CHECK(clear.bind(1, watch.id).run());
  return add_claims(watch);
}

Result<bool> WatchTables::remove(int64_t id) {
  AVSTAND_TRY(known, database_.prepare("SELECT 1 FROM watches WHERE id = ?1"));
  AVSTAND_TRY(found, known.bind(1, id).step());
  if (!found) return false;
  AVSTAND_TRY(query, database_.prepare("DELETE FROM watches WHERE id = ?1"));
  AVSTAND_CHECK(query.bind(1, id).run());
  return true;
}

Result<std::optional<int64_t>> WatchTables::article(const std::string& key) {
  AVSTAND_TRY(query, database_.prepare("SELECT id FROM articles WHERE key = ?1"));
  AVSTAND_TRY(row, query.bind(1, key).step());
  return row ? std::optional(query.integer(0)) : std::optional<int64_t>();
}

Result<std::optional<FoundClaim>> WatchTables::claim(int64_t story, const std::string& id) {
  AVSTAND_TRY(query, database_.prepare(
                         "SELECT c.text, c.status, c.independent_origins, s.document FROM claims c "
                         "JOIN stories s ON s.id = c.story WHERE c.story = ?1 AND c.id = ?2"));
  AVSTAND_TRY(row, query.bind(1, story).bind(2, id).step());
  if (!row) return std::optional<FoundClaim>();
  FoundClaim out{.story = story,
                 .id = id,
                 .text = std::string(query.text(0)),
                 .status = std::string(query.text(1)),
                 .story_document = std::string(query.text(3)),
                 .independent_origins = query.integer(2)};
  AVSTAND_TRY(origins,
              database_.prepare("SELECT name FROM claim_origins WHERE story = ?1 AND claim "
                                "= ?2 AND known = 1 ORDER BY name"));
  origins.bind(1, story).bind(2, id);
  while (true) {
    AVSTAND_TRY(more, origins.step());
    if (!more) break;
    out.origins.emplace_back(origins.text(0));
  }
  AVSTAND_TRY(places,
              database_.prepare("SELECT article, begin, \"end\" FROM mentions WHERE story = "
                                "?1 AND claim = ?2 ORDER BY place"));
  places.bind(1, story).bind(2, id);
  while (true) {
    AVSTAND_TRY(more, places.step());
    if (!more) return std::optional(std::move(out));
    out.places.push_back({places.integer(0), places.integer(1), places.integer(2)});
  }
}

Result<std::optional<FoundClaim>> WatchTables::claim_at(const std::vector<Place>& places) {
  AVSTAND_TRY(query,
              database_.prepare(
                  "SELECT m.story, m.claim FROM story_articles a JOIN mentions m ON m.story = "
                  "a.story AND m.article = a.article WHERE a.article = ?1 AND m.begin < ?3 "
                  "AND m.\"end\" > ?2 ORDER BY m.begin <> ?2, m.\"end\" <> ?3, m.claim"));
  std::map<std::pair<int64_t, std::string>, size_t> votes;
  const std::pair<const std::pair<int64_t, std::string>, size_t>* best = nullptr;
  for (const Place& p : places) {
    query.bind(1, p.article).bind(2, p.begin).bind(3, p.end);
    AVSTAND_TRY(row, query.step());
    if (row) {
      auto& vote = *votes.emplace(std::pair{query.integer(0), std::string(query.text(1))}, 0).first;
      ++vote.second;
      if (best == nullptr || vote.second > best->second) best = &vote;
    }
    query.reset();
  }
  if (best == nullptr) return std::optional<FoundClaim>();
  return claim(best->first.first, best->first.second);
}

Result<std::vector<FoundClaim>> WatchTables::only_from(const std::string& origin) {
  AVSTAND_TRY(
      query,
      database_.prepare("SELECT o.story, o.claim FROM claim_origins o JOIN claims c ON c.story = "
                        "o.story AND c.id = o.claim WHERE o.name = ?1 COLLATE NOCASE AND o.known = "
                        "1 AND c.independent_origins = 1 AND c.status <> 'retracted' ORDER BY "
                        "o.story, c.number"));
  query.bind(1, origin);
  std::vector<FoundClaim> out;
  while (true) {
    AVSTAND_TRY(row, query.step());
    if (!row) return out;
    AVSTAND_TRY(found, claim(query.integer(0), std::string(query.text(1))));
    if (found) out.push_back(std::move(*found));
  }
}

}  // namespace avstand::store
