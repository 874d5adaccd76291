// Pictures: what a caption says about where its picture comes from, and agency marks on the text.
//
// A credit is a marker with a colon ("Foto: X / Y / NTB"), a sentence about the hand-out ("Bildet
// er sendt ut av X"), a closing line of names without a verb, or a credit block after the caption.
// The first name is the origin, the others are the hands in between.
#include <algorithm>

#include "provenance/context.h"
#include "text/utf8.h"

namespace avstand::provenance {
namespace {

constexpr uint32_t kLongestBareCredit = 10;  // words of a closing line of names
constexpr uint32_t kMarkWords = 8;           // words at a block's ends where "(NTB)" may stand
constexpr std::string_view kJoints[] = {"-", "–", "/"};  // between agencies that share a text

std::string_view form(const Context& c, WordId w) { return c.analysis.form(w); }

WordRange trimmed(const Context& c, WordRange r) {
  while (!r.empty() && c.analysis.words[r.begin].upos == Upos::kPunct) ++r.begin;
  while (!r.empty() && c.analysis.words[r.end - 1].upos == Upos::kPunct) --r.end;
  return r;
}

/// "Foto: …" up to the end of its sentence, or of the block if that goes on without a verb.
WordRange marked_credit(const Context& c, WordRange block) {
  for (const Match& m : c.find(Marker::kCredit, block)) {
    if (m.words.end >= block.end || form(c, m.words.end) != ":") continue;
    return trimmed(c, {m.words.end + 1, block.end});
  }
  return {};
}

bool has_verb(const Context& c, WordRange r) {
  for (WordId w = r.begin; w < r.end; ++w)
    if (c.analysis.words[w].upos == Upos::kVerb || c.analysis.words[w].upos == Upos::kAux)
      return true;
  return false;
}

/// A last sentence (or a bracket at the end) of names with an agency among them.
WordRange bare_credit(const Context& c, uint32_t block) {
  const WordRange sentences = c.sentences_of_block[block];
  if (sentences.size() < 2) return {};
  const WordRange last = trimmed(c, c.analysis.sentences[sentences.end - 1].words);
  if (last.empty() || last.size() > kLongestBareCredit || has_verb(c, last)) return {};
  for (WordId w = last.begin; w < last.end; ++w)
    if (c.is(Marker::kPhotoAgency, w) || !c.symbols.mention_at(w, WordClass::kMedium).words.empty())
      return last;
  return c.has(Marker::kHandout, last) ? last : WordRange{};
}

/// The names of a credit: parted by strokes, commas, "via".
std::vector<Span> parts_of(const Context& c, Span credit) {
  std::vector<Span> out;
  const std::string_view text = credit.in(c.article.text);
  const auto add = [&](size_t begin, size_t end) {
    while (begin < end && std::string_view(" \t/,|;()").find(text[begin]) != std::string_view::npos)
      ++begin;
    while (end > begin &&
           std::string_view(" \t/,|;().").find(text[end - 1]) != std::string_view::npos)
      --end;
    if (begin < end)
      out.push_back(
          {credit.begin + static_cast<uint32_t>(begin), credit.begin + static_cast<uint32_t>(end)});
  };
  size_t begin = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool via = text.substr(i).starts_with(" via ");
    if (!via && std::string_view("/,|;(").find(text[i]) == std::string_view::npos) continue;
    add(begin, i);
    begin = via ? i + 5 : i + 1;
  }
  add(begin, text.size());
  // "AP Photo/Lee Jin-man": whose hands it went through stands first, who took it last.
  constexpr std::string_view kAgencyPhoto = " Photo";
  if (out.size() == 2 && out[0].in(c.article.text).ends_with(kAgencyPhoto)) {
    out[0].end -= static_cast<uint32_t>(kAgencyPhoto.size());
    std::swap(out[0], out[1]);
  }
  return out;
}

/// The entity that a stretch of a credit names: by a mention there, else by its name elsewhere.
EntityId entity_at(const Context& c, Span part) {
  EntityId best = kNoEntity;
  uint32_t longest = 0;
  const auto& mentions = c.entities.mentions;
  const auto first = std::partition_point(mentions.begin(), mentions.end(), [&](const Mention& m) {
    return c.analysis.words[m.words.begin].span.begin < part.begin;
  });
  for (auto m = first;
       m != mentions.end() && c.analysis.words[m->words.begin].span.begin < part.end; ++m) {
    const Span s = c.span(m->words);
    if (!part.contains(s) || s.size() <= longest) continue;
    best = m->entity;
    longest = s.size();
  }
  if (best != kNoEntity) return best;
  const std::string wanted = lower_case(part.in(c.article.text));
  for (EntityId e = 0; e < c.entities.entities.size(); ++e)
    if (lower_case(c.entity(e).name) == wanted) return e;
  return kNoEntity;
}

ledger::Hop credit_hop(const Context& c, Span part, bool relay) {
  ledger::Hop hop;
  hop.name = part.in(c.article.text);
  hop.relay = relay;
  hop.explicit_ = true;
  hop.span = part;
  if (const EntityId e = entity_at(c, part); e != kNoEntity) hop.entity = e;
  return hop;
}

WordRange words_in(const Context& c, uint32_t block, Span part) {
  WordRange out = words_of_block(c, block);
  while (!out.empty() && c.analysis.words[out.begin].span.end <= part.begin) ++out.begin;
  while (!out.empty() && c.analysis.words[out.end - 1].span.begin >= part.end) --out.end;
  return out;
}

bool is_person_name(const Context& c, WordRange words) {
  for (const NameSpan& name : c.analysis.names)
    if (name.words.overlaps(words)) return c.analysis.strings.view(name.type) == "PER";
  return false;
}

/// Whether the entity has a say in the article: then it is a party to the matter.
bool speaks(const Context& c, EntityId entity) {
  return std::any_of(c.drafts.begin(), c.drafts.end(), [&](const Draft& d) {
    return d.attribution && (d.speaker == entity || d.origin() == entity);
  });
}

/// What kind of hand the origin of a credit is: true for a party, false for a photographer or
/// agency.
std::optional<bool> handout_by_origin(const Context& c, const ledger::Hop& origin,
                                      WordRange words) {
  if (words.empty()) return std::nullopt;
  if (c.has(Marker::kPrivate, words)) return false;
  const Entity* e = origin.entity && c.knows(*origin.entity) ? &c.entity(*origin.entity) : nullptr;
  const ProfileKind kind = e ? e->profile.kind : ProfileKind::kUnknown;
  if (kind == ProfileKind::kStateMedia) return true;
  if (kind == ProfileKind::kNewsAgency || kind == ProfileKind::kNewspaper ||
      kind == ProfileKind::kBroadcaster || c.has(Marker::kPhotoAgency, words))
    return false;
  if (e && e->type == EntityType::kOrganisation && speaks(c, *origin.entity)) return true;
  if (kind == ProfileKind::kPerson || (e && e->type == EntityType::kPerson)) return false;
  if (c.has(Marker::kHandoutNoun, words)) return true;
  if (is_person_name(c, words)) return false;
  if (kind != ProfileKind::kUnknown && kind != ProfileKind::kDocument &&
      kind != ProfileKind::kSensor)
    return true;
  if (words.size() >= 2) return false;  // a photographer's name
  if (e && e->type == EntityType::kOrganisation) return true;
  return std::nullopt;
}

class CaptionReader {
 public:
  CaptionReader(Context& c, uint32_t block) : c_(c), block_(block) { picture_.block = block; }

