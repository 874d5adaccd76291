#include "store/json_tree.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstring>

#include "ledger/fields.h"
#include "text/utf8.h"

namespace avstand::store {
namespace {

using ledger::Unusable;

constexpr uint32_t kDeepest = 512;  // objects and lists in each other
constexpr char32_t kFirstHigh = 0xD800, kFirstLow = 0xDC00, kEndOfSurrogates = 0xE000;

/// Whether any of eight bytes ends a string or begins an escape, or is a control.
bool has_special(const char* at) {
  constexpr uint64_t kOnes = 0x0101010101010101U, kHighs = 0x8080808080808080U;
  uint64_t eight = 0;
  std::memcpy(&eight, at, sizeof eight);
  const auto zero = [](uint64_t v) { return (v - kOnes) & ~v & kHighs; };
  const uint64_t control = (eight - kOnes * 0x20) & ~eight & kHighs;
  return (control | zero(eight ^ kOnes * '"') | zero(eight ^ kOnes * '\\')) != 0;
}

/// The four digits behind "\u"; nothing: they are none.
std::optional<char32_t> hex_at(std::string_view text, size_t at) {
  uint32_t out = 0;
  if (at + 4 > text.size()) return std::nullopt;
  const auto [end, error] = std::from_chars(text.data() + at, text.data() + at + 4, out, 16);
  if (error != std::errc() || end != text.data() + at + 4) return std::nullopt;
  return out;
}

/// One escape, of which `at` is the character behind the backslash; moved behind it. Nothing: it is
/// none, or half of a pair.
std::optional<char32_t> escape_at(std::string_view text, size_t& at) {
  constexpr std::string_view kNames = "\"\\/bfnrt", kMeant = "\"\\/\b\f\n\r\t";
  if (at >= text.size()) return std::nullopt;
  const char name = text[at++];
  if (name != 'u') {
    const size_t which = kNames.find(name);
    if (which == std::string_view::npos) return std::nullopt;
    return static_cast<char32_t>(kMeant[which]);
  }
  const auto first = hex_at(text, at);
  at += 4;
  if (!first || *first < kFirstHigh || *first >= kEndOfSurrogates) return first;
  if (*first >= kFirstLow || text.substr(std::min(at, text.size()), 2) != "\\u")
    return std::nullopt;
  const auto second = hex_at(text, at + 2);
  at += 6;
  if (!second || *second < kFirstLow || *second >= kEndOfSurrogates) return std::nullopt;
  return 0x10000 + ((*first - kFirstHigh) << 10) + (*second - kFirstLow);
}

std::string unescaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    const size_t escape = std::min(text.find('\\', at), text.size());
    out.append(text, at, escape - at);
    at = escape + 1;
    if (escape < text.size()) append_utf8(out, escape_at(text, at).value_or(U'\uFFFD'));
  }
  return out;
}

[[noreturn]] void refuse(std::string_view name, std::string_view what) {
  throw Unusable{fmt::format("'{}' {}", name, what)};
}

}  // namespace

/// Goes over the text by the grammar of RFC 8259. Every function returns whether it may go on.
class JsonTree::Parser {
 public:
  Parser(std::string_view text, std::span<const std::string_view> wanted, std::vector<Node>& out)
      : text_(text), wanted_(wanted), nodes_(out) {}

  bool run() {
    if (!value({}, true, 0)) return false;
    skip_space();
    return at_ == text_.size();
  }

 private:
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(char c) {
    if (peek() != c || at_ >= text_.size()) return false;
    ++at_;
    return true;
  }
  void skip_space() {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t' || text_[at_] == '\r'))
      ++at_;
  }
  bool literal(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }

  /// `node`: with its name, if it has one. Put into the tree if it is to be kept.
  bool value(Node node, bool keep, uint32_t depth) {
    skip_space();
    const size_t place = nodes_.size();
    node.kind = kind();
    node.begin = static_cast<uint32_t>(at_);
    if (keep) nodes_.push_back(node);
    if (!content(node, keep, depth)) return false;
    if (!keep) return true;
    node.next = static_cast<uint32_t>(nodes_.size());
    nodes_[place] = node;
    return true;
  }

  JsonValue::Kind kind() const {
    switch (peek()) {
      case '{':
        return JsonValue::Kind::kObject;
      case '[':
        return JsonValue::Kind::kList;
      case '"':
        return JsonValue::Kind::kString;
      case 't':
        return JsonValue::Kind::kTrue;
      case 'f':
        return JsonValue::Kind::kFalse;
      case 'n':
        return JsonValue::Kind::kNull;
      default:
        return JsonValue::Kind::kWhole;
    }
  }

  bool content(Node& node, bool keep, uint32_t depth) {
    switch (node.kind) {
      case JsonValue::Kind::kObject:
        return depth < kDeepest && object(keep, depth);
      case JsonValue::Kind::kList:
        return depth < kDeepest && list(keep, depth);
      case JsonValue::Kind::kString:
        return string(node.begin, node.size, node.escaped);
      case JsonValue::Kind::kTrue:
        return literal("true");
      case JsonValue::Kind::kFalse:
        return literal("false");
      case JsonValue::Kind::kNull:
        return literal("null");
      default:
        return number(node);
    }
  }

