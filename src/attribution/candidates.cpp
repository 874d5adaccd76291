#include "attribution/candidates.h"

#include <algorithm>

#include "attribution/frame_builder.h"
#include "attribution/surface_frames.h"

namespace avstand {
namespace {

bool is_clause(Rel rel) { return rel == Rel::kCcomp || rel == Rel::kXcomp || rel == Rel::kCsubj; }

/// Builds the candidates that hang on one word.
class FrameFinder : private FrameBuilder {
 public:
  using FrameBuilder::FrameBuilder;

  void visit(WordId w) {
    if (is_end_of_compound(w)) return;
    switch (a_.words[w].upos) {
      case Upos::kVerb:
        verb(w);
        break;
      case Upos::kAux:
        aux(w);
        break;
      case Upos::kNoun:
      case Upos::kPropn:
        noun(w);
        break;
      case Upos::kAdj:
      case Upos::kAdv:
        adjective(w);
        raising(w);
        adverb(w);
        break;
      default:
        break;
    }
    according(w);
    find_surface_candidates(c_, w, out_);
  }

 private:
  /// "so-called": what a hyphen joins to the word before reports nothing by itself.
  bool is_end_of_compound(WordId w) const {
    return w >= a_.sentence(w).words.begin + 2 && a_.form(w - 1) == "-" &&
           !a_.words[w - 1].space_after && !a_.words[w - 2].space_after;
  }

  // --- verbs ---------------------------------------------------------------------------------

  void verb(WordId v) {
    bool clause = false;
    for (const WordId d : tree_.children(v)) {
      const Rel rel = a_.words[d].rel;
      if (is_clause(rel)) {
        clause = true;
        verb_clause(v, d, Frame::kVerbClause);
      } else if (rel == Rel::kAdvcl && begins_with_adposition(d)) {
        clause = true;
        verb_clause(v, d, Frame::kVerbObliqueC);
      } else if (rel == Rel::kObj || (rel == Rel::kNsubj && is_passive(c_, v)) ||
                 rel == Rel::kIobj) {
        verb_phrase(v, d);
        naming(v, d);
      } else if (rel == Rel::kObl && d != find_agent(c_, v)) {
        verb_clause(v, d, Frame::kVerbObliqueC);
      } else if (rel == Rel::kParataxis && d > v) {
        verb_clause(v, d, Frame::kVerbClause);  // "S V: C" in some trees
      }
    }
    if (!clause) parenthetical(v);
    raising(v);
    relative(v);
    adjective(v);
  }

  /// Whether a nominal stands behind the adposition of an agent: "by S".
  bool is_agent(WordId d) const {
    const WordId mark = tree_.child(d, Rel::kCase);
    return mark != kNoWord && c_.lexicon.is(a_.lemma(mark), CueRole::kAgent);
  }

  /// Whether the first dependent of a clause is an adposition ("warns of that …").
  bool begins_with_adposition(WordId d) const {
    for (const WordId child : tree_.children(d))
      if (a_.words[child].upos == Upos::kAdp && child < d) return true;
    return false;
  }

  /// Marks before a complement that belong to the cue: "peker på | at".
  std::vector<WordId> leading_adpositions(WordId d) const {
    std::vector<WordId> out;
    for (const WordId child : tree_.children(d))
      if (child < d && a_.words[child].upos == Upos::kAdp &&
          (a_.words[child].rel == Rel::kCase || a_.words[child].rel == Rel::kMark))
        out.push_back(child);
    return out;
  }

  void verb_clause(WordId v, WordId d, Frame frame) {
    Candidate cand = make(frame, v);
    const auto adpositions = leading_adpositions(d);
    add_to_cue(cand, adpositions);
    cand.content_head = d;
    cand.content_first = d < v;
    set_source(cand, v);
    set_content(cand, d, cand.cue_words);
    push_short(cand);
    push_sources(cand, v);
    push_both(std::move(cand), v);
  }

