#include "attribution/explain.h"

#include <array>

#include "attribution/role_model.h"

namespace avstand {

std::optional<CueExplanation> explain_cue(const Analysis& analysis, const Tree& tree,
                                          const CueLexicon& lexicon, WordId cue) {
  constexpr std::array<std::string_view, 4> kLabelNames = {"", "source", "cue", "content"};
  const SentenceInfo& sentence = analysis.sentence(cue);
  const CueLexicon::Language* language = lexicon.find(sentence.language);
  if (language == nullptr || language->roles == nullptr || !sentence.parsed) return std::nullopt;
  const FrameContext context{analysis, tree, *language};
  const QuotationMap quotes(analysis);
  RoleBuffers buffers;
  RoleModel model(context, quotes, buffers);
  const std::vector<uint8_t> labels = model.labels_for(analysis.sentence_of[cue], cue);
  CueExplanation out{.threshold = language->roles->threshold()};
  for (WordId w = sentence.words.begin; w < sentence.words.end; ++w) {
    const size_t i = w - sentence.words.begin;
    out.words.push_back({w, model.cue_probabilities()[i], kLabelNames[labels[i]]});
  }
  return out;
}

}  // namespace avstand
