// Whose words an attribution holds, by its own clause (LEDGER.md, rule 2): the body that somebody
// speaks for, the maker of a paper, a group, a person, or nobody by name.
#include "provenance/origin.h"

#include <algorithm>

#include "text/utf8.h"

namespace avstand::provenance {
namespace {

// A spokesperson's body is looked for so many sentences and mentions back.
constexpr uint32_t kSentencesBack = 3;
constexpr uint32_t kMentionsBack = 24;
constexpr WordId kWordsBeforeCue = 6;  // in which the verb of "is quoted by X as saying" stands

/// Whether the word is coordinated with others as equals ("Japan, Sør-Korea og USA").
bool is_coordinated(const Context& c, WordId head, const Ranges& source) {
  for (const WordId child : c.tree.children(head))
    if (c.analysis.words[child].rel == Rel::kConj && c.inside(source, {child, child + 1}))
      return true;
  return false;
}

/// A role word near the mention says that the office is over ("tidligere lensmann").
bool is_former(const Context& c, const Draft& d, const Role& role) {
  const Ranges& source = d.attribution->source;
  if (!role.words.empty()) {
    const WordId first = c.analysis.sentence(role.words.begin).words.begin;
    const WordId from = role.words.begin - std::min<WordId>(role.words.begin - first, 2);
    if (c.has(Marker::kFormer, {from, role.words.end})) return true;
  }
  return std::any_of(source.begin(), source.end(),
                     [&](WordRange r) { return r.size() <= 12 && c.has(Marker::kFormer, r); });
}

/// Whether the role is one that speaks for whose it is: not a lawyer's client, a sister, nor the
/// land that a producer comes from.
bool speaks_for(const Context& c, const Role& role) {
  const Entity& of = c.entity(role.of);
  if (of.type == EntityType::kPerson) return false;
  if (of.type != EntityType::kPlace) return true;
  return role.cls == RoleClass::kMinister || role.cls == RoleClass::kOffice ||
         role.cls == RoleClass::kSpokesperson || role.cls == RoleClass::kPost ||
         role.cls == RoleClass::kRoyal || role.cls == RoleClass::kMilitary ||
         role.cls == RoleClass::kPolitician;
}

class OriginFinder {
 public:
  explicit OriginFinder(Context& c) : c_(c) {}

  Hops find(Draft& d) {
    const Attribution& a = *d.attribution;
    Hops hops;
    if (a.source.empty() || d.by_outlet) {
      append_hop(hops, ledger::Hop{});
      add_why(c_, d, d.by_outlet ? "chain.own_outlet" : "chain.no_source",
              {d.anchor, d.anchor + 1});
      return hops;
    }
    if (add_shared_recording(d, hops)) return hops;
    if (d.source_head != kNoWord && is_coordinated(c_, d.source_head, a.source)) {
      append_hop(hops, group_hop(d));
      return hops;
    }
    append_hop(hops, single_origin(d));
    add_quoted_relay(d, hops);
    return hops;
  }

 private:
  // "En video delt på Telegram-kanalen X": who made it is not said, X passes it on.
  bool add_shared_recording(Draft& d, Hops& hops) {
    if (!c_.is(Marker::kRecording, d.source_head)) return false;
    const WordRange source{d.attribution->source.front().begin, d.attribution->source.back().end};
    for (const Match& m : c_.find(Marker::kShared, source)) {
      if (m.captures.empty()) continue;
      append_hop(hops, ledger::Hop{});
      append_hop(hops, relay_of(c_, m.captures.back()));
      add_why(c_, d, "chain.shared", m.words);
      return true;
    }
    return false;
  }

