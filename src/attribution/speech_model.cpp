#include "attribution/speech_model.h"

#include <algorithm>
#include <cctype>
#include <set>

namespace avstand {
namespace {

/// Bounds a score, so that the exponential of a whole speech's is a number.
constexpr float kMostCertain = 15;

/// ASCII letters in lower case, other bytes as they are.
std::string lower_ascii(std::string_view s) {
  std::string out(s);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char ch) { return ch < 128 ? std::tolower(ch) : ch; });
  return out;
}

/// The persons that the sentence's pronouns speak of, outside marks: "1", "2", "3" in order.
std::string persons(const FrameContext& c, WordRange words) {
  bool first = false, second = false, third = false;
  for (WordId w = words.begin; w < words.end; ++w) {
    const std::string lemma = lower_ascii(c.analysis.lemma(w)),
                      form = lower_ascii(c.analysis.form(w));
    if (c.lexicon.is(lemma, CueRole::kFirst) || c.lexicon.is(form, CueRole::kFirst))
      first = true;
    else if (c.lexicon.is(lemma, CueRole::kSecond) || c.lexicon.is(form, CueRole::kSecond))
      second = true;
    else if (c.analysis.has(w, "PronType=Prs") && !c.analysis.has(w, "Gender=Neut"))
      third = true;
  }
  return std::string(first ? "1" : "") + (second ? "2" : "") + (third ? "3" : "");
}

WordId root_of(const Analysis& a, WordRange words) {
  for (WordId w = words.begin; w < words.end; ++w)
    if (a.words[w].head == kNoWord) return w;
  return words.begin;
}

/// Tense of the clause: of the root, or of what carries the finite verb for it.
std::string tense(const FrameContext& c, WordId root) {
  const Analysis& a = c.analysis;
  for (const std::string_view t : {"Tense=Past", "Tense=Pres"})
    if (a.has(root, t)) return std::string(t);
  for (const WordId child : c.tree.children(root)) {
    if (a.words[child].rel != Rel::kAux && a.words[child].rel != Rel::kCop) continue;
    for (const std::string_view t : {"Tense=Past", "Tense=Pres"})
      if (a.has(child, t)) return std::string(t);
  }
  return "none";
}

/// What follows a run of speech: another dash, other text of the block, or its end.
std::string behind(const Analysis& a, uint32_t end) {
  if (end >= a.sentences.size()) return "end";
  if (a.sentences[end].block != a.sentences[end - 1].block) return "block";
  const bool question = a.form(a.sentences[end].words.end - 1) == "?";
  return is_dash(a.form(a.sentences[end].words.begin)) ? (question ? "dash?" : "dash") : "text";
}

}  // namespace

void continuation_features(const FrameContext& c, const Continuation& x,
                           std::vector<std::string>& out) {
  const Analysis& a = c.analysis;
  const WordRange words = a.sentences[x.sentence].words;
  const WordId root = root_of(a, words);
  bool name = false;
  for (WordId w = words.begin; w < words.end; ++w) name = name || a.words[w].upos == Upos::kPropn;
  const std::string who = persons(c, words), when = tense(c, root);
  const std::string before = persons(c, a.sentences[x.sentence - 1].words);
  const std::string_view end =
      a.words[words.end - 1].upos == Upos::kPunct ? a.form(words.end - 1) : "none";
  const uint32_t n = x.sentence - x.first;
  const auto add = [&](std::string f) { out.push_back("sp:" + std::move(f)); };
  add("bias");
  add("who=" + who);
  add("who=" + who + "|" + before);
  add("when=" + when + "|" + who);
  add("when=" + when + tense(c, root_of(a, a.sentences[x.first].words)));
  add("name=" + std::to_string(name) + who);
  add("end=" + std::string(end));
  add("n=" + std::to_string(std::min<uint32_t>(n, 5)));
  add("root=" + lower_ascii(a.lemma(root)));
  add("first=" + lower_ascii(a.lemma(words.begin)));
  add("firstpos=" + std::string(to_string(a.words[words.begin].upos)));
  add("len=" + std::to_string(std::min<uint32_t>(words.size() / 5, 6)));
  if (x.narrated) add("narrated");
  if (x.sentence + 1 == x.end) add("last");
  // In an interview all between two dashes is speech.
  const std::string after = behind(a, x.end);
  const auto left = std::to_string(std::min<uint32_t>(x.end - x.sentence - 1, 4));
  add("after=" + after + left);
  add("after=" + after + who);
  add("after=" + after + when);
  const bool answer = x.first > 0 && a.form(a.sentences[x.first - 1].words.end - 1) == "?";
  add("answer=" + std::to_string(answer) + after);
  add("answer=" + std::to_string(answer) + who);
  std::set<std::string> lemmas;
  for (WordId w = words.begin; w < words.end; ++w) lemmas.insert(lower_ascii(a.lemma(w)));
  for (const std::string& lemma : lemmas) add("word=" + lemma);
}

float continuation_score(const FrameContext& c, const Continuation& x) {
  std::vector<std::string> features;
  continuation_features(c, x, features);
  return std::clamp(c.lexicon.roles->speech(features), -kMostCertain, kMostCertain);
}

}  // namespace avstand
