// What the pages over an archive share. Internal to report/.
#pragma once

#include <fmt/format.h>

#include "report/archive_pages.h"
#include "report/markup.h"

namespace avstand::report {

/// The title, as a link to the article's page; in a file, to where it was published.
void write_article_link(Markup& m, const PageContext& page, const store::Listed& a);

/// `told`: the name under which the archive has it, where that is another one.
inline void write_source_link(Markup& m, const PageContext& page, std::string_view name,
                              std::string_view told = {}, std::string_view style = {}) {
  const std::string href = page.links.to("/source", {{"name", told.empty() ? name : told}});
  m.open(href.empty() ? "span" : "a", {{"class", style}, {"href", href}});
  m.isolated(name).close();
}

/// An article in a list: its title as a link, under a heading ("h3"), then outlet, time, language.
void write_article_entry(Markup& m, const PageContext& page, const store::Listed& a,
                         std::string_view heading);

/// "KCNA > Reuters" as the archive keeps it, drawn as the reports draw it.
void write_told_chain(Markup& m, const PageContext& page, std::string_view chain,
                      std::string_view outlet);

/// The name of a story, as a link to its page, and its three numbers.
void write_story_link(Markup& m, const PageContext& page, const StoryView& view);
void write_story_counts(Markup& m, const PageContext& page, const story::Echo& echo);

/// A field to search in, with all of `hidden` sent along.
void write_search_form(Markup& m, const PageContext& page, std::string_view line,
                       Links::Query hidden = {});

}  // namespace avstand::report
