// Who has held which office, and when (data/knowledge/office_holders.tsv, office_changes.tsv).
// Immutable after load; a look-up is O(1) for a name as the files spell it, and costs its readings
// for one in another transliteration.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/string_map.h"
#include "base/table.h"
#include "entity/entities.h"
#include "entity/transliterate.h"

namespace avstand::entity {

/// One office of one person. Dates are ISO days.
struct Term {
  std::string country;  ///< ISO 3166-1 alpha-2
  std::string office;   ///< "head", "foreign", … as in data/lang/*/office_titles.tsv
  std::string from;
  std::string to;       ///< empty: not over on the day of `checked`, later unknown
  std::string checked;  ///< empty where `to` is known
  std::string source;
};

struct Holder {
  std::string name;
  std::string qid;          ///< empty if unknown
  std::vector<Term> terms;  ///< by their beginning
};

/// How an office stands to a day; an empty day is unknown.
Tenure tenure_on(const Term& term, std::string_view day);

class OfficeHolders {
 public:
  static Result<OfficeHolders> load(const std::string& folder, const Transliteration& letters);

  /// The one person who bears the name; null if there is none or several. A name is two words or
  /// more.
  const Holder* find(std::string_view name, const Transliteration& letters) const;

 private:
  struct Row;
  static Status read_rows(const std::string& path, bool by_hand, std::vector<Row>& out);
  void add(const Row& row, const Transliteration& letters);
  Holder* holder_of(const Row& row);
  void name(std::string_view name, const Holder* holder, StringMap<const Holder*>& index);

  std::vector<std::unique_ptr<Holder>> holders_;
  StringMap<Holder*> by_qid_;
  StringMap<const Holder*> by_name_;     // null: several bear it
  StringMap<const Holder*> by_reading_;  // likewise
};

}  // namespace avstand::entity
