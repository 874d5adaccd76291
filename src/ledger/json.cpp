// Ledger -> JSON, field for field in the order of LEDGER.md. Bytes become code points here and
// nowhere else.
#include <fmt/format.h>

#include <optional>
#include <string>

#include "ledger/json_writer.h"
#include "ledger/ledger.h"
#include "ledger/picture_json.h"

namespace avstand::ledger {
namespace {

class LedgerWriter {
 public:
  LedgerWriter(const Ledger& ledger, JsonWriter::Layout layout)
      : ledger_(ledger), index_(ledger.document.text), w_(layout) {}

  std::string write();

 private:
  void engine();
  void document();
  void agency(const AgencyInfo& agency);
  void hop_history(const std::vector<AgencyHop>& hops);
  void capture(const std::optional<Capture>& capture);
  void blocks();
  void block(const Block& block);
  void sentences();
  void entities();
  void role(const Role& role);
  void profile(const Profile& profile);
  void statements();
  void statement(const Statement& statement, size_t number);
  void pictures();
  void picture(const Picture& picture);
  void events();
  void event(const Event& event, size_t number);
  void findings();
  void summary();
  void hops(const std::vector<Hop>& chain);
  void verification(const Verification& verification);
  void why(const std::vector<Why>& reasons);

  void span(Span s) {
    w_.begin_flat_array().number(index_.to_code_point(s.begin));
    w_.number(index_.to_code_point(s.end)).end_array();
  }
  void span_or_null(const std::optional<Span>& s) { s ? span(*s) : void(w_.null()); }
  void spans(std::string_view key, const std::vector<Span>& list) {
    w_.key(key).begin_array();
    for (const Span s : list) span(s);
    w_.end_array();
  }
  void ids(std::string_view key, char prefix, const std::vector<uint32_t>& list) {
    w_.key(key).begin_flat_array();
    for (const uint32_t i : list) w_.string(fmt::format("{}{}", prefix, i + 1));
    w_.end_array();
  }
  void text(std::string_view key, std::string_view value) { w_.key(key).string(value); }
  void text_or_null(std::string_view key, const std::optional<std::string>& value) {
    w_.key(key);
    value ? w_.string(*value) : w_.null();
  }
  void id(std::string_view key, char prefix, const std::optional<uint32_t>& index) {
    w_.key(key);
    index ? w_.string(fmt::format("{}{}", prefix, *index + 1)) : w_.null();
  }

