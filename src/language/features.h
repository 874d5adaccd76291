// What the network sees of a word: rows of the embedding table, hashed from its form.
//
// The form is folded (double quotes with a side become guillemets, long dashes the en dash, curved
// single quotes the apostrophe; forms over 32 code points keep their first and last 16). The folded
// form, its lower case, its shape, prefixes of 1-4, suffixes of 1-5 and n-grams of 3-5 code points
// each name one row: XXH64 of their UTF-8 bytes, seeded by the kind, modulo the table's height.
// training/features.py is the same in Python; docs/model-format.md specifies both.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace avstand::language {

/// Kinds of features; the value is the seed of the hash.
enum class FeatureKind : uint8_t { kForm, kLower, kShape, kPrefix, kSuffix, kNgram, kLanguage };

/// Row of one feature in a table of `rows` rows, a power of two.
uint32_t feature_row(FeatureKind kind, std::string_view bytes, uint32_t rows);

/// Features of one word at a time; reuses its memory. The form must be valid
/// UTF-8.
class WordFeatures {
 public:
  /// Rows of the word, in the order of the kinds; valid until the next call.
  const std::vector<uint32_t>& rows(std::string_view form, uint32_t table_rows);
  /// XXH64 of the key into the word vectors (lower case, digits as 0) of the last word.
  uint64_t vector_key();

 private:
  void fold(std::string_view form);
  void shape();
  void encode(const std::vector<char32_t>& code_points);
  void add(FeatureKind kind, size_t begin, size_t end);
  void add_affixes_and_ngrams();

  std::vector<char32_t> folded_, lower_, scratch_;
  std::string bytes_;              // UTF-8 of what is being hashed
  std::vector<uint32_t> offsets_;  // byte offset of each code point of bytes_, and its end
  std::vector<uint32_t> rows_;
  uint32_t table_rows_ = 0;
};

}  // namespace avstand::language
