#include "attribution/frame_model.h"

#include <algorithm>
#include <cmath>

#include "base/hash.h"

namespace avstand {
namespace {

/// What the source phrase looks like.
std::string source_kind(const FrameContext& c, const Candidate& cand) {
  if (cand.source_head == kNoWord) return "none";
  const Analysis& a = c.analysis;
  const WordId s = cand.source_head;
  if (a.words[s].upos == Upos::kPron || a.words[s].upos == Upos::kDet) {
    if (c.lexicon.is(a.lemma(s), CueRole::kFirst)) return "first";
    if (a.has(s, "PronType=Prs")) return "pron" + std::string(a.has(s, "Gender=Neut") ? "n" : "");
    return "pronother";
  }
  if (a.words[s].upos == Upos::kPropn) return "name";
  for (const WordId child : c.tree.children(s))
    if (a.words[child].upos == Upos::kPropn &&
        (a.words[child].rel == Rel::kFlat || a.words[child].rel == Rel::kAppos))
      return "titlename";
  return std::string(to_string(a.words[s].upos));
}

std::string_view length_bucket(uint32_t n) {
  return n <= 1 ? "1" : n <= 3 ? "3" : n <= 6 ? "6" : n <= 12 ? "12" : n <= 25 ? "25" : "26+";
}

/// The form of the content: clause marker, finiteness, part of speech.
std::string content_kind(const FrameContext& c, const Candidate& cand) {
  const Analysis& a = c.analysis;
  const WordId h = cand.content_head;
  std::string out(to_string(a.words[h].upos));
  WordId mark = c.tree.child(h, Rel::kMark);
  bool finite = a.has(h, "VerbForm=Fin");
  for (const WordId child : c.tree.children(h)) {
    const Rel r = a.words[child].rel;
    if ((r == Rel::kAux || r == Rel::kCop) && a.has(child, "VerbForm=Fin")) finite = true;
  }
  out += finite ? "+fin" : "-fin";
  if (mark != kNoWord) out += "+" + std::string(a.lemma(mark));
  return out;
}

std::string verb_form(const FrameContext& c, WordId w) {
  const Analysis& a = c.analysis;
  for (const std::string_view f :
       {"VerbForm=Inf", "VerbForm=Ger", "Mood=Imp", "Tense=Pres", "Tense=Past", "VerbForm=Part"})
    if (a.has(w, f)) return std::string(f.substr(f.find('=') + 1));
  return "none";
}

std::string adpositions(const FrameContext& c, const Candidate& cand) {
  std::string out;
  for (const WordRange r : cand.cue_words)
    for (WordId w = r.begin; w < r.end; ++w)
      if (w != cand.cue && c.analysis.words[w].upos == Upos::kAdp)
        out += "_" + std::string(c.analysis.lemma(w));
  return out;
}

bool in_quotes(const QuotationMap& quotes, WordId w) { return quotes.quoted_at(w) != nullptr; }

}  // namespace

std::string lower_ascii(std::string_view s) {
  std::string out(s);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char ch) { return ch < 128 ? std::tolower(ch) : ch; });
  return out;
}

float probability(const CueLexicon::Language& lexicon, const std::vector<std::string>& features) {
  const auto& weights = lexicon.frames->weights;
  float sum = 0;
  for (const std::string& f : features)
    if (const auto it = weights.find(xxh64(f)); it != weights.end()) sum += it->second;
  return 1.0F / (1.0F + std::exp(-sum));
}