  void verb_phrase(WordId v, WordId d) {
    Candidate cand = make(Frame::kVerbPhrase, v);
    cand.content_head = d;
    cand.content_first = d < v;
    set_source(cand, v);
    if (cand.source_head == kNoWord && d < v) set_inverted_source(cand, v);
    if (cand.source_head == d) return;
    set_content(cand, d, cand.cue_words);
    push_short(cand);
    push_sources(cand, v);
    push(std::move(cand));
  }

  /// The same with other sources than the frame gives: participles and infinitives share the
  /// subject of what they hang on, and what stirs somebody has him as its object.
  void push_sources(const Candidate& cand, WordId v) {
    const auto push_with = [&](WordId source, SourceBy by) {
      if (source == kNoWord || source == cand.source_head || source == cand.content_head ||
          overlaps(cand.content, {{source, source + 1}}))
        return;
      Candidate other = cand;
      other.source_head = source;
      other.source = subtract(source_phrase(c_, source), other.cue_words);
      if (other.source.empty() || overlaps(other.content, other.source)) return;
      other.source_by = by;
      push(std::move(other));
    };
    if (is_passive(c_, v)) return;  // its subject is spoken of or to
    push_with(governing_subject(v), SourceBy::kGovernor);
    if (cand.source_head == kNoWord) push_with(tree_.child(v, Rel::kNsubj), SourceBy::kIt);
    for (const WordId d : tree_.children(v))
      if (a_.words[d].rel == Rel::kObj || a_.words[d].rel == Rel::kIobj) {
        push_with(d, SourceBy::kObject);
        break;
      }
  }

  /// The nearest subject up the tree from a predicate that has none of its own.
  WordId governing_subject(WordId v) const {
    if (tree_.child(v, Rel::kNsubj) != kNoWord) return kNoWord;
    constexpr int kMostSteps = 4;
    WordId at = a_.words[v].head;
    for (int step = 0; step < kMostSteps && at != kNoWord; ++step) {
      const WordId subject = find_subject(c_, at);
      if (subject != kNoWord && subject != v) return subject;
      at = a_.words[at].head;
    }
    return kNoWord;
  }

  /// The same without the clauses behind its head that a comma or dash sets off ("…, which C"):
  /// often they are the writer's own, or hang on the wrong word.
  void push_short(Candidate cand) {
    std::vector<WordId> cut;
    for (const WordId child : tree_.children(cand.content_head)) {
      const Rel rel = a_.words[child].rel;
      if (child < cand.content_head ||
          (rel != Rel::kAcl && rel != Rel::kAdvcl && rel != Rel::kConj && rel != Rel::kParataxis &&
           rel != Rel::kAppos))
        continue;
      const auto words = tree_.subtree(child);
      const bool set_off = a_.words[words.front()].upos == Upos::kPunct ||
                           a_.words[words.front() - 1].upos == Upos::kPunct;
      if (set_off) cut.insert(cut.end(), words.begin(), words.end());
    }
    if (cut.empty()) return;
    std::sort(cut.begin(), cut.end());
    cand.frame = Frame::kShort;
    cand.content = trim_content(a_, subtract(cand.content, to_ranges(a_, cut)), false);
    push(std::move(cand));
  }

  /// "It confirm the police": a tree with an object on either side of a verb without subject has
  /// taken the inverted subject for the second.
  void set_inverted_source(Candidate& cand, WordId v) const {
    if (is_passive(c_, v) || tree_.child(v, Rel::kNsubj) != kNoWord) return;
    for (const WordId other : tree_.children(v))
      if (other > v && a_.words[other].rel == Rel::kObj) return set_source_head(cand, other);
  }

