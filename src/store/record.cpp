#include "store/record.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/hash.h"
#include "ledger/fields.h"
#include "text/span.h"
#include "text/utf8.h"

namespace avstand::store {
namespace {

using Json = nlohmann::json;

using ledger::flag_of, ledger::list_of, ledger::member, ledger::text_of, ledger::Unusable;

/// A key that every ledger has; null is nothing.
std::optional<std::string> optional_text(const Json& object, const char* name) {
  const Json& value = member(object, name);
  if (value.is_null()) return std::nullopt;
  return text_of(object, name);
}

int64_t number_of(const Json& object, const char* name) {
  const Json& value = member(object, name);
  if (!value.is_number_integer()) throw Unusable{fmt::format("'{}' is no whole number", name)};
  return value.get<int64_t>();
}

/// Names of the members that rows are made of, sorted. The rest of a ledger (events, reasons,
/// sentences) is half of it, and is read over: making values of it took a fifth of adding.
constexpr std::string_view kWanted[] = {
    "accepted",   "act",        "begin",      "block",   "blocks",
    "chain",      "commitment", "content",    "control", "country",
    "credit",     "credited",   "cue",        "digest",  "distance",
    "document",   "end",        "entities",   "entity",  "evidence",
    "file",       "findings",   "handout",    "id",      "independent_origins",
    "interested", "kind",       "language",   "link",    "mentions",
    "message",    "modified",   "name",       "origin",  "outlet",
    "parent",     "pdq",        "pictures",   "profile", "published",
    "qid",        "quote",      "schema",     "source",  "spans",
    "speaker",    "statements", "status",     "summary", "text",
    "title",      "type",       "unverified", "url",     "verification"};

/// Takes the events of a JSON parser, and makes values of the members that are wanted only.
class Picker {
 public:
  explicit Picker(Json& out) : maker_(out, false) {}

  bool null() { return skip_value() || maker_.null(); }
  bool boolean(bool v) { return skip_value() || maker_.boolean(v); }
  bool number_integer(int64_t v) { return skip_value() || maker_.number_integer(v); }
  bool number_unsigned(uint64_t v) { return skip_value() || maker_.number_unsigned(v); }
  bool number_float(double v, const std::string& s) {
    return skip_value() || maker_.number_float(v, s);
  }
  bool string(std::string& v) { return skip_value() || maker_.string(v); }
  bool binary(Json::binary_t& v) { return skip_value() || maker_.binary(v); }
  bool start_object(size_t n) { return open() || maker_.start_object(n); }
  bool end_object() { return close() || maker_.end_object(); }
  bool start_array(size_t n) { return open() || maker_.start_array(n); }
  bool end_array() { return close() || maker_.end_array(); }
  bool key(std::string& name) {
    if (depth_ > 0) return true;
    unwanted_ = !std::binary_search(std::begin(kWanted), std::end(kWanted), name);
    return unwanted_ || maker_.key(name);
  }
  template <typename Problem>
  bool parse_error(size_t at, const std::string& token, const Problem& problem) {
    return maker_.parse_error(at, token, problem);
  }

 private:
  bool skip_value() {
    if (depth_ > 0) return true;
    return std::exchange(unwanted_, false);
  }
  bool open() {
    if (depth_ == 0 && !std::exchange(unwanted_, false)) return false;
    ++depth_;
    return true;
  }
  bool close() {
    if (depth_ == 0) return false;
    --depth_;
    return true;
  }

  nlohmann::detail::json_sax_dom_parser<Json> maker_;
  bool unwanted_ = false;  ///< the next value is of a member that is read over
  size_t depth_ = 0;       ///< inside of so many of its objects and lists
};

class LedgerRows {
 public:
  explicit LedgerRows(const Json& ledger)
      : ledger_(ledger),
        text_(text_of(member(ledger, "document"), "text")),
        points_(checked(text_)) {}

  Rows make() {
    read_document();
    for (const Json& e : list_of(ledger_, "entities")) add_entity(e);
    for (const Json& s : list_of(ledger_, "statements")) add_statement(s);
    for (const Json& p : list_of(ledger_, "pictures")) add_picture(p);
    for (const Json& f : list_of(ledger_, "findings")) add_finding(f);
    rows_.text = std::move(text_);
    return std::move(rows_);
  }

 private:
  static const std::string& checked(const std::string& text) {
    if (first_invalid_utf8(text)) throw Unusable{"the text is not UTF-8"};
    return text;
  }

  void read_document() {
    const Json& document = member(ledger_, "document");
    rows_.document = text_of(document, "id");
    rows_.url = optional_text(document, "url");
    rows_.title = optional_text(document, "title");
    rows_.published = optional_text(document, "published");
    if (document.contains("modified")) rows_.modified = optional_text(document, "modified");
    rows_.language = optional_text(document, "language").value_or("und");
    rows_.outlet = optional_text(member(document, "outlet"), "name");
    rows_.digest = text_of(document, "digest");
    if (sha256(text_) != rows_.digest) throw Unusable{"the digest is not that of the text"};
    rows_.key = article_key(rows_.url, rows_.document);
    const Json& summary = member(ledger_, "summary");
    rows_.statements = number_of(summary, "statements");
    rows_.independent_origins = number_of(summary, "independent_origins");
    rows_.unverified = number_of(summary, "unverified");
    if (!rows_.title) rows_.title = headline();
  }