  // A coordination of sources is one hop, of an entity of type group that the ledger gets here.
  ledger::Hop group_hop(Draft& d) {
    WordId begin = d.source_head, end = d.source_head + 1;
    for (const WordId w : c_.tree.subtree(d.source_head))
      if (c_.inside(d.attribution->source, {w, w + 1})) end = std::max(end, w + 1);
    if (const Mention* m = c_.entities.by_head(d.source_head))
      begin = std::min(begin, m->words.begin);
    while (end > begin + 1 && c_.analysis.words[end - 1].upos == Upos::kPunct) --end;
    ledger::Entity group;
    group.type = "group";
    group.name = c_.text({begin, end});
    group.mentions.push_back({c_.span({begin, end}), "name"});
    const auto id = static_cast<uint32_t>(c_.ledger.entities.size());
    ledger::Hop hop;
    hop.entity = id;
    hop.name = group.name;
    hop.explicit_ = true;
    hop.span = group.mentions.front().span;
    c_.ledger.entities.push_back(std::move(group));
    d.speaker = kNoEntity;
    d.out.speaker = id;
    add_why(c_, d, "chain.group", {begin, end});
    return hop;
  }

  /// The words of a source without the relative pronoun behind: "local papers, which".
  std::string named_words(WordRange source) const {
    const Analysis& a = c_.analysis;
    if (source.size() > 1 && a.has(source.end - 1, "PronType=Rel")) --source.end;
    while (source.size() > 1 && a.words[source.end - 1].upos == Upos::kPunct) --source.end;
    return c_.text(source);
  }

  ledger::Hop single_origin(Draft& d) {
    const Ranges& source = d.attribution->source;
    const Span words = c_.span(source.front());
    if (d.speaker == kNoEntity) return nameless_origin(d, words);
    if (auto body = body_by_office(d)) return *body;
    if (auto body = body_by_employment(d)) return *body;
    if (auto body = body_of_spokesman(d)) return *body;
    if (auto body = maker_of_paper(d)) return *body;
    ledger::Hop hop = make_hop(c_, d.speaker, words);
    if (c_.entity(d.speaker).named) return hop;
    if (d.source_head != kNoWord && c_.analysis.words[d.source_head].upos == Upos::kPropn)
      hop.name = named_words(source.front());
    if (is_thing(d)) hop.name = c_.text({first_of_phrase(d), d.source_head + 1});
    // "Vestlige nyhetsbyråer" are nobody by name, but the words say which hands it went through.
    if (c_.is_medium(d.speaker)) hop.name = named_words(source.front());
    hop.explicit_ = hop.name != "unnamed";
    return hop;
  }

  bool is_thing(const Draft& d) const {
    const Entity& e = c_.entity(d.speaker);
    return d.source_head != kNoWord &&
           (e.type == EntityType::kWork || e.profile.kind == ProfileKind::kDocument ||
            e.profile.kind == ProfileKind::kSensor || c_.is(Marker::kRecording, d.source_head) ||
            c_.is(Marker::kDocument, d.source_head));
  }

  // The head with what stands before it: "interne dokumenter", "its seismographs".
  WordId first_of_phrase(const Draft& d) const {
    for (const WordRange r : d.attribution->source)
      if (r.contains(d.source_head)) return r.begin;
    return d.source_head;
  }

  // "a forecast from the X Centre": papers are their maker's word. Recordings are not.
  std::optional<ledger::Hop> maker_of_paper(Draft& d) {
    if (!is_thing(d) || c_.is(Marker::kRecording, d.source_head)) return std::nullopt;
    for (const WordId child : c_.tree.children(d.source_head)) {
      if (c_.analysis.words[child].rel != Rel::kNmod || child < d.source_head) continue;
      const WordId adposition = c_.tree.child(child, Rel::kCase);
      const Mention* m = c_.entities.by_head(child);
      if (adposition == kNoWord || !c_.is(Marker::kDated, adposition) || !m) continue;
      if (!c_.knows(m->entity) || c_.entity(m->entity).type != EntityType::kOrganisation) continue;
      add_why(c_, d, "chain.maker", m->words);
      return make_hop(c_, m->entity, c_.span(m->words));
    }
    return std::nullopt;
  }

