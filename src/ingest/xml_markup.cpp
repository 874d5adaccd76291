#include "ingest/xml_markup.h"

#include <array>
#include <vector>

namespace avstand::ingest {
namespace {

/// The element of HTML for one of XHTML or NITF; empty: only its text counts.
std::string_view html_name(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 28> kNames = {
      {{"p", "p"},           {"div", "div"},       {"h1", "h2"},
       {"h2", "h2"},         {"h3", "h3"},         {"h4", "h4"},
       {"hl1", "h2"},        {"hl2", "h3"},        {"ul", "ul"},
       {"ol", "ol"},         {"li", "li"},         {"dl", "dl"},
       {"dt", "dt"},         {"dd", "dd"},         {"blockquote", "blockquote"},
       {"bq", "blockquote"}, {"q", "q"},           {"br", "br"},
       {"table", "table"},   {"tr", "tr"},         {"td", "td"},
       {"th", "th"},         {"figure", "figure"}, {"figcaption", "figcaption"},
       {"pre", "p"},         {"media", "figure"},  {"media-caption", "figcaption"},
       {"credit", "p"}}};
  for (const auto& [from, to] : kNames)
    if (from == name) return to;
  return {};
}

bool is_left_out(std::string_view name) {
  return name == "script" || name == "style" || name == "media-metadata" ||
         name == "media-reference" || name == "head" || name == "docdata";
}

void add_escaped(std::string_view text, std::string& out) {
  for (const char c : text) {
    if (c == '<') {
      out += "&lt;";
    } else if (c == '&') {
      out += "&amp;";
    } else {
      out += c;
    }
  }
}

/// Writes a subtree without recursion: each open element remembers how much of its text is out.
class Writer {
 public:
  explicit Writer(const XmlTree& xml) : xml_(xml) {}

  std::string write(uint32_t root) {
    open_.push_back({root, 0, true});
    for (uint32_t i = root + 1; i < xml_[root].end;) {
      while (i >= xml_[open_.back().node].end) close();
      text_up_to(xml_[i].text_at);
      if (is_left_out(xml_[i].name)) {
        i = xml_[i].end;
        continue;
      }
      tag(i, "<");
      open_.push_back({i, 0, false});
      ++i;
    }
    while (!open_.empty()) close();
    return std::move(out_);
  }

 private:
  struct Open {
    uint32_t node;
    size_t written;
    bool is_root;
  };

  void tag(uint32_t node, std::string_view begin) {
    const std::string_view name = html_name(xml_[node].name);
    if (name.empty() || (name == "br" && begin == "</")) return;
    out_ += begin;
    out_ += name;
    out_ += '>';
  }

  void text_up_to(size_t end) {
    Open& top = open_.back();
    const std::string_view text = xml_[top.node].text;
    if (end > top.written) add_escaped(text.substr(top.written, end - top.written), out_);
    top.written = end;
  }

  void close() {
    const Open top = open_.back();
    text_up_to(xml_[top.node].text.size());
    open_.pop_back();
    if (!top.is_root) tag(top.node, "</");
  }

  const XmlTree& xml_;
  std::vector<Open> open_;
  std::string out_;
};

}  // namespace

std::string inner_html(const XmlTree& xml, uint32_t node) { return Writer(xml).write(node); }

}  // namespace avstand::ingest
