// CBOR (RFC 8949) as far as C2PA manifests use it: read into a tree, within limits.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace avstand::picture {

/// One item. Tags are left out: the item is what they stand before.
struct CborValue {
  enum class Kind : uint8_t { kNumber, kBytes, kText, kArray, kMap, kOther };

  Kind kind = Kind::kOther;
  int64_t number = 0;
  std::string_view bytes;        ///< of kBytes and kText; views into what was parsed
  std::vector<CborValue> items;  ///< of kArray; of kMap its values
  std::vector<CborValue> keys;   ///< of kMap: keys[i] is that of items[i]

  /// The value of a key of a map; null: no map, or no such key.
  const CborValue* find(std::string_view key) const;
  const CborValue* find(int64_t key) const;
  /// A text; empty where it is none.
  std::string_view text() const { return kind == Kind::kText ? bytes : std::string_view(); }
  std::string_view text(std::string_view key) const;
};

/// The item that `bytes` begin with. nullopt: broken, nested deeper than 32, more than 100,000
/// items, or a text in pieces (indefinite length), which no manifest may have (C2PA 2, 6.4:
/// deterministic encoding).
std::optional<CborValue> parse_cbor(std::string_view bytes);

}  // namespace avstand::picture
