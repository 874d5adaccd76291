// The part of JSON Schema 2020-12 that docs/ledger.schema.json uses, so that the schema is tested
// on a machine with nothing but a compiler. A keyword that it does not know is a failure, so the
// schema cannot say more than is checked.
#pragma once

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace avstand::ledger {

class SchemaValidator {
 public:
  explicit SchemaValidator(nlohmann::json schema) : root_(std::move(schema)) {}

  /// Every place where the value breaks the schema, as "path: what".
  std::vector<std::string> check(const nlohmann::json& value) {
    problems_.clear();
    visit(root_, value, "$");
    return problems_;
  }

 private:
  using Json = nlohmann::json;

  void fail(const std::string& path, const std::string& what) {
    problems_.push_back(path + ": " + what);
  }

  void visit(const Json& schema, const Json& value, const std::string& path) {
    static const std::set<std::string> kRemarks = {"$schema", "$id", "$defs", "title",
                                                   "description"};
    for (const auto& [keyword, rule] : schema.items())
      if (!kRemarks.contains(keyword) && !apply(keyword, rule, schema, value, path))
        fail(path, "unknown keyword " + keyword);
  }

  bool apply(const std::string& keyword, const Json& rule, const Json& schema, const Json& value,
             const std::string& path) {
    if (keyword == "type")
      check_type(rule, value, path);
    else if (keyword == "const")
      expect(rule == value, path, "is not the constant");
    else if (keyword == "enum")
      expect(std::find(rule.begin(), rule.end(), value) != rule.end(), path,
             "no such word: " + value.dump());
    else if (keyword == "pattern")
      expect(!value.is_string() || matches(rule, value), path, "pattern: " + value.dump());
    else if (keyword == "minimum")
      expect(!value.is_number() || value >= rule, path, "too small");
    else if (keyword == "maximum")
      expect(!value.is_number() || value <= rule, path, "too large");
    else if (keyword == "minItems")
      expect(!value.is_array() || value.size() >= rule, path, "too few items");
    else if (keyword == "maxItems")
      expect(!value.is_array() || value.size() <= rule, path, "too many items");
    else if (keyword == "$ref")
      visit(resolve(rule), value, path);
    else if (keyword == "anyOf")
      check_any(rule, value, path);
    else if (keyword == "required")
      check_required(rule, value, path);
    else if (keyword == "properties")
      check_properties(rule, value, path);
    else if (keyword == "items")
      check_items(rule, value, path);
    else if (keyword == "additionalProperties")
      check_additional(rule, schema, value, path);
    else
      return false;
    return true;
  }

  void expect(bool ok, const std::string& path, const std::string& what) {
    if (!ok) fail(path, what);
  }
  static bool matches(const Json& rule, const Json& value) {
    return std::regex_search(value.get<std::string>(), std::regex(rule.get<std::string>()));
  }
  const Json& resolve(const Json& ref) const {
    return root_.at(Json::json_pointer(ref.get<std::string>().substr(1)));
  }
  void check_type(const Json& rule, const Json& value, const std::string& path) {
    const Json types = rule.is_array() ? rule : Json::array({rule});
    for (const Json& type : types)
      if (type == value.type_name() || (type == "integer" && value.is_number_integer())) return;
    fail(path, fmt::format("is {}, not {}", value.type_name(), rule.dump()));
  }
  void check_any(const Json& rule, const Json& value, const std::string& path) {
    for (const Json& option : rule) {
      SchemaValidator attempt(root_);
      attempt.visit(option, value, path);
      if (attempt.problems_.empty()) return;
    }
    fail(path, "fits no alternative");
  }
  void check_required(const Json& rule, const Json& value, const std::string& path) {
    if (!value.is_object()) return;
    for (const Json& key : rule)
      expect(value.contains(key.get<std::string>()), path, "lacks " + key.dump());
  }
  void check_properties(const Json& rule, const Json& value, const std::string& path) {
    if (!value.is_object()) return;
    for (const auto& [key, schema] : rule.items())
      if (value.contains(key)) visit(schema, value[key], path + "." + key);
    // Stricter than the schema, for our own writer: it may not say what the schema does not name.
    for (const auto& [key, unused] : value.items())
      expect(rule.contains(key), path, "unnamed field " + key);
  }
  void check_items(const Json& rule, const Json& value, const std::string& path) {
    if (!value.is_array()) return;
    for (size_t i = 0; i < value.size(); ++i) visit(rule, value[i], fmt::format("{}[{}]", path, i));
  }
  void check_additional(const Json& rule, const Json& schema, const Json& value,
                        const std::string& path) {
    if (!value.is_object()) return;
    for (const auto& [key, item] : value.items())
      if (!schema.contains("properties") || !schema["properties"].contains(key))
        visit(rule, item, path + "." + key);
  }

  Json root_;
  std::vector<std::string> problems_;
};

}  // namespace avstand::ledger
