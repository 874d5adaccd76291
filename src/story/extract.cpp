#include "story/extract.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <set>

#include "base/table.h"
#include "story/predicates.h"
#include "story/scene.h"
#include "text/utf8.h"

namespace avstand::story {
namespace {

constexpr size_t kOpeningBlocks = 3;
constexpr size_t kClosingBlocks = 2;
constexpr uint32_t kLongestLabel = 12;  // words of a line that says what the text is
constexpr int64_t kMinutesOfAWeek = int64_t{7} * 24 * 60;
constexpr float kLeastLeft = 0.4F;  // share of a passage's weight that must be told by itself

int number(std::string_view s, size_t at, size_t n) {
  return at + n <= s.size() ? std::atoi(std::string(s.substr(at, n)).c_str()) : 0;
}

/// The cue and source words of attributions: they say who, not what.
std::vector<Span> frame_spans(const ledger::Ledger& ledger) {
  std::vector<Span> out;
  for (const ledger::Statement& s : ledger.statements) {
    if (s.quote == "own" || s.quote == "scare" || s.parent) continue;
    if (s.source.empty()) continue;
    out.insert(out.end(), s.cue.begin(), s.cue.end());
    out.insert(out.end(), s.source.begin(), s.source.end());
  }
  return out;
}

/// The event that a span tells in the first place: the first one that no clause of its own holds.
const ledger::Event* main_event(const Scene& scene, const Draft& draft) {
  const ledger::Event* best = nullptr;
  if (!scene.ledger.events) return best;
  for (const ledger::Event& e : *scene.ledger.events) {
    if (!draft.span.contains(e.span) && !e.span.contains(draft.span)) continue;
    if (inside_any(e.span, draft.without)) continue;
    if (best == nullptr || e.span.size() > best->span.size()) best = &e;
  }
  return best;
}

float weight(const std::vector<Term>& terms) {
  float sum = 0;
  for (const Term& t : terms) sum += t.weight;
  return sum;
}

/// What the passage tells: without the clauses that are passages of their own and without who says
/// it, unless that leaves too little.
std::vector<Term> told_terms(const Scene& scene, const Draft& draft,
                             const std::vector<Span>& frames, bool& by_clauses) {
  std::vector<Span> without = draft.without;
  without.insert(without.end(), frames.begin(), frames.end());
  const std::vector<Term> all = terms_in(scene, draft.span, {});
  for (const std::vector<Span>* left_out :
       std::initializer_list<const std::vector<Span>*>{&without, &frames}) {
    std::vector<Term> terms = terms_in(scene, draft.span, *left_out);
    if (weight(terms) >= kLeastLeft * weight(all)) return terms;
    by_clauses = !draft.without.empty();
  }
  return all;
}

/// The day on which the main event was or is to be: "2024-05-03"; empty: not told, or no single
/// day. When somebody said it is not when it was. "On Saturday", in an article of a Saturday, is
/// that day and not a week later.
std::string day_of(const ledger::Event* event, const std::vector<Span>& frames, int64_t today) {
  if (event == nullptr || !event->time || !event->time->value) return "";
  const bool says = std::any_of(frames.begin(), frames.end(),
                                [&](Span frame) { return event->span.contains(frame); });
  const std::string& value = *event->time->value;
  const bool day = value.size() >= 10 && value[4] == '-' && value[7] == '-' &&
                   value.find('/') == std::string::npos && value.find('.') == std::string::npos;
  if (says || !day) return "";
  const int64_t later = minute_of(value.substr(0, 10)) - today;
  return later == kMinutesOfAWeek ? "" : value.substr(0, 10);
}

/// Whether what is told of has been or is to come. `today`: the day of the article.
Tense tense_of(const Passage& p, const Predicates& predicates, bool plan, std::string_view today) {
  if (p.kind == PassageKind::kHeadline)
    return plan && p.status == "planned" ? Tense::kFuture : Tense::kPresent;
  if (predicates.hearsay()) return Tense::kPresent;
  if (predicates.planned() || p.status == "planned" || (plan && !predicates.past()))
    return Tense::kFuture;
  if (predicates.past()) return Tense::kPast;
  return !p.day.empty() && !today.empty() && p.day > today ? Tense::kFuture : Tense::kPresent;
}

/// The sides of pairs of opposites that the words outside the frames are on.
std::vector<int32_t> sides_of(const Scene& scene, const Draft& draft,
                              const std::vector<Span>& frames) {
  std::set<int32_t> out;
  const WordRange range = scene.words_of(draft.span);
  for (WordId w = range.begin; w < range.end; ++w) {
    const Span span = scene.analysis.words[w].span;
    if (inside_any(span, frames) || inside_any(span, draft.without)) continue;
    if (const auto* sides =
            scene.lexicon.opposites(scene.lexicon.base_form(scene.language(w), scene.lemma(w))))
      out.insert(sides->begin(), sides->end());
  }
  return {out.begin(), out.end()};
}

/// "confirmed that he was there, but would not say more": takes no position on more only.
bool opens_later(const Scene& scene, const Draft& draft) {
  const Analysis& a = scene.analysis;
  const WordRange range = scene.words_of(draft.span);
  std::vector<Span> later;
  for (WordId w = range.begin; w < range.end; ++w)
    if (a.words[w].rel == Rel::kConj && a.words[w].upos == Upos::kVerb)
      for (const WordId v : scene.tree.subtree(w)) later.push_back(a.words[v].span);
  if (later.empty()) return false;
  return !has(markers_in(scene, draft.span, later), Marker::kOpen);
}

/// "Jeg ble satt fri. Mer vet jeg ikke": has told something, and takes no position on more only.
bool opens_on_more(const Scene& scene, const Draft& draft) {
  const WordRange range = scene.words_of(draft.span);
  if (range.empty()) return false;
  for (WordId w = range.begin; w < range.end;) {
    const WordRange sentence = scene.analysis.sentence(w).words;
    const Span span = scene.analysis.span({w, std::min(sentence.end, range.end)});
    const uint32_t bits = markers_in(scene, span, draft.without);
    if (has(bits, Marker::kOpen)) return w > range.begin && has(bits, Marker::kMore);
    w = sentence.end;
  }
  return false;
}

/// `by_clauses` is set where its clauses, which are passages of their own, tell all of it.
Passage passage_of(const Scene& scene, const Draft& draft, const std::vector<Span>& frames,
                   bool& by_clauses) {
  Passage p{.span = draft.span, .kind = draft.kind, .block = draft.block, .lede = draft.lede};
  p.quantities = quantities_in(scene, draft.span, draft.without);
  p.terms = told_terms(scene, draft, frames, by_clauses);
  p.words = scene.words_of(draft.span).size();
  const Predicates predicates(scene, draft, frames);
  p.negated = is_negated(scene, draft.span);
  p.denied = predicates.denied();
  p.sides = sides_of(scene, draft, frames);
  const ledger::Event* event = main_event(scene, draft);
  if (event != nullptr) p.status = event->status;
  const std::string published = scene.ledger.document.published.value_or("").substr(0, 10);
  p.day = day_of(event, frames, minute_of(published));
  if (scene.ledger.events)
    for (const ledger::Event& e : *scene.ledger.events)
      if (e.time && e.time->value && draft.span.contains(e.time->span) &&
          !inside_any(e.time->span, draft.without))
        p.times.push_back(*e.time->value);
  std::sort(p.times.begin(), p.times.end());
  p.times.erase(std::unique(p.times.begin(), p.times.end()), p.times.end());
  const uint32_t bits = markers_in(scene, draft.span, draft.without);
  if (has(bits, Marker::kOpen) && !opens_later(scene, draft) && !opens_on_more(scene, draft))
    p.stance = Stance::kOpen;
  if (has(bits, Marker::kDeny)) p.stance = Stance::kDenies;
  if (has(bits, Marker::kRetract)) p.stance = Stance::kRetracts;
  p.tense = tense_of(p, predicates, has(bits, Marker::kPlan), published);
  return p;
}

/// Not a dateline, nor a caption without a verb: "Mayor Kari Bø. Photo: Private".
bool states_something(const Scene& scene, const Passage& p) {
  if (p.kind == PassageKind::kHeadline || p.kind == PassageKind::kClause) return true;
  if (p.kind != PassageKind::kCaption)
    return std::any_of(p.terms.begin(), p.terms.end(), [](const Term& t) { return !t.name; }) ||
           !p.quantities.empty();
  const WordRange words = scene.words_of(p.span);
  for (WordId w = words.begin; w < words.end; ++w)
    if (scene.analysis.has(w, "VerbForm=Fin")) return true;
  return false;
}

/// A sentence that is hardly more than its clauses says the same once: as a whole where it has one
/// clause, by each of them where it has more.
void state_once(std::vector<Passage>& passages, size_t whole) {
  std::vector<size_t> clauses;
  for (size_t i = 0; i < passages.size(); ++i)
    if (passages[i].kind == PassageKind::kClause && passages[whole].span.contains(passages[i].span))
      clauses.push_back(i);
  if (clauses.size() == 1) passages[clauses.front()].states = false;
  if (clauses.size() > 1) passages[whole].states = false;
}

/// Whether the text begins by saying that it is a release, or ends with whom to ask: a line of its
/// own, without a sentence.
bool reads_as_release(const Scene& scene) {
  const auto& blocks = scene.ledger.document.blocks;
  for (size_t i = 0; i < blocks.size(); ++i) {
    if (i >= kOpeningBlocks && i + kClosingBlocks < blocks.size()) continue;
    const WordRange words = scene.words_of(blocks[i].span);
    if (words.empty() || words.size() > kLongestLabel) continue;
    const bool told = std::any_of(
        scene.analysis.words.begin() + words.begin, scene.analysis.words.begin() + words.end,
        [](const Word& w) { return w.upos == Upos::kVerb && w.rel == Rel::kRoot; });
    const uint32_t bits = markers_in(scene, blocks[i].span, {});
    if (!told && has(bits, Marker::kRelease)) return true;
  }
  return false;
}

void set_metadata(const Scene& scene, StoryArticle& out) {
  const Article& a = scene.ledger.document;
  out.id = a.id;
  out.outlet = a.outlet.value_or("");
  out.language = a.language.view();
  out.published = a.published.value_or("");
  out.minute = minute_of(out.published);
  out.text = a.text;
  out.family = out.outlet;
  if (const Medium* m = scene.lexicon.medium(out.outlet)) out.family = m->family;
  out.outlet_kind = kind_of_outlet(scene);
  out.self = {.name = out.outlet, .kind = out.outlet_kind};
  out.self.terms = label_of(scene, out.outlet).terms;
  out.self.medium = is_medium(out.outlet_kind);
  std::set<std::string> credits(a.agency.hops.begin(), a.agency.hops.end());
  if (a.agency.credit) credits.insert(*a.agency.credit);
  const bool own = credits.contains(out.outlet);
  out.credits.assign(credits.begin(), credits.end());
  std::erase(out.credits, out.outlet);
  out.agency = own || out.outlet_kind == "news_agency" || out.outlet_kind == "state_media";
}

/// Kinds of outlet that print what they say themselves.
bool is_party(std::string_view kind) {
  return kind != "unknown" && kind != "newspaper" && kind != "broadcaster" &&
         kind != "news_agency" && kind != "person" && kind != "state_media";
}

/// Media that the article names besides its own outlet and the agencies it credits.
void set_sources(const Scene& scene, StoryArticle& out) {
  for (uint32_t e = 0; e < scene.ledger.entities.size(); ++e) {
    if (scene.ledger.entities[e].type == "place") continue;
    Source s = source_of_entity(scene, e);
    if (s.medium && s.name != out.outlet) out.cited.push_back(s.name);
    if (!s.unnamed) out.sources.push_back(std::move(s));
  }
}

void set_pictures(const Scene& scene, StoryArticle& out) {
  for (const ledger::Picture& p : scene.ledger.pictures) {
    if (!p.block) continue;  // without a caption there are no words to compare
    PrintedPicture made{.caption = scene.ledger.document.blocks[*p.block].span,
                        .credited = p.credited};
    if (p.origin && p.origin->name != "unnamed") made.origin = p.origin->name;
    if (p.handout) made.handout = *p.handout ? 1 : 0;
    std::vector<Span> without;
    if (p.credit) without.push_back(*p.credit);
    made.terms = terms_in(scene, made.caption, without);
    out.pictures.push_back(std::move(made));
  }
}

/// Whether the outlet had somebody there: a picture of its own.
bool has_reporter(const StoryArticle& article) {
  const std::string own = plain_name(article.outlet);
  return std::any_of(article.pictures.begin(), article.pictures.end(),
                     [&](const PrintedPicture& p) {
                       return !own.empty() &&
                              plain_name(p.caption.in(article.text)).find(own) != std::string::npos;
                     });
}

/// Every term once, by its first key, for comparing whole articles.
std::vector<Term> distinct(const std::vector<Passage>& passages) {
  std::vector<Term> out;
  for (const Passage& p : passages)
    for (const Term& t : p.terms)
      if (!t.keys.empty()) out.push_back(t);
  const auto strongest = [](const Term& t) {
    const Key* best = &t.keys.front();
    for (const Key& k : t.keys)
      if (k.strength > best->strength) best = &k;
    return best->feature;
  };
  std::sort(out.begin(), out.end(), [&](const Term& a, const Term& b) {
    const Feature x = strongest(a), y = strongest(b);
    return x != y ? x < y : a.weight > b.weight;
  });
  out.erase(std::unique(out.begin(), out.end(),
                        [&](const Term& a, const Term& b) { return strongest(a) == strongest(b); }),
            out.end());
  return out;
}

}  // namespace

std::string Scene::language(WordId w) const {
  return std::string(analysis.sentence(w).language.view());
}
std::string Scene::lemma(WordId w) const { return lower_case(analysis.lemma(w)); }
std::string Scene::form(WordId w) const { return lower_case(analysis.form(w)); }
Noun Scene::noun(WordId w) const { return lexicon.nouns().find(language(w), lemma(w), form(w)); }

WordRange Scene::words_of(Span span) const {
  const auto& words = analysis.words;
  const auto first = std::lower_bound(words.begin(), words.end(), span.begin,
                                      [](const Word& w, uint32_t at) { return w.span.begin < at; });
  const auto last = std::lower_bound(first, words.end(), span.end,
                                     [](const Word& w, uint32_t at) { return w.span.begin < at; });
  return {static_cast<WordId>(first - words.begin()), static_cast<WordId>(last - words.begin())};
}

uint32_t markers_in(const Scene& scene, Span span, const std::vector<Span>& without) {
  std::vector<std::string> lemmas, forms;
  const WordRange range = scene.words_of(span);
  for (WordId w = range.begin; w < range.end; ++w) {
    if (inside_any(scene.analysis.words[w].span, without)) continue;
    lemmas.push_back(scene.lemma(w));
    forms.push_back(scene.form(w));
  }
  return range.empty() ? 0 : scene.lexicon.markers(scene.language(range.begin), lemmas, forms);
}

bool is_contrast(const Scene& scene, WordId w, WordId end) {
  if (w == 0 || w + 1 >= end || scene.analysis.words[w - 1].upos != Upos::kPunct) return false;
  const Upos next = scene.analysis.words[w + 1].upos;
  return next == Upos::kNum || next == Upos::kNoun || next == Upos::kPropn || next == Upos::kDet;
}

bool says_no(const Scene& scene, WordId w) {
  if (scene.analysis.has(w, "Polarity=Neg")) return true;
  const uint32_t bits = markers_in(scene, scene.analysis.words[w].span, {});
  return has(bits, Marker::kNo);
}

bool is_negated(const Scene& scene, Span span) {
  const WordRange range = scene.words_of(span);
  for (WordId w = range.begin; w < range.end; ++w)
    if (says_no(scene, w) && !is_contrast(scene, w, range.end)) return true;
  return false;
}

int64_t minute_of(std::string_view published) {
  if (published.size() < 10) return 0;
  using namespace std::chrono;
  const sys_days day = year{number(published, 0, 4)} /
                       month{static_cast<unsigned>(number(published, 5, 2))} /
                       std::chrono::day{static_cast<unsigned>(number(published, 8, 2))};
  int64_t minute = int64_t{day.time_since_epoch().count()} * 24 * 60;
  if (published.size() < 16) return minute;
  minute += number(published, 11, 2) * 60 + number(published, 14, 2);
  const size_t zone = published.find_first_of("+-", 16);
  if (zone == std::string_view::npos) return minute;
  const int offset = number(published, zone + 1, 2) * 60 + number(published, zone + 4, 2);
  return published[zone] == '+' ? minute - offset : minute + offset;
}

StoryArticle extract(const Analysis& analysis, const ledger::Ledger& ledger,
                     const Lexicon& lexicon) {
  const Tree tree(analysis);
  const Scene scene{analysis, ledger, lexicon, tree};
  StoryArticle out;
  set_metadata(scene, out);
  set_sources(scene, out);
  const std::vector<Span> frames = frame_spans(ledger);
  std::vector<size_t> told_by_clauses;
  for (const Draft& draft : find_passages(scene)) {
    bool by_clauses = false;
    Passage p = passage_of(scene, draft, frames, by_clauses);
    p.states = states_something(scene, p);
    if (by_clauses) told_by_clauses.push_back(out.passages.size());
    out.passages.push_back(std::move(p));
  }
  for (const size_t i : told_by_clauses) state_once(out.passages, i);
  out.release =
      is_party(out.outlet_kind) || (!is_medium(out.outlet_kind) && reads_as_release(scene));
  set_pictures(scene, out);
  out.present = has_reporter(out);
  tell_chains(scene, out);
  out.terms = distinct(out.passages);
  return out;
}

}  // namespace avstand::story
