// W3C Web Annotation (www.w3.org/TR/annotation-model). Positions are code points, as section 4.2.5
// asks; the quote beside them finds the words again where the page has changed.
#include <fmt/format.h>

#include "export/formats.h"
#include "export/parts.h"
#include "text/utf8.h"

namespace avstand::exports {
namespace {

using ledger::JsonWriter;
using ledger::Ledger;
using ledger::Statement;

constexpr uint32_t kContext = 32;  // code points of prefix and suffix

class AnnotationWriter {
 public:
  explicit AnnotationWriter(const Ledger& ledger)
      : l_(ledger), index_(ledger.document.text), source_(source_iri(ledger)) {}

  std::string write() {
    annotations();
    const std::string items = items_.end_array().take();
    w_.begin_object().key("@context").string("http://www.w3.org/ns/anno.jsonld");
    w_.key("id").string(article_iri(l_) + "/annotations");
    w_.key("type").string("AnnotationCollection");
    w_.key("label").string(l_.document.title ? *l_.document.title : l_.document.id);
    w_.key("total").number(count_);
    w_.key("first").begin_object();
    w_.key("id").string(article_iri(l_) + "/annotations/1").key("type").string("AnnotationPage");
    w_.key("startIndex").number(0).key("items");
    // The items were written first, as their number stands before them.
    std::string out = w_.begin_array().end_array().end_object().end_object().take();
    out.replace(out.rfind("[]"), 2, items);
    return out;
  }

 private:
  void annotations() {
    items_.begin_array();
    for (size_t i = 0; i < l_.entities.size(); ++i) mentions(i);
    for (size_t i = 0; i < l_.statements.size(); ++i) statement(i);
    for (size_t i = 0; i < l_.pictures.size(); ++i) picture(i);
    for (size_t i = 0; i < l_.findings.size(); ++i) finding(i);
  }

  void begin(const std::string& id, std::string_view motivation) {
    ++count_;
    items_.begin_object().key("id").string(id).key("type").string("Annotation");
    items_.key("motivation").string(motivation);
    items_.key("generator").begin_object();
    items_.key("id").string("urn:avstand:engine").key("type").string("Software");
    items_.key("name").string("avstand " + l_.engine.version).end_object();
    items_.key("body").begin_array();
  }

  void tag(std::string_view name, std::string_view value) {
    items_.begin_object().key("type").string("TextualBody");
    items_.key("purpose").string("tagging");
    items_.key("value").string(fmt::format("{}={}", name, value)).end_object();
  }

  void link(const std::string& iri, std::string_view purpose) {
    items_.begin_object().key("type").string("SpecificResource");
    items_.key("purpose").string(purpose).key("source").string(iri).end_object();
  }

  void end(const std::vector<Span>& spans) {
    items_.end_array().key("target").begin_array();
    for (const Span span : spans) target(span);
    items_.end_array().end_object();
  }

  /// Of the article as a whole.
  void whole() { items_.end_array().key("target").string(source_).end_object(); }

  void target(Span span) {
    const std::string_view text = l_.document.text;
    const uint32_t begin = index_.to_code_point(span.begin), end = index_.to_code_point(span.end);
    const uint32_t before = index_.to_byte(begin > kContext ? begin - kContext : 0);
    const uint32_t after = index_.to_byte(end + kContext);
    items_.begin_object().key("type").string("SpecificResource");
    items_.key("source").string(source_).key("selector").begin_array();
    items_.begin_object().key("type").string("TextPositionSelector");
    items_.key("start").number(begin).key("end").number(end).end_object();
    items_.begin_object().key("type").string("TextQuoteSelector");
    items_.key("exact").string(span.in(text));
    items_.key("prefix").string(Span{before, span.begin}.in(text));
    items_.key("suffix").string(Span{span.end, after}.in(text)).end_object();
    items_.end_array().end_object();
  }

  void mentions(size_t i) {
    const ledger::Entity& e = l_.entities[i];
    for (size_t m = 0; m < e.mentions.size(); ++m) {
      begin(fmt::format("{}/mention/{}", part_iri(l_, 'e', i), m + 1), "identifying");
      link(part_iri(l_, 'e', i), "identifying");
      tag("name", e.name);
      tag("type", e.type);
      tag("form", e.mentions[m].form);
      end({e.mentions[m].span});
    }
  }

  void statement(size_t i) {
    const Statement& s = l_.statements[i];
    const std::string id = part_iri(l_, 's', i);
    begin(id + "/content", "classifying");
    link(id, "identifying");
    tag("quote", s.quote);
    tag("act", s.act);
    tag("evidence", s.evidence);
    tag("commitment", s.commitment);
    tag("verification", s.verification.status);
    tag("distance", fmt::format("{}", s.distance));
    if (s.interested) tag("interested", "true");
    if (!s.chain.empty()) tag("chain", chain_in_words(l_, s.chain));
    if (s.speaker) link(part_iri(l_, 'e', *s.speaker), "linking");
    if (s.parent) link(part_iri(l_, 's', *s.parent), "linking");
    end(s.content);
    part(id, "cue", s.cue);
    part(id, "source", s.source);
    if (s.verification.span) part(id, "verification", {*s.verification.span});
  }

  /// Words that belong to a statement but are not what it says.
  void part(const std::string& id, std::string_view role, const std::vector<Span>& spans) {
    if (spans.empty()) return;
    begin(fmt::format("{}/{}", id, role), "linking");
    link(id, "linking");
    tag("part", role);
    end(spans);
  }

  void picture(size_t i) {
    const ledger::Picture& p = l_.pictures[i];
    const std::string id = part_iri(l_, 'p', i);
    begin(id + "/caption", "classifying");
    link(id, "identifying");
    tag("origin", p.origin ? hop_name(l_, *p.origin) : "uncredited");
    if (p.handout) tag("handout", *p.handout ? "true" : "false");
    tag("verification", p.verification.status);
    if (p.credit) return end({*p.credit});
    if (p.block) return end({l_.document.blocks[*p.block].span});
    whole();
  }

  void finding(size_t i) {
    const ledger::Finding& f = l_.findings[i];
    begin(part_iri(l_, 'f', i), "commenting");
    items_.begin_object().key("type").string("TextualBody").key("purpose").string("commenting");
    items_.key("value").string(f.message).key("format").string("text/plain").end_object();
    tag("kind", f.kind);
    if (f.accepted) tag("accepted", *f.accepted);
    f.spans.empty() ? whole() : end(f.spans);
  }

  const Ledger& l_;
  CodePointIndex index_;
  std::string source_;
  size_t count_ = 0;
  JsonWriter w_{JsonWriter::Layout::kCompact}, items_{JsonWriter::Layout::kCompact};
};

}  // namespace

std::string to_web_annotation(const Ledger& ledger) { return AnnotationWriter(ledger).write(); }

}  // namespace avstand::exports
