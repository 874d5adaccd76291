#include "export/annotations.h"

#include <fmt/format.h>

#include <algorithm>

#include "text/span.h"
#include "text/utf8.h"

namespace avstand::exports {
namespace {

using Spans = std::vector<CharSpan>;

CharSpan span_of(const Json& pair) {
  return {pair.at(0).get<uint32_t>(), pair.at(1).get<uint32_t>()};
}

Spans spans_of(const Json& list) {
  Spans out;
  for (const Json& pair : list) out.push_back(span_of(pair));
  return out;
}

/// Text of a string, or empty for null.
std::string text_of(const Json& value) { return value.is_string() ? value.get<std::string>() : ""; }

class Annotator {
 public:
  explicit Annotator(const Json& ledger) : l_(ledger) {
    out_.text = l_.at("document").at("text").get<std::string>();
  }

  AnnotationSet run() {
    for (const Json& e : l_.at("entities")) entity(e);
    for (const Json& s : l_.at("statements")) statement(s);
    parents();
    size_t number = 0;
    for (const Json& p : l_.at("pictures")) picture(p, ++number);
    if (l_.at("events").is_array())
      for (const Json& v : l_.at("events")) event(v);
    number = 0;
    for (const Json& f : l_.at("findings")) finding(f, ++number);
    settle(out_);
    return std::move(out_);
  }

 private:
  /// Index of the new annotation, or nothing where there are no words for it to stand on.
  std::optional<uint32_t> add(std::string_view kind, std::string ref, Spans spans) {
    std::erase_if(spans, [](CharSpan s) { return s.begin >= s.end; });
    if (spans.empty()) return std::nullopt;
    Annotation one;
    one.kind = find_kind(kind);
    one.ref = std::move(ref);
    one.spans = std::move(spans);
    out_.items.push_back(std::move(one));
    return static_cast<uint32_t>(out_.items.size() - 1);
  }

  void label(uint32_t i, std::string_view name, const std::string& value) {
    out_.items[i].labels.emplace(name, value);
  }
  void note(uint32_t i, std::string_view name, const Json& value) {
    if (const std::string text = text_of(value); !text.empty())
      out_.items[i].notes.emplace(name, text);
  }
  void link(uint32_t i, std::string_view role, std::optional<uint32_t> target) {
    if (target) out_.items[i].links.emplace_back(role, *target);
  }
  /// An annotation of its own for words that belong to `i`.
  std::optional<uint32_t> part(uint32_t i, std::string_view role, const Spans& spans) {
    const std::string ref = out_.items[i].ref;
    const auto target = add(role, ref, spans);
    link(i, role, target);
    return target;
  }

  void entity(const Json& e) {
    const std::string id = e.at("id").get<std::string>();
    const Kind& kind = kind_of_entity(e.at("type").get<std::string>());
    std::optional<uint32_t> first;
    for (const Json& m : e.at("mentions")) {
      const CharSpan span{m.at("begin").get<uint32_t>(), m.at("end").get<uint32_t>()};
      const auto i = add(kind.name, id, {span});
      if (!i) continue;
      label(*i, "Form", m.at("form").get<std::string>());
      out_.items[*i].cluster = clusters_;
      mentions_[id].push_back(*i);
      if (!first) first = i;
    }
    ++clusters_;
    if (!first) return;
    note(*first, "name", e.at("name"));
    note(*first, "country", e.at("profile").at("country"));
    label(*first, "Profile", e.at("profile").at("kind").get<std::string>());
    label(*first, "Control", e.at("profile").at("control").get<std::string>());
  }

  /// The mention that an arrow to an entity points at: one among `near`, else the first.
  std::optional<uint32_t> mention(const Json& id, const Spans& near = {}) const {
    const auto found = mentions_.find(text_of(id));
    if (found == mentions_.end()) return std::nullopt;
    for (const uint32_t m : found->second)
      for (const CharSpan here : near) {
        const CharSpan span = out_.items[m].spans.front();
        if (here.begin <= span.begin && span.end <= here.end) return m;
      }
    return found->second.front();
  }

  std::string name_of(const Json& hop) const {
    const std::string id = text_of(hop.at("entity"));
    for (const Json& e : l_.at("entities"))
      if (e.at("id") == id) return e.at("name").get<std::string>();
    return hop.at("name").get<std::string>();
  }

  std::string chain_of(const Json& chain) const {
    std::string out;
    for (const Json& hop : chain) out += (out.empty() ? "" : " > ") + name_of(hop);
    return out;
  }

  void verification(uint32_t i, const Json& v) {
    label(i, "Verification", v.at("status").get<std::string>());
    if (v.at("span").is_array()) part(i, "Check", {span_of(v.at("span"))});
    link(i, "CheckedBy", mention(v.at("by")));
  }

  void statement(const Json& s) {
    const auto i = add("Statement", s.at("id").get<std::string>(), spans_of(s.at("content")));
    if (!i) return;
    statements_[out_.items[*i].ref] = *i;
    for (const auto& [name, field] : {std::pair{"Quote", "quote"},
                                      {"Act", "act"},
                                      {"Evidence", "evidence"},
                                      {"Commitment", "commitment"}})
      label(*i, name, s.at(field).get<std::string>());
    label(*i, "Interested", s.at("interested").get<bool>() ? "yes" : "no");
    note(*i, "chain", chain_of(s.at("chain")));
    part(*i, "Cue", spans_of(s.at("cue")));
    part(*i, "Source", spans_of(s.at("source")));
    link(*i, "Speaker", mention(s.at("speaker"), spans_of(s.at("source"))));
    verification(*i, s.at("verification"));
  }

