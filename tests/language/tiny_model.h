// A small random model made in a test, and the sections behind it.
#pragma once

#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "base/hash.h"
#include "language/kernels.h"
#include "language/weights.h"

namespace avstand::testing {

using Sections = std::map<std::string, std::string>;

/// A file that is removed when the test ends.
class ScratchFile {
 public:
  explicit ScratchFile(const std::string& bytes) {
    static int count = 0;
    path_ = std::filesystem::temp_directory_path() /
            ("avstand-language-" + std::to_string(::getpid()) + "-" + std::to_string(count++));
    write(bytes);
  }
  ~ScratchFile() { std::filesystem::remove(path_); }
  void write(const std::string& bytes) const {
    std::ofstream(path_, std::ios::binary).write(bytes.data(), static_cast<long>(bytes.size()));
  }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

template <typename T>
void append(std::string& out, T value) {
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

/// A model file as docs/model-format.md says, with right checksums.
inline std::string model_bytes(const Sections& sections, uint32_t version = 1) {
  std::string table, body;
  const size_t start = 128 + 32 * sections.size();
  for (const auto& [name, data] : sections) {
    while ((start + body.size()) % 64 != 0) body += '\0';
    table += name + std::string(16 - name.size(), '\0');
    append<uint64_t>(table, start + body.size());
    append<uint64_t>(table, data.size());
    body += data;
  }
  const std::string payload = table + body;
  std::string header = "AVSTMODL";
  append<uint32_t>(header, version);
  append<uint32_t>(header, static_cast<uint32_t>(sections.size()));
  append<uint64_t>(header, 128 + payload.size());
  append<uint64_t>(header, xxh64(payload));
  const std::string hex = sha256(payload).substr(7);
  for (size_t i = 0; i < 64; i += 2)
    header += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  append<uint64_t>(header, xxh64(header));
  return header + std::string(128 - header.size(), '\0') + payload;
}

/// Sizes of the tiny model, small enough for naive loops.
inline language::Config tiny_config() {
  return {.width = 16,
          .rows = 64,
          .vector_size = 16,
          .vectors = 3,
          .hidden = 16,
          .arc = 16,
          .rel = 16,
          .tags = 5,
          .rules = 3,
          .rels = 4,
          .names = 5};
}

/// Random sections that fit tiny_config().
class TinyModel {
 public:
  explicit TinyModel(unsigned seed = 1) : random_(seed) {
    const language::Config c = tiny_config();
    std::string config(reinterpret_cast<const char*>(&c), sizeof c);
    sections["config"] = config;
    sections["languages"] = "nb\nnn\n";
    sections["tags"] =
        "NOUN\tNumber=Sing\nVERB\tTense=Pres|VerbForm=Fin\nPROPN\t\nPUNCT\t\nADP\t\n";
    sections["rules"] = "l|0|\nl|1|e\nk|0|\n";
    sections["rels"] = "root\nnsubj\nobl\npunct\n";
    sections["names"] = "O\nB-PER\nI-PER\nB-ORG\nI-ORG\n";
    tables(c);
    const uint32_t both = 2 * c.hidden, top = both + c.width;
    layer("project", c.vector_size, c.width, false);
    layer("conv", 3 * c.width, 2 * c.width);
    layer("layer1", c.width, 6 * c.hidden);
    layer("layer2", both, 6 * c.hidden);
    layer("tag", top, c.tags);
    layer("rule", top, c.rules);
    layer("name", top, c.names);
    layer("arc", both, 2 * c.arc);
    layer("arc.pair", c.arc, c.arc);
    layer("rel", both, 2 * c.rel);
    layer("rel.pair", c.rel, (c.rel + 1) * 16);
    for (const char* name : {"norm.type", "norm.conv"}) sections[name] = floats(2 * c.width);
    sections["norm.out"] = floats(2 * both);
    sections["arc.root"] = floats(c.arc);
    sections["rel.root"] = floats(c.rel);
    sections["name.start"] = floats(c.names);
    sections["name.from"] = floats(c.names * c.names);
  }
  std::string bytes() const { return model_bytes(sections); }

  Sections sections;

 private:
  std::string floats(size_t n) {
    std::normal_distribution<float> normal(0, 0.5f);
    std::string out;
    for (size_t i = 0; i < n; ++i) append<float>(out, normal(random_));
    return out;
  }
  void layer(const std::string& name, size_t in, size_t out, bool biased = true) {
    out = language::padded(out);
    sections[name + ".w"] = floats(in * out);
    if (biased) sections[name + ".b"] = floats(out);
  }
  std::string bytes_of(size_t n) {
    std::string out;
    for (size_t i = 0; i < n; ++i) out += static_cast<char>(random_());
    return out;
  }
  void tables(const language::Config& c) {
    sections["rows"] = bytes_of(size_t{c.rows} * c.width);
    sections["rows.scale"] = floats(c.rows);
    std::vector<uint64_t> hashes;
    for (const std::string key : {"en", "ord", "0000"}) hashes.push_back(xxh64(key));
    std::sort(hashes.begin(), hashes.end());
    for (const uint64_t h : hashes) append(sections["vector.hash"], h);
    sections["vector"] = bytes_of(size_t{c.vectors} * c.vector_size);
    sections["vector.scale"] = floats(c.vectors);
  }
  std::mt19937 random_;
};

}  // namespace avstand::testing
