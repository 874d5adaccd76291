#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "export/cas.h"
#include "export/cas_names.h"
#include "export/offsets.h"

namespace avstand::exports {
namespace {

class CasReader {
 public:
  CasReader(std::string_view bytes, const std::string& name) : bytes_(bytes), name_(name) {}

  Result<AnnotationSet> read() {
    AVSTAND_TRY(cas, parsed());
    find_lines();
    AVSTAND_TRY(structures, structures_of(cas));
    AVSTAND_CHECK(sofa(structures));
    const Utf16Index index(set_.text);
    for (const Json& one : structures)
      if (one["%TYPE"] == kLayer) AVSTAND_CHECK(annotation(one, index));
    for (const Json& one : structures)
      if (one["%TYPE"] == kLinkLayer) AVSTAND_CHECK(link(one));
    AVSTAND_CHECK(join_parts());
    settle(set_);
    if (Status status = check_complete(set_); !status) return std::move(status.error()).in(name_);
    return std::move(set_);
  }

 private:
  Error wrong(std::string message, uint64_t id = 0, std::string hint = "") const {
    Error out{.message = std::move(message), .file = name_, .hint = std::move(hint)};
    if (id != 0) out.message = fmt::format("structure {}: {}", id, out.message);
    if (const auto line = lines_.find(id); line != lines_.end()) out.line = line->second;
    return out;
  }

  Result<Json> parsed() const {
    try {
      Json cas = Json::parse(bytes_);
      if (cas.is_object() && cas.contains("%FEATURE_STRUCTURES")) return cas;
      return wrong("this is no UIMA CAS in JSON", 0, "export as 'UIMA CAS JSON 0.4.0'");
    } catch (const Json::parse_error& failed) {
      Error out = wrong("this is no JSON");
      out.offset = failed.byte > 0 ? failed.byte - 1 : 0;
      out.line = 1 + std::count(bytes_.begin(),
                                bytes_.begin() + static_cast<std::ptrdiff_t>(std::min(
                                                     *out.offset, uint64_t{bytes_.size()})),
                                '\n');
      return out;
    } catch (const Json::out_of_range&) {  // "1e999": well-formed, and no number that there is
      return wrong("this JSON holds a number that is too large");
    }
  }

  /// Lines on which structures begin, for errors.
  void find_lines() {
    constexpr std::string_view kId = "\"%ID\"";
    uint64_t line = 1;
    for (size_t from = 0, at; (at = bytes_.find(kId, from)) != std::string_view::npos;) {
      line += static_cast<uint64_t>(std::count(bytes_.data() + from, bytes_.data() + at, '\n'));
      from = at + kId.size();
      const size_t digits = bytes_.find_first_not_of(" \t\r\n:", from);
      uint64_t id = 0;
      if (digits != std::string_view::npos)
        std::from_chars(bytes_.data() + digits, bytes_.data() + bytes_.size(), id);
      lines_.emplace(id, line);
    }
  }

  /// The structures as a list, each an object with "%ID" and "%TYPE".
  Result<std::vector<Json>> structures_of(Json& cas) const {
    std::vector<Json> out;
    for (auto& [key, one] : cas["%FEATURE_STRUCTURES"].items()) {
      if (!one.is_object() || !one.contains("%TYPE") || !one["%TYPE"].is_string())
        return wrong("a structure without a type");
      if (!one.contains("%ID")) {  // the other form: an object by id
        uint64_t id = 0;
        std::from_chars(key.data(), key.data() + key.size(), id);
        one["%ID"] = id;
      }
      if (!one["%ID"].is_number_unsigned()) return wrong("a structure without a number");
      out.push_back(std::move(one));
    }
    return out;
  }

  Status sofa(const std::vector<Json>& structures) {
    for (const Json& one : structures) {
      if (one["%TYPE"] != "uima.cas.Sofa" || one.value("sofaID", Json()) != "_InitialView")
        continue;
      if (!one.contains("sofaString") || !one["sofaString"].is_string()) break;
      set_.text = one["sofaString"].get<std::string>();
      sofa_ = one["%ID"];
      return Unit{};
    }
    return wrong("there is no text in it (sofaString of _InitialView)");
  }

  Result<CharSpan> span_of(const Json& one, uint64_t id, const Utf16Index& index) const {
    CharSpan out;
    for (const char* end : {"begin", "end"}) {
      const Json offset = one.value(end, Json());
      if (!offset.is_number_unsigned()) return wrong(fmt::format("'{}' is no number", end), id);
      if (!index.to_code_point(offset.get<uint64_t>(), end[0] == 'b' ? out.begin : out.end))
        return wrong(fmt::format("'{}' is {}, no letter of the text", end, offset.get<uint64_t>()),
                     id, "offsets are UTF-16 code units");
    }
    if (out.begin >= out.end) return wrong("it stands on no words", id);
    return out;
  }

