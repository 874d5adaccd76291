// The ledger sample of tests/ledger in JSON, and what tests of exports ask of it.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "export/annotations.h"
#include "export/gold.h"
#include "ledger/sample.h"
#include "text/span.h"

namespace avstand::exports {

/// The sample, with a digest that is right.
inline ledger::Ledger sample_ledger() {
  ledger::Ledger out = ledger::sample::make();
  out.digest = bare_ledger("x", out.document.text)["document"]["digest"].get<std::string>();
  out.events.emplace();
  ledger::Event event;
  event.span = out.statements[2].content[0];
  event.predicate = "avtale";
  event.type = "AGREE";
  event.actors = {ledger::sample::kSolvang, ledger::sample::kKosa};
  event.statement = 2;
  event.status = "alleged";
  out.events->push_back(event);
  return out;
}

inline Json sample_json() { return Json::parse(ledger::to_json(sample_ledger())); }

/// Code points [begin, end) by a loop that knows nothing of CodePointIndex.
inline std::string slice(const std::string& text, size_t begin, size_t end) {
  std::string out;
  size_t count = 0;
  for (const char c : text) {
    const bool first = (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    if (first) ++count;
    if (count > begin && count <= end) out += c;
  }
  return out;
}

/// The first annotation of a kind with that ref.
inline Annotation& find(AnnotationSet& set, std::string_view kind, std::string_view ref) {
  for (Annotation& one : set.items)
    if (one.kind->name == kind && one.ref == ref) return one;
  throw std::runtime_error("no such annotation");
}

}  // namespace avstand::exports
