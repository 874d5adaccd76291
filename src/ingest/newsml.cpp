#include "ingest/newsml.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "ingest/page_metadata.h"
#include "ingest/story.h"
#include "ingest/xml_markup.h"
#include "text/utf8.h"

namespace avstand::ingest {
namespace {

std::optional<std::string> given(std::string value) {
  if (value.empty()) return std::nullopt;
  return value;
}

/// "usable" of "stat:usable".
std::string code(std::string_view qcode) {
  const size_t colon = qcode.find(':');
  return clean_text(colon == std::string_view::npos ? qcode : qcode.substr(colon + 1));
}

/// One newsItem or packageItem.
class ItemReader {
 public:
  ItemReader(const XmlTree& xml, uint32_t item)
      : xml_(xml),
        item_(item),
        item_meta_(xml.child(item, "itemMeta")),
        content_meta_(xml.child(item, "contentMeta")) {}

  Story story(const std::string& fallback_id) const {
    Story out;
    out.id = clean_text(xml_[item_].attribute("guid"));
    if (out.id.empty()) out.id = fallback_id;
    out.title = first_text({{content_meta_, "headline"}, {item_meta_, "title"}});
    take_body(out);
    out.language = language();
    out.outlet = party(child(item_meta_, "provider"));
    out.published = first_text({{item_meta_, "firstCreated"},
                                {content_meta_, "contentCreated"},
                                {item_meta_, "versionCreated"}});
    out.modified = text(child(item_meta_, "versionCreated"));
    take_bylines(out);
    take_agency(out.agency);
    return out;
  }

 private:
  /// A child of a node that may not be there (0: none; the root is nobody's child).
  uint32_t child(uint32_t parent, std::string_view name) const {
    return parent == 0 ? 0 : xml_.child(parent, name);
  }
  std::vector<uint32_t> children(uint32_t parent, std::string_view name) const {
    return parent == 0 ? std::vector<uint32_t>() : xml_.children(parent, name);
  }
  std::string text(uint32_t node) const {
    return node == 0 ? std::string() : clean_text(xml_.text_under(node));
  }
  std::string first_text(
      std::initializer_list<std::pair<uint32_t, std::string_view>> places) const {
    for (const auto& [parent, name] : places)
      for (const uint32_t node : children(parent, name))
        if (std::string found = text(node); !found.empty()) return found;
    return {};
  }

  /// Whom an element means: its name, else what it is called by.
  std::string party(uint32_t node) const {
    if (node == 0) return {};
    if (std::string name = text(xml_.child(node, "name")); !name.empty()) return name;
    for (const std::string_view key : {"literal", "qcode", "uri"})
      if (const auto value = xml_[node].attribute(key); !value.empty())
        return key == "qcode" ? code(value) : clean_text(value);
    return text(node);
  }

  std::string language() const {
    const uint32_t node = child(content_meta_, "language");
    const std::string_view tag = node == 0 ? std::string_view() : xml_[node].attribute("tag");
    return clean_text(tag.empty() ? xml_[item_].attribute("lang") : tag);
  }

  void take_body(Story& out) const {
    const uint32_t set = xml_.child(item_, "contentSet");
    for (const uint32_t node : children(set, "inlineXML")) {
      if (!out.body.empty()) break;
      take_inline_xml(node, out);
    }
    for (const uint32_t node : children(set, "inlineData")) {
      if (!out.body.empty() || !xml_[node].attribute("encoding").empty()) continue;
      out.body = xml_.text_under(node);
      out.body_is_html = xml_[node].attribute("contenttype").find("html") != std::string_view::npos;
    }
    if (out.body.empty()) take_description(out);
    if (out.body.empty()) take_references(out);
  }