  /// Of an article whose input gives the title no place of its own.
  std::optional<std::string> headline() {
    for (const Json& block : list_of(ledger_, "blocks"))
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

  std::string_view part(const Json& span) const {
    if (!span.is_array() || span.size() != 2 || !span[0].is_number_integer() ||
        !span[1].is_number_integer())
      throw Unusable{"a span is no pair of numbers"};
    return part(span[0].get<int64_t>(), span[1].get<int64_t>());
  }

  /// The words of spans, with "…" between; nullopt where there are none.
  std::optional<std::string> words(const Json& spans) const {
    if (!spans.is_array()) throw Unusable{"spans are no list"};
    std::optional<std::string> out;
    for (const Json& span : spans) {
      if (out) *out += " … ";
      out = out.value_or("") + std::string(part(span));
    }
    return out;
  }

  static std::optional<std::string> chain_text(const Json& chain) {
    std::string out;
    for (const Json& hop : chain) out += (out.empty() ? "" : " > ") + text_of(hop, "name");
    return out.empty() ? std::nullopt : std::optional<std::string>(out);
  }

  std::optional<std::string> entity_name(const std::optional<std::string>& id) const {
    if (!id) return std::nullopt;
    for (const EntityRow& e : rows_.entities)
      if (e.id == *id) return e.name;
    throw Unusable{fmt::format("there is no entity '{}'", *id)};
  }

  void add_entity(const Json& e) {
    const Json& profile = member(e, "profile");
    rows_.entities.push_back({.id = text_of(e, "id"),
                              .name = text_of(e, "name"),
                              .type = text_of(e, "type"),
                              .kind = text_of(profile, "kind"),
                              .control = text_of(profile, "control"),
                              .country = optional_text(profile, "country"),
                              .qid = optional_text(e, "qid"),
                              .mentions = static_cast<int64_t>(list_of(e, "mentions").size())});
  }

  void add_statement(const Json& s) {
    const Json& content = list_of(s, "content");
    const Json& chain = list_of(s, "chain");
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
    if (!chain.empty()) row.origin = text_of(chain.front(), "name");
    if (!content.empty()) {
      row.begin = content.front()[0].get<int64_t>();
      row.end = content.back()[1].get<int64_t>();
    }
    int64_t place = 0;
    for (const Json& hop : chain)
      rows_.hops.push_back({.statement = row.id,
                            .name = text_of(hop, "name"),
                            .link = text_of(hop, "link"),
                            .entity = optional_text(hop, "entity"),
                            .place = ++place});
    rows_.statement_rows.push_back(std::move(row));
  }

  void add_picture(const Json& p) {
    PictureRow row{.chain = chain_text(list_of(p, "chain")),
                   .pdq = optional_text(p, "pdq"),
                   .credited = flag_of(p, "credited"),
                   .verification = text_of(member(p, "verification"), "status")};
    const Json& block = member(p, "block");
    if (block.is_number_unsigned()) {
      const Json& blocks = list_of(ledger_, "blocks");
      if (block.get<uint64_t>() >= blocks.size()) throw Unusable{"a picture's block is missing"};
      const Json& caption = blocks[block.get<size_t>()];
      row.caption = std::string(part(number_of(caption, "begin"), number_of(caption, "end")));
    }
    if (const Json& credit = member(p, "credit"); !credit.is_null())
      row.credit = std::string(part(credit));
    if (const Json& origin = member(p, "origin"); !origin.is_null())
      row.origin = text_of(origin, "name");
    if (const Json& handout = member(p, "handout"); !handout.is_null())
      row.handout = flag_of(p, "handout");
    row.file = optional_text(p, "file");
    rows_.pictures.push_back(std::move(row));
  }

  void add_finding(const Json& f) {
    rows_.findings.push_back({.kind = text_of(f, "kind"),
                              .message = text_of(f, "message"),
                              .words = words(list_of(f, "spans")),
                              .accepted = optional_text(f, "accepted")});
  }

  const Json& ledger_;
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
  Json json;
  Picker picker(json);
  if (!Json::sax_parse(ledger, &picker)) json = Json(Json::value_t::discarded);
  const auto unusable = [](std::string why) {
    return Error{.code = ErrorCode::kData, .message = "not a ledger: " + std::move(why)};
  };
  if (json.is_discarded()) return unusable("no JSON");
  try {
    if (text_of(json, "schema") != "avstand/ledger/1") return unusable("its schema is another one");
    return LedgerRows(json).make();
  } catch (const Unusable& problem) {
    return unusable(problem.why);
  }
}

}  // namespace avstand::store
