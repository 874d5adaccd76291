// An XML document as a flat tree. The one place that knows the parser (Expat).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace avstand {

struct XmlLimits {
  uint32_t max_depth = 128;
  uint32_t max_nodes = 1'000'000;
  uint32_t max_attributes = 256;  ///< of one tag
  /// Bytes that declared entities may grow to; 0: a document that declares one is refused. Entities
  /// that stand outside of the document are never read.
  uint64_t max_entity_bytes = 0;
};

/// An attribute; its name is without prefix, its namespace empty where it has none of its own.
struct XmlAttribute {
  std::string space, name, value;
};

/// An element; its names are without prefix ("encoded"), in the case of the document.
struct XmlNode {
  std::string name;
  std::string space;  ///< namespace; empty: none
  uint32_t parent = 0;
  uint32_t end = 0;      ///< behind its last descendant
  uint32_t text_at = 0;  ///< in its parent's text
  std::string text;      ///< character data right in it
  std::vector<XmlAttribute> attributes;

  /// The value of the first attribute of that name, whatever its namespace; empty if there is none.
  std::string_view attribute(std::string_view key) const;
};

class XmlTree {
 public:
  /// `utf8` must be UTF-8, whatever its declaration says. Ill-formed: kInput with the byte; over a
  /// limit: kLimit.
  static Result<XmlTree> parse(std::string_view utf8, const XmlLimits& limits = {});

  const XmlNode& operator[](uint32_t i) const { return nodes_[i]; }
  uint32_t size() const { return static_cast<uint32_t>(nodes_.size()); }
  /// The first child of that name and namespace ("*": any); 0: none (the root is no child).
  uint32_t child(uint32_t parent, std::string_view name, std::string_view space = "*") const;
  std::vector<uint32_t> children(uint32_t parent, std::string_view name) const;
  /// All character data under a node.
  std::string text_under(uint32_t node) const;

 private:
  friend class XmlBuilder;
  std::vector<XmlNode> nodes_;
};

}  // namespace avstand
