// What names in the mark-up and words in short blocks say about the parts of a page: data, not
// code.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/string_map.h"

namespace avstand::ingest {

/// What a name says of an element; several may hold.
enum PageMark : uint16_t {
  kMarkBody = 1,
  kMarkLede = 2,
  kMarkHeadline = 4,
  kMarkCaption = 8,
  kMarkCredit = 16,
  kMarkByline = 32,
  kMarkNever = 64,
  kMarkDrop = 128,
  kMarkKeep = 256,
  kMarkPaywall = 512,
};

/// data/ingest/page_marks.tsv, publishers.tsv and page_phrases.tsv. Immutable after load, shared by
/// all threads.
class PageRules {
 public:
  static Result<PageRules> load(const std::string& data_dir);

  /// Marks of a class, id or data-testid: "ArticleBody-text" -> kMarkBody.
  uint16_t of_name(std::string_view name) const { return find(names_, name); }
  uint16_t of_role(std::string_view role) const { return find(roles_, role); }
  uint16_t of_itemprop(std::string_view itemprop) const { return find(itemprops_, itemprop); }

  /// The names that mean something on pages of this host only; null: none do.
  const StringMap<uint16_t>* publisher(std::string_view host) const;
  /// Marks of a name by such a list.
  static uint16_t of_name(std::string_view name, const StringMap<uint16_t>& forms) {
    return find(forms, name);
  }

  /// Whether a block of this text is no part of an article ("Les også: …", "Annonse").
  bool is_refrain(std::string_view text) const;
  /// Whether it asks for consent to cookies, as the page before the page does.
  bool is_cookie_wall(std::string_view text) const;

 private:
  static uint16_t find(const StringMap<uint16_t>& forms, std::string_view name);

  StringMap<uint16_t> names_, roles_, itemprops_;
  StringMap<StringMap<uint16_t>> publishers_;  // by the end of the host's name
  StringSet whole_;
  std::vector<std::string> begins_, walls_;  // sorted
};

}  // namespace avstand::ingest
