// The limits on what one input may be, as options of every command that reads.
#include "cli/session.h"

namespace avstand::cli {
namespace {

constexpr const char* kGroup = "Limits";

}  // namespace

void add_limit_options(CLI::App& command, size_t& max_bytes, ingest::Limits& limits) {
  const auto add = [&](const std::string& name, auto& value, const std::string& what, auto low,
                       auto high) {
    command.add_option(name, value, what)
        ->type_name("N")
        ->check(CLI::Range(low, high))
        ->capture_default_str()
        ->group(kGroup);
  };
  add("--max-bytes", max_bytes, "Longest article that is read", size_t{1}, size_t{4'000'000'000});
  add("--max-depth", limits.max_depth,
      "Deepest nesting of a document; 0: HTML 512, XML 128, JSON 64", 0U, 10'000U);
  add("--max-attributes", limits.max_attributes, "Attributes of one tag", 1U, 1'000'000U);
  add("--max-entity-bytes", limits.max_entity_bytes,
      "Bytes that entities which an XML document declares may grow to; 0: it may declare none",
      uint64_t{0}, uint64_t{1'000'000'000});
  add("--max-unpacked", limits.max_unpacked, "Bytes that one packed file may become", uint64_t{1},
      uint64_t{1} << 62);
  add("--max-ratio", limits.max_ratio, "Unpacked to packed bytes of one part of a packed file", 1U,
      1'000'000'000U);
  add("--max-records", limits.max_records, "Records of one web archive", uint64_t{1},
      uint64_t{1} << 62);
  add("--max-pixels", limits.max_pixels,
      "Pixels of a picture; a larger one is read, but not decoded and hashed", uint64_t{1},
      uint64_t{4'000'000'000});
  add("--max-picture-bytes", limits.max_picture_bytes, "Longest picture file that is read",
      size_t{1}, size_t{4'000'000'000});
  add("--max-seconds", limits.max_seconds, "Time for one document; 0: no limit", 0.0, 1e9);
}

}  // namespace avstand::cli
