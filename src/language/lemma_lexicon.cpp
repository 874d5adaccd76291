#include "language/lemma_lexicon.h"

#include <xxhash.h>

#include <algorithm>

#include "language/code_points.h"

namespace avstand::language {
namespace {

// Of a compound: at least two letters before an ending of at least four. Shorter ones are endings
// of words that have nothing to do with them.
constexpr size_t kFewestBefore = 2, kShortestEnding = 4;

}  // namespace

float LemmaLexicon::gain(uint32_t language, Upos upos, std::string_view lemma) const {
  const uint64_t seed = (uint64_t{language} << 8) | static_cast<uint64_t>(upos);
  const auto knows = [&](std::string_view word) {
    return std::ranges::binary_search(hashes,
                                      static_cast<uint32_t>(XXH64(word.data(), word.size(), seed)));
  };
  if (knows(lemma)) return whole;
  size_t left = 0, before = 0;
  for (size_t at = 0; at < lemma.size(); at += decode_utf8(lemma, at).size) ++left;
  for (size_t at = 0; left >= kShortestEnding; at += decode_utf8(lemma, at).size) {
    if (before++ >= kFewestBefore && knows(lemma.substr(at))) return ending;
    --left;
  }
  return 0;
}

Result<LemmaLexicon> LemmaLexicon::read(const ModelFile& file) {
  LemmaLexicon out;
  if (!file.has("lemma.hash")) return out;
  AVSTAND_TRY(bytes, file.section("lemma.hash"));
  AVSTAND_TRY(hashes, file.array<uint32_t>("lemma.hash", bytes.size() / sizeof(uint32_t)));
  if (!std::ranges::is_sorted(hashes)) return file.damaged("section lemma.hash is not in order", 0);
  AVSTAND_TRY(gains, file.floats("lemma.gain", 2));
  out.hashes = hashes;
  out.whole = gains[0];
  out.ending = gains[1];
  return out;
}

std::string_view Lemmatiser::lemma(const LemmaLexicon& lexicon, std::span<const LemmaRule> rules,
                                   std::span<const float> scores, uint32_t best, uint32_t language,
                                   Upos upos, std::string_view form) {
  rules[best].apply(form, scratch_, best_);
  const float least = scores[best] - lexicon.reach();
  const auto near =
      static_cast<size_t>(std::ranges::count_if(scores, [&](float s) { return s > least; }));
  if (near < 2) return best_;
  const auto gain = [&](const std::string& lemma) {
    to_code_points(lemma, scratch_);
    lower_.clear();
    for (const char32_t c : scratch_) append_utf8(lower_, to_lower(c));
    return lexicon.gain(language, upos, lower_);
  };
  float most = scores[best] + gain(best_);
  for (size_t r = 0; r < rules.size(); ++r) {
    if (r == best || !(scores[r] > least)) continue;
    rules[r].apply(form, scratch_, candidate_);
    const float score = scores[r] + gain(candidate_);
    // A tie is the likelier rule's, and of equal rules the first one's.
    if (score > most) {
      most = score;
      std::swap(best_, candidate_);
    }
  }
  return best_;
}

}  // namespace avstand::language