  ledger::Picture read() {
    const WordRange words = words_of_block(c_, block_);
    WordRange credit = marked_credit(c_, words);
    if (credit.empty()) credit = bare_credit(c_, block_);
    if (credit.empty()) credit = credit_block();
    if (!credit.empty()) take_credit(credit);
    take_handout(words);
    picture_.credited = picture_.origin.has_value();
    return std::move(picture_);
  }

 private:
  // A credit that stands in a block of its own right after the caption.
  WordRange credit_block() const {
    const uint32_t next = block_ + 1;
    if (next >= c_.article.blocks.size() || c_.article.blocks[next].kind != BlockKind::kCredit)
      return {};
    const WordRange words = words_of_block(c_, next);
    const WordRange marked = marked_credit(c_, words);
    return marked.empty() ? trimmed(c_, words) : marked;
  }

  void take_credit(WordRange credit) {
    picture_.credit = c_.span(credit);
    picture_.why.push_back({"picture.credit", *picture_.credit});
    const auto parts = parts_of(c_, *picture_.credit);
    bool relay = false;
    for (const Span part : parts) {
      const WordRange words = words_in(c_, c_.analysis.sentence(credit.begin).block, part);
      if (parts.size() > 1 && words.size() == 1 && c_.has(Marker::kHandout, words)) continue;
      ledger::Hop hop = credit_hop(c_, without_handout(words, part), relay);
      if (relay)
        picture_.chain.push_back(std::move(hop));
      else
        picture_.origin = std::move(hop);
      relay = true;
    }
    if (parts.empty()) return;
    const uint32_t at = c_.analysis.sentence(credit.begin).block;
    picture_.handout =
        c_.has(Marker::kHandout, credit)
            ? std::optional<bool>(true)
            : handout_by_origin(c_, *picture_.origin, words_in(c_, at, parts.front()));
  }