  /// NITF has a head with headline and byline, which are not the text, and an abstract, which is.
  void take_inline_xml(uint32_t node, Story& out) const {
    uint32_t head = 0, content = 0;
    for (uint32_t i = node + 1; i < xml_[node].end; ++i) {
      if (xml_[i].name == "body.head" && head == 0) head = i;
      if (xml_[i].name == "body.content" && content == 0) content = i;
      if (xml_[i].name == "body" && content == 0 && is_xhtml(i)) content = i;
    }
    if (head != 0) {
      if (out.title.empty()) out.title = text(child(head, "hedline"));
      if (out.bylines.empty())
        if (std::string by = text(child(head, "byline")); !by.empty()) out.bylines.push_back(by);
      if (const uint32_t abstract = child(head, "abstract")) out.lede = text(abstract);
    }
    out.body = inner_html(xml_, content != 0 ? content : node);
    out.body_is_html = true;
    if (content == 0 && head != 0) out.body.clear();
    if (out.body.find_first_not_of(" \t\r\n") == std::string::npos) out.body.clear();
  }

  bool is_xhtml(uint32_t node) const { return xml_[node].space.find("xhtml") != std::string::npos; }

  void take_description(Story& out) const {
    const std::string kind = code(item_class());
    for (const uint32_t node : children(content_meta_, "description"))
      if (out.body.empty()) out.body = clean_text(xml_.text_under(node));
    out.is_picture = kind == "picture" || kind == "graphic" || kind == "video";
  }

  std::string_view item_class() const {
    const uint32_t node = child(item_meta_, "itemClass");
    return node == 0 ? std::string_view() : xml_[node].attribute("qcode");
  }

  /// What a package says of its items.
  void take_references(Story& out) const {
    const uint32_t set = xml_.child(item_, "groupSet");
    if (set == 0) return;
    const auto add = [&](std::string_view tag, uint32_t node) {
      std::string words;
      for (const char c : text(node))
        words += c == '<' ? "&lt;" : c == '&' ? "&amp;" : std::string(1, c);
      if (!words.empty()) out.body += fmt::format("<{0}>{1}</{0}>", tag, words);
    };
    for (uint32_t i = set + 1; i < xml_[set].end; ++i) {
      if (xml_[i].name != "itemRef") continue;
      add("h2", child(i, xml_.child(i, "headline") != 0 ? "headline" : "title"));
      for (const uint32_t node : children(i, "description")) add("p", node);
    }
    out.body_is_html = true;
  }

  void take_bylines(Story& out) const {
    for (const uint32_t node : children(content_meta_, "by"))
      if (std::string by = text(node); !by.empty()) out.bylines.push_back(std::move(by));
    if (!out.bylines.empty()) return;
    for (const uint32_t node : children(content_meta_, "creator"))
      if (std::string name = text(child(node, "name")); !name.empty())
        out.bylines.push_back(std::move(name));
  }

  void take_agency(AgencyInfo& out) const {
    const uint32_t rights = xml_.child(item_, "rightsInfo");
    out.credit = given(text(child(content_meta_, "creditline")));
    if (!out.credit) out.credit = given(party(child(rights, "copyrightHolder")));
    out.version = given(clean_text(xml_[item_].attribute("version")));
    out.embargo = given(text(child(item_meta_, "embargoed")));
    const uint32_t status = child(item_meta_, "pubStatus");
    if (status != 0) out.status = given(code(xml_[status].attribute("qcode")));
    out.note = given(text(child(item_meta_, "edNote")));
    std::string sources;
    for (const uint32_t node : children(content_meta_, "infoSource"))
      if (const std::string name = party(node); !name.empty())
        sources += (sources.empty() ? "" : ", ") + name;
    out.source = given(std::move(sources));
    take_corrections(out);
    take_hops(out);
  }

  /// Signals and links by which an item says that it changes another.
  void take_corrections(AgencyInfo& out) const {
    constexpr std::array<std::string_view, 4> kSignals = {"correction", "update", "kill",
                                                          "withdrawal"};
    for (const uint32_t node : children(item_meta_, "signal")) {
      std::string signal = code(xml_[node].attribute("qcode"));
      if (std::find(kSignals.begin(), kSignals.end(), signal) != kSignals.end())
        out.corrections.push_back(std::move(signal));
    }
    for (const uint32_t node : children(item_meta_, "link")) {
      const std::string rel = code(xml_[node].attribute("rel"));
      if (rel != "previousVersion" && rel != "corrects" && rel != "replaces" &&
          rel != "evolvedFrom")
        continue;
      std::string_view target = xml_[node].attribute("residref");
      if (target.empty()) target = xml_[node].attribute("href");
      out.corrections.push_back(clean_text(fmt::format("{} {}", rel, target)));
    }
  }

