#include "attribution/attribute.h"

#include <algorithm>
#include <map>
#include <memory>

#include "attribution/anaphora.h"
#include "attribution/asides.h"
#include "attribution/candidate.h"
#include "attribution/citations.h"
#include "attribution/hearsay.h"
#include "attribution/labels.h"
#include "attribution/nesting.h"
#include "attribution/plain_frames.h"
#include "attribution/repair.h"
#include "attribution/role_model.h"
#include "attribution/scare.h"
#include "attribution/showing.h"
#include "attribution/speaker_entity.h"
#include "attribution/speech.h"
#include "attribution/transcript.h"

namespace avstand {
namespace {

/// What is found in the sentences of one language, in text order; speech may cross sentences.
struct Draft {
  FrameContext context;
  RoleModel model;
  std::vector<Candidate> accepted;

  Draft(const FrameContext& c, const QuotationMap& quotes, RoleBuffers& buffers)
      : context(c), model(context, quotes, buffers) {}
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

bool text_order(const Attribution& a, const Attribution& b) {
  if (a.content.front().begin != b.content.front().begin)
    return a.content.front().begin < b.content.front().begin;
  if (a.content.back().end != b.content.back().end)
    return a.content.back().end > b.content.back().end;
  return (a.cue.empty() ? 0 : a.cue.front().begin) < (b.cue.empty() ? 0 : b.cue.front().begin);
}

}  // namespace

AttributionLayer attribute(const Analysis& analysis, const Tree& tree, const EntityLayer& entities,
                           const CueLexicon& lexicon, RoleBuffers& buffers,
                           const Deadline& deadline) {
  const QuotationMap quotes(analysis);
  std::map<LanguageCode, std::unique_ptr<Draft>> drafts;  // a draft's model refers to its context
  for (uint32_t s = 0; s < analysis.sentences.size() && !deadline.passed(); ++s) {
    const SentenceInfo& sentence = analysis.sentences[s];
    const CueLexicon::Language* language = lexicon.find(sentence.language);
    if (language == nullptr || language->roles == nullptr || !sentence.parsed) continue;
    auto& draft = drafts[sentence.language];
    if (!draft)
      draft = std::make_unique<Draft>(FrameContext{analysis, tree, *language}, quotes, buffers);
    draft->model.find(s, draft->accepted);
  }
  AttributionLayer out;
  auto& all = out.attributions;
  for (auto& [code, of_language] : drafts) {
    if (deadline.passed()) return {};
    Draft& draft = *of_language;
    const FrameContext& context = draft.context;
    repair(context, entities, draft.accepted);
    add_citations(context, draft.accepted);
    add_asides(context, entities, draft.accepted);
    add_plain_frames(context, entities, draft.accepted);
    add_showing(context, entities, draft.accepted);
    add_hearsay(context, draft.accepted);
    add_anaphora(context, entities, draft.accepted);
    add_transcript(context, entities, draft.accepted);
    SpeechPass speech(context, entities, quotes, draft.accepted);
    speech.extend();
    speech.add_colon_speech();
    speech.add_bare_speech();
    for (const Candidate& c : draft.accepted)
      all.push_back(to_attribution(context, quotes, entities, c));
  }
  std::sort(all.begin(), all.end(), text_order);
  correct_pronouns(analysis, entities, all);
  std::vector<Attribution> scare;
  for (const SentenceInfo& sentence : analysis.sentences)
    if (const auto* language = lexicon.find(sentence.language);
        language != nullptr && sentence.parsed && !deadline.passed()) {
      auto found = find_scare_quotes({analysis, tree, *language}, quotes, sentence.words, all);
      scare.insert(scare.end(), found.begin(), found.end());
    }
  all.insert(all.end(), scare.begin(), scare.end());
  std::sort(all.begin(), all.end(), text_order);
  nest(all);
  return out;
}

}  // namespace avstand
