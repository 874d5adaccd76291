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
    if (c_.lexicon.verbs.find(a_.lemma(v)) == c_.lexicon.verbs.end()) return;
    surface_right(v);
    surface_left(v);
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
    push(std::move(cand));
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
    if (found == kNoWord && cand.frame == Frame::kSurfaceLeft)
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
