// Verification: what the text says about checking, access and comment, bound to the statements
// and pictures that it is about (acceptance README, "Verification").
//
// A remark is about the attributions of its own sentence when its words stand outside what they
// say; else about the statements before it in its block, or in the nearest block before that has
// any. "Partenes opplysninger" is about every party's statements; a remark in a caption is about
// the picture; a check of footage or papers is about the statements that rest on them.
#include <algorithm>
#include <array>

#include "provenance/context.h"

namespace avstand::provenance {
namespace {

constexpr uint32_t kBlocksBack = 2;  // how far a remark reaches for statements before it
constexpr uint32_t kBlocksBackForAccess = 3;
constexpr uint32_t kSentencesBack = 12;  // within one block, so that a huge block stays linear
constexpr uint32_t kNegationReach = 4;   // words before a check that may take it back
constexpr uint32_t kGlobalRemarks =
    64;  // remarks about statements anywhere, so that cost stays linear

constexpr std::array<std::string_view, 7> kStrongestFirst = {
    "disputed", "confirmed", "checked", "unverified", "no_access", "no_comment", "none"};

size_t rank(std::string_view status) {
  return static_cast<size_t>(std::find(kStrongestFirst.begin(), kStrongestFirst.end(), status) -
                             kStrongestFirst.begin());
}

/// One remark on checking.
struct Remark {
  std::string_view status;
  std::string_view rule;
  uint32_t sentence = 0;
  uint32_t block = 0;
  WordRange words;
  bool by_check = false;    ///< a check of material, whatever came of it
  EntityId by = kNoEntity;  ///< who checked or was asked
  bool parties = false;     ///< about all that the parties say
  bool claims = false;      ///< about all that they have said so far
  bool of_its_own = false;  ///< its subject tells what is meant: "reports of shooting"
  std::string material;     ///< evidence that its subject is ("studien", "opptaket"), else empty
};

class Binder {
 public:
  explicit Binder(Context& c) : c_(c) {}

  void bind(const Remark& r) {
    if (c_.article.blocks[r.block].kind == BlockKind::kCaption && bind_to_picture(r)) return;
    if (r.parties || r.claims) return bind_to_parties(r);
    if (r.status == "no_comment") return bind_to_asked(r);
    if (r.by_check) return bind_to_material(r);
    if (bind_in_sentence(r) || r.of_its_own) return;
    if (!r.material.empty()) {
      if (bind_before(r, [&](const Draft& d) { return same_material(d.out.evidence, r.material); }))
        return;
      // "MRTV showed soldiers. The footage could not be verified."
      bind_in_block(r, r.block, [](const Draft& d) { return d.attribution->act == Act::kShow; });
      return;
    }
    // Who was not let in could not check what the parties have told.
    if (r.status == "no_access" &&
        bind_before(r, [&](const Draft& d) { return is_party(d); }, kBlocksBackForAccess))
      return;
    if (follows_own_words(r)) return;
    bind_before(r, [](const Draft&) { return true; });
  }

 private:
  static bool is_scare(const Draft& d) { return d.attribution->quote == QuoteType::kScare; }

  void set(Draft& d, const Remark& r) {
    if (is_scare(d)) return;
    // A demand cannot be checked; and nobody has to be let in to think of a matter what they do.
    const bool demand = d.attribution->act == Act::kDemand;
    if (demand && (r.status == "no_access" || r.status == "unverified")) return;
    if (d.out.evidence == "opinion" && r.status == "no_access") return;
    raise(c_, d, r.status, r.words, r.by, r.rule);
  }

  bool bind_to_picture(const Remark& r) {
    for (ledger::Picture& p : c_.ledger.pictures) {
      if (p.block != r.block) continue;
      if (rank(r.status) >= rank(p.verification.status)) return true;
      p.verification.status = r.status;
      p.verification.span = c_.span(r.words);
      p.why.push_back({std::string(r.rule), c_.span(r.words)});
      return true;
    }
    return false;
  }