  // "Ministry of Defence handout": the word says how it came, not from whom.
  Span without_handout(WordRange words, Span part) const {
    if (words.size() < 2 || !c_.has(Marker::kHandout, {words.end - 1, words.end})) return part;
    return {part.begin, c_.analysis.words[words.end - 2].span.end};
  }

  void take_handout(WordRange words) {
    for (const Match& m : c_.find(Marker::kHandout, words)) {
      picture_.handout = true;
      picture_.why.push_back({"picture.handout", c_.span(m.words)});
      if (m.captures.empty()) continue;
      const WordRange who = with_name(m.captures.back().words);
      if (!picture_.credit)
        picture_.credit = c_.span({m.words.begin, std::max(m.words.end, who.end)});
      if (!picture_.origin) picture_.origin = handout_origin(m.captures.back(), who);
      return;
    }
  }

  // "landets statlige nyhetsbyrå TPA": the name after the mention belongs to it.
  WordRange with_name(WordRange words) const {
    const WordId end = c_.analysis.sentence(words.begin).words.end;
    while (words.end < end && c_.analysis.words[words.end].upos == Upos::kPropn) ++words.end;
    return words;
  }

  ledger::Hop handout_origin(const Capture& capture, WordRange who) const {
    ledger::Hop hop = credit_hop(c_, c_.span(who), false);
    if (who == capture.words || !hop.entity) hop.entity = capture.entity;
    if (who.end > capture.words.end) {
      const Capture name = c_.symbols.mention_at(capture.words.end, WordClass::kName);
      if (!name.words.empty()) hop.entity = name.entity;
    }
    if (hop.entity && c_.knows(*hop.entity) && c_.entity(*hop.entity).named)
      hop.name = c_.entity(*hop.entity).name;
    return hop;
  }

