// Whom the metadata of a picture file name: strings only, no article.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "document/picture.h"

namespace avstand::provenance {

/// The words of data/credit_words.tsv, each between two spaces.
struct CreditWords {
  std::vector<std::string> handout, handout_caption, filler;

  static Result<CreditWords> load(const std::string& path);
};

/// What a file says of where it comes from.
struct FileCredit {
  std::vector<std::string> hands;  ///< the origin first, then those it came through
  std::vector<std::string> names;  ///< all that are named in any field
  bool handout = false;            ///< the file says that it was sent out
};

/// "Handout/KCNA via REUTERS" is a handout of KCNA that came through REUTERS. Creators go before
/// the credit line; source and copyright count where neither is there. O(text).
FileCredit file_credit(const PictureMetadata& metadata, const CreditWords& words);

/// The names of a credit: parted by strokes, commas, brackets, "via"; without filler.
std::vector<std::string> names_of_credit(std::string_view credit, const CreditWords& words);

/// Whether a word of one list of names is a word of the other, or one name is the initials of
/// another ("AFP", "Agence France-Presse").
bool share_a_name(const std::vector<std::string>& a, const std::vector<std::string>& b,
                  const CreditWords& words);

}  // namespace avstand::provenance