  // Parties are states, organisations and those who speak for them, but not those who stand
  // beside a matter by trade (media, aid and rights groups, research, courts, hospitals), and not
  // what rests on pictures, papers or instruments.
  bool is_party(const Draft& d) const {
    if (!c_.knows(d.origin()) || same_material(d.out.evidence, d.out.evidence)) return false;
    const Entity& e = c_.entity(c_.body_of(d.origin()));
    if (e.type == EntityType::kPlace) return true;
    if (e.type == EntityType::kGroup) return !c_.is(Marker::kCrowd, d.source_head);  // "rebels"
    if (e.type != EntityType::kOrganisation) return false;
    switch (e.profile.kind) {
      case ProfileKind::kNewsAgency:
      case ProfileKind::kNewspaper:
      case ProfileKind::kBroadcaster:
      case ProfileKind::kNgo:
      case ProfileKind::kResearch:
      case ProfileKind::kHospital:
      case ProfileKind::kSchool:
      case ProfileKind::kCourt:
      case ProfileKind::kIntergovernmental:
      case ProfileKind::kDocument:
      case ProfileKind::kSensor:
        return false;
      default:
        return true;
    }
  }

  /// Looks over the whole article are rationed, so that many remarks cost no more than some.
  bool take_global() {
    if (global_left_ <= 1) return false;
    --global_left_;
    return true;
  }

  void bind_to_parties(const Remark& r) {
    bool any = false;
    if (!take_global()) return;
    for (Draft& d : c_.drafts)
      if (d.attribution && is_party(d) && (r.parties || d.sentence < r.sentence)) {
        set(d, r);
        any = true;
      }
    if (!any) bind_before(r, [](const Draft&) { return true; });
  }

  // The attribution whose words the remark stands beside: "…, which Reuters could not verify".
  bool bind_in_sentence(const Remark& r) {
    bool any = false;
    for (const uint32_t i : c_.drafts_of_sentence[r.sentence]) {
      Draft& d = c_.drafts[i];
      if (is_scare(d) || d.anaphoric) continue;
      const bool is_cue = c_.inside(d.attribution->cue, r.words);
      const bool beside =
          !c_.inside(d.attribution->content, r.words) && !c_.inside(d.attribution->source, r.words);
      if (!is_cue && !beside) continue;
      set(d, r);
      any = true;
    }
    return any;
  }

  /// Footage is one kind of material, papers and studies another.
  static bool same_material(std::string_view a, std::string_view b) {
    const auto family = [](std::string_view e) {
      if (e == "video" || e == "photo" || e == "satellite") return 1;
      if (e == "document" || e == "record" || e == "research" || e == "statistics") return 2;
      return e == "measurement" ? 3 : 0;
    };
    return family(a) != 0 && family(a) == family(b);
  }

  // A remark after sentences of the outlet's own in its block is about those, unless it speaks of
  // "the information".
  bool follows_own_words(const Remark& r) const {
    const WordRange block = c_.sentences_of_block[r.block];
    if (r.sentence == block.begin || c_.has(Marker::kClaimNoun, sentence_words(r))) return false;
    for (uint32_t s = block.begin; s < r.sentence; ++s)
      if (!c_.drafts_of_sentence[s].empty()) return false;
    return r.status != "no_access";
  }

  WordRange sentence_words(const Remark& r) const {
    return c_.analysis.sentences[r.sentence].words;
  }

  template <typename Wanted>
  bool bind_before(const Remark& r, Wanted wanted, uint32_t reach = kBlocksBack) {
    for (uint32_t back = 0; back <= reach && back <= r.block; ++back)
      if (bind_in_block(r, r.block - back, wanted)) return true;
    return false;
  }

  template <typename Wanted>
  bool bind_in_block(const Remark& r, uint32_t block, Wanted wanted) {
    const WordRange sentences = c_.sentences_of_block[block];
    const uint32_t end = std::min(sentences.end, r.sentence);
    bool any = false;
    for (uint32_t s = std::max(sentences.begin, end - std::min(end, kSentencesBack)); s < end; ++s)
      for (const uint32_t i : c_.drafts_of_sentence[s]) {
        Draft& d = c_.drafts[i];
        if (is_scare(d) || !wanted(d)) continue;
        set(d, r);
        any |= !d.anaphoric;
      }
    return any;
  }

  /// Whether somebody says the remark of themselves: "We can neither confirm nor deny it," says X.
  bool is_said_by(const Remark& r, EntityId who) const {
    for (const uint32_t i : c_.drafts_of_sentence[r.sentence]) {
      const Draft& d = c_.drafts[i];
      if (d.attribution && d.attribution->quote == QuoteType::kDirect &&
          c_.inside(d.attribution->content, r.words) && c_.knows(d.speaker) &&
          (!c_.knows(who) || c_.same_side(d.speaker, who)))
        return true;
    }
    return false;
  }

