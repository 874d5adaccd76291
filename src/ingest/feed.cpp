#include "ingest/feed.h"

#include <fmt/format.h>

#include <array>

#include "ingest/encoding.h"
#include "ingest/newsml.h"
#include "ingest/page_metadata.h"
#include "ingest/patterns_impl.h"
#include "ingest/story.h"
#include "ingest/xml_markup.h"
#include "text/utf8.h"
#include "text/xml_tree.h"

namespace avstand::ingest {
namespace {

/// What the caller's limits say about XML.
XmlLimits xml_limits(const Limits& limits) {
  XmlLimits out{.max_attributes = limits.max_attributes,
                .max_entity_bytes = limits.max_entity_bytes};
  if (limits.max_depth > 0) out.max_depth = limits.max_depth;
  return out;
}

/// Reads the entries of one feed.
class FeedReader {
 public:
  FeedReader(const XmlTree& xml, const std::string& name) : xml_(xml), name_(name) {
    channel_ = xml.child(0, "channel");
    outlet_ = field(channel_, "title");
    language_ = field(channel_, "language");
    if (language_.empty()) language_ = std::string(xml[0].attribute("lang"));
  }

  /// Items stand in the channel, or beside it (RSS 1.0); entries in the feed.
  std::vector<uint32_t> entries() const {
    auto out = xml_.children(channel_, "item");
    if (out.empty()) out = xml_.children(0, "item");
    if (out.empty()) out = xml_.children(0, "entry");
    return out;
  }

  Story story(uint32_t entry, size_t number) const {
    Story out;
    out.title = field(entry, "title");
    out.url = link(entry);
    out.id = raw(entry, {"guid", "id"});
    if (out.id.empty()) out.id = out.url;
    if (out.id.empty()) out.id = fmt::format("{}#{}", name_, number + 1);
    out.body = raw(entry, {"encoded", "content", "description", "summary"});
    out.body_is_html = true;
    out.outlet = outlet_;
    out.language = language_;
    out.published = raw(entry, {"pubDate", "published", "date", "issued", "updated"});
    out.modified = raw(entry, {"updated", "modified"});
    for (const std::string_view key : {"creator", "author"})
      for (const uint32_t node : xml_.children(entry, key)) add_author(node, out);
    return out;
  }

 private:
  std::string field(uint32_t parent, std::string_view key) const {
    const uint32_t node = xml_.child(parent, key);
    return node == 0 ? std::string() : plain_field(xml_.text_under(node));
  }

  /// The first of these children that has text.
  std::string raw(uint32_t parent, std::initializer_list<std::string_view> keys) const {
    for (const std::string_view key : keys)
      for (const uint32_t node : xml_.children(parent, key)) {
        if (xml_[node].space.find("/mrss") != std::string::npos) continue;  // of a picture
        std::string text = xhtml(node);
        if (text.find_first_not_of(" \t\r\n") != std::string::npos) return text;
      }
    return {};
  }

  /// Text of an element; where elements stand in it, as HTML.
  std::string xhtml(uint32_t node) const {
    return xml_[node].end == node + 1 ? xml_[node].text : inner_html(xml_, node);
  }

  std::string link(uint32_t entry) const {
    std::string other;
    for (const uint32_t node : xml_.children(entry, "link")) {
      const std::string_view href = xml_[node].attribute("href");
      const std::string_view rel = xml_[node].attribute("rel");
      std::string url = clean_text(href.empty() ? std::string_view(xml_[node].text) : href);
      if (!url.empty() && (rel.empty() || rel == "alternate")) return url;
      if (other.empty()) other = std::move(url);
    }
    return other;
  }

  void add_author(uint32_t node, Story& out) const {
    const uint32_t name = xml_.child(node, "name");
    std::string text = plain_field(name != 0 ? xml_[name].text : xml_.text_under(node));
    // RSS: "address (name)".
    if (const size_t at = text.find(" ("); at != std::string::npos && text.ends_with(')'))
      text = text.substr(at + 2, text.size() - at - 3);
    if (!text.empty() && text.find('@') == std::string::npos &&
        text.find("://") == std::string::npos)
      out.bylines.push_back(std::move(text));
  }

  const XmlTree& xml_;
  const std::string& name_;
  uint32_t channel_ = 0;
  std::string outlet_, language_;
};

Error refused(const XmlTree& xml) {
  return {.code = ErrorCode::kInput,
          .message = fmt::format("XML that is no feed: its root is '{}'",
                                 utf8_prefix(clean_text(xml[0].name), 40)),
          .hint = "RSS, RDF, Atom and NewsML-G2 are read"};
}

bool is_feed(const XmlTree& xml) {
  return xml[0].name == "rss" || xml[0].name == "RDF" || xml[0].name == "feed";
}

}  // namespace

bool looks_like_xml(std::string_view bytes, std::string_view name) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (bytes.starts_with(std::string_view("\xFF\xFE<\0", 4)) ||
      bytes.starts_with(std::string_view("\xFE\xFF\0<", 4)))
    return true;
  bytes.remove_prefix(std::min(bytes.find_first_not_of(" \t\r\n"), bytes.size()));
  for (const std::string_view start :
       {"<?xml", "<rss", "<feed", "<rdf:RDF", "<newsItem", "<newsMessage", "<packageItem"})
    if (bytes.starts_with(start)) return true;
  return bytes.starts_with('<') &&
         (name.ends_with(".xml") || name.ends_with(".rss") || name.ends_with(".atom"));
}

void read_xml(std::string_view bytes, const std::string& name, const Options& options,
              const Patterns& patterns, Run& run, const Emit& emit) {
  const auto fail = [&](Error error) { emit({std::nullopt, std::move(error).in(name)}); };
  auto page = DecodedPage::decode(bytes, patterns.get().encodings);
  if (!page) return fail(std::move(page).error());
  for (const std::string& remark : page->remarks()) run.note(fmt::format("{}: {}", name, remark));
  std::string_view text = page->utf8();
  text.remove_prefix(std::min(text.find('<'), text.size()));
  auto xml = XmlTree::parse(text, xml_limits(options.limits));
  if (!xml) return fail(std::move(xml).error());
  if (is_newsml(*xml)) return read_newsml(*xml, name, options, patterns, run, emit);
  if (!is_feed(*xml)) return fail(refused(*xml));
  const FeedReader feed(*xml, name);
  const auto entries = feed.entries();
  if (entries.empty()) fail({.code = ErrorCode::kInput, .message = "a feed without items"});
  for (size_t i = 0; i < entries.size(); ++i) {
    auto article = make_article(feed.story(entries[i], i), options, patterns);
    if (!article) {
      fail(std::move(article).error());
    } else if (!run.take_id(article->id)) {
      fail({.code = ErrorCode::kInput,
            .message = fmt::format("the id '{}' came before", clean_text(article->id))});
    } else {
      emit({std::move(*article), std::nullopt});
    }
  }
}

}  // namespace avstand::ingest
