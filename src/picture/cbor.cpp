#include "picture/cbor.h"

#include "picture/byte_reader.h"

namespace avstand::picture {
namespace {

constexpr uint32_t kMaxDepth = 32;
constexpr uint32_t kMaxItems = 100'000;
constexpr uint64_t kIndefinite = 31;  // additional information; also what ends such an item

// Major types (RFC 8949, 3.1).
enum Major : uint8_t { kUnsigned, kNegative, kByteString, kTextString, kArray, kMap, kTag };

class CborParser {
 public:
  explicit CborParser(std::string_view bytes) : in_(bytes) {}

  /// False: broken, or over a limit. Recursive, kMaxDepth deep.
  bool item(CborValue& out, uint32_t depth) {
    if (depth > kMaxDepth || ++count_ > kMaxItems) return false;
    const uint64_t head = in_.number(1);
    const uint64_t major = head >> 5, info = head & 31;
    if (!in_.ok()) return false;
    if (info == kIndefinite)
      return major == kArray || major == kMap ? open(out, major, depth) : false;
    uint64_t argument = info;
    if (info >= 24) argument = info <= 27 ? in_.number(size_t{1} << (info - 24)) : fail();
    return !failed_ && in_.ok() && value(out, major, argument, depth);
  }

 private:
  uint64_t fail() {
    failed_ = true;
    return 0;
  }

  bool value(CborValue& out, uint64_t major, uint64_t argument, uint32_t depth) {
    switch (major) {
      case kUnsigned:
      case kNegative:
        out.kind = CborValue::Kind::kNumber;
        out.number = static_cast<int64_t>(major == kUnsigned ? argument : ~argument);
        return true;
      case kByteString:
      case kTextString:
        out.kind = major == kByteString ? CborValue::Kind::kBytes : CborValue::Kind::kText;
        out.bytes = in_.take(argument);
        return in_.ok();
      case kTag:
        return item(out, depth + 1);
      case kArray:
      case kMap:
        return filled(out, major, argument, depth);
      default:
        return true;  // a simple value or a float: nothing that is asked for
    }
  }

  bool filled(CborValue& out, uint64_t major, uint64_t size, uint32_t depth) {
    out.kind = major == kArray ? CborValue::Kind::kArray : CborValue::Kind::kMap;
    for (uint64_t i = 0; i < size; ++i)
      if (!element(out, depth)) return false;
    return true;
  }
  bool open(CborValue& out, uint64_t major, uint32_t depth) {
    constexpr char kBreak = '\xFF';
    out.kind = major == kArray ? CborValue::Kind::kArray : CborValue::Kind::kMap;
    while (!in_.rest().starts_with(kBreak))
      if (!element(out, depth)) return false;
    in_.number(1);
    return true;
  }
  bool element(CborValue& out, uint32_t depth) {
    if (out.kind == CborValue::Kind::kMap && !item(out.keys.emplace_back(), depth + 1))
      return false;
    return item(out.items.emplace_back(), depth + 1);
  }

  ByteReader in_;
  uint32_t count_ = 0;
  bool failed_ = false;
};

}  // namespace

const CborValue* CborValue::find(std::string_view key) const {
  for (size_t i = 0; i < keys.size() && i < items.size(); ++i)
    if (keys[i].kind == Kind::kText && keys[i].bytes == key) return &items[i];
  return nullptr;
}

const CborValue* CborValue::find(int64_t key) const {
  for (size_t i = 0; i < keys.size() && i < items.size(); ++i)
    if (keys[i].kind == Kind::kNumber && keys[i].number == key) return &items[i];
  return nullptr;
}

std::string_view CborValue::text(std::string_view key) const {
  const CborValue* value = find(key);
  return value == nullptr ? std::string_view() : value->text();
}

std::optional<CborValue> parse_cbor(std::string_view bytes) {
  CborValue out;
  if (!CborParser(bytes).item(out, 0)) return std::nullopt;
  return out;
}

}  // namespace avstand::picture