  // Who was asked and gave no answer: what the same block claims, what they are said to have said.
  // What they say themselves, in the same breath, stays theirs.
  void bind_to_asked(const Remark& r) {
    if (is_said_by(r, r.by)) return;
    if (c_.knows(r.by) && take_global())
      for (Draft& d : c_.drafts)
        if (d.attribution && d.sentence < r.sentence && c_.same_side(d.speaker, r.by)) set(d, r);
    bind_in_block(r, r.block, [](const Draft&) { return true; });
  }

  // Checked footage or papers: what rests on them. Without a material: what the sentence says.
  void bind_to_material(const Remark& r) {
    const WordRange words = c_.analysis.sentences[r.sentence].words;
    const bool recording = c_.has(Marker::kRecording, words);
    const bool document = c_.has(Marker::kDocument, words);
    if (bind_to_source_clause(r)) return;
    const auto rests = [&](const Draft& d) {
      const std::string& e = d.out.evidence;
      const bool on_recording = e == "video" || e == "photo" || e == "satellite";
      const bool on_document = e == "document" || e == "record";
      const bool shows =
          recording && c_.has(Marker::kRecording, c_.analysis.sentences[d.sentence].words);
      return (recording && on_recording) || (document && on_document) || shows;
    };
    if (recording || document) bind_before(r, rests);
  }

  // "en rapport som denne avisen har lest": the clause hangs on the source of a statement here.
  bool bind_to_source_clause(const Remark& r) {
    bool any = false;
    for (const uint32_t i : c_.drafts_of_sentence[r.sentence]) {
      Draft& d = c_.drafts[i];
      if (is_scare(d) || d.by_outlet || d.source_head == kNoWord) continue;
      const bool after = d.source_head < r.words.begin && r.words.begin < d.source_head + 24;
      const bool thing =
          c_.is(Marker::kRecording, d.source_head) || c_.is(Marker::kDocument, d.source_head);
      if (!after || !thing || c_.inside(d.attribution->content, r.words)) continue;
      set(d, r);
      any = true;
    }
    return any;
  }

