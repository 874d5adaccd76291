#include "reader/locate.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string_view>

#include "base/table.h"

namespace avstand {
namespace {

namespace fs = std::filesystem;

/// Macro-language of nb and nn (ISO 639-1), as ingest::Options::language takes it.
constexpr std::string_view kNorwegian = "no";

/// One of the two directories: how the user can name it, and how to know it when we see it.
struct Kind {
  const char* folder;
  const char* variable;
  const char* option;
  bool (*holds)(const fs::path&);
};

bool holds_data(const fs::path& dir) {
  std::error_code ignored;
  return fs::is_regular_file(dir / "languages.tsv", ignored);
}

bool holds_models(const fs::path& dir) {
  std::error_code ignored;
  fs::directory_iterator files(dir, ignored);
  for (const fs::directory_entry& file : files)
    if (file.path().extension() == ".model") return true;
  return false;
}

constexpr Kind kDataKind{"data", "AVSTAND_DATA", "--data", holds_data};
constexpr Kind kModelKind{"models", "AVSTAND_MODELS", "--models", holds_models};

/// Where the system keeps what programs share (XDG base directories): a Debian package puts ours
/// there, wherever the program that is linked with the library lies.
void add_shared_folders(std::vector<fs::path>& out) {
  const char* given = std::getenv("XDG_DATA_DIRS");
  std::string_view rest =
      given != nullptr && *given != '\0' ? given : "/usr/local/share:/usr/share";
  while (!rest.empty()) {
    const size_t end = std::min(rest.find(':'), rest.size());
    const fs::path folder(rest.substr(0, end));
    if (folder.is_absolute()) out.push_back(folder / "avstand");
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
}

/// Roots under which an installation or a source tree keeps data/ and models/.
std::vector<fs::path> roots() {
  std::vector<fs::path> out;
  std::error_code failed;
  const fs::path program = fs::read_symlink("/proc/self/exe", failed);
  if (!failed) {
    out.push_back(program.parent_path().parent_path() / "share" / "avstand");
    out.push_back(program.parent_path().parent_path());
  }
  out.emplace_back(AVSTAND_INSTALL_PREFIX "/share/avstand");
  out.emplace_back(AVSTAND_SOURCE_DIR);
  add_shared_folders(out);
  return out;
}

Error not_found(const Kind& kind, const std::string& where) {
  const bool data = kind.option == kDataKind.option;
  return {.code = data ? ErrorCode::kData : ErrorCode::kModel,
          .message = data ? "no data files here (languages.tsv is missing)"
                          : "no models here (no *.model file)",
          .file = where,
          .hint = std::string("name their folder with ") + kind.option + " or " + kind.variable};
}

Result<std::string> find(const Kind& kind, const std::string& wish) {
  const char* variable = std::getenv(kind.variable);
  const std::string named = !wish.empty() ? wish : variable != nullptr ? variable : "";
  if (!named.empty()) {
    if (kind.holds(named)) return named;
    return not_found(kind, named);
  }
  for (const fs::path& root : roots())
    if (kind.holds(root / kind.folder)) return (root / kind.folder).string();
  return not_found(kind, kind.folder);
}

}  // namespace

Result<Directories> locate(const Directories& wish) {
  AVSTAND_TRY(data, find(kDataKind, wish.data));
  AVSTAND_TRY(models, find(kModelKind, wish.models));
  return Directories{std::move(data), std::move(models)};
}

Result<LanguageCode> language_option(std::string_view code,
                                     const std::vector<SupportedLanguage>& supported) {
  std::string list;
  for (const SupportedLanguage& language : supported) {
    if (language.code.view() == code) return language.code;
    list += (list.empty() ? "" : ", ") + std::string(language.code.view());
  }
  if (code == kNorwegian) return LanguageCode(code);
  return Error{.code = ErrorCode::kUsage,
               .message = "language '" + std::string(code) + "' is not supported",
               .hint = "supported: " + list + ", no (nb or nn, identified)"};
}

}  // namespace avstand
