#include "text/identify.h"

// clang-format off: cld2's header needs <cstdio> and does not include it
#include <cstdio>
#include <cld2/public/compact_lang_det.h>
// clang-format on

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <optional>
#include <vector>

#include "base/table.h"
#include "text/line.h"
#include "text/supported_languages.h"
#include "text/text_rules.h"
#include "text/utf8.h"

namespace avstand {
namespace {

constexpr size_t kSampleBytes = 16'384;  // more text does not change the answer
constexpr size_t kMaxWordBytes = 40;
constexpr size_t kMaxLanguages = 16;
constexpr std::string_view kWords = "language_words.tsv";

/// Which languages a word speaks for.
struct Vote {
  uint8_t language = 0;  // index in Votes::codes
  float weight = 0;
};

/// What the words of a text add up to.
struct Tally {
  uint32_t words = 0;
  uint32_t letters = 0;
  uint32_t caseless = 0;  // letters of scripts without case: they tell more than words do
  std::array<double, kMaxLanguages> votes{};
  std::array<uint32_t, kMaxLanguages> own{};  // words that no supported language has
};

/// cld2's answer.
struct Detected {
  LanguageCode language;
  bool reliable = false;
  int percent = 0;
};

Detected detect(std::string_view text) {
  CLD2::Language languages[3];
  int percents[3] = {};
  int bytes = 0;
  Detected out;
  CLD2::DetectLanguageSummary(text.data(), static_cast<int>(text.size()), true, languages, percents,
                              &bytes, &out.reliable);
  if (languages[0] == CLD2::UNKNOWN_LANGUAGE || languages[0] == CLD2::TG_UNKNOWN_LANGUAGE)
    return {};
  std::string_view code = CLD2::LanguageCode(languages[0]);
  code = code.substr(0, code.find('-'));
  out.language = LanguageCode(code == "no" ? std::string_view("nb") : code);
  out.percent = percents[0];
  return out;
}

double to_confidence(double margin) { return 1 / (1 + std::exp(-margin)); }

/// A piece from the beginning of the text, cut at a code-point border.
std::string_view sample(std::string_view text) {
  if (text.size() <= kSampleBytes) return text;
  size_t end = kSampleBytes;
  while (end > 0 && (static_cast<uint8_t>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

}  // namespace

struct LanguageIdentifier::Impl {
  std::vector<LanguageCode> codes;  // supported ones first
  size_t supported = 0;
  std::vector<LanguageCode> wordless;  // supported ones that no word tells
  StringMap<std::vector<Vote>> words;

  Status load_words(const std::string& path, uint8_t language);
  void count_word(std::string_view word, Tally& tally) const;
  Tally count(std::string_view text) const;
  size_t best(const Tally& tally) const;
  size_t runner_up(const Tally& tally, size_t best) const;
  std::optional<Guess> neighbour(const Tally& tally, const Detected& detected) const;
  std::optional<Guess> foreign(const Tally& tally, const Detected& detected, double rate) const;
  Guess decide(const Tally& tally, const Detected& detected, LanguageCode prior) const;
  bool settled(const Tally& tally) const;
  size_t index(LanguageCode code) const {
    return static_cast<size_t>(std::find(codes.begin(), codes.end(), code) - codes.begin());
  }
};

Status LanguageIdentifier::Impl::load_words(const std::string& path, uint8_t language) {
  AVSTAND_TRY(table, Table::load(path, {"form", "weight"}));
  for (const TableRow& row : table.rows()) {
    const std::string& cell = row.cells[1];
    float weight = 0;
    const auto [end, problem] = std::from_chars(cell.data(), cell.data() + cell.size(), weight);
    if (problem != std::errc() || end != cell.data() + cell.size())
      return table.error(row, "'" + cell + "' is no weight");
    words[row.cells[0]].push_back({language, weight});
  }
  return Unit{};
}

void LanguageIdentifier::Impl::count_word(std::string_view word, Tally& tally) const {
  ++tally.words;
  const auto it = words.find(word);
  if (it == words.end()) return;
  const bool supported_word =
      std::any_of(it->second.begin(), it->second.end(),
                  [&](const Vote& vote) { return vote.language < supported; });
  for (const Vote& vote : it->second) {
    tally.votes[vote.language] += vote.weight;
    if (!supported_word) ++tally.own[vote.language];
  }
}

Tally LanguageIdentifier::Impl::count(std::string_view text) const {
  Tally all, without_names;  // a capital inside a sentence begins a name: it may be of any language
  std::string word;
  bool name = false, sentence_begins = true;
  const auto end_word = [&] {
    const std::string form = lower_case(word);
    count_word(form, all);
    if (!name) count_word(form, without_names);
    word.clear();
    sentence_begins = false;
  };
  for (size_t pos = 0; pos < text.size();) {
    const CodePoint c = decode_utf8(text, pos);
    const CharClass cls = classify(c.value);
    const bool letter =
        cls == CharClass::kLower || cls == CharClass::kUpper || cls == CharClass::kLetter;
    if (letter) {
      ++all.letters;
      all.caseless += cls == CharClass::kLetter;
      if (word.empty()) name = cls == CharClass::kUpper && !sentence_begins;
      if (word.size() < kMaxWordBytes) word += text.substr(pos, c.size);
    } else {
      if (!word.empty()) end_word();
      if (c.value == '.' || c.value == ':' || c.value == '?' || c.value == '!')
        sentence_begins = true;
    }
    pos += c.size;
  }
  if (!word.empty()) end_word();
  if (without_names.words * 2 <= all.words) return all;  // capitals say nothing here
  without_names.letters = all.letters;
  without_names.caseless = all.caseless;
  return without_names;
}

size_t LanguageIdentifier::Impl::best(const Tally& tally) const {
  const auto first = tally.votes.begin();
  return static_cast<size_t>(
      std::max_element(first, first + static_cast<std::ptrdiff_t>(supported)) - first);
}

size_t LanguageIdentifier::Impl::runner_up(const Tally& tally, size_t best) const {
  size_t second = best == 0 ? 1 : 0;
  for (size_t i = 0; i < supported; ++i)
    if (i != best && tally.votes[i] > tally.votes[second]) second = i;
  return second;
}

/// Whether the words alone speak clearly for a supported language, and none for a close one.
bool LanguageIdentifier::Impl::settled(const Tally& tally) const {
  const size_t first = best(tally);
  const double margin = tally.votes[first] - tally.votes[runner_up(tally, first)];
  const auto own = std::max_element(tally.own.begin(), tally.own.end());
  return tally.words >= 8 && *own == 0 && margin >= 5 && margin > 0.7 * tally.words;
}

/// A language that is close to a supported one and is known by words of its own.
std::optional<LanguageIdentifier::Guess> LanguageIdentifier::Impl::neighbour(
    const Tally& tally, const Detected& detected) const {
  for (size_t i = supported; i < codes.size(); ++i) {
    const bool agreed = detected.reliable && detected.language == codes[i];
    const double rate = tally.own[i] / static_cast<double>(tally.words);
    const double enough = agreed ? 0.04 : 0.1;
    const uint32_t least = agreed ? 1 : 2;
    if (tally.own[i] >= least && rate >= enough)
      return Guess{codes[i], to_confidence(2 + 20 * rate)};
  }
  return std::nullopt;
}

/// A language that only cld2 knows.
std::optional<LanguageIdentifier::Guess> LanguageIdentifier::Impl::foreign(const Tally& tally,
                                                                           const Detected& detected,
                                                                           double rate) const {
  const size_t at = index(detected.language);
  if (!detected.reliable || !detected.language.known() || at < supported) return std::nullopt;
  // A close language needs words of its own (see neighbour); short pieces look like anything.
  if (at < codes.size() || tally.letters < 16 || detected.percent < 60) return std::nullopt;
  if (rate > 0.6) return std::nullopt;
  return Guess{detected.language, to_confidence(3 - 2 * rate)};
}

LanguageIdentifier::Guess LanguageIdentifier::Impl::decide(const Tally& tally,
                                                           const Detected& detected,
                                                           LanguageCode prior) const {
  const Guess from_prior{prior, prior.known() ? 0.5 : 0};
  if (tally.letters < 2) return from_prior;
  const double count = tally.words;
  const size_t first = best(tally);
  const double margin = tally.votes[first] - tally.votes[runner_up(tally, first)];
  const double rate = tally.votes[first] / count;
  // The words of an article around it weigh as much as a few telling words of the text itself.
  const double needed = prior.known() ? (prior == codes[first] ? 0 : 4 + 0.1 * count) : 1;
  const bool own_script = tally.caseless * 2 > tally.letters;
  if (own_script) return detected.language.known() ? Guess{detected.language, 0.9} : Guess{};
  if (!prior.known() || tally.words >= 5) {
    if (auto guess = neighbour(tally, detected)) return *guess;
    if (auto guess = foreign(tally, detected, rate)) return *guess;
  }
  if (margin >= needed && (margin > 0 || prior == codes[first]))
    return {codes[first], to_confidence(margin)};
  if (prior.known()) return from_prior;
  const size_t at = index(detected.language);
  if (detected.reliable && at < supported) return {codes[at], 0.6};
  return margin > 0 && tally.words >= 3 ? Guess{codes[first], to_confidence(margin)} : Guess{};
}

LanguageIdentifier::LanguageIdentifier() = default;
LanguageIdentifier::LanguageIdentifier(LanguageIdentifier&&) noexcept = default;
LanguageIdentifier& LanguageIdentifier::operator=(LanguageIdentifier&&) noexcept = default;
LanguageIdentifier::~LanguageIdentifier() = default;

Result<LanguageIdentifier> LanguageIdentifier::load(const std::string& data_dir) {
  AVSTAND_TRY(languages, supported_languages(data_dir));
  LanguageIdentifier out;
  out.impl_ = std::make_unique<Impl>();
  std::vector<LanguageCode>& codes = out.impl_->codes;
  for (const SupportedLanguage& language : languages) codes.push_back(language.code);
  out.impl_->supported = codes.size();
  // Every other folder with language words is a language that is told apart but not supported.
  std::vector<std::string> others;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(data_dir + "/lang", ignored)) {
    const std::string name = entry.path().filename().string();
    if (std::find(codes.begin(), codes.end(), LanguageCode(name)) == codes.end())
      others.push_back(name);
  }
  std::sort(others.begin(), others.end());
  for (const std::string& name : others)
    if (LanguageFiles{data_dir + "/lang/" + name, ""}.has(kWords)) codes.emplace_back(name);
  if (codes.size() > kMaxLanguages)
    return Error{.code = ErrorCode::kData,
                 .message = "too many languages with language_words.tsv",
                 .file = data_dir};
  for (size_t i = 0; i < codes.size(); ++i) {
    const LanguageFiles files{data_dir + "/lang/" + std::string(codes[i].view()), ""};
    const bool on_another = i < languages.size() && !languages[i].base.empty();
    if (on_another && !files.has(kWords)) {  // cld2 may know it, or the caller says so
      out.impl_->wordless.push_back(codes[i]);
      continue;
    }
    AVSTAND_CHECK(out.impl_->load_words(files.path(kWords), static_cast<uint8_t>(i)));
  }
  return out;
}

LanguageIdentifier::Guess LanguageIdentifier::identify(std::string_view text,
                                                       LanguageCode prior) const {
  // Its words would all speak for the language it builds on: what the caller says holds.
  if (std::ranges::find(impl_->wordless, prior) != impl_->wordless.end()) return {prior, 0.5};
  const std::string normal = normalised(sample(text));
  const Tally tally = impl_->count(normal);
  if (tally.words == 0) return {prior, prior.known() ? 0.5 : 0};
  // cld2 is asked only where the words leave something open; it costs most of the time.
  const bool open = !impl_->settled(tally);
  return impl_->decide(tally, open ? detect(normal) : Detected{}, prior);
}

bool LanguageIdentifier::supported(LanguageCode code) const {
  return impl_->index(code) < impl_->supported;
}

}  // namespace avstand
