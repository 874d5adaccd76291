// STORIES.md as JSON.
#include <utility>

#include "ledger/json_writer.h"
#include "story/stories.h"
#include "text/span.h"

namespace avstand::story {
namespace {

using ledger::JsonWriter;

class Writer {
 public:
  explicit Writer(const Story& story) : story_(story) {
    for (const StoryArticle* a : story.articles) index_.emplace_back(a->text);
  }

  void write(JsonWriter& w) const {
    w.begin_object().key("id").string(story_.id).key("articles").begin_array();
    for (const StoryArticle* a : story_.articles) w.string(a->id);
    w.end_array().key("claims").begin_array();
    for (const Claim& c : story_.claims) claim(w, c);
    w.end_array().key("copies").begin_array();
    for (const Copy& c : story_.copies) copy(w, c);
    w.end_array().key("circular").begin_array();
    for (const auto& ring : story_.circular) ids(w, ring);
    w.end_array().key("pictures").begin_array();
    for (const SharedPicture& p : story_.pictures) picture(w, p);
    w.end_array().key("timeline").begin_array();
    for (const TimelineEntry& t : story_.timeline)
      w.begin_object()
          .key("time")
          .string(t.time)
          .key("claim")
          .string(t.claim)
          .key("status")
          .string(t.status)
          .end_object();
    w.end_array().end_object();
  }

  void write(JsonWriter& w, const Claim& c) const {
    w.begin_object().key("schema").string("avstand/claim/1").key("story").string(story_.id);
    w.key("claim");
    claim(w, c, true);
    w.end_object();
  }

 private:
  const std::string& id(uint32_t article) const { return story_.articles[article]->id; }
  void ids(JsonWriter& w, const std::vector<uint32_t>& articles) const {
    w.begin_array();
    for (const uint32_t a : articles) w.string(id(a));
    w.end_array();
  }
  static void strings(JsonWriter& w, const std::vector<std::string>& values) {
    w.begin_array();
    for (const std::string& v : values) w.string(v);
    w.end_array();
  }
  void span(JsonWriter& w, uint32_t article, Span s) const {
    w.key("begin").number(index_[article].to_code_point(s.begin));
    w.key("end").number(index_[article].to_code_point(s.end));
  }

  void mention(JsonWriter& w, const Mention& m, bool words = false) const {
    const Passage& p = story_.articles[m.article]->passages[m.passage];
    w.begin_object().key("article").string(id(m.article));
    span(w, m.article, p.span);
    if (words) {
      const StoryArticle& a = *story_.articles[m.article];
      w.key("outlet").string(a.outlet).key("published").string(a.published);
      w.key("words").string(p.span.in(a.text)).key("origin");
      m.origin.empty() ? w.null() : w.string(m.origin);
    }
    w.key("statement");
    p.statement.empty() ? w.null() : w.string(p.statement);
    w.key("speaker");
    p.speaker.empty() ? w.null() : w.string(p.speaker);
    w.key("chain");
    strings(w, m.chain);
    w.key("resolved_chain");
    m.resolved.empty() ? w.null() : (strings(w, m.resolved), w);
    w.key("stance").string(to_string(m.stance)).end_object();
  }

  void claim(JsonWriter& w, const Claim& c, bool words = false) const {
    w.begin_object().key("id").string(c.id).key("text").string(c.text);
    w.key("mentions").begin_array();
    for (const Mention& m : c.mentions) mention(w, m, words);
    w.end_array().key("status").string(c.status).key("origins");
    strings(w, c.origins);
    w.key("independent_origins").number(c.independent_origins);
    w.key("unknown_origins").number(c.unknown_origins);
    w.key("outlets").number(c.outlets).key("families").number(c.families);
    w.key("articles").number(c.articles).key("conflicts_with");
    strings(w, c.conflicts_with);
    w.key("updates");
    strings(w, c.updates);
    w.key("first_seen");
    c.first_seen.empty() ? w.null() : w.string(c.first_seen);
    w.end_object();
  }

  void copy(JsonWriter& w, const Copy& c) const {
    w.begin_object().key("of").string(id(c.of)).key("articles").begin_array().string(id(c.article));
    w.end_array().key("kind").string(c.kind).key("credited").boolean(c.credited);
    w.key("passages").begin_array();
    for (const AlignedPassage& p : c.passages) {
      w.begin_object().key("original").begin_flat_array();
      w.number(index_[c.of].to_code_point(p.original.begin));
      w.number(index_[c.of].to_code_point(p.original.end)).end_array();
      w.key("copy").begin_flat_array();
      w.number(index_[c.article].to_code_point(p.copy.begin));
      w.number(index_[c.article].to_code_point(p.copy.end)).end_array().end_object();
    }
    w.end_array().end_object();
  }

  void picture(JsonWriter& w, const SharedPicture& p) const {
    w.begin_object().key("articles");
    ids(w, p.articles);
    w.key("origin").string(p.origin).key("handout").boolean(p.handout).key("uncredited_in");
    ids(w, p.uncredited_in);
    w.end_object();
  }

  const Story& story_;
  std::vector<CodePointIndex> index_;
};

}  // namespace

std::string to_json(const Story& story, const Claim& claim) {
  JsonWriter w(JsonWriter::Layout::kCompact);
  Writer(story).write(w, claim);
  return w.take();
}

std::string StoriesJson::begin() {
  if (std::exchange(begun_, true)) return {};
  return R"({"schema":")" + std::string(kSchema) + R"(","stories":[)";
}

std::string StoriesJson::add(const Story& story) {
  const std::string before = begin() + (std::exchange(any_, true) ? "," : "");
  JsonWriter w(JsonWriter::Layout::kCompact);
  Writer(story).write(w);
  return before + w.take();
}

std::string StoriesJson::end() { return begin() + "]}"; }

std::string to_json(const std::vector<Story>& stories) {
  StoriesJson json;
  std::string out;
  for (const Story& s : stories) out += json.add(s);
  return out + json.end();
}

}  // namespace avstand::story
