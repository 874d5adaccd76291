#include "story/terminal.h"

#include <fmt/format.h>

#include <algorithm>

#include "ledger/characters.h"
#include "story/echo.h"

namespace avstand::story {
namespace {

using ledger::on_one_line;

constexpr size_t kMaxOrigins = 6;

std::string listed(const std::vector<std::string>& names) {
  std::string out;
  for (size_t i = 0; i < names.size() && i < kMaxOrigins; ++i)
    out += (i == 0 ? "" : ", ") + on_one_line(names[i]);
  if (names.size() > kMaxOrigins) out += fmt::format(" + {}", names.size() - kMaxOrigins);
  return out;
}

std::string joined(const std::vector<std::string>& names, std::string_view between) {
  std::string out;
  for (const std::string& name : names) {
    if (!out.empty()) out += between;
    out += on_one_line(name);
  }
  return out;
}

std::string claim_text(const Story& story, const Claim& c) {
  std::string out = fmt::format("  {} [{}] {}\n", c.id, c.status, on_one_line(c.text));
  out += fmt::format("     articles {} · outlets {} · independent origins {}", c.articles,
                     c.outlets, c.independent_origins);
  if (c.unknown_origins > 0) out += fmt::format(" · unknown origins {}", c.unknown_origins);
  if (!c.origins.empty()) out += " (" + listed(c.origins) + ")";
  out += '\n';
  if (!c.conflicts_with.empty()) out += "     conflicts with " + listed(c.conflicts_with) + "\n";
  if (!c.updates.empty()) out += "     updates " + listed(c.updates) + "\n";
  for (const Mention& m : c.mentions)
    if (m.stance != Stance::kAsserts)
      out += fmt::format("     {} in {}\n", to_string(m.stance),
                         on_one_line(outlet_or_id(*story.articles[m.article])));
  return out;
}

}  // namespace

std::string to_text(const Story& s) {
  std::string out = fmt::format("# {} · {} articles\n", on_one_line(s.id), s.articles.size());
  for (const StoryArticle* a : s.articles)
    out += fmt::format("  {}  {}  {}\n", on_one_line(a->published), on_one_line(a->outlet),
                       on_one_line(a->id));
  for (const Claim& c : s.claims)
    if (is_shared_or_contested(c)) out += claim_text(s, c);
  for (const Copy& c : s.copies)
    out += fmt::format("  copy: {} is {} of {}{}\n", on_one_line(s.articles[c.article]->id), c.kind,
                       on_one_line(s.articles[c.of]->id), c.credited ? "" : ", without credit");
  for (const auto& ring : s.circular) {
    out += "  ring:";
    for (const uint32_t a : ring) out += " " + on_one_line(s.articles[a]->id);
    out += '\n';
  }
  for (const SharedPicture& p : s.pictures)
    for (const uint32_t a : p.uncredited_in)
      out += fmt::format("  picture from {} without credit in {}\n", on_one_line(p.origin),
                         on_one_line(s.articles[a]->id));
  return out + '\n';
}

std::string to_text(const Story& story, const Claim& claim) {
  std::string out = claim_text(story, claim);
  for (const Mention& m : claim.mentions) {
    const StoryArticle& a = *story.articles[m.article];
    out += fmt::format("  {}  {}  {}\n", on_one_line(a.published), on_one_line(outlet_or_id(a)),
                       on_one_line(a.id));
    out += fmt::format("     {}: {}\n", to_string(m.stance),
                       on_one_line(std::string(a.passages[m.passage].span.in(a.text))));
    const std::vector<std::string>& chain = m.resolved.empty() ? m.chain : m.resolved;
    if (!chain.empty()) out += fmt::format("     from {}\n", joined(chain, " > "));
  }
  return out;
}

std::string to_text(const std::vector<Story>& stories) {
  if (stories.empty()) return "No two of the articles are about one happening.\n";
  std::string out;
  for (const Story& s : stories) out += to_text(s);
  return out;
}

}  // namespace avstand::story
