#include "ingest/passed_over.h"

#include <fmt/format.h>

#include <algorithm>

namespace avstand::ingest {
namespace {

constexpr size_t kReasons = 30;
constexpr size_t kLength = 60;

/// A reason may come from the file: short, and ASCII that can be printed.
std::string shown(std::string_view reason) {
  std::string out;
  for (const char c : reason.substr(0, kLength)) out += c >= 0x20 && c < 0x7F ? c : '?';
  return out;
}

}  // namespace

void PassedOver::add(std::string_view reason) {
  const std::string name = shown(reason);
  const auto at = std::find_if(counts_.begin(), counts_.end(),
                               [&](const auto& one) { return one.first == name; });
  if (at != counts_.end()) {
    ++at->second;
  } else if (counts_.size() < kReasons) {
    counts_.emplace_back(name, 1);
  } else {
    ++other_;
  }
}

std::string PassedOver::to_string() const {
  auto sorted = counts_;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  if (other_ > 0) sorted.emplace_back("others", other_);
  std::string out;
  for (const auto& [reason, count] : sorted)
    out += fmt::format("{}{} {}", out.empty() ? "" : ", ", count, reason);
  return out;
}

}  // namespace avstand::ingest