  Context& c_;
  uint32_t block_;
  ledger::Picture picture_;
};

// --- agency marks on the text --------------------------------------------------------------------

/// Whether a bracket that closes here marks the text: at the end of its block, or before the dash
/// or colon of a dateline. "(Ap)" after a politician's name does not.
bool marks_text(const Context& c, WordId close, WordId end) {
  if (close + 1 >= end) return true;
  const std::string_view next = form(c, close + 1);
  if (next == ":" || next == "–" || next == "—" || next == "-") return true;
  return next == "." && close + 2 >= end;
}

/// Media that sign a text, and the words that they sign it with.
struct AgencyMark {
  WordRange words;
  std::vector<std::string> media;
};

/// Adds the media that one word joins ("NTB-AFP", "TT/Reuters"); false unless all of them are
/// known.
bool add_joined_media(const Context& c, WordId w, AgencyMark& mark) {
  std::vector<std::string> parts;
  const std::string_view word = form(c, w);
  size_t begin = 0;
  for (size_t at = 0; at <= word.size(); ++at) {
    size_t size = 0;
    for (const std::string_view joint : kJoints)
      if (word.substr(at).starts_with(joint)) size = joint.size();
    if (size == 0 && at < word.size()) continue;
    const std::string_view part = word.substr(begin, at - begin);
    if (part.empty() || !c.knowledge.is_medium(part)) return false;
    parts.emplace_back(part);
    begin = at + size;
  }
  mark.media.insert(mark.media.end(), parts.begin(), parts.end());
  return true;
}

/// Adds the medium at `w`; gives the word after it, or `w` if there is none.
WordId add_medium(const Context& c, WordId w, AgencyMark& mark) {
  const Capture medium = c.symbols.mention_at(w, WordClass::kMedium);
  WordId next = w;
  if (!medium.words.empty()) {
    mark.media.push_back(c.text(medium.words));
    next = medium.words.end;
  } else if (add_joined_media(c, w, mark)) {
    next = w + 1;
  }
  if (next == w) return w;
  mark.words = mark.words.empty() ? WordRange{w, next} : WordRange{mark.words.begin, next};
  return next;
}

/// "(NTB)", "(NTB–AFP)", "(TT-Reuters)" beginning at an opening bracket; no media if it is none.
AgencyMark bracket_of_media(const Context& c, WordId open, WordId end) {
  AgencyMark out;
  for (WordId w = open + 1; w < end;) {
    if (form(c, w) == ")") return marks_text(c, w, end) ? out : AgencyMark{};
    const WordId next = add_medium(c, w, out);
    if (next == w && c.analysis.words[w].upos != Upos::kPunct && form(c, w) != "/") return {};
    w = std::max(next, w + 1);
  }
  return {};
}

/// "© NTB" at the end of a block.
AgencyMark copyright_mark(const Context& c, WordId sign, WordId end) {
  AgencyMark out;
  const WordId next = sign + 1 < end ? add_medium(c, sign + 1, out) : end;
  return !out.media.empty() && (next == end || form(c, next) == ".") ? out : AgencyMark{};
}

bool take_agency(Context& c, const AgencyMark& mark) {
  if (mark.media.empty()) return false;
  AgencyInfo& agency = c.ledger.document.agency;
  agency.credit = c.text(mark.words);
  if (agency.hops.empty()) agency.hops = mark.media;  // its own metadata know better
  return true;
}

/// "Av Kari Lie, NTB–AFP", "Av NTB": the agencies that end a byline's line. A paper's or a
/// broadcaster's name there is mostly the outlet's own.
AgencyMark byline_mark(const Context& c, WordRange block) {
  const auto ends_line = [&](WordId w) {
    return w == block.end || form(c, w) == "," ||
           c.article.text
                   .substr(c.analysis.words[w - 1].span.end,
                           c.analysis.words[w].span.begin - c.analysis.words[w - 1].span.end)
                   .find('\n') != std::string::npos;
  };
  for (WordId w = block.begin; w < block.end; ++w) {
    AgencyMark mark;
    const Capture medium = c.symbols.mention_at(w, WordClass::kMedium);
    const bool known =
        medium.words.empty() || (c.knows(medium.entity) &&
                                 c.entity(medium.entity).profile.kind == ProfileKind::kNewsAgency);
    if (const WordId next = add_medium(c, w, mark); known && next != w && ends_line(next))
      return mark;
  }
  return {};
}

bool find_agency_in(Context& c, uint32_t block) {
  const WordRange words = words_of_block(c, block);
  for (WordId w = words.begin; w < words.end; ++w) {
    if (w == words.begin + kMarkWords && words.end > w + kMarkWords) w = words.end - kMarkWords;
    if (form(c, w) == "(" && take_agency(c, bracket_of_media(c, w, words.end))) return true;
    if (form(c, w) == "©" && take_agency(c, copyright_mark(c, w, words.end))) return true;
  }
  const BlockKind kind = c.article.blocks[block].kind;
  if (words.empty() || (kind != BlockKind::kByline && kind != BlockKind::kCredit)) return false;
  if (kind == BlockKind::kByline && take_agency(c, byline_mark(c, words))) return true;
  const WordRange line = trimmed(c, words);
  if (line.empty()) return false;
  const Capture medium = c.symbols.mention_at(line.begin, WordClass::kMedium);
  return medium.words == line && take_agency(c, {medium.words, {c.text(medium.words)}});
}

}  // namespace

/// One picture for each caption.
void judge_pictures(Context& c) {
  for (uint32_t b = 0; b < c.article.blocks.size(); ++b)
    if (c.article.blocks[b].kind == BlockKind::kCaption)
      c.ledger.pictures.push_back(CaptionReader(c, b).read());
}

/// Marks the document as an agency's copy where a byline, dateline or closing bracket says so.
void find_agency(Context& c) {
  if (c.ledger.document.agency.credit) return;
  for (uint32_t b = 0; b < c.article.blocks.size(); ++b) {
    const BlockKind kind = c.article.blocks[b].kind;
    if (kind == BlockKind::kCaption || kind == BlockKind::kHeadline) continue;
    if (find_agency_in(c, b)) return;
  }
}

}  // namespace avstand::provenance
