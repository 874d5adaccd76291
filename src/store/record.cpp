#include "store/record.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/hash.h"
#include "store/ledger_fields.h"
#include "text/span.h"
#include "text/utf8.h"

namespace avstand::store {
namespace {

/// Ledgers are parsed in memory that is kept, unless they are this long.
constexpr size_t kMostKept = size_t{4} << 20;

/// simdjson takes half of a surrogate pair for a character.
bool may_have_half_pairs(std::string_view json) {
  return json.find("\\ud") != std::string_view::npos || json.find("\\uD") != std::string_view::npos;
}

class LedgerRows {
 public:
  explicit LedgerRows(const Element& ledger)
      : ledger_(ledger),
        text_(text_of(member(ledger, "document"), "text")),
        points_(checked(text_)) {}

  Rows make() {
    read_document();
    for (const Element e : list_of(ledger_, "entities")) add_entity(e);
    for (const Element s : list_of(ledger_, "statements")) add_statement(s);
    for (const Element p : list_of(ledger_, "pictures")) add_picture(p);
    for (const Element f : list_of(ledger_, "findings")) add_finding(f);
    rows_.text = std::move(text_);
    return std::move(rows_);
  }

 private:
  static const std::string& checked(const std::string& text) {
    if (first_invalid_utf8(text)) throw Unusable{"the text is not UTF-8"};
    return text;
  }

  void read_document() {
    const Element document = member(ledger_, "document");
    rows_.document = text_of(document, "id");
    rows_.url = optional_text(document, "url");
    rows_.title = optional_text(document, "title");
    rows_.published = optional_text(document, "published");
    if (find_member(document, "modified")) rows_.modified = optional_text(document, "modified");
    rows_.language = optional_text(document, "language").value_or("und");
    rows_.outlet = optional_text(member(document, "outlet"), "name");
    rows_.digest = text_of(document, "digest");
    if (sha256(text_) != rows_.digest) throw Unusable{"the digest is not that of the text"};
    rows_.key = article_key(rows_.url, rows_.document);
    const Element summary = member(ledger_, "summary");
    rows_.statements = number_of(summary, "statements");
    rows_.independent_origins = number_of(summary, "independent_origins");
    rows_.unverified = number_of(summary, "unverified");
    if (!rows_.title) rows_.title = headline();
  }

  /// Of an article whose input gives the title no place of its own.
  std::optional<std::string> headline() {
    for (const Element block : list_of(ledger_, "blocks"))
      if (text_of(block, "kind") == "headline")
        return std::string(part(number_of(block, "begin"), number_of(block, "end")));
    return std::nullopt;
  }

  std::string_view part(int64_t begin, int64_t end) const {
    if (begin < 0 || end < begin || end > points_.size())
      throw Unusable{"a span is not in the text"};
    const uint32_t from = points_.to_byte(static_cast<uint32_t>(begin));
    const uint32_t to = points_.to_byte(static_cast<uint32_t>(end));
    return std::string_view(text_).substr(from, to - from);
  }

  std::pair<int64_t, int64_t> ends(const Element& span) const {
    const auto list = span.get_array();
    if (list.error() == simdjson::SUCCESS && list.size() == 2) {
      const auto begin = whole_number(list.at(0).value_unsafe());
      const auto end = whole_number(list.at(1).value_unsafe());
      if (begin && end) return {*begin, *end};
    }
    throw Unusable{"a span is no pair of numbers"};
  }

  std::string_view part(const Element& span) const {
    const auto [begin, end] = ends(span);
    return part(begin, end);
  }

  /// The words of spans, with "…" between; nullopt where there are none.
  std::optional<std::string> words(const List& spans) const {
    std::optional<std::string> out;
    for (const Element span : spans) {
      if (out)
        *out += " … ";
      else
        out.emplace();
      *out += part(span);
    }
    return out;
  }

  static std::optional<std::string> chain_text(const List& chain) {
    std::string out;
    for (const Element hop : chain) out += (out.empty() ? "" : " > ") + text_of(hop, "name");
    return out.empty() ? std::nullopt : std::optional<std::string>(out);
  }

  std::optional<std::string> entity_name(const std::optional<std::string>& id) const {
    if (!id) return std::nullopt;
    for (const EntityRow& e : rows_.entities)
      if (e.id == *id) return e.name;
    throw Unusable{fmt::format("there is no entity '{}'", *id)};
  }

  void add_entity(const Element& e) {
    const Element profile = member(e, "profile");
    rows_.entities.push_back({.id = text_of(e, "id"),
                              .name = text_of(e, "name"),
                              .type = text_of(e, "type"),
                              .kind = text_of(profile, "kind"),
                              .control = text_of(profile, "control"),
                              .country = optional_text(profile, "country"),
                              .qid = optional_text(e, "qid"),
                              .mentions = static_cast<int64_t>(list_of(e, "mentions").size())});
  }