void frame_features(const FrameContext& c, const QuotationMap& quotes, const Candidate& cand,
                    std::vector<std::string>& out) {
  const Analysis& a = c.analysis;
  const std::string frame(to_string(cand.frame));
  const std::string lemma = lower_ascii(a.lemma(cand.cue));
  const std::string cue = lemma + adpositions(c, cand);
  const std::string source = source_kind(c, cand);
  const std::string content = content_kind(c, cand);
  const CueEntry* entry = c.lexicon.find(a.words[cand.cue].upos, a.lemma(cand.cue));
  const std::string act = entry == nullptr ? "unlisted" : std::string(to_string(entry->act));
  const std::string order = cand.content_first ? "<" : ">";
  const std::string rel(to_string(a.words[cand.content_head].rel));
  const std::string quoted = in_quotes(quotes, cand.content.front().begin) ? "q"
                             : quotes.marked(cand.content.front().begin)   ? "d"
                                                                           : "-";
  const auto add = [&](std::string f) { out.push_back(std::move(f)); };
  add("f=" + frame);
  add("f=" + frame + order);
  add("l=" + lemma);
  add("lf=" + cue + "|" + frame);
  add("lr=" + lemma + "|" + rel);
  add("lo=" + lemma + "|" + order + source);
  add("ls=" + lemma + "|" + source);
  add("lc=" + lemma + "|" + content);
  add("af=" + act + "|" + frame);
  add("as=" + act + "|" + frame + "|" + source);
  add("ac=" + act + "|" + frame + "|" + content);
  add("s=" + frame + "|" + source);
  add("c=" + frame + "|" + content);
  add("r=" + frame + "|" + rel);
  add("len=" + frame + "|" + std::string(length_bucket(count_words(cand.content))));
  add("cue=" + std::string(to_string(a.words[cand.cue].upos)) + "|" + frame + "|" +
      verb_form(c, cand.cue));
  add("lv=" + lemma + "|" + verb_form(c, cand.cue));
  add("crel=" + frame + "|" + std::string(to_string(a.words[cand.cue].rel)));
  add("q=" + frame + "|" + order + quoted + (in_quotes(quotes, cand.cue) ? "Q" : "-"));
  if (cand.frame == Frame::kSurfaceRight || cand.frame == Frame::kSurfaceLeft) {
    const WordId edge =
        cand.content_first ? cand.content.back().end - 1 : cand.content.front().begin;
    add("edge=" + frame + "|" + lower_ascii(a.lemma(edge)));
    add("ledge=" + lemma + "|" + frame + "|" + std::string(to_string(a.words[edge].upos)));
    const WordId behind = cand.cue + 1 < a.sentence(cand.cue).words.end ? cand.cue + 1 : cand.cue;
    add("behind=" + frame + "|" + std::string(to_string(a.words[behind].upos)) + "|" + act);
    add("clause=" + frame + "|" +
        (c.tree.child(cand.cue, Rel::kCcomp) != kNoWord   ? "ccomp"
         : c.tree.child(cand.cue, Rel::kXcomp) != kNoWord ? "xcomp"
                                                          : "none") +
        "|" + act);
    add("srcdist=" + frame + "|" +
        (cand.source_head == kNoWord   ? "none"
         : cand.source_head < cand.cue ? "before"
                                       : "after"));
  }
  if (quotes.dash_at(a.sentence_of[cand.cue]) != nullptr) add("dash=" + frame + order);
  if (is_negated(c, cand.cue)) {
    add("neg=" + frame);
    add("neg=" + lemma);
  }
  if (is_passive(c, cand.cue)) {
    add("pass=" + frame);
    add("pass=" + lemma);
  }
  for (const WordId child : c.tree.children(cand.cue))
    if (a.words[child].rel == Rel::kAux) add("aux=" + frame + "|" + lower_ascii(a.lemma(child)));
  if (cand.frame == Frame::kNounPhrase || cand.frame == Frame::kVerbPhrase)
    add("cl=" + frame + "|" + lower_ascii(a.lemma(cand.content_head)));
}

void score_candidates(const FrameContext& c, const QuotationMap& quotes,
                      std::vector<Candidate>& candidates) {
  std::vector<std::string> features;
  for (Candidate& cand : candidates) {
    features.clear();
    frame_features(c, quotes, cand, features);
    cand.probability = probability(c.lexicon, features);
  }
}

}  // namespace avstand