  // A spokesperson without a body speaks for the one that the text has just spoken of.
  std::optional<ledger::Hop> body_of_spokesman(Draft& d) {
    const auto& source = d.attribution->source;
    if (c_.entity(d.speaker).type != EntityType::kPerson || source.front().size() > 8 ||
        !c_.has(Marker::kSpokesman, source.front()))
      return std::nullopt;
    // "White House press secretary X", however its tree came out.
    for (WordId w = source.front().begin; w < source.front().end; ++w)
      if (const Mention* m = c_.entities.by_head(w);
          m && c_.knows(m->entity) && m->entity != d.speaker &&
          c_.entity(m->entity).type == EntityType::kOrganisation && !c_.is_medium(m->entity)) {
        add_why(c_, d, "chain.spokesperson", m->words);
        return make_hop(c_, m->entity, c_.span(m->words));
      }
    // "Junta spokesman X": the words say for whom, though it is nobody the article knows.
    for (const Role& role : c_.entity(d.speaker).roles)
      if (role.title.find(' ') != std::string::npos) return std::nullopt;
    const auto& mentions = c_.entities.mentions;
    auto m = std::partition_point(mentions.begin(), mentions.end(), [&](const Mention& x) {
      return x.words.begin < c_.analysis.sentences[d.sentence].words.begin;
    });
    for (uint32_t looked = 0; m != mentions.begin() && looked < kMentionsBack; ++looked) {
      --m;
      if (c_.analysis.sentence_of[m->head] + kSentencesBack < d.sentence) break;
      if (!c_.knows(m->entity) || c_.is_medium(m->entity)) continue;
      const Entity& e = c_.entity(m->entity);
      if (e.type != EntityType::kOrganisation || m->form == MentionForm::kPronoun) continue;
      add_why(c_, d, "chain.spokesperson", m->words);
      return make_hop(c_, m->entity, c_.span(m->words));
    }
    return std::nullopt;
  }

  // "Elveeierlaget", "the trust": one known body or office, though nobody knows its name.
  bool is_definite(WordId noun) const {
    if (c_.analysis.words[noun].upos != Upos::kNoun || c_.analysis.has(noun, "Number=Plur"))
      return false;
    if (c_.analysis.has(noun, "Definite=Def")) return true;
    const WordId determiner = c_.tree.child(noun, Rel::kDet);
    return determiner != kNoWord && c_.analysis.has(determiner, "Definite=Def");
  }

  // No entity: a thing keeps its noun ("satellittbilder"), somebody without a name is unnamed.
  ledger::Hop nameless_origin(Draft& d, Span words) {
    ledger::Hop hop;
    hop.span = words;
    if (d.source_head == kNoWord) return hop;
    const Upos upos = c_.analysis.words[d.source_head].upos;
    const bool thing = c_.is(Marker::kDocument, d.source_head) ||
                       !noun_evidence(c_, d.source_head).empty() || is_definite(d.source_head);
    const WordId first = c_.analysis.sentence(d.source_head).words.begin;
    const bool name = upos == Upos::kPropn || (upos == Upos::kNoun && d.source_head > first + 1 &&
                                               starts_upper(c_.analysis.form(d.source_head)));
    if (!name && !thing) return hop;
    hop.name = name ? named_words(d.attribution->source.front())
                    : c_.text({first_of_phrase(d), d.source_head + 1});
    hop.explicit_ = true;
    return hop;
  }

  // Whoever speaks for a body by office: the body is the origin, the person the speaker.
  std::optional<ledger::Hop> body_by_office(Draft& d) {
    const Entity& e = c_.entity(d.speaker);
    if (e.type != EntityType::kPerson || is_anonymous(d)) return std::nullopt;
    for (const Role& role : e.roles) {
      if (!role.stated || role.of == kNoEntity || role.of == d.speaker || is_former(c_, d, role))
        continue;
      if (!speaks_for(c_, role)) continue;
      if (!role.words.empty() && c_.has(Marker::kExpert, role.words)) continue;
      std::optional<Span> where;
      if (!role.words.empty()) where = c_.span(role.words);
      if (!e.named && is_seat(role)) return make_hop(c_, d.speaker, where);
      ledger::Hop hop = make_hop(c_, role.of, where);
      if (!role.words.empty()) add_why(c_, d, "chain.office", role.words);
      return hop;
    }
    return std::nullopt;
  }

