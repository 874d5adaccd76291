#include "export/gold.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/hash.h"
#include "export/gold_parts.h"
#include "text/span.h"

namespace avstand::exports {
namespace {

constexpr std::string_view kSchema = "avstand/ledger/1";

/// What of an annotation people see, with targets in terms that two sets share.
Json view_of(const AnnotationSet& set, uint32_t i, const std::vector<std::string>& keys) {
  const Annotation& one = set.items[i];
  Json out = {{"words", spans_json(one.spans)},
              {"labels", one.labels},
              {"notes", one.notes},
              {"links", Json::object()}};
  for (const auto& [role, target] : one.links) {
    const Annotation& other = set.items[target];
    Json& list = out["links"][role];
    if (keys[target].empty())
      list.push_back({{"words", spans_json(other.spans)}, {"notes", other.notes}});
    else
      list.push_back(keys[target]);
  }
  for (auto& [role, list] : out["links"].items()) std::sort(list.begin(), list.end());
  return out;
}

/// A cluster of mentions on its way to being an entity.
struct Cluster {
  std::vector<uint32_t> members;
  std::string key;  ///< id of the entity it was, or one of its own
  bool known = false;
};

std::vector<Cluster> clusters_of(const AnnotationSet& set) {
  std::map<uint32_t, Cluster> found;
  for (uint32_t i = 0; i < set.items.size(); ++i)
    if (set.items[i].cluster) found[*set.items[i].cluster].members.push_back(i);
  std::vector<Cluster> out;
  for (auto& [ignored, cluster] : found) out.push_back(std::move(cluster));
  return out;
}

/// Gives each entity to the cluster with most of its mentions, the first where two have as many.
void claim_entities(const AnnotationSet& set, const std::set<std::string>& known,
                    std::vector<Cluster>& clusters) {
  struct Claim {
    size_t count, cluster;
    std::string entity;
  };
  std::vector<Claim> claims;
  for (size_t c = 0; c < clusters.size(); ++c) {
    std::map<std::string, size_t> counts;
    for (const uint32_t m : clusters[c].members)
      if (known.contains(set.items[m].ref)) ++counts[set.items[m].ref];
    for (const auto& [entity, count] : counts) claims.push_back({count, c, entity});
  }
  std::stable_sort(claims.begin(), claims.end(),
                   [](const Claim& x, const Claim& y) { return x.count > y.count; });
  std::set<std::string> taken;
  for (const Claim& claim : claims) {
    Cluster& cluster = clusters[claim.cluster];
    if (cluster.known || !taken.insert(claim.entity).second) continue;
    cluster.key = claim.entity;
    cluster.known = true;
  }
  size_t fresh = 0;
  for (Cluster& cluster : clusters)
    if (!cluster.known) cluster.key = fmt::format("new e{}", ++fresh);
}

/// Keys of all annotations of a set: of a mention its entity's, of what has an id in the ledger
/// that (the first annotation of that name), of the rest of those kinds a new one; of parts none.
std::vector<std::string> keys_of(const AnnotationSet& set, const std::set<std::string>& known,
                                 std::vector<Cluster>& clusters) {
  std::vector<std::string> keys(set.items.size());
  claim_entities(set, known, clusters);
  for (const Cluster& cluster : clusters)
    for (const uint32_t m : cluster.members) keys[m] = cluster.key;
  std::set<std::string> taken;
  size_t fresh = 0;
  for (uint32_t i = 0; i < set.items.size(); ++i) {
    const Annotation& one = set.items[i];
    if (!one.kind->has_roles() && one.kind->name != "Finding") continue;
    const bool is_known = known.contains(one.ref) && taken.insert(one.ref).second;
    keys[i] = is_known ? one.ref : fmt::format("new {}", ++fresh);
  }
  return keys;
}

class GoldMaker {
 public:
  GoldMaker(const AnnotationSet& set, const Json& base)
      : now_(set), was_(annotate(base)), gold_(base) {
    std::set<std::string> known;
    for (const Annotation& one : was_.items)
      if (one.kind->is_mention() || one.kind->has_roles() || one.kind->name == "Finding")
        known.insert(one.ref);
    now_clusters_ = clusters_of(now_);
    was_clusters_ = clusters_of(was_);
    now_keys_ = keys_of(now_, known, now_clusters_);
    was_keys_ = keys_of(was_, known, was_clusters_);
  }

  Result<Json> make() {
    AVSTAND_CHECK(entities());
    AVSTAND_CHECK(list("Statement", "statements", 's', change_statement));
    AVSTAND_CHECK(list("Picture", "pictures", 'p', change_picture));
    if (gold_["events"].is_null() && uses("Event")) gold_["events"] = Json::array();
    if (gold_["events"].is_array()) AVSTAND_CHECK(list("Event", "events", 'v', change_event));
    AVSTAND_CHECK(list("Finding", "findings", 'f', change_finding));
    rename_all(gold_, names_);
    if (changed_) count_again(gold_);
    return std::move(gold_);
  }

 private:
  bool uses(std::string_view kind) const {
    return std::any_of(now_.items.begin(), now_.items.end(),
                       [&](const Annotation& one) { return one.kind->name == kind; });
  }

