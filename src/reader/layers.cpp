#include "reader/layers.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "language/model.h"
#include "ledger/characters.h"

namespace avstand {
namespace {

constexpr std::array<std::string_view, 10> kLayerNames = {
    "blocks", "sentences", "tokens",       "conllu",     "mentions",
    "times",  "events",    "attributions", "statements", "ledger"};

constexpr std::string_view kNothing = "-";
constexpr std::string_view kReplacement = "\uFFFD";
constexpr std::string_view kApart = " … ";

std::string id(char letter, size_t index) { return fmt::format("{}{}", letter, index + 1); }

/// "e3", or "-" where there is none.
std::string id_or_nothing(char letter, std::optional<uint32_t> index) {
  return index ? id(letter, *index) : std::string(kNothing);
}

std::string or_nothing(const std::string& text) {
  return text.empty() ? std::string(kNothing) : text;
}

/// Appends a character as it is, unless it is hidden or broken.
void append_visible(const ledger::DecodedCharacter& c, std::string_view bytes, std::string& out) {
  if (ledger::is_hidden_control(c.value))
    fmt::format_to(std::back_inserter(out), "\\u{{{:04X}}}", static_cast<uint32_t>(c.value));
  else
    out += c.valid ? bytes : kReplacement;
}

/// Lines and columns stay, every other hidden control is spelled out.
std::string visible_table(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t pos = 0; pos < text.size();) {
    const ledger::DecodedCharacter c = ledger::decode_character(text, pos);
    if (c.value == '\n' || c.value == '\t')
      out += static_cast<char>(c.value);
    else
      append_visible(c, text.substr(pos, c.size), out);
    pos += c.size;
  }
  return out;
}

/// Writes the lines of one article.
class Dump {
 public:
  explicit Dump(const Reading& reading)
      : reading_(reading),
        analysis_(reading.analysis),
        text_(reading.article.text),
        index_(reading.article.text) {
    line("# article {}", visible(reading.article.id));
  }

  void blocks();
  void sentences();
  void tokens();
  void mentions();
  void times();
  void events();
  void attributions();
  void statements();
  std::string take() { return std::move(out_); }

 private:
  template <typename... Args>
  void line(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
    out_ += '\n';
  }
  /// "begin<TAB>end" in code points.
  std::string offsets(Span s) const {
    return fmt::format("{}\t{}", index_.to_code_point(s.begin), index_.to_code_point(s.end));
  }
  std::string words(Span s) const { return visible(s.in(text_)); }
  std::string words(WordRange r) const {
    return r.empty() ? std::string() : words(analysis_.span(r));
  }
  /// Texts of parts that stand apart.
  template <typename Part>
  std::string parts(const std::vector<Part>& list) const {
    std::string out;
    for (const Part& part : list) {
      if (!out.empty()) out += kApart;
      out += words(part);
    }
    return or_nothing(out);
  }
  std::string roles(const Entity& entity) const;
  std::string names(const std::vector<EntityId>& list) const;
  void entity(EntityId number);
  void picture(const ledger::Picture& picture, size_t number);
  std::string summary() const;

