#include "story/lexicon.h"

#include <algorithm>
#include <cstdlib>

#include "base/hash.h"
#include "base/table.h"
#include "text/supported_languages.h"
#include "text/utf8.h"

namespace avstand::story {
namespace {

constexpr float kConcept = 0.85F;    // near-synonym or translation
constexpr float kLastPart = 0.6F;    // "ulykke" of "fergeulykke"
constexpr float kFirstPart = 0.45F;  // "ferge" of "fergeulykke"
constexpr float kStem = 0.8F;        // the same beginning, long enough
constexpr size_t kShortestPart = 4;  // bytes
constexpr size_t kShortestStem = 6;  // bytes
constexpr int kRarest = 110;         // value of words that the list lacks
constexpr int kMaxGap = 2;           // words between the words of a marker

constexpr std::string_view kArticle = "the ";  // "The Daily Ledger" is "the Daily Ledger"

const Status kDone = avstand::Unit{};

std::optional<Marker> parse_marker(std::string_view name) {
  constexpr std::string_view kNames[] = {"deny",    "retract",  "correct", "open",
                                         "plan",    "own",      "release", "accuse",
                                         "message", "contrast", "no",      "more"};
  for (size_t i = 0; i < std::size(kNames); ++i)
    if (kNames[i] == name) return static_cast<Marker>(i);
  return std::nullopt;
}

std::optional<Bound> parse_bound(std::string_view name) {
  if (name == "least") return Bound::kLeast;
  if (name == "most") return Bound::kMost;
  if (name == "about") return Bound::kAbout;
  if (name == "only") return Bound::kOnly;
  if (name == "of") return Bound::kOf;
  if (name == "former") return Bound::kFormer;
  if (name == "from") return Bound::kFrom;
  if (name == "to") return Bound::kTo;
  return std::nullopt;
}

bool is_norwegian(std::string_view language) { return language != "en"; }

/// Whether the words of a pattern stand in the text from `at` on, with small gaps.
bool stands_at(const std::vector<std::string>& pattern, const std::vector<std::string>& lemmas,
               const std::vector<std::string>& forms, size_t at) {
  size_t next = at;
  for (size_t i = 0; i < pattern.size(); ++i) {
    const size_t last = i == 0 ? at : std::min(next + kMaxGap, lemmas.size() - 1);
    bool found = false;
    for (size_t w = next; w <= last && w < lemmas.size() && !found; ++w) {
      if (lemmas[w] != pattern[i] && forms[w] != pattern[i]) continue;
      next = w + 1;
      found = true;
    }
    if (!found) return false;
  }
  return true;
}

}  // namespace

Feature feature(std::string_view space, std::string_view value) {
  std::string joined(space);
  joined += ':';
  joined += value;
  return xxh64(joined);
}

void tidy(KeyList& keys) {
  std::sort(keys.begin(), keys.end(), [](const Key& a, const Key& b) {
    return a.feature != b.feature ? a.feature < b.feature : a.strength > b.strength;
  });
  keys.erase(std::unique(keys.begin(), keys.end(),
                         [](const Key& a, const Key& b) { return a.feature == b.feature; }),
             keys.end());
}

float match(const KeyList& a, const KeyList& b) {
  float best = 0;
  for (size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i].feature < b[j].feature) {
      ++i;
    } else if (b[j].feature < a[i].feature) {
      ++j;
    } else {
      best = std::max(best, std::min(a[i++].strength, b[j++].strength));
    }
  }
  return best;
}

namespace {

/// In lower case, without quotes, commas and full stops. Most names are of ASCII alone.
std::string bare_name(std::string_view name) {
  std::string out;
  out.reserve(name.size());
  if (std::none_of(name.begin(), name.end(), [](char c) { return (c & 0x80) != 0; })) {
    for (const char c : name)
      if (c != '"' && c != '.' && c != ',')
        out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return out;
  }
  const std::string lower = lower_case(name);
  for (size_t i = 0; i < lower.size();) {
    const CodePoint c = decode_utf8(lower, i);
    const bool dropped = c.value == '"' || c.value == '.' || c.value == ',' || c.value == 0xAB ||
                         c.value == 0xBB || c.value == 0x201C || c.value == 0x201D;
    if (!dropped) out.append(lower, i, c.size);
    i += c.size;
  }
  return out;
}

}  // namespace

