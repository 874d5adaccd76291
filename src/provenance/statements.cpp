// Statements: one for each attribution, and the outlet's own words between them (LEDGER.md, rule
// 1).
#include <algorithm>
#include <cmath>
#include <numeric>

#include "attribution/quotation.h"
#include "provenance/context.h"
#include "text/line.h"
#include "text/utf8.h"

namespace avstand::provenance {
namespace {

// A piece of a sentence that is left between attributions is a statement of the outlet's when it
// says something: it has a finite verb or at least this many words.
constexpr uint32_t kLeastOwnWords = 5;
// A sentence that begins this close before a credit is its marker ("Illustrasjonsfoto: ").
constexpr uint32_t kCreditMarkerBytes = 32;

bool is_word(const Analysis& a, WordId w) { return a.words[w].upos != Upos::kPunct; }

/// A content that is a pronoun or a noun for something said ("påstanden", "an allegation"), with
/// what specifies it: it means an earlier statement.
bool is_anaphoric(const Context& c, const Ranges& content) {
  uint32_t words = 0;
  for (const WordRange r : content) words += r.size();
  const WordId head = c.head_of(content);
  if (head == kNoWord || words > 8) return false;
  const Upos upos = c.analysis.words[head].upos;
  return (words <= 2 && (upos == Upos::kPron || upos == Upos::kDet)) ||
         (upos == Upos::kNoun && c.is(Marker::kClaimNoun, head)) ||
         (words <= 6 && c.has(Marker::kLabel, {content.front().begin, content.back().end}) &&
          c.has(Marker::kClaimNoun, {content.front().begin, content.back().end}));
}

void place(Context& c, Draft& d) {
  const Attribution& a = *d.attribution;
  d.anchor = a.cue_head;
  if (d.anchor == kNoWord && !a.cue.empty()) d.anchor = a.cue.front().begin;
  if (d.anchor == kNoWord && !a.content.empty()) d.anchor = a.content.front().begin;
  if (d.anchor == kNoWord) d.anchor = 0;
  d.sentence = c.analysis.sentence_of[d.anchor];
  d.block = c.analysis.sentences[d.sentence].block;
}

void resolve_source(Context& c, Draft& d) {
  const Attribution& a = *d.attribution;
  d.speaker = a.speaker;
  if (a.source.empty()) return;
  d.source_head = c.head_of(a.source);
  const Mention* mention = c.principal(a.source);
  if (d.speaker == kNoEntity && mention) d.speaker = mention->entity;
  for (const WordRange r : a.source) {
    const Capture own = c.symbols.mention_at(r.begin, WordClass::kOwn);
    if (!own.words.empty() && r.contains(own.words) && own.words.contains(d.source_head))
      d.by_outlet = true;
  }
}

Draft make_draft(Context& c, const Attribution& a) {
  Draft d;
  d.attribution = &a;
  d.parent = a.parent == kNoAttribution ? kNone : a.parent;
  place(c, d);
  resolve_source(c, d);
  d.anaphoric = is_anaphoric(c, a.content);
  d.out.content = c.spans(a.content);
  d.out.cue = c.spans(a.cue);
  d.out.source = c.spans(a.source);
  d.out.quote = to_string(a.quote);
  d.out.act = to_string(a.act);
  d.out.commitment = to_string(a.commitment);
  if (d.speaker != kNoEntity) d.out.speaker = d.speaker;
  d.out.confidence = std::round(std::clamp(double(a.confidence), 0.0, 1.0) * 100) / 100;
  for (const Reason& reason : a.why) add_why(c, d, reason.rule, reason.words);
  return d;
}

std::vector<bool> attributed_words(const Context& c) {
  std::vector<bool> taken(c.analysis.words.size());
  const auto mark = [&](const Ranges& ranges) {
    for (const WordRange r : ranges)
      for (WordId w = r.begin; w < r.end; ++w) taken[w] = true;
  };
  for (const Attribution& a : c.attributions.attributions) {
    if (a.quote == QuoteType::kScare) continue;
    mark(a.content);
    mark(a.cue);
    mark(a.source);
  }
  return taken;
}

bool says_something(const Context& c, const Ranges& ranges, WordRange sentence) {
  uint32_t words = 0;
  bool finite = false;
  for (const WordRange r : ranges)
    for (WordId w = r.begin; w < r.end; ++w) {
      words += is_word(c.analysis, w);
      finite |= c.analysis.has(w, "VerbForm=Fin");
    }
  const bool whole = ranges.size() == 1 && ranges.front() == sentence;
  return words > 0 && (whole || (finite && words > 1) || words >= kLeastOwnWords);
}

/// The stretches of the sentence that nobody else says, without punctuation at their ends.
Ranges own_stretches(const Context& c, const std::vector<bool>& taken, WordRange sentence) {
  Ranges out;
  for (WordId w = sentence.begin; w < sentence.end; ++w) {
    if (taken[w]) continue;
    if (out.empty() || out.back().end != w) out.push_back({w, w});
    out.back().end = w + 1;
  }
  if (out.size() == 1 && out.front() == sentence) return out;
  for (WordRange& r : out) {
    while (!r.empty() && !is_word(c.analysis, r.begin)) ++r.begin;
    while (!r.empty() && !is_word(c.analysis, r.end - 1)) --r.end;
  }
  std::erase_if(out, [](WordRange r) { return r.empty(); });
  return out;
}

bool holds_own_words(BlockKind kind) {
  return kind != BlockKind::kByline && kind != BlockKind::kDateline && kind != BlockKind::kCredit;
}

/// The words of a caption's kicker and credit line are nobody's statement.
bool is_kicker_or_credit(const Context& c, const SentenceInfo& sentence) {
  const auto& kicker = c.article.blocks[sentence.block].kicker;
  if (kicker && sentence.span.end <= kicker->end + 2) return true;
  for (const ledger::Picture& p : c.ledger.pictures)
    if (p.block == sentence.block && p.credit &&
        p.credit->begin <= sentence.span.begin + kCreditMarkerBytes &&
        sentence.span.end <= p.credit->end + 2)
      return true;
  return false;
}

/// "SEOUL, June 26 (Reuters) -": the segmenter makes it a sentence of its own.
bool is_dateline(const Context& c, const SentenceInfo& sentence) {
  const WordRange words = sentence.words;
  if (sentence.span.begin != c.article.blocks[sentence.block].span.begin) return false;
  const std::string_view last = c.analysis.form(words.end - 1);
  if (last != ":" && !is_dash(last)) return false;
  const std::string_view place = c.analysis.form(words.begin);
  return words.size() > 1 && place.size() > 2 && starts_upper(place) && !has_lower(place);
}

uint32_t first_byte(const Draft& d) {
  return d.out.content.empty() ? UINT32_MAX : d.out.content.front().begin;
}

/// Whether `below` hangs under `above` in its tree.
bool is_under(const Analysis& a, WordId below, WordId above) {
  for (int steps = 0; steps < 32 && below != kNoWord; ++steps, below = a.words[below].head)
    if (below == above) return true;
  return false;
}

/// Two attributions that call each other parent: the one whose cue hangs under the other's is
/// inner.
void break_parent_circles(Context& c) {
  for (uint32_t i = 0; i < c.drafts.size(); ++i) {
    Draft& d = c.drafts[i];
    if (d.parent == kNone) continue;
    if (d.parent >= c.drafts.size() || d.parent == i) {
      d.parent = kNone;
      continue;
    }
    Draft& other = c.drafts[d.parent];
    if (other.parent != i) continue;
    (is_under(c.analysis, other.anchor, d.anchor) ? d : other).parent = kNone;
  }
}

bool is_adposition(const Analysis& a, WordId w) {
  return a.words[w].upos == Upos::kAdp || a.words[w].rel == Rel::kCase;
}

/// "Pictures show X, according to Y": where the outer one's words were taken for the inner one, the
/// two change places. What contains the other's cue and source is the outer one.
void turn_inverted_nesting(Context& c) {
  for (uint32_t i = 0; i < c.drafts.size(); ++i) {
    Draft& d = c.drafts[i];
    if (d.parent == kNone) continue;
    Draft& parent = c.drafts[d.parent];
    const Attribution& outer = *parent.attribution;
    if (outer.cue.empty() || outer.source.empty() || d.attribution->cue.empty()) continue;
    if (parent.parent != kNone) continue;
    const Ranges& content = d.attribution->content;
    if (!c.inside(content, outer.cue.front()) || !c.inside(content, outer.source.front())) continue;
    // A verb is outer only where the tree says so; "according to" hangs under what it is about.
    if (is_adposition(c.analysis, outer.cue.front().begin)) continue;
    if (!is_adposition(c.analysis, d.attribution->cue.front().begin) &&
        !is_under(c.analysis, parent.anchor, d.anchor))
      continue;
    parent.parent = i;
    d.parent = kNone;
  }
}

}  // namespace

/// One draft for each attribution, with everything that the attribution itself tells.
void make_statements(Context& c) {
  c.drafts.reserve(c.attributions.attributions.size() + c.analysis.sentences.size());
  for (const Attribution& a : c.attributions.attributions) {
    c.drafts.push_back(make_draft(c, a));
    c.drafts_of_sentence[c.drafts.back().sentence].push_back(
        static_cast<uint32_t>(c.drafts.size() - 1));
  }
  break_parent_circles(c);
  turn_inverted_nesting(c);
}

/// The outlet's own words: one draft a sentence, of the stretches that no attribution has.
void make_own_words(Context& c) {
  const std::vector<bool> taken = attributed_words(c);
  for (uint32_t s = 0; s < c.analysis.sentences.size(); ++s) {
    const SentenceInfo& sentence = c.analysis.sentences[s];
    if (!holds_own_words(c.article.blocks[sentence.block].kind) ||
        is_kicker_or_credit(c, sentence) || is_dateline(c, sentence))
      continue;
    const Ranges own = own_stretches(c, taken, sentence.words);
    if (!says_something(c, own, sentence.words)) continue;
    Draft d;
    d.sentence = s;
    d.block = sentence.block;
    d.anchor = own.front().begin;
    d.out.content = c.spans(own);
    add_why(c, d, "own", own.front());
    c.drafts.push_back(std::move(d));
  }
}

/// Sorts the drafts by their first content byte (the longer first) into the ledger and turns
/// parents into statement numbers.
void number_statements(Context& c) {
  std::vector<uint32_t> order(c.drafts.size());
  std::iota(order.begin(), order.end(), 0u);
  const auto last_byte = [&](uint32_t i) {
    return c.drafts[i].out.content.empty() ? 0u : c.drafts[i].out.content.back().end;
  };
  std::stable_sort(order.begin(), order.end(), [&](uint32_t x, uint32_t y) {
    const uint32_t a = first_byte(c.drafts[x]), b = first_byte(c.drafts[y]);
    return a != b ? a < b : last_byte(x) > last_byte(y);
  });
  std::vector<uint32_t> number(c.drafts.size());
  for (uint32_t n = 0; n < order.size(); ++n) number[order[n]] = n;
  for (const uint32_t i : order) {
    Draft& d = c.drafts[i];
    d.number = number[i];
    if (d.parent != kNone) d.out.parent = number[d.parent];
    c.ledger.statements.push_back(std::move(d.out));
  }
}

}  // namespace avstand::provenance
