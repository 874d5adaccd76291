// An article with hand-made layers, so that what this room concludes can be tested on entities and
// attributions that are known to be right.
//
//   Scene s("nb", R"(… CoNLL-U short form …)");
//   const auto ntb = s.entity(EntityType::kOrganisation, "NTB", ProfileKind::kNewsAgency);
//   s.mention(ntb, "NTB");
//   s.attribution("Politiet", "sier", "at saken er oppklart");
//   const ledger::Ledger l = s.conclude();
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "provenance/conclude.h"
#include "support/conllu_fixture.h"

namespace avstand::testing {

class Scene {
 public:
  Scene(std::string_view language, std::string_view conllu)
      : fixture_(conllu_fixture(language, conllu)) {
    fixture_.article->id = "scene";
  }

  Fixture& fixture() { return fixture_; }
  Article& article() { return *fixture_.article; }

  EntityId entity(EntityType type, std::string name, ProfileKind kind = ProfileKind::kUnknown,
                  bool named = true) {
    Entity e;
    e.type = type;
    e.name = std::move(name);
    e.profile.kind = kind;
    e.named = named;
    entities_.entities.push_back(std::move(e));
    return static_cast<EntityId>(entities_.entities.size() - 1);
  }
  Entity& operator[](EntityId id) { return entities_.entities[id]; }

  /// The nth occurrence (from 0) of words parted by single spaces.
  WordRange words(std::string_view text, int nth = 0) const {
    std::vector<std::string> forms;
    std::istringstream in{std::string(text)};
    for (std::string f; in >> f;) forms.push_back(f);
    const Analysis& a = fixture_.analysis;
    for (WordId w = 0; w + forms.size() <= a.words.size(); ++w) {
      size_t k = 0;
      while (k < forms.size() && a.form(w + static_cast<WordId>(k)) == forms[k]) ++k;
      if (k == forms.size() && nth-- == 0) return {w, w + static_cast<WordId>(k)};
    }
    throw std::runtime_error("not in the text: " + std::string(text));
  }

  void mention(EntityId id, std::string_view text, int nth = 0,
               MentionForm form = MentionForm::kName) {
    Mention m;
    m.words = words(text, nth);
    m.entity = id;
    m.form = form;
    for (WordId w = m.words.begin; w < m.words.end; ++w)
      if (!m.words.contains(fixture_.analysis.words[w].head) ||
          fixture_.analysis.words[w].head == kNoWord) {
        m.head = w;
        break;
      }
    auto& all = entities_.mentions;
    const auto at = std::find_if(all.begin(), all.end(), [&](const Mention& o) {
      return o.words.begin > m.words.begin ||
             (o.words.begin == m.words.begin && o.words.end < m.words.end);
    });
    all.insert(at, m);
  }

  /// A person's office, stated by these words.
  void role(EntityId person, std::string title, EntityId of, std::string_view text) {
    Role r;
    r.title = std::move(title);
    r.of = of;
    r.words = words(text);
    entities_.entities[person].roles.push_back(r);
  }

  /// Empty strings for what is not there; parts of the content parted by " … ".
  Attribution& attribution(std::string_view source, std::string_view cue, std::string_view content,
                           QuoteType quote = QuoteType::kIndirect, Act act = Act::kSay) {
    Attribution a;
    if (!source.empty()) a.source.push_back(words(source));
    if (!cue.empty()) {
      a.cue.push_back(words(cue));
      a.cue_head = a.cue.front().begin;
    }
    a.content.push_back(words(content));
    a.quote = quote;
    a.act = act;
    a.confidence = 0.9F;
    a.why.push_back({"test", a.cue.empty() ? a.content.front() : a.cue.front()});
    attributions_.attributions.push_back(a);
    return attributions_.attributions.back();
  }

  /// An event whose verb is the nth occurrence of the word.
  void event(std::string_view verb, EventStatus status, int nth = 0) {
    Event e;
    e.words = words(verb, nth);
    e.head = e.words.begin;
    e.predicate = fixture_.analysis.lemma(e.head);
    e.status = status;
    events_.events.push_back(std::move(e));
  }

  ledger::Ledger conclude() {
    static const Knowledge knowledge = load<Knowledge>();
    static const ProvenanceRules rules = load<ProvenanceRules>();
    const Tree tree(fixture_.analysis);
    return avstand::conclude(*fixture_.article, fixture_.analysis, tree, entities_, attributions_,
                             events_, knowledge, rules);
  }

 private:
  template <typename T>
  static T load() {
    auto loaded = T::load(std::string(AVSTAND_SOURCE_DIR) + "/data");
    if (!loaded) throw std::runtime_error(loaded.error().to_string());
    return std::move(*loaded);
  }

  Fixture fixture_;
  EntityLayer entities_;
  AttributionLayer attributions_;
  EventLayer events_;
};

/// The statement whose content begins with these words.
inline const ledger::Statement& statement(const ledger::Ledger& l, std::string_view begin) {
  for (const ledger::Statement& s : l.statements)
    if (!s.content.empty() &&
        std::string_view(l.document.text).substr(s.content.front().begin).starts_with(begin))
      return s;
  throw std::runtime_error("no statement begins with " + std::string(begin));
}

/// Names of a chain, joined by " > ".
inline std::string chain(const ledger::Statement& s) {
  std::string out;
  for (const ledger::Hop& hop : s.chain) out += (out.empty() ? "" : " > ") + hop.name;
  return out;
}

inline std::vector<std::string> kinds(const ledger::Ledger& l) {
  std::vector<std::string> out;
  for (const ledger::Finding& f : l.findings) out.push_back(f.kind);
  return out;
}

}  // namespace avstand::testing
