// The fields of a ledger that somebody else may have written, for what makes rows of it: a flat
// parse without a value of its own for each member, a quarter of what trees of values take.
//
// The same names and the same complaints as ledger/fields.h has. What they return lives as long as
// the parser and its next parse. Of members with one name the last counts.
#pragma once

#include <fmt/format.h>
#include <simdjson.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/fields.h"

namespace avstand::store {

using Element = simdjson::dom::element;
using List = simdjson::dom::array;
using ledger::Unusable;

inline std::optional<Element> find_member(const Element& object, std::string_view name) {
  simdjson::dom::object members;
  std::optional<Element> out;
  if (object.get(members) != simdjson::SUCCESS) return out;
  for (auto at = members.begin(); at != members.end(); ++at)
    if (at.key_equals(name)) out = at.value();
  return out;
}

inline Element member(const Element& object, std::string_view name) {
  if (const auto found = find_member(object, name)) return *found;
  throw Unusable{fmt::format("'{}' is missing", name)};
}

template <typename T>
T value_as(const Element& value, std::string_view name, std::string_view complaint) {
  T out{};
  if (value.get(out) != simdjson::SUCCESS)
    throw Unusable{fmt::format("'{}' is {}", name, complaint)};
  return out;
}

inline std::string text_of(const Element& object, std::string_view name) {
  return std::string(value_as<std::string_view>(member(object, name), name, "no string"));
}
/// A key that every ledger has; null is nothing.
inline std::optional<std::string> optional_text(const Element& object, std::string_view name) {
  const Element value = member(object, name);
  if (value.is_null()) return std::nullopt;
  return std::string(value_as<std::string_view>(value, name, "no string"));
}

inline List list_of(const Element& object, std::string_view name) {
  return value_as<List>(member(object, name), name, "no list");
}
inline bool flag_of(const Element& object, std::string_view name) {
  return value_as<bool>(member(object, name), name, "neither true nor false");
}

/// A whole number; those above the half of what 64 bits hold wrap round to negative ones.
inline std::optional<int64_t> whole_number(const Element& value) {
  if (value.is<int64_t>()) return int64_t{value};
  if (value.is<uint64_t>()) return static_cast<int64_t>(uint64_t{value});
  return std::nullopt;
}
inline int64_t number_of(const Element& object, std::string_view name) {
  if (const auto number = whole_number(member(object, name))) return *number;
  throw Unusable{fmt::format("'{}' is no whole number", name)};
}

}  // namespace avstand::store