  void add_statement(const Element& s) {
    const List content = list_of(s, "content");
    const List chain = list_of(s, "chain");
    StatementRow row{.id = text_of(s, "id"),
                     .content = words(content).value_or(""),
                     .quote = text_of(s, "quote"),
                     .act = text_of(s, "act"),
                     .evidence = text_of(s, "evidence"),
                     .commitment = text_of(s, "commitment"),
                     .verification = text_of(member(s, "verification"), "status"),
                     .source = words(list_of(s, "source")),
                     .cue = words(list_of(s, "cue")),
                     .speaker = entity_name(optional_text(s, "speaker")),
                     .chain = chain_text(chain),
                     .parent = optional_text(s, "parent"),
                     .distance = number_of(s, "distance"),
                     .interested = flag_of(s, "interested")};
    bool first = true;
    for (const Element span : content) {
      const auto [begin, end] = ends(span);
      if (std::exchange(first, false)) row.begin = begin;
      row.end = end;
    }
    int64_t place = 0;
    for (const Element hop : chain) {
      if (place == 0) row.origin = text_of(hop, "name");
      rows_.hops.push_back({.statement = row.id,
                            .name = text_of(hop, "name"),
                            .link = text_of(hop, "link"),
                            .entity = optional_text(hop, "entity"),
                            .place = ++place});
    }
    rows_.statement_rows.push_back(std::move(row));
  }

  void add_picture(const Element& p) {
    PictureRow row{.chain = chain_text(list_of(p, "chain")),
                   .pdq = optional_text(p, "pdq"),
                   .credited = flag_of(p, "credited"),
                   .verification = text_of(member(p, "verification"), "status")};
    if (const Element block = member(p, "block"); block.is<uint64_t>()) {
      const auto caption = list_of(ledger_, "blocks").at(uint64_t{block});
      if (caption.error() != simdjson::SUCCESS) throw Unusable{"a picture's block is missing"};
      const Element& found = caption.value_unsafe();
      row.caption = std::string(part(number_of(found, "begin"), number_of(found, "end")));
    }
    if (const Element credit = member(p, "credit"); !credit.is_null())
      row.credit = std::string(part(credit));
    if (const Element origin = member(p, "origin"); !origin.is_null())
      row.origin = text_of(origin, "name");
    if (const Element handout = member(p, "handout"); !handout.is_null())
      row.handout = flag_of(p, "handout");
    row.file = optional_text(p, "file");
    rows_.pictures.push_back(std::move(row));
  }

  void add_finding(const Element& f) {
    rows_.findings.push_back({.kind = text_of(f, "kind"),
                              .message = text_of(f, "message"),
                              .words = words(list_of(f, "spans")),
                              .accepted = optional_text(f, "accepted")});
  }

  const Element& ledger_;
  std::string text_;
  CodePointIndex points_;
  Rows rows_;
};

}  // namespace

std::string article_key(const std::optional<std::string>& url, std::string_view id) {
  if (!url || url->empty()) return fmt::format("id:{}", id);
  std::string_view address = *url;
  address = address.substr(0, address.find('#'));
  const size_t query = address.find('?');
  std::string out = "url:" + std::string(address.substr(0, query));
  if (query == std::string_view::npos) return out;
  char before = '?';
  std::string_view rest = address.substr(query + 1);
  while (!rest.empty()) {
    const std::string_view one = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(rest.size(), one.size() + 1));
    // How a reader came there says nothing about what is there.
    const bool tracking = one.starts_with("utm_") || one.starts_with("fbclid=") ||
                          one.starts_with("gclid=") || one.starts_with("mc_cid=");
    if (one.empty() || tracking) continue;
    out += before;
    out += one;
    before = '&';
  }
  return out;
}

std::string search_lemmas(const Analysis& analysis) {
  std::string out;
  for (WordId w = 0; w < analysis.words.size(); ++w) {
    if (analysis.words[w].upos == Upos::kPunct) continue;
    out += (out.empty() ? "" : " ") + lower_case(analysis.lemma(w));
  }
  return out;
}

Result<Rows> rows_of(std::string_view ledger) {
  thread_local simdjson::dom::parser kept;
  simdjson::dom::parser own;
  simdjson::dom::parser& parser = ledger.size() > kMostKept ? own : kept;
  Element json;
  const auto unusable = [](std::string why) {
    return Error{.code = ErrorCode::kData, .message = "not a ledger: " + std::move(why)};
  };
  if (parser.parse(ledger.data(), ledger.size()).get(json) != simdjson::SUCCESS ||
      (may_have_half_pairs(ledger) && !nlohmann::json::accept(ledger)))
    return unusable("no JSON");
  try {
    if (text_of(json, "schema") != "avstand/ledger/1") return unusable("its schema is another one");
    return LedgerRows(json).make();
  } catch (const Unusable& problem) {
    return unusable(problem.why);
  }
}

}  // namespace avstand::store
