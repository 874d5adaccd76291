// Answers: what one source says against or for what another one in the article says.
//
// A denial, or a word like "løgn" about a claim, makes both disputed. What it is about: an earlier
// statement that it names ("påstanden", "an allegation"), or one whose words it repeats. Whoever
// denies "the account" denies what is told of themselves. What a statement says over again (a
// headline, a lede) is disputed with it. Only the last kWindow attributions are looked at, and
// those of the article's top, so the cost is linear.
#include <algorithm>

#include "provenance/context.h"

namespace avstand::provenance {
namespace {

constexpr uint32_t kWindow = 16;           // attributions back
constexpr uint32_t kBlocksBack = 3;        // blocks back for a bare "påstanden"
constexpr uint32_t kBlocksBackOfSelf = 8;  // … that is about the one who denies
constexpr uint32_t kAnyBlocks = 1U << 30;  // … that says over again what is denied
constexpr uint32_t kTopBlocks = 3;         // headline and lede
constexpr size_t kLeastRestated = 3;       // stems that a statement must repeat of another
constexpr double kShareRestated = 0.6;
constexpr size_t kLeastShared = 2;  // stems that a denial must repeat
constexpr double kShareOfDenial = 0.5;
constexpr double kShareToConfirm = 0.6;

class Answers {
 public:
  explicit Answers(Context& c) : c_(c) {
    for (uint32_t i = 0; i < c.attributions.attributions.size(); ++i)
      stems_.push_back(content_stems(c, c.drafts[i].attribution->content));
  }

  void run() {
    find_answers();
    for (uint32_t i = 0; i < stems_.size(); ++i) inherit(i);
  }

 private:
  // What stands inside a statement that cannot be verified cannot be either; the claim that a
  // denial names is the one that is disputed.
  void inherit(uint32_t i) {
    Draft& d = c_.drafts[i];
    if (d.parent >= stems_.size() || d.attribution->quote == QuoteType::kScare) return;
    const Draft& parent = c_.drafts[d.parent];
    const std::string& status = parent.out.verification.status;
    const bool passes = status == "unverified" || status == "no_access" ||
                        (status == "disputed" && is_denial(parent));
    if (!passes || d.out.verification.status != "none") return;
    d.out.verification = parent.out.verification;
    d.out.why.push_back({"verification.inherited", *parent.out.verification.span});
  }

  void find_answers() {
    for (uint32_t i = 0; i < stems_.size(); ++i) {
      if (is_denial(c_.drafts[i]))
        answer_denial(i);
      else if (c_.drafts[i].attribution->act == Act::kConfirm)
        answer_confirmation(i);
    }
  }

  static WordRange whole(const Ranges& r) {
    return r.empty() ? WordRange{} : WordRange{r.front().begin, r.back().end};
  }

  bool is_denial(const Draft& d) const {
    if (d.attribution->quote == QuoteType::kScare || d.attribution->content.empty()) return false;
    if (d.attribution->act == Act::kDeny) return true;
    return d.anaphoric && c_.has(Marker::kLabel, whole(d.attribution->content));
  }

  /// "En ansatt i Norvex": somebody of a body who does not speak for it.
  bool is_insider(const Draft& d) const {
    const EntityId who = d.origin();
    return c_.knows(who) && c_.entity(who).type == EntityType::kPerson && c_.body_of(who) != who;
  }

  bool other_side(const Draft& a, const Draft& b) const {
    if (a.speaker != kNoEntity && a.speaker == b.speaker) return false;
    if (is_insider(a) != is_insider(b)) return a.origin() != b.origin();
    return !c_.same_side(a.origin(), b.origin());
  }

  bool may_answer(uint32_t answer, uint32_t claim, uint32_t blocks_back = kBlocksBack) const {
    const Draft& a = c_.drafts[answer];
    const Draft& b = c_.drafts[claim];
    return b.attribution->quote != QuoteType::kScare && b.parent != answer && a.parent != claim &&
           b.block + blocks_back >= a.block && other_side(a, b) && !b.anaphoric;
  }

  /// Whether statement `claim` says something of the side that speaks in statement `by`.
  bool is_about_side_of(uint32_t claim, uint32_t by) const {
    const auto& mentions = c_.entities.mentions;
    for (const WordRange r : c_.drafts[claim].attribution->content) {
      auto m = std::lower_bound(
          mentions.begin(), mentions.end(), r.begin,
          [](const Mention& mention, WordId w) { return mention.words.begin < w; });
      for (; m != mentions.end() && m->words.begin < r.end; ++m)
        if (c_.same_side(m->entity, c_.drafts[by].origin()) ||
            c_.same_side(m->entity, c_.drafts[by].speaker))
          return true;
    }
    return false;
  }