  const Ledger& ledger_;
  CodePointIndex index_;
  JsonWriter w_;
};

std::string LedgerWriter::write() {
  w_.begin_object();
  text("schema", kSchema);
  engine();
  document();
  blocks();
  sentences();
  entities();
  statements();
  pictures();
  events();
  findings();
  summary();
  w_.end_object();
  return w_.take();
}

void LedgerWriter::engine() {
  w_.key("engine").begin_object();
  text("version", ledger_.engine.version);
  w_.key("models").begin_object();
  for (const auto& [language, digest] : ledger_.engine.models) text(language, digest);
  w_.end_object();
  text("data", ledger_.engine.data);
  w_.end_object();
}

void LedgerWriter::document() {
  const Article& d = ledger_.document;
  w_.key("document").begin_object();
  text("id", d.id);
  text_or_null("url", d.url);
  text("language", d.language.view());
  text_or_null("title", d.title);
  text_or_null("published", d.published);
  w_.key("outlet").begin_object();
  text_or_null("name", d.outlet);
  id("entity", 'e', ledger_.outlet_entity);
  w_.end_object();
  w_.key("bylines").begin_array();
  for (const std::string& byline : d.bylines) w_.string(byline);
  w_.end_array();
  text("text", d.text);
  text("digest", ledger_.digest);
  agency(d.agency);
  w_.key("stub").boolean(d.stub);
  capture(d.capture);
  w_.end_object();
}

void LedgerWriter::capture(const std::optional<Capture>& capture) {
  w_.key("capture");
  if (!capture) {
    w_.null();
    return;
  }
  w_.begin_object();
  text("archive", capture->archive);
  w_.key("offset").number(capture->offset);
  text_or_null("record", capture->record);
  text_or_null("url", capture->url);
  text_or_null("time", capture->time);
  text_or_null("digest", capture->digest);
  w_.key("digest_right");
  if (capture->digest_right)
    w_.boolean(*capture->digest_right);
  else
    w_.null();
  text_or_null("truncated", capture->truncated);
  w_.end_object();
}

void LedgerWriter::hop_history(const std::vector<AgencyHop>& hops) {
  w_.key("hop_history").begin_array();
  for (const AgencyHop& hop : hops) {
    w_.begin_object();
    text("party", hop.party);
    w_.key("actions").begin_array();
    for (const std::string& action : hop.actions) w_.string(action);
    w_.end_array();
    text_or_null("time", hop.time);
    w_.end_object();
  }
  w_.end_array();
}

void LedgerWriter::agency(const AgencyInfo& agency) {
  w_.key("agency").begin_object();
  text_or_null("credit", agency.credit);
  w_.key("hops").begin_array();
  for (const std::string& hop : agency.hops) w_.string(hop);
  w_.end_array();
  text_or_null("embargo", agency.embargo);
  text_or_null("version", agency.version);
  text_or_null("source", agency.source);
  text_or_null("status", agency.status);
  text_or_null("note", agency.note);
  w_.key("corrections").begin_array();
  for (const std::string& correction : agency.corrections) w_.string(correction);
  w_.end_array();
  hop_history(agency.hop_history);
  w_.end_object();
}

void LedgerWriter::blocks() {
  w_.key("blocks").begin_array();
  for (const Block& b : ledger_.document.blocks) block(b);
  w_.end_array();
}

void LedgerWriter::block(const Block& block) {
  w_.begin_object();
  text("kind", to_string(block.kind));
  w_.key("begin").number(index_.to_code_point(block.span.begin));
  w_.key("end").number(index_.to_code_point(block.span.end));
  w_.key("kicker");
  span_or_null(block.kicker);
  text("language", block.language.view());
  w_.key("source_bytes");
  if (block.source_bytes) {  // bytes of the file, not characters of the text: left as they are
    w_.begin_flat_array().number(block.source_bytes->begin);
    w_.number(block.source_bytes->end).end_array();
  } else {
    w_.null();
  }
  w_.end_object();
}

void LedgerWriter::sentences() { spans("sentences", ledger_.sentences); }

void LedgerWriter::entities() {
  w_.key("entities").begin_array();
  for (size_t i = 0; i < ledger_.entities.size(); ++i) {
    const Entity& e = ledger_.entities[i];
    w_.begin_object();
    id("id", 'e', static_cast<uint32_t>(i));
    text("type", e.type);
    text("name", e.name);
    text_or_null("qid", e.qid);
    w_.key("roles").begin_array();
    for (const Role& r : e.roles) role(r);
    w_.end_array();
    profile(e.profile);
    w_.key("mentions").begin_array();
    for (const Mention& m : e.mentions) {
      w_.begin_object().key("begin").number(index_.to_code_point(m.span.begin));
      w_.key("end").number(index_.to_code_point(m.span.end));
      w_.key("form").string(m.form).end_object();
    }
    w_.end_array().end_object();
  }
  w_.end_array();
}

void LedgerWriter::role(const Role& role) {
  w_.begin_object();
  text("title", role.title);
  id("of", 'e', role.of);
  text_or_null("from", role.from);
  text_or_null("to", role.to);
  w_.key("stated").boolean(role.stated);
  text_or_null("tenure", role.tenure);
  text_or_null("checked", role.checked);
  w_.end_object();
}

void LedgerWriter::profile(const Profile& profile) {
  w_.key("profile").begin_object();
  text("kind", profile.kind);
  text_or_null("country", profile.country);
  text("control", profile.control);
  text_or_null("basis", profile.basis);
  text_or_null("owner", profile.owner);
  text("funding", profile.funding);
  text("ownership", profile.ownership);
  text("editorial", profile.editorial);
  w_.end_object();
}

void LedgerWriter::statements() {
  w_.key("statements").begin_array();
  for (size_t i = 0; i < ledger_.statements.size(); ++i) statement(ledger_.statements[i], i);
  w_.end_array();
}

void LedgerWriter::statement(const Statement& s, size_t number) {
  w_.begin_object();
  id("id", 's', static_cast<uint32_t>(number));
  spans("content", s.content);
  spans("cue", s.cue);
  spans("source", s.source);
  text("quote", s.quote);
  text("act", s.act);
  id("speaker", 'e', s.speaker);
  hops(s.chain);
  w_.key("distance").number(s.distance);
  text("evidence", s.evidence);
  text("commitment", s.commitment);
  verification(s.verification);
  w_.key("interested").boolean(s.interested);
  id("parent", 's', s.parent);
  why(s.why);
  w_.key("confidence").decimal(s.confidence);
  w_.end_object();
}

void LedgerWriter::hops(const std::vector<Hop>& chain) {
  w_.key("chain").begin_array();
  for (const Hop& hop : chain) {
    w_.begin_object();
    id("entity", 'e', hop.entity);
    text("name", hop.name);
    text("link", hop.relay ? "relay" : "origin");
    w_.key("explicit").boolean(hop.explicit_);
    w_.key("span");
    span_or_null(hop.span);
    w_.end_object();
  }
  w_.end_array();
}

void LedgerWriter::verification(const Verification& verification) {
  w_.key("verification").begin_object();
  text("status", verification.status);
  id("by", 'e', verification.by);
  w_.key("span");
  span_or_null(verification.span);
  w_.end_object();
}

void LedgerWriter::why(const std::vector<Why>& reasons) {
  w_.key("why").begin_array();
  for (const Why& reason : reasons) {
    w_.begin_object();
    text("rule", reason.rule);
    w_.key("span");
    span(reason.span);
    w_.end_object();
  }
  w_.end_array();
}

void LedgerWriter::pictures() {
  w_.key("pictures").begin_array();
  for (const Picture& p : ledger_.pictures) picture(p);
  w_.end_array();
}

void LedgerWriter::picture(const Picture& p) {
  w_.begin_object();
  w_.key("block");
  p.block ? w_.number(*p.block) : w_.null();
  w_.key("origin");
  if (p.origin) {
    w_.begin_object();
    id("entity", 'e', p.origin->entity);
    text("name", p.origin->name);
    w_.end_object();
  } else {
    w_.null();
  }
  hops(p.chain);
  w_.key("credit");
  span_or_null(p.credit);
  w_.key("credited").boolean(p.credited);
  w_.key("handout");
  p.handout ? w_.boolean(*p.handout) : w_.null();
  verification(p.verification);
  write_picture_file(p.file_name, p.file, w_);
  why(p.why);
  w_.end_object();
}

void LedgerWriter::events() {
  w_.key("events");
  if (!ledger_.events) {
    w_.null();
    return;
  }
  w_.begin_array();
  for (size_t i = 0; i < ledger_.events->size(); ++i) event((*ledger_.events)[i], i);
  w_.end_array();
}

void LedgerWriter::event(const Event& e, size_t number) {
  w_.begin_object();
  id("id", 'v', static_cast<uint32_t>(number));
  w_.key("span");
  span(e.span);
  text("predicate", e.predicate);
  text_or_null("type", e.type);
  ids("actors", 'e', e.actors);
  ids("targets", 'e', e.targets);
  id("place", 'e', e.place);
  w_.key("time");
  if (e.time) {
    w_.begin_object();
    text("text", e.time->span.in(ledger_.document.text));
    text_or_null("value", e.time->value);
    w_.key("span");
    span(e.time->span);
    w_.end_object();
  } else {
    w_.null();
  }
  text("status", e.status);
  id("statement", 's', e.statement);
  w_.end_object();
}

void LedgerWriter::findings() {
  w_.key("findings").begin_array();
  for (const Finding& f : ledger_.findings) {
    w_.begin_object();
    text("kind", f.kind);
    text("message", f.message);
    spans("spans", f.spans);
    text("rule", f.rule);
    text_or_null("accepted", f.accepted);
    w_.end_object();
  }
  w_.end_array();
}

void LedgerWriter::summary() {
  const Summary& s = ledger_.summary;
  w_.key("summary").begin_object();
  w_.key("statements").number(s.statements);
  w_.key("own").number(s.own);
  w_.key("by_origin").begin_array();
  for (const auto& [entity, count] : s.by_origin) {
    w_.begin_object();
    id("entity", 'e', entity);
    w_.key("statements").number(count).end_object();
  }
  w_.end_array();
  w_.key("independent_origins").number(s.independent_origins);
  w_.key("unverified").number(s.unverified);
  w_.key("words_by_distance").begin_object();
  for (const auto& [distance, words] : s.words_by_distance)
    w_.key(fmt::format("{}", distance)).number(words);
  w_.end_object().end_object();
}

}  // namespace

std::string to_json(const Ledger& ledger) {
  return LedgerWriter(ledger, JsonWriter::Layout::kCompact).write();
}

std::string to_pretty_json(const Ledger& ledger) {
  return LedgerWriter(ledger, JsonWriter::Layout::kPretty).write();
}

}  // namespace avstand::ledger