  // "Statsforvalteren i Vestland" is an office, Vestland no body.
  bool is_seat(const Role& role) const {
    if (c_.entity(role.of).type != EntityType::kPlace) return false;
    for (WordId w = role.words.begin; w < role.words.end; ++w) {
      const Mention* m = c_.entities.by_head(w);
      const WordId adposition = c_.tree.child(w, Rel::kCase);
      if (m && m->entity == role.of && adposition != kNoWord && c_.is(Marker::kSeated, adposition))
        return true;
    }
    return false;
  }

  // Whoever hides the name speaks of the body, not for it.
  bool is_anonymous(const Draft& d) const {
    if (d.source_head == kNoWord || c_.entity(d.speaker).named) return false;
    const Mention* m = c_.entities.by_head(d.source_head);
    return m != nullptr && c_.has(Marker::kAnonymous, m->words);
  }

  // "Scientists at the X Observatory", "en talsperson for Y": nameless people of a named body.
  std::optional<ledger::Hop> body_by_employment(Draft& d) {
    if (d.source_head == kNoWord || c_.entity(d.speaker).named ||
        !c_.is(Marker::kEmployed, d.source_head) || is_anonymous(d) ||
        c_.has(Marker::kFormer, d.attribution->source.front()))
      return std::nullopt;
    for (const WordId child : c_.tree.children(d.source_head)) {
      if (c_.analysis.words[child].rel != Rel::kNmod) continue;
      const Mention* m = c_.entities.by_head(child);
      if (!m || m->entity == kNoEntity || m->entity == d.speaker) continue;
      if (c_.entity(m->entity).type != EntityType::kOrganisation) continue;
      add_why(c_, d, "chain.employment", m->words);
      return make_hop(c_, m->entity, c_.span(m->words));
    }
    return std::nullopt;
  }

  // "Han er sitert på at …" names no relay, "is quoted by X as saying" does.
  void add_quoted_relay(Draft& d, Hops& hops) {
    const Attribution& a = *d.attribution;
    if (a.cue.empty()) return;
    // "Was quoted by X as saying": the cue may be the last verb.
    const WordId first = c_.analysis.sentence(d.anchor).words.begin;
    const WordId back = std::min<WordId>(a.cue.front().begin - first, kWordsBeforeCue);
    const WordId behind = a.source.empty() ? 0 : a.source.back().end;
    const WordId end = c_.analysis.sentence(d.anchor).words.end;
    const WordRange near{a.cue.front().begin - back,
                         std::min(std::max(a.cue.back().end + 4, behind + kWordsBeforeCue), end)};
    for (const Match& m : c_.find(Marker::kQuotedBy, near)) {
      if (m.captures.empty()) continue;
      // "En rapport først omtalt av VG": what stands right behind the source is told of it.
      const bool of_source = behind <= m.words.begin && m.words.begin <= behind + 1;
      if (of_source || !c_.inside(a.content, m.captures.back().words))
        return append_hop(hops, relay_of(c_, m.captures.back()));
    }
    for (const Match& m : c_.find(Marker::kQuoted, near))
      if (c_.inside(a.cue, m.words)) {
        ledger::Hop hop;
        hop.relay = true;
        hops.push_back(hop);
        add_why(c_, d, "chain.quoted", m.words);
        return;
      }
  }

  Context& c_;
};

}  // namespace

ledger::Hop make_hop(const Context& c, EntityId id, std::optional<Span> span) {
  ledger::Hop hop;
  if (id != kNoEntity) {
    hop.entity = id;
    hop.name = c.hop_name(id);
  }
  hop.span = span;
  hop.explicit_ = span.has_value() && hop.name != "unnamed";
  return hop;
}

ledger::Hop relay_of(const Context& c, const Capture& capture) {
  ledger::Hop hop = make_hop(c, capture.entity, c.span(capture.words));
  if (capture.entity == kNoEntity) {
    hop.name = c.text(capture.words);
    hop.explicit_ = true;
  }
  return hop;
}

Hops find_origin(Context& c, Draft& d) { return OriginFinder(c).find(d); }

}  // namespace avstand::provenance