  /// Stems of an anaphoric content besides its noun: "sletting" of "påstanden om sletting".
  std::vector<std::string> specifics(uint32_t i) const {
    const Ranges& content = c_.drafts[i].attribution->content;
    std::vector<std::string> out = stems_[i];
    Ranges nouns;
    for (const WordRange r : content)
      for (const Marker marker : {Marker::kClaimNoun, Marker::kLabel})
        for (const Match& m : c_.find(marker, r)) nouns.push_back(m.words);
    const auto known = content_stems(c_, nouns);
    std::erase_if(out, [&](const std::string& s) {
      return std::binary_search(known.begin(), known.end(), s);
    });
    return out;
  }

  uint32_t named_claim(uint32_t i) const {
    const auto wanted = specifics(i);
    const uint32_t first = i - std::min(i, kWindow);
    for (uint32_t k = i; k-- > first;)
      if (may_answer(i, k) && !wanted.empty() && shared(wanted, stems_[k]) > 0) return k;
    if (!wanted.empty() && !c_.has(Marker::kLabel, whole(c_.drafts[i].attribution->content)))
      return kNone;
    for (uint32_t k = i; k-- > first;)
      if (may_answer(i, k, kBlocksBackOfSelf) && is_about_side_of(k, i)) return k;
    for (uint32_t k = i; k-- > first;)
      if (may_answer(i, k)) return k;
    return kNone;
  }

  /// Whether `other` says over again what `claim` says.
  bool restates(uint32_t other, uint32_t claim) const {
    const size_t common = shared(stems_[other], stems_[claim]);
    const size_t least = std::min(stems_[other].size(), stems_[claim].size());
    return common >= kLeastRestated &&
           static_cast<double>(common) >= kShareRestated * static_cast<double>(least);
  }

  void dispute_restated(uint32_t claim, uint32_t by) {
    for (uint32_t k = 0; k < by; ++k) {
      if (k + kWindow < by && c_.drafts[k].block >= kTopBlocks) continue;
      if (k != claim && may_answer(by, k, kAnyBlocks) && restates(k, claim)) dispute(k, by);
    }
  }

  uint32_t repeated_claim(uint32_t i, double share) const {
    uint32_t best = kNone;
    size_t most = kLeastShared - 1;
    for (uint32_t k = i - std::min(i, kWindow); k < i; ++k) {
      if (!may_answer(i, k)) continue;
      const size_t common = shared(stems_[i], stems_[k]);
      if (common > most &&
          static_cast<double>(common) >= share * static_cast<double>(stems_[i].size())) {
        best = k;
        most = common;
      }
    }
    return best;
  }

  void answer_denial(uint32_t i) {
    Draft& d = c_.drafts[i];
    const uint32_t claim = d.anaphoric ? named_claim(i) : repeated_claim(i, kShareOfDenial);
    if (claim == kNone) return;
    dispute(claim, i);
    dispute_restated(claim, i);
    // A bare "meldingen" is about all that its source has just said.
    if (d.anaphoric && specifics(i).empty())
      for (uint32_t k = claim - std::min(claim, 3u); k < claim; ++k)
        if (may_answer(i, k) && c_.same_side(c_.drafts[k].origin(), c_.drafts[claim].origin()))
          dispute(k, i);
    const WordRange cue{c_.drafts[claim].anchor, c_.drafts[claim].anchor + 1};
    raise(c_, d, "disputed", cue, c_.drafts[claim].speaker, "verification.disputes");
  }

  void dispute(uint32_t claim, uint32_t by) {
    const Draft& d = c_.drafts[by];
    const WordRange words =
        d.attribution->cue.empty() ? d.attribution->content.front() : d.attribution->cue.front();
    raise(c_, c_.drafts[claim], "disputed", words, d.speaker, "verification.denied");
  }

  void answer_confirmation(uint32_t i) {
    const uint32_t claim = repeated_claim(i, kShareToConfirm);
    if (claim == kNone) return;
    const Attribution& a = *c_.drafts[i].attribution;
    const WordRange words = a.cue.empty() ? a.content.front() : a.cue.front();
    raise(c_, c_.drafts[claim], "confirmed", words, c_.drafts[i].speaker, "verification.confirms");
  }

  Context& c_;
  std::vector<std::vector<std::string>> stems_;
};

}  // namespace

void judge_answers(Context& c) { Answers(c).run(); }

}  // namespace avstand::provenance
