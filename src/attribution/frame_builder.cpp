#include "attribution/frame_builder.h"

#include <algorithm>

namespace avstand {

Candidate FrameBuilder::make(Frame frame, WordId cue) const {
  Candidate cand;
  cand.frame = frame;
  cand.cue = cue;
  cand.cue_words = cue_phrase(c_, cue);
  return cand;
}

void FrameBuilder::add_to_cue(Candidate& cand, const std::vector<WordId>& more) const {
  if (more.empty()) return;
  std::vector<WordId> words = to_words(cand.cue_words);
  words.insert(words.end(), more.begin(), more.end());
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  cand.cue_words = to_ranges(a_, words);
}

void FrameBuilder::set_source(Candidate& cand, WordId predicate) const {
  const bool passive = is_passive(c_, predicate);
  const CueEntry* entry = c_.lexicon.find(a_.words[predicate].upos, a_.lemma(predicate));
  WordId source = kNoWord;
  if (passive && !(entry != nullptr && entry->quoted_subject))
    source = find_agent(c_, predicate);
  else
    source = find_subject(c_, predicate);
  if (entry != nullptr && entry->located && (source == kNoWord || !named_subject(source)))
    source = location(predicate);
  if (source == kNoWord) return;
  set_source_head(cand, source);
  const WordId own = tree_.child(predicate, Rel::kNsubj);
  if (own != kNoWord && own != source && own > source && !cand.source.empty() &&
      c_.lexicon.is(a_.lemma(own), CueRole::kNamed))
    add_relative(cand, own);
}

/// "S, who V": the pronoun is a part of the source.
void FrameBuilder::add_relative(Candidate& cand, WordId pronoun) const {
  std::vector<WordId> words = to_words(cand.source);
  if (words.back() >= pronoun) return;
  words.push_back(pronoun);
  cand.source = subtract(to_ranges(a_, words), cand.cue_words);
}

/// A subject that could be somebody: not the empty "it" of "it says in the report".
bool FrameBuilder::named_subject(WordId subject) const {
  return a_.words[subject].upos != Upos::kPron ||
         !c_.lexicon.is(a_.lemma(subject), CueRole::kGeneric);
}

/// The document that something stands in: "in the report it says", "it appears from the report".
WordId FrameBuilder::location(WordId predicate) const {
  for (const WordId child : tree_.children(predicate))
    if (a_.words[child].rel == Rel::kObl && tree_.child(child, Rel::kCase) != kNoWord) return child;
  return kNoWord;
}

void FrameBuilder::set_source_head(Candidate& cand, WordId head) const {
  if (c_.lexicon.is(a_.lemma(head), CueRole::kGeneric) && a_.words[head].upos == Upos::kPron)
    return;
  cand.source_head = head;
  cand.source = subtract(source_phrase(c_, head), cand.cue_words);
}

void FrameBuilder::set_content(Candidate& cand, WordId head, const Ranges& cut) const {
  Ranges whole = subtract(to_ranges(a_, tree_.subtree(head)), cut);
  cand.content = trim_content(a_, subtract(whole, cand.source), false);
}

void FrameBuilder::push(Candidate cand) {
  if (cand.content.empty()) return;
  if (overlaps(cand.content, cand.cue_words)) return;
  out_.push_back(std::move(cand));
}

}  // namespace avstand
