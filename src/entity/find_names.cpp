#include <algorithm>

#include "entity/candidates.h"
#include "text/line.h"
#include "text/utf8.h"

namespace avstand::entity {
namespace {

WordId head_of(const Context& c, WordRange r) {
  for (WordId w = r.begin; w < r.end; ++w)
    if (!r.contains(c.word(w).head)) return w;
  return r.begin;
}

bool free_range(const Context& c, WordRange r) {
  return std::none_of(c.taken.begin() + r.begin, c.taken.begin() + r.end,
                      [](uint8_t t) { return t != 0; });
}

std::vector<std::string> lower_words(const Context& c, WordRange r) {
  std::vector<std::string> out;
  for (WordId w = r.begin; w < r.end; ++w) out.push_back(c.lower_form(w));
  return out;
}

/// How many words at the beginning of a run of proper nouns are a title ("Interior Minister X").
uint32_t title_length(Context& c, WordRange r) {
  const LanguageLexicon* l = c.lexicon(r.begin);
  if (!l || r.size() < 2) return 0;
  uint32_t best = 0;
  const uint32_t most = std::min<uint32_t>(r.size(), 5);
  for (uint32_t n = 1; n <= most; ++n) {
    const WordId w = r.begin + n - 1;
    const bool pair = n > 1 && l->persons.find(c.lower_form(w - 1) + " " + c.lower_form(w));
    if (pair || l->persons.find(c.lower_form(w))) best = n;
  }
  if (best == 0) return 0;
  const NameHint* hint = c.knowledge.gazetteer.hint(lower_words(c, r));
  return hint && hint->type != EntityType::kPerson ? 0 : best;
}

/// "The state-run IRNA news agency": the noun behind that the name hangs on.
void find_medium_noun(Context& c, Candidate& cand) {
  const WordId up = c.word(cand.head).head;
  if (c.word(cand.head).rel != Rel::kCompound || up == kNoWord || up < cand.name.end) return;
  if (c.taken[up] || cand.ner == "PER") return;
  const LemmaInfo info = c.noun_info(up);
  const bool known = cand.known != nullptr && cand.known->type == EntityType::kOrganisation;
  if (!info.medium && !(info.body && known)) return;
  if (starts_upper(c.analysis.form(up))) return;
  cand.head = cand.noun = up;
}

/// The noun before a name that says what bears it, going up flat and appos ("forsvareren, advokat
/// X").
void find_title_above(Context& c, Candidate& cand) {
  WordId w = cand.head;
  while (true) {
    const Word& word = c.word(w);
    const WordId up = word.head;
    if (up == kNoWord || up >= w || (word.rel != Rel::kFlat && word.rel != Rel::kAppos)) break;
    const Upos pos = c.word(up).upos;
    if (pos != Upos::kNoun && pos != Upos::kAdj && pos != Upos::kVerb) break;
    if (pos != Upos::kNoun && !c.noun_info(up).person) break;
    if (cand.noun == kNoWord)
      cand.noun = up;
    else
      cand.second_noun = up;
    cand.head = w = up;
  }
}

/// A title that hangs on the name ("spokesman John Smith") or stands before it unattached.
void find_title_beside(Context& c, Candidate& cand) {
  if (cand.noun != kNoWord || cand.name.begin == c.analysis.sentence(cand.head).words.begin) return;
  const WordId w = cand.name.begin - 1;
  if (c.taken[w] || c.word(w).upos == Upos::kPunct) return;
  const LemmaInfo info = c.noun_info(w);
  const Word& top = c.word(cand.head);
  // "The rebel group FPD claimed", "sendt av statens nyhetsbyrå TPA": two subjects, objects or
  // obliques side by side are one that the parser has not joined.
  const bool argument = top.rel == Rel::kNsubj || top.rel == Rel::kObj || top.rel == Rel::kObl ||
                        top.rel == Rel::kNmod;
  const bool doubled =
      argument && c.word(w).rel == top.rel && c.word(w).head == top.head && top.head != kNoWord;
  const bool attached = cand.name.contains(c.word(w).head) || doubled;
  const bool title = info.person && !c.analysis.has(w, "Definite=Def") &&
                     !c.analysis.has(w, "Number=Plur") && !c.analysis.has(w, "Case=Gen");
  // "høgkommissær X": an office tells more of a bare name than the model's type does.
  const bool office = info.person && (info.person->cls == RoleClass::kOffice ||
                                      info.person->cls == RoleClass::kMinister ||
                                      info.person->cls == RoleClass::kSpokesperson);
  const bool person = cand.ner.empty() || cand.ner == "PER" || (office && cand.known == nullptr);
  // "state broadcaster MRTV": English hangs the kind of body on its name.
  const bool kind = info.medium || (info.body && info.body->use != NounUse::kName);
  if (kind && attached && cand.known == nullptr && !starts_upper(c.analysis.form(w))) {
    cand.noun = w;
    return;
  }
  if (!title || !person) return;
  if (c.word(w).upos != Upos::kNoun && c.word(w).upos != Upos::kPropn) return;
  cand.noun = w;
  // Unattached: only where nothing else owns the noun's phrase ("sa minister X" read flatly).
  if (!attached && c.word(cand.head).head != w && c.word(w).head != kNoWord && c.word(w).head < w &&
      c.word(c.word(w).head).upos == Upos::kNoun)
    cand.noun = kNoWord;
}

void find_title_after(Context& c, Candidate& cand) {
  for (const WordId w : c.tree.children(cand.head)) {
    if (w < cand.name.end || c.word(w).rel != Rel::kAppos || c.taken[w]) continue;
    if (c.word(w).upos != Upos::kNoun && !c.noun_info(w).person) continue;
    if (cand.noun == kNoWord)
      cand.noun = w;
    else if (cand.second_noun == kNoWord)
      cand.second_noun = w;
  }
}

/// "Ytre Lie tingrett": a place and a bare noun for a body after it are one name.
WordRange with_body_noun(Context& c, WordRange r) {
  const WordId next = r.end;
  if (next >= c.analysis.sentence(r.begin).words.end || c.word(next).upos != Upos::kNoun) return r;
  const bool linked = r.contains(c.word(next).head) || c.word(head_of(c, r)).head == next;
  const std::string text = c.name_text(r);
  const bool genitive =
      text.size() < c.analysis.form(r.end - 1).size() || c.analysis.has(r.end - 1, "Case=Gen");
  if (!linked || genitive || !c.info(next).body || c.info(next).body->type == EntityType::kPlace)
    return r;
  if (c.analysis.has(next, "Definite=Def") || c.analysis.has(next, "Number=Plur")) return r;
  return {r.begin, next + 1};
}

void set_gender(Context& c, Candidate& cand) {
  bool known = false;
  if (cand.info.person) cand.gender = cand.info.person->gender;
  if (cand.gender == Gender::kUnknown && cand.name.size() > 1)
    cand.gender = c.knowledge.gazetteer.given_name(c.lower_form(cand.name.begin), known);
}

void read_title(Context& c, Candidate& cand, WordRange title) {
  if (!title.empty()) {
    const LanguageLexicon* l = c.lexicon(title.begin);
    cand.noun = title.end - 1;
    cand.info = c.noun_info(cand.noun);
    for (WordId w = title.begin; w < title.end; ++w) {
      const Modifier m = l->modifier(c.lower_form(w));
      cand.former = cand.former || m == Modifier::kFormer;
      if (const std::string_view iso = adjective_country(c, w); !iso.empty())
        cand.country = iso;
      else if (m == Modifier::kNone)
        cand.title += (cand.title.empty() ? "" : " ") + c.lower_form(w);
    }
    return;
  }
  find_medium_noun(c, cand);
  find_title_above(c, cand);
  find_title_beside(c, cand);
  find_title_after(c, cand);
  if (cand.noun == kNoWord) return;
  cand.info = c.noun_info(cand.noun);
  cand.title = c.title_of(cand.noun);
}

void take(Context& c, const Candidate& cand) {
  for (WordId w = cand.name.begin; w < cand.name.end; ++w) c.taken[w] = 1;
  if (cand.noun != kNoWord) c.taken[cand.noun] = 1;
  if (cand.second_noun != kNoWord) c.taken[cand.second_noun] = 1;
}

/// A noun of the lexicons that only stands first in a sentence: its capital makes no name of it.
bool common_noun(Context& c, WordId w) {
  if (w != c.analysis.sentence(w).words.begin || !c.noun_info(w).any()) return false;
  return !c.inner_names.contains(c.lower_form(w));
}

const KnownName* known_name(const Context& c, WordRange name) {
  return c.knowledge.gazetteer.find(c.name_text(name),
                                    c.analysis.sentence(name.begin).language.view());
}

/// "State media KCNA", "broadcaster MRTV": the noun before a name that the model took into it.
WordRange without_nouns(Context& c, WordRange range) {
  for (WordId w = range.begin; w + 1 < range.end; ++w) {
    const LemmaInfo info = c.noun_info(w);
    const bool noun = info.medium || (info.body && info.body->use != NounUse::kName);
    // "Kanal Norge" is a name, though a country stands in it.
    const WordRange rest{w + 1, range.end};
    const KnownName* known = known_name(c, rest);
    const bool common = !starts_upper(c.analysis.form(w)) ||
                        (known != nullptr && known->type == EntityType::kOrganisation);
    const bool linked = rest.contains(c.word(w).head) || c.word(head_of(c, rest)).head == w;
    if (noun && common && linked && starts_upper(c.analysis.form(w + 1))) return rest;
  }
  return range;
}

void add_name(Context& c, WordRange range, std::string_view ner, std::string_view guess = {}) {
  if (range.empty() || !free_range(c, range)) return;
  const KnownName* whole = known_name(c, range);
  if (!whole && range.size() > 1)
    if (const WordRange rest = without_nouns(c, range); rest != range) {
      range = rest;
      whole = known_name(c, range);
    }
  const LanguageLexicon* l = c.lexicon(range.begin);
  if (l && range.size() == 1 && l->not_names.contains(c.lower_form(range.begin))) return;
  Candidate cand;
  cand.ner = ner;
  cand.guess = guess;
  if (!whole && range.size() == 1 && common_noun(c, range.begin)) return;
  const uint32_t title = whole ? 0 : title_length(c, range);
  if (title == range.size()) return;  // "the Prime Minister": a role, not a name
  cand.name = {range.begin + title, range.end};
  if (title == 0 && !whole) cand.name = with_body_noun(c, cand.name);
  // A person may be called as a body is ("Amnesty"); not in capitals, nor by several words.
  const bool surely = range.size() > 1 || !has_lower(c.analysis.form(range.begin));
  cand.known = ner == "PER" && !surely ? nullptr : whole;
  cand.head = head_of(c, {range.begin, cand.name.end});
  read_title(c, cand, {range.begin, range.begin + title});
  take(c, cand);
  set_gender(c, cand);
  cand.words = noun_phrase(c, cand.head, {std::min(cand.name.begin, range.begin), cand.name.end});
  if (cand.noun != kNoWord) {
    cand.words.begin = std::min(cand.words.begin, cand.noun);
    cand.words.end = std::max(cand.words.end, cand.noun + 1);
  }
  read_phrase(c, cand);
  c.candidates.push_back(std::move(cand));
}

/// The longest known name that begins at `w`, or an empty range.
WordRange known_at(Context& c, WordId w) {
  if (!starts_upper(c.analysis.form(w))) return {};
  const SentenceInfo& s = c.analysis.sentence(w);
  const Gazetteer& g = c.knowledge.gazetteer;
  if (g.begins_name(c.lower_form(w))) {
    const auto most = std::min<size_t>(Gazetteer::kMaxWords, s.words.end - w);
    for (auto n = static_cast<uint32_t>(most); n > 1; --n)
      if (g.find(c.name_text({w, w + n}), s.language.view())) return {w, w + n};
  }
  const Upos pos = c.word(w).upos;
  const std::string_view form = c.analysis.form(w);
  const bool letters = form.size() >= 3 && std::all_of(form.begin(), form.end(), [](char ch) {
                         return ch >= 'A' && ch <= 'Z';
                       });
  // "Fars, a news agency": what it is called tells a name from a noun that begins the sentence.
  const WordId called = c.tree.child(w, Rel::kAppos);
  const bool medium = called != kNoWord && called > w && c.noun_info(called).medium;
  const bool proper = pos == Upos::kPropn || pos == Upos::kX || letters || medium ||
                      (pos == Upos::kNoun && c.capital_inside(w));
  return proper && g.find(c.name_text({w, w + 1}), s.language.view()) ? WordRange{w, w + 1}
                                                                      : WordRange{};
}

/// Whether two neighbouring proper nouns belong to one name by the tree.
bool joined(const Context& c, WordRange run, WordId next) {
  const Word& n = c.word(next);
  if (run.contains(n.head))
    return n.rel == Rel::kFlat || n.rel == Rel::kCompound || n.rel == Rel::kNmod ||
           n.rel == Rel::kGoeswith;
  // "SANT ORRIN (AP) –": a dateline, which parsers have seldom seen.
  if (run.begin == c.analysis.sentence(next).words.begin &&
      all_capitals(c.analysis.form(next - 1)) && all_capitals(c.analysis.form(next)))
    return true;
  const WordId top = head_of(c, run);
  if (c.word(top).head == next) return true;
  // Two subjects side by side are one that the parser has not joined.
  if (n.head != kNoWord && c.word(top).head == n.head && c.word(top).rel == n.rel) return true;
  return n.head != kNoWord && c.word(top).head == n.head && c.word(top).rel != Rel::kNsubj &&
         n.rel != Rel::kNsubj && c.word(n.head).upos == Upos::kPropn;
}

bool may_be_named(Context& c, WordId w) {
  return w < c.analysis.words.size() && !c.taken[w] && c.is_proper(w);
}

/// "Sung" of "Lee Sung-jun", "Hwasong" of "Hwasong-11": English words are parted at hyphens, names
/// are not. "NATO-led" is no name.
WordRange with_hyphens(const Context& c, WordRange run) {
  const auto glued = [&](WordId hyphen) {
    return c.analysis.form(hyphen) == "-" && !c.word(hyphen - 1).space_after &&
           !c.word(hyphen).space_after;
  };
  const WordRange sentence = c.analysis.sentence(run.begin).words;
  const auto named = [&](WordId w) {
    const Upos pos = c.word(w).upos;
    return !c.taken[w] && (starts_upper(c.analysis.form(w)) || pos == Upos::kPropn ||
                           pos == Upos::kNum || pos == Upos::kX);
  };
  while (run.end + 1 < sentence.end && glued(run.end) && named(run.end + 1)) run.end += 2;
  while (run.begin >= sentence.begin + 2 && glued(run.begin - 1) && !c.taken[run.begin - 2] &&
         starts_upper(c.analysis.form(run.begin - 2)))
    run.begin -= 2;
  return run;
}

/// Takes in the proper nouns that follow and belong to the name, also behind "&" ("Penrose & Co").
WordRange with_followers(Context& c, WordRange run) {
  const WordId end = c.analysis.sentence(run.begin).words.end;
  while (run.end < end) {
    run = with_hyphens(c, run);
    if (run.end >= end) break;
    if (may_be_named(c, run.end) && joined(c, run, run.end)) {
      ++run.end;
    } else if (run.end + 1 < end && c.analysis.form(run.end) == "&" &&
               may_be_named(c, run.end + 1)) {
      run.end += 2;
    } else {
      break;
    }
  }
  return run;
}

/// "Ministry of Health": only after a word that names bodies, which needs what comes after "of".
WordRange with_of(Context& c, WordRange run) {
  const WordId end = c.analysis.sentence(run.begin).words.end;
  const LanguageLexicon* l = c.lexicon(run.begin);
  const NameHint* hint = l ? c.knowledge.gazetteer.hint({"", c.lower_form(run.end - 1)}) : nullptr;
  if (!hint || hint->type != EntityType::kOrganisation || run.end + 1 >= end ||
      l->case_role(c.lower_form(run.end)) != CaseRole::kOf)
    return run;
  WordId next = run.end + 1;
  if (!may_be_named(c, next) && c.word(next).rel == Rel::kDet) ++next;
  if (next < end && may_be_named(c, next)) run.end = with_followers(c, {next, next + 1}).end;
  return run;
}

/// Whether a capitalised word right before the name hangs on it ("Rail" of "Rail Safety Office"),
/// or must belong to it because the name is only a word for bodies ("Makerere University").
bool leads(Context& c, WordId w, WordRange r) {
  if (w <= c.analysis.sentence(r.begin).words.begin || !may_be_named(c, w)) return false;
  if (!starts_upper(c.analysis.form(w)) || c.name_text({w, w + 1}) != c.analysis.form(w))
    return false;
  const Rel rel = c.word(w).rel;
  if ((rel == Rel::kCompound || rel == Rel::kFlat) && r.contains(c.word(w).head)) return true;
  const NameHint* hint = c.knowledge.gazetteer.hint({"", c.lower_form(r.end - 1)});
  if (!hint || hint->type != EntityType::kOrganisation) return false;
  return (rel == Rel::kAmod && r.contains(c.word(w).head)) ||
         (r.size() == 1 && c.word(r.begin).head == w);
}

/// "the Drivers' Federation": a common noun with a capital and a genitive of its own.
bool owns(Context& c, WordId w, WordRange r) {
  const WordId first = c.analysis.sentence(r.begin).words.begin;
  return w > first + 1 && c.word(w).rel == Rel::kCase && c.word(w).upos == Upos::kPart &&
         c.word(w - 1).upos == Upos::kNoun && may_be_named(c, w - 1) &&
         c.word(w - 2).rel == Rel::kDet && r.contains(c.word(w - 1).head);
}

WordRange with_leaders(Context& c, WordRange r) {
  while (r.begin > 0 && leads(c, r.begin - 1, r)) --r.begin;
  if (r.begin > 1 && owns(c, r.begin - 1, r)) r.begin -= 2;
  return r;
}

/// The model's span may stop short of the name: "Kari" of "Kari Lie", "Safety Office" of "Rail
/// Safety Office", "University" of "University of Brennby".
WordRange completed(Context& c, WordRange r) {
  const WordId end = c.analysis.sentence(r.begin).words.end;
  r = with_hyphens(c, r);
  while (r.end < end && c.word(r.end).upos == Upos::kPropn && !c.taken[r.end] &&
         ((r.contains(c.word(r.end).head) && c.word(r.end).rel == Rel::kFlat) ||
          (c.word(head_of(c, r)).head == r.end && c.word(head_of(c, r)).rel == Rel::kCompound)))
    r = with_hyphens(c, {r.begin, r.end + 1});
  if (r.end + 1 < end && c.analysis.form(r.end) == "&" && may_be_named(c, r.end + 1)) r.end += 2;
  return with_of(c, with_leaders(c, r));
}

WordRange proper_run(Context& c, WordId w) {
  return with_of(c, with_leaders(c, with_followers(c, {w, w + 1})));
}

/// A name tagged as a common noun at the beginning of a sentence, where its capital tells nothing.
bool named_elsewhere(Context& c, WordId w) {
  const Upos pos = c.word(w).upos;
  if (pos != Upos::kNoun && pos != Upos::kX && pos != Upos::kAdj) return false;
  return starts_upper(c.analysis.form(w)) && c.name_ends.contains(c.lower_form(w)) &&
         !c.noun_info(w).any();
}

/// Whether a span of the model looks like a name: a capital in it, no verb and no day of the week.
bool looks_like_name(const Context& c, WordRange r) {
  bool upper = false;
  const LanguageLexicon* l = c.lexicon(r.begin);
  for (WordId w = r.begin; w < r.end; ++w) {
    const bool capital = starts_upper(c.analysis.form(w));
    const Upos pos = c.word(w).upos;
    upper = upper || capital;
    if (!capital && (pos == Upos::kVerb || pos == Upos::kAux || pos == Upos::kPron)) return false;
    if (l && l->not_names.contains(c.lower_form(w))) return false;
  }
  return upper;
}

/// The span without function words and common nouns at its ends; empty if it names nothing.
WordRange trimmed(Context& c, WordRange r) {
  const auto outside = [&](WordId w, bool last) {
    if (starts_upper(c.analysis.form(w))) return false;
    const Upos pos = c.word(w).upos;
    if (pos == Upos::kPropn || pos == Upos::kNum) return false;
    if (pos == Upos::kNoun && last) return !c.noun_info(w).any() && c.word(w).rel != Rel::kFlat;
    return pos != Upos::kX && pos != Upos::kSym;
  };
  if (!looks_like_name(c, r)) return {};
  // "Norges fiskeridepartement": a genitive before a common noun owns it and is the name itself.
  const WordId last = r.end - 1;
  if (r.size() > 1 && !starts_upper(c.analysis.form(last)) && c.noun_info(last).any())
    for (WordId w = r.begin; w < last; ++w)
      if (c.analysis.has(w, "Case=Gen") || c.name_text({w, w + 1}) != c.analysis.form(w))
        return {r.begin, w + 1};
  while (!r.empty() && outside(r.begin, false)) ++r.begin;
  while (!r.empty() && outside(r.end - 1, true)) --r.end;
  return r;
}

/// Languages whose name model can be believed here: one that is untrained or lost marks spans that
/// cannot be names, and then all of its spans are left.
std::vector<LanguageCode> trusted_languages(const Context& c) {
  std::vector<LanguageCode> codes;
  std::vector<std::pair<uint32_t, uint32_t>> counts;  // good, all
  for (const NameSpan& n : c.analysis.names) {
    if (n.words.empty()) continue;
    const LanguageCode code = c.analysis.sentence(n.words.begin).language;
    const auto at = std::find(codes.begin(), codes.end(), code) - codes.begin();
    if (static_cast<size_t>(at) == codes.size()) codes.push_back(code), counts.emplace_back(0, 0);
    counts[at].first += looks_like_name(c, n.words);
    ++counts[at].second;
  }
  std::vector<LanguageCode> out;
  for (size_t i = 0; i < codes.size(); ++i)
    if (counts[i].second < 4 || 4 * counts[i].first >= 3 * counts[i].second)
      out.push_back(codes[i]);
  return out;
}

/// Kickers of captions are set in capitals and are no part of a sentence: nothing is read in them.
void leave_kickers(Context& c) {
  for (const SentenceInfo& s : c.analysis.sentences) {
    const auto& kicker = c.article.blocks[s.block].kicker;
    if (!kicker) continue;
    for (WordId w = s.words.begin; w < s.words.end; ++w)
      if (kicker->contains(c.word(w).span)) c.taken[w] = 1;
  }
}

}  // namespace

void find_names(Context& c) {
  const Analysis& a = c.analysis;
  c.taken.assign(a.words.size(), 0);
  leave_kickers(c);
  for (const NameSpan& n : a.names)
    if (!n.words.empty()) c.name_ends.insert(c.lower_form(n.words.end - 1));
  for (WordId w = 0; w < a.words.size(); ++w) {
    if (c.word(w).upos != Upos::kPropn) continue;
    c.name_ends.insert(c.lower_form(w));
    if (w != a.sentence(w).words.begin) c.inner_names.insert(c.lower_form(w));
  }
  std::vector<WordRange> known;
  for (WordId w = 0; w < a.words.size(); ++w)
    if (const WordRange r = known_at(c, w); r.size() > 1) add_name(c, r, ""), w = r.end - 1;
  const std::vector<LanguageCode> trusted = trusted_languages(c);
  for (const NameSpan& n : a.names) {
    if (a.strings.view(n.type) == "DRV" || n.words.empty()) continue;
    const LanguageCode code = a.sentence(n.words.begin).language;
    if (std::find(trusted.begin(), trusted.end(), code) == trusted.end()) continue;
    const WordRange r = trimmed(c, n.words);
    if (r.empty()) continue;
    const LanguageLexicon* l = c.lexicon(r.begin);
    const bool types = !l || l->name_types;
    const bool owner = r.begin == n.words.begin && r.end < n.words.end;  // its type is the whole's
    const std::string_view type = owner ? std::string_view() : a.strings.view(n.type);
    add_name(c, completed(c, r), types ? type : std::string_view(),
             types ? std::string_view() : type);
  }
  for (WordId w = 0; w < a.words.size(); ++w) {
    if (c.taken[w]) continue;
    if (c.is_proper(w))
      add_name(c, proper_run(c, w), "");
    else if (const WordRange r = known_at(c, w); !r.empty())
      add_name(c, r, "");
    else if (named_elsewhere(c, w))
      add_name(c, {w, w + 1}, "");
  }
}

}  // namespace avstand::entity