  /// Hops by their number, the first hand first.
  void take_hops(AgencyInfo& out) const {
    auto hops = children(xml_.child(item_, "hopHistory"), "hop");
    const auto number = [&](uint32_t hop) {
      const std::string_view seq = xml_[hop].attribute("seq");
      return std::pair(seq.size(), seq);  // digits: the longer is the larger
    };
    std::stable_sort(hops.begin(), hops.end(),
                     [&](uint32_t a, uint32_t b) { return number(a) < number(b); });
    for (const uint32_t node : hops) {
      AgencyHop hop{.party = party(child(node, "party")), .actions = {}, .time = {}};
      if (hop.party.empty()) hop.party = "unnamed";
      for (const uint32_t action : children(node, "action"))
        hop.actions.push_back(clean_text(fmt::format("{} {}", code(xml_[action].attribute("qcode")),
                                                     code(xml_[action].attribute("target")))));
      hop.time = given(clean_text(xml_[node].attribute("timestamp")));
      out.hops.push_back(hop.party);
      out.hop_history.push_back(std::move(hop));
    }
  }

  const XmlTree& xml_;
  uint32_t item_, item_meta_, content_meta_;
};

class NewsReader {
 public:
  NewsReader(const XmlTree& xml, const std::string& name, const Options& options,
             const Patterns& patterns, Run& run, const Emit& emit)
      : xml_(xml), name_(name), options_(options), patterns_(patterns), run_(run), emit_(emit) {}

  void read() {
    if (xml_[0].name != "newsMessage") return item(0, xml_[0].name == "packageItem");
    const uint32_t set = xml_.child(0, "itemSet");
    if (set == 0) return fail("a newsMessage without items");
    const bool has_items = xml_.child(set, "newsItem") != 0;
    uint32_t count = 0;
    for (uint32_t i = set + 1; i < xml_[set].end; i = xml_[i].end) {
      ++count;
      const bool package = xml_[i].name == "packageItem";
      if (package && has_items)
        run_.note(fmt::format("{}: a package; its items are read one by one", name_));
      else
        item(i, package);
    }
    if (count == 0) fail("a newsMessage without items");
  }

 private:
  void item(uint32_t node, bool package) {
    ++number_;
    if (!package && xml_[node].name != "newsItem")
      return fail(fmt::format("NewsML-G2 that tells no news: {}",
                              utf8_prefix(clean_text(xml_[node].name), 40)));
    Story story = ItemReader(xml_, node).story(fmt::format("{}#{}", name_, number_));
    auto article = make_article(std::move(story), options_, patterns_);
    if (!article) {
      emit_({std::nullopt, std::move(article).error().in(name_)});
    } else if (!run_.take_id(article->id)) {
      fail(fmt::format("the id '{}' came before", utf8_prefix(article->id, 80)));
    } else {
      emit_({std::move(*article), std::nullopt});
    }
  }
  void fail(std::string message) {
    emit_({std::nullopt,
           Error{.code = ErrorCode::kInput, .message = std::move(message), .file = name_}});
  }

  const XmlTree& xml_;
  const std::string& name_;
  const Options& options_;
  const Patterns& patterns_;
  Run& run_;
  const Emit& emit_;
  uint32_t number_ = 0;
};

}  // namespace

bool is_newsml(const XmlTree& xml) {
  constexpr std::array<std::string_view, 7> kRoots = {
      "newsItem",      "packageItem",  "newsMessage", "conceptItem",
      "knowledgeItem", "planningItem", "catalogItem"};
  return std::find(kRoots.begin(), kRoots.end(), xml[0].name) != kRoots.end();
}

void read_newsml(const XmlTree& xml, const std::string& name, const Options& options,
                 const Patterns& patterns, Run& run, const Emit& emit) {
  NewsReader(xml, name, options, patterns, run, emit).read();
}

}  // namespace avstand::ingest
