#include "report/markup.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <iterator>

#include "ledger/characters.h"

namespace avstand::report {
namespace {

/// The entity for a character that HTML takes for markup, or null.
const char* entity(char32_t c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return nullptr;
  }
}

bool is_line_character(char32_t c) { return c == '\n' || c == '\t'; }

/// Bytes that stand for themselves and hide nothing: most of any text.
bool is_plain(unsigned char c) {
  return c >= 0x20 && c < 0x7F && c != '&' && c != '<' && c != '>' && c != '"' && c != '\'';
}

/// Calls `put(bytes)` for what stands as it is and `control(c)` for hidden controls.
template <typename Put, typename Control>
void escape(std::string_view text, Put put, Control control) {
  for (size_t pos = 0; pos < text.size();) {
    size_t plain = pos;
    while (plain < text.size() && is_plain(static_cast<unsigned char>(text[plain]))) ++plain;
    if (plain > pos) {
      put(text.substr(pos, plain - pos));
      pos = plain;
      continue;
    }
    const ledger::DecodedCharacter c = ledger::decode_character(text, pos);
    const size_t next = pos + c.size;
    if (const char* name = entity(c.value)) {
      put(name);
    } else if (!c.valid) {
      put("\xEF\xBF\xBD");
    } else if (c.value == '\r') {
      if (next >= text.size() || text[next] != '\n') put("\n");
    } else if (ledger::is_hidden_control(c.value) && !is_line_character(c.value)) {
      control(fmt::format("U+{:04X}", static_cast<uint32_t>(c.value)));
    } else {
      put(text.substr(pos, c.size));
    }
    pos = next;
  }
}

}  // namespace

void Markup::write_tag(std::string_view tag, Attributes attributes) {
  out_ += '<';
  out_ += tag;
  for (const auto& [name, value] : attributes) {
    if (value.empty() && name != "alt" && name != "lang") continue;
    out_ += ' ';
    out_ += name;
    out_ += "=\"";
    escape(
        value, [this](std::string_view bytes) { out_ += bytes; },
        [this](const std::string& control) { out_ += '[' + control + ']'; });
    out_ += '"';
  }
}

Markup& Markup::open(std::string_view tag, Attributes attributes) {
  write_tag(tag, attributes);
  out_ += '>';
  open_.emplace_back(tag);
  return *this;
}

Markup& Markup::close() {
  assert(!open_.empty());
  out_ += "</" + open_.back() + ">";
  open_.pop_back();
  return *this;
}

Markup& Markup::empty(std::string_view tag, Attributes attributes) {
  write_tag(tag, attributes);
  out_ += "/>";
  return *this;
}

Markup& Markup::text(std::string_view text) {
  const bool in_picture = std::find(open_.begin(), open_.end(), "svg") != open_.end();
  escape(
      text, [this](std::string_view bytes) { out_ += bytes; },
      [&](const std::string& control) {
        // An element of HTML would end the picture.
        out_ += in_picture ? '[' + control + ']' : "<span class=\"control\">" + control + "</span>";
      });
  return *this;
}

Markup& Markup::add(Markup&& part) {
  out_ += std::move(part).take();
  return *this;
}

std::string Markup::take() && {
  assert(open_.empty());
  return std::move(out_);
}

bool is_web_address(std::string_view url) {
  std::string scheme(url.substr(0, url.find(':')));
  std::transform(scheme.begin(), scheme.end(), scheme.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (scheme != "http" && scheme != "https") return false;
  if (!url.substr(scheme.size()).starts_with("://")) return false;
  for (size_t pos = 0; pos < url.size();) {
    const ledger::DecodedCharacter c = ledger::decode_character(url, pos);
    if (!c.valid || c.value == ' ' || c.value == '"' || c.value == '<' || c.value == '\\')
      return false;
    if (ledger::is_hidden_control(c.value)) return false;
    pos += c.size;
  }
  return true;
}

}  // namespace avstand::report
