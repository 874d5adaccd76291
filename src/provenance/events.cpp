// Events of the ledger: the event layer, weighed by who says it. What somebody else says to have
// happened is alleged, unless the writer stands behind it; what they deny is denied.
#include <algorithm>
#include <numeric>

#include "provenance/context.h"

namespace avstand::provenance {
namespace {

bool is_real(EventStatus status) {
  return status == EventStatus::kHappened || status == EventStatus::kOngoing;
}

/// The status of an event that stands inside a statement of somebody's.
EventStatus said(EventStatus status, const ledger::Statement& s) {
  if (s.commitment == "denied")
    return is_real(status) || status == EventStatus::kAlleged ? EventStatus::kDenied : status;
  if (status == EventStatus::kPlanned && (s.evidence == "forecast" || s.act == "predict"))
    return EventStatus::kPossible;  // "the cloud will drift": nobody plans it
  const bool wanted = s.act == "demand" || s.act == "promise" || s.evidence == "intention";
  if (status == EventStatus::kOngoing && wanted) return EventStatus::kPlanned;
  if (!is_real(status) || s.commitment == "endorsed") return status;
  if (s.commitment == "uncertain" || s.evidence == "forecast" || s.evidence == "speculation" ||
      s.act == "ask")
    return EventStatus::kPossible;
  return EventStatus::kAlleged;
}

/// For each word the statement that holds it, the innermost: longer ones are laid down first.
std::vector<uint32_t> holders(const Context& c) {
  std::vector<uint32_t> out(c.analysis.words.size(), kNone);
  const auto lay = [&](WordRange r, uint32_t number) {
    std::fill(out.begin() + r.begin, out.begin() + r.end, number);
  };
  std::vector<std::pair<uint32_t, uint32_t>> order;  // words, draft
  for (uint32_t i = 0; i < c.drafts.size(); ++i) {
    const Draft& d = c.drafts[i];
    uint32_t words = 0;
    if (d.attribution && d.attribution->quote == QuoteType::kScare) continue;
    if (d.attribution)
      for (const WordRange r : d.attribution->content) words += r.size();
    order.emplace_back(d.attribution ? words : UINT32_MAX, i);
  }
  std::stable_sort(order.begin(), order.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  for (const auto& [words, i] : order) {
    const Draft& d = c.drafts[i];
    if (d.attribution) {
      for (const WordRange r : d.attribution->content) lay(r, d.number);
      continue;
    }
    for (const Span own : c.ledger.statements[d.number].content) {
      const WordRange sentence = c.analysis.sentences[d.sentence].words;
      for (WordId w = sentence.begin; w < sentence.end; ++w)
        if (own.contains(c.analysis.words[w].span)) out[w] = d.number;
    }
  }
  return out;
}

/// Words that introduce a statement in the present tense ("sier", "viser") are no event of their
/// own; "skrev i en e-post", "ble avvist" are.
std::vector<bool> bare_cues(const Context& c) {
  std::vector<bool> out(c.analysis.words.size());
  for (const Attribution& a : c.attributions.attributions) {
    if (a.cue_head == kNoWord) continue;
    const bool noun = c.analysis.words[a.cue_head].upos == Upos::kNoun;
    if (noun || c.analysis.has(a.cue_head, "Tense=Pres") ||
        c.analysis.has(a.cue_head, "VerbForm=Ger"))
      out[a.cue_head] = true;
  }
  return out;
}

ledger::Event convert(const Context& c, const EventLayer& layer, const Event& e) {
  ledger::Event out;
  out.span = c.span(e.words);
  out.predicate = e.predicate;
  if (!e.type.empty()) out.type = e.type;
  out.actors = e.actors;
  out.targets = e.targets;
  if (e.place != kNoEntity) out.place = e.place;
  if (e.time == kNoTime) return out;
  const TimeExpression& t = layer.times[e.time];
  out.time = ledger::EventTime{c.span(t.words), {}};
  if (!t.value.empty()) out.time->value = t.value;
  return out;
}

}  // namespace

/// Puts the events into the ledger. The statements must be numbered.
void make_events(Context& c, const EventLayer& layer) {
  const std::vector<uint32_t> holder = holders(c);
  const std::vector<bool> bare = bare_cues(c);
  auto& out = c.ledger.events.emplace();
  for (const Event& e : layer.events) {
    if (bare[e.head]) continue;
    EventStatus status = e.status;
    // A statement's parents hold it too; attribution/ makes no circles of parents.
    for (uint32_t s = holder[e.head]; s != kNone;) {
      const ledger::Statement& statement = c.ledger.statements[s];
      if (statement.quote != "own") status = said(status, statement);
      s = statement.parent ? *statement.parent : kNone;
    }
    out.push_back(convert(c, layer, e));
    out.back().status = to_string(status);
    if (holder[e.head] != kNone) out.back().statement = holder[e.head];
  }
}

}  // namespace avstand::provenance
