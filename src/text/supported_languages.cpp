#include "text/supported_languages.h"

#include "base/table.h"

namespace avstand {

Result<std::vector<SupportedLanguage>> supported_languages(const std::string& data_dir) {
  AVSTAND_TRY(table, Table::load(data_dir + "/languages.tsv", {"code", "name", "model", "base"}));
  std::vector<SupportedLanguage> out;
  for (const TableRow& row : table.rows())
    out.push_back({LanguageCode(row.cells[0]), row.cells[1], row.cells[2], row.cells[3]});
  return out;
}

}  // namespace avstand
