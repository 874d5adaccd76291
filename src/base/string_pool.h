// Interned strings with dense ids. Id 0 is the empty string. Not thread-safe: one pool an article.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

namespace avstand {

enum class StringId : uint32_t { kEmpty = 0 };

class StringPool {
 public:
  StringPool() { intern(""); }
  StringPool(StringPool&&) = default;
  StringPool& operator=(StringPool&&) = default;
  StringPool(const StringPool&) = delete;
  StringPool& operator=(const StringPool&) = delete;

  /// The id of `s`, new if it was not there. Amortised O(length).
  StringId intern(std::string_view s) {
    if (auto it = ids_.find(s); it != ids_.end()) return it->second;
    const auto id = static_cast<StringId>(strings_.size());
    ids_.emplace(strings_.emplace_back(s), id);
    return id;
  }
  /// The string; the view lives as long as the pool.
  std::string_view view(StringId id) const { return strings_[static_cast<uint32_t>(id)]; }
  size_t size() const { return strings_.size(); }

 private:
  std::deque<std::string> strings_;  // a deque never moves its elements, so the views stay right
  std::unordered_map<std::string_view, StringId> ids_;
};

}  // namespace avstand