std::string plain_name(std::string_view name) {
  std::string out = bare_name(name);
  if (out.starts_with(kArticle) && out.size() > kArticle.size()) out.erase(0, kArticle.size());
  for (const std::string_view ending : {"’s", "'s", "’", "'"})
    if (out.size() > ending.size() + 2 && out.ends_with(ending))
      out.resize(out.size() - ending.size());
  return out;
}

Result<Lexicon> Lexicon::load(const std::string& data_dir) {
  Lexicon out;
  const std::string folder = data_dir + "/story";
  AVSTAND_CHECK(out.load_concepts(folder));
  AVSTAND_CHECK(out.load_numbers(folder));
  AVSTAND_CHECK(out.load_markers(folder));
  AVSTAND_CHECK(out.load_countries(data_dir));
  AVSTAND_CHECK(out.load_media(data_dir + "/knowledge"));
  AVSTAND_CHECK(out.load_bodies(data_dir + "/knowledge"));
  return out;
}

Status Lexicon::load_concepts(const std::string& folder) {
  AVSTAND_TRY(concepts, Table::load(folder + "/concepts.tsv", {"norwegian", "english"}));
  for (uint32_t row = 0; row < concepts.rows().size(); ++row) {
    const auto& cells = concepts.rows()[row].cells;
    for (const std::string_view w : split(cells[0], '|')) norwegian_[std::string(w)].push_back(row);
    for (const std::string_view w : split(cells[1], '|')) english_[lower_case(w)].push_back(row);
  }
  AVSTAND_TRY(pairs, Table::load(folder + "/nynorsk.tsv", {"nynorsk", "bokmål"}));
  for (const TableRow& row : pairs.rows()) nynorsk_.emplace(row.cells[0], row.cells[1]);
  AVSTAND_TRY(common, Table::load(folder + "/commonness.tsv", {"language", "word", "value"}));
  for (const TableRow& row : common.rows())
    (row.cells[0] == "en" ? common_en_ : common_nb_)
        .emplace(row.cells[1], std::atoi(row.cells[2].c_str()));
  AVSTAND_TRY(opposites, Table::load(folder + "/opposites.tsv", {"one", "other"}));
  for (uint32_t row = 0; row < opposites.rows().size(); ++row)
    for (const int side : {0, 1})
      for (const std::string_view w : split(opposites.rows()[row].cells[side], '|'))
        opposites_[std::string(w)].push_back(side == 0 ? static_cast<int>(row) + 1
                                                       : -static_cast<int>(row) - 1);
  return kDone;
}

Status Lexicon::load_numbers(const std::string& folder) {
  AVSTAND_TRY(table,
              Table::load(folder + "/number_words.tsv", {"language", "word", "kind", "value"}));
  for (const TableRow& row : table.rows()) {
    const std::string& kind = row.cells[2];
    if (const auto bound = parse_bound(kind)) {
      bounds_[row.cells[0]].emplace(row.cells[1], *bound);
    } else if (kind == "value" || kind == "scale" || kind == "part") {
      numbers_[row.cells[0]].emplace(
          row.cells[1],
          NumberWord{kind == "scale", kind == "part", std::strtod(row.cells[3].c_str(), nullptr)});
    } else {
      return table.error(row, "there is no kind '" + kind + "'");
    }
  }
  return kDone;
}

Status Lexicon::load_markers(const std::string& folder) {
  AVSTAND_TRY(table, Table::load(folder + "/markers.tsv", {"language", "kind", "words"}));
  for (const TableRow& row : table.rows()) {
    const auto marker = parse_marker(row.cells[1]);
    if (!marker) return table.error(row, "there is no kind '" + row.cells[1] + "'");
    Pattern pattern{.marker = *marker};
    for (const std::string_view w : split(row.cells[2], ' ')) pattern.words.emplace_back(w);
    patterns_[row.cells[0]].push_back(std::move(pattern));
  }
  return kDone;
}

