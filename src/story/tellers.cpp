#include "story/tellers.h"

#include <algorithm>

namespace avstand::story {
namespace {

constexpr uint32_t kLongestReference = 14;  // words of a sentence that only tells who said it
constexpr WordId kBeginning = 2;            // words between which its cue begins
constexpr WordId kNear = 4;                 // words between a cue and whom it tells
constexpr float kTellsAll = 0.3F;           // share of a passage that a statement in it must tell

bool same_name(std::string_view a, std::string_view b) { return plain_name(a) == plain_name(b); }

/// Not the first half of "Helse- og omsorgsdepartementet".
bool is_whole_name(std::string_view name) { return !name.empty() && name.back() != '-'; }

/// Begins with a word that sets it against what stands before: "while".
bool begins_contrast(const Scene& scene, const Passage& p) {
  const WordRange words = scene.words_of(p.span);
  if (words.empty()) return false;
  const Span first = scene.analysis.words[words.begin].span;
  return has(markers_in(scene, first, {}), Marker::kContrast);
}

/// Says something, and does not only do it: "the union believes that it was", not "they have agreed
/// a contract".
bool is_said(const Scene& scene, const ledger::Statement& s) {
  if (s.act != "believe" && s.act != "perceive" && s.act != "decree" && s.act != "act") return true;
  return std::any_of(s.content.begin(), s.content.end(), [&](Span part) {
    const WordRange words = scene.words_of(part);
    for (WordId w = words.begin; w < words.end; ++w)
      if (scene.analysis.has(w, "VerbForm=Fin")) return true;
    return false;
  });
}

}  // namespace

bool is_contrasted(const Scene& scene, const ledger::Statement& s, const Passage& p) {
  if (p.kind != PassageKind::kClause || s.cue.empty() || s.cue[0].begin >= p.span.begin)
    return false;
  return begins_contrast(scene, p);
}

bool sets_others_against(const Scene& scene, const Passage& clause) {
  if (!begins_contrast(scene, clause)) return false;
  const WordRange words = scene.words_of(clause.span);
  for (WordId w = words.begin; w < words.end; ++w) {
    if (scene.analysis.words[w].rel != Rel::kNsubj) continue;
    const NounClass cls = scene.noun(w).cls;
    return cls == NounClass::kPerson || cls == NounClass::kSpeaker ||
           cls == NounClass::kAnonymous || cls == NounClass::kBody ||
           scene.analysis.words[w].upos == Upos::kPropn;
  }
  return false;
}

void drop_mere_subject(const StoryArticle& article, Passage& p) {
  if (p.kind != PassageKind::kHeadline || !p.chain_told || p.quote || p.chain.empty()) return;
  const Source& head = p.chain[0];
  if (head.unnamed || head.medium || is_body(head.kind) || head.kind == "state_media") return;
  for (const Passage& q : article.passages)
    if (q.kind != PassageKind::kHeadline && q.chain_told && !q.chain.empty() &&
        (same_name(q.chain[0].name, head.name) || same_name(q.speaker, head.name)))
      return;
  p.chain.clear();
  p.chain_told = false;
  p.speaker.clear();
}

void speak_for_body_before(const Scene& scene, const ledger::Statement& s, Source& person,
                           uint32_t block) {
  if (!person.person || !person.body.empty() || s.source.empty()) return;
  for (const ledger::Entity& e : scene.ledger.entities)
    if (same_name(e.name, person.name) &&
        (!e.roles.empty() ||
         !scene.ledger.document.blocks[block].span.contains(e.mentions.front().span)))
      return;
  for (const ledger::Statement& before : scene.ledger.statements) {
    if (&before == &s || before.source.empty() || !before.speaker) continue;
    if (!scene.ledger.document.blocks[block].span.contains(before.source[0])) continue;
    if (before.source[0].begin >= s.source[0].begin) continue;
    const Source body = source_of_entity(scene, *before.speaker);
    if (!body.person && !body.unnamed && is_body(body.kind)) person.body = body.name;
  }
}

void put_named(std::vector<Source>& chain, Source named) {
  for (const Source& s : chain)
    if (same_name(s.name, named.name) || (s.person && named.person && !s.unnamed) ||
        plain_name(s.name).find(plain_name(named.name)) != std::string::npos ||
        s.body == named.name)
      return;
  if (chain.empty() || chain.size() == 1) {
    // a body that its speaker's office names stays the origin
    if (!chain.empty() && named.person && !chain[0].unnamed && !chain[0].person &&
        named.body.empty() && is_body(chain[0].kind))
      return;
    chain.assign(1, std::move(named));
  } else if (chain[0].unnamed && !chain[0].anonymous && named.kind != "newspaper") {
    chain[0] = std::move(named);
  }
}

const ledger::Statement* told_within(const Scene& scene, const ledger::Statement& outer,
                                     const Passage& p) {
  const auto number = static_cast<uint32_t>(&outer - scene.ledger.statements.data());
  const ledger::Statement* best = nullptr;
  uint32_t most = 0;
  for (const ledger::Statement& s : scene.ledger.statements) {
    if (s.parent != number || s.source.empty() || s.content.empty()) continue;
    if (s.quote == "own" || s.quote == "scare" || !is_said(scene, s)) continue;
    if (!inside_any(s.source[0], outer.content) || is_contrasted(scene, s, p)) continue;
    uint32_t n = 0;
    for (const auto* parts : {&s.content, &s.cue, &s.source})
      for (const Span part : *parts)
        if (p.span.contains(part)) n += part.size();
    if (n <= most || static_cast<float>(n) < kTellsAll * static_cast<float>(p.span.size()))
      continue;
    most = n;
    best = &s;
  }
  return best;
}

bool put_within(std::vector<Source>& chain, const std::vector<Source>& within) {
  if (within.empty() || within[0].medium) return false;
  if (within[0].unnamed && !within[0].anonymous) return false;
  const auto medium =
      std::find_if(chain.begin(), chain.end(), [](const Source& s) { return s.medium; });
  if (medium == chain.end()) return false;
  if (std::any_of(chain.begin(), medium, [](const Source& s) { return !s.unnamed; })) return false;
  chain.erase(chain.begin(), medium);
  chain.insert(chain.begin(), within[0]);
  return true;
}

void name_the_described(const StoryArticle& article, Passage& p) {
  if (p.kind != PassageKind::kHeadline || !p.chain_told || p.chain.empty()) return;
  const Source& described = p.chain[0];
  if (!described.described || described.medium || !is_body(described.kind)) return;
  for (const Passage& q : article.passages) {
    if (q.kind == PassageKind::kHeadline || !q.chain_told || q.chain.empty()) continue;
    const Source& named = q.chain[0];
    if (named.person || named.unnamed || named.medium || named.described) continue;
    const bool fits = named.kind == described.kind || named.kind == "unknown";
    if (fits) p.chain[0] = named;
    if (fits) return;
  }
}

bool is_in_clause(const StoryArticle& article, const Passage& p, uint32_t at) {
  return p.kind != PassageKind::kClause &&
         std::any_of(article.passages.begin(), article.passages.end(), [&](const Passage& q) {
           return q.kind == PassageKind::kClause && p.span.contains(q.span) &&
                  q.span.contains(Span{at, at + 1});
         });
}

bool has_anonymous(const Scene& scene, const Passage& p) {
  const WordRange words = scene.words_of(p.span);
  for (WordId w = words.begin; w < words.end; ++w)
    if (scene.noun(w).cls == NounClass::kAnonymous) return true;
  return false;
}

bool tells_outlet(const Scene& scene, const StoryArticle& article, const Passage& p,
                  const ledger::Statement& s) {
  if (s.cue.empty() || s.quote == "direct" || !has_anonymous(scene, p)) return false;
  const size_t at = scene.text().find(article.outlet, p.span.begin);
  if (article.outlet.empty() || at >= p.span.end) return false;
  const WordRange cue = scene.words_of(s.cue[0]);
  const WordRange outlet = scene.words_of(
      {static_cast<uint32_t>(at), static_cast<uint32_t>(at + article.outlet.size())});
  return cue.end + kNear < outlet.begin || outlet.end + kNear < cue.begin;
}

bool is_by_unnamed(const Scene& scene, const ledger::Statement& s) {
  const Analysis& a = scene.analysis;
  for (const Span cue : s.cue) {
    const WordRange words = scene.words_of(cue);
    for (WordId w = words.begin; w < words.end; ++w) {
      const WordId subject = scene.tree.child(w, Rel::kNsubj);
      if (subject == kNoWord) continue;
      // "en ansatt": some nouns are tagged as the adjectives that they were
      if (a.words[subject].upos != Upos::kNoun && a.words[subject].upos != Upos::kAdj) continue;
      const NounClass cls = scene.noun(subject).cls;
      if (cls != NounClass::kPerson && cls != NounClass::kSpeaker && cls != NounClass::kAnonymous)
        continue;
      const std::vector<WordId> all = scene.tree.subtree(subject);
      if (std::none_of(all.begin(), all.end(),
                       [&](WordId v) { return a.words[v].upos == Upos::kPropn; }))
        return true;
    }
  }
  return false;
}

std::vector<Source> row_of_media(const Scene& scene, Span span) {
  std::vector<Source> out;
  for (Source& s : names_in(scene, span, {})) {
    const bool there = std::any_of(out.begin(), out.end(),
                                   [&](const Source& o) { return same_name(o.name, s.name); });
    if (there || s.person) continue;
    if (is_place(scene, s.name) || !is_whole_name(s.name)) continue;
    if (s.medium || s.kind == "state_media" || s.kind == "unknown" || s.kind.empty())
      out.insert(out.begin(), std::move(s));
  }
  return out;
}

bool is_owner(const Scene& scene, WordId last) {
  if (scene.analysis.has(last, "Case=Gen")) return true;
  const auto is_ending = [&](WordId w) { return scene.form(w) == "'s" || scene.form(w) == "’s"; };
  return is_ending(last) || (last + 1 < scene.analysis.words.size() && is_ending(last + 1));
}

bool only_owns(const Scene& scene, uint32_t entity, Span event) {
  bool owns = false;
  for (const ledger::Mention& m : scene.ledger.entities[entity].mentions) {
    if (!event.contains(m.span)) continue;
    owns = is_owner(scene, scene.words_of(m.span).end - 1);
    if (!owns) return false;
  }
  return owns;
}

bool tells_before(const Scene& scene, const Passage& p) {
  const WordRange words = scene.words_of(p.span);
  if (p.words > kLongestReference || words.empty() || p.stance != Stance::kAsserts) return false;
  const auto& all = scene.analysis.words;
  if (all[words.begin].upos != Upos::kPron && all[words.begin].upos != Upos::kDet) return false;
  const uint32_t near = all[std::min(words.begin + kBeginning, words.end - 1)].span.end;
  return std::any_of(
      scene.ledger.statements.begin(), scene.ledger.statements.end(), [&](const auto& s) {
        return s.act != "deny" && !s.cue.empty() && !s.source.empty() && !s.content.empty() &&
               p.span.contains(s.cue[0]) && s.cue[0].end <= near && p.span.contains(s.source[0]) &&
               s.content.back().end <= p.span.begin;
      });
}

std::vector<Source> chain_of_retraction(const Scene& scene, const StoryArticle& article,
                                        const Passage& p) {
  const uint32_t near = scene.words_of(p.span).begin + kBeginning;
  for (Source& s : names_in(scene, p.span, {})) {
    if (same_name(s.name, article.outlet)) return {};
    const size_t at = scene.text().find(s.name, p.span.begin);
    const bool subject = !s.person && near < scene.analysis.words.size() &&
                         at < scene.analysis.words[near].span.begin;
    if (s.medium || subject) return {std::move(s)};
  }
  return {};
}

bool tells_own(const Scene& scene, const StoryArticle& article, const Passage& p) {
  const WordRange words = scene.words_of(p.span);
  for (WordId w = words.begin; w < words.end && !p.quote; ++w)
    if (scene.analysis.has(w, "Person=1") && scene.analysis.has(w, "Number=Plur") &&
        scene.analysis.words[w].rel == Rel::kNsubj)
      return true;
  for (const Source& s : names_in(scene, p.span, {}))
    if (same_name(s.name, article.outlet)) return true;
  return article.present;
}

bool outlet_acts(const Scene& scene, const StoryArticle& article, const Passage& p) {
  if (article.outlet.empty() || p.quote) return false;
  const size_t at = scene.text().find(article.outlet, p.span.begin);
  if (at == std::string_view::npos || at + article.outlet.size() > p.span.end) return false;
  const auto begin = static_cast<uint32_t>(at);
  const WordRange words =
      scene.words_of({begin, begin + static_cast<uint32_t>(article.outlet.size())});
  for (WordId w = words.begin; w < words.end; ++w)
    if (scene.analysis.words[w].rel == Rel::kNsubj) return true;
  return false;
}

bool takes_back(const Scene& scene, const StoryArticle& article, const Passage& p) {
  if (p.stance != Stance::kDenies || !p.chain.empty() || !outlet_acts(scene, article, p))
    return false;
  const WordRange words = scene.words_of(p.span);
  const WordRange first = scene.analysis.sentence(words.begin).words;
  return first.end < words.end;
}

}  // namespace avstand::story
