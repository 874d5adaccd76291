// PROV-O (www.w3.org/TR/prov-o) as JSON-LD: every hand that words went through is an agent, what it
// did an activity, and the words as they left it an entity.
#include <fmt/format.h>

#include <set>

#include "export/formats.h"
#include "export/parts.h"

namespace avstand::exports {
namespace {

using ledger::Hop;
using ledger::JsonWriter;
using ledger::Ledger;
using ledger::Statement;

class ProvWriter {
 public:
  explicit ProvWriter(const Ledger& ledger) : l_(ledger) {}

  std::string write() {
    w_.begin_object();
    context();
    w_.key("@graph").begin_array();
    article();
    engine();
    agents();
    for (size_t i = 0; i < l_.statements.size(); ++i) statement(i);
    for (size_t i = 0; i < l_.pictures.size(); ++i) picture(i);
    w_.end_array().end_object();
    return w_.take();
  }

 private:
  void prefix(std::string_view name, std::string_view iri) { w_.key(name).string(iri); }

  void context() {
    w_.key("@context").begin_object();
    prefix("prov", "http://www.w3.org/ns/prov#");
    prefix("rdfs", "http://www.w3.org/2000/01/rdf-schema#");
    prefix("xsd", "http://www.w3.org/2001/XMLSchema#");
    prefix("dcterms", "http://purl.org/dc/terms/");
    prefix("schema", "https://schema.org/");
    prefix("avs", "urn:avstand:ledger/1#");
    w_.end_object();
  }

  void begin(const std::string& id, std::initializer_list<std::string_view> types) {
    w_.begin_object().key("@id").string(id).key("@type").begin_array();
    for (const std::string_view type : types) w_.string(type);
    w_.end_array();
  }
  void end() { w_.end_object(); }

  void refer(std::string_view property, const std::string& id) {
    w_.key(property).begin_object().key("@id").string(id).end_object();
  }

  std::string outlet_iri() const {
    return l_.outlet_entity ? part_iri(l_, 'e', *l_.outlet_entity) : article_iri(l_) + "/outlet";
  }

  void article() {
    const Article& d = l_.document;
    begin(article_iri(l_), {"prov:Entity", "schema:NewsArticle"});
    maybe_field(w_, "rdfs:label", d.title);
    w_.key("dcterms:identifier").string(d.id);
    if (const std::string url = source_iri(l_); url != article_iri(l_)) refer("schema:url", url);
    if (d.language.known()) w_.key("schema:inLanguage").string(d.language.view());
    if (d.published) {
      const bool instant = has_time_of_day(*d.published);
      w_.key("schema:datePublished").begin_object();
      w_.key("@type").string(instant ? "xsd:dateTime" : "xsd:date");
      w_.key("@value").string(*d.published).end_object();
    }
    refer("prov:wasAttributedTo", outlet_iri());
    end();
  }

  /// Who says all this of the article: the readings are the engine's, not the outlet's.
  void engine() {
    begin("urn:avstand:engine", {"prov:SoftwareAgent"});
    w_.key("rdfs:label").string("avstand " + l_.engine.version);
    end();
  }

  /// A place that speaks is its government, and a group somebody of whom no more is known.
  static std::string_view agent_type(std::string_view entity_type) {
    if (entity_type == "person") return "prov:Person";
    return entity_type == "group" ? "schema:Thing" : "prov:Organization";
  }

  void agents() {
    if (!l_.outlet_entity) {
      begin(outlet_iri(), {"prov:Agent", "prov:Organization"});
      w_.key("rdfs:label").string(l_.document.outlet.value_or("unknown outlet"));
      end();
    }
    for (const uint32_t e : entities_that_speak()) {
      const ledger::Entity& entity = l_.entities[e];
      begin(part_iri(l_, 'e', e), {"prov:Agent", agent_type(entity.type)});
      w_.key("rdfs:label").string(entity.name);
      w_.key("avs:kind").string(entity.profile.kind);
      if (entity.profile.country) w_.key("avs:country").string(*entity.profile.country);
      w_.key("avs:control").string(entity.profile.control);
      if (entity.qid) refer("schema:sameAs", "http://www.wikidata.org/entity/" + *entity.qid);
      end();
    }
  }

  std::set<uint32_t> entities_that_speak() const {
    std::set<uint32_t> out;
    if (l_.outlet_entity) out.insert(*l_.outlet_entity);
    const auto chain = [&](const std::vector<Hop>& hops) {
      for (const Hop& hop : hops)
        if (hop.entity) out.insert(*hop.entity);
    };
    for (const Statement& s : l_.statements) {
      chain(s.chain);
      if (s.speaker) out.insert(*s.speaker);
      if (s.verification.by) out.insert(*s.verification.by);
    }
    for (const ledger::Picture& p : l_.pictures) {
      chain(p.chain);
      if (p.origin && p.origin->entity) out.insert(*p.origin->entity);
    }
    return out;
  }

