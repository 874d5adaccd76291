// Who the sources of an article are: names, the bodies that people speak for, media.
#include <algorithm>

#include "story/scene.h"
#include "text/utf8.h"

namespace avstand::story {
namespace {

const Source kNobody{.name = "unnamed", .unnamed = true};
constexpr size_t kMaxNameWords = 6;

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
      scene.language(w) == "en" && is_name(out.end + 1))
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
    const bool fits = plain.find(name) != std::string::npos || name.ends_with(" " + plain);
    if (!fits || name.size() <= most || entity.type == "place") continue;
    best = e;
    most = name.size();
  }
  return best;
}

/// The one named entity of the kind in the article, if there is just one.
std::string only_body(const Scene& scene, std::string_view kind) {
  std::string found;
  for (const ledger::Entity& e : scene.ledger.entities) {
    if (e.type != "organisation" && e.type != "group") continue;
    const bool fits = kind.empty() ? is_body(e.profile.kind) : e.profile.kind == kind;
    if (!fits) continue;
    if (!found.empty()) return "";
    found = e.name;
  }
  return found;
}

/// Content words of the longest named mention.
std::vector<Term> name_terms(const Scene& scene, const ledger::Entity& e) {
  const ledger::Mention* best = nullptr;
  for (const ledger::Mention& m : e.mentions)
    if (m.form == "name" && (best == nullptr || m.span.size() > best->span.size())) best = &m;
  if (best == nullptr && !e.mentions.empty()) best = &e.mentions.front();
  return best == nullptr ? std::vector<Term>() : terms_in(scene, best->span, {});
}

}  // namespace

bool is_medium(std::string_view kind) {
  return kind == "newspaper" || kind == "broadcaster" || kind == "news_agency";
}

bool is_body(std::string_view kind) {
  return !kind.empty() && kind != "unknown" && kind != "person" && kind != "document" &&
         kind != "sensor" && !is_medium(kind);
}

Source source_of_entity(const Scene& scene, uint32_t entity) {
  const ledger::Entity& e = scene.ledger.entities[entity];
  Source out{.name = e.name, .kind = e.profile.kind, .person = e.type == "person"};
  out.medium = is_medium(out.kind);
  if (const Medium* m = scene.lexicon.medium(e.name)) {
    out.kind = m->kind;
    out.medium = is_medium(out.kind);
  }
  out.terms = name_terms(scene, e);
  out.unnamed = e.type == "group" && !is_body(out.kind);
  if (out.unnamed) out.name = "unnamed";
  out.anonymous = out.unnamed;
  if (!out.person) return out;
  const std::string language(scene.ledger.document.language.view());
  for (const ledger::Role& role : e.roles) {
    if (role.of) {
      out.body = scene.ledger.entities[*role.of].name;
      out.body_terms = name_terms(scene, scene.ledger.entities[*role.of]);
    }
    if (!out.body.empty()) break;
    const Title title = scene.lexicon.title(language, role.title);
    if (title.speaks) out.body = only_body(scene, title.kind);
    if (!out.body.empty()) break;
  }
  return out;
}

Source source_of(const Scene& scene, const ledger::Hop& hop) {
  if (!hop.entity || hop.name == "unnamed") {
    Source out = kNobody;
    out.anonymous = hop.explicit_ || hop.entity.has_value();
    return out;
  }
  Source out = source_of_entity(scene, *hop.entity);
  if (!out.unnamed) out.name = hop.name;
  return out;
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
    for (WordId w = words.begin; w < end; ++w) {
      const WordRange run = name_run(scene, w, end);
      if (run.empty()) continue;
      const Span span = a.span(run);
      const std::string name(span.in(scene.text()));
      if (scene.lexicon.country(lower_case(name))) continue;
      if (const auto e = entity_named(scene, name)) {
        Source out = source_of_entity(scene, *e);
        if (!out.unnamed) return out;
        out = Source{.name = name, .kind = out.kind};
        out.terms = terms_in(scene, span, {});
        return out;
      }
      Source out{.name = name};
      out.terms = terms_in(scene, span, {});
      return out;
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
