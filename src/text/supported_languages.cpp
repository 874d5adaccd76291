#include "text/supported_languages.h"

#include <filesystem>

#include "base/table.h"

namespace avstand {

bool LanguageFiles::has(std::string_view name) const {
  std::error_code ignored;
  return std::filesystem::is_regular_file(own + "/" + std::string(name), ignored);
}

std::string LanguageFiles::path(std::string_view name) const {
  return (base.empty() || has(name) ? own : base) + "/" + std::string(name);
}

LanguageFiles SupportedLanguage::files(const std::string& data_dir) const {
  const std::string folder = data_dir + "/lang/";
  return {folder + std::string(code.view()), base.empty() ? "" : folder + base};
}

Result<std::vector<SupportedLanguage>> supported_languages(const std::string& data_dir) {
  AVSTAND_TRY(table, Table::load(data_dir + "/languages.tsv", {"code", "name", "model", "base"}));
  std::vector<SupportedLanguage> out;
  for (const TableRow& row : table.rows())
    out.push_back({LanguageCode(row.cells[0]), row.cells[1], row.cells[2], row.cells[3]});
  return out;
}

}  // namespace avstand
