// The acceptance form: a ledger's answers with the words themselves instead of offsets.
#include <fmt/format.h>

#include <set>

#include "export/gold.h"
#include "text/span.h"

namespace avstand::exports {
namespace {

class AcceptanceWriter {
 public:
  explicit AcceptanceWriter(const Json& ledger)
      : l_(ledger),
        text_(l_.at("document").at("text").get_ref<const std::string&>()),
        index_(text_) {
    for (const Json& e : l_.at("entities")) names_[e.at("id").get<std::string>()] = &e;
  }

  Json write() {
    const Json& d = l_.at("document");
    Json out = {{"document", d.at("id")},         {"language", d.at("language")},
                {"published", d.at("published")}, {"statements", Json::array()},
                {"scare_quotes", Json::array()},  {"own_words", Json::array()},
                {"pictures", Json::array()},      {"findings", Json::array()},
                {"entities", Json::array()},      {"events", Json::array()}};
    for (const Json& s : l_.at("statements")) statement(s, out);
    for (const Json& p : l_.at("pictures"))
      if (!p.at("block").is_null()) out["pictures"].push_back(picture(p));
    for (const Json& f : l_.at("findings")) out["findings"].push_back(finding(f));
    for (const Json& e : l_.at("entities")) out["entities"].push_back(entity(e));
    if (l_.at("events").is_array())
      for (const Json& v : l_.at("events")) out["events"].push_back(event(v));
    return out;
  }

 private:
  std::string slice(const Json& begin, const Json& end) const {
    const uint32_t from = index_.to_byte(begin.get<uint32_t>()),
                   to = index_.to_byte(end.get<uint32_t>());
    return text_.substr(from, to - from);
  }
  std::string slice(const Json& span) const { return slice(span.at(0), span.at(1)); }
  Json slices(const Json& spans) const {
    Json out = Json::array();
    for (const Json& span : spans) out.push_back(slice(span));
    return out;
  }
  /// One string from the first to the last word, or null.
  Json whole(const Json& spans) const {
    if (spans.empty()) return nullptr;
    return slice(spans.front().at(0), spans.back().at(1));
  }

  Json name(const Json& entity, const Json& otherwise) const {
    const auto found = entity.is_string() ? names_.find(entity.get<std::string>()) : names_.end();
    return found == names_.end() ? otherwise : found->second->at("name");
  }
  Json chain(const Json& hops) const {
    Json out = Json::array();
    for (const Json& hop : hops) out.push_back(name(hop.at("entity"), hop.at("name")));
    return out;
  }

  void statement(const Json& s, Json& out) const {
    const std::string quote = s.at("quote").get<std::string>();
    if (s.at("content").empty()) return;
    if (quote == "own") return out["own_words"].push_back(whole(s.at("content")));
    if (quote == "scare") return out["scare_quotes"].push_back({{"text", whole(s.at("content"))}});
    Json one = {{"id", s.at("id")}, {"content", slices(s.at("content"))}};
    if (const uint32_t n = occurrence(s.at("content").at(0)); n > 0) one["occurrence"] = n;
    one["source"] = whole(s.at("source"));
    one["cue"] = whole(s.at("cue"));
    for (const char* field : {"quote", "act"}) one[field] = s.at(field);
    one["chain"] = chain(s.at("chain"));
    one["speaker"] = name(s.at("speaker"), nullptr);
    for (const char* field : {"evidence", "commitment"}) one[field] = s.at(field);
    one["verification"] = s.at("verification").at("status");
    one["parent"] = s.at("parent");
    out["statements"].push_back(std::move(one));
  }

  /// Which occurrence of its words in the text a span is, counted as plain substring; 0 where it is
  /// the only one.
  uint32_t occurrence(const Json& span) const {
    const std::string words = slice(span);
    const size_t here = index_.to_byte(span.at(0).get<uint32_t>());
    uint32_t count = 0, number = 0;
    for (size_t at = text_.find(words); at != std::string::npos; at = text_.find(words, at + 1)) {
      ++count;
      if (at == here) number = count;
      if (number > 0 && count > number) return number;
    }
    return count > 1 ? number : 0;
  }

  Json picture(const Json& p) const {
    const Json& block = l_.at("blocks").at(p.at("block").get<size_t>());
    const Json& kicker = block.at("kicker");
    return {{"kicker", kicker.is_null() ? kicker : Json(slice(kicker))},
            {"credit", p.at("credit").is_null() ? Json(nullptr) : Json(slice(p.at("credit")))},
            {"handout", p.at("handout")},
            {"verification", p.at("verification").at("status")},
            {"text", slice(block.at("begin"), block.at("end"))}};
  }

  Json finding(const Json& f) const {
    Json against = slices(f.at("spans"));
    Json text = nullptr;
    if (!against.empty()) {
      text = against[0];
      against.erase(against.begin());
    }
    return {{"kind", f.at("kind")}, {"text", text}, {"why", f.at("message")}, {"against", against}};
  }

  Json entity(const Json& e) const {
    Json forms = Json::array();
    std::set<std::string> seen;
    for (const Json& m : e.at("mentions"))
      if (std::string form = slice(m.at("begin"), m.at("end")); seen.insert(form).second)
        forms.push_back(std::move(form));
    return {{"name", e.at("name")},
            {"type", e.at("type")},
            {"profile", e.at("profile").at("kind")},
            {"country", e.at("profile").at("country")},
            {"mentions", forms}};
  }

  Json event(const Json& v) const {
    const Json& time = v.at("time");
    return {{"what", v.at("predicate")},
            {"type", v.at("type")},
            {"time", time.is_null() ? time : time.at("value")},
            {"status", v.at("status")},
            {"text", slice(v.at("span"))}};
  }

  const Json& l_;
  const std::string& text_;
  CodePointIndex index_;
  std::map<std::string, const Json*> names_;
};

}  // namespace

std::string to_acceptance(const Json& ledger) {
  return ledger_line(AcceptanceWriter(ledger).write());
}

}  // namespace avstand::exports
