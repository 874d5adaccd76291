// Fields of JSON objects that somebody else may have written, for what reads ledgers back.
//
// What is missing or of another kind throws Unusable, which the reader (ledger::from_json,
// store::rows_of) makes an Error of; it never leaves them.
#pragma once

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace avstand::ledger {

using Json = nlohmann::json;

struct Unusable {
  std::string why;
};

inline const Json& member(const Json& object, const char* name) {
  if (object.is_object())
    if (const auto it = object.find(name); it != object.end()) return *it;
  throw Unusable{fmt::format("'{}' is missing", name)};
}

inline std::string text(const Json& value, const char* name) {
  if (!value.is_string()) throw Unusable{fmt::format("'{}' is no string", name)};
  return value.get<std::string>();
}
inline std::string text_of(const Json& object, const char* name) {
  return text(member(object, name), name);
}
/// "" where the key is missing: keys that a writer leaves out when there is nothing to say.
inline std::string text_if(const Json& object, const char* name) {
  return object.is_object() && object.contains(name) ? text_of(object, name) : std::string();
}
/// null and a missing key (of a ledger that an older program wrote) are nothing.
inline std::optional<std::string> optional_text(const Json& object, const char* name) {
  if (!object.is_object() || !object.contains(name) || object[name].is_null()) return std::nullopt;
  return text_of(object, name);
}

inline const Json& list_of(const Json& object, const char* name) {
  const Json& value = member(object, name);
  if (!value.is_array()) throw Unusable{fmt::format("'{}' is no list", name)};
  return value;
}
inline std::vector<std::string> texts_if(const Json& object, const char* name) {
  std::vector<std::string> out;
  if (!object.is_object() || !object.contains(name)) return out;
  for (const Json& value : list_of(object, name)) out.push_back(text(value, name));
  return out;
}

inline uint32_t number(const Json& value, const char* name) {
  if (!value.is_number_unsigned() || value.get<uint64_t>() > UINT32_MAX)
    throw Unusable{fmt::format("'{}' is no whole number", name)};
  return value.get<uint32_t>();
}
inline uint32_t number_of(const Json& object, const char* name) {
  return number(member(object, name), name);
}

inline bool flag_of(const Json& object, const char* name) {
  const Json& value = member(object, name);
  if (!value.is_boolean()) throw Unusable{fmt::format("'{}' is neither true nor false", name)};
  return value.get<bool>();
}
inline std::optional<bool> optional_flag(const Json& object, const char* name) {
  if (!object.is_object() || !object.contains(name) || object[name].is_null()) return std::nullopt;
  return flag_of(object, name);
}

}  // namespace avstand::ledger