  void parents() {
    for (const Json& s : l_.at("statements")) {
      const auto child = statements_.find(s.at("id").get<std::string>());
      const auto parent = statements_.find(text_of(s.at("parent")));
      if (child != statements_.end() && parent != statements_.end())
        link(child->second, "Parent", parent->second);
    }
  }

  void picture(const Json& p, size_t number) {
    if (p.at("block").is_null()) return;  // it has no caption to stand on
    const Json& block = l_.at("blocks").at(p.at("block").get<size_t>());
    const CharSpan span{block.at("begin").get<uint32_t>(), block.at("end").get<uint32_t>()};
    const auto i = add("Picture", fmt::format("p{}", number), {span});
    if (!i) return;
    label(*i, "Credited", p.at("credited").get<bool>() ? "yes" : "no");
    const Json& handout = p.at("handout");
    label(*i, "Handout", handout.is_null() ? "unknown" : handout.get<bool>() ? "yes" : "no");
    if (p.at("origin").is_object()) note(*i, "origin", name_of(p.at("origin")));
    note(*i, "chain", chain_of(p.at("chain")));
    if (p.at("credit").is_array()) part(*i, "Credit", {span_of(p.at("credit"))});
    verification(*i, p.at("verification"));
  }

  void event(const Json& v) {
    const auto i = add("Event", v.at("id").get<std::string>(), {span_of(v.at("span"))});
    if (!i) return;
    label(*i, "EventType", v.at("type").is_null() ? "none" : v.at("type").get<std::string>());
    label(*i, "Status", v.at("status").get<std::string>());
    note(*i, "predicate", v.at("predicate"));
    for (const Json& id : v.at("actors")) link(*i, "Actor", mention(id, out_.items[*i].spans));
    for (const Json& id : v.at("targets")) link(*i, "Target", mention(id, out_.items[*i].spans));
    link(*i, "Place", mention(v.at("place"), out_.items[*i].spans));
    if (const Json& time = v.at("time"); time.is_object())
      if (const auto t = part(*i, "Time", {span_of(time.at("span"))}))
        note(*t, "value", time.at("value"));
    const auto statement = statements_.find(text_of(v.at("statement")));
    if (statement != statements_.end()) link(*i, "In", statement->second);
  }

  void finding(const Json& f, size_t number) {
    const auto i = add("Finding", fmt::format("f{}", number), spans_of(f.at("spans")));
    if (!i) return;
    label(*i, "Kind", f.at("kind").get<std::string>());
    note(*i, "message", f.at("message"));
    note(*i, "rule", f.at("rule"));
    note(*i, "accepted", f.at("accepted"));
  }

  const Json& l_;
  AnnotationSet out_;
  uint32_t clusters_ = 0;
  std::map<std::string, std::vector<uint32_t>> mentions_;  // by entity
  std::map<std::string, uint32_t> statements_;
};

/// Whether two fragments are one: nothing between them, or white space with a line end in it.
bool are_one(CharSpan before, CharSpan after, std::string_view text, const CodePointIndex& index) {
  if (after.begin <= before.end) return true;
  const std::string_view gap = text.substr(index.to_byte(before.end),
                                           index.to_byte(after.begin) - index.to_byte(before.end));
  bool line_end = false;
  for (size_t pos = 0; pos < gap.size();) {
    const CodePoint c = decode_utf8(gap, pos);
    if (!is_blank(c.value) && !is_line_break(c.value)) return false;
    line_end = line_end || is_line_break(c.value);
    pos += c.size;
  }
  return line_end;
}

void settle_spans(Spans& spans, std::string_view text, const CodePointIndex& index) {
  std::sort(spans.begin(), spans.end());
  Spans out;
  for (const CharSpan span : spans) {
    if (!out.empty() && are_one(out.back(), span, text, index))
      out.back().end = std::max(out.back().end, span.end);
    else
      out.push_back(span);
  }
  spans = std::move(out);
}

}  // namespace

AnnotationSet annotate(const Json& ledger) { return Annotator(ledger).run(); }

void settle(AnnotationSet& set) {
  const CodePointIndex index(set.text);
  for (Annotation& one : set.items) {
    settle_spans(one.spans, set.text, index);
    for (const Label& label : one.kind->labels) {
      const auto found = one.labels.find(std::string(label.name));
      if (found != one.labels.end() && found->second == label.usual) one.labels.erase(found);
    }
    std::sort(one.links.begin(), one.links.end());
    one.links.erase(std::unique(one.links.begin(), one.links.end()), one.links.end());
  }
}

Status check_complete(const AnnotationSet& set) {
  for (const Annotation& one : set.items)
    for (const Label& label : one.kind->labels)
      if (label.usual.empty() && !label.optional && !one.labels.contains(std::string(label.name)))
        return Error{.message = fmt::format("a {} without {}", one.kind->name, label.name),
                     .line = one.line,
                     .hint = fmt::format("one of {}", label.values)};
  return Unit{};
}

std::string check_spans(const Json& ledger) {
  const AnnotationSet set = annotate(ledger);
  const uint32_t size = CodePointIndex(set.text).size();
  for (const Annotation& one : set.items)
    for (const CharSpan span : one.spans)
      if (span.end > size)
        return fmt::format("{} {} ends at {}, the text at {}", one.kind->name, one.ref, span.end,
                           size);
  return "";
}

}  // namespace avstand::exports
