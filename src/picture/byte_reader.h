// Numbers and stretches out of bytes that nobody has checked. Reading past the end never happens:
// it gives nullopt or an empty view, and the caller stops there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace avstand::picture {

enum class Order : uint8_t { kBig, kLittle };

/// `size` bytes (at most 8) at `at` as a number; nullopt where they reach past the end.
inline std::optional<uint64_t> number_at(std::string_view bytes, size_t at, size_t size,
                                         Order order = Order::kBig) {
  if (at > bytes.size() || bytes.size() - at < size) return std::nullopt;
  uint64_t out = 0;
  for (size_t i = 0; i < size; ++i) {
    const size_t from = order == Order::kBig ? at + i : at + size - 1 - i;
    out = out << 8 | static_cast<uint8_t>(bytes[from]);
  }
  return out;
}

/// bytes[at, at + size), cut where the bytes end.
inline std::string_view piece(std::string_view bytes, size_t at, size_t size) {
  return at >= bytes.size() ? std::string_view() : bytes.substr(at, size);
}

/// Reads from front to back. After a read past the end `ok()` is false and all reads give 0.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes, Order order = Order::kBig)
      : bytes_(bytes), order_(order) {}

  uint64_t number(size_t size) {
    const auto value = number_at(bytes_, at_, size, order_);
    if (!value) return fail();
    at_ += size;
    return *value;
  }
  /// The next `size` bytes; fewer than there are left is a failure.
  std::string_view take(uint64_t size) {
    if (size > left()) {
      fail();
      return {};
    }
    const std::string_view out = bytes_.substr(at_, static_cast<size_t>(size));
    at_ += static_cast<size_t>(size);
    return out;
  }
  /// The bytes up to a NUL, which is skipped, or to the end.
  std::string_view take_string() {
    const size_t end = std::min(bytes_.find('\0', at_), bytes_.size());
    const std::string_view out = bytes_.substr(at_, end - at_);
    at_ = std::min(end + 1, bytes_.size());
    return out;
  }
  std::string_view rest() const { return bytes_.substr(at_); }
  size_t at() const { return at_; }
  size_t left() const { return bytes_.size() - at_; }
  bool ok() const { return ok_; }

 private:
  uint64_t fail() {
    ok_ = false;
    at_ = bytes_.size();
    return 0;
  }

  std::string_view bytes_;
  Order order_;
  size_t at_ = 0;
  bool ok_ = true;
};

}  // namespace avstand::picture
