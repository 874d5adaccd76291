// The story page: who has which claim, and from whom; conflicts, times, routes, copies.
#include <algorithm>
#include <map>
#include <set>

#include "report/archive_parts.h"
#include "report/graph_svg.h"
#include "report/story_graph.h"
#include "report/view.h"

namespace avstand::report {
namespace {

using story::Claim;
using story::Mention;
using story::Stance;

constexpr size_t kMostClaims = 60, kMostPassages = 12, kMostLone = 200;

/// What every part of the page needs: outlets as columns, origins as letters.
class StoryPage {
 public:
  StoryPage(const PageContext& page, const StoryView& view)
      : page_(page), view_(view), story_(*view.story) {
    for (uint32_t i = 0; i < story_.articles.size(); ++i) {
      const std::string& name = story::outlet_or_id(*story_.articles[i]);
      const auto [it, fresh] = columns_.emplace(name, outlets_.size());
      if (fresh) outlets_.push_back(name);
      column_of_.push_back(it->second);
    }
    for (const Claim& c : story_.claims)
      (story::is_shared_or_contested(c) ? claims_ : lone_).push_back(&c);
    std::stable_sort(claims_.begin(), claims_.end(),
                     [](const Claim* a, const Claim* b) { return a->articles > b->articles; });
    if (claims_.size() > kMostClaims) claims_.resize(kMostClaims);
    for (const Claim* c : claims_)
      for (const Mention& m : c->mentions)
        if (!m.origin.empty() && letters_.emplace(m.origin, origins_.size()).second)
          origins_.push_back(m.origin);
  }

  std::string write() {
    write_top();
    write_matrix();
    write_origins();
    m_.open("div", {{"class", "pair"}}).line();
    write_first();
    write_timeline();
    m_.close().line();
    write_conflicts();
    write_copies();
    write_rings_and_pictures();
    write_articles();
    write_lone();
    return std::move(m_).take();
  }

 private:
  const Phrases& say() const { return page_.say; }
  void open_section(const char* id, const char* key, std::string_view style = {}) {
    m_.open("section", {{"class", style}, {"aria-labelledby", id}});
    m_.leaf("h3", {{"id", id}}, say()(key)).line();
  }
  std::string letter(const std::string& origin) const {
    return finding_letter(letters_.at(origin));
  }
  const Claim* claim(const std::string& id) const {
    for (const Claim& c : story_.claims)
      if (c.id == id) return &c;
    return nullptr;
  }
  bool is_shown(const std::string& id) const {
    return std::any_of(claims_.begin(), claims_.end(), [&](const Claim* c) { return c->id == id; });
  }
  /// The words of a claim, as a link to its row where it has one.
  void write_claim_link(const Claim& c) {
    const std::string_view language = story_.articles[c.mentions.front().article]->language;
    if (is_shown(c.id))
      m_.leaf("a", {{"class", "quoted"}, {"href", "#" + c.id}, {"dir", "auto"}, {"lang", language}},
              c.text);
    else
      m_.leaf("span", {{"class", "quoted"}, {"dir", "auto"}, {"lang", language}}, c.text);
  }

  void write_top() {
    const story::Echo echo = story::echo(story_);
    const store::Listed& first = view_.articles.front();
    m_.leaf("p", {{"class", "meta"}}, say()("story.heading"));
    m_.leaf("h2",
            {{"class", "page-title"},
             {"dir", "auto"},
             {"lang", first.language.empty() ? "und" : first.language}},
            title_of(first));
    m_.open("dl", {{"class", "numbers"}});
    const auto figure = [&](const char* key, const std::string& value) {
      m_.open("div").leaf("dt", say()(key)).leaf("dd", value).close();
    };
    figure("story.articles", fmt::format("{}", echo.articles));
    figure("story.outlets", fmt::format("{}", echo.outlets));
    figure("story.origins", fmt::format("{}", echo.origins));
    figure("front.echo.unit", fmt::format("{:.1f}", echo.ratio));
    m_.close().line();
  }

