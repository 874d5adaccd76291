// JSON that is read once and taken apart: ledgers, of which an archive keeps a part as rows.
//
// The text is gone over once and every value that is wanted becomes a node of 32 bytes that points
// into it; strings are copied when they are asked for. Three times as fast as making values of it,
// which was a fifth of adding an article. What is read over is checked as well. The text must
// outlive the tree. Numbers are whole or not; halves are not looked at here.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace avstand::store {

class JsonTree;

/// One value of a tree. What is missing or of another kind throws ledger::Unusable.
class JsonValue {
 public:
  enum class Kind : uint8_t { kNull, kFalse, kTrue, kWhole, kReal, kString, kList, kObject };

  bool is_null() const;
  bool is_list() const;
  /// Elements of a list.
  std::vector<JsonValue> items() const;
  /// A member that must be there; of two with one name, the last.
  JsonValue member(std::string_view name) const;
  std::optional<JsonValue> find(std::string_view name) const;
  std::vector<JsonValue> list(std::string_view name) const;
  std::string text(std::string_view name) const;
  /// A key that must be there; null is nothing.
  std::optional<std::string> optional_text(std::string_view name) const;
  bool flag(std::string_view name) const;
  int64_t number(std::string_view name) const;
  /// Nothing: no whole number, or one that is too large.
  std::optional<int64_t> whole() const;

 private:
  friend class JsonTree;
  JsonValue(const JsonTree* tree, uint32_t node) : tree_(tree), node_(node) {}

  const JsonTree* tree_;
  uint32_t node_;
};

class JsonTree {
 public:
  /// Nothing: it is no JSON, or nested deeper than anything of ours. `wanted`: names of members,
  /// sorted; values of other members are read over.
  static std::optional<JsonTree> parse(std::string_view text,
                                       std::span<const std::string_view> wanted);
  JsonValue root() const { return {this, 0}; }

 private:
  friend class JsonValue;
  class Parser;
  struct Node {
    uint32_t begin = 0, size = 0;            ///< of the number, or of the string without its marks
    uint32_t name_begin = 0, name_size = 0;  ///< likewise, of a member
    uint32_t next = 0;                       ///< the node behind all that is in it
    JsonValue::Kind kind = JsonValue::Kind::kNull;
    bool escaped = false;  ///< a string with escapes in it
  };

  std::string_view part(uint32_t begin, uint32_t size) const { return text_.substr(begin, size); }

  std::string_view text_;
  std::vector<Node> nodes_;
};

}  // namespace avstand::store
