// Above the article: what to notice, how far the words have travelled, whom it all rests on.
#include <fmt/format.h>

#include <algorithm>

#include "report/article_graph.h"
#include "report/graph_svg.h"
#include "report/html_parts.h"

namespace avstand::report {
namespace {

constexpr uint32_t kMinLabelled = 9;  // percent; a narrower part has no room for its figure
constexpr double kNoteWidth = 330;    // of a note on a phone

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

/// Words by whom they go back to, as a band: the outlet's own first, then the origins.
void write_origin_band(Markup& m, const ArticlePage& page) {
  uint32_t own = 100;
  for (const OriginView& o : page.view.origins()) own -= std::min(own, o.percent);
  m.open("div", {{"class", "band by-origin"}, {"aria-hidden", "true"}});
  const auto part = [&](std::string_view style, uint32_t percent, const std::string& name) {
    if (percent == 0) return;
    m.open("span", {{"class", fmt::format("part {} w{}", style, std::min(percent, 100u))}});
    if (percent >= kMinLabelled) m.isolated(name).text(fmt::format(" {} %", percent));
    m.close();
  };
  part("own", own, std::string(page.say()("distance.0")));
  for (size_t i = 0; i < page.view.origins().size(); ++i) {
    const OriginView& o = page.view.origins()[i];
    part(i % 2 == 0 ? "from even" : "from odd", o.percent, page.view.name(o.entity));
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

void write_origin(Markup& m, const ArticlePage& page, const OriginView& origin) {
  m.open("li").open("p", {{"class", "origin"}});
  m.leaf("bdi", {{"class", origin.entity ? "name" : "name unnamed"}},
         page.view.name(origin.entity));
  const std::string profile = page.view.profile(origin.entity);
  if (!profile.empty()) m.text(" ").leaf("span", {{"class", "profile"}}, profile);
  m.text(" ").leaf(
      "span", {{"class", "n"}},
      fmt::format("{} · {} · {} %", page.say().count("count.statements", origin.statements),
                  page.say().count("count.words", origin.words), origin.percent));
  m.close().close().line();
}

void write_origins(Markup& m, const ArticlePage& page) {
  if (page.view.origins().empty()) return;
  const std::string id = page.prefix + "origins";
  m.open("section", {{"class", "origins"}, {"aria-labelledby", id}});
  m.leaf("h3", {{"id", id}}, page.say()("origins.heading"));
  write_origin_band(m, page);
  m.open("ol", {{"class", "origin-list"}}).line();
  for (const OriginView& origin : page.view.origins()) write_origin(m, page, origin);
  m.close().close().line();
}

/// All ways in one drawing: wide, and for a phone narrower; the page shows one of them.
void write_ways(Markup& m, const ArticlePage& page) {
  const Graph graph = article_graph(page.view);
  if (graph.lines.empty()) return;
  const std::string id = page.prefix + "ways";
  m.open("section", {{"class", "ways"}, {"aria-labelledby", id}});
  m.leaf("h3", {{"id", id}}, page.say()("section.routes")).line();
  write_graphs(m, graph,
               {.title = std::string(page.say()("graph.title")),
                .description = article_ways_in_words(page.view),
                .id = id});
  m.leaf("p", {{"class", "meta"}}, page.say()("graph.key"));
  m.close().line();
}

}  // namespace

void write_overview(Markup& m, const ArticlePage& page) {
  m.open("div", {{"class", "overview"}}).line();
  write_findings(m, page);
  m.open("div", {{"class", "measures"}}).line();
  write_distances(m, page);
  write_origins(m, page);
  m.close().line();
  write_ways(m, page);
  m.close().line();
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

void write_chain(Markup& m, const LedgerView& view, const std::vector<ledger::Hop>& chain,
                 std::string_view verification) {
  write_graph(m, chain_graph(view, chain, verification), kNoteWidth,
              {.title = chain_in_words(view, chain, verification)});
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