  void write_mark(const Mention& mention, const std::string& outlet) {
    const store::Listed& a = view_.articles[mention.article];
    const std::string href = page_.links.to("/article", {{"id", fmt::format("{}", a.id)}});
    const std::string stance(story::to_string(mention.stance));
    const std::string_view words = say()("story.stance." + stance);
    std::string style = "mark " + stance;
    if (!mention.origin.empty()) style += fmt::format(" o{}", letters_.at(mention.origin) % 6);
    m_.open("a", {{"class", style}, {"href", href}});
    m_.leaf("span", {{"aria-hidden", "true"}},
            mention.stance == Stance::kDenies     ? "✕"
            : mention.stance == Stance::kRetracts ? "↶"
            : mention.stance == Stance::kOpen     ? "?"
            : mention.origin.empty()              ? "·"
                                                  : letter(mention.origin));
    m_.leaf("span", {{"class", "unseen"}},
            fmt::format("{} {}{}{}", outlet, words, mention.origin.empty() ? "" : ": ",
                        told_hand(mention.origin, say())));
    m_.close();
  }

  void write_cell(const Claim& c, size_t column) {
    std::set<std::pair<Stance, std::string>> seen;
    m_.open("td", {{"data-outlet", outlets_[column]}});
    for (const Mention& mention : c.mentions)
      if (column_of_[mention.article] == column &&
          seen.emplace(mention.stance, mention.origin).second)
        write_mark(mention, outlets_[column]);
    m_.close();
  }

  void write_row(const Claim& c) {
    const std::string_view language = story_.articles[c.mentions.front().article]->language;
    m_.open("tr", {{"id", c.id}}).open("th", {{"scope", "row"}});
    m_.leaf("p", {{"class", "claim"}, {"dir", "auto"}, {"lang", language}}, c.text);
    m_.open("p", {{"class", "meta"}}).text(say().label("story.status", c.status)).text(" · ");
    m_.text(say().count("count.articles", c.articles)).text(" · ");
    m_.text(say().count("count.outlets", c.outlets)).text(" · ");
    m_.leaf("strong", say().count("count.origins", c.independent_origins));
    if (c.unknown_origins > 0)
      m_.text(" · ").text(say().count("count.unknown_origins", c.unknown_origins));
    m_.close().close();
    for (size_t column = 0; column < outlets_.size(); ++column) write_cell(c, column);
    m_.close().line();
  }

  std::string copied_from(size_t column) const {
    for (const story::Copy& c : story_.copies)
      if (column_of_[c.article] == column && column_of_[c.of] != column)
        return outlets_[column_of_[c.of]];
    return {};
  }

  void write_matrix() {
    open_section("claims", "story.claims", "claims");
    m_.leaf("p", {{"class", "meta"}}, say()("story.claims.meaning"));
    if (claims_.empty()) {
      m_.leaf("p", say()("story.claims.none")).close().line();
      return;
    }
    m_.open("div", {{"class", "scroll"},
                    {"role", "region"},
                    {"tabindex", "0"},
                    {"aria-label", say()("story.claim")}});
    m_.open("table", {{"class", "matrix"}}).open("thead").open("tr");
    m_.leaf("th", {{"scope", "col"}}, say()("story.claim"));
    for (size_t i = 0; i < outlets_.size(); ++i) {
      m_.open("th", {{"scope", "col"}}).isolated(outlets_[i]);
      if (const std::string of = copied_from(i); !of.empty())
        m_.open("small").text(say().fill("story.copies_from", {{"outlet", of}})).close();
      m_.close();
    }
    m_.close().close().open("tbody").line();
    for (const Claim* c : claims_) write_row(*c);
    m_.close().close().close().close().line();
  }