  /// The agent of a hop; one that the text does not name is written first and is nobody else.
  std::string agent(const std::string& statement, const Hop& hop, size_t hand) {
    if (hop.entity) return part_iri(l_, 'e', *hop.entity);
    const std::string id = fmt::format("{}/{}/agent", statement, hand);
    begin(id, {"prov:Agent"});
    w_.key("rdfs:label").string(hop.name);
    end();
    return id;
  }

  /// The words as they left hand `hand`, and its telling of them.
  void hand(const std::string& id, const Hop& hop, size_t number, const Statement* s) {
    const std::string who = agent(id, hop, number), here = fmt::format("{}/{}", id, number);
    begin(here + "/telling", {"prov:Activity"});
    w_.key("avs:link").string(hop.relay ? "relay" : "origin");
    refer("prov:wasAssociatedWith", who);
    if (number > 0) refer("prov:used", fmt::format("{}/{}", id, number - 1));
    end();
    begin(here, {"prov:Entity"});
    w_.key("avs:explicit").boolean(hop.explicit_);
    refer("prov:wasAttributedTo", who);
    refer("prov:wasGeneratedBy", here + "/telling");
    if (number > 0)
      refer(s ? taken(*s) : "prov:wasDerivedFrom", fmt::format("{}/{}", id, number - 1));
    if (number > 1) refer("prov:hadPrimarySource", id + "/0");
    end();
    if (number == 0 && s != nullptr) speaker(here, *s, who);
  }

  /// Who speaks for a body is not the body: the telling is also theirs, on its behalf.
  void speaker(const std::string& here, const Statement& s, const std::string& body) {
    if (!s.speaker || part_iri(l_, 'e', *s.speaker) == body) return;
    const std::string person = part_iri(l_, 'e', *s.speaker);
    w_.begin_object().key("@id").string(here + "/telling");
    w_.key("prov:qualifiedAssociation").begin_object();
    w_.key("@type").string("prov:Association");
    refer("prov:agent", person);
    w_.key("avs:role").string("speaker").end_object();
    end();
  }

  /// Quoted where the words stand as they were said; else made of what was said.
  static std::string_view taken(const Statement& s) {
    return s.quote == "indirect" ? "prov:wasDerivedFrom" : "prov:wasQuotedFrom";
  }

  void statement(size_t i) {
    const Statement& s = l_.statements[i];
    const std::string id = part_iri(l_, 's', i);
    for (size_t h = 0; h < s.chain.size(); ++h) hand(id, s.chain[h], h, &s);
    begin(id, {"prov:Entity"});
    w_.key("prov:value").string(words(l_, s.content));
    refer("dcterms:isPartOf", s.parent ? part_iri(l_, 's', *s.parent) : article_iri(l_));
    refer("prov:wasAttributedTo", outlet_iri());
    if (!s.chain.empty()) {
      refer(taken(s), fmt::format("{}/{}", id, s.chain.size() - 1));
      refer("prov:hadPrimarySource", id + "/0");
    }
    labels(s);
    end();
  }

  void labels(const Statement& s) {
    for (const auto& [name, value] :
         {std::pair<std::string_view, std::string_view>{"quote", s.quote},
          {"act", s.act},
          {"evidence", s.evidence},
          {"commitment", s.commitment},
          {"verification", s.verification.status}})
      w_.key(fmt::format("avs:{}", name)).string(value);
    if (s.verification.by) refer("avs:verifiedBy", part_iri(l_, 'e', *s.verification.by));
    w_.key("avs:interested").boolean(s.interested);
    w_.key("avs:distance").number(s.distance);
    w_.key("avs:confidence").decimal(s.confidence);
    refer("avs:readBy", "urn:avstand:engine");
  }

  void picture(size_t i) {
    const ledger::Picture& p = l_.pictures[i];
    const std::string id = part_iri(l_, 'p', i);
    std::vector<Hop> hands = p.chain;
    if (hands.empty() && p.origin) hands = {*p.origin};
    for (size_t h = 0; h < hands.size(); ++h) hand(id, hands[h], h, nullptr);
    begin(id, {"prov:Entity", "schema:ImageObject"});
    if (p.block)
      w_.key("schema:caption").string(l_.document.blocks[*p.block].span.in(l_.document.text));
    if (p.credit) w_.key("schema:creditText").string(p.credit->in(l_.document.text));
    refer("dcterms:isPartOf", article_iri(l_));
    if (!hands.empty()) {
      refer("prov:wasDerivedFrom", fmt::format("{}/{}", id, hands.size() - 1));
      refer("prov:hadPrimarySource", id + "/0");
    }
    if (p.handout) w_.key("avs:handout").boolean(*p.handout);
    w_.key("avs:verification").string(p.verification.status);
    end();
  }

  const Ledger& l_;
  JsonWriter w_{JsonWriter::Layout::kCompact};
};

}  // namespace

std::string to_prov(const Ledger& ledger) { return ProvWriter(ledger).write(); }

}  // namespace avstand::exports