  Status annotation(const Json& one, const Utf16Index& index) {
    const uint64_t id = one["%ID"].get<uint64_t>();
    if (one.value("@sofa", Json()) != sofa_) return Unit{};
    AVSTAND_TRY(span, span_of(one, id, index));
    Annotation out;
    const std::string layer = text_of(one, "layer");
    out.kind = find_kind(layer);
    if (out.kind == nullptr) return wrong(fmt::format("there is no layer '{}'", layer), id);
    out.spans = {span};
    out.line = lines_.contains(id) ? lines_.at(id) : 0;
    for (const auto& [name, value] : one.items())
      if (value.is_string() && name != "%TYPE") AVSTAND_CHECK(feature(out, name, value, id));
    if (out.kind->is_mention() && !out.cluster) out.cluster = fresh_cluster();
    if (!by_id_.emplace(id, static_cast<uint32_t>(set_.items.size())).second)
      return wrong("its number comes twice", id);
    set_.items.push_back(std::move(out));
    return Unit{};
  }

  static std::string text_of(const Json& one, const char* name) {
    const Json value = one.value(name, Json());
    return value.is_string() ? value.get<std::string>() : "";
  }

  uint32_t fresh_cluster() { return clusters_++; }

  Status feature(Annotation& out, const std::string& name, const std::string& value, uint64_t id) {
    if (name == "layer" || value.empty()) return Unit{};
    if (name == "ref") {
      out.ref = value;
      return Unit{};
    }
    if (name == "entity") {
      if (!out.kind->is_mention())
        return wrong(fmt::format("a {} has no entity", out.kind->name), id);
      const auto [at, is_new] = entities_.emplace(value, clusters_);
      if (is_new) fresh_cluster();
      out.cluster = at->second;
      return Unit{};
    }
    for (const Note& note : out.kind->notes)
      if (feature_name(note.name) == name) {
        out.notes.emplace(note.name, value);
        return Unit{};
      }
    for (const Label& label : out.kind->labels)
      if (feature_name(label.name) == name) return labelled(out, label, value, id);
    return wrong(fmt::format("a {} has no '{}'", out.kind->name, name), id);
  }

  Status labelled(Annotation& out, const Label& label, const std::string& value, uint64_t id) {
    if (!has_value(label, value))
      return wrong(fmt::format("'{}' is no {}", value, label.name), id,
                   fmt::format("one of {}", label.values));
    out.labels.emplace(label.name, value);
    return Unit{};
  }

  Result<uint32_t> end_of(const Json& one, const char* field, uint64_t id) const {
    const Json value = one.value(field, Json());
    const auto found =
        value.is_number_unsigned() ? by_id_.find(value.get<uint64_t>()) : by_id_.end();
    if (found == by_id_.end()) return wrong(fmt::format("'{}' points at nothing", field), id);
    return found->second;
  }

  Status link(const Json& one) {
    const uint64_t id = one["%ID"].get<uint64_t>();
    AVSTAND_TRY(from, end_of(one, "@Governor", id));
    AVSTAND_TRY(to, end_of(one, "@Dependent", id));
    const std::string name = text_of(one, "role");
    Annotation& self = set_.items[from];
    const Annotation& other = set_.items[to];
    if (name == kPartRole) {
      if (self.kind != other.kind) return wrong("its parts are of two layers", id);
      parts_.emplace_back(from, to);
      return Unit{};
    }
    const Role* role = self.kind->role(name);
    if (role == nullptr) return wrong(fmt::format("a {} has no '{}'", self.kind->name, name), id);
    if (!fits(*role, *other.kind))
      return wrong(
          fmt::format("{} of a {} cannot be a {}", name, self.kind->name, other.kind->name), id);
    for (const auto& [there, ignored] : self.links)
      if (there == name && !role->many)
        return wrong(fmt::format("a {} with two '{}'", self.kind->name, name), id);
    self.links.emplace_back(name, to);
    return Unit{};
  }

  /// Fragments become one annotation; what was only a fragment is taken out.
  Status join_parts() {
    std::vector<bool> fragment(set_.items.size());
    for (const auto& [from, to] : parts_) {
      if (from == to || fragment[to] || fragment[from])
        return wrong("a part of a part", 0, "every part hangs on the first one");
      fragment[to] = true;
    }
    for (const auto& [from, to] : parts_) {
      if (fragment[from] || !set_.items[to].links.empty() || !set_.items[to].labels.empty())
        return wrong(fmt::format("a part of a {} with links or labels of its own",
                                 set_.items[from].kind->name),
                     0, "labels and links belong to the first part");
      set_.items[from].spans.push_back(set_.items[to].spans.front());
    }
    std::vector<uint32_t> place(set_.items.size());
    std::vector<Annotation> kept;
    for (uint32_t i = 0; i < set_.items.size(); ++i) {
      place[i] = static_cast<uint32_t>(kept.size());
      if (!fragment[i]) kept.push_back(std::move(set_.items[i]));
    }
    for (Annotation& one : kept)
      for (auto& [role, target] : one.links) {
        if (fragment[target])
          return wrong("a link points at a part", 0, "it must point at the first");
        target = place[target];
      }
    set_.items = std::move(kept);
    return Unit{};
  }

  std::string_view bytes_;
  std::string name_;
  AnnotationSet set_;
  Json sofa_;
  std::map<uint64_t, uint64_t> lines_;
  std::map<uint64_t, uint32_t> by_id_;
  std::map<std::string, uint32_t> entities_;
  uint32_t clusters_ = 0;
  std::vector<std::pair<uint32_t, uint32_t>> parts_;
};

}  // namespace

Result<AnnotationSet> read_cas(std::string_view json, const std::string& name) {
  return CasReader(json, name).read();
}

}  // namespace avstand::exports