  Json cluster_view(const AnnotationSet& set, const Cluster& cluster, Status& status) const {
    Json mentions = Json::array(), labels = Json::object(), notes = Json::object();
    const Kind* kind = set.items[cluster.members.front()].kind;
    const auto keep = [&](Json& into, const auto& pairs, uint64_t line) {
      for (const auto& [name, value] : pairs) {
        if (name == "Form") continue;
        if (into.contains(name) && into[name] != value)
          status =
              Error{.message = fmt::format("mentions of one thing with two '{}': {} and {}", name,
                                           into[name].template get<std::string>(), value),
                    .line = line};
        into[name] = value;
      }
    };
    for (const uint32_t m : cluster.members) {
      const Annotation& one = set.items[m];
      if (one.kind != kind)
        status = Error{.message = fmt::format("mentions of one thing are both {} and {}",
                                              kind->name, one.kind->name),
                       .line = one.line};
      keep(labels, one.labels, one.line);
      keep(notes, one.notes, one.line);
      const auto form = one.labels.find("Form");
      mentions.push_back({{"words", spans_json(one.spans)},
                          {"form", form == one.labels.end() ? "name" : form->second}});
    }
    std::sort(mentions.begin(), mentions.end());
    return {
        {"type", kind->entity_type}, {"labels", labels}, {"notes", notes}, {"mentions", mentions}};
  }

  Status entities() {
    std::map<std::string, Json> before;
    Status status = Unit{};
    for (const Cluster& cluster : was_clusters_)
      before[cluster.key] = cluster_view(was_, cluster, status);
    status = Unit{};  // what the engine said is not the annotator's fault
    Placement placement;
    std::set<std::string> kept;
    for (const Cluster& cluster : now_clusters_) {
      const Json after = cluster_view(now_, cluster, status);
      AVSTAND_CHECK(status);
      if (cluster.known) kept.insert(cluster.key);
      Json entity = cluster.known ? *find_id(gold_["entities"], cluster.key) : Json(nullptr);
      const Json known = cluster.known ? before[cluster.key] : Json(nullptr);
      if (change_entity(entity, known, after, now_.text)) changed_ = true;
      if (cluster.known)
        *find_id(gold_["entities"], cluster.key) = std::move(entity);
      else
        placement.add(cluster.key, std::move(entity));
    }
    for (const auto& [key, ignored] : before)
      if (!kept.contains(key)) placement.remove(key);
    changed_ = placement.place(gold_["entities"], 'e', names_) || changed_;
    return Unit{};
  }

  /// One list of the ledger: what is known is changed, what is new is placed, what is gone goes.
  Status list(std::string_view kind, std::string_view field, char letter, Change change) {
    std::map<std::string, Json> before;
    for (uint32_t i = 0; i < was_.items.size(); ++i)
      if (was_.items[i].kind->name == kind) before[was_keys_[i]] = view_of(was_, i, was_keys_);
    Json& all = gold_[std::string(field)];
    if (letter == 'p' || letter == 'f') add_ids(all, letter);
    Placement placement;
    std::set<std::string> kept;
    for (uint32_t i = 0; i < now_.items.size(); ++i) {
      const Annotation& one = now_.items[i];
      if (one.kind->name != kind) continue;
      const bool known = before.contains(now_keys_[i]);
      Json object = known ? *find_id(all, now_keys_[i]) : Json(nullptr);
      const Json view = view_of(now_, i, now_keys_);
      const Json old = known ? before[now_keys_[i]] : Json(nullptr);
      const Context context{gold_, now_.text, names_of_entities()};
      if (object.is_null() || view != old) {
        Status status = change(object, old, view, context);
        if (!status) return status.error().line = one.line, std::move(status).error();
        changed_ = true;
      }
      if (known) {
        *find_id(all, now_keys_[i]) = std::move(object);
        kept.insert(now_keys_[i]);
      } else {
        placement.add(now_keys_[i], std::move(object));
      }
    }
    for (const auto& [key, ignored] : before)
      if (!kept.contains(key)) placement.remove(key);
    changed_ = placement.place(all, letter, names_) || changed_;
    if (letter == 'p' || letter == 'f') drop_ids(all);
    return Unit{};
  }

  /// Keys of entities by name, in the order of the list as it is now.
  const std::vector<EntityName>& names_of_entities() {
    if (!entity_names_.empty() || gold_["entities"].empty()) return entity_names_;
    for (const Json& e : gold_["entities"]) {
      EntityName one{e["id"].get<std::string>(), e["name"].get<std::string>(), {}};
      for (const Json& m : e["mentions"])
        one.mentions.push_back({m["begin"].get<uint32_t>(), m["end"].get<uint32_t>()});
      entity_names_.push_back(std::move(one));
    }
    return entity_names_;
  }

  const AnnotationSet& now_;
  AnnotationSet was_;
  Json gold_;
  std::vector<Cluster> now_clusters_, was_clusters_;
  std::vector<std::string> now_keys_, was_keys_;
  std::vector<EntityName> entity_names_;
  std::map<std::string, std::string> names_;  // key -> id, null ("") where it is gone
  bool changed_ = false;
};

}  // namespace

Result<Json> parse_ledger(std::string_view line) {
  try {
    Json ledger = Json::parse(line);
    if (!ledger.is_object() || ledger.value("schema", "") != kSchema)
      return Error{.message = "this is no ledger of schema avstand/ledger/1"};
    const std::string& text = ledger.at("document").at("text").get_ref<const std::string&>();
    if (ledger.at("document").at("digest") != sha256(text))
      return Error{.message = "the digest is not that of the text"};
    if (std::string problem = check_spans(ledger); !problem.empty())
      return Error{.message = std::move(problem)};
    return ledger;
  } catch (const Json::exception& failed) {
    return Error{.message = std::string("this is no ledger: ") + failed.what()};
  }
}

Result<Json> to_gold(const AnnotationSet& set, const Json& base) {
  if (set.text != base.at("document").at("text").get_ref<const std::string&>())
    return Error{.message = "the text is not the one of the ledger",
                 .hint = "annotators correct annotations, not the text"};
  try {
    return GoldMaker(set, base).make();
  } catch (const Json::exception& failed) {
    return Error{.message = std::string("the ledger lacks something: ") + failed.what()};
  }
}

}  // namespace avstand::exports