  /// "S calls C C": the object and what it is called are the content together.
  void naming(WordId v, WordId object) {
    for (const WordId d : tree_.children(v)) {
      const Rel rel = a_.words[d].rel;
      if (d <= object || (!is_clause(rel) && rel != Rel::kObl && rel != Rel::kAdvcl)) continue;
      if (a_.words[d].upos == Upos::kVerb && !is_clause(rel)) continue;
      Candidate cand = make(Frame::kNaming, v);
      cand.content_head = d;
      set_source(cand, v);
      if (cand.source_head == object || cand.source_head == d) continue;
      std::vector<WordId> words = tree_.subtree(object);
      const auto rest = tree_.subtree(d);
      words.insert(words.end(), rest.begin(), rest.end());
      std::sort(words.begin(), words.end());
      cand.content = trim_content(
          a_, subtract(subtract(to_ranges(a_, words), cand.cue_words), cand.source), false);
      push(std::move(cand));
    }
  }

  /// "C, S V": the verb hangs on the clause that it reports.
  void parenthetical(WordId v) {
    const Word& word = a_.words[v];
    if (word.head == kNoWord) return;
    if (word.rel == Rel::kParataxis) {
      clause_around(v, Frame::kParenthetical);
    } else if (word.rel == Rel::kAdvcl || word.rel == Rel::kAcl) {
      for (const WordId m : tree_.children(v))
        if ((a_.words[m].rel == Rel::kMark || a_.words[m].rel == Rel::kObj ||
             a_.words[m].rel == Rel::kAdvmod) &&
            m < v && c_.lexicon.is(a_.lemma(m), CueRole::kAs)) {
          clause_around(v, Frame::kAsClause);
          return;
        }
    }
  }

  /// Content is the clause of the head, without the cue's own subtree.
  void clause_around(WordId v, Frame frame) {
    Candidate cand = make(frame, v);
    cand.content_head = a_.words[v].head;
    cand.content_first = cand.content_head < v;
    set_source(cand, v);
    set_content(cand, cand.content_head, to_ranges(a_, tree_.subtree(v)));
    push(std::move(cand));
  }

  /// "C is believed to C", "C is charged with C": what is said of a passive's or a participle's
  /// subject is the content together with that subject.
  void raising(WordId v) {
    const WordId subject = tree_.child(v, Rel::kNsubj);
    if (subject == kNoWord || (!is_passive(c_, v) && tree_.child(v, Rel::kCop) == kNoWord)) return;
    for (const WordId d : tree_.children(v)) {
      const Rel rel = a_.words[d].rel;
      const bool said = rel == Rel::kXcomp || rel == Rel::kCcomp || rel == Rel::kAdvcl ||
                        (rel == Rel::kObl && d != find_agent(c_, v));
      if (said && d > v) raising_to(v, subject, d);
    }
  }

  void raising_to(WordId v, WordId subject, WordId predicate) {
    Candidate cand = make(Frame::kRaising, v);
    add_to_cue(cand, leading_adpositions(predicate));
    cand.content_head = predicate;
    std::vector<WordId> words = tree_.subtree(subject);
    const auto rest = tree_.subtree(predicate);
    words.insert(words.end(), rest.begin(), rest.end());
    std::sort(words.begin(), words.end());
    if (const WordId agent = find_agent(c_, v); agent != kNoWord) set_source_head(cand, agent);
    cand.content = trim_content(a_, subtract(to_ranges(a_, words), cand.cue_words), false);
    push(std::move(cand));
  }

  /// "C that S V": the verb stands in a relative clause on its content.
  void relative(WordId v) {
    const Word& word = a_.words[v];
    if (word.rel != Rel::kAcl || a_.rel_subtype(v) != "relcl" || word.head == kNoWord) return;
    const WordId own = tree_.child(v, Rel::kNsubj);
    if (own == kNoWord || a_.has(own, "PronType=Rel") ||
        c_.lexicon.is(a_.lemma(own), CueRole::kRelative))
      return;
    Candidate cand = make(Frame::kRelative, v);
    cand.content_head = word.head;
    cand.content_first = true;
    set_source_head(cand, own);
    set_content(cand, word.head, to_ranges(a_, tree_.subtree(v)));
    push(std::move(cand));
  }

