#include "export/parts.h"

#include <fmt/format.h>

#include "ledger/characters.h"

namespace avstand::exports {
namespace {

using ledger::Hop;
using ledger::Ledger;

constexpr std::string_view kDigestPrefix = "sha256:";
constexpr std::string_view kApart = " … ";

/// Characters that RFC 3987 allows in an IRI, of those that come in addresses.
bool is_iri_character(char32_t c) {
  if (c > 0xA0) return !ledger::is_hidden_control(c);
  if (c <= 0x20 || c >= 0x7F) return false;
  return std::string_view("<>\"{}|\\^`").find(static_cast<char>(c)) == std::string_view::npos;
}

bool is_web_address(std::string_view url) {
  if (!url.starts_with("http://") && !url.starts_with("https://")) return false;
  for (size_t pos = 0; pos < url.size();) {
    const ledger::DecodedCharacter c = ledger::decode_character(url, pos);
    if (!c.valid || !is_iri_character(c.value)) return false;
    pos += c.size;
  }
  return true;
}

}  // namespace

std::string article_iri(const Ledger& ledger) {
  std::string_view digest = ledger.digest;
  if (digest.starts_with(kDigestPrefix)) digest.remove_prefix(kDigestPrefix.size());
  return "urn:avstand:" + std::string(digest);
}

std::string source_iri(const Ledger& ledger) {
  const auto& url = ledger.document.url;
  return url && is_web_address(*url) ? *url : article_iri(ledger);
}

std::string local_id(char letter, size_t index) { return fmt::format("{}{}", letter, index + 1); }

std::string part_iri(const Ledger& ledger, char letter, size_t index) {
  return article_iri(ledger) + "/" + local_id(letter, index);
}

std::string words(const Ledger& ledger, const std::vector<Span>& spans) {
  std::string out;
  for (const Span span : spans) {
    if (!out.empty()) out += kApart;
    out += span.in(ledger.document.text);
  }
  return out;
}

std::string_view hop_name(const Ledger& ledger, const Hop& hop) {
  return hop.entity ? std::string_view(ledger.entities[*hop.entity].name) : hop.name;
}

std::string chain_in_words(const Ledger& ledger, const std::vector<Hop>& chain) {
  std::string out;
  for (const Hop& hop : chain) {
    if (!out.empty()) out += " > ";
    out += hop_name(ledger, hop);
  }
  return out;
}

bool is_attributed(const ledger::Statement& statement) { return statement.quote != "own"; }

bool has_time_of_day(std::string_view date) { return date.size() > 10; }

std::string valid_utf8(std::string_view text) {
  std::string out;
  for (size_t pos = 0; pos < text.size();) {
    const ledger::DecodedCharacter c = ledger::decode_character(text, pos);
    out += c.valid ? text.substr(pos, c.size) : "\uFFFD";
    pos += c.size;
  }
  return out;
}

void field(ledger::JsonWriter& w, std::string_view key, std::string_view value) {
  if (!value.empty()) w.key(key).string(value);
}

void maybe_field(ledger::JsonWriter& w, std::string_view key,
                 const std::optional<std::string>& value) {
  if (value) field(w, key, std::string_view(*value));
}

}  // namespace avstand::exports
