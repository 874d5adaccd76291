// Evidence: what a statement rests on by the text's own telling (acceptance README's classes).
//
// The first that speaks decides: what the source is (pictures, papers, instruments), a nested
// source of that kind, the place it is told in ("i en rapport"), the cue's verb, who speaks
// (nameless voices, courts, services), and the first person's own doings. Else a bare statement.
#include <algorithm>
#include <array>

#include "provenance/context.h"

namespace avstand::provenance {
namespace {

const std::vector<EvidenceRule>& rules_of(const Context& c, WordId at, EvidencePlace place) {
  static const std::vector<EvidenceRule> nothing;
  const LanguageRules* language = c.symbols.rules_at(at);
  return language ? language->evidence[static_cast<size_t>(place)] : nothing;
}

WordId end_of(const Context& c, WordId w) { return c.analysis.sentence(w).words.end; }

struct Judgement {
  std::string evidence;
  WordRange words;
  std::string_view rule;
};
using Verdict = std::optional<Judgement>;

Verdict match(const Context& c, EvidencePlace place, WordRange range, std::string_view rule,
              const Ranges& outside = {}) {
  if (range.empty()) return std::nullopt;
  range.end = std::min(range.end, c.analysis.sentence(range.begin).words.end);
  for (const EvidenceRule& r : rules_of(c, range.begin, place))
    for (const Match& m : r.patterns.find_all(c.symbols, range))
      if (!c.inside(outside, m.words)) return Judgement{r.evidence, m.words, rule};
  return std::nullopt;
}

/// What the head of the source is a noun for, with the words before it ("satellite images").
Verdict by_noun(const Context& c, WordId noun) {
  const WordId first = c.analysis.sentence(noun).words.begin;
  for (const EvidenceRule& r : rules_of(c, noun, EvidencePlace::kSource))
    for (WordId w = noun - std::min<WordId>(noun - first, 2); w <= noun; ++w) {
      const Match m = r.patterns.match_at(c.symbols, {w, std::min(w + 4, end_of(c, w))});
      if (m.words.contains(noun)) return Judgement{r.evidence, m.words, "evidence.source"};
    }
  return std::nullopt;
}

Verdict by_source(const Context& c, const Draft& d) {
  const bool person = c.knows(d.speaker) && c.entity(d.speaker).type == EntityType::kPerson;
  return d.source_head == kNoWord || person ? std::nullopt : by_noun(c, d.source_head);
}

Verdict by_cue(const Context& c, const Draft& d) {
  const Attribution& a = *d.attribution;
  for (const WordRange r : a.cue)
    if (auto v = match(c, EvidencePlace::kCue, r, "evidence.cue")) return v;
  if (a.cue.size() > 1 && a.cue.back().end - a.cue.front().begin <= 8)
    return match(c, EvidencePlace::kCue, {a.cue.front().begin, a.cue.back().end}, "evidence.cue");
  return std::nullopt;
}

Verdict by_channel(const Context& c, const Draft& d) {
  return match(c, EvidencePlace::kChannel, c.analysis.sentences[d.sentence].words,
               "evidence.channel", d.attribution->content);
}

Verdict by_content(const Context& c, const Draft& d) {
  for (const WordRange r : d.attribution->content)
    if (auto v = match(c, EvidencePlace::kContent, r, "evidence.content")) return v;
  return std::nullopt;
}

bool is_recording(std::string_view evidence) {
  return evidence == "satellite" || evidence == "video" || evidence == "photo" ||
         evidence == "measurement";
}

/// "Satellite pictures show …, writes X": the subject of what is said is what it rests on.
Verdict by_content_subject(const Context& c, const Draft& d) {
  const WordId head = c.head_of(d.attribution->content);
  if (head == kNoWord) return std::nullopt;
  const WordId subject = c.tree.child(head, Rel::kNsubj);
  if (subject == kNoWord || !c.inside(d.attribution->content, {subject, subject + 1}))
    return std::nullopt;
  auto v = by_noun(c, subject);
  return v && is_recording(v->evidence) ? v : std::nullopt;
}

/// A person whom the text ties to no body and calls no expert: speaks for himself or herself.
bool is_private(const Context& c, const Draft& d) {
  if (d.speaker == kNoEntity || c.entity(d.speaker).type != EntityType::kPerson) return false;
  const LanguageRules* rules = c.symbols.rules_at(d.anchor);
  for (const Role& role : c.entity(d.speaker).roles) {
    if (!role.stated) continue;
    if (role.of != kNoEntity && c.entity(role.of).type != EntityType::kPerson) return false;
    if (rules && rules->offices.count(role.title) > 0) return false;
    if (!role.words.empty() &&
        (c.has(Marker::kExpert, role.words) || c.has(Marker::kEmployed, role.words)))
      return false;
  }
  return d.source_head == kNoWord || !c.is(Marker::kExpert, d.source_head);
}

/// Own doings and perceptions in direct speech.
Verdict by_first_person(const Context& c, const Draft& d) {
  const Attribution& a = *d.attribution;
  if (!is_private(c, d)) return std::nullopt;
  if (a.quote != QuoteType::kDirect && a.quote != QuoteType::kMixed) return std::nullopt;
  Verdict participant;
  for (WordRange r : a.content)
    while (!r.empty()) {
      const WordId end = std::min(r.end, c.analysis.sentence(r.begin).words.end);
      auto v = match(c, EvidencePlace::kFirstPerson, {r.begin, end}, "evidence.first_person");
      if (v && v->evidence == "witness") return v;
      if (v && !participant) participant = v;
      r.begin = end;
    }
  return participant;
}

/// Somebody private tells in direct speech how things were: a witness.
Verdict by_telling(const Context& c, const Draft& d) {
  const Attribution& a = *d.attribution;
  if (a.quote != QuoteType::kDirect || !is_private(c, d) || a.content.empty()) return std::nullopt;
  const WordId head = c.head_of(a.content);
  if (head == kNoWord) return std::nullopt;
  WordId verb = c.tree.child(head, Rel::kCop);
  if (verb == kNoWord) verb = c.tree.child(head, Rel::kAux);
  if (verb == kNoWord) verb = head;
  if (!c.analysis.has(verb, "Tense=Past")) return std::nullopt;
  return Judgement{"witness", {verb, verb + 1}, "evidence.telling"};
}

Verdict by_speaker(const Context& c, const Draft& d) {
  const Attribution& a = *d.attribution;
  if (a.source.empty()) return std::nullopt;
  if (c.has(Marker::kAnonymous, a.source.front()))
    return Judgement{"hearsay", a.source.front(), "evidence.anonymous"};
  for (const EntityId e : {d.origin(), d.speaker})
    if (c.knows(e) && c.entity(e).profile.kind == ProfileKind::kCourt)
      return Judgement{"record", a.source.front(), "evidence.court"};
  return std::nullopt;
}

Verdict first_of(const Context& c, const Draft& d) {
  using Judge = Verdict (*)(const Context&, const Draft&);
  static constexpr std::array<Judge, 8> kJudges = {by_source,  by_cue,     by_content_subject,
                                                   by_channel, by_speaker, by_first_person,
                                                   by_content, by_telling};
  for (const Judge judge : kJudges)
    if (auto v = judge(c, d)) return v;
  return std::nullopt;
}

/// Acts that name the class where no word of the cue is in the lists.
std::string_view by_act(const Attribution& a) {
  switch (a.act) {
    case Act::kPredict:
      return "forecast";
    case Act::kPromise:
      return "intention";
    case Act::kBelieve:
    case Act::kJudge:
      return "opinion";
    case Act::kPerceive:  // who has not seen or known is no witness
      return a.commitment == Commitment::kUncertain ? "statement" : "witness";
    default:
      return a.source.empty() ? "unstated" : "statement";
  }
}

}  // namespace

std::string noun_evidence(const Context& c, WordId noun) {
  const auto v = by_noun(c, noun);
  return v ? v->evidence : std::string();
}

/// Fills `evidence` of all attributed drafts; a picture, film or instrument inside a statement is
/// also what the statement around it rests on.
void judge_evidence(Context& c) {
  const auto count = static_cast<uint32_t>(c.attributions.attributions.size());
  for (uint32_t i = 0; i < count; ++i) {
    Draft& d = c.drafts[i];
    if (const auto v = first_of(c, d)) {
      d.out.evidence = v->evidence;
      add_why(c, d, v->rule, v->words);
    } else {
      d.out.evidence = by_act(*d.attribution);
      if (d.by_outlet) d.out.evidence = "unstated";
    }
  }
  for (uint32_t i = 0; i < count; ++i) {
    const Draft& d = c.drafts[i];
    if (d.parent == kNone || d.parent >= count || !is_recording(d.out.evidence)) continue;
    Draft& parent = c.drafts[d.parent];
    if (is_recording(parent.out.evidence) || d.attribution->source.empty()) continue;
    parent.out.evidence = d.out.evidence;
    add_why(c, parent, "evidence.inner", d.attribution->source.front());
  }
}

}  // namespace avstand::provenance
