// Above the article: what to notice, how far the words have travelled, whom it all rests on.
#include <fmt/format.h>

#include <algorithm>

#include "report/html_parts.h"

namespace avstand::report {
namespace {

constexpr uint32_t kMinLabelled = 9;  // percent; a narrower part has no room for its figure

void write_finding(Markup& m, const ArticlePage& page, size_t index) {
  const ledger::Finding& f = page.ledger().findings[index];
  m.open("li", {{"id", page.marks.finding_id(index)}});
  m.leaf("span", {{"class", "letter"}}, finding_letter(index)).text(" ");
  m.open("div", {{"class", "finding"}});
  m.leaf("p", {{"class", "kind"}}, page.say().label("finding", f.kind));
  m.leaf("p", {{"dir", "auto"}}, f.message);
  if (f.accepted)
    m.leaf("p", {{"dir", "auto"}}, page.say().fill("finding.accepted", {{"reason", *f.accepted}}));
  if (!f.spans.empty()) {
    m.open("ul", {{"class", "words"}});
    for (const Span span : f.spans) {
      m.open("li");
      write_words_link(m, page, span);
      m.close();
    }
    m.close();
  }
  m.close().close().line();
}

void write_findings(Markup& m, const ArticlePage& page) {
  const std::string id = page.prefix + "findings";
  m.open("section", {{"class", "findings"}, {"aria-labelledby", id}});
  m.leaf("h3", {{"id", id}}, page.say()("section.findings")).line();
  if (page.ledger().findings.empty()) {
    m.leaf("p", page.say()("findings.none"));
  } else {
    m.open("ol", {{"class", "flags"}});
    for (size_t i = 0; i < page.ledger().findings.size(); ++i) write_finding(m, page, i);
    m.close();
  }
  m.close().line();
}

void write_distances(Markup& m, const ArticlePage& page) {
  if (page.view.distances().empty()) return;
  const std::string id = page.prefix + "distance";
  m.open("section", {{"class", "distances"}, {"aria-labelledby", id}});
  m.leaf("h3", {{"id", id}}, page.say()("section.distance")).line();
  write_band(m, page.view);
  m.open("table", {{"class", "figures"}}).open("thead").open("tr");
  m.leaf("th", {{"scope", "col"}}, page.say()("table.distance"));
  m.leaf("th", {{"scope", "col"}}, page.say()("table.words"));
  m.leaf("th", {{"scope", "col"}}, page.say()("table.share"));
  m.close().close().open("tbody");
  for (const DistanceView& d : page.view.distances()) {
    m.open("tr").open("th", {{"scope", "row"}});
    m.leaf("span", {{"class", "said in0 " + distance_class(d.distance)}},
           page.say().distance(d.distance));
    m.close().leaf("td", fmt::format("{}", d.words));
    m.leaf("td", fmt::format("{} %", d.percent)).close();
  }
  m.close().close().close().line();
}

/// A bar whose length is value / most; SVG, because a style attribute would need a looser policy.
void write_bar(Markup& m, uint32_t value, uint32_t most) {
  const double length = most == 0 ? 0 : 100.0 * value / most;
  m.open("svg", {{"class", "bar"},
                 {"viewBox", "0 0 100 4"},
                 {"preserveAspectRatio", "none"},
                 {"aria-hidden", "true"},
                 {"focusable", "false"}});
  m.empty("rect", {{"width", fmt::format("{:.1f}", length)}, {"height", "4"}}).close();
}

void write_origin(Markup& m, const ArticlePage& page, const OriginView& origin, uint32_t most) {
  m.open("li").open("p", {{"class", "origin"}});
  m.leaf("bdi", {{"class", origin.entity ? "name" : "name unnamed"}},
         page.view.name(origin.entity));
  const std::string profile = page.view.profile(origin.entity);
  if (!profile.empty()) m.text(" ").leaf("span", {{"class", "profile"}}, profile);
  m.text(" ").leaf("span", {{"class", "n"}},
                   page.say().count("count.statements", origin.statements));
  m.close();
  write_bar(m, origin.statements, most);
  // The way straight from the origin says nothing that its name does not.
  const bool relayed = std::any_of(origin.routes.begin(), origin.routes.end(),
                                   [](const Route& r) { return r.chain.size() > 1; });
  if (relayed) {
    m.open("ul", {{"class", "routes"}});
    for (const Route& route : origin.routes) {
      m.open("li");
      write_chain(m, page.view, route.chain);
      if (origin.routes.size() > 1)
        m.leaf("span", {{"class", "n"}}, fmt::format("{}", route.statements));
      m.close();
    }
    m.close();
  }
  m.close().line();
}

void write_origins(Markup& m, const ArticlePage& page) {
  if (page.view.origins().empty()) return;
  const std::string id = page.prefix + "origins";
  m.open("section", {{"class", "origins"}, {"aria-labelledby", id}});
  m.leaf("h3", {{"id", id}}, page.say()("origins.heading"));
  m.open("ol", {{"class", "origin-list"}}).line();
  const uint32_t most = page.view.origins().front().statements;
  for (const OriginView& origin : page.view.origins()) write_origin(m, page, origin, most);
  m.close().close().line();
}

}  // namespace

void write_overview(Markup& m, const ArticlePage& page) {
  m.open("div", {{"class", "overview"}}).line();
  write_findings(m, page);
  m.open("div", {{"class", "measures"}}).line();
  write_distances(m, page);
  write_origins(m, page);
  m.close().close().line();
}

void write_band(Markup& m, const LedgerView& view) {
  if (view.distances().empty()) return;
  m.open("div", {{"class", "band"}, {"aria-hidden", "true"}});
  for (const DistanceView& d : view.distances()) {
    if (d.words == 0) continue;
    const std::string width = fmt::format("w{}", std::clamp(d.percent, 1u, 100u));
    m.open("span", {{"class", "part " + distance_class(d.distance) + " " + width}});
    if (d.percent >= kMinLabelled) m.text(fmt::format("{} %", d.percent));
    m.close();
  }
  m.close().line();
}

void write_chain(Markup& m, const LedgerView& view, const std::vector<ledger::Hop>& chain) {
  const Phrases& say = view.say();
  m.open("ol", {{"class", "chain"}});
  for (const ledger::Hop& hop : chain) {
    std::string style = hop.relay ? "hop relay" : "hop origin";
    if (is_unnamed(hop)) style += " unnamed";
    m.open("li", {{"class", style}});
    m.leaf("span", {{"class", "unseen"}},
           fmt::format("{}: ", say(hop.relay ? "hop.relay" : "hop.origin")));
    m.isolated(view.name(hop)).close();
  }
  m.open("li", {{"class", "hop here"}}).isolated(view.outlet()).close();
  m.close();
}

void write_words_link(Markup& m, const ArticlePage& page, Span span) {
  const std::string words = page.view.excerpt({span});
  const auto id = page.marks.span_id(span);
  if (id) {
    m.leaf("a", {{"class", "quoted"}, {"href", "#" + *id}, {"dir", "auto"}}, words);
  } else {
    m.leaf("span", {{"class", "quoted"}, {"dir", "auto"}}, words);
  }
}

}  // namespace avstand::report