Status Lexicon::load_countries(const std::string& data_dir) {
  AVSTAND_TRY(languages, supported_languages(data_dir));
  for (const SupportedLanguage& language : languages) {
    const LanguageFiles files = language.files(data_dir);
    AVSTAND_TRY(table, Table::load(files.path("countries.tsv"),
                                   {"iso", "names", "adjectives", "demonyms"}));
    for (const TableRow& row : table.rows())
      for (const size_t column : {1, 2, 3})
        for (const std::string_view name : split(row.cells[column], '|'))
          countries_.emplace(lower_case(name), row.cells[0]);
    AVSTAND_CHECK(nouns_.load(language.code.view(), files));
  }
  return kDone;
}

Status Lexicon::load_media(const std::string& folder) {
  const auto add = [this](const TableRow& row, const std::string& family) {
    const Medium medium{row.cells[0], row.cells[2], family.empty() ? row.cells[0] : family};
    media_.emplace(plain_name(row.cells[0]), medium);
    for (const std::string_view alias : split(row.cells[1], '|'))
      media_.emplace(plain_name(alias), medium);
  };
  AVSTAND_TRY(media, Table::load(folder + "/media.tsv",
                                 {"name", "aliases", "kind", "country", "control", "owner",
                                  "funding", "ownership", "editorial", "basis"}));
  for (const TableRow& row : media.rows()) add(row, row.cells[5]);
  AVSTAND_TRY(outlets, Table::load(folder + "/outlets.tsv",
                                   {"name", "aliases", "kind", "country", "control", "basis"}));
  for (const TableRow& row : outlets.rows()) add(row, "");
  return kDone;
}

/// Needs the countries: "Norwegian Medicines Agency" is called "the country's medicines agency".
Status Lexicon::load_bodies(const std::string& folder) {
  AVSTAND_TRY(table, Table::load(folder + "/bodies.tsv",
                                 {"name", "aliases", "kind", "country", "control", "basis"}));
  for (const TableRow& row : table.rows()) {
    const auto number = static_cast<uint32_t>(bodies_.size());
    Body& body = bodies_.emplace_back(Body{.name = plain_name(row.cells[0])});
    body_numbers_.emplace(body.name, number);
    for (const std::string_view alias : split(row.cells[1], '|')) {
      const std::string plain = plain_name(alias);
      body_numbers_.emplace(plain, number);
      if (plain.find(' ') == std::string::npos) continue;
      for (const std::string_view word : split(plain, ' ')) {
        if (word.size() < kShortestPart || country(word)) continue;
        std::string one(word);
        if (one.ends_with('s')) one.pop_back();  // "medicines"
        Term term{.keys = keys("nb", word, word), .weight = 1};
        for (const Key& k : keys("en", one, word)) term.keys.push_back(k);
        tidy(term.keys);
        body.words.push_back(std::move(term));
      }
    }
  }
  return kDone;
}

std::string Lexicon::base_form(std::string_view language, std::string_view lemma) const {
  if (language == "nn")
    if (const auto it = nynorsk_.find(lemma); it != nynorsk_.end()) return it->second;
  return std::string(lemma);
}

void Lexicon::add_concepts(KeyList& out, std::string_view language, std::string_view word,
                           float strength) const {
  const auto& words = is_norwegian(language) ? norwegian_ : english_;
  const auto it = words.find(word);
  if (it == words.end()) return;
  for (const uint32_t row : it->second)
    out.push_back({feature("c", std::to_string(row)), strength});
}

bool Lexicon::knows_norwegian(std::string_view word) const {
  return norwegian_.contains(word) || common_nb_.contains(word);
}

/// The parts of a Norwegian compound, where the last is a known word; the longest last part wins.
void Lexicon::add_parts(KeyList& out, std::string_view language, std::string_view word) const {
  for (size_t at = kShortestPart - 1; at + kShortestPart <= word.size(); ++at) {
    if ((static_cast<uint8_t>(word[at]) & 0xC0) == 0x80) continue;
    const std::string last = base_form(language, word.substr(at));
    if (!knows_norwegian(last)) continue;
    std::string_view first = word.substr(0, at);
    const bool joint = !knows_norwegian(first) && (first.ends_with('s') || first.ends_with('e'));
    if (joint) first.remove_suffix(1);
    out.push_back({feature("w", last), kLastPart});
    add_concepts(out, "nb", last, kLastPart);
    if (first.size() >= 3) {
      const std::string base = base_form(language, first);
      out.push_back({feature("w", base), kFirstPart});
      add_concepts(out, "nb", base, kFirstPart);
    }
    return;
  }
}

