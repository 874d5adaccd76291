#include "attribution/transcript.h"

#include <algorithm>
#include <map>
#include <string>

#include "attribution/quotation.h"
#include "text/utf8.h"

namespace avstand {
namespace {

/// Set by hand: training texts hold no transcript.
constexpr float kTranscriptProbability = 0.8F;
constexpr uint32_t kLongestLabel = 5;

/// A paragraph that begins with a label.
struct Turn {
  WordRange label;
  WordRange speech;
};

/// Whether the label is written as transcripts write names: all words in capitals.
bool in_capitals(const Analysis& a, WordRange label) {
  bool any = false;
  for (WordId w = label.begin; w < label.end; ++w) {
    if (a.words[w].upos == Upos::kPunct) continue;
    if (!all_capitals(a.form(w))) return false;
    any = true;
  }
  return any;
}

bool names_somebody(const Analysis& a, const EntityLayer& entities, WordRange label) {
  const Mention* m = entities.principal(a, label);
  if (m == nullptr || m->entity == kNoEntity || m->words != label) return false;
  const EntityType type = entities.entities[m->entity].type;
  return type == EntityType::kPerson || type == EntityType::kOrganisation;
}

uint32_t marks_in(const Analysis& a, WordRange words) {
  uint32_t n = 0;
  for (WordId w = words.begin; w < words.end; ++w) n += is_quotation_mark(a.form(w)) ? 1 : 0;
  return n;
}

/// The turn that the words of a block are, or one without a label.
Turn turn_of(const FrameContext& c, const EntityLayer& entities, WordRange block) {
  const Analysis& a = c.analysis;
  WordId begin = block.begin;
  if (begin < block.end && is_quotation_mark(a.form(begin))) ++begin;
  WordId colon = begin;
  while (colon < block.end && colon - begin <= kLongestLabel && a.form(colon) != ":") ++colon;
  const WordRange label{begin, colon};
  WordRange speech{colon + 1, block.end};
  if (label.empty() || label.size() > kLongestLabel || colon >= block.end || speech.empty())
    return {};
  if (is_quotation_mark(a.form(speech.begin)) || is_dash(a.form(speech.begin))) return {};
  // A list of results has no stops.
  const bool whole = a.words[speech.end - 1].upos == Upos::kPunct;
  // The mark that closes what one before the label opened.
  if (is_quotation_mark(a.form(speech.end - 1)) && marks_in(a, speech) % 2 == 1) --speech.end;
  if (speech.empty()) return {};
  if (!in_capitals(a, label) && !(whole && names_somebody(a, entities, label))) return {};
  return {label, speech};
}

std::vector<Turn> turns_of(const FrameContext& c, const EntityLayer& entities) {
  const Analysis& a = c.analysis;
  std::vector<Turn> out;
  for (uint32_t s = 0; s < a.sentences.size();) {
    uint32_t end = s + 1;
    while (end < a.sentences.size() && a.sentences[end].block == a.sentences[s].block) ++end;
    const Turn turn =
        turn_of(c, entities, {a.sentences[s].words.begin, a.sentences[end - 1].words.end});
    if (!turn.label.empty() && c.reads(s)) out.push_back(turn);
    s = end;
  }
  return out;
}

}  // namespace

void add_transcript(const FrameContext& c, const EntityLayer& entities,
                    std::vector<Candidate>& accepted) {
  const Analysis& a = c.analysis;
  const std::vector<Turn> turns = turns_of(c, entities);
  std::map<std::string_view, uint32_t> count;
  const auto name = [&](const Turn& turn) { return a.form(turn.label.end - 1); };
  for (const Turn& turn : turns) ++count[name(turn)];
  const bool take_turns =
      std::any_of(count.begin(), count.end(), [](const auto& n) { return n.second > 1; });
  if (count.size() < 2 || !take_turns) return;
  std::vector<uint32_t> turn_at(a.words.size());  // of a word of a label or its colon: index + 1
  std::vector<Candidate> found;
  for (const Turn& turn : turns) {
    Candidate x;
    x.frame = Frame::kColon;
    x.direct = true;
    x.probability = kTranscriptProbability;
    x.cue = turn.label.end;
    x.cue_words = {{turn.label.end, turn.label.end + 1}};
    x.source_head = head_of(a, {turn.label});
    x.source = {turn.label};
    x.content = trim_content(a, {turn.speech}, true);
    if (x.content.empty() || x.source_head == kNoWord) continue;
    x.content_head = x.content.front().begin;
    found.push_back(std::move(x));
    std::fill(turn_at.begin() + turn.label.begin, turn_at.begin() + turn.label.end + 1,
              static_cast<uint32_t>(found.size()));
  }
  // What another cue made of a label and the words behind it is the same told again.
  std::erase_if(accepted, [&](const Candidate& other) {
    if (const uint32_t i = turn_at[other.cue]; i != 0 && found[i - 1].cue == other.cue) return true;
    const std::vector<WordId> cue = to_words(other.cue_words);
    return std::any_of(cue.begin(), cue.end(), [&](WordId w) {
      const uint32_t i = turn_at[w];
      return i != 0 && found[i - 1].cue != w &&
             contains(found[i - 1].content, other.content.front().begin);
    });
  });
  accepted.insert(accepted.end(), found.begin(), found.end());
  std::stable_sort(accepted.begin(), accepted.end(),
                   [](const Candidate& x, const Candidate& y) { return x.cue < y.cue; });
}

}  // namespace avstand
