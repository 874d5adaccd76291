// An invented article and the ledger a careful reader would make of it. Text of our own; states,
// agencies, persons and ships do not exist. It holds what offsets stumble over: a decomposed letter
// (o + U+0301), characters outside the BMP, a soft hyphen, guillemets and a quote dash.
#pragma once

#include <cassert>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/ledger.h"

namespace avstand::ledger::sample {

/// Builds spans from words of the text, so that no test counts bytes by hand.
class Builder {
 public:
  Ledger ledger;

  /// Appends a block (an empty line apart) and returns its index.
  uint32_t block(BlockKind kind, std::string_view text, std::string_view kicker = {}) {
    std::string& all = ledger.document.text;
    if (!all.empty()) all += "\n\n";
    Block b;
    b.kind = kind;
    b.span.begin = static_cast<uint32_t>(all.size());
    all += text;
    b.span.end = static_cast<uint32_t>(all.size());
    b.language = ledger.document.language;
    if (!kicker.empty())
      b.kicker = Span{b.span.begin, b.span.begin + static_cast<uint32_t>(kicker.size())};
    ledger.document.blocks.push_back(b);
    ledger.sentences.push_back(b.span);
    return static_cast<uint32_t>(ledger.document.blocks.size() - 1);
  }
  /// The first place of `words` at or after byte `from`.
  Span at(std::string_view words, size_t from = 0) const {
    const size_t pos = ledger.document.text.find(words, from);
    assert(pos != std::string::npos);
    return {static_cast<uint32_t>(pos), static_cast<uint32_t>(pos + words.size())};
  }
  uint32_t entity(std::string type, std::string name, Profile profile,
                  const std::vector<std::pair<std::string_view, std::string>>& mentions) {
    Entity e;
    e.type = std::move(type);
    e.name = std::move(name);
    e.profile = std::move(profile);
    for (const auto& [words, form] : mentions) e.mentions.push_back({at(words), form});
    ledger.entities.push_back(std::move(e));
    return static_cast<uint32_t>(ledger.entities.size() - 1);
  }
  Hop hop(uint32_t entity, bool relay, Span span) const {
    return {entity, ledger.entities[entity].name, relay, true, span};
  }
  Statement& statement(std::string_view content, std::string_view cue, std::string_view source,
                       std::string quote, std::string act) {
    Statement s;
    s.content = {at(content)};
    if (!cue.empty()) s.cue = {at(cue)};
    if (!source.empty()) s.source = {at(source)};
    s.quote = std::move(quote);
    s.act = std::move(act);
    s.why = {{"frame.report_verb", cue.empty() ? s.content[0] : s.cue[0]}};
    ledger.statements.push_back(std::move(s));
    return ledger.statements.back();
  }
};

inline void add_text(Builder& b) {
  b.block(BlockKind::kHeadline, "Statsråden møtte «vennen» i Valdria");
  b.block(BlockKind::kLede,
          "Nordmarks handelsminister Ida Solvang er den første gjesten i Valdria siden grensen ble "
          "stengt for tre år siden.");
  b.block(BlockKind::kCaption,
          "TETTE BÅND: Ida Solvang og Pavel Ko\u0301sa på kaia. Bildet er sendt ut av statsbyrået "
          "VNA og er ikke verifisert av andre.",
          "TETTE BÅND");
  b.block(BlockKind::kParagraph,
          "Statsbyrået VNA melder at de to ministrene ble enige om en «historisk» havneavtale.");
  b.block(BlockKind::kParagraph,
          "Valdrias havneminister Pavel Ko\u0301sa skal ha lovet at tolv skip får fri ferdsel, "
          "skriver Nordpressen, som viser til VNA.");
  b.block(BlockKind::kSubheading, "Ikke sett avtalen");
  b.block(BlockKind::kParagraph,
          "– Vi har ikke fått se av\u00ADtalen, sier Torill Eide, leder i Sjømannsforbundet, til "
          "Havnebladet.");
  b.block(BlockKind::kParagraph,
          "Satellittbilder fra Orbita viser at byggingen av en ny molo er i gang. Uavhengige "
          "journalister fikk ikke følge møtet.");
  b.block(
      BlockKind::kParagraph,
      "En kilde med kjennskap til samtalene hevder at partene står langt fra hverandre. Avtalen "
      "skal etter planen signeres 14. mars.");
  b.block(BlockKind::kParagraph,
          "«Dette er en ny start 🚢», skrev utenriksminister Solvang 🌊 på sosiale medier.");
  b.block(BlockKind::kCaption, "PÅ KAIA: To av skipene som er omtalt i avtalen.", "PÅ KAIA");
}

/// Indices of the entities below, in text order.
enum : uint32_t {
  kSolvang,
  kValdria,
  kKosa,
  kVna,
  kNordpressen,
  kEide,
  kUnion,
  kOutlet,
  kOrbita,
  kSource
};

inline void add_entities(Builder& b) {
  b.entity(
      "person", "Ida Solvang", {"person", "XN", "unknown", {}},
      {{"Nordmarks handelsminister Ida Solvang", "name"}, {"utenriksminister Solvang", "name"}});
  b.entity("place", "Valdria",
           {"government", "XV", "state", "data/knowledge/countries.tsv 2026-01-01"},
           {{"Valdria", "name"}});
  b.entity("person", "Pavel Ko\u0301sa", {"person", "XV", "unknown", {}},
           {{"Pavel Ko\u0301sa", "name"}, {"Valdrias havneminister Pavel Ko\u0301sa", "name"}});
  b.entity("organisation", "VNA",
           {"news_agency", "XV", "state", "data/knowledge/agencies.tsv 2026-01-01"},
           {{"statsbyrået VNA", "name"}, {"Statsbyrået VNA", "name"}});
  b.entity("organisation", "Nordpressen", {"news_agency", "XN", "private", {}},
           {{"Nordpressen", "name"}});
  b.entity("person", "Torill Eide", {"person", {}, "unknown", {}},
           {{"Torill Eide, leder i Sjømannsforbundet", "name"}});
  b.entity("organisation", "Sjømannsforbundet",
           {"union", {}, "private", "leder i Sjømannsforbundet"}, {{"Sjømannsforbundet", "name"}});
  b.entity("organisation", "Havnebladet", {"newspaper", "XN", "private", {}},
           {{"Havnebladet", "name"}});
  b.entity("organisation", "Orbita", {"sensor", {}, "unknown", {}},
           {{"Satellittbilder fra Orbita", "name"}});
  b.entity("group", "En kilde med kjennskap til samtalene", {},
           {{"En kilde med kjennskap til samtalene", "role"}});
  b.ledger.entities[kSolvang].roles = {
      {"handelsminister", kValdria, std::nullopt, std::nullopt, true}};
  b.ledger.entities[kKosa].roles = {{"havneminister", kValdria, "2024-02-01", std::nullopt, true}};
}

inline void add_own(Builder& b, std::string_view words) {
  Statement& s = b.statement(words, "", "", "own", "say");
  s.why = {{"own.no_cue", s.content[0]}};
}

inline void add_first_statements(Builder& b) {
  Statement& scare = b.statement("«vennen»", "«", "", "scare", "say");
  scare.commitment = "distanced";
  scare.distance = 1;
  scare.chain = {{}};
  scare.evidence = "unstated";
  add_own(b,
          "Nordmarks handelsminister Ida Solvang er den første gjesten i Valdria siden grensen ble "
          "stengt for tre år siden.");
  Statement& agency = b.statement("at de to ministrene ble enige om en «historisk» havneavtale",
                                  "melder", "Statsbyrået VNA", "mixed", "say");
  agency.speaker = kVna;
  agency.chain = {b.hop(kVna, false, b.at("Statsbyrået VNA"))};
  agency.distance = 1;
  agency.evidence = "statement";
  agency.interested = true;
  agency.verification = {"no_access", {}, b.at("Uavhengige journalister fikk ikke følge møtet")};
  agency.confidence = 0.93;
  const Span relay_source = b.at("Nordpressen, som viser til VNA");
  Statement& relay = b.statement(
      "Valdrias havneminister Pavel Ko\u0301sa skal ha lovet at tolv skip får fri ferdsel",
      "skriver", "Nordpressen", "indirect", "say");
  relay.speaker = kNordpressen;
  relay.chain = {b.hop(kVna, false, b.at("VNA", relay_source.begin)),
                 b.hop(kNordpressen, true, b.at("Nordpressen"))};
  relay.distance = 2;
  relay.evidence = "statement";
  relay.verification = {"no_access", {}, b.at("Uavhengige journalister fikk ikke følge møtet")};
  relay.why.push_back({"chain.cites", b.at("som viser til VNA")});
  relay.confidence = 0.88;
  Statement& promise =
      b.statement("at tolv skip får fri ferdsel", "skal ha lovet",
                  "Valdrias havneminister Pavel Ko\u0301sa", "indirect", "promise");
  promise.speaker = kKosa;
  promise.chain = {b.hop(kKosa, false, b.at("Valdrias havneminister Pavel Ko\u0301sa")),
                   b.hop(kVna, true, b.at("VNA", relay_source.begin)),
                   b.hop(kNordpressen, true, b.at("Nordpressen"))};
  promise.distance = 3;
  promise.evidence = "hearsay";
  promise.commitment = "distanced";
  promise.interested = true;
  promise.verification = {"no_access", {}, b.at("Uavhengige journalister fikk ikke følge møtet")};
  promise.parent = 3;
  promise.confidence = 0.81;
}

inline void add_last_statements(Builder& b) {
  Statement& eide = b.statement("– Vi har ikke fått se av\u00ADtalen", "sier",
                                "Torill Eide, leder i Sjømannsforbundet", "direct", "say");
  eide.speaker = kEide;
  eide.chain = {b.hop(kUnion, false, b.at("Sjømannsforbundet"))};
  eide.distance = 1;
  eide.evidence = "participant";
  eide.confidence = 0.97;
  Statement& orbita = b.statement("at byggingen av en ny molo er i gang", "viser at",
                                  "Satellittbilder fra Orbita", "indirect", "show");
  orbita.cue = {b.at("viser", orbita.source[0].end)};
  orbita.speaker = kOrbita;
  orbita.chain = {b.hop(kOrbita, false, orbita.source[0])};
  orbita.distance = 1;
  orbita.evidence = "satellite";
  orbita.commitment = "endorsed";
  add_own(b, "Uavhengige journalister fikk ikke følge møtet.");
  Statement& unnamed = b.statement("at partene står langt fra hverandre", "hevder",
                                   "En kilde med kjennskap til samtalene", "indirect", "claim");
  unnamed.speaker = kSource;
  unnamed.chain = {{std::nullopt, "unnamed", false, false, unnamed.source[0]}};
  unnamed.distance = 1;
  unnamed.evidence = "participant";
  unnamed.commitment = "distanced";
  unnamed.verification = {"unverified", {}, std::nullopt};
  unnamed.confidence = 0.7;
  add_own(b, "Avtalen skal etter planen signeres 14. mars.");
  Statement& post = b.statement("«Dette er en ny start 🚢»", "skrev", "utenriksminister Solvang",
                                "direct", "say");
  post.speaker = kSolvang;
  post.chain = {b.hop(kSolvang, false, post.source[0])};
  post.distance = 1;
  post.evidence = "opinion";
  post.interested = true;
}

inline void add_conclusions(Builder& b) {
  Picture handout;
  handout.block = 2;
  handout.origin = b.hop(kVna, false, b.at("statsbyrået VNA"));
  handout.credit = b.at("Bildet er sendt ut av statsbyrået VNA");
  handout.credited = true;
  handout.handout = true;
  handout.verification = {"unverified", {}, b.at("er ikke verifisert av andre")};
  handout.why = {{"picture.sent_out", b.at("sendt ut av")}};
  Picture bare;
  bare.block = 10;
  bare.why = {{"picture.no_credit", b.at("PÅ KAIA: To av skipene som er omtalt i avtalen.")}};
  b.ledger.pictures = {handout, bare};
  b.ledger.findings = {{"role_conflict",
                        "Ida Solvang kalles både «handelsminister» og «utenriksminister».",
                        {b.at("utenriksminister Solvang"), b.at("handelsminister Ida Solvang")},
                        "finding.role_conflict"},
                       {"missing_credit",
                        "Bildeteksten sier ikke hvor bildet kommer fra.",
                        {b.at("PÅ KAIA: To av skipene som er omtalt i avtalen.")},
                        "finding.missing_credit"},
                       {"no_access",
                        "Ingen uavhengige fikk være til stede.",
                        {b.at("Uavhengige journalister fikk ikke følge møtet")},
                        "finding.no_access"}};
  b.ledger.summary = {
      8, 3, {{kVna, 2}, {kKosa, 1}, {kUnion, 1}, {kOrbita, 1}, {kSolvang, 1}, {std::nullopt, 2}},
      4, 4, {{0, 43}, {1, 41}, {2, 13}}};
}

/// The whole sample.
inline Ledger make() {
  Builder b;
  b.ledger.document.id = "examples/havneavtale.nb.txt";
  b.ledger.document.language = LanguageCode("nb");
  b.ledger.document.title = "Statsråden møtte «vennen» i Valdria";
  b.ledger.document.published = "2026-03-02";
  b.ledger.document.outlet = "Havnebladet";
  b.ledger.document.url = "https://havnebladet.example/2026/valdria?a=1&b=2";
  b.ledger.engine = {"0.1.0", {{"nb", "sha256:00"}, {"nn", "sha256:00"}}, "sha256:11"};
  b.ledger.digest = "sha256:22";
  b.ledger.outlet_entity = kOutlet;
  add_text(b);
  add_entities(b);
  add_first_statements(b);
  add_last_statements(b);
  add_conclusions(b);
  return std::move(b.ledger);
}

}  // namespace avstand::ledger::sample
