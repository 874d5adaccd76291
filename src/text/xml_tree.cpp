#include "text/xml_tree.h"

// The header shows the guard against growing entities only where this is set, as Debian's library
// was built with it.
#define XML_DTD 1
#include <expat.h>
#include <fmt/format.h>

#include <memory>

namespace avstand {
namespace {

constexpr char kSeparator = '\x01';  // between namespace and name, as Expat is told to

/// "namespace SEPARATOR name" to its parts.
std::pair<std::string_view, std::string_view> parts(std::string_view name) {
  const size_t at = name.rfind(kSeparator);
  if (at == std::string_view::npos) return {std::string_view(), name};
  return {name.substr(0, at), name.substr(at + 1)};
}

}  // namespace

/// Takes Expat's events.
class XmlBuilder {
 public:
  XmlBuilder(XmlTree& tree, const XmlLimits& limits)
      : nodes_(tree.nodes_),
        limits_(limits),
        parser_(XML_ParserCreateNS("UTF-8", kSeparator), &XML_ParserFree) {}

  Status parse(std::string_view utf8) {
    XML_Parser p = parser_.get();
    XML_SetUserData(p, this);
    XML_SetElementHandler(p, &start, &end);
    XML_SetCharacterDataHandler(p, &text);
    XML_SetEntityDeclHandler(p, &entity);
    // Expat's guard against entities that grow: no bytes beyond the document and the limit. It
    // counts
    // "&lt;" and its kin as a byte more than the four or more that stand in the document.
    XML_SetBillionLaughsAttackProtectionMaximumAmplification(p, 1.0F);
    XML_SetBillionLaughsAttackProtectionActivationThreshold(
        p, utf8.size() / 4 * 5 + 1 + limits_.max_entity_bytes);
    const auto status = XML_Parse(p, utf8.data(), static_cast<int>(utf8.size()), XML_TRUE);
    if (!problem_.empty()) return error(problem_);
    if (XML_GetErrorCode(p) == XML_ERROR_AMPLIFICATION_LIMIT_BREACH)
      stop(fmt::format("entities that grow to more than {} bytes", limits_.max_entity_bytes),
           "raise --max-entity-bytes");
    if (!problem_.empty()) return error(problem_);
    if (status != XML_STATUS_OK)
      return error(fmt::format("no well-formed XML: {}", XML_ErrorString(XML_GetErrorCode(p))));
    return Unit{};
  }

 private:
  static void start(void* self, const XML_Char* name, const XML_Char** attributes) {
    static_cast<XmlBuilder*>(self)->open(name, attributes);
  }
  static void end(void* self, const XML_Char*) { static_cast<XmlBuilder*>(self)->close(); }
  static void text(void* self, const XML_Char* data, int size) {
    auto* builder = static_cast<XmlBuilder*>(self);
    if (!builder->open_.empty())
      builder->nodes_[builder->open_.back()].text.append(data, static_cast<size_t>(size));
  }
  static void entity(void* self, const XML_Char*, int, const XML_Char* value, int, const XML_Char*,
                     const XML_Char*, const XML_Char*, const XML_Char*) {
    auto* builder = static_cast<XmlBuilder*>(self);
    if (value == nullptr)
      builder->stop("XML that declares entities outside of itself is not read", "");
    else if (builder->limits_.max_entity_bytes == 0)
      builder->stop("XML that declares entities is not read", "raise --max-entity-bytes");
  }

  void open(std::string_view name, const XML_Char** attributes) {
    const auto index = static_cast<uint32_t>(nodes_.size());
    if (open_.size() >= limits_.max_depth)
      return stop(fmt::format("XML nested deeper than {}", limits_.max_depth), "raise --max-depth");
    if (index >= limits_.max_nodes)
      return stop(fmt::format("XML with more than {} elements", limits_.max_nodes), "");
    XmlNode node;
    node.space = parts(name).first;
    node.name = parts(name).second;
    node.parent = open_.empty() ? 0 : open_.back();
    if (!open_.empty()) node.text_at = static_cast<uint32_t>(nodes_[open_.back()].text.size());
    for (; *attributes != nullptr; attributes += 2) {
      const auto [space, key] = parts(attributes[0]);
      node.attributes.push_back({std::string(space), std::string(key), attributes[1]});
    }
    if (node.attributes.size() > limits_.max_attributes)
      return stop(fmt::format("XML with more than {} attributes in a tag", limits_.max_attributes),
                  "raise --max-attributes");
    nodes_.push_back(std::move(node));
    open_.push_back(index);
  }
  void close() {
    nodes_[open_.back()].end = static_cast<uint32_t>(nodes_.size());
    open_.pop_back();
  }
  void stop(std::string problem, std::string hint) {
    if (problem_.empty()) {
      problem_ = std::move(problem);
      hint_ = std::move(hint);
    }
    XML_StopParser(parser_.get(), XML_FALSE);
  }
  Error error(std::string message) const {
    const XML_Index at = XML_GetCurrentByteIndex(parser_.get());
    return {.code = hint_.empty() ? ErrorCode::kInput : ErrorCode::kLimit,
            .message = std::move(message),
            .offset = at < 0 ? 0 : static_cast<uint64_t>(at),
            .hint = hint_};
  }

  std::vector<XmlNode>& nodes_;
  const XmlLimits& limits_;
  std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser_;
  std::vector<uint32_t> open_;
  std::string problem_, hint_;
};

std::string_view XmlNode::attribute(std::string_view key) const {
  for (const XmlAttribute& its : attributes)
    if (its.name == key) return its.value;
  return {};
}

Result<XmlTree> XmlTree::parse(std::string_view utf8, const XmlLimits& limits) {
  if (utf8.size() > INT32_MAX)
    return Error{.code = ErrorCode::kLimit, .message = "XML larger than 2 GB"};
  XmlTree tree;
  AVSTAND_CHECK(XmlBuilder(tree, limits).parse(utf8));
  return tree;
}

uint32_t XmlTree::child(uint32_t parent, std::string_view name, std::string_view space) const {
  for (uint32_t i = parent + 1; i < nodes_[parent].end; i = nodes_[i].end)
    if (nodes_[i].name == name && (space == "*" || nodes_[i].space == space)) return i;
  return 0;
}

std::vector<uint32_t> XmlTree::children(uint32_t parent, std::string_view name) const {
  std::vector<uint32_t> out;
  for (uint32_t i = parent + 1; i < nodes_[parent].end; i = nodes_[i].end)
    if (nodes_[i].name == name) out.push_back(i);
  return out;
}

std::string XmlTree::text_under(uint32_t node) const {
  std::string out;
  for (uint32_t i = node; i < nodes_[node].end; ++i) out += nodes_[i].text;
  return out;
}

}  // namespace avstand
