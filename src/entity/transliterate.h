// Names in Cyrillic as Norwegian, English and German write them, read back by rule: two spellings
// that share a reading can be one name. Immutable after load; a word costs O(letters) for each
// convention, and has at most kMaxReadings of them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/string_map.h"

namespace avstand::entity {

/// The readings of one word.
struct Readings {
  std::vector<std::string> all;  ///< sorted, none twice
  bool marked = false;  ///< some letters are seldom there by chance (Cyrillic, "sj", "shch")

  bool shares(const Readings& other) const;
};

class Transliteration {
 public:
  static constexpr size_t kMaxReadings = 8;  // for each convention

  static Result<Transliteration> load(const std::string& path);

  /// Readings of a lower-case word; none where it has letters that no convention knows.
  Readings read(std::string_view word) const;
  /// The same of a name of several words parted by spaces, joined.
  std::vector<std::string> read_name(std::string_view name) const;

 private:
  struct Convention {
    std::string name;
    StringMap<std::vector<std::string>> letters;
    size_t longest = 0;
  };
  void read_in(const Convention& convention, std::string_view word, Readings& out) const;

  std::vector<Convention> conventions_;
};

}  // namespace avstand::entity
