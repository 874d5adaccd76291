// schema.org Claim and ClaimReview: what a fact-checker begins with. Author, date, address and
// rating of the review are the checker's and are left out; Avstand rates nothing.
#include "export/formats.h"
#include "export/parts.h"

namespace avstand::exports {
namespace {

using ledger::Hop;
using ledger::JsonWriter;
using ledger::Ledger;
using ledger::Statement;

class ClaimWriter {
 public:
  explicit ClaimWriter(const Ledger& ledger) : l_(ledger) {}

  std::string write() {
    w_.begin_object().key("@context").string("https://schema.org");
    w_.key("@graph").begin_array();
    article();
    for (size_t i = 0; i < l_.statements.size(); ++i) {
      const std::string& quote = l_.statements[i].quote;
      if (quote == "own" || quote == "scare") continue;  // nobody's claim, or a word and no claim
      claim(i);
      review(i);
    }
    w_.end_array().end_object();
    return w_.take();
  }

 private:
  void begin(const std::string& id, std::string_view type) {
    w_.begin_object().key("@type").string(type).key("@id").string(id);
  }
  void refer(std::string_view key, const std::string& id) {
    w_.key(key).begin_object().key("@id").string(id).end_object();
  }

  void organisation(std::string_view key, std::string_view name) {
    w_.key(key).begin_object().key("@type").string("Organization");
    w_.key("name").string(name).end_object();
  }

  void article() {
    const Article& d = l_.document;
    begin(article_iri(l_), "NewsArticle");
    maybe_field(w_, "headline", d.title);
    maybe_field(w_, "datePublished", d.published);
    if (d.language.known()) field(w_, "inLanguage", d.language.view());
    if (const std::string url = source_iri(l_); url != article_iri(l_)) field(w_, "url", url);
    if (d.outlet) organisation("publisher", *d.outlet);
    w_.end_object();
  }

  static std::string_view type_of(const Ledger& l, const Hop& hop) {
    if (!hop.entity) return "Thing";
    const std::string& type = l.entities[*hop.entity].type;
    if (type == "person") return "Person";
    return type == "group" ? "Thing" : "Organization";
  }

  void agent(std::string_view key, const Hop& hop) {
    w_.key(key).begin_object().key("@type").string(type_of(l_, hop));
    w_.key("name").string(hop_name(l_, hop)).end_object();
  }

  void claim(size_t i) {
    const Statement& s = l_.statements[i];
    begin(part_iri(l_, 's', i), "Claim");
    w_.key("text").string(words(l_, s.content));
    if (!s.chain.empty()) agent("author", s.chain.front());
    if (s.speaker) {
      const Hop speaker{.entity = s.speaker};
      agent("claimInterpreter", speaker);
    }
    w_.key("appearance").begin_array();
    for (const Hop& hop : s.chain) {
      if (!hop.relay) continue;
      w_.begin_object().key("@type").string("CreativeWork");
      agent("author", hop);
      w_.end_object();
    }
    w_.begin_object().key("@id").string(article_iri(l_)).end_object();
    w_.end_array().end_object();
  }

  void review(size_t i) {
    const Statement& s = l_.statements[i];
    begin(part_iri(l_, 's', i) + "/review", "ClaimReview");
    w_.key("claimReviewed").string(words(l_, s.content));
    refer("itemReviewed", part_iri(l_, 's', i));
    if (l_.document.language.known()) w_.key("inLanguage").string(l_.document.language.view());
    w_.key("creativeWorkStatus").string("Draft").end_object();
  }

  const Ledger& l_;
  JsonWriter w_{JsonWriter::Layout::kCompact};
};

}  // namespace

std::string to_claim_review(const Ledger& ledger) { return ClaimWriter(ledger).write(); }

}  // namespace avstand::exports
