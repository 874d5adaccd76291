#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <numeric>

#include "base/string_map.h"
#include "export/brat.h"
#include "text/span.h"

namespace avstand::exports {
namespace {

constexpr std::string_view kFlag = "no|yes";

/// "12" or nothing.
std::optional<uint32_t> number(std::string_view digits) {
  uint32_t out = 0;
  const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
  if (failed != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return out;
}

/// Cuts the first word off.
std::string_view take(std::string_view& rest, char separator) {
  const size_t at = rest.find(separator);
  const std::string_view first = rest.substr(0, at);
  rest = at == std::string_view::npos ? std::string_view() : rest.substr(at + 1);
  return first;
}

/// "Actor2" -> "Actor"
std::string_view without_number(std::string_view role) {
  while (!role.empty() && role.back() >= '0' && role.back() <= '9') role.remove_suffix(1);
  return role;
}

class BratReader {
 public:
  BratReader(std::string_view text, const std::string& name) : name_(name), index_(text) {
    set_.text = text;
  }

  Result<AnnotationSet> read(std::string_view ann) {
    std::vector<std::pair<uint64_t, std::string_view>> lines;
    for (uint64_t number = 1; !ann.empty(); ++number) {
      std::string_view line = take(ann, '\n');
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (!line.empty()) lines.emplace_back(number, line);
    }
    // In brat a line may name what stands further down: what stands on words first, arrows next.
    for (const std::string_view pass : {"T", "E", "E:", "A", "*", "#"})
      for (const auto& [number, line] : lines) {
        line_ = number;
        AVSTAND_CHECK(read_line(line, pass));
      }
    AVSTAND_CHECK(join_clusters());
    drop_triggers();
    settle(set_);
    if (Status status = check_complete(set_); !status) return std::move(status.error()).in(name_);
    return std::move(set_);
  }

 private:
  Error wrong(std::string message, std::string hint = "") const {
    return {.message = std::move(message), .file = name_, .line = line_, .hint = std::move(hint)};
  }

  Status read_line(std::string_view line, std::string_view pass) {
    const char first = line.front() == 'M' ? 'A' : line.front();
    if (pass == "T" && std::string_view("TEA*#").find(first) == std::string_view::npos)
      return wrong(fmt::format("lines that begin with '{}' cannot become a ledger", first),
                   "only T, E, A, * and # lines can");
    if (first != pass.front()) return Unit{};
    std::string_view rest = line;
    const std::string id(take(rest, '\t'));
    if (pass == "T") return text_bound(id, rest);
    if (pass == "E") return event(id, rest);
    if (pass == "E:") return arrows(id, rest);
    if (pass == "A") return attribute(rest);
    return pass == "*" ? equivalence(rest) : note(rest);
  }

  Result<uint32_t> target(std::string_view id) const {
    const auto found = by_id_.find(id);
    if (found == by_id_.end()) return wrong(fmt::format("there is no annotation {}", id));
    return event_of(found->second);
  }

  /// What is said of a trigger is meant of its event.
  uint32_t event_of(uint32_t i) const {
    const auto event = events_.find(i);
    return event == events_.end() ? i : event->second;
  }

  Status text_bound(const std::string& id, std::string_view rest) {
    std::string_view head = take(rest, '\t');
    const std::string_view kind_name = take(head, ' ');
    Annotation one;
    one.kind = find_kind(kind_name);
    one.line = line_;
    if (one.kind == nullptr) return wrong(fmt::format("there is no kind '{}'", kind_name));
    std::string words;
    while (!head.empty()) {
      AVSTAND_TRY(span, fragment(take(head, ';')));
      const uint32_t begin = index_.to_byte(span.begin);
      if (!words.empty()) words += ' ';
      words += std::string_view(set_.text).substr(begin, index_.to_byte(span.end) - begin);
      one.spans.push_back(span);
    }
    if (one.spans.empty()) return wrong(fmt::format("{} stands on no words", id));
    std::replace(words.begin(), words.end(), '\t', ' ');
    if (words != rest)
      return wrong(fmt::format("{} has other words than the text at its place", id),
                   "the .txt was changed after it was annotated, or the offsets were");
    return add(id, std::move(one));
  }

  Status add(const std::string& id, Annotation one) {
    if (!by_id_.emplace(id, static_cast<uint32_t>(set_.items.size())).second)
      return wrong(fmt::format("{} comes twice", id));
    set_.items.push_back(std::move(one));
    return Unit{};
  }

  Result<CharSpan> fragment(std::string_view text) const {
    const auto begin = number(take(text, ' ')), end = number(text);
    if (!begin || !end) return wrong("an offset is no number");
    if (*begin >= *end || *end > index_.size())
      return wrong(fmt::format("{} to {} is not in the text, which has {} characters", *begin, *end,
                               index_.size()));
    return CharSpan{*begin, *end};
  }

  /// The event stands on the words of its trigger; two events may share one.
  Status event(const std::string& id, std::string_view rest) {
    std::string_view head = take(rest, ' ');
    const std::string_view kind = take(head, ':');
    const auto trigger = by_id_.find(head);
    if (trigger == by_id_.end()) return wrong(fmt::format("there is no annotation {}", head));
    Annotation one = set_.items[trigger->second];
    if (!one.kind->has_roles() || one.kind->name != kind)
      return wrong(fmt::format("{} is no trigger of a {}", head, kind));
    events_.emplace(trigger->second, static_cast<uint32_t>(set_.items.size()));
    one.line = line_;
    return add(id, std::move(one));
  }

  Status arrows(const std::string& id, std::string_view rest) {
    AVSTAND_TRY(self, target(id));
    take(rest, ' ');
    while (!rest.empty()) {
      std::string_view argument = take(rest, ' ');
      if (argument.empty()) continue;
      const std::string_view name = without_number(take(argument, ':'));
      AVSTAND_TRY(other, target(argument));
      AVSTAND_CHECK(arrow(self, name, other));
    }
    return Unit{};
  }

  Status arrow(uint32_t self, std::string_view name, uint32_t other) {
    Annotation& one = set_.items[self];
    const Role* role = one.kind->role(name);
    if (role == nullptr) return wrong(fmt::format("a {} has no '{}'", one.kind->name, name));
    if (!fits(*role, *set_.items[other].kind))
      return wrong(fmt::format("{} of a {} cannot be a {}", name, one.kind->name,
                               set_.items[other].kind->name));
    for (const auto& [there, ignored] : one.links)
      if (there == name && !role->many)
        return wrong(fmt::format("a {} with two '{}'", one.kind->name, name),
                     "one annotation may stand on words that are apart");
    one.links.emplace_back(name, other);
    return Unit{};
  }

  Status attribute(std::string_view rest) {
    const std::string_view name = take(rest, ' ');
    AVSTAND_TRY(self, target(take(rest, ' ')));
    Annotation& one = set_.items[self];
    const Label* label = one.kind->label(name);
    if (label == nullptr) return wrong(fmt::format("a {} has no '{}'", one.kind->name, name));
    const std::string_view value = label->values == kFlag && rest.empty() ? "yes" : rest;
    if (!has_value(*label, value))
      return wrong(fmt::format("'{}' is no {}", value, name),
                   fmt::format("one of {}", label->values));
    if (!one.labels.emplace(name, value).second)
      return wrong(fmt::format("a {} with two '{}'", one.kind->name, name));
    return Unit{};
  }

  Status equivalence(std::string_view rest) {
    if (const std::string_view name = take(rest, ' '); name != "Same")
      return wrong(fmt::format("there is no equivalence '{}'", name), "mentions are 'Same'");
    std::vector<uint32_t> members;
    while (!rest.empty()) {
      const std::string_view id = take(rest, ' ');
      AVSTAND_TRY(member, target(id));
      if (!set_.items[member].kind->is_mention())
        return wrong(fmt::format("{} is no mention of somebody or something", id));
      members.push_back(member);
    }
    same_.push_back(std::move(members));
    return Unit{};
  }

  /// Notes of a kind that is not ours are the annotator's own matter; one whose annotation is gone
  /// went with it.
  Status note(std::string_view rest) {
    std::string_view head = take(rest, '\t');
    const std::string_view type = take(head, ' ');
    const auto self = by_id_.find(head);
    if (self == by_id_.end()) return Unit{};
    Annotation& one = set_.items[event_of(self->second)];
    if (type == "Avstand") one.ref = rest;
    return type == "AnnotatorNotes" ? free_words(one, rest) : Unit{};
  }

  /// "chain: KCNA > Reuters | origin: KCNA", bars in the words escaped.
  Status free_words(Annotation& one, std::string_view rest) {
    std::vector<std::string> parts(1);
    for (size_t i = 0; i < rest.size(); ++i) {
      if (rest[i] == '\\' && i + 1 < rest.size())
        parts.back() += rest[++i] == 'n' ? '\n' : rest[i];
      else if (rest[i] == '|')
        parts.emplace_back();
      else
        parts.back() += rest[i];
    }
    for (const std::string& part : parts) AVSTAND_CHECK(free_word(one, trimmed(part)));
    return Unit{};
  }

  static std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
  }

  Status free_word(Annotation& one, std::string_view part) {
    if (part.empty()) return Unit{};
    std::string_view rest = part;
    const std::string_view name = take(rest, ':');
    if (one.kind->note(name) == nullptr)
      return wrong(fmt::format("the note of a {} begins with '{}'", one.kind->name, name),
                   "notes are 'name: words', parted by '|'");
    one.notes[std::string(name)] = trimmed(rest);
    return Unit{};
  }

  Status join_clusters() {
    std::vector<uint32_t> leader(set_.items.size());
    std::iota(leader.begin(), leader.end(), 0u);
    const auto find = [&](uint32_t i) {
      while (leader[i] != i) i = leader[i] = leader[leader[i]];
      return i;
    };
    for (const auto& members : same_)
      for (const uint32_t member : members)
        leader[std::max(find(member), find(members.front()))] =
            std::min(find(member), find(members.front()));
    for (uint32_t i = 0; i < set_.items.size(); ++i)
      if (set_.items[i].kind->is_mention()) set_.items[i].cluster = find(i);
    return Unit{};
  }

  /// Triggers have become events. One without an event is a statement all the same.
  void drop_triggers() {
    std::vector<uint32_t> place(set_.items.size());
    std::vector<Annotation> kept;
    for (uint32_t i = 0; i < set_.items.size(); ++i) {
      place[i] = static_cast<uint32_t>(kept.size());
      if (!events_.contains(i)) kept.push_back(std::move(set_.items[i]));
    }
    for (Annotation& one : kept)
      for (auto& [role, target] : one.links) target = place[target];
    set_.items = std::move(kept);
  }

  std::string name_;
  CodePointIndex index_;
  uint64_t line_ = 0;
  AnnotationSet set_;
  StringMap<uint32_t> by_id_;
  std::map<uint32_t, uint32_t> events_;  // trigger -> its first event
  std::vector<std::vector<uint32_t>> same_;
};

}  // namespace

Result<AnnotationSet> read_brat(std::string_view ann, std::string_view text,
                                const std::string& name) {
  return BratReader(text, name).read(ann);
}

}  // namespace avstand::exports
