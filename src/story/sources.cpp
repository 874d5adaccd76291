// Who the sources of an article are: names, the bodies that people speak for, media.
#include <algorithm>
#include <set>

#include "base/table.h"
#include "story/scene.h"
#include "story/tellers.h"
#include "text/utf8.h"

namespace avstand::story {
namespace {

const Source kNobody{.name = "unnamed", .unnamed = true};
constexpr size_t kMaxNameWords = 6;
constexpr size_t kLongestAlias = 8;  // bytes
constexpr float kNeverSeen = 1;      // weight of words that are no common ones
constexpr float kOfTitle = 0.4F;     // strength of the key that a title and a body share

/// Whether the word is (in) a time expression: "on Monday".
bool is_time(const Scene& scene, WordId w) {
  if (!scene.ledger.events) return false;
  const Span span = scene.analysis.words[w].span;
  return std::any_of(scene.ledger.events->begin(), scene.ledger.events->end(),
                     [&](const ledger::Event& e) { return e.time && e.time->span.overlaps(span); });
}

/// Words [first, last) that make a name, from `w` on: proper nouns, capitalised words inside a
/// sentence, and "of" between two of them.
WordRange name_run(const Scene& scene, WordId w, WordId end) {
  const Analysis& a = scene.analysis;
  const auto is_name = [&](WordId at) {
    if (a.words[at].upos == Upos::kPropn) return true;
    return at > a.sentence(at).words.begin && starts_upper(a.form(at)) &&
           a.words[at].upos != Upos::kPron;
  };
  WordRange out{w, w};
  while (out.end < end && out.size() < kMaxNameWords && is_name(out.end)) ++out.end;
  if (out.empty()) return out;
  if (out.end + 1 < end && a.words[out.end].upos == Upos::kAdp && scene.form(out.end).size() <= 3 &&
      scene.language(w) == "en" && is_name(out.end + 1) && !is_time(scene, out.end + 1))
    out.end += 2;
  return out;
}

/// The entity that a run of name words means: the same name, else one that holds or is held by it.
std::optional<uint32_t> entity_named(const Scene& scene, std::string_view run) {
  const std::string plain = plain_name(run);
  std::optional<uint32_t> best;
  size_t most = 0;
  for (uint32_t e = 0; e < scene.ledger.entities.size(); ++e) {
    const ledger::Entity& entity = scene.ledger.entities[e];
    const std::string name = plain_name(entity.name);
    if (name == plain && entity.type != "place") return e;
    if (scene.lexicon.country(name)) continue;  // "Kanal Norge" is no country
    const bool fits = plain.find(name) != std::string::npos || name.ends_with(" " + plain);
    if (!fits || name.size() <= most || entity.type == "place") continue;
    best = e;
    most = name.size();
  }
  return best;
}

/// What a body that no register knows is, by the noun that its name is built on: "Universitetet
/// i Nordvik", "Statens havarikommisjon"; no clinic puts out "The Clinic Post".
std::string kind_of_name(const Scene& scene, std::string_view name) {
  std::vector<std::string> words;
  for (const std::string_view word : split(name, ' ')) {
    if (!words.empty() && !starts_upper(word)) break;  // "i Nordvik"
    words.push_back(lower_case(word));
  }
  const auto kind = [&](const std::string& word, std::string_view language) -> std::string {
    const Noun noun = scene.lexicon.nouns().find(language, word, word);
    return noun.cls == NounClass::kMedium || noun.cls == NounClass::kBody ? noun.kind : "";
  };
  if (words.empty()) return "unknown";
  for (const std::string_view language : {"nb", "nn", "en"})
    if (std::string found = kind(words.back(), language); !found.empty()) return found;
  for (const std::string_view language : {"nb", "nn"})  // "Sykehuset Innlandet"
    if (std::string found = kind(words.front(), language); !found.empty()) return found;
  return "unknown";
}

/// By what name the entity's source goes.
std::string body_name(const Scene& scene, uint32_t entity) {
  const ledger::Entity& e = scene.ledger.entities[entity];
  return e.type == "person" ? e.name : source_of_entity(scene, entity).name;
}

/// The body named last before a place in the text, within its paragraph and the one before.
std::string last_body_before(const Scene& scene, uint32_t at, const std::set<std::string>& bodies) {
  const auto& blocks = scene.ledger.document.blocks;
  uint32_t from = 0;
  for (size_t i = 1; i < blocks.size(); ++i)
    if (blocks[i].span.contains({at, at + 1})) from = blocks[i - 1].span.begin;
  std::string found;
  uint32_t last = 0;
  for (uint32_t i = 0; i < scene.ledger.entities.size(); ++i) {
    const ledger::Entity& e = scene.ledger.entities[i];
    if (e.type != "organisation" && e.type != "group") continue;
    for (const ledger::Mention& m : e.mentions) {
      if (m.span.begin < from || m.span.end > at || m.span.begin < last) continue;
      const std::string name = body_name(scene, i);
      if (!bodies.contains(name)) continue;
      last = m.span.begin;
      found = name;
    }
  }
  return found;
}

/// Whether the article tells something by the entity: what no register knows and no noun names is a
/// body where it speaks ("Antidoping Norge bekrefter").
bool says_something(const Scene& scene, uint32_t entity) {
  return std::any_of(
      scene.ledger.statements.begin(), scene.ledger.statements.end(), [&](const auto& s) {
        return s.speaker == entity && s.quote != "own" && s.quote != "scare" && !s.source.empty();
      });
}

/// The body that a title is of: the one that it names ("RAF-leder", "forbundsleder", and "mekler"
/// of "Riksmekleren"), else the only one of the kind in the article, else the one named last before
/// the person at `at`.
std::string body_of_title(const Scene& scene, std::string_view title, const Noun& noun,
                          uint32_t at) {
  const std::string language(scene.ledger.document.language.view());
  const KeyList keys = scene.lexicon.keys(language, title, title);
  const std::string prefix = plain_name(title.substr(0, title.find('-')));
  std::set<std::string> named, fitting;
  for (uint32_t i = 0; i < scene.ledger.entities.size(); ++i) {
    const ledger::Entity& e = scene.ledger.entities[i];
    if (e.type != "organisation" && e.type != "group") continue;
    const Source s = source_of_entity(scene, i);
    if (s.unnamed || s.medium || s.kind == "document") continue;
    const bool holds = std::any_of(s.terms.begin(), s.terms.end(),
                                   [&](const Term& t) { return match(t.keys, keys) >= kOfTitle; });
    if (holds || plain_name(s.name) == prefix || plain_name(s.alias) == prefix)
      named.insert(s.name);
    const bool any = noun.kind == "-" || noun.kind.empty();
    const bool speaks = !s.person && s.kind == "unknown" && says_something(scene, i);
    if (any ? is_body(s.kind) || speaks : s.kind == noun.kind) fitting.insert(s.name);
  }
  if (named.size() == 1) return *named.begin();
  if (noun.cls != NounClass::kSpeaker) return "";
  return fitting.size() == 1 ? *fitting.begin() : last_body_before(scene, at, fitting);
}

/// "Renovasjonsforbundet (RAF)": the capitals in brackets behind the span.
std::string alias_behind(const Scene& scene, Span span) {
  const std::string_view text = scene.text();
  if (span.end + 2 >= text.size() || text.substr(span.end, 2) != " (") return "";
  const size_t close = text.find(')', span.end);
  if (close == std::string_view::npos) return "";
  const std::string_view inside = text.substr(span.end + 2, close - span.end - 2);
  if (inside.size() < 2 || inside.size() > kLongestAlias || inside.find(' ') != std::string::npos)
    return "";
  return lower_case(inside) != inside && starts_upper(inside.substr(1)) ? std::string(inside) : "";
}

/// The words of a mention, with the noun right before it that says what it is: "rederiet
/// Kystlinja".
WordRange with_class(const Scene& scene, Span mention) {
  WordRange words = scene.words_of(mention);
  const Analysis& a = scene.analysis;
  if (words.empty() || words.begin <= a.sentence(words.begin).words.begin) return words;
  const WordId first = a.sentence(words.begin).words.begin;
  if (!starts_upper(a.form(words.begin))) return words;
  const auto may_lead = [&](WordId w) {
    return a.words[w].upos == Upos::kNoun ||
           (w + 1 < words.begin + 1 && a.words[w].upos == Upos::kAdj &&
            a.words[w + 1].upos == Upos::kNoun);
  };
  for (int i = 0; i < 3 && words.begin > first && may_lead(words.begin - 1); ++i) --words.begin;
  return words;
}

/// Fills what the source is called by from the mentions of its entity.
void set_label(const Scene& scene, const ledger::Entity& e, Source& out) {
  std::optional<Label> best;
  bool medium = false, body = false, state = false;
  std::string kind;  // as a noun before the name says
  for (const ledger::Mention& m : e.mentions) {
    if (m.form != "name" && best) continue;  // a pronoun, or a description of what has a name
    Label label = label_of(scene, with_class(scene, m.span));
    if (label.terms.empty()) continue;
    medium = medium || label.medium;
    state = state || label.state;
    body = body || (label.body && !label.person && !label.classes.empty());
    if (label.body && !label.classes.empty() && is_body(label.kind)) kind = label.kind;
    out.classes.insert(out.classes.end(), label.classes.begin(), label.classes.end());
    if (out.alias.empty()) out.alias = alias_behind(scene, m.span);
    const bool better =
        !best || (best->described && !label.described) ||
        (best->described == label.described && label.core.size() > best->core.size());
    if (better) best = std::move(label);
  }
  if (!best) return;
  out.terms = best->terms;
  if (out.person && body) out.person = false;  // "selskapet Rein By"
  if (!out.person && !kind.empty() && !out.medium) out.kind = kind;
  if (out.person) return;
  out.described = best->described;
  out.national = best->national;
  const std::string core(scene.analysis.span(best->core).in(scene.text()));
  if (out.name.size() > core.size() && out.name.find(core) != std::string::npos) out.name = core;
  // "the paper" behind the name of a state's agency is still a paper
  if (best->described && best->medium && !best->state && !state) out.kind = best->medium_kind;
  if (state) out.kind = "state_media";
  if (medium && !is_body(out.kind)) out.medium = true;
  if (out.kind == "state_media") out.medium = false;
}

/// "Bins overflow": a common word that is taken for a name because it begins a sentence, and is
/// never named again.
bool is_common_word(const Scene& scene, const ledger::Entity& e) {
  if (e.type == "place" || e.name.find(' ') != std::string::npos) return false;
  const ledger::Mention* only = nullptr;
  for (const ledger::Mention& m : e.mentions) {
    if (m.form != "name") continue;
    if (only != nullptr) return false;
    only = &m;
  }
  if (only == nullptr) return false;
  const WordRange words = scene.words_of(only->span);
  if (words.size() != 1 || words.begin != scene.analysis.sentence(words.begin).words.begin)
    return false;
  const std::string language = scene.language(words.begin), lemma = scene.lemma(words.begin);
  return lemma != scene.form(words.begin) && scene.lexicon.weight(language, lemma) < kNeverSeen;
}

/// "A Norwegian nurse": a person whom the article describes and never names.
bool is_nobody_named(const ledger::Entity& e) {
  return e.type == "person" &&
         std::none_of(e.mentions.begin(), e.mentions.end(),
                      [](const ledger::Mention& m) { return m.form == "name"; });
}

uint32_t first_mention(const ledger::Entity& e) {
  uint32_t at = UINT32_MAX;
  for (const ledger::Mention& m : e.mentions) at = std::min(at, m.span.begin);
  return at;
}

}  // namespace

bool is_medium(std::string_view kind) {
  return kind == "newspaper" || kind == "broadcaster" || kind == "news_agency";
}

bool is_body(std::string_view kind) {
  return !kind.empty() && kind != "unknown" && kind != "person" && kind != "document" &&
         kind != "sensor" && !is_medium(kind);
}

std::string kind_of_outlet(const Scene& scene) {
  const std::string name = scene.ledger.document.outlet.value_or("");
  if (const Medium* m = scene.lexicon.medium(name)) return m->kind;
  if (scene.ledger.outlet_entity) {
    const std::string& kind = scene.ledger.entities[*scene.ledger.outlet_entity].profile.kind;
    if (kind != "unknown" && kind != "person") return kind;
  }
  return kind_of_name(scene, name);
}

Source source_of_entity(const Scene& scene, uint32_t entity) {
  const ledger::Entity& e = scene.ledger.entities[entity];
  Source out{.name = e.name, .kind = e.profile.kind, .person = e.type == "person"};
  // what puts out articles is nobody, whatever its name looks like: "Lyngnes Blad"
  if (out.person && plain_name(e.name) == plain_name(scene.ledger.document.outlet.value_or(""))) {
    out.person = false;
    out.kind = kind_of_outlet(scene);
  }
  out.medium = is_medium(out.kind);
  if (const Medium* m = scene.lexicon.medium(e.name)) {
    out.kind = m->kind;
    out.medium = is_medium(out.kind);
  }
  out.country = e.profile.country.value_or("");
  set_label(scene, e, out);
  if (const Body* body = scene.lexicon.body(out.name); body != nullptr && !out.person) {
    if (out.alias.empty()) out.alias = body->name;
    out.classes.insert(out.classes.end(), body->words.begin(), body->words.end());
  }
  out.unnamed =
      (e.type == "group" && !is_body(out.kind)) || is_common_word(scene, e) || is_nobody_named(e);
  if (out.unnamed) out.name = "unnamed";
  out.anonymous = (e.type == "group" && out.unnamed) || is_nobody_named(e);
  if (!out.person) return out;
  const std::string language(scene.ledger.document.language.view());
  for (const ledger::Role& role : e.roles) {
    // a nurse of a hospital tells what she saw herself
    if (scene.lexicon.nouns().find(language, role.title).cls == NounClass::kPerson) continue;
    // "norske Kari Bø": nobody speaks for a country but who holds an office of it
    const bool office = scene.lexicon.nouns().find(language, role.title).kind == "government";
    if (role.of && (scene.ledger.entities[*role.of].type != "place" || office)) {
      out.body = body_name(scene, *role.of);
    }
    if (!out.body.empty()) break;
    const Noun title = scene.lexicon.nouns().find(language, role.title);
    if (title.cls == NounClass::kSpeaker)
      out.body = body_of_title(scene, role.title, title, first_mention(e));
    if (!out.body.empty()) break;
  }
  return out;
}

/// Whether a noun in the span is for a person or persons.
bool tells_of_people(const Scene& scene, Span span) {
  const WordRange words = scene.words_of(span);
  for (WordId w = words.begin; w < words.end; ++w) {
    const Noun noun = scene.noun(w);
    if (noun.cls == NounClass::kSpeaker || noun.cls == NounClass::kPerson ||
        noun.cls == NounClass::kAnonymous)
      return true;
  }
  return false;
}

/// Whether a name behind a preposition is the one that the words before it speak for: "forskere ved
/// X", "en studie fra X"; not "to personer i X".
bool speaks_for_name(const Scene& scene, WordRange before) {
  for (WordId w = before.begin; w < before.end; ++w) {
    if (scene.analysis.words[w].upos == Upos::kAdp) break;
    const Noun noun = scene.noun(w);
    if (noun.cls != NounClass::kNone)
      return noun.cls != NounClass::kPerson && noun.cls != NounClass::kAnonymous;
  }
  return false;
}

/// Whether the source words only name the entity beside somebody else: "a former storekeeper to
/// the Courier", "Norway's refuse workers".
bool is_beside(const Scene& scene, const ledger::Entity& entity, Span span) {
  const WordRange words = scene.words_of(span);
  for (const ledger::Mention& m : entity.mentions) {
    if (!span.contains(m.span) || m.span.size() == span.size()) continue;
    const WordRange at = scene.words_of(m.span);
    if (at.end < words.end && is_owner(scene, at.end - 1) &&
        tells_of_people(scene, {m.span.end, span.end}))
      return entity.type == "place";
    const bool behind =
        at.begin > words.begin && scene.analysis.words[at.begin - 1].upos == Upos::kAdp;
    const WordRange before{words.begin, at.begin};
    if (behind && tells_of_people(scene, {span.begin, m.span.begin}) &&
        !speaks_for_name(scene, before))
      return true;
  }
  return false;
}

/// Somebody whom the words name as no entity: a body by its common noun ("Legemiddelverket" that
/// begins a sentence, "the agency"), else nobody.
Source source_in_words(const Scene& scene, const ledger::Hop& hop) {
  Source out = kNobody;
  out.anonymous = hop.explicit_ || hop.span.has_value();
  if (!hop.span) return out;
  const WordRange words = scene.words_of(*hop.span);
  Label label = label_of(scene, words);
  const bool definite = scene.form(words.begin) == "the" || !label.described ||
                        scene.analysis.has(words.begin, "Definite=Def");
  if (label.body && definite && !label.terms.empty() && is_body(label.kind) &&
      !tells_of_people(scene, *hop.span))
    return {.name = std::string(scene.analysis.span(label.core).in(scene.text())),
            .kind = label.kind,
            .described = label.described,
            .national = label.national,
            .terms = std::move(label.terms),
            .classes = std::move(label.classes)};
  for (WordId w = words.begin; w < words.end; ++w)
    out.several = out.several || (scene.analysis.words[w].upos == Upos::kNoun &&
                                  scene.analysis.has(w, "Number=Plur"));
  return out;
}

Source source_of(const Scene& scene, const ledger::Hop& hop) {
  const ledger::Entity* known = hop.entity ? &scene.ledger.entities[*hop.entity] : nullptr;
  const bool body = known != nullptr && known->type != "place" && is_body(known->profile.kind);
  const bool national = known != nullptr && known->type == "place" && hop.span &&
                        tells_of_people(scene, *hop.span);  // "a Norwegian scientist"
  const bool beside = known != nullptr && hop.span && is_beside(scene, *known, *hop.span);
  if (known == nullptr || national || beside || (hop.name == "unnamed" && !body))
    return source_in_words(scene, hop);
  Source out = source_of_entity(scene, *hop.entity);
  return out.unnamed && !out.anonymous ? source_in_words(scene, hop) : out;
}

bool is_place(const Scene& scene, std::string_view name) {
  const std::string plain = plain_name(name);
  if (scene.lexicon.country(plain)) return true;
  for (const ledger::Entity& e : scene.ledger.entities)
    if (e.type == "place" && plain_name(e.name) == plain) return true;
  return false;
}

std::optional<Source> named_source(const Scene& scene, const ledger::Statement& statement) {
  const Analysis& a = scene.analysis;
  for (const Span part : statement.source) {
    const WordRange words = scene.words_of(part);
    if (words.empty()) continue;
    // "opplyser mekler Torbjørn Ask": the name may stand right behind the words found
    WordId end = words.end;
    while (end < a.sentence(words.begin).words.end && a.words[end].upos == Upos::kPropn &&
           (a.words[end - 1].upos == Upos::kNoun || a.words[end - 1].upos == Upos::kPropn))
      ++end;
    bool behind = false;  // a preposition stands before
    for (WordId w = words.begin; w < end; ++w) {
      behind = behind || a.words[w].upos == Upos::kAdp;
      const WordRange run = name_run(scene, w, end);
      if (run.empty()) continue;
      const Span span = a.span(run);
      const std::string name(span.in(scene.text()));
      if (is_place(scene, name)) continue;
      if (behind && !speaks_for_name(scene, {words.begin, w})) return std::nullopt;
      if (const auto e = entity_named(scene, name))
        if (Source out = source_of_entity(scene, *e); !out.unnamed) return out;
      Label label = label_of(scene, run);
      return Source{.name = name, .described = label.described, .terms = std::move(label.terms)};
    }
  }
  return std::nullopt;
}

std::vector<Source> names_in(const Scene& scene, Span span, const std::vector<Span>& without) {
  std::vector<Source> out;
  const WordRange words = scene.words_of(span);
  for (WordId w = words.begin; w < words.end; ++w) {
    if (inside_any(scene.analysis.words[w].span, without)) continue;
    const WordRange run = name_run(scene, w, words.end);
    if (run.empty()) continue;
    const std::string name(scene.analysis.span(run).in(scene.text()));
    const auto e = entity_named(scene, name);
    Source s = e ? source_of_entity(scene, *e) : Source{.name = name};
    if (s.unnamed) s = Source{.name = name};
    out.push_back(std::move(s));
    w = run.end - 1;
  }
  return out;
}

}  // namespace avstand::story
