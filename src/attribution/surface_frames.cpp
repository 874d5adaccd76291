#include "attribution/surface_frames.h"

#include <algorithm>

#include "attribution/frame_builder.h"

namespace avstand {
namespace {

/// Words between a comma and the verb of an inquit, at most.
constexpr uint32_t kMaxInquitWords = 14;

class SurfaceFrames : private FrameBuilder {
 public:
  using FrameBuilder::FrameBuilder;

  /// For words that the lexicon knows as reporting verbs, however the tagger took them.
  void visit(WordId v) {
    if (a_.words[v].upos == Upos::kNoun && c_.lexicon.nouns.contains(a_.lemma(v))) behind_noun(v);
    if (c_.lexicon.verbs.find(a_.lemma(v)) == c_.lexicon.verbs.end()) return;
    surface_right(v);
    if (has_marked_clause(v) && !quoted_before(v))
      return;  // "In C, says S that C": what stands before is a place
    surface_left(v);
    between_commas(v);
    inside_clause(v);
  }

 private:
  /// "S V C" with the content to the end of the sentence.
  void surface_right(WordId v) {
    const WordRange sentence = a_.sentence(v).words;
    WordId begin = v + 1;
    while (begin < sentence.end && skip_after_verb(begin)) ++begin;
    if (begin + 2 >= sentence.end) return;
    // "confirmed by S" has no content behind it; "boasts of that C" has.
    if (c_.lexicon.is(a_.lemma(begin), CueRole::kAgent) && a_.words[begin + 1].upos != Upos::kSconj)
      return;
    Candidate cand = make(Frame::kSurfaceRight, v);
    cand.content_head = begin;
    set_source(cand, v);
    if (cand.source_head == kNoWord || cand.source_head > v) set_source_near(cand, v, sentence);
    cand.content = trim_content(
        a_, subtract(subtract({{begin, sentence.end}}, cand.cue_words), cand.source), false);
    push_to_comma(cand, begin);
    push(std::move(cand));
  }

  /// The same up to the first comma, dash or semicolon that leaves two words or more.
  void push_to_comma(Candidate cand, WordId begin) {
    const WordId end = cand.content.empty() ? begin : cand.content.back().end;
    WordId w = begin + 2;
    while (w < end && !breaks(w)) ++w;
    if (w >= end) return;
    cand.frame = Frame::kShort;
    cand.content =
        trim_content(a_, subtract(subtract({{begin, w}}, cand.cue_words), cand.source), false);
    push(std::move(cand));
  }

  bool breaks(WordId w) const {
    if (a_.words[w].upos != Upos::kPunct) return false;
    const std::string_view f = a_.form(w);
    return f == "," || f == ";" || f == "--" || is_dash(f);
  }

  /// "S's N that C", wherever the tree has hung the clause: from its first word to a comma.
  void behind_noun(WordId n) {
    const WordRange sentence = a_.sentence(n).words;
    WordId begin = n + 1;
    std::vector<WordId> adposition;
    if (begin < sentence.end && a_.words[begin].upos == Upos::kAdp) adposition.push_back(begin++);
    if (begin + 2 >= sentence.end) return;
    const Upos first = a_.words[begin].upos;
    if (first != Upos::kSconj && first != Upos::kPart && adposition.empty()) return;
    Candidate cand = make(Frame::kSurfaceRight, n);
    add_to_cue(cand, adposition);
    cand.content_head = begin;
    const WordId owner = possessor(n);
    const WordId head = a_.words[n].head;
    if (owner != kNoWord)
      set_source_head(cand, owner);
    else if (head != kNoWord && a_.words[n].rel == Rel::kObj)
      set_source(cand, head);
    WordId end = begin + 2;
    while (end < sentence.end && !breaks(end)) ++end;
    cand.content =
        trim_content(a_, subtract(subtract({{begin, end}}, cand.cue_words), cand.source), false);
    push(std::move(cand));
  }

  WordId possessor(WordId n) const {
    for (const WordId child : tree_.children(n))
      if (a_.rel_subtype(child) == "poss" || a_.has(child, "Poss=Yes")) return child;
    return kNoWord;
  }

  bool skip_after_verb(WordId w) const {
    return a_.words[w].upos == Upos::kPunct && !is_quotation_mark(a_.form(w));
  }

  /// "C, S V" or "C, V S" with the content from the beginning of the sentence to the comma.
  void surface_left(WordId v) {
    const WordRange sentence = a_.sentence(v).words;
    WordId comma = v;
    while (comma > sentence.begin && v - comma < kMaxInquitWords && !parts(comma)) --comma;
    if (comma <= sentence.begin + 1 || !parts(comma)) return;
    Candidate cand = make(Frame::kSurfaceLeft, v);
    cand.content_head = comma - 1;
    cand.content_first = true;
    set_source(cand, v);
    if (cand.source_head == kNoWord || cand.source_head < comma)
      set_source_near(cand, v, {comma + 1, sentence.end});
    const WordId end = is_quotation_mark(a_.form(comma)) ? comma + 1 : comma;
    cand.content = trim_content(
        a_, subtract(subtract({{sentence.begin, end}}, cand.cue_words), cand.source), false);
    push(std::move(cand));
  }

