#include "export/collection.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "base/file.h"
#include "base/hash.h"
#include "export/brat.h"
#include "export/cas.h"
#include "export/gold.h"
#include "text/utf8.h"

namespace avstand::exports {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMaxBytes = size_t{1} << 30;
constexpr size_t kMaxName = 100;
constexpr const char* kAnnEnding = ".ann";
constexpr const char* kTextEnding = ".txt";
constexpr const char* kCasEnding = ".json";

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || c == '.';
}

std::vector<CharSpan> sentences_of(const Json& ledger) {
  std::vector<CharSpan> out;
  for (const Json& pair : ledger.at("sentences"))
    out.push_back({pair.at(0).get<uint32_t>(), pair.at(1).get<uint32_t>()});
  return out;
}

Result<std::string> read_text(const std::string& path) {
  AVSTAND_TRY(bytes, read_file(path, kMaxBytes));
  if (const auto bad = first_invalid_utf8(bytes))
    return Error{.message = "not UTF-8", .file = path, .offset = *bad};
  return bytes;
}

Result<AnnotationSet> read_set(const std::string& path) {
  const fs::path file(path);
  AVSTAND_TRY(bytes, read_text(path));
  if (file.extension() != kAnnEnding) return read_cas(bytes, path);
  AVSTAND_TRY(text, read_text(fs::path(file).replace_extension(kTextEnding).string()));
  return read_brat(bytes, text, path);
}

}  // namespace

Document make_document(const ledger::Ledger& ledger, Tool tool) {
  Document out{
      .id = ledger.document.id, .ledger = ledger::to_json(ledger), .text = {}, .annotations = {}};
  const Json json = Json::parse(out.ledger);
  const AnnotationSet set = annotate(json);
  if (tool == Tool::kBrat) {
    out.text = set.text;
    out.annotations = to_brat(set);
  } else {
    out.annotations = to_cas(set, sentences_of(json));
  }
  return out;
}

std::string DocumentNames::name(const std::string& id) {
  std::string_view rest = id;
  if (rest.ends_with(kTextEnding)) rest.remove_suffix(std::strlen(kTextEnding));
  std::string out;
  for (const char c : rest)
    if (out.size() < kMaxName) out += is_plain(c) && !(c == '.' && out.empty()) ? c : '_';
  if (out.empty()) out = "document";
  std::string unique = out;
  for (size_t n = 2; !taken_.insert(unique).second; ++n) unique = fmt::format("{}-{}", out, n);
  return unique;
}

Result<Collection> Collection::create(const std::string& folder, Tool tool) {
  std::error_code failed;
  fs::create_directories(folder, failed);
  if (failed || !fs::is_directory(folder))
    return Error{.code = ErrorCode::kIo, .message = "cannot make this folder", .file = folder};
  if (!fs::is_empty(folder, failed) || failed)
    return Error{.code = ErrorCode::kUsage,
                 .message = "there is something in this folder",
                 .file = folder,
                 .hint = "annotations in it could be lost; name a new one"};
  Collection out(folder, tool);
  const std::string ledgers = folder + "/" + kLedgersFile;
  out.ledgers_.reset(std::fopen(ledgers.c_str(), "wb"));
  if (!out.ledgers_)
    return Error{.code = ErrorCode::kIo, .message = std::strerror(errno), .file = ledgers};
  if (tool == Tool::kBrat) {
    AVSTAND_CHECK(write_file(folder + "/annotation.conf", brat_configuration()));
    AVSTAND_CHECK(write_file(folder + "/visual.conf", brat_visual()));
  } else {
    AVSTAND_CHECK(write_file(folder + "/TypeSystem.xml", cas_type_system()));
  }
  return out;
}

Status Collection::add(const Document& document) {
  const std::string path = folder_ + "/" + names_.name(document.id);
  if (tool_ == Tool::kBrat) {
    AVSTAND_CHECK(write_file(path + kTextEnding, document.text));
    AVSTAND_CHECK(write_file(path + kAnnEnding, document.annotations));
  } else {
    AVSTAND_CHECK(write_file(path + kCasEnding, document.annotations));
  }
  const std::string line = document.ledger + "\n";
  if (std::fwrite(line.data(), 1, line.size(), ledgers_.get()) != line.size())
    return Error{.code = ErrorCode::kIo, .message = std::strerror(errno), .file = folder_};
  return Unit{};
}

Status Collection::finish() {
  if (std::fclose(ledgers_.release()) != 0)
    return Error{.code = ErrorCode::kIo, .message = std::strerror(errno), .file = folder_};
  return Unit{};
}

Status BaseLedgers::load(const std::string& path) {
  AVSTAND_TRY(bytes, read_text(path));
  DocumentNames names;
  uint64_t number = 0;
  for (std::string_view rest = bytes; !rest.empty();) {
    const size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    rest = end == std::string_view::npos ? "" : rest.substr(end + 1);
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    auto ledger = parse_ledger(line);
    if (!ledger) {
      ledger.error().line = number;
      return std::move(ledger.error()).in(path);
    }
    const std::string digest = (*ledger)["document"]["digest"].get<std::string>();
    const std::string name = names.name((*ledger)["document"]["id"].get<std::string>());
    by_digest_[digest].push_back({name, std::move(*ledger)});
  }
  return Unit{};
}

const Json* BaseLedgers::find(const std::string& text, const std::string& name) const {
  const auto found = by_digest_.find(sha256(text));
  if (found == by_digest_.end()) return nullptr;
  for (const Entry& entry : found->second)
    if (entry.name == name) return &entry.ledger;
  return &found->second.front().ledger;
}

Result<std::vector<std::string>> annotation_files(const std::string& input) {
  std::error_code failed;
  if (!fs::is_directory(input, failed)) return std::vector<std::string>{input};
  std::vector<std::string> out;
  for (fs::directory_iterator file(input, failed), end; !failed && file != end;
       file.increment(failed)) {
    const std::string ending = file->path().extension().string();
    if (ending == kAnnEnding || ending == kCasEnding) out.push_back(file->path().string());
  }
  if (failed) return Error{.code = ErrorCode::kIo, .message = failed.message(), .file = input};
  if (out.empty())
    return Error{.message = "no annotations in this folder",
                 .file = input,
                 .hint = "they are NAME.ann (brat) or NAME.json (UIMA CAS)"};
  std::sort(out.begin(), out.end());
  return out;
}

Result<Json> gold_of_file(const std::string& path, const BaseLedgers& base) {
  AVSTAND_TRY(set, read_set(path));
  const std::string name = fs::path(path).stem().string();
  const Json* known = base.find(set.text, name);
  if (known == nullptr && !base.empty())
    return Error{.message = "no ledger has this text",
                 .file = path,
                 .hint = "the text was changed, or the ledgers are those of another collection"};
  auto gold = to_gold(set, known != nullptr ? *known : bare_ledger(name, set.text));
  if (!gold) return std::move(gold.error()).in(path);
  return gold;
}

}  // namespace avstand::exports
