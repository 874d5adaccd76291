#include "story/story_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "story/echo.h"

namespace avstand::story {
namespace {

std::optional<std::string> given(std::string text) {
  return text.empty() ? std::nullopt : std::optional(std::move(text));
}

/// As the archive's statements have chains.
std::optional<std::string> chain_text(const std::vector<std::string>& names) {
  return given(fmt::format("{}", fmt::join(names, " > ")));
}

class RowMaker {
 public:
  RowMaker(const Story& story, const std::vector<int64_t>& numbers)
      : story_(story), numbers_(numbers) {
    for (const StoryArticle* a : story.articles) points_.emplace_back(a->text);
  }

  store::ClaimRow claim(const Claim& c) const {
    store::ClaimRow row{.id = c.id,
                        .text = c.text,
                        .status = c.status,
                        .articles = c.articles,
                        .outlets = c.outlets,
                        .families = c.families,
                        .independent_origins = c.independent_origins,
                        .unknown_origins = c.unknown_origins,
                        .origins = c.origins,
                        .conflicts_with = c.conflicts_with,
                        .updates = c.updates,
                        .first_seen = given(c.first_seen)};
    for (const Mention& m : c.mentions) row.mentions.push_back(mention(m));
    return row;
  }

  void add_pictures(std::vector<std::vector<store::SharedPictureRow>>& out) const {
    for (const SharedPicture& p : story_.pictures) {
      auto& rows = out.emplace_back();
      for (const uint32_t a : p.articles) {
        const bool uncredited =
            std::find(p.uncredited_in.begin(), p.uncredited_in.end(), a) != p.uncredited_in.end();
        rows.push_back({.article = numbers_[a],
                        .origin = p.origin,
                        .handout = p.handout,
                        .credited = !uncredited});
      }
    }
  }

 private:
  store::MentionRow mention(const Mention& m) const {
    const Passage& p = story_.articles[m.article]->passages[m.passage];
    return {.article = numbers_[m.article],
            .begin = points_[m.article].to_code_point(p.span.begin),
            .end = points_[m.article].to_code_point(p.span.end),
            .stance = std::string(to_string(m.stance)),
            .statement = given(p.statement),
            .speaker = given(p.speaker),
            .origin = given(m.origin),
            .chain = chain_text(m.chain),
            .resolved_chain = chain_text(m.resolved)};
  }

  const Story& story_;
  const std::vector<int64_t>& numbers_;
  std::vector<CodePointIndex> points_;
};

}  // namespace

std::string utc(int64_t minute) {
  if (minute == 0) return {};
  using namespace std::chrono;
  const sys_time<minutes> time{minutes(minute)};
  const year_month_day day{floor<days>(time)};
  const hh_mm_ss<minutes> clock{time - floor<days>(time)};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}Z", static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()),
                     clock.hours().count(), clock.minutes().count());
}

store::StoryRows rows_of(const Story& story, const std::vector<int64_t>& numbers,
                         std::string title) {
  const Echo sums = echo(story);
  store::StoryRows out{.articles = numbers,
                       .document = story.id,
                       .title = std::move(title),
                       .begins = utc(story.articles.front()->minute),
                       .ends = utc(story.articles.back()->minute),
                       .outlets = sums.outlets,
                       .independent_origins = sums.origins};
  const RowMaker maker(story, numbers);
  for (const Claim& c : story.claims) out.claims.push_back(maker.claim(c));
  for (const Copy& c : story.copies)
    out.copies.push_back({.article = numbers[c.article],
                          .of = numbers[c.of],
                          .passages = static_cast<int64_t>(c.passages.size()),
                          .kind = c.kind,
                          .credited = c.credited});
  for (const TimelineEntry& t : story.timeline) out.timeline.push_back({t.time, t.claim, t.status});
  for (const auto& ring : story.circular) {
    auto& row = out.rings.emplace_back();
    for (const uint32_t a : ring) row.push_back(numbers[a]);
  }
  maker.add_pictures(out.pictures);
  return out;
}

}  // namespace avstand::story
