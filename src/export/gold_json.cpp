// A ledger in JSON: out of a text alone, and back into bytes.
#include "base/hash.h"
#include "export/gold.h"
#include "ledger/json_writer.h"
#include "text/span.h"

namespace avstand::exports {
namespace {

using ledger::JsonWriter;

void write(const Json& value, JsonWriter& w) {
  if (value.is_object()) {
    w.begin_object();
    for (const auto& [key, inner] : value.items()) {
      w.key(key);
      write(inner, w);
    }
    w.end_object();
  } else if (value.is_array()) {
    w.begin_array();
    for (const Json& inner : value) write(inner, w);
    w.end_array();
  } else if (value.is_string()) {
    w.string(value.get_ref<const std::string&>());
  } else if (value.is_boolean()) {
    w.boolean(value.get<bool>());
  } else if (value.is_number_float()) {
    w.decimal(value.get<double>());  // the ledger's only fractions are confidences
  } else if (value.is_number()) {
    w.number(value.get<uint64_t>());
  } else {
    w.null();
  }
}

constexpr const char* kBare = R"({"schema":"avstand/ledger/1",
  "engine":{"version":"","models":{},"data":""},
  "document":{"id":"","url":null,"language":"und","title":null,"published":null,
    "outlet":{"name":null,"entity":null},"bylines":[],"text":"","digest":"",
    "agency":{"credit":null,"hops":[],"embargo":null,"version":null}},
  "blocks":[],"sentences":[],"entities":[],"statements":[],"pictures":[],"events":null,
  "findings":[],"summary":{"statements":0,"own":0,"by_origin":[],"independent_origins":0,
    "unverified":0,"words_by_distance":{}}})";

}  // namespace

Json bare_ledger(const std::string& id, const std::string& text) {
  Json out = Json::parse(kBare);
  out["document"]["id"] = id;
  out["document"]["text"] = text;
  out["document"]["digest"] = sha256(text);
  const CodePointIndex index(text);
  for (size_t begin = 0; begin < text.size();) {
    const size_t apart = text.find("\n\n", begin);
    const size_t end = apart == std::string::npos ? text.size() : apart;
    const size_t first = text.find_first_not_of(" \t\r\n", begin);
    const size_t last = text.find_last_not_of(" \t\r\n", end == 0 ? 0 : end - 1);
    if (first < end && last != std::string::npos && first <= last)
      out["blocks"].push_back({{"kind", "paragraph"},
                               {"begin", index.to_code_point(static_cast<uint32_t>(first))},
                               {"end", index.to_code_point(static_cast<uint32_t>(last + 1))},
                               {"kicker", nullptr},
                               {"language", "und"},
                               {"source_bytes", nullptr}});
    begin = end + 2;
  }
  return out;
}

std::string ledger_line(const Json& ledger) {
  JsonWriter w(JsonWriter::Layout::kCompact);
  write(ledger, w);
  return w.take();
}

}  // namespace avstand::exports
