#include <fmt/format.h>

#include <algorithm>

#include "picture/metadata.h"
#include "text/utf8.h"
#include "text/xml_tree.h"

namespace avstand::picture {
namespace {

constexpr std::string_view kRdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
constexpr std::string_view kDc = "http://purl.org/dc/elements/1.1/";
constexpr std::string_view kTerms = "http://purl.org/dc/terms/";
constexpr std::string_view kPhotoshop = "http://ns.adobe.com/photoshop/1.0/";
constexpr std::string_view kXmp = "http://ns.adobe.com/xap/1.0/";
constexpr std::string_view kIptc = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";
constexpr std::string_view kPlus = "http://ns.useplus.org/ldf/xmp/1.0/";
constexpr XmlLimits kXmlLimits{.max_depth = 64, .max_nodes = 100'000};
constexpr size_t kMostValues = 100;  // of one property

class XmpReader {
 public:
  explicit XmpReader(const XmlTree& tree) : tree_(tree) {}

  Xmp read() const {
    Xmp out;
    PictureMetadata& m = out.metadata;
    m.creators = values(kDc, "creator");
    m.caption = value(kDc, "description");
    m.copyright = value(kDc, "rights");
    m.credit = value(kPhotoshop, "Credit");
    m.source = value(kPhotoshop, "Source");
    m.headline = value(kPhotoshop, "Headline");
    if (m.headline.empty()) m.headline = value(kDc, "title");
    m.date_created = value(kPhotoshop, "DateCreated");
    if (m.date_created.empty()) m.date_created = value(kXmp, "CreateDate");
    m.software = value(kXmp, "CreatorTool");
    m.digital_source_type = code_name(value(kIptc, "DigitalSourceType"));
    if (m.creators.empty()) m.creators = values(kPlus, "ImageCreatorName");
    for (const std::string_view name : {"CopyrightOwnerName", "ImageSupplierName"})
      for (std::string& owner : values(kPlus, name)) m.also.push_back(std::move(owner));
    out.provenance = value(kTerms, "provenance");
    m.read_of.emplace_back("xmp");
    return out;
  }

 private:
  std::string value(std::string_view space, std::string_view name) const {
    auto all = values(space, name);
    return all.empty() ? std::string() : std::move(all.front());
  }

  /// All values of a property, as element or attribute, at any depth: structures of PLUS hold
  /// names that stand nowhere else. Of a choice of languages the default comes first.
  std::vector<std::string> values(std::string_view space, std::string_view name) const {
    std::vector<std::string> out;
    for (uint32_t i = 0; i < tree_.size() && out.size() < kMostValues; ++i) {
      if (tree_[i].name == "Pantry") {  // metadata of the pictures that went into this one
        i = tree_[i].end - 1;
        continue;
      }
      for (const XmlAttribute& a : tree_[i].attributes)
        if (a.name == name && a.space == space) add(out, a.value);
      if (tree_[i].name == name && tree_[i].space == space) add_element(out, i);
    }
    return out;
  }

  static void add(std::vector<std::string>& out, std::string_view text) {
    std::string value = clean_text(text);
    if (!value.empty()) out.push_back(std::move(value));
  }

  void add_element(std::vector<std::string>& out, uint32_t property) const {
    if (const std::string_view resource = tree_[property].attribute("resource"); !resource.empty())
      return add(out, resource);
    const size_t before = out.size();
    bool list = false;
    for (uint32_t i = property + 1; i < tree_[property].end && out.size() < kMostValues; ++i) {
      if (tree_[i].name != "li" || tree_[i].space != kRdf) continue;
      list = true;
      const bool is_default = tree_[i].attribute("lang") == "x-default";
      std::vector<std::string> one;
      add(one, tree_.text_under(i));
      out.insert(is_default ? out.begin() + static_cast<ptrdiff_t>(before) : out.end(), one.begin(),
                 one.end());
    }
    if (!list) add(out, tree_[property].text);
  }

  const XmlTree& tree_;
};

/// What stands between the processing instructions of a packet; padding is left out.
std::string_view bare(std::string_view packet) {
  const size_t begin = std::min(packet.find('<'), packet.size());
  const size_t end = packet.rfind('>');
  return end == std::string_view::npos || end < begin ? std::string_view()
                                                      : packet.substr(begin, end + 1 - begin);
}

void take_missing(std::string& to, const std::string& from) {
  if (to.empty()) to = from;
}

/// A name that another block gives differently stays to be seen.
void take_or_keep(std::string& to, const std::string& from, std::vector<std::string>& also) {
  if (to.empty())
    to = from;
  else if (!from.empty() && from != to)
    also.push_back(from);
}

/// Fills what `to` lacks.
void merge(PictureMetadata& to, const PictureMetadata& from) {
  if (to.creators.empty()) {
    to.creators = from.creators;
  } else if (from.creators != to.creators) {
    to.also.insert(to.also.end(), from.creators.begin(), from.creators.end());
  }
  take_or_keep(to.credit, from.credit, to.also);
  take_or_keep(to.source, from.source, to.also);
  take_or_keep(to.copyright, from.copyright, to.also);
  take_missing(to.headline, from.headline);
  take_missing(to.caption, from.caption);
  take_missing(to.date_created, from.date_created);
  take_missing(to.digital_source_type, from.digital_source_type);
  take_missing(to.software, from.software);
  to.also.insert(to.also.end(), from.also.begin(), from.also.end());
  for (const std::string& block : from.read_of)
    if (to.read_of.empty() || to.read_of.back() != block) to.read_of.push_back(block);
}

}  // namespace

std::string code_name(std::string_view uri) {
  const size_t at = uri.find_last_of("/#:");
  return std::string(at == std::string_view::npos ? uri : uri.substr(at + 1));
}

Result<Xmp> read_xmp(std::string_view packet) {
  const std::string_view xml = bare(packet);
  if (xml.empty()) return Error{.message = "no XML in it"};
  if (const auto broken = first_invalid_utf8(xml))
    return Error{.message = "it is not UTF-8", .offset = broken};
  AVSTAND_TRY(tree, XmlTree::parse(xml, kXmlLimits));
  return XmpReader(tree).read();
}

Xmp read_metadata(Parts& parts, const Limits& limits) {
  Xmp out;
  for (const std::string& packet : parts.xmp) {
    auto xmp = read_xmp(packet);
    if (!xmp) {
      remark(parts, fmt::format("an XMP packet is not read: {}", xmp.error().message));
      continue;
    }
    merge(out.metadata, xmp->metadata);
    take_missing(out.provenance, xmp->provenance);
  }
  std::string_view iim = parts.iim;
  if (iim.empty()) iim = iim_of_photoshop(parts.photoshop, limits);
  merge(out.metadata, read_iim(iim, limits));
  merge(out.metadata, read_exif(parts.exif, limits));
  auto& also = out.metadata.also;  // each name once
  for (size_t i = 0; i < also.size(); ++i)
    also.erase(std::remove(also.begin() + static_cast<ptrdiff_t>(i) + 1, also.end(), also[i]),
               also.end());
  return out;
}

}  // namespace avstand::picture
