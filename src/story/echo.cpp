#include "story/echo.h"

#include <algorithm>
#include <map>
#include <set>

namespace avstand::story {

bool is_shared_or_contested(const Claim& c) {
  return c.articles > 1 || !c.conflicts_with.empty() || !c.updates.empty() ||
         c.status == "denied" || c.status == "retracted";
}

Echo echo(const Story& story) {
  Echo out{.articles = static_cast<uint32_t>(story.articles.size())};
  std::set<std::string> outlets;
  for (const StoryArticle* a : story.articles) outlets.insert(outlet_or_id(*a));
  out.outlets = static_cast<uint32_t>(outlets.size());
  std::map<std::string, size_t> claims;
  for (const Claim& c : story.claims) {
    if (c.articles < 2) continue;
    const size_t known = std::min<size_t>(c.independent_origins, c.origins.size());
    for (size_t i = 0; i < known; ++i) ++claims[c.origins[i]];  // the known ones come first
  }
  std::vector<std::pair<std::string, size_t>> by_claims(claims.begin(), claims.end());
  std::stable_sort(by_claims.begin(), by_claims.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  for (auto& [name, count] : by_claims) out.names.push_back(name);
  out.origins = static_cast<uint32_t>(out.names.size());
  out.ratio = static_cast<double>(out.articles) / std::max<uint32_t>(1, out.origins);
  return out;
}

std::string told_name(const Story& story, const std::string& origin) {
  for (const Claim& c : story.claims)
    for (const Mention& m : c.mentions) {
      const Passage& p = story.articles[m.article]->passages[m.passage];
      if (m.origin != origin || p.chain.empty() || p.chain.front().unnamed) continue;
      return p.chain.front().body.empty() ? p.chain.front().name : p.chain.front().body;
    }
  return origin;
}

}  // namespace avstand::story
