#include "report/archive_parts.h"

#include "report/graph_svg.h"

namespace avstand::report {

void write_article_link(Markup& m, const PageContext& page, const store::Listed& a) {
  constexpr std::string_view kAddress = "url:";
  std::string href = page.links.to("/article", {{"id", fmt::format("{}", a.id)}});
  if (!page.links.served()) {
    href = a.key.starts_with(kAddress) ? a.key.substr(kAddress.size()) : "";
    if (!is_web_address(href)) href.clear();
  }
  m.leaf(href.empty() ? "span" : "a",
         {{"href", href},
          {"rel", page.links.served() || href.empty() ? "" : "noopener noreferrer nofollow"},
          {"dir", "auto"},
          {"lang", a.language.empty() ? "und" : a.language}},
         title_of(a));
}

void write_article_entry(Markup& m, const PageContext& page, const store::Listed& a,
                         std::string_view heading) {
  m.open(heading, {{"class", "entry-title"}});
  write_article_link(m, page, a);
  m.close();
  m.open("p", {{"class", "meta"}});
  if (!a.outlet.empty()) m.leaf("bdi", {{"class", "outlet"}}, a.outlet).text(" · ");
  if (!a.published.empty())
    m.leaf("time", {{"class", "date"}, {"datetime", a.published}}, page.say.when(a.published))
        .text(" · ");
  m.text(page.say.language_name(LanguageCode(a.language))).text(" · ");
  m.text(page.say.count("count.statements", static_cast<uint64_t>(a.statements)));
  if (a.versions > 1)
    m.text(" · ").text(page.say.count("count.versions", static_cast<uint64_t>(a.versions)));
  m.close();
}

void write_told_chain(Markup& m, const PageContext& page, std::string_view chain,
                      std::string_view outlet) {
  constexpr std::string_view kThen = " > ";
  constexpr double kWidth = 330;  // of a phone
  Graph graph;
  std::string words;
  const auto add = [&](std::string_view name, NodeShape shape) {
    const bool unnamed = name == "unnamed";
    const std::string_view told = unnamed ? page.say("hop.unnamed") : name;
    const size_t n = graph.nodes.size();
    words += fmt::format("{}{}", n == 0 ? "" : " → ", told);
    graph.nodes.push_back({.name = std::string(told), .shape = shape, .unnamed = unnamed});
    if (n > 0) graph.lines.push_back({.from = n - 1, .to = n});
  };
  std::string_view last;
  while (!chain.empty()) {
    const size_t at = std::min(chain.find(kThen), chain.size());
    last = chain.substr(0, at);
    add(last, NodeShape::kBody);
    chain.remove_prefix(std::min(at + kThen.size(), chain.size()));
  }
  if (!outlet.empty() && outlet != last) add(outlet, NodeShape::kOutlet);
  if (!graph.nodes.empty()) write_graph(m, graph, kWidth, {.title = words});
}

void write_story_link(Markup& m, const PageContext& page, const StoryView& view) {
  const store::Listed& first = view.articles.front();
  m.leaf("a",
         {{"href", page.links.to("/story", {{"id", fmt::format("{}", first.id)}})},
          {"dir", "auto"},
          {"lang", first.language.empty() ? "und" : first.language}},
         title_of(first));
}

void write_story_counts(Markup& m, const PageContext& page, const story::Echo& echo) {
  m.text(page.say.count("count.articles", echo.articles)).text(" · ");
  m.text(page.say.count("count.outlets", echo.outlets)).text(" · ");
  m.text(page.say.count("count.origins", echo.origins));
}

void write_search_form(Markup& m, const PageContext& page, std::string_view line,
                       Links::Query hidden) {
  m.open("form", {{"method", "get"}, {"action", "/search"}, {"role", "search"}, {"class", "find"}});
  m.leaf("label", {{"for", "q"}}, page.say("search.field"));
  m.open("div", {{"class", "find-row"}});
  m.empty("input", {{"id", "q"}, {"name", "q"}, {"type", "search"}, {"value", line}});
  m.leaf("button", {{"type", "submit"}}, page.say("search.button")).close();
  const auto keep = [&](std::string_view name, std::string_view value) {
    if (!value.empty()) m.empty("input", {{"type", "hidden"}, {"name", name}, {"value", value}});
  };
  for (const auto& [name, value] : hidden) keep(name, value);
  keep("ui", page.links.ui());
  m.close().line();
}

std::string message_main(const PageContext& page, std::string_view message, std::string_view name) {
  Markup m;
  m.open("div", {{"class", "message"}}).leaf("h2", {{"class", "page-title"}}, message);
  if (!name.empty()) {
    const std::string phrase = "\"" + std::string(name) + "\"";
    for (const auto& [field, value] :
         {std::pair{"q", std::string_view(phrase)}, {"outlet", name}}) {
      m.open("p").open("a", {{"href", page.links.to("/search", {{field, value}})}});
      m.text(page.say(field[0] == 'q' ? "site.nav.search" : "search.facet.outlet")).text(": ");
      m.isolated(name).close().close();
    }
  }
  m.open("p").leaf("a", {{"href", page.links.to("/")}}, page.say("site.nav.front")).close();
  m.close().line();
  return std::move(m).take();
}

namespace {

/// Each language by its own name; the one of the page is told.
void write_languages(Markup& m, const PageContext& page) {
  m.open("ul", {{"class", "languages"}});
  for (const LanguageCode code : page.say.strings().languages()) {
    const std::string sign = page.here.find('?') == std::string_view::npos ? "?" : "&";
    const std::string href = std::string(page.here) + sign + "ui=" + std::string(code.view());
    m.open("li");
    m.leaf("a",
           {{"href", href},
            {"lang", code.view()},
            {"hreflang", code.view()},
            {"aria-current", code == page.say.language() ? "true" : ""}},
           Phrases(page.say.strings(), code).language_name(code));
    m.close();
  }
  m.close();
}

}  // namespace

std::string site_navigation(const PageContext& page, bool has_archive) {
  if (!has_archive && page.here.empty()) return {};
  Markup m;
  m.open("nav", {{"class", "site"}, {"aria-label", page.say("site.nav")}});
  if (has_archive) {
    m.open("ul");
    for (const auto& [path, key] : {std::pair{"/", "site.nav.front"},
                                    {"/search", "site.nav.search"},
                                    {"/read", "site.nav.read"}})
      m.open("li").leaf("a", {{"href", page.links.to(path)}}, page.say(key)).close();
    m.close();
  }
  if (!page.here.empty()) write_languages(m, page);
  m.close().line();
  return std::move(m).take();
}

}  // namespace avstand::report