  /// From the origins to the outlets, drawn; and the origins, each with how many claims it has.
  void write_origins() {
    if (origins_.empty()) return;
    open_section("origins", "story.origins.heading", "origin-ways");
    std::vector<std::string> outlet_of;
    outlet_of.reserve(column_of_.size());
    for (const size_t column : column_of_) outlet_of.push_back(outlets_[column]);
    std::map<std::string, std::string> letters;
    for (const std::string& origin : origins_) letters.emplace(origin, letter(origin));
    const std::vector<StoryWay> ways = story_ways(claims_, outlet_of);
    write_graphs(m_, story_graph(ways, letters, say()),
                 {.title = std::string(say()("graph.story.title")),
                  .description = story_ways_in_words(ways, say()),
                  .id = "ways"});
    m_.leaf("p", {{"class", "meta"}}, say()("graph.story.key"));
    m_.open("ol", {{"class", "origin-list"}}).line();
    for (const std::string& origin : origins_) write_origin(origin, ways);
    m_.close().close().line();
  }
  void write_origin(const std::string& origin, const std::vector<StoryWay>& ways) {
    std::set<const Claim*> claims;
    bool unknown = false;
    for (const StoryWay& way : ways) {
      if (way.hands.front() != origin) continue;
      claims.insert(way.claims.begin(), way.claims.end());
      unknown = unknown || way.unknown;
    }
    m_.open("li").open("p", {{"class", "origin"}});
    m_.leaf("span", {{"class", fmt::format("mark asserts o{}", letters_.at(origin) % 6)}},
            letter(origin));
    m_.text(" ");
    if (unknown) {
      m_.leaf("bdi", {{"class", "name unnamed"}}, told_hand(origin, say()));
    } else {
      write_source_link(m_, page_, origin, story::told_name(story_, origin), "name");
    }
    m_.text(" ").leaf("span", {{"class", "n"}}, say().count("count.claims", claims.size()));
    m_.close().close().line();
  }

  void write_first() {
    std::map<std::string, size_t> firsts;
    for (const Claim* c : claims_) ++firsts[outlets_[column_of_[c->mentions.front().article]]];
    if (firsts.empty()) return;
    std::vector<std::pair<std::string, size_t>> sorted(firsts.begin(), firsts.end());
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    open_section("first", "story.first");
    m_.open("ul", {{"class", "tally"}});
    for (const auto& [outlet, count] : sorted) {
      m_.open("li").isolated(outlet).text(" ");
      m_.leaf("span", {{"class", "n"}}, say().count("count.claims", count)).close();
    }
    m_.close().close().line();
  }

  void write_timeline() {
    if (story_.timeline.empty()) return;
    open_section("times", "story.timeline");
    m_.open("ol", {{"class", "times"}}).line();
    for (const story::TimelineEntry& t : story_.timeline) {
      const Claim* c = claim(t.claim);
      if (c == nullptr) continue;
      m_.open("li");
      m_.leaf("time", {{"class", "date"}, {"datetime", t.time}}, say().when(t.time)).text(" ");
      write_claim_link(*c);
      m_.close().line();
    }
    m_.close().close().line();
  }

  void write_pair(const Claim& a, const Claim& b, const char* key) {
    m_.open("li").open("p").text(say()(key)).close().open("ul", {{"class", "against"}});
    for (const Claim* c : {&a, &b}) {
      m_.open("li");
      write_claim_link(*c);
      if (!c->origins.empty()) {
        m_.open("p", {{"class", "meta"}});
        for (size_t i = 0; i < c->origins.size(); ++i)
          m_.text(i == 0 ? "" : ", ").isolated(told_hand(c->origins[i], say()));
        m_.close();
      }
      m_.close();
    }
    m_.close().close().line();
  }
  void write_conflicts() {
    std::vector<std::pair<const Claim*, const Claim*>> against, newer;
    for (const Claim& c : story_.claims) {
      for (const std::string& id : c.conflicts_with)
        if (const Claim* other = claim(id); other != nullptr && &c < other)
          against.emplace_back(&c, other);
      for (const std::string& id : c.updates)
        if (const Claim* other = claim(id)) newer.emplace_back(other, &c);
    }
    if (against.empty() && newer.empty()) return;
    open_section("conflicts", "story.conflicts");
    m_.open("ol", {{"class", "conflicts"}}).line();
    for (const auto& [a, b] : against) write_pair(*a, *b, "story.conflict");
    for (const auto& [a, b] : newer) write_pair(*a, *b, "story.update");
    m_.close().close().line();
  }

