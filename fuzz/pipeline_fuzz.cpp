// The whole pipeline with the real models and data: every ledger is valid JSON whose spans lie in
// its text and whose references point at something.
#include <nlohmann/json.hpp>

#include "checks.h"
#include "ingest/ingest.h"
#include "ingest/patterns.h"
#include "reader/reader.h"

using namespace avstand;
using nlohmann::json;

namespace {

size_t code_points(const std::string& text) {
  size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

void check_spans(const json& spans, size_t size) {
  for (const json& span : spans)
    fuzz::require(span.at(0) < span.at(1) && span.at(1) <= size, "spans are inside the text");
}

/// "s3" or null: a reference to one of `count` things with that letter.
void check_reference(const json& id, char letter, size_t count) {
  if (id.is_null()) return;
  const auto name = id.get<std::string>();
  fuzz::require(name.size() > 1 && name[0] == letter && std::stoul(name.substr(1)) <= count,
                "a reference points at something");
}

/// Nesting has an outermost statement: no statement is, over its parents, inside itself.
void check_nesting(const json& statements) {
  for (const json& statement : statements) {
    json parent = statement.at("parent");
    for (size_t steps = 0; !parent.is_null(); ++steps) {
      fuzz::require(steps < statements.size(), "no statement is nested in itself");
      parent = statements.at(std::stoul(parent.get<std::string>().substr(1)) - 1).at("parent");
    }
  }
}

void check_ledger(const json& ledger) {
  const size_t size = code_points(ledger.at("document").at("text"));
  const size_t entities = ledger.at("entities").size();
  const size_t statements = ledger.at("statements").size();
  check_spans(ledger.at("sentences"), size);
  for (const json& s : ledger.at("statements")) {
    for (const char* role : {"content", "cue", "source"}) check_spans(s.at(role), size);
    check_reference(s.at("speaker"), 'e', entities);
    check_reference(s.at("parent"), 's', statements);
    for (const json& hop : s.at("chain")) check_reference(hop.at("entity"), 'e', entities);
    fuzz::require(s.at("distance") == s.at("chain").size(), "distance is the chain's length");
    fuzz::require(!s.at("why").empty(), "every judgement has a reason");
  }
  check_nesting(ledger.at("statements"));
  for (const json& f : ledger.at("findings")) check_spans(f.at("spans"), size);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto patterns = ingest::Patterns::load(AVSTAND_SOURCE_DIR "/data");
  static const auto reader =
      Reader::open({AVSTAND_SOURCE_DIR "/data", AVSTAND_SOURCE_DIR "/models"});
  fuzz::require(patterns.has_value() && reader.has_value(), "data and models are there");
  static const auto workspace = (*reader)->make_workspace();
  if (size == 0) return 0;
  constexpr const char* kLanguages[] = {"und", "nb", "nn", "en"};
  const LanguageCode language(kLanguages[data[0] % 4]);
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);

  ingest::Run run;
  ingest::read_bytes(bytes, "input", {.max_bytes = 4'000, .language = language}, *patterns, run,
                     [](ingest::Item item) {
                       if (!item.article) return;
                       const auto reading = (*reader)->read(std::move(*item.article), *workspace);
                       fuzz::check_blocks(reading->article);
                       fuzz::check_words(reading->article, reading->analysis);
                       check_ledger(json::parse(ledger::to_json(reading->ledger)));
                     });
  return 0;
}
