#include "ingest/page_metadata.h"

#include <algorithm>
#include <array>

#include "text/collapse.h"
#include "text/utf8.h"

namespace avstand::ingest {
namespace {

constexpr size_t kMaxScript = 4u << 20;  // bytes of JSON-LD
constexpr size_t kMaxField = 2'000;      // bytes of a name, a date, an address

enum class Field : uint8_t {
  kTitle,
  kDescription,
  kOutlet,
  kUrl,
  kLanguage,
  kPublished,
  kModified,
  kAuthor
};

struct Source {
  std::string_view name;
  Field field;
};

/// Names of <meta name|property>, the better first.
constexpr std::array<Source, 27> kMeta = {{
    {"og:title", Field::kTitle},
    {"twitter:title", Field::kTitle},
    {"dc.title", Field::kTitle},
    {"og:description", Field::kDescription},
    {"description", Field::kDescription},
    {"twitter:description", Field::kDescription},
    {"og:site_name", Field::kOutlet},
    {"application-name", Field::kOutlet},
    {"dc.publisher", Field::kOutlet},
    {"og:url", Field::kUrl},
    {"og:locale", Field::kLanguage},
    {"content-language", Field::kLanguage},
    {"article:published_time", Field::kPublished},
    {"og:article:published_time", Field::kPublished},
    {"datepublished", Field::kPublished},
    {"date", Field::kPublished},
    {"pubdate", Field::kPublished},
    {"dc.date", Field::kPublished},
    {"dcterms.created", Field::kPublished},
    {"parsely-pub-date", Field::kPublished},
    {"sailthru.date", Field::kPublished},
    {"article:modified_time", Field::kModified},
    {"og:updated_time", Field::kModified},
    {"author", Field::kAuthor},
    {"article:author", Field::kAuthor},
    {"dc.creator", Field::kAuthor},
    {"byl", Field::kAuthor},
}};

constexpr std::array<Source, 7> kItemprops = {{
    {"headline", Field::kTitle},
    {"description", Field::kDescription},
    {"datepublished", Field::kPublished},
    {"datemodified", Field::kModified},
    {"author", Field::kAuthor},
    {"publisher", Field::kOutlet},
    {"inlanguage", Field::kLanguage},
}};

std::string lower(std::string_view s) {
  std::string out(s.substr(0, 64));
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  return out;
}

/// Values by source, in the order of the tables.
class Collector {
 public:
  Collector(const HtmlTree& tree, std::string_view base) : tree_(tree), base_(base) {}

  PageMetadata collect() {
    for (uint32_t i = 0; i < tree_.size(); ++i) read_node(i);
    for (const std::string_view script : scripts_) read_json_ld(script, out_);
    for (size_t i = 0; i < kItemprops.size(); ++i) take(kItemprops[i].field, itemprops_[i]);
    urls_ = {out_.url.value_or(""), canonical_};
    for (size_t i = 0; i < kMeta.size(); ++i) take(kMeta[i].field, metas_[i]);
    urls_.push_back(out_.main_page.value_or(""));
    settle_url();
    set(out_.published, time_);
    set(out_.title, title_);
    set(out_.language, language_);
    return std::move(out_);
  }

 private:
  void read_node(uint32_t i) {
    switch (tree_[i].tag) {
      case Tag::kText:
        return;
      case Tag::kScript:
        read_script(i);
        return;
      case Tag::kMeta:
        read_meta(i);
        break;
      case Tag::kLink:
        if (lower(value(i, "rel")) == "canonical" && canonical_.empty())
          canonical_ = field(value(i, "href"));
        return;
      case Tag::kTitle:
        if (title_.empty()) title_ = field(text_under(i));
        return;
      case Tag::kHtml:
        language_ = field(value(i, "lang"));
        return;
      case Tag::kTime:
        if (time_.empty()) time_ = normal_date(value(i, "datetime")).value_or("");
        break;
      default:
        break;
    }
    read_itemprop(i);
  }

  void read_script(uint32_t i) {
    if (lower(value(i, "type")).find("ld+json") == std::string::npos) return;
    const std::string_view text = text_under(i);
    if (text.size() <= kMaxScript) scripts_.push_back(text);
  }

  void read_meta(uint32_t i) {
    std::string name = lower(value(i, "property"));
    if (name.empty()) name = lower(value(i, "name"));
    if (name.empty()) name = lower(value(i, "http-equiv"));
    for (size_t k = 0; k < kMeta.size(); ++k)
      if (kMeta[k].name == name && metas_[k].size() < 20)
        metas_[k].push_back(field(value(i, "content")));
  }

