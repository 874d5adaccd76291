#include "attribution/attribute.h"

#include <algorithm>

#include "attribution/candidates.h"
#include "attribution/citations.h"
#include "attribution/frame_model.h"
#include "attribution/labels.h"
#include "attribution/nesting.h"
#include "attribution/scare.h"
#include "attribution/select.h"
#include "attribution/speech.h"

namespace avstand {
namespace {

/// All candidates of one language become one list in text order; speech may cross sentences.
struct Draft {
  const CueLexicon::Language* lexicon = nullptr;
  std::vector<Candidate> accepted;
};

Attribution to_attribution(const FrameContext& c, const QuotationMap& quotes,
                           const EntityLayer& entities, const Candidate& cand) {
  Attribution x;
  x.source = cand.source;
  x.cue = cand.cue_words;
  x.content = cand.content;
  x.cue_head = cand.cue;
  x.outer_cue = cand.outer_cue;
  x.quote = quote_type(c.analysis, quotes, cand);
  x.act = act_of(c, cand);
  x.commitment = commitment_of(c, cand);
  x.confidence = cand.probability;
  if (!cand.source.empty())
    if (const Mention* m = entities.principal(c.analysis, cand.source.front()); m != nullptr)
      x.speaker = m->entity;
  const WordRange shown = !cand.cue_words.empty() ? cand.cue_words.front()
                                                  : WordRange{cand.content.front().begin,
                                                              cand.content.front().begin + 1};
  x.why.push_back({std::string(to_string(cand.frame)), shown});
  return x;
}

/// "asked for | insight": where a frame by order has taken all that hangs on the cue by an
/// adposition, the adposition is the cue's, as in the frames by trees.
void give_adposition_to_cue(const FrameContext& c, Candidate& cand) {
  if (cand.frame != Frame::kSurfaceRight && cand.frame != Frame::kShort) return;
  const Analysis& a = c.analysis;
  WordRange& first = cand.content.front();
  const WordId adposition = first.begin;
  if (adposition < cand.cue || first.size() < 2 || a.words[adposition].upos != Upos::kAdp) return;
  const WordId head = a.words[adposition].head;
  if (head == kNoWord || a.words[head].head != cand.cue) return;
  if (c.tree.subtree(head).back() + 1 < cand.content.back().end) return;
  std::vector<WordId> cue = to_words(cand.cue_words);
  cue.push_back(adposition);
  std::sort(cue.begin(), cue.end());
  cand.cue_words = to_ranges(a, cue);
  ++first.begin;
}

bool text_order(const Attribution& a, const Attribution& b) {
  if (a.content.front().begin != b.content.front().begin)
    return a.content.front().begin < b.content.front().begin;
  if (a.content.back().end != b.content.back().end)
    return a.content.back().end > b.content.back().end;
  return (a.cue.empty() ? 0 : a.cue.front().begin) < (b.cue.empty() ? 0 : b.cue.front().begin);
}

}  // namespace

AttributionLayer attribute(const Analysis& analysis, const Tree& tree, const EntityLayer& entities,
                           const CueLexicon& lexicon) {
  const QuotationMap quotes(analysis);
  std::map<LanguageCode, Draft> drafts;
  std::vector<Candidate> candidates;
  for (uint32_t s = 0; s < analysis.sentences.size(); ++s) {
    const SentenceInfo& sentence = analysis.sentences[s];
    const CueLexicon::Language* language = lexicon.find(sentence.language);
    if (language == nullptr || !sentence.parsed) continue;
    Draft& draft = drafts[sentence.language];
    draft.lexicon = language;
    const FrameContext context{analysis, tree, *language};
    candidates.clear();
    find_candidates(context, s, candidates);
    score_candidates(context, quotes, candidates);
    auto kept = select_candidates(candidates, language->frames->threshold());
    for (Candidate& c : kept) give_adposition_to_cue(context, c);
    draft.accepted.insert(draft.accepted.end(), kept.begin(), kept.end());
  }
  AttributionLayer out;
  auto& all = out.attributions;
  for (auto& [code, draft] : drafts) {
    const FrameContext context{analysis, tree, *draft.lexicon};
    std::stable_sort(draft.accepted.begin(), draft.accepted.end(),
                     [](const Candidate& a, const Candidate& b) { return a.cue < b.cue; });
    add_citations(context, draft.accepted);
    SpeechPass speech(context, quotes, draft.accepted);
    speech.extend();
    speech.add_colon_speech();
    speech.add_bare_speech();
    for (const Candidate& c : draft.accepted)
      all.push_back(to_attribution(context, quotes, entities, c));
  }
  std::sort(all.begin(), all.end(), text_order);
  std::vector<Attribution> scare;
  for (const SentenceInfo& sentence : analysis.sentences)
    if (const auto* language = lexicon.find(sentence.language);
        language != nullptr && sentence.parsed) {
      auto found = find_scare_quotes({analysis, tree, *language}, quotes, sentence.words, all);
      scare.insert(scare.end(), found.begin(), found.end());
    }
  all.insert(all.end(), scare.begin(), scare.end());
  std::sort(all.begin(), all.end(), text_order);
  nest(all);
  return out;
}

}  // namespace avstand
