#include "ledger/json_writer.h"

#include <fmt/format.h>

#include <cassert>
#include <cmath>
#include <iterator>

#include "ledger/characters.h"

namespace avstand::ledger {
namespace {

/// Bytes that stand for themselves in a JSON string and hide nothing: printable ASCII.
bool is_plain(unsigned char c) { return c >= 0x20 && c < 0x7F && c != '"' && c != '\\'; }

void append_escape(char32_t c, std::string& out) {
  if (c > 0xFFFF) {
    const char32_t rest = c - 0x10000;
    fmt::format_to(std::back_inserter(out), "\\u{:04x}\\u{:04x}",
                   static_cast<uint32_t>(0xD800 + (rest >> 10)),
                   static_cast<uint32_t>(0xDC00 + (rest & 0x3FF)));
    return;
  }
  fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<uint32_t>(c));
}

void append_character(char32_t c, std::string_view bytes, std::string& out) {
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      break;
  }
  if (is_hidden_control(c)) {
    append_escape(c, out);
  } else {
    out += bytes;
  }
}

}  // namespace

JsonWriter& JsonWriter::open(char bracket, bool flat) {
  before_value();
  out_ += bracket;
  levels_.push_back({flat, false});
  return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
  assert(!levels_.empty() && !after_key_);
  const Level level = levels_.back();
  levels_.pop_back();
  if (level.any && !level.flat) new_line();
  out_ += bracket;
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  before_value();
  quote(name);
  out_ += layout_ == Layout::kPretty ? ": " : ":";
  after_key_ = true;
  return *this;
}

JsonWriter& JsonWriter::string(std::string_view value) {
  before_value();
  quote(value);
  return *this;
}

JsonWriter& JsonWriter::number(uint64_t value) {
  before_value();
  out_ += fmt::format_int(value).c_str();
  return *this;
}

JsonWriter& JsonWriter::decimal(double value) {
  before_value();
  fmt::format_to(std::back_inserter(out_), "{:.2f}", std::isfinite(value) ? value : 0.0);
  return *this;
}

JsonWriter& JsonWriter::boolean(bool value) {
  before_value();
  out_ += value ? "true" : "false";
  return *this;
}

JsonWriter& JsonWriter::null() {
  before_value();
  out_ += "null";
  return *this;
}

std::string JsonWriter::take() {
  assert(levels_.empty() && !after_key_);
  return std::move(out_);
}

void JsonWriter::before_value() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (levels_.empty()) return;
  Level& level = levels_.back();
  if (level.any) out_ += level.flat && layout_ == Layout::kPretty ? ", " : ",";
  level.any = true;
  if (!level.flat) new_line();
}

void JsonWriter::new_line() {
  if (layout_ == Layout::kCompact) return;
  out_ += '\n';
  out_.append(2 * levels_.size(), ' ');
}

void JsonWriter::quote(std::string_view value) {
  out_ += '"';
  size_t pos = 0;
  while (pos < value.size()) {
    size_t run = pos;
    while (run < value.size() && is_plain(static_cast<unsigned char>(value[run]))) ++run;
    out_ += value.substr(pos, run - pos);
    pos = run;
    if (pos == value.size()) break;
    const DecodedCharacter c = decode_character(value, pos);
    append_character(c.value, c.valid ? value.substr(pos, c.size) : "\xEF\xBF\xBD", out_);
    pos += c.size;
  }
  out_ += '"';
}

}  // namespace avstand::ledger
