// The front page: what the archive's newest days tell, the loudest echo first.
#include "report/archive_parts.h"

namespace avstand::report {
namespace {

constexpr size_t kMostOrigins = 4;

std::string day_of(const StoryView& view) {
  std::string day;
  for (const store::Listed& a : view.articles) day = std::max(day, a.published.substr(0, 10));
  return day;
}

void write_story(Markup& m, const PageContext& page, const StoryView& view) {
  const story::Echo echo = story::echo(*view.story);
  m.open("li", {{"class", "story"}});
  m.open("p", {{"class", "echo"}});
  m.leaf("span", {{"class", "figure"}}, fmt::format("{:.1f}", echo.ratio)).text(" ");
  m.leaf("span", {{"class", "unit"}}, page.say("front.echo.unit")).close();
  m.open("div").open("h4", {{"class", "entry-title"}});
  write_story_link(m, page, view);
  m.close().open("p", {{"class", "counts"}});
  write_story_counts(m, page, echo);
  m.close();
  if (!echo.names.empty()) {
    m.open("p", {{"class", "meta"}}).text(page.say("front.origins")).text(" ");
    for (size_t i = 0; i < echo.names.size() && i < kMostOrigins; ++i) {
      if (i > 0) m.text(", ");
      write_source_link(m, page, echo.names[i], story::told_name(*view.story, echo.names[i]));
    }
    if (echo.names.size() > kMostOrigins)
      m.text(fmt::format(" + {}", echo.names.size() - kMostOrigins));
    m.close();
  }
  m.close().close().line();
}

void write_stories(Markup& m, const PageContext& page, const std::vector<StoryView>& stories) {
  m.open("section", {{"class", "stories"}, {"aria-labelledby", "stories"}});
  m.leaf("h2", {{"id", "stories"}}, page.say("front.stories"));
  m.leaf("p", {{"class", "meta"}}, page.say("front.stories.meaning")).line();
  if (stories.empty()) m.leaf("p", page.say("front.stories.none"));
  std::string day;
  for (const StoryView& view : stories) {
    const std::string its_day = day_of(view);
    if (&view == &stories.front() || its_day != day) {
      if (&view != &stories.front()) m.close();
      m.leaf("h3",
             its_day.empty() ? std::string(page.say("front.no_day")) : page.say.when(its_day));
      m.open("ol", {{"class", "story-list"}}).line();
      day = its_day;
    }
    write_story(m, page, view);
  }
  if (!stories.empty()) m.close();
  m.close().line();
}

}  // namespace

std::string front_page_main(const PageContext& page, const FrontView& front) {
  Markup m;
  write_search_form(m, page, "");
  write_stories(m, page, front.stories);
  m.open("section", {{"class", "newest"}, {"aria-labelledby", "newest"}});
  m.leaf("h2", {{"id", "newest"}}, page.say("front.newest"));
  m.leaf("p", {{"class", "meta"}},
         page.say.count("count.articles", static_cast<uint64_t>(front.articles)));
  m.open("ol", {{"class", "hits"}}).line();
  for (const store::Listed& a : front.newest) {
    m.open("li");
    write_article_entry(m, page, a, "h3");
    m.close().line();
  }
  m.close().close().line();
  return std::move(m).take();
}

}  // namespace avstand::report
