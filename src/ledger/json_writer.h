// A streaming JSON writer (RFC 8259): keys in the order given, no tree in memory, same calls, same
// bytes.
//
//   JsonWriter w(JsonWriter::Layout::kCompact);
//   w.begin_object().key("spans").begin_array().number(3).end_array().end_object();
//   w.take();   // {"spans":[3]}
//
// Strings may be any bytes: broken UTF-8 becomes U+FFFD, and every hidden control (characters.h) is
// written as \uXXXX, so that JSON on a terminal cannot move the cursor or turn the text around.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace avstand::ledger {

class JsonWriter {
 public:
  /// kPretty: two spaces a level; arrays that hold only numbers stay on one line.
  enum class Layout : uint8_t { kCompact, kPretty };

  explicit JsonWriter(Layout layout) : layout_(layout) {}

  JsonWriter& begin_object() { return open('{', false); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& begin_array() { return open('[', false); }
  /// An array on one line in kPretty.
  JsonWriter& begin_flat_array() { return open('[', true); }
  JsonWriter& end_array() { return close(']'); }
  JsonWriter& key(std::string_view name);
  JsonWriter& string(std::string_view value);
  JsonWriter& number(uint64_t value);
  /// Two decimals, e.g. 0.93; not a number becomes 0.00.
  JsonWriter& decimal(double value);
  JsonWriter& boolean(bool value);
  JsonWriter& null();

  /// The text; the writer is empty afterwards. All containers must be closed.
  std::string take();

 private:
  struct Level {
    bool flat = false;
    bool any = false;
  };
  JsonWriter& open(char bracket, bool flat);
  JsonWriter& close(char bracket);
  void before_value();
  void new_line();
  void quote(std::string_view value);

  Layout layout_;
  bool after_key_ = false;
  std::vector<Level> levels_;
  std::string out_;
};

}  // namespace avstand::ledger
