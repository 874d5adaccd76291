#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "export/brat.h"
#include "text/span.h"
#include "text/utf8.h"

namespace avstand::exports {
namespace {

/// Free words on one line of an .ann: parts are parted by " | ", so a bar is escaped.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n')
      out += "\\n";
    else if (c == '\t' || c == '\r')
      out += ' ';
    else if (c == '|' || c == '\\')
      (out += '\\') += c;
    else
      out += c;
  }
  return out;
}

class BratWriter {
 public:
  explicit BratWriter(const AnnotationSet& set) : set_(set), index_(set.text) {}

  std::string write() {
    number();
    for (uint32_t i = 0; i < set_.items.size(); ++i) text_bound(i);
    for (uint32_t i = 0; i < set_.items.size(); ++i) event(i);
    for (uint32_t i = 0; i < set_.items.size(); ++i) labels(i);
    clusters();
    for (uint32_t i = 0; i < set_.items.size(); ++i) notes(i);
    return std::move(out_);
  }

 private:
  void number() {
    size_t events = 0;
    for (uint32_t i = 0; i < set_.items.size(); ++i)
      ids_.push_back(set_.items[i].kind->has_roles() ? fmt::format("E{}", ++events)
                                                     : fmt::format("T{}", i + 1));
  }

  std::string_view slice(CharSpan s) const {
    const uint32_t begin = index_.to_byte(s.begin);
    return std::string_view(set_.text).substr(begin, index_.to_byte(s.end) - begin);
  }

  /// A fragment lies on one line, whatever a reader takes for a line end: brat has no other way.
  std::vector<CharSpan> on_lines(const std::vector<CharSpan>& spans) const {
    std::vector<CharSpan> out;
    for (const CharSpan span : spans) {
      const std::string_view text = slice(span);
      uint32_t at = span.begin, begin = span.begin;
      for (size_t pos = 0; pos < text.size(); ++at) {
        const CodePoint c = decode_utf8(text, pos);
        if (is_line_break(c.value)) {
          if (begin < at) out.push_back({begin, at});
          begin = at + 1;
        }
        pos += c.size;
      }
      if (begin < at) out.push_back({begin, at});
    }
    return out;
  }

  void text_bound(uint32_t i) {
    const Annotation& one = set_.items[i];
    std::string offsets, words;
    for (const CharSpan span : on_lines(one.spans)) {
      offsets += fmt::format("{}{} {}", offsets.empty() ? "" : ";", span.begin, span.end);
      if (!words.empty()) words += ' ';
      words += slice(span);
    }
    std::replace(words.begin(), words.end(), '\t', ' ');
    out_ += fmt::format("T{}\t{} {}\t{}\n", i + 1, one.kind->name, offsets, words);
  }

  void event(uint32_t i) {
    const Annotation& one = set_.items[i];
    if (!one.kind->has_roles()) return;
    out_ += fmt::format("{}\t{}:T{}", ids_[i], one.kind->name, i + 1);
    std::map<std::string, int> seen;
    for (const auto& [role, target] : one.links) {
      const int count = ++seen[role];
      out_ +=
          fmt::format(" {}{}:{}", role, count > 1 ? fmt::format("{}", count) : "", ids_[target]);
    }
    out_ += '\n';
  }

  void labels(uint32_t i) {
    for (const auto& [name, value] : set_.items[i].labels) {
      out_ += fmt::format("A{}\t{} {}", ++attributes_, name, ids_[i]);
      if (set_.items[i].kind->label(name)->values != "no|yes") out_ += " " + value;
      out_ += '\n';
    }
  }

  void clusters() {
    std::map<uint32_t, std::vector<uint32_t>> members;
    for (uint32_t i = 0; i < set_.items.size(); ++i)
      if (set_.items[i].cluster) members[*set_.items[i].cluster].push_back(i);
    for (const auto& [cluster, mentions] : members) {
      if (mentions.size() < 2) continue;
      out_ += "*\tSame";
      for (const uint32_t m : mentions) out_ += " " + ids_[m];
      out_ += '\n';
    }
  }

  void notes(uint32_t i) {
    const Annotation& one = set_.items[i];
    if (!one.ref.empty())
      out_ += fmt::format("#{}\tAvstand {}\t{}\n", ++comments_, ids_[i], one.ref);
    if (one.notes.empty()) return;
    std::string text;
    for (const auto& [name, value] : one.notes)
      text += fmt::format("{}{}: {}", text.empty() ? "" : " | ", name, escaped(value));
    out_ += fmt::format("#{}\tAnnotatorNotes {}\t{}\n", ++comments_, ids_[i], text);
  }

  const AnnotationSet& set_;
  CodePointIndex index_;
  std::vector<std::string> ids_;
  size_t attributes_ = 0, comments_ = 0;
  std::string out_;
};

/// "A|B": the kinds that an arrow may point at.
std::string targets(const Role& role) {
  if (role.target != kMention) return std::string(role.target);
  std::string out;
  for (const Kind& kind : kinds())
    if (kind.is_mention()) out += (out.empty() ? "" : "|") + std::string(kind.name);
  return out;
}

/// The kinds that have a label of this name, once for all with the same values.
std::string owners(const Label& label) {
  std::string out;
  for (const Kind& kind : kinds())
    if (const Label* own = kind.label(label.name); own && own->values == label.values)
      out += (out.empty() ? "" : "|") + std::string(kind.name);
  return out;
}

}  // namespace

std::string to_brat(const AnnotationSet& set) { return BratWriter(set).write(); }

std::string brat_configuration() {
  std::string out = "[entities]\n";
  for (const Kind& kind : kinds())
    if (!kind.has_roles()) out += std::string(kind.name) + "\n";
  const Role mention{"", kMention};
  out += fmt::format(
      "\n[relations]\nSame\tArg1:{0}, Arg2:{0}, <REL-TYPE>:symmetric-transitive\n"
      "<OVERLAP>\tArg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>\n\n[events]\n",
      targets(mention));
  for (const Kind& kind : kinds()) {
    if (!kind.has_roles()) continue;
    out += kind.name;
    for (size_t r = 0; r < kind.roles.size(); ++r)
      out += fmt::format("{}{}{}:{}", r == 0 ? "\t" : ", ", kind.roles[r].name,
                         kind.roles[r].many ? "*" : "?", targets(kind.roles[r]));
    out += '\n';
  }
  out += "\n[attributes]\n";
  std::map<std::string_view, bool> done;
  for (const Kind& kind : kinds())
    for (const Label& label : kind.labels) {
      if (std::exchange(done[label.name], true)) continue;
      out += fmt::format("{}\tArg:{}", label.name, owners(label));
      if (label.values != "no|yes") out += fmt::format(", Value:{}", label.values);
      out += '\n';
    }
  return out;
}

std::string brat_visual() {
  return "[labels]\n\n[drawing]\nSPAN_DEFAULT\tfgColor:black, bgColor:lightgray, "
         "borderColor:darken\nStatement\tbgColor:#cfe3f7\nCue\tbgColor:#ffe2a8\n"
         "Source\tbgColor:#d5efcf\nFinding\tbgColor:#f7cfcf\nARC_DEFAULT\tcolor:black, "
         "arrowHead:triangle-5\n";
}

}  // namespace avstand::exports
