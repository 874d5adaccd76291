#include "language/weights.h"

#include <algorithm>
#include <bit>
#include <string>

#include "language/kernels.h"
#include "language/kernels_isa.h"

namespace avstand::language {
namespace {

constexpr uint32_t kMaxRows = 1u << 24, kMaxWidth = 1024, kMaxLabels = 4096, kMaxNames = 255;

bool is_width(uint32_t n, uint32_t most) { return n > 0 && n <= most && n % kPanel == 0; }
bool is_count(uint32_t n, uint32_t most) { return n > 0 && n <= most; }

bool makes_sense(const Config& c) {
  return is_width(c.width, kMaxWidth) && is_width(c.vector_size, kMaxWidth) &&
         is_width(c.hidden, kMaxHidden) && is_width(c.arc, kMaxWidth) &&
         is_width(c.rel, kMaxWidth) && std::has_single_bit(c.rows) && c.rows <= kMaxRows &&
         c.vectors <= kMaxRows && is_count(c.tags, kMaxLabels) && is_count(c.rules, kMaxLabels) &&
         is_count(c.rels, kMaxLabels) && is_count(c.names, kMaxNames);
}

/// Reads sections into one Weights and keeps the first error.
class Reader {
 public:
  Reader(const ModelFile& file, Weights& out) : file_(file), out_(out) {}

  Status read() {
    AVSTAND_TRY(config, file_.array<uint32_t>("config", sizeof(Config) / 4));
    std::copy(config.begin(), config.end(), reinterpret_cast<uint32_t*>(&out_.config));
    if (!makes_sense(out_.config)) return file_.damaged("sizes in section config make no sense", 0);
    AVSTAND_CHECK(read_tables());
    AVSTAND_CHECK(read_layers());
    AVSTAND_CHECK(read_vectors());
    return read_labels();
  }

 private:
  Status read_tables() {
    const Config& c = out_.config;
    AVSTAND_CHECK(table("rows", c.rows, c.width, out_.rows));
    AVSTAND_CHECK(table("vector", c.vectors, c.vector_size, out_.vectors));
    AVSTAND_TRY(hashes, file_.array<uint64_t>("vector.hash", c.vectors));
    if (!std::is_sorted(hashes.begin(), hashes.end()))
      return file_.damaged("section vector.hash is not in order", 0);
    out_.vector_hashes = hashes;
    return Unit{};
  }

  Status read_layers() {
    const Config& c = out_.config;
    const uint32_t both = 2 * c.hidden, top = both + c.width;
    AVSTAND_CHECK(layer("project", c.vector_size, c.width, false, out_.project));
    AVSTAND_CHECK(layer("conv", 3 * c.width, 2 * c.width, true, out_.conv));
    AVSTAND_CHECK(layer("layer1", c.width, 6 * c.hidden, true, out_.layer1));
    AVSTAND_CHECK(layer("layer2", both, 6 * c.hidden, true, out_.layer2));
    AVSTAND_CHECK(layer("tag", top, c.tags, true, out_.tag));
    AVSTAND_CHECK(layer("rule", top, c.rules, true, out_.rule));
    AVSTAND_CHECK(layer("name", top, c.names, true, out_.name));
    AVSTAND_CHECK(layer("arc", both, 2 * c.arc, true, out_.arc));
    AVSTAND_CHECK(layer("arc.pair", c.arc, c.arc, true, out_.arc_pair));
    AVSTAND_CHECK(layer("rel", both, 2 * c.rel, true, out_.rel));
    const auto columns = static_cast<uint32_t>((c.rel + 1) * padded(c.rels));
    return layer("rel.pair", c.rel, columns, true, out_.rel_pair);
  }

  Status read_vectors() {
    const Config& c = out_.config;
    const size_t names = c.names;
    AVSTAND_CHECK(floats("norm.type", size_t{2} * c.width, out_.norm_type));
    AVSTAND_CHECK(floats("norm.conv", size_t{2} * c.width, out_.norm_conv));
    AVSTAND_CHECK(floats("norm.out", size_t{4} * c.hidden, out_.norm_out));
    AVSTAND_CHECK(floats("arc.root", c.arc, out_.arc_root));
    AVSTAND_CHECK(floats("rel.root", c.rel, out_.rel_root));
    AVSTAND_CHECK(floats("name.start", names, out_.name_start));
    return floats("name.from", names * names, out_.name_from);
  }

  Status read_labels() {
    const Config& c = out_.config;
    AVSTAND_TRY(languages, file_.lines("languages"));
    if (languages.empty() || languages.size() > 64) return bad("languages", "");
    for (const auto code : languages) out_.languages.emplace_back(code);
    AVSTAND_CHECK(labels("tags", c.tags, out_.tags, parse_tag));
    AVSTAND_CHECK(labels("rules", c.rules, out_.rules, LemmaRule::parse));
    AVSTAND_TRY(lemmas, LemmaLexicon::read(file_));
    out_.lemmas = lemmas;
    AVSTAND_CHECK(labels("rels", c.rels, out_.rels, parse_relation));
    return labels("names", c.names, out_.names, parse_name);
  }

  static bool parse_tag(std::string_view line, TagClass& out) {
    const size_t tab = line.find('\t');
    if (tab == std::string_view::npos) return false;
    out.feats = line.substr(tab + 1);
    return parse_upos(line.substr(0, tab), out.upos);
  }

  static bool parse_relation(std::string_view line, RelClass& out) {
    out.name = line;
    return parse_rel(line, out.rel);
  }

  static bool parse_name(std::string_view line, NameLabel& out) {
    if (line == "O") return true;
    if (line.size() < 3 || line[1] != '-' || (line[0] != 'B' && line[0] != 'I')) return false;
    out.mark = line[0] == 'B' ? NameLabel::Mark::kBegin : NameLabel::Mark::kInside;
    out.type = line.substr(2);
    return true;
  }

  template <typename T, typename Parse>
  Status labels(std::string_view section, size_t count, std::vector<T>& out, Parse parse) {
    AVSTAND_TRY(lines, file_.lines(section));
    if (lines.size() != count) return bad(section, "");
    for (const auto line : lines)
      if (!parse(line, out.emplace_back())) return bad(section, line);
    return Unit{};
  }

  Error bad(std::string_view section, std::string_view line) const {
    return file_.damaged("section " + std::string(section) + " holds what is no label: \"" +
                             std::string(line) + "\"",
                         0);
  }

  Status table(const std::string& name, size_t rows, size_t width, Table& out) {
    AVSTAND_TRY(values, file_.array<int8_t>(name, rows * width));
    out.values = values;
    return floats(name + ".scale", rows, out.scale);
  }

  Status layer(const std::string& name, uint32_t in, uint32_t out, bool biased, Layer& layer) {
    const size_t columns = padded(out);
    if (biased) AVSTAND_CHECK(floats(name + ".b", columns, layer.bias));
    std::span<const float> weight;
    AVSTAND_CHECK(floats(name + ".w", in * columns, weight));
    layer.weight = ByteMatrix(weight, in, columns);
    return Unit{};
  }

  Status floats(const std::string& name, size_t count, std::span<const float>& out) {
    AVSTAND_TRY(values, file_.floats(name, count));
    out = values;
    return Unit{};
  }

  const ModelFile& file_;
  Weights& out_;
};

}  // namespace

Result<Weights> Weights::read(const ModelFile& file) {
  Weights out;
  AVSTAND_CHECK(Reader(file, out).read());
  return out;
}

}  // namespace avstand::language