  // --- auxiliaries: hearsay ------------------------------------------------------------------

  /// A modal of hearsay over a perfect or a copula: "skal ha stjålet", "skal være".
  void aux(WordId m) {
    const WordId v = a_.words[m].head;
    if (v == kNoWord || !c_.lexicon.is(a_.lemma(m), CueRole::kHearsay)) return;
    std::vector<WordId> cue = {m};
    for (const WordId other : tree_.children(v))
      if (other > m && other < v && a_.words[other].rel == Rel::kAux &&
          a_.words[other].upos == Upos::kAux)
        cue.push_back(other);
    Candidate cand;
    cand.frame = Frame::kHearsay;
    cand.cue = m;
    cand.cue_words = to_ranges(a_, cue);
    cand.content_head = v;
    set_content(cand, v, cand.cue_words);
    push(std::move(cand));
  }

  // --- nouns ---------------------------------------------------------------------------------

  void noun(WordId n) {
    for (const WordId d : tree_.children(n)) {
      const Rel rel = a_.words[d].rel;
      const bool clause = is_clause(rel) || (rel == Rel::kAcl && a_.rel_subtype(d) != "relcl") ||
                          rel == Rel::kAdvcl;
      if (clause && d > n)
        noun_content(n, d, Frame::kNounClause);
      else if (rel == Rel::kNmod && d > n && a_.rel_subtype(d) != "poss")
        noun_content(n, d, Frame::kNounPhrase);
    }
    // "The claim is that C"
    if (a_.words[n].rel == Rel::kNsubj && a_.words[n].head != kNoWord &&
        (a_.rel_subtype(n) == "outer" || tree_.child(a_.words[n].head, Rel::kCop) != kNoWord))
      noun_is_clause(n);
  }

  void noun_content(WordId n, WordId d, Frame frame) {
    Candidate cand = make(frame, n);
    add_to_cue(cand, leading_adpositions(d));
    cand.content_head = d;
    set_noun_source(cand, n, d);
    set_content(cand, d, cand.cue_words);
    push_both(std::move(cand), n);
  }

  /// Who only hears of it ("S got to know that C", "S got word of C") is not the source, though the
  /// tree has no other: where the source hangs on another word, nobody is a candidate too.
  void push_both(Candidate cand, WordId cue) {
    if (cand.source_head != kNoWord && a_.words[cand.source_head].head != cue) {
      Candidate nobody = cand;
      nobody.source.clear();
      nobody.source_head = kNoWord;
      nobody.source_by = SourceBy::kNobody;
      push(std::move(nobody));
    }
    push(std::move(cand));
  }

  void noun_is_clause(WordId n) {
    Candidate cand = make(Frame::kNounClause, n);
    cand.content_head = a_.words[n].head;
    set_noun_source(cand, n, kNoWord);
    std::vector<WordId> cut = tree_.subtree(n);
    for (const WordId child : tree_.children(cand.content_head))
      if (a_.words[child].rel == Rel::kCop) cut.push_back(child);
    std::sort(cut.begin(), cut.end());
    set_content(cand, cand.content_head, to_ranges(a_, cut));
    push(std::move(cand));
  }

  /// Whose claim it is: possessor, "claim from S", or the subject of the verb that it is object of.
  void set_noun_source(Candidate& cand, WordId n, WordId content) {
    for (const WordId child : tree_.children(n)) {
      if (child == content || a_.words[child].rel != Rel::kNmod) continue;
      bool from = a_.rel_subtype(child) == "poss" || (child < n && a_.has(child, "Case=Gen"));
      for (const WordId m : tree_.children(child))
        from =
            from || (a_.words[m].rel == Rel::kCase && c_.lexicon.is(a_.lemma(m), CueRole::kFrom));
      if (from) return set_source_head(cand, child);
    }
    const Word& word = a_.words[n];
    if (word.head == kNoWord || (word.rel != Rel::kObj && word.rel != Rel::kObl)) return;
    const WordId subject =
        is_passive(c_, word.head) ? find_agent(c_, word.head) : find_subject(c_, word.head);
    if (subject != kNoWord && subject != n) set_source_head(cand, subject);
  }

