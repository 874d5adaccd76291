// Annotations between a ledger and an annotation tool: what stands on which words, with labels,
// notes and arrows. A ledger becomes a set; brat and UIMA CAS write and read sets; gold.h makes a
// ledger of a set again.
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "export/scheme.h"

namespace avstand::exports {

using Json = nlohmann::ordered_json;

/// Code points [begin, end) of the text.
struct CharSpan {
  uint32_t begin = 0;
  uint32_t end = 0;
  friend bool operator==(CharSpan, CharSpan) = default;
  friend auto operator<=>(CharSpan, CharSpan) = default;
};

struct Annotation {
  const Kind* kind = nullptr;
  std::string ref;  ///< what it is in the ledger, "s3"; of a mention its entity; or empty
  std::vector<CharSpan> spans;                ///< in order, apart, not empty (see settle)
  std::map<std::string, std::string> labels;  ///< without usual values
  std::map<std::string, std::string> notes;
  std::vector<std::pair<std::string, uint32_t>> links;  ///< role and index in the set
  std::optional<uint32_t> cluster;                      ///< of a mention: same number, same entity
  uint64_t line = 0;                                    ///< where it was read, for errors
};

struct AnnotationSet {
  std::string text;
  std::vector<Annotation> items;
};

/// The annotations of a ledger in JSON (schema avstand/ledger/1). What stands on no words (an
/// unnamed hop, an entity known from metadata only) is not in it. Throws Json::exception where it
/// is no ledger; the spans must lie in the text (check_spans).
AnnotationSet annotate(const Json& ledger);

/// Whether every span of a ledger in JSON lies in its text; else what is wrong.
std::string check_spans(const Json& ledger);

/// Brings a set into the one form in which sets are compared: fragments sorted, joined where they
/// overlap or only white space with a line end stands between them; usual labels left out; links in
/// order of role and target.
void settle(AnnotationSet& set);

/// Checks what a person may have got wrong: labels that are missing. Errors carry the line.
Status check_complete(const AnnotationSet& set);

}  // namespace avstand::exports