  void read_itemprop(uint32_t i) {
    const std::string_view names = value(i, "itemprop");
    if (names.empty()) return;
    for (size_t k = 0; k < kItemprops.size(); ++k) {
      if (lower(names).find(kItemprops[k].name) == std::string::npos) continue;
      if (itemprops_[k].size() >= 20) continue;
      itemprops_[k].push_back(itemprop_value(i));
    }
  }

  /// The first that is an address of the web, or becomes one.
  void settle_url() {
    std::string base(base_);
    for (const std::string& url : urls_)
      if (base.empty()) base = absolute_url(url, {});
    out_.url.reset();
    for (const std::string& url : urls_) set(out_.url, absolute_url(url, base));
  }

  void take(Field what, const std::vector<std::string>& values) {
    if (what == Field::kUrl) {
      urls_.insert(urls_.end(), values.begin(), values.end());
      return;
    }
    if (what == Field::kAuthor) {
      if (out_.authors.empty())
        for (const std::string& name : values) add_author(name);
      return;
    }
    for (const std::string& text : values) {
      const bool date = what == Field::kPublished || what == Field::kModified;
      set(slot(what), date ? normal_date(text).value_or("") : text);
    }
  }

  void add_author(const std::string& name) {
    if (name.empty() || name.size() > 120 || name.find("://") != std::string::npos) return;
    if (std::find(out_.authors.begin(), out_.authors.end(), name) == out_.authors.end())
      out_.authors.push_back(name);
  }

  std::optional<std::string>& slot(Field what) {
    switch (what) {
      case Field::kTitle:
        return out_.title;
      case Field::kDescription:
        return out_.description;
      case Field::kOutlet:
        return out_.outlet;
      case Field::kLanguage:
        return out_.language;
      case Field::kModified:
        return out_.modified;
      default:
        return out_.published;
    }
  }

  static void set(std::optional<std::string>& to, const std::string& value) {
    if (!to && !value.empty()) to = value;
  }
  std::string_view value(uint32_t i, std::string_view name) const {
    return tree_.attribute(i, name).value_or(std::string_view());
  }
  static std::string field(std::string_view text) {
    return clean_text(utf8_prefix(text, kMaxField));
  }
  /// The value of an element of microdata; of a thing (HTML, 5.2.3) its name.
  std::string itemprop_value(uint32_t i) const {
    if (tree_.attribute(i, "itemscope"))
      for (uint32_t k = i + 1; k < tree_[i].end; ++k)
        if (lower(value(k, "itemprop")) == "name") return itemprop_value(k);
    for (const std::string_view key : {"content", "datetime"})
      if (const auto text = value(i, key); !text.empty()) return field(text);
    return field(text_under(i));
  }
  /// The first stretch of text under a node.
  std::string_view text_under(uint32_t i) const {
    for (uint32_t k = i + 1; k < tree_[i].end; ++k)
      if (tree_[k].tag == Tag::kText &&
          tree_[k].text.find_first_not_of(" \t\r\n") != std::string::npos)
        return tree_[k].text;
    return {};
  }

  const HtmlTree& tree_;
  std::string_view base_;
  PageMetadata out_;
  std::vector<std::string> urls_;
  std::vector<std::string_view> scripts_;
  std::array<std::vector<std::string>, kMeta.size()> metas_;
  std::array<std::vector<std::string>, kItemprops.size()> itemprops_;
  std::string canonical_, title_, language_, time_;
};

}  // namespace

PageMetadata read_metadata(const HtmlTree& tree, std::string_view base) {
  return Collector(tree, base).collect();
}

std::string clean_text(std::string_view text) {
  // A cut at a byte count may have gone through a character.
  if (const auto broken = first_invalid_utf8(text)) text = text.substr(0, *broken);
  Collapser out;
  out.add(text);
  return out.take();
}

std::string absolute_url(std::string_view url, std::string_view base) {
  const auto is_web = [](std::string_view s) {
    return s.starts_with("http://") || s.starts_with("https://");
  };
  if (is_web(url)) return std::string(url);
  if (!is_web(base) || url.empty() || url[0] != '/') return {};
  const size_t host = base.find("//") + 2;
  if (url.starts_with("//")) return std::string(base.substr(0, host - 2)) + std::string(url);
  return std::string(base.substr(0, base.find('/', host))) + std::string(url);
}

}  // namespace avstand::ingest