  // --- adjectives and adverbs ----------------------------------------------------------------

  /// "S is sure that C"; the predicate may be tagged as adjective or participle.
  void adjective(WordId adj) {
    if (tree_.child(adj, Rel::kCop) == kNoWord && a_.words[adj].upos == Upos::kVerb) return;
    for (const WordId d : tree_.children(adj)) {
      const Rel rel = a_.words[d].rel;
      if (!is_clause(rel) && rel != Rel::kAdvcl && rel != Rel::kObl) continue;
      if (rel == Rel::kObl && is_agent(d)) continue;  // "confirmed by S": S is no content
      Candidate cand = make(Frame::kAdjective, adj);
      add_to_cue(cand, leading_adpositions(d));
      cand.content_head = d;
      set_source(cand, adj);
      if (cand.source_head == d) continue;
      set_content(cand, d, cand.cue_words);
      push(std::move(cand));
    }
  }

  void adverb(WordId w) {
    if (!c_.lexicon.is(a_.lemma(w), CueRole::kAdverb) || a_.words[w].head == kNoWord) return;
    Candidate cand = make(Frame::kAdverb, w);
    cand.cue_words = {{w, w + 1}};
    cand.content_head = a_.words[w].head;
    set_content(cand, cand.content_head, cand.cue_words);
    push(std::move(cand));
  }

  // --- according to --------------------------------------------------------------------------

  void according(WordId w) {
    if (!c_.lexicon.is(a_.lemma(w), CueRole::kAccording)) return;
    WordId source = a_.words[w].head;
    Candidate cand;
    cand.frame = Frame::kAccording;
    cand.cue = w;
    std::vector<WordId> cue = {w};
    for (const WordId f : tree_.children(w))
      if (a_.words[f].rel == Rel::kFixed) cue.push_back(f);
    if (a_.words[w].rel != Rel::kCase && a_.words[w].rel != Rel::kMark) {
      // "according" as head of an oblique of its own, with the source below it
      source = kNoWord;
      for (const WordId child : tree_.children(w))
        if (a_.words[child].rel == Rel::kObl || a_.words[child].rel == Rel::kNmod) source = child;
    } else if (source != kNoWord) {
      for (const WordId m : tree_.children(source))
        if (m == w + 1 && a_.words[m].rel == Rel::kCase) cue.push_back(m);
    }
    if (source == kNoWord) return;
    const WordId top = a_.words[w].head == source ? source : w;
    WordId clause = a_.words[top].head;
    if (clause == kNoWord) return;
    cand.cue_words = to_ranges(a_, cue);
    set_source_head(cand, source);
    cand.content_head = clause;
    cand.content_first = clause < w;
    const Ranges phrase = to_ranges(a_, tree_.subtree(top));
    Candidate whole = cand;
    set_content(cand, clause, phrase);
    push(std::move(cand));
    // Set off by a comma it speaks of the whole sentence, whatever word the tree hangs it on.
    const WordRange sentence = a_.sentence(w).words;
    whole.content =
        trim_content(a_, subtract(subtract({sentence}, phrase), whole.cue_words), false);
    whole.content = subtract(whole.content, whole.source);
    whole.frame = Frame::kAccordingAll;
    push(std::move(whole));
  }
};

}  // namespace

void find_candidates(const FrameContext& context, uint32_t sentence, std::vector<Candidate>& out) {
  FrameFinder finder(context, out);
  const WordRange words = context.analysis.sentences[sentence].words;
  for (WordId w = words.begin; w < words.end; ++w) finder.visit(w);
}

}  // namespace avstand