  /// "C, S V, C": the sentence on both sides of an inquit between commas.
  void between_commas(WordId v) {
    const WordRange sentence = a_.sentence(v).words;
    WordId left = v, right = v;
    while (left > sentence.begin && v - left < kMaxInquitWords && !parts(left)) --left;
    while (right + 1 < sentence.end && right - v < kMaxInquitWords && !parts(right)) ++right;
    if (left <= sentence.begin + 1 || right + 2 >= sentence.end || !parts(left) || !parts(right))
      return;
    around(v, {sentence.begin, left}, {left + 1, right}, {right + 1, sentence.end});
  }

  /// "C V S C" ("rare I find it", "that say we is true"): the subject stands right behind its verb
  /// and what is said on both sides of them.
  void inside_clause(WordId v) {
    const WordRange sentence = a_.sentence(v).words;
    const WordId subject = tree_.child(v, Rel::kNsubj);
    if (subject == kNoWord || subject < v) return;
    const Ranges phrase = source_phrase(c_, subject);
    if (phrase.front().begin != v + 1 || phrase.back().end + 1 >= sentence.end) return;
    if (a_.words[phrase.back().end].upos == Upos::kPunct) return;  // "That says S, who …"
    WordId begin = v;
    while (begin > sentence.begin && a_.words[begin - 1].upos != Upos::kPunct) --begin;
    if (begin == v) return;
    around(v, {begin, v}, {v, phrase.back().end}, {phrase.back().end, sentence.end});
  }

  void around(WordId v, WordRange before, WordRange inquit, WordRange after) {
    Candidate cand = make(Frame::kSurfaceAround, v);
    cand.content_head = before.end - 1;
    cand.content_first = true;
    set_source(cand, v);
    if (cand.source_head == kNoWord || !inquit.contains(cand.source_head))
      set_source_near(cand, v, inquit);
    cand.content =
        trim_content(a_, subtract(subtract({before, after}, cand.cue_words), cand.source), false);
    if (cand.content.size() > 1) push(std::move(cand));
  }

  /// Whether a "that" clause behind the verb is what it reports.
  bool has_marked_clause(WordId v) const {
    for (const WordId d : tree_.children(v)) {
      if (d < v || a_.words[d].rel != Rel::kCcomp) continue;
      const WordId mark = tree_.child(d, Rel::kMark);
      if (mark != kNoWord && mark > v && a_.words[mark].upos == Upos::kSconj) return true;
    }
    return false;
  }

  bool quoted_before(WordId v) const {
    for (WordId w = a_.sentence(v).words.begin; w < v; ++w)
      if (is_quotation_mark(a_.form(w))) return true;
    return false;
  }

  /// A comma or closing mark that can part speech from its inquit.
  bool parts(WordId w) const {
    if (a_.words[w].upos != Upos::kPunct) return false;
    const std::string_view f = a_.form(w);
    return f == "," || f == "?" || f == "!" || is_quotation_mark(f);
  }

  /// The nominal nearest to the verb: before it, or just behind it in an inversion.
  void set_source_near(Candidate& cand, WordId v, WordRange within) const {
    const auto nominal = [&](WordId w) {
      const Upos u = a_.words[w].upos;
      return u == Upos::kPropn || u == Upos::kNoun || u == Upos::kPron;
    };
    WordId found = kNoWord;
    const WordId first = std::max(within.begin, v > kMaxInquitWords ? v - kMaxInquitWords : 0);
    for (WordId next = v; next > first; --next) {
      const WordId w = next - 1;
      if (a_.words[w].upos == Upos::kVerb || parts(w)) break;
      if (nominal(w)) {
        found = w;
        break;
      }
    }
    if (found == kNoWord && cand.frame != Frame::kSurfaceRight)
      for (WordId w = v + 1; w < within.end && w - v <= 3 && found == kNoWord; ++w)
        if (nominal(w)) found = w;
    if (found == kNoWord) {
      cand.source.clear();
      cand.source_head = kNoWord;
      return;
    }
    // The head of the phrase, as far as the tree keeps it on this side of the verb.
    for (int step = 0; step < 4; ++step) {
      const WordId head = a_.words[found].head;
      if (head == kNoWord || !nominal(head) || (head < v) != (found < v) || !within.contains(head))
        break;
      found = head;
    }
    set_source_head(cand, found);
  }
};

}  // namespace

void find_surface_candidates(const FrameContext& context, WordId word,
                             std::vector<Candidate>& out) {
  SurfaceFrames(context, out).visit(word);
}

}  // namespace avstand
