#include "language/features.h"

#include <utf8proc.h>
#include <xxhash.h>

#include <algorithm>

#include "language/code_points.h"

namespace avstand::language {
namespace {

constexpr size_t kMaxCodePoints = 32;
constexpr char32_t kBegin = 2, kEnd = 3;  // marks around the word for n-grams

/// Typography that differs between publishers, not between meanings.
char32_t fold_code_point(char32_t c) {
  switch (c) {
    case 0x201C:
    case 0x201E:
    case 0x201F:
      return 0xAB;
    case 0x201D:
      return 0xBB;
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0xB4:
    case '`':
      return '\'';
    case 0x2012:
    case 0x2014:
    case 0x2015:
    case 0x2212:
      return 0x2013;
    case 0x2010:
    case 0x2011:
      return '-';
    default:
      return c;
  }
}

utf8proc_category_t category(char32_t c) {
  return utf8proc_category(static_cast<utf8proc_int32_t>(c));
}

bool is_digit(char32_t c) { return category(c) == UTF8PROC_CATEGORY_ND; }

char32_t shape_of(char32_t c) {
  switch (category(c)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LT:
      return 'X';
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
      return 'x';
    case UTF8PROC_CATEGORY_ND:
      return 'd';
    default:
      return c;
  }
}

}  // namespace

char32_t to_lower(char32_t c) {
  return static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(c)));
}
char32_t to_upper(char32_t c) {
  return static_cast<char32_t>(utf8proc_toupper(static_cast<utf8proc_int32_t>(c)));
}

uint32_t feature_row(FeatureKind kind, std::string_view bytes, uint32_t rows) {
  return static_cast<uint32_t>(XXH64(bytes.data(), bytes.size(), static_cast<uint64_t>(kind))) &
         (rows - 1);
}

const std::vector<uint32_t>& WordFeatures::rows(std::string_view form, uint32_t table_rows) {
  table_rows_ = table_rows;
  rows_.clear();
  fold(form);
  encode(folded_);
  add(FeatureKind::kForm, 0, folded_.size());
  encode(lower_);
  add(FeatureKind::kLower, 0, lower_.size());
  shape();
  encode(scratch_);
  add(FeatureKind::kShape, 0, scratch_.size());
  add_affixes_and_ngrams();
  return rows_;
}

uint64_t WordFeatures::vector_key() {
  scratch_ = lower_;
  for (char32_t& c : scratch_)
    if (is_digit(c)) c = '0';
  encode(scratch_);
  return XXH64(bytes_.data(), bytes_.size(), 0);
}

void WordFeatures::fold(std::string_view form) {
  to_code_points(form, folded_);
  if (folded_.size() > kMaxCodePoints)
    folded_.erase(folded_.begin() + kMaxCodePoints / 2, folded_.end() - kMaxCodePoints / 2);
  lower_.clear();
  for (char32_t& c : folded_) {
    c = fold_code_point(c);
    lower_.push_back(to_lower(c));
  }
}

/// Letters and digits by class; runs of one class longer than four are cut to four.
void WordFeatures::shape() {
  scratch_.clear();
  char32_t last = 0;
  int run = 0;
  for (const char32_t c : folded_) {
    const char32_t s = shape_of(c);
    run = s == last ? run + 1 : 1;
    last = s;
    if (run <= 4) scratch_.push_back(s);
  }
}

void WordFeatures::encode(const std::vector<char32_t>& code_points) {
  bytes_.clear();
  offsets_.clear();
  for (const char32_t c : code_points) {
    offsets_.push_back(static_cast<uint32_t>(bytes_.size()));
    append_utf8(bytes_, c);
  }
  offsets_.push_back(static_cast<uint32_t>(bytes_.size()));
}

void WordFeatures::add(FeatureKind kind, size_t begin, size_t end) {
  const std::string_view all = bytes_;
  rows_.push_back(
      feature_row(kind, all.substr(offsets_[begin], offsets_[end] - offsets_[begin]), table_rows_));
}

void WordFeatures::add_affixes_and_ngrams() {
  scratch_.clear();
  scratch_.push_back(kBegin);
  scratch_.insert(scratch_.end(), lower_.begin(), lower_.end());
  scratch_.push_back(kEnd);
  encode(scratch_);
  const size_t n = lower_.size();  // the word is code points [1, n + 1) of bytes_
  for (size_t k = 1; k <= std::min<size_t>(4, n); ++k) add(FeatureKind::kPrefix, 1, 1 + k);
  for (size_t k = 1; k <= std::min<size_t>(5, n); ++k) add(FeatureKind::kSuffix, n + 1 - k, n + 1);
  for (size_t k = 3; k <= 5; ++k)
    for (size_t i = 0; i + k <= n + 2; ++i) add(FeatureKind::kNgram, i, i + k);
}

}  // namespace avstand::language