KeyList Lexicon::keys(std::string_view language, std::string_view lemma,
                      std::string_view form) const {
  KeyList out;
  const std::string base = base_form(language, lemma);
  const std::string low = lower_case(form);
  out.push_back({feature("w", base), 1});
  add_concepts(out, language, base, kConcept);
  if (base != lemma) add_concepts(out, language, lemma, kConcept);
  const bool is_known = out.size() > 1;
  if (!is_known && low != base) add_concepts(out, language, low, kConcept);
  if (is_norwegian(language) && !is_known) add_parts(out, language, base);
  if (base.size() >= kShortestStem && !is_known)
    out.push_back({feature("s", utf8_prefix(base, kShortestStem)), kStem});
  if (const auto c = country(low)) out.push_back(*c);
  tidy(out);
  return out;
}

KeyList Lexicon::phrase(std::string_view language, std::string_view first,
                        std::string_view second) const {
  KeyList out;
  std::string both(first);
  both += ' ';
  both += second;
  add_concepts(out, language, both, kConcept);
  if (const auto c = country(both)) out.push_back(*c);
  if (!out.empty()) out.push_back({feature("w", both), 1});
  tidy(out);
  return out;
}

std::optional<Key> Lexicon::country(std::string_view name) const {
  const auto it = countries_.find(name);
  if (it == countries_.end()) return std::nullopt;
  return Key{feature("iso", it->second), 0.95F};
}

bool Lexicon::is_concept(std::string_view language, std::string_view word) const {
  const auto& words = is_norwegian(language) ? norwegian_ : english_;
  return words.contains(word) || words.contains(base_form(language, word));
}

float Lexicon::weight(std::string_view language, std::string_view lemma) const {
  const auto& words = is_norwegian(language) ? common_nb_ : common_en_;
  const auto it = words.find(base_form(language, lemma));
  const int value = it == words.end() ? kRarest : it->second;
  return std::max(0.15F, static_cast<float>(value - 35) / static_cast<float>(kRarest - 35));
}

const Lexicon::NumberWord* Lexicon::number(std::string_view language, std::string_view word) const {
  const auto words = numbers_.find(language);
  if (words == numbers_.end()) return nullptr;
  const auto it = words->second.find(word);
  return it == words->second.end() ? nullptr : &it->second;
}

Bound Lexicon::bound(std::string_view language, std::string_view words) const {
  const auto known = bounds_.find(language);
  if (known == bounds_.end()) return Bound::kExact;
  const auto it = known->second.find(words);
  return it == known->second.end() ? Bound::kExact : it->second;
}

uint32_t Lexicon::markers(std::string_view language, const std::vector<std::string>& lemmas,
                          const std::vector<std::string>& forms) const {
  uint32_t bits = 0;
  const auto known = patterns_.find(language);
  if (known == patterns_.end() || lemmas.empty()) return bits;
  for (const Pattern& p : known->second)
    for (size_t at = 0; at < lemmas.size(); ++at)
      if (stands_at(p.words, lemmas, forms, at)) bits |= 1U << static_cast<uint32_t>(p.marker);
  return bits;
}

bool Lexicon::is_message(std::string_view language, std::string_view lemma) const {
  const std::vector<std::string> word{std::string(lemma)};
  return has(markers(language, word, word), Marker::kMessage);
}

const std::vector<int>* Lexicon::opposites(std::string_view lemma) const {
  const auto it = opposites_.find(lemma);
  return it == opposites_.end() ? nullptr : &it->second;
}

const Body* Lexicon::body(std::string_view name) const {
  const auto it = body_numbers_.find(plain_name(name));
  return it == body_numbers_.end() ? nullptr : &bodies_[it->second];
}

const Medium* Lexicon::medium(std::string_view name) const {
  const auto it = media_.find(plain_name(name));
  return it == media_.end() ? nullptr : &it->second;
}

}  // namespace avstand::story
