// IPTC ninjs 3.0 (iptc.org/standards/ninjs). The standard has no place for a statement, and closes
// its objects: a statement is an associated item of type component, its chain its infoSources, its
// labels subjects with the ledger's field as their relation.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "export/formats.h"
#include "export/parts.h"

namespace avstand::exports {
namespace {

using ledger::Entity;
using ledger::Hop;
using ledger::JsonWriter;
using ledger::Ledger;
using ledger::Statement;

constexpr std::string_view kSchema = "http://www.iptc.org/std/ninjs/ninjs-schema_3.0.json#";

class NinjsWriter {
 public:
  explicit NinjsWriter(const Ledger& ledger) : l_(ledger), index_(ledger.document.text) {}

  std::string write() {
    w_.begin_object().key("uri").string(source_iri(l_));
    w_.key("type").string("text").key("representationType").string("full");
    document();
    bodies();
    list("people", "person");
    list("organisations", "organisation");
    list("places", "place");
    sources();
    w_.key("standard").begin_object().key("name").string("ninjs");
    w_.key("version").string("3.0").key("schema").string(kSchema).end_object();
    w_.key("associations").begin_array();
    for (size_t i = 0; i < l_.statements.size(); ++i) statement(i);
    w_.end_array().end_object();
    return w_.take();
  }

 private:
  void document() {
    const Article& d = l_.document;
    if (d.published && has_time_of_day(*d.published))
      maybe_field(w_, "versionCreated", d.published);
    if (d.language.known()) field(w_, "language", d.language.view());
    maybe_field(w_, "copyrightHolder", d.outlet);
    std::string by;
    for (const std::string& name : d.bylines) by += (by.empty() ? "" : ", ") + name;
    field(w_, "by", by);
    w_.key("altIds").begin_array().begin_object().key("role").string("avstand id");
    w_.key("value").string(d.id).end_object();
    w_.begin_object().key("role").string("sha256").key("value").string(l_.digest).end_object();
    if (d.published && !has_time_of_day(*d.published)) {  // versionCreated must have a time of day
      w_.begin_object().key("role").string("date of publication");
      w_.key("value").string(*d.published).end_object();
    }
    w_.end_array();
    if (!d.title) return;
    w_.key("headlines").begin_array().begin_object().key("value").string(*d.title);
    w_.end_object().end_array();
  }

  void body(std::string_view role, std::string_view value) {
    w_.begin_object().key("role").string(role).key("contentType").string("text/plain");
    w_.key("charCount").number(CodePointIndex(value).size());
    w_.key("value").string(value).end_object();
  }

  void bodies() {
    w_.key("bodies").begin_array();
    body("main", l_.document.text);
    w_.end_array();
  }

  void list(std::string_view key, std::string_view type) {
    w_.key(key).begin_array();
    for (size_t i = 0; i < l_.entities.size(); ++i) {
      const Entity& e = l_.entities[i];
      if (e.type != type) continue;
      w_.begin_object().key("name").string(e.name).key("rel").string("mentioned");
      w_.key("uri").string(uri(i)).end_object();
    }
    w_.end_array();
  }

  std::string uri(size_t entity) const {
    const auto& qid = l_.entities[entity].qid;
    return qid ? "http://www.wikidata.org/entity/" + *qid : part_iri(l_, 'e', entity);
  }

  void source(const Hop& hop) {
    w_.begin_object().key("name").string(hop_name(l_, hop));
    w_.key("role").string(hop.relay ? "urn:avstand:ledger/1#relay" : "urn:avstand:ledger/1#origin");
    if (hop.entity) w_.key("uri").string(uri(*hop.entity));
    w_.end_object();
  }

  /// Whom the article rests on: each known origin and relay once.
  void sources() {
    w_.key("infoSources").begin_array();
    std::vector<std::pair<uint32_t, bool>> seen;
    for (const Statement& s : l_.statements)
      for (const Hop& hop : s.chain) {
        if (!hop.entity) continue;
        const std::pair<uint32_t, bool> here{*hop.entity, hop.relay};
        if (std::find(seen.begin(), seen.end(), here) != seen.end()) continue;
        seen.push_back(here);
        source(hop);
      }
    w_.end_array();
  }

  void label(std::string_view relation, std::string_view value, double confidence) {
    w_.begin_object().key("rel").string(fmt::format("urn:avstand:ledger/1#{}", relation));
    w_.key("literal").string(value).key("creator").string("avstand " + l_.engine.version);
    w_.key("confidence").number(static_cast<uint64_t>(std::lround(100 * confidence)));
    w_.end_object();
  }

  void statement(size_t i) {
    const Statement& s = l_.statements[i];
    w_.begin_object().key("name").string(fmt::format("statement {}", local_id('s', i)));
    w_.key("uri").string(part_iri(l_, 's', i)).key("type").string("component");
    w_.key("bodies").begin_array();
    body("content", words(l_, s.content));
    if (!s.cue.empty()) body("cue", words(l_, s.cue));
    if (!s.source.empty()) body("source", words(l_, s.source));
    w_.end_array().key("infoSources").begin_array();
    for (const Hop& hop : s.chain) source(hop);
    w_.end_array().key("subjects").begin_array();
    const double sure = std::min(1.0, std::max(0.0, s.confidence));
    label("quote", s.quote, sure);
    label("act", s.act, sure);
    label("evidence", s.evidence, sure);
    label("commitment", s.commitment, sure);
    label("verification", s.verification.status, sure);
    label("interested", s.interested ? "true" : "false", sure);
    label("position", position(s), sure);
    if (s.parent) label("parent", local_id('s', *s.parent), sure);
    w_.end_array().end_object();
  }

  /// "12-40;52-60": code points of the content in the main body.
  std::string position(const Statement& s) const {
    std::string out;
    for (const Span span : s.content) {
      if (!out.empty()) out += ';';
      out += fmt::format("{}-{}", index_.to_code_point(span.begin), index_.to_code_point(span.end));
    }
    return out;
  }

  const Ledger& l_;
  CodePointIndex index_;
  JsonWriter w_{JsonWriter::Layout::kCompact};
};

}  // namespace

std::string to_ninjs(const Ledger& ledger) { return NinjsWriter(ledger).write(); }

}  // namespace avstand::exports