  Context& c_;
  uint32_t global_left_ = kGlobalRemarks;
};

struct RemarkKind {
  Marker marker;
  std::string_view status, rule;
};
constexpr std::array<RemarkKind, 5> kRemarkKinds = {{
    {Marker::kNoComment, "no_comment", "verification.no_comment"},
    {Marker::kUnverified, "unverified", "verification.unverified"},
    {Marker::kNoAccess, "no_access", "verification.no_access"},
    {Marker::kChecked, "checked", "verification.checked"},
    {Marker::kConfirmed, "confirmed", "verification.confirmed"},
}};

bool is_negated_check(const Context& c, WordRange words) {
  const WordId first = c.analysis.sentence(words.begin).words.begin;
  const WordRange around{words.begin - std::min(words.begin - first, kNegationReach), words.end};
  return c.has(Marker::kUnverified, around) || c.has(Marker::kNegation, around);
}

/// Whom a remark on silence names: the first known entity of its sentence that is not this outlet.
EntityId asked_entity(const Context& c, uint32_t sentence) {
  const WordRange words = c.analysis.sentences[sentence].words;
  for (WordId w = words.begin; w < words.end; ++w) {
    const Capture any = c.symbols.mention_at(w, WordClass::kAny);
    if (any.words.empty() || any.entity == kNoEntity) continue;
    if (c.symbols.mention_at(w, WordClass::kOwn).words.empty() && !c.is_medium(any.entity))
      return any.entity;
  }
  return kNoEntity;
}

/// The evidence class of the noun that is the subject or object of what the match says; empty if it
/// is none.
std::string material_of(const Context& c, WordRange match) {
  for (WordId w = match.begin; w < match.end; ++w) {
    const Word& word = c.analysis.words[w];
    WordId subject = word.rel == Rel::kNsubj ? w : c.tree.child(w, Rel::kNsubj);
    if (subject == kNoWord && word.rel == Rel::kConj && word.head != kNoWord)
      subject = c.tree.child(word.head, Rel::kNsubj);
    // "NRK har ikke fått verifisert bildene": what is checked is the object of who checks.
    for (const WordId checked : {subject, c.tree.child(w, Rel::kObj)}) {
      if (checked == kNoWord || c.analysis.words[checked].upos != Upos::kNoun) continue;
      if (c.is(Marker::kClaimNoun, checked)) return {};
      if (auto evidence = noun_evidence(c, checked); !evidence.empty()) return evidence;
    }
  }
  return {};
}

/// "Meldingar om skyting er ikkje stadfesta": a claim noun that names its claim.
bool names_its_claim(const Context& c, WordRange match) {
  for (WordId w = match.begin; w < match.end; ++w) {
    const WordId subject = c.tree.child(w, Rel::kNsubj);
    if (subject == kNoWord || !c.is(Marker::kClaimNoun, subject)) continue;
    if (c.analysis.has(subject, "Definite=Def")) return false;
    for (const WordId child : c.tree.children(subject))
      if (child > subject &&
          (c.analysis.words[child].rel == Rel::kNmod || c.analysis.words[child].rel == Rel::kAcl))
        return true;
  }
  return false;
}

void find_remarks(const Context& c, uint32_t sentence, std::vector<Remark>& out) {
  const SentenceInfo& s = c.analysis.sentences[sentence];
  const size_t first = out.size();
  for (const RemarkKind& kind : kRemarkKinds)
    for (const Match& m : c.find(kind.marker, s.words)) {
      // "will neither confirm nor deny" is an answer refused, not a check that failed.
      const bool refused = std::any_of(
          out.begin() + static_cast<std::ptrdiff_t>(first), out.end(),
          [&](const Remark& o) { return o.status == "no_comment" && o.words.overlaps(m.words); });
      if (refused && kind.status != "no_comment") continue;
      Remark r{kind.status, kind.rule, sentence, s.block, m.words};
      const bool positive = kind.status == "checked" || kind.status == "confirmed";
      if (positive && is_negated_check(c, m.words)) continue;
      if (!m.captures.empty()) r.by = m.captures.front().entity;
      if (kind.status == "no_comment") r.by = asked_entity(c, sentence);
      r.by_check = kind.status == "checked";
      if (r.by_check && c.has(Marker::kRecording, s.words) && c.has(Marker::kRefuted, s.words)) {
        r.status = "disputed";
        r.rule = "verification.refuted";
      }
      r.material = material_of(c, m.words);
      r.of_its_own = kind.status == "unverified" && names_its_claim(c, m.words);
      r.claims = kind.status == "unverified" && c.has(Marker::kClaims, s.words);
      r.parties = kind.status == "unverified" && c.has(Marker::kParties, s.words);
      out.push_back(r);
    }
}

/// Somebody outside the chain calls the papers genuine: what rests on papers is confirmed.
void bind_genuine(Context& c) {
  uint32_t left = kGlobalRemarks;
  for (uint32_t i = 0; i < c.attributions.attributions.size(); ++i) {
    const Draft& d = c.drafts[i];
    const Attribution& a = *d.attribution;
    if (a.act == Act::kDeny || a.commitment == Commitment::kDenied || a.content.empty()) continue;
    const WordRange content{a.content.front().begin, a.content.back().end};
    if (!c.has(Marker::kGenuine, content) || c.has(Marker::kNegation, content)) continue;
    if (!c.has(Marker::kDocument, words_of_block(c, d.block))) continue;
    if (left-- == 0) return;
    for (Draft& other : c.drafts)
      if (other.attribution &&
          (other.out.evidence == "document" || other.out.evidence == "record") &&
          !c.same_side(other.origin(), d.origin()))
        raise(c, other, "confirmed", content, d.speaker, "verification.genuine");
  }
}

}  // namespace

void raise(Context& c, Draft& d, std::string_view status, WordRange words, EntityId by,
           std::string_view rule) {
  if (rank(status) >= rank(d.out.verification.status)) return;
  // A word of confirmation from inside the chain confirms nothing (LEDGER.md, rule 4).
  if (status == "confirmed" && by != kNoEntity)
    for (const ledger::Hop& hop : d.out.chain)
      if (hop.entity && c.same_side(*hop.entity, by)) return;
  d.out.verification.status = status;
  d.out.verification.span = c.span(words);
  d.out.verification.by.reset();
  if (c.knows(by)) d.out.verification.by = by;
  add_why(c, d, rule, words);
}

/// Finds all remarks and binds them to statements and pictures.
void judge_verification(Context& c) {
  std::vector<Remark> remarks;
  for (uint32_t s = 0; s < c.analysis.sentences.size(); ++s) find_remarks(c, s, remarks);
  Binder binder(c);
  for (const Remark& r : remarks) {
    binder.bind(r);
    if (r.status == "no_access") c.no_access.push_back(r.sentence);
  }
  bind_genuine(c);
}

}  // namespace avstand::provenance
