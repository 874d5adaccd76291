#include "text/address.h"

#include <array>

namespace avstand {
namespace {

constexpr uint32_t kMaxUrl = 2'048;
constexpr uint32_t kMaxLocalPart = 64;  // RFC 5321, 4.5.3.1.1
constexpr uint32_t kMaxDomain = 255;    // 4.5.3.1.2

bool starts_with(const Line& line, uint32_t at, uint32_t end, std::string_view ascii) {
  if (end - at <= ascii.size()) return false;
  for (size_t i = 0; i < ascii.size(); ++i) {
    const char32_t c = line[at + static_cast<uint32_t>(i)].c;
    const char32_t lower = c >= 'A' && c <= 'Z' ? c + 32 : c;
    if (lower != static_cast<char32_t>(ascii[i])) return false;
  }
  return true;
}

/// Marks that end a sentence or close a bracket are not the last of an address.
uint32_t trim(const Line& line, uint32_t at, uint32_t end) {
  constexpr std::u32string_view kClosing = U".,;:!?'\"»”’…*";
  uint32_t open = 0, closed = 0;
  for (uint32_t i = at; i < end; ++i) {
    open += line[i].c == '(';
    closed += line[i].c == ')';
  }
  for (; end > at; --end) {
    const char32_t c = line[end - 1].c;
    if (c == ')' && closed > open) {
      --closed;
    } else if (c == ']' || kClosing.find(c) == std::u32string_view::npos) {
      if (c != ']') break;
    }
  }
  return end;
}

uint32_t url_end(const Line& line, uint32_t at, uint32_t end) {
  constexpr std::array<std::string_view, 5> kSchemes = {"http://", "https://", "ftp://", "www.",
                                                        "mailto:"};
  for (const std::string_view scheme : kSchemes) {
    if (!starts_with(line, at, end, scheme)) continue;
    const auto body = at + static_cast<uint32_t>(scheme.size());
    constexpr std::u32string_view kStops = U"<>\"«»“”{}|";
    uint32_t to = body;
    while (to < end && to - at < kMaxUrl && kStops.find(line[to].c) == std::u32string_view::npos)
      ++to;
    to = trim(line, at, to);
    return to > body ? to : at;
  }
  return at;
}

bool local_part(const Cell& cell) {
  constexpr std::u32string_view kMarks = U"._%+-'&=#";
  return cell.alnum() || kMarks.find(cell.c) != std::u32string_view::npos;
}

uint32_t email_end(const Line& line, uint32_t at, uint32_t end) {
  if (!line[at].alnum()) return at;
  uint32_t sign = at;
  while (sign < end && sign - at <= kMaxLocalPart && local_part(line[sign])) ++sign;
  if (sign >= end || line[sign].c != '@') return at;
  uint32_t to = sign + 1, last_stop = 0;
  for (; to < end && to - sign <= kMaxDomain; ++to) {
    if (line[to].c == '.' && to > sign + 1) last_stop = to;
    if (!line[to].alnum() && line[to].c != '.' && line[to].c != '-') break;
  }
  while (to > sign && !line[to - 1].alnum()) --to;
  return last_stop != 0 && to > last_stop - 1 && to > sign + 1 ? to : at;
}

/// "@stortinget", "#dax18"; a number sign before a number is none.
uint32_t tag_end(const Line& line, uint32_t at, uint32_t end) {
  if ((line[at].c != '@' && line[at].c != '#') || at + 1 >= end || !line[at + 1].letter())
    return at;
  uint32_t to = at + 1;
  while (to < end && to - at < kMaxDomain && (line[to].alnum() || line[to].c == '_')) ++to;
  return to;
}

bool one_of(char32_t c, std::u32string_view set) {
  return set.find(c) != std::u32string_view::npos;
}

}  // namespace

uint32_t address_end(const Line& line, uint32_t at, uint32_t end, bool has_at) {
  if (const uint32_t to = url_end(line, at, end); to > at) return to;
  if (has_at)
    if (const uint32_t to = email_end(line, at, end); to > at) return to;
  return tag_end(line, at, end);
}

uint32_t emoticon_end(const Line& line, uint32_t at, uint32_t end) {
  if (!one_of(line[at].c, U":;=")) return at;
  uint32_t to = at + 1;
  if (to < end && line[to].c == '-') ++to;
  if (to >= end || !one_of(line[to].c, U")(DPp/|]")) return at;
  const char32_t mouth = line[to].c;
  while (to < end && line[to].c == mouth) ++to;
  return to == end || !line[to].alnum() ? to : at;
}

}  // namespace avstand
