// The archive as JSON Lines and back. For each article one line, and behind it the ledgers of its
// versions, oldest first, each as `avstand read --format json` writes it:
//   {"schema":"avstand/archive/1","versions":2,"lemmas":"…","features":"BASE64"}
// and where readers have corrected it, "corrections": […] of all its versions. Behind all articles
// the saved questions, a line each (watch_json.h). Stories are made of the articles again.
#include <openssl/evp.h>

#include <nlohmann/json.hpp>

#include "store/archive_impl.h"
#include "store/archive_json.h"
#include "store/packing.h"
#include "store/watch_json.h"
#include "text/utf8.h"

namespace avstand::store {
namespace {

constexpr std::string_view kSchema = "avstand/archive/1";

std::string to_base64(std::string_view bytes) {
  std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                   reinterpret_cast<const unsigned char*>(bytes.data()),
                                   static_cast<int>(bytes.size()));
  out.resize(static_cast<size_t>(size));
  return out;
}

std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::string out(3 * (text.size() / 4), '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                   reinterpret_cast<const unsigned char*>(text.data()),
                                   static_cast<int>(text.size()));
  if (size < 0) return std::nullopt;
  size_t padding = 0;
  while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
  out.resize(static_cast<size_t>(size) - padding);
  return out;
}

Error bad_line(std::string why) {
  return {.code = ErrorCode::kInput, .message = "no line of a dump: " + std::move(why)};
}

struct Header {
  uint64_t versions = 0;
  std::string lemmas, features;
  std::vector<Correction> corrections;
};

Result<std::vector<Correction>> read_corrections(const nlohmann::json& json) {
  std::vector<Correction> out;
  const auto list = json.find("corrections");
  if (list == json.end()) return out;
  if (!list->is_array()) return bad_line("'corrections' is no list");
  for (const auto& one : *list) {
    AVSTAND_TRY(correction, correction_from_json(one.dump()));
    AVSTAND_CHECK(check(correction));
    out.push_back(std::move(correction));
  }
  return out;
}

Result<Header> read_header(std::string_view line) {
  const auto json = nlohmann::json::parse(line, nullptr, false);
  if (!json.is_object()) return bad_line("no JSON object");
  if (json.value("schema", nlohmann::json()) != kSchema)
    return bad_line("its schema is another one");
  const auto versions = json.value("versions", nlohmann::json());
  const auto lemmas = json.value("lemmas", nlohmann::json());
  const auto features = json.value("features", nlohmann::json());
  if (!versions.is_number_unsigned() || versions == 0 || !lemmas.is_string() ||
      !features.is_string())
    return bad_line("'versions', 'lemmas' or 'features' is missing or of another kind");
  auto bytes = from_base64(features.get<std::string>());
  if (!bytes) return bad_line("'features' is no base64");
  AVSTAND_TRY(corrections, read_corrections(json));
  return Header{versions.get<uint64_t>(), lemmas.get<std::string>(), std::move(*bytes),
                std::move(corrections)};
}

/// Of all texts that an article has had.
Result<std::vector<Correction>> corrections_of(Archive& archive, Database& database,
                                               int64_t article) {
  AVSTAND_TRY(digests, database.prepare("SELECT DISTINCT digest FROM versions WHERE article = ?1 "
                                        "ORDER BY number"));
  digests.bind(1, article);
  std::vector<Correction> out;
  while (true) {
    AVSTAND_TRY(row, digests.step());
    if (!row) return out;
    AVSTAND_TRY(some, archive.corrections(std::string(digests.text(0))));
    out.insert(out.end(), some.begin(), some.end());
  }
}

}  // namespace

Status Archive::dump(const std::function<void(const std::string& line)>& line) {
  AVSTAND_TRY(articles,
              impl_->database.prepare("SELECT id, lemmas, features FROM articles ORDER BY id"));
  while (true) {
    AVSTAND_TRY(row, articles.step());
    if (!row) return dump_watches(*this, line);
    AVSTAND_TRY(versions, ledgers(articles.integer(0)));
    if (first_invalid_utf8(articles.text(1)))
      return Error{.code = ErrorCode::kData,
                   .message = "an article's lemmas are damaged",
                   .file = impl_->database.path(),
                   .hint = "'avstand check' tells which"};
    std::string features;
    if (!articles.is_null(2)) {
      AVSTAND_TRY(unpacked, unpack(articles.blob(2)));
      features = std::move(unpacked);
    }
    nlohmann::ordered_json header{{"schema", kSchema},
                                  {"versions", versions.size()},
                                  {"lemmas", std::string(articles.text(1))},
                                  {"features", to_base64(features)}};
    AVSTAND_TRY(made, corrections_of(*this, impl_->database, articles.integer(0)));
    for (const Correction& c : made)
      header["corrections"].push_back(nlohmann::ordered_json::parse(to_json(c)));
    line(header.dump() + "\n");
    for (const std::string& ledger : versions) line(ledger + "\n");
  }
}

Result<Restored> Archive::restore(const std::function<bool(std::string&)>& next) {
  Restored out;
  std::string line;
  uint64_t number = 0;
  const auto at_line = [&](Error error) {
    if (error.file.empty()) error.line = number;
    return error;
  };
  while (next(line)) {
    ++number;
    if (line.empty()) continue;
    if (is_watch(line)) {
      if (const Status kept = restore_watch(*this, line); !kept) return at_line(kept.error());
      continue;
    }
    auto header = read_header(line);
    if (!header) return at_line(std::move(header).error());
    Record record{
        .ledger = {}, .lemmas = std::move(header->lemmas), .features = std::move(header->features)};
    for (uint64_t i = 0; i < header->versions; ++i) {
      ++number;
      if (!next(record.ledger)) return at_line(bad_line("the dump ends within an article"));
      const auto rows = rows_of(record.ledger);
      if (!rows) return at_line(rows.error());
      const auto added = add(record, *rows);
      if (!added) return at_line(added.error());
      ++(*added == Added::kKnown ? out.unchanged : out.changed);
    }
    for (const Correction& c : header->corrections) {
      const auto kept = impl_->keep(c);
      if (!kept) return at_line(kept.error());
      if (*kept) ++out.corrections;
    }
    ++out.articles;
  }
  AVSTAND_CHECK(commit());
  return out;
}

}  // namespace avstand::store