  void write_copies() {
    if (story_.copies.empty()) return;
    open_section("copies", "story.copies");
    for (const story::Copy& c : story_.copies) {
      m_.open("details", {{"class", "copy"}}).open("summary");
      m_.isolated(outlets_[column_of_[c.article]]).text(" · ");
      m_.text(say().label("story.copy", c.kind)).text(" · ");
      m_.isolated(outlets_[column_of_[c.of]]).text(" · ");
      m_.text(say()(c.credited ? "story.copy.credited" : "story.copy.uncredited")).close();
      m_.open("ol", {{"class", "side-by-side"}}).line();
      for (size_t i = 0; i < c.passages.size() && i < kMostPassages; ++i) {
        m_.open("li");
        for (const auto& [article, span] :
             {std::pair{c.of, c.passages[i].original}, {c.article, c.passages[i].copy}}) {
          const story::StoryArticle& a = *story_.articles[article];
          m_.open("div").leaf("p", {{"class", "meta"}}, story::outlet_or_id(a));
          m_.leaf("p", {{"dir", "auto"}, {"lang", a.language}}, span.in(a.text)).close();
        }
        m_.close().line();
      }
      m_.close();
      if (c.passages.size() > kMostPassages)
        m_.leaf("p", {{"class", "meta"}},
                say().count("count.more_passages", c.passages.size() - kMostPassages));
      m_.close().line();
    }
    m_.close().line();
  }

  void write_rings_and_pictures() {
    const bool uncredited =
        std::any_of(story_.pictures.begin(), story_.pictures.end(),
                    [](const story::SharedPicture& p) { return !p.uncredited_in.empty(); });
    if (story_.circular.empty() && !uncredited) return;
    open_section("notice", "section.findings");
    m_.open("ul", {{"class", "tally"}});
    for (const auto& ring : story_.circular) {
      m_.open("li").text(say()("story.ring")).text(" ");
      for (size_t i = 0; i < ring.size(); ++i)
        m_.text(i == 0 ? "" : " → ").isolated(outlets_[column_of_[ring[i]]]);
      m_.close();
    }
    for (const story::SharedPicture& p : story_.pictures)
      for (const uint32_t a : p.uncredited_in)
        m_.leaf("li", say().fill("story.picture",
                                 {{"origin", p.origin}, {"outlet", outlets_[column_of_[a]]}}));
    m_.close().close().line();
  }

  void write_articles() {
    open_section("articles", "story.articles");
    m_.open("ol", {{"class", "hits compact"}}).line();
    for (const store::Listed& a : view_.articles) {
      m_.open("li", {{"id", fmt::format("article-{}", a.id)}});
      write_article_entry(m_, page_, a, "h4");
      m_.close().line();
    }
    m_.close().close().line();
  }

  void write_lone() {
    if (lone_.empty()) return;
    m_.open("details", {{"class", "lone"}});
    m_.leaf("summary", say().count("story.lone", lone_.size())).open("ul");
    for (size_t i = 0; i < lone_.size() && i < kMostLone; ++i) {
      const Mention& mention = lone_[i]->mentions.front();
      m_.open("li");
      write_claim_link(*lone_[i]);
      m_.text(" ").leaf("bdi", {{"class", "meta"}}, outlets_[column_of_[mention.article]]).close();
    }
    m_.close().close().line();
  }

  const PageContext& page_;
  const StoryView& view_;
  const story::Story& story_;
  Markup m_;
  std::vector<std::string> outlets_, origins_;
  std::map<std::string, size_t> columns_, letters_;
  std::vector<size_t> column_of_;  // by article
  std::vector<const Claim*> claims_, lone_;
};

}  // namespace

std::string story_page_main(const PageContext& page, const StoryView& story) {
  return StoryPage(page, story).write();
}

}  // namespace avstand::report
