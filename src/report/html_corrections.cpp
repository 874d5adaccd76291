#include "report/html_corrections.h"

#include <algorithm>
#include <set>
#include <utility>

#include "report/archive_parts.h"

namespace avstand::report {
namespace {

constexpr uint32_t kMostOfAnExcerpt = 160;  // bytes
const std::set<std::string_view> kLabels = {"act", "quote", "evidence", "commitment",
                                            "verification"};

std::string excerpt(std::string_view text, Span span) {
  std::string out;
  for (const char c : span.in(text)) {
    const bool blank = c == '\n' || c == '\t' || c == ' ';
    if (!blank || (!out.empty() && out.back() != ' ')) out += blank ? ' ' : c;
  }
  if (out.size() <= kMostOfAnExcerpt) return out;
  size_t end = out.rfind(' ', kMostOfAnExcerpt);
  if (end == std::string::npos || end == 0) end = kMostOfAnExcerpt;
  while (end > 0 && (out[end] & 0xC0) == 0x80) --end;
  return out.substr(0, end) + " …";
}

/// A ledger's word in the reader's language, a name or a chain as it is.
std::string shown(const Phrases& say, const store::Correction& c, const std::string& value) {
  return c.what == "label" ? std::string(say.label(c.field, value)) : value;
}

/// The number under which the article shows the statement of these words; 0: it shows none.
size_t number_of(const ledger::Ledger& ledger, Span span) {
  size_t number = 0;
  for (const ledger::Statement& s : ledger.statements) {
    if (s.quote == "own") continue;
    ++number;
    if (extent_of(s) == span) return number;
  }
  return 0;
}

void write_correction(Markup& m, const PageContext& page, const ledger::Ledger& ledger,
                      const CodePointIndex& points, const store::Correction& c) {
  const std::string& text = ledger.document.text;
  const Span span{points.to_byte(static_cast<uint32_t>(c.begin)),
                  points.to_byte(static_cast<uint32_t>(c.end))};
  m.open("li");
  m.leaf("blockquote",
         {{"class", "told"}, {"dir", "auto"}, {"lang", ledger.document.language.view()}},
         excerpt(text, span));
  m.open("p");
  if (const size_t number = number_of(ledger, span); number > 0)
    m.text(page.say.fill("note.statement", {{"n", fmt::format("{}", number)}})).text(" · ");
  m.leaf("strong", page.say("correct.what." + (c.what == "label" ? c.field : c.what)));
  m.text(": ");
  if (c.what == "chain")
    m.close(), write_told_chain(m, page, c.value, ledger.document.outlet.value_or("")), m.open("p");
  else
    m.isolated(shown(page.say, c, c.value));
  m.close();
  if (!c.note.empty()) m.leaf("p", {{"dir", "auto"}}, c.note);
  m.open("p", {{"class", "meta"}});
  m.text(page.say.fill("correct.by", {{"author", c.author}, {"time", page.say.when(c.time)}}));
  if (!c.was.empty())
    m.text(" · ").text(page.say.fill("correct.was", {{"was", shown(page.say, c, c.was)}}));
  m.close().close().line();
}

/// Who else tells of it, and how many origins they have together.
void write_story(Markup& m, const PageContext& page, const ArchivedView& view) {
  if (view.story == nullptr || view.story->articles.size() < 2) return;
  m.open("p", {{"class", "of-story"}}).text(page.say("story.heading")).text(": ");
  write_story_link(m, page, *view.story);
  m.open("span", {{"class", "n"}}).text(" · ");
  write_story_counts(m, page, story::echo(*view.story->story));
  m.close().close().line();
}

void write_versions(Markup& m, const PageContext& page, const ArchivedView& view) {
  if (view.listed.versions < 2) return;
  m.open("nav", {{"class", "versions"}, {"aria-label", page.say("archive.versions")}}).open("ul");
  for (int64_t n = 1; n <= view.listed.versions; ++n) {
    const std::string number = fmt::format("{}", n);
    m.open("li").open(
        "a", {{"href", page.links.to("/article", {{"id", fmt::format("{}", view.listed.id)},
                                                  {"version", number}})},
              {"aria-current", n == view.version ? "page" : ""}});
    m.text(page.say.fill("archive.version", {{"n", number}})).close().close();
  }
  m.close().close().line();
}

/// The article in other formats; their names are the same in every language.
void write_exports(Markup& m, const PageContext& page, const ArchivedView& view) {
  constexpr std::pair<const char*, const char*> kFormats[] = {{"csv", "CSV"},
                                                              {"prov", "PROV-O"},
                                                              {"webannotation", "Web Annotation"},
                                                              {"claimreview", "ClaimReview"},
                                                              {"ninjs", "ninjs"},
                                                              {"gexf", "GEXF"},
                                                              {"graphml", "GraphML"}};
  m.open("nav", {{"class", "versions"}, {"aria-label", page.say("archive.export")}});
  m.open("p", {{"class", "meta"}}).text(page.say("archive.export")).text(": ");
  bool first = true;
  for (const auto& [format, name] : kFormats) {
    if (!std::exchange(first, false)) m.text(" · ");
    m.leaf("a",
           {{"href", page.links.to("/api/export", {{"id", fmt::format("{}", view.listed.id)},
                                                   {"version", fmt::format("{}", view.version)},
                                                   {"to", format}})},
            {"download", "download"}},
           name);
  }
  m.close().close().line();
}

void write_statement_choice(Markup& m, const PageContext& page, const ledger::Ledger& ledger) {
  m.open("p", {{"class", "field"}});
  m.leaf("label", {{"for", "statement"}}, page.say("correct.statement"));
  m.open("select", {{"id", "statement"}, {"name", "statement"}}).line();
  size_t number = 0;  // as the article numbers them
  std::vector<size_t> own;
  const auto option = [&](size_t i, const std::string& before) {
    const std::string words = excerpt(ledger.document.text, extent_of(ledger.statements[i]));
    m.leaf("option", {{"value", fmt::format("{}", i + 1)}}, before + words).line();
  };
  for (size_t i = 0; i < ledger.statements.size(); ++i) {
    if (ledger.statements[i].quote == "own")
      own.push_back(i);
    else
      option(i, fmt::format("{}: ", ++number));
  }
  if (!own.empty()) {
    m.open("optgroup", {{"label", page.say("distance.0")}}).line();
    for (const size_t i : own) option(i, "");
    m.close();
  }
  m.close().close().line();
}

/// What a correction is mostly made of: the names of the article, and the labels with what they
/// mean.
void write_values(Markup& m, const PageContext& page, const ledger::Ledger& ledger) {
  m.open("datalist", {{"id", "values"}}).line();
  std::set<std::string_view> names;
  for (const ledger::Entity& e : ledger.entities)
    if (!e.name.empty() && e.name != "unnamed") names.insert(e.name);
  for (const std::string_view name : names) m.empty("option", {{"value", name}});
  for (const std::string& key : page.say.strings().keys()) {
    const size_t dot = key.find('.');
    const std::string_view field = std::string_view(key).substr(0, dot);
    if (dot == std::string::npos || key.find('.', dot + 1) != std::string::npos ||
        !kLabels.contains(field))
      continue;
    const std::string what(page.say("correct.what." + std::string(field)));
    m.leaf("option", {{"value", std::string_view(key).substr(dot + 1)}},
           what + ": " + std::string(page.say(key)));
  }
  m.close().line();
}

void write_input(Markup& m, const PageContext& page, const char* name, const char* type,
                 bool needed) {
  m.open("p", {{"class", "field"}});
  m.leaf("label", {{"for", name}}, page.say("correct." + std::string(name)));
  m.empty("input", {{"id", name},
                    {"name", name},
                    {"type", type},
                    {"required", needed ? "required" : ""},
                    {"autocomplete", std::string_view(type) == "password" ? "current-password"
                                     : std::string_view(name) == "author" ? "name"
                                                                          : "off"}});
  m.close().line();
}

}  // namespace

Span extent_of(const ledger::Statement& s) {
  if (s.content.empty()) return {};
  Span out = s.content.front();
  for (const Span span : s.content)
    out = {std::min(out.begin, span.begin), std::max(out.end, span.end)};
  return out;
}

std::string reading_of(const ledger::Ledger& ledger, const ledger::Statement& s,
                       std::string_view field) {
  std::string out;
  if (field == "chain") {
    for (const ledger::Hop& hop : s.chain) out += (out.empty() ? "" : " > ") + hop.name;
  } else if (field == "source") {
    for (const Span span : s.source)
      out += (out.empty() ? "" : " … ") + excerpt(ledger.document.text, span);
  } else if (field == "act") {
    out = s.act;
  } else if (field == "evidence") {
    out = s.evidence;
  } else if (field == "commitment") {
    out = s.commitment;
  } else if (field == "verification") {
    out = s.verification.status;
  } else if (field == "quote") {
    out = s.quote;
  }
  return out;
}

std::string archived_above(const PageContext& page, const ledger::Ledger& ledger,
                           const ArchivedView& view) {
  Markup m;
  write_story(m, page, view);
  write_versions(m, page, view);
  if (!view.corrections.empty()) {
    const CodePointIndex points(ledger.document.text);
    m.open("section",
           {{"class", "corrections"}, {"id", "corrections"}, {"aria-labelledby", "corrected"}});
    m.leaf("h2", {{"id", "corrected"}}, page.say("correct.heading"));
    m.leaf("p", {{"class", "meta"}}, page.say("correct.meaning"));
    m.open("ol", {{"class", "hits compact"}}).line();
    for (const store::Correction& c : view.corrections)
      write_correction(m, page, ledger, points, c);
    m.close().close().line();
  }
  return std::move(m).take();
}

std::string archived_below(const PageContext& page, const ledger::Ledger& ledger,
                           const ArchivedView& view) {
  Markup m;
  write_exports(m, page, view);
  if (!view.may_correct || ledger.statements.empty()) return std::move(m).take();
  m.open("section", {{"class", "correct"}, {"id", "correct"}, {"aria-labelledby", "correcting"}});
  m.leaf("h2", {{"id", "correcting"}}, page.say("correct.form"));
  if (!view.problem.empty()) {
    m.open("div", {{"class", "problems"}, {"role", "alert"}}).leaf("p", page.say("correct.bad"));
    m.open("p").isolated(view.problem).close().close().line();
  }
  m.open("form", {{"method", "post"},
                  {"action", page.links.to("/correct")},
                  {"accept-charset", "utf-8"},
                  {"class", "ask"}});
  for (const auto& [name, value] : {std::pair{"id", view.listed.id}, {"version", view.version}})
    m.empty("input", {{"type", "hidden"}, {"name", name}, {"value", fmt::format("{}", value)}});
  write_statement_choice(m, page, ledger);
  m.open("p", {{"class", "field"}}).leaf("label", {{"for", "what"}}, page.say("correct.what"));
  m.open("select", {{"id", "what"}, {"name", "what"}});
  for (const std::string_view field : kCorrectable)
    m.leaf("option", {{"value", field}}, page.say("correct.what." + std::string(field)));
  m.close().close().line();
  m.open("p", {{"class", "field"}}).open("label", {{"for", "value"}});
  m.text(page.say("correct.value")).text(" ").leaf("small", page.say("correct.value.form")).close();
  m.empty("input", {{"id", "value"},
                    {"name", "value"},
                    {"type", "text"},
                    {"list", "values"},
                    {"autocomplete", "off"},
                    {"required", "required"}});
  write_values(m, page, ledger);
  m.close().line();
  write_input(m, page, "note", "text", false);
  write_input(m, page, "author", "text", true);
  write_input(m, page, "token", "password", true);
  m.open("p").leaf("button", {{"type", "submit"}}, page.say("correct.button")).close();
  m.close().close().line();
  return std::move(m).take();
}

}  // namespace avstand::report
