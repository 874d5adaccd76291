// spaCy's displaCy (spacy.io/usage/visualizers, "Rendering data manually").
#include <algorithm>

#include "export/formats.h"
#include "export/parts.h"
#include "export/tokens.h"

namespace avstand::exports {
namespace {

using ledger::JsonWriter;
using ledger::Ledger;

struct Labelled {
  Span span;
  std::string label;
};

class DisplacyWriter {
 public:
  explicit DisplacyWriter(const Ledger& ledger)
      : l_(ledger), index_(ledger.document.text), tokens_(tokens_of(ledger.document.text)) {}

  std::string write() {
    w_.begin_object().key("text").string(l_.document.text);
    w_.key("title").string(l_.document.title ? *l_.document.title : l_.document.id);
    entities();
    w_.key("tokens").begin_array();
    for (const Span token : tokens_) w_.string(token.in(l_.document.text));
    w_.end_array();
    spans();
    w_.key("settings").begin_object();
    if (l_.document.language.known()) w_.key("lang").string(l_.document.language.view());
    w_.key("direction").string("ltr").end_object().end_object();
    return w_.take();
  }

 private:
  /// Style ent shows no two entities on the same words: the outer mention is shown.
  void entities() {
    std::vector<Labelled> all;
    for (const ledger::Entity& e : l_.entities)
      for (const ledger::Mention& m : e.mentions) all.push_back({m.span, e.type});
    std::stable_sort(all.begin(), all.end(), [](const Labelled& x, const Labelled& y) {
      return x.span.begin != y.span.begin ? x.span.begin < y.span.begin : x.span.end > y.span.end;
    });
    w_.key("ents").begin_array();
    uint32_t end = 0;
    for (const Labelled& one : all) {
      if (one.span.begin < end || one.span.empty()) continue;
      end = one.span.end;
      w_.begin_object().key("start").number(index_.to_code_point(one.span.begin));
      w_.key("end").number(index_.to_code_point(end));
      w_.key("label").string(one.label).end_object();
    }
    w_.end_array();
  }

  void spans() {
    w_.key("spans").begin_array();
    for (size_t i = 0; i < l_.statements.size(); ++i) {
      const ledger::Statement& s = l_.statements[i];
      if (!is_attributed(s)) continue;
      const std::string id = " " + local_id('s', i);
      for (const Span span : s.source) token_span(span, "source" + id);
      for (const Span span : s.cue) token_span(span, "cue" + id);
      for (const Span span : s.content) token_span(span, "content" + id);
    }
    w_.end_array();
  }

  /// The tokens that a span touches.
  void token_span(Span span, const std::string& label) {
    const auto first = std::partition_point(tokens_.begin(), tokens_.end(),
                                            [&](Span token) { return token.end <= span.begin; });
    const auto last = std::partition_point(first, tokens_.end(),
                                           [&](Span token) { return token.begin < span.end; });
    if (first == last) return;
    w_.begin_object().key("start_token").number(static_cast<uint64_t>(first - tokens_.begin()));
    w_.key("end_token").number(static_cast<uint64_t>(last - tokens_.begin()));
    w_.key("label").string(label).end_object();
  }

  const Ledger& l_;
  CodePointIndex index_;
  std::vector<Span> tokens_;
  JsonWriter w_{JsonWriter::Layout::kCompact};
};

}  // namespace

std::string to_displacy(const Ledger& ledger) { return DisplacyWriter(ledger).write(); }

}  // namespace avstand::exports
