// Search with facets, and what an origin said.
#include "report/archive_parts.h"

namespace avstand::report {
namespace {

/// Where the search leads when one of its filters is another one; page one.
struct Filters {
  const SearchView& search;

  std::string with(const PageContext& page, std::string_view name, std::string_view value,
                   uint32_t offset = 0) const {
    const store::Wanted& w = search.wanted;
    const auto now = [&](std::string_view filter, const std::string& old) -> std::string_view {
      return filter == name ? value : std::string_view(old);
    };
    const bool month = name == "month";
    const std::string at = offset > 0 ? fmt::format("{}", offset) : "";
    return page.links.to("/search", {{"q", search.line},
                                     {"language", now("language", w.language)},
                                     {"outlet", now("outlet", w.outlet)},
                                     {"origin", now("origin", w.origin)},
                                     {"from", month ? value : std::string_view(w.from)},
                                     {"to", month ? value : std::string_view(w.to)},
                                     {"offset", at}});
  }
};

struct Facet {
  std::string_view name;
  const std::vector<store::Count>& counts;
  std::string chosen;
};

void write_facet(Markup& m, const PageContext& page, const Filters& filters, const Facet& facet) {
  if (facet.counts.empty() && facet.chosen.empty()) return;
  const std::string id = "facet-" + std::string(facet.name);
  m.open("section", {{"class", "facet"}, {"aria-labelledby", id}});
  m.leaf("h3", {{"id", id}}, page.say("search.facet." + std::string(facet.name))).open("ul");
  const auto shown = [&](const std::string& value) {
    if (facet.name == "language") return std::string(page.say.language_name(LanguageCode(value)));
    return facet.name == "month" ? page.say.when(value) : value;
  };
  if (!facet.chosen.empty()) {
    m.open("li", {{"class", "chosen"}}).leaf("strong", shown(facet.chosen)).text(" ");
    m.open("a", {{"href", filters.with(page, facet.name, "")}}).text(page.say("search.any"));
    m.leaf("span", {{"class", "unseen"}}, " (" + shown(facet.chosen) + ")").close().close();
  } else {
    for (const store::Count& c : facet.counts) {
      m.open("li").open("a", {{"href", filters.with(page, facet.name, c.name)}});
      m.isolated(shown(c.name)).close().text(" ");
      m.leaf("span", {{"class", "n"}}, fmt::format("{}", c.count)).close();
    }
  }
  m.close().close().line();
}

void write_facets(Markup& m, const PageContext& page, const SearchView& search) {
  const store::Wanted& w = search.wanted;
  const Filters filters{search};
  std::string month = w.from == w.to ? w.from : w.from + " – " + w.to;
  m.open("nav", {{"class", "facets"}, {"aria-label", page.say("search.facets")}}).line();
  for (const Facet& facet : {Facet{"language", search.facets.languages, w.language},
                             Facet{"outlet", search.facets.outlets, w.outlet},
                             Facet{"origin", search.facets.origins, w.origin},
                             Facet{"month", search.facets.months, month}})
    write_facet(m, page, filters, facet);
  m.close().line();
}

void write_snippet(Markup& m, const store::Hit& hit) {
  m.open("p", {{"class", "snippet"}, {"dir", "auto"}});
  uint32_t at = 0;
  for (const Span mark : hit.marked) {
    m.text(Span{at, mark.begin}.in(hit.snippet)).leaf("mark", mark.in(hit.snippet));
    at = mark.end;
  }
  m.text(std::string_view(hit.snippet).substr(at)).close();
}

void write_turning(Markup& m, const PageContext& page, const SearchView& search) {
  const store::Wanted& w = search.wanted;
  const auto all = static_cast<uint64_t>(search.facets.articles);
  const bool more = uint64_t{w.offset} + search.hits.size() < all;
  if (w.offset == 0 && !more) return;
  const Filters filters{search};
  m.open("nav", {{"class", "turning"}, {"aria-label", page.say("search.pages")}});
  if (w.offset > 0)
    m.leaf("a",
           {{"href", filters.with(page, "", "", w.offset - std::min(w.offset, w.limit))},
            {"rel", "prev"}},
           page.say("search.previous"));
  if (more)
    m.leaf("a", {{"href", filters.with(page, "", "", w.offset + w.limit)}, {"rel", "next"}},
           page.say("search.next"));
  m.close().line();
}

void write_figures(Markup& m, const PageContext& page, const store::OriginReport& s) {
  const std::pair<const char*, int64_t> kFigures[] = {
      {"source.statements", s.statements}, {"source.articles", s.articles},
      {"source.outlets", s.outlets},       {"source.checked", s.checked},
      {"source.doubtful", s.doubtful},     {"source.as_relay", s.as_relay}};
  m.open("dl", {{"class", "numbers"}});
  for (const auto& [key, value] : kFigures) {
    if (value == 0 && s.statements == 0) continue;  // it only passes on
    m.open("div").leaf("dt", page.say(key));
    m.leaf("dd", fmt::format("{}", value)).close();
  }
  m.close().line();
}

void write_relays(Markup& m, const PageContext& page, const store::OriginReport& s) {
  if (s.relays.empty()) return;
  m.open("section", {{"aria-labelledby", "relays"}});
  m.leaf("h3", {{"id", "relays"}}, page.say("source.relays")).open("ul", {{"class", "tally"}});
  for (const store::Count& relay : s.relays) {
    m.open("li");
    write_source_link(m, page, relay.name);
    m.text(" ").leaf("span", {{"class", "n"}}, fmt::format("{}", relay.count)).close();
  }
  m.close().close().line();
}

void write_carriers(Markup& m, const PageContext& page, const store::OriginReport& s) {
  if (s.carried_by.empty()) return;
  m.open("section", {{"aria-labelledby", "carried"}});
  m.leaf("h3", {{"id", "carried"}}, page.say("source.carried"));
  m.open("table", {{"class", "figures"}}).open("thead").open("tr");
  for (const char* key : {"search.facet.outlet", "table.statements", "source.checked"})
    m.leaf("th", {{"scope", "col"}}, page.say(key));
  m.close().close().open("tbody");
  for (const store::Carrier& c : s.carried_by) {
    m.open("tr").open("th", {{"scope", "row"}});
    m.open("a", {{"href", page.links.to("/search", {{"origin", s.name}, {"outlet", c.outlet}})}});
    m.isolated(c.outlet).close().close();
    m.leaf("td", fmt::format("{}", c.statements)).leaf("td", fmt::format("{}", c.checked)).close();
  }
  m.close().close().close().line();
}

void write_statements(Markup& m, const PageContext& page, const char* id, const char* key,
                      const std::vector<store::OriginStatement>& statements) {
  if (statements.empty()) return;
  m.open("section", {{"aria-labelledby", id}});
  m.leaf("h3", {{"id", id}}, page.say(key));
  m.open("ol", {{"class", "hits"}}).line();
  for (const store::OriginStatement& one : statements) {
    m.open("li");
    m.leaf("blockquote", {{"class", "told"}, {"dir", "auto"}, {"lang", one.article.language}},
           one.content);
    write_told_chain(m, page, one.chain, one.article.outlet);
    m.open("p", {{"class", "meta"}});
    if (!one.article.published.empty()) m.text(page.say.when(one.article.published)).text(" · ");
    write_article_link(m, page, one.article);
    if (one.verification != "none")
      m.text(" · ").text(page.say.label("verification", one.verification));
    m.close().close().line();
  }
  m.close().close().line();
}

}  // namespace

std::string search_page_main(const PageContext& page, const SearchView& search) {
  const store::Wanted& w = search.wanted;
  Markup m;
  m.leaf("h2", {{"class", "page-title"}}, page.say("search.heading")).line();
  write_search_form(m, page, search.line,
                    {{"language", w.language},
                     {"outlet", w.outlet},
                     {"origin", w.origin},
                     {"from", w.from},
                     {"to", w.to}});
  m.open("p", {{"class", "meta"}, {"role", "status"}});
  m.text(page.say.count("count.articles", static_cast<uint64_t>(search.facets.articles))).close();
  m.open("div", {{"class", "found"}}).line();
  write_facets(m, page, search);
  m.open("div").open("ol", {{"class", "hits"}}).line();
  for (const store::Hit& hit : search.hits) {
    m.open("li");
    write_article_entry(m, page, hit.article, "h3");
    write_snippet(m, hit);
    m.close().line();
  }
  m.close();
  write_turning(m, page, search);
  m.close().close().line();
  return std::move(m).take();
}

std::string source_page_main(const PageContext& page, const store::OriginReport& source) {
  Markup m;
  m.leaf("p", {{"class", "meta"}}, page.say("source.heading"));
  m.open("h2", {{"class", "page-title"}}).isolated(source.name).close().line();
  write_figures(m, page, source);
  if (!source.relays.empty() || !source.carried_by.empty()) {
    m.open("div", {{"class", "pair"}}).line();
    write_relays(m, page, source);
    write_carriers(m, page, source);
    m.close().line();
  }
  write_statements(m, page, "latest", "source.latest", source.latest);
  write_statements(m, page, "passed-on", "source.as_relay", source.passed_on);
  return std::move(m).take();
}

}  // namespace avstand::report