  const Reading& reading_;
  const Analysis& analysis_;
  std::string_view text_;
  CodePointIndex index_;
  std::string out_;
};

void Dump::blocks() {
  for (const Block& block : reading_.article.blocks)
    line("{}\t{}\t{}\t{}\t{}", offsets(block.span), to_string(block.kind), block.language.view(),
         block.kicker ? words(*block.kicker) : kNothing, words(block.span));
}

void Dump::sentences() {
  for (const SentenceInfo& s : analysis_.sentences)
    line("{}\t{}\t{}\t{}", offsets(s.span), to_string(reading_.article.blocks[s.block].kind),
         s.language.view(), words(s.span));
}

void Dump::tokens() {
  for (size_t s = 0; s < analysis_.sentences.size(); ++s) {
    const WordRange range = analysis_.sentences[s].words;
    for (WordId w = range.begin; w < range.end; ++w)
      line("{}.{}\t{}\t{}", s + 1, w - range.begin + 1, offsets(analysis_.words[w].span),
           visible(analysis_.form(w)));
  }
}

/// "forsvarsminister of e4 (2012-11-06..)", parted by "; ".
std::string Dump::roles(const Entity& entity) const {
  std::string out;
  for (const Role& role : entity.roles) {
    if (!out.empty()) out += "; ";
    out += visible(role.title);
    if (role.of != kNoEntity) out += " of " + id('e', role.of);
    if (!role.from.empty() || !role.to.empty()) out += fmt::format(" ({}..{})", role.from, role.to);
    if (!role.stated) out += fmt::format(" [known: {}]", to_string(role.tenure));
  }
  return or_nothing(out);
}

void Dump::entity(EntityId number) {
  const Entity& e = reading_.entities.entities[number];
  line("{}\t{}\t{}\t{}\t{}\t{}\t{}", id('e', number), to_string(e.type), visible(e.name),
       to_string(e.profile.kind), or_nothing(e.profile.country), to_string(e.profile.control),
       roles(e));
}

void Dump::mentions() {
  std::vector<std::vector<const Mention*>> of(reading_.entities.entities.size());
  for (const Mention& m : reading_.entities.mentions)
    if (m.entity < of.size()) of[m.entity].push_back(&m);
  for (EntityId number = 0; number < of.size(); ++number) {
    entity(number);
    for (const Mention* m : of[number])
      line("\t{}\t{}\t{}", offsets(analysis_.span(m->words)), to_string(m->form), words(m->words));
  }
}

void Dump::times() {
  for (const TimeExpression& t : reading_.events.times)
    line("{}\t{}\t{}", offsets(analysis_.span(t.words)), or_nothing(t.value), words(t.words));
}

/// "Kim Berg; politiet".
std::string Dump::names(const std::vector<EntityId>& list) const {
  std::string out;
  for (const EntityId e : list) {
    if (!out.empty()) out += "; ";
    out += visible(reading_.entities.entities[e].name);
  }
  return or_nothing(out);
}

void Dump::events() {
  const EventLayer& layer = reading_.events;
  size_t number = 0;
  for (const Event& e : layer.events) {
    const TimeExpression* t = e.time == kNoTime ? nullptr : &layer.times[e.time];
    const std::string when = !t                 ? std::string(kNothing)
                             : t->value.empty() ? words(t->words)
                                                : t->value;
    line("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}", id('v', number++), visible(e.predicate),
         or_nothing(e.type), to_string(e.status), when, names(e.actors), names(e.targets),
         e.place == kNoEntity ? std::string(kNothing) : names({e.place}), words(e.words));
  }
}

void Dump::attributions() {
  const auto& entities = reading_.entities.entities;
  size_t number = 0;
  for (const Attribution& a : reading_.attributions.attributions) {
    const std::string parent = a.parent == kNoAttribution ? "-" : id('a', a.parent);
    line("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}", id('a', number++), parent, to_string(a.quote),
         to_string(a.act), to_string(a.commitment),
         a.speaker < entities.size() ? visible(entities[a.speaker].name) : kNothing,
         parts(a.source), parts(a.cue), parts(a.content), a.why.empty() ? "" : a.why[0].rule);
  }
}

/// "KCNA > Reuters", the origin first.
std::string chain_names(const std::vector<ledger::Hop>& chain) {
  std::string out;
  for (const ledger::Hop& hop : chain) {
    if (!out.empty()) out += " > ";
    out += visible(hop.name);
  }
  return or_nothing(out);
}

void Dump::picture(const ledger::Picture& p, size_t number) {
  const char* handout = !p.handout ? "unknown" : *p.handout ? "handout" : "own";
  line("{}\t{}\t{}\t{}\t{}\t{}", id('p', number), p.origin ? visible(p.origin->name) : kNothing,
       chain_names(p.chain), handout, p.verification.status,
       p.credit ? words(*p.credit) : kNothing);
}

std::string Dump::summary() const {
  const ledger::Summary& s = reading_.ledger.summary;
  std::string distances;
  for (const auto& [distance, count] : s.words_by_distance)
    distances += fmt::format(" {}:{}", distance, count);
  return fmt::format("summary\tstatements {}\town {}\torigins {}\tunverified {}\twords{}",
                     s.statements, s.own, s.independent_origins, s.unverified, distances);
}

void Dump::statements() {
  const ledger::Ledger& ledger = reading_.ledger;
  for (size_t i = 0; i < ledger.statements.size(); ++i) {
    const ledger::Statement& s = ledger.statements[i];
    line("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}", id('s', i), id_or_nothing('s', s.parent),
         s.quote, s.act, s.evidence, s.commitment, s.verification.status, s.distance,
         s.interested ? "interested" : kNothing, chain_names(s.chain), parts(s.content));
  }
  for (size_t i = 0; i < ledger.pictures.size(); ++i) picture(ledger.pictures[i], i);
  for (const ledger::Finding& f : ledger.findings)
    line("finding\t{}\t{}\t{}", f.kind, visible(f.message), parts(f.spans));
  line("{}", summary());
}

}  // namespace

std::string_view to_string(Layer layer) { return kLayerNames[static_cast<size_t>(layer)]; }

bool parse_layer(std::string_view name, Layer& out) {
  const auto at = std::find(kLayerNames.begin(), kLayerNames.end(), name);
  if (at == kLayerNames.end()) return false;
  out = static_cast<Layer>(at - kLayerNames.begin());
  return true;
}

Stage stage_of(Layer layer) {
  switch (layer) {
    case Layer::kBlocks:
    case Layer::kSentences:
    case Layer::kTokens:
      return Stage::kSentences;
    case Layer::kConllu:
      return Stage::kParse;
    case Layer::kMentions:
      return Stage::kEntities;
    case Layer::kTimes:
    case Layer::kEvents:
      return Stage::kEvents;
    case Layer::kAttributions:
      return Stage::kAttributions;
    case Layer::kStatements:
    case Layer::kLedger:
      break;
  }
  return Stage::kLedger;
}

std::string dump_layer(const Reading& reading, Layer layer) {
  if (layer == Layer::kLedger) return ledger::to_pretty_json(reading.ledger) + "\n";
  if (layer == Layer::kConllu)
    return "# newdoc id = " + visible(reading.article.id) + "\n" +
           visible_table(language::to_conllu(reading.analysis));
  Dump dump(reading);
  switch (layer) {
    case Layer::kBlocks:
      dump.blocks();
      break;
    case Layer::kSentences:
      dump.sentences();
      break;
    case Layer::kTokens:
      dump.tokens();
      break;
    case Layer::kMentions:
      dump.mentions();
      break;
    case Layer::kTimes:
      dump.times();
      break;
    case Layer::kEvents:
      dump.events();
      break;
    case Layer::kAttributions:
      dump.attributions();
      break;
    default:
      dump.statements();
      break;
  }
  return dump.take();
}

std::string visible(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t pos = 0; pos < text.size();) {
    const ledger::DecodedCharacter c = ledger::decode_character(text, pos);
    if (c.value == '\\')
      out += "\\\\";
    else if (c.value == '\n')
      out += "\\n";
    else if (c.value == '\t')
      out += "\\t";
    else
      append_visible(c, text.substr(pos, c.size), out);
    pos += c.size;
  }
  return out;
}

}  // namespace avstand
