// The pages over an archive, as the markup inside <main>: front, search, source, story. No scripts;
// every word of an archive is escaped, every link leads to the same server.
#pragma once

#include <string>
#include <vector>

#include "report/links.h"
#include "report/strings.h"
#include "store/archive.h"
#include "story/echo.h"
#include "story/stories.h"

namespace avstand::report {

/// By what an article is called.
inline const std::string& title_of(const store::Listed& a) {
  return a.title.empty() ? a.document : a.title;
}

/// What all of them need.
struct PageContext {
  const Phrases& say;
  const Links& links;
  std::string_view here = {};  ///< address of this page but for `ui`; empty: it has none to go to
};

/// A story with its articles as the archive lists them, in the story's order.
struct StoryView {
  const story::Story* story = nullptr;
  std::vector<store::Listed> articles;
};

struct FrontView {
  std::vector<StoryView> stories;  ///< as they shall stand
  std::vector<store::Listed> newest;
  int64_t articles = 0;
};
std::string front_page_main(const PageContext& page, const FrontView& front);

struct SearchView {
  std::string line;  ///< as it was typed
  store::Wanted wanted;
  store::Facets facets;
  std::vector<store::Hit> hits;
};
std::string search_page_main(const PageContext& page, const SearchView& search);

std::string source_page_main(const PageContext& page, const store::OriginReport& source);

std::string story_page_main(const PageContext& page, const StoryView& story);

/// One sentence, where there is nothing else to show; `name` is then searched for, where given.
std::string message_main(const PageContext& page, std::string_view message,
                         std::string_view name = {});

/// The links on top of every page of a server: to its other pages, where it has an archive, and to
/// this page in the other languages of the interface.
std::string site_navigation(const PageContext& page, bool has_archive = true);

}  // namespace avstand::report
