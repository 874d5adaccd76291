// The archive as JSON Lines and back. One line an article:
//   {"schema":"avstand/archive/1","versions":[LEDGER, …],"lemmas":"…","features":"BASE64"}
#include <openssl/evp.h>

#include <nlohmann/json.hpp>

#include "store/archive_impl.h"
#include "store/packing.h"

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

/// A ledger's own bytes where reading and writing JSON gives them again, else as a string.
nlohmann::ordered_json embedded(const std::string& ledger) {
  auto value = nlohmann::ordered_json::parse(ledger, nullptr, false);
  return !value.is_discarded() && value.dump() == ledger ? value : nlohmann::ordered_json(ledger);
}

}  // namespace

Status Archive::dump(const std::function<void(const std::string& line)>& line) {
  AVSTAND_TRY(articles,
              impl_->database.prepare("SELECT id, lemmas, features FROM articles ORDER BY id"));
  while (true) {
    AVSTAND_TRY(row, articles.step());
    if (!row) return Unit{};
    nlohmann::ordered_json out;
    out["schema"] = kSchema;
    out["versions"] = nlohmann::ordered_json::array();
    AVSTAND_TRY(versions, ledgers(articles.integer(0)));
    for (const std::string& ledger : versions) out["versions"].push_back(embedded(ledger));
    out["lemmas"] = std::string(articles.text(1));
    std::string features;
    if (!articles.is_null(2)) {
      AVSTAND_TRY(unpacked, unpack(articles.blob(2)));
      features = std::move(unpacked);
    }
    out["features"] = to_base64(features);
    line(out.dump() + "\n");
  }
}

Result<Added> Archive::restore(std::string_view line) {
  const auto json = nlohmann::ordered_json::parse(line, nullptr, false);
  if (!json.is_object()) return bad_line("no JSON object");
  const auto text = [&](const char* name) -> std::optional<std::string> {
    const auto it = json.find(name);
    if (it == json.end() || !it->is_string()) return std::nullopt;
    return it->get<std::string>();
  };
  if (text("schema") != kSchema) return bad_line("its schema is another one");
  const auto versions = json.find("versions");
  const auto lemmas = text("lemmas"), coded = text("features");
  if (versions == json.end() || !versions->is_array() || versions->empty() || !lemmas || !coded)
    return bad_line("'versions', 'lemmas' or 'features' is missing");
  const auto features = from_base64(*coded);
  if (!features) return bad_line("'features' is no base64");
  Added last = Added::kKnown;
  for (const auto& version : *versions) {
    Record record{.ledger = version.is_string() ? version.get<std::string>() : version.dump(),
                  .lemmas = *lemmas,
                  .features = *features};
    AVSTAND_TRY(rows, rows_of(record.ledger));
    AVSTAND_TRY(added, add(record, rows));
    last = added;
  }
  return last;
}

}  // namespace avstand::store
