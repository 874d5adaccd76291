#include "attribution/attributions.h"

#include <algorithm>
#include <array>

namespace avstand {
namespace {

constexpr std::array<std::string_view, 5> kQuoteNames = {"own", "direct", "indirect", "mixed",
                                                         "scare"};
constexpr std::array<std::string_view, 17> kActNames = {
    "say", "claim", "deny",    "confirm",  "concede", "reveal",  "warn",   "promise", "demand",
    "ask", "judge", "believe", "perceive", "show",    "predict", "decree", "refuse"};
constexpr std::array<std::string_view, 5> kCommitmentNames = {"neutral", "distanced", "endorsed",
                                                              "denied", "uncertain"};

template <typename Names, typename T>
bool parse(const Names& names, std::string_view name, T& out) {
  const auto it = std::find(names.begin(), names.end(), name);
  if (it == names.end()) return false;
  out = static_cast<T>(it - names.begin());
  return true;
}

}  // namespace

std::string_view to_string(QuoteType v) { return kQuoteNames[static_cast<size_t>(v)]; }
std::string_view to_string(Act v) { return kActNames[static_cast<size_t>(v)]; }
std::string_view to_string(Commitment v) { return kCommitmentNames[static_cast<size_t>(v)]; }
bool parse_act(std::string_view name, Act& out) { return parse(kActNames, name, out); }
bool parse_commitment(std::string_view name, Commitment& out) {
  return parse(kCommitmentNames, name, out);
}

}  // namespace avstand