  bool object(bool keep, uint32_t depth) {
    ++at_;
    skip_space();
    if (take('}')) return true;
    while (true) {
      Node member;
      bool escaped = false;
      skip_space();
      if (peek() != '"' || !string(member.name_begin, member.name_size, escaped)) return false;
      skip_space();
      if (!take(':')) return false;
      if (!value(member, keep && is_wanted(member), depth + 1)) return false;
      skip_space();
      if (take('}')) return true;
      if (!take(',')) return false;
    }
  }

  bool is_wanted(const Node& member) const {
    return std::binary_search(wanted_.begin(), wanted_.end(),
                              text_.substr(member.name_begin, member.name_size));
  }

  bool list(bool keep, uint32_t depth) {
    ++at_;
    skip_space();
    if (take(']')) return true;
    while (true) {
      if (!value({}, keep, depth + 1)) return false;
      skip_space();
      if (take(']')) return true;
      if (!take(',')) return false;
    }
  }

  bool string(uint32_t& begin, uint32_t& size, bool& escaped) {
    begin = static_cast<uint32_t>(++at_);
    while (at_ < text_.size()) {
      if (at_ + 8 <= text_.size() && !has_special(text_.data() + at_)) {
        at_ += 8;
        continue;
      }
      const char c = text_[at_++];
      if (c == '"') {
        size = static_cast<uint32_t>(at_ - 1) - begin;
        return true;
      }
      if (static_cast<uint8_t>(c) < 0x20) return false;
      if (c != '\\') continue;
      escaped = true;
      if (!escape_at(text_, at_)) return false;
    }
    return false;
  }

  bool digits() {
    const size_t first = at_;
    while (peek() >= '0' && peek() <= '9') ++at_;
    return at_ > first;
  }

  bool number(Node& node) {
    take('-');
    if (!take('0') && !digits()) return false;
    if (take('.')) {
      node.kind = JsonValue::Kind::kReal;
      if (!digits()) return false;
    }
    if (take('e') || take('E')) {
      node.kind = JsonValue::Kind::kReal;
      if (!take('+')) take('-');
      if (!digits()) return false;
    }
    node.size = static_cast<uint32_t>(at_) - node.begin;
    return true;
  }

  std::string_view text_;
  std::span<const std::string_view> wanted_;
  std::vector<Node>& nodes_;
  size_t at_ = 0;
};

std::optional<JsonTree> JsonTree::parse(std::string_view text,
                                        std::span<const std::string_view> wanted) {
  if (text.size() >= UINT32_MAX || first_invalid_utf8(text)) return std::nullopt;
  JsonTree out;
  out.text_ = text;
  if (!Parser(text, wanted, out.nodes_).run()) return std::nullopt;
  return out;
}

bool JsonValue::is_null() const { return tree_->nodes_[node_].kind == Kind::kNull; }
bool JsonValue::is_list() const { return tree_->nodes_[node_].kind == Kind::kList; }

std::vector<JsonValue> JsonValue::items() const {
  std::vector<JsonValue> out;
  const uint32_t end = tree_->nodes_[node_].next;
  for (uint32_t at = node_ + 1; at < end; at = tree_->nodes_[at].next) out.push_back({tree_, at});
  return out;
}

std::optional<JsonValue> JsonValue::find(std::string_view name) const {
  const JsonTree::Node& object = tree_->nodes_[node_];
  std::optional<JsonValue> found;
  if (object.kind != Kind::kObject) return found;
  for (uint32_t at = node_ + 1; at < object.next; at = tree_->nodes_[at].next)
    if (tree_->part(tree_->nodes_[at].name_begin, tree_->nodes_[at].name_size) == name)
      found = JsonValue(tree_, at);
  return found;
}

JsonValue JsonValue::member(std::string_view name) const {
  const auto found = find(name);
  if (!found) refuse(name, "is missing");
  return *found;
}

std::vector<JsonValue> JsonValue::list(std::string_view name) const {
  const JsonValue value = member(name);
  if (!value.is_list()) refuse(name, "is no list");
  return value.items();
}

std::string JsonValue::text(std::string_view name) const {
  const JsonTree::Node& node = tree_->nodes_[member(name).node_];
  if (node.kind != Kind::kString) refuse(name, "is no string");
  const std::string_view raw = tree_->part(node.begin, node.size);
  return node.escaped ? unescaped(raw) : std::string(raw);
}

std::optional<std::string> JsonValue::optional_text(std::string_view name) const {
  if (member(name).is_null()) return std::nullopt;
  return text(name);
}

bool JsonValue::flag(std::string_view name) const {
  const Kind kind = tree_->nodes_[member(name).node_].kind;
  if (kind != Kind::kTrue && kind != Kind::kFalse) refuse(name, "is neither true nor false");
  return kind == Kind::kTrue;
}

int64_t JsonValue::number(std::string_view name) const {
  const auto found = member(name).whole();
  if (!found) refuse(name, "is no whole number");
  return *found;
}

std::optional<int64_t> JsonValue::whole() const {
  const JsonTree::Node& node = tree_->nodes_[node_];
  if (node.kind != Kind::kWhole) return std::nullopt;
  const std::string_view digits = tree_->part(node.begin, node.size);
  int64_t out = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
  return error == std::errc() ? std::optional(out) : std::nullopt;
}

}  // namespace avstand::store
