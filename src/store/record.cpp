#include "store/record.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/hash.h"
#include "ledger/fields.h"
#include "store/json_tree.h"
#include "text/span.h"
#include "text/utf8.h"

namespace avstand::store {
namespace {

using ledger::Unusable;

/// Names of the members that rows are made of, sorted. The rest of a ledger (events, reasons,
/// sentences) is half of it.
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

class LedgerRows {
 public:
  explicit LedgerRows(JsonValue ledger)
      : ledger_(ledger), text_(ledger.member("document").text("text")), points_(text_) {}

  Rows make() {
    read_document();
    for (const JsonValue e : ledger_.list("entities")) add_entity(e);
    for (const JsonValue s : ledger_.list("statements")) add_statement(s);
    for (const JsonValue p : ledger_.list("pictures")) add_picture(p);
    for (const JsonValue f : ledger_.list("findings")) add_finding(f);
    rows_.text = std::move(text_);
    return std::move(rows_);
  }

 private:
  void read_document() {
    const JsonValue document = ledger_.member("document");
    rows_.document = document.text("id");
    rows_.url = document.optional_text("url");
    rows_.title = document.optional_text("title");
    rows_.published = document.optional_text("published");
    if (document.find("modified")) rows_.modified = document.optional_text("modified");
    rows_.language = document.optional_text("language").value_or("und");
    rows_.outlet = document.member("outlet").optional_text("name");
    rows_.digest = document.text("digest");
    if (sha256(text_) != rows_.digest) throw Unusable{"the digest is not that of the text"};
    rows_.key = article_key(rows_.url, rows_.document);
    const JsonValue summary = ledger_.member("summary");
    rows_.statements = summary.number("statements");
    rows_.independent_origins = summary.number("independent_origins");
    rows_.unverified = summary.number("unverified");
    if (!rows_.title) rows_.title = headline();
  }

  /// Of an article whose input gives the title no place of its own.
  std::optional<std::string> headline() {
    for (const JsonValue block : ledger_.list("blocks"))
      if (block.text("kind") == "headline")
        return std::string(part(block.number("begin"), block.number("end")));
    return std::nullopt;
  }

  std::string_view part(int64_t begin, int64_t end) const {
    if (begin < 0 || end < begin || end > points_.size())
      throw Unusable{"a span is not in the text"};
    const uint32_t from = points_.to_byte(static_cast<uint32_t>(begin));
    const uint32_t to = points_.to_byte(static_cast<uint32_t>(end));
    return std::string_view(text_).substr(from, to - from);
  }

  static std::pair<int64_t, int64_t> ends_of(JsonValue span) {
    const std::vector<JsonValue> ends = span.items();
    const bool pair = span.is_list() && ends.size() == 2 && ends[0].whole() && ends[1].whole();
    if (!pair) throw Unusable{"a span is no pair of numbers"};
    return {*ends[0].whole(), *ends[1].whole()};
  }

  std::string_view part(JsonValue span) const {
    const auto [begin, end] = ends_of(span);
    return part(begin, end);
  }

  /// The words of spans, with "…" between; nullopt where there are none.
  std::optional<std::string> words(const std::vector<JsonValue>& spans) const {
    std::optional<std::string> out;
    for (const JsonValue span : spans) {
      if (out) *out += " … ";
      out = out.value_or("") + std::string(part(span));
    }
    return out;
  }

  static std::optional<std::string> chain_text(const std::vector<JsonValue>& chain) {
    std::string out;
    for (const JsonValue hop : chain) out += (out.empty() ? "" : " > ") + hop.text("name");
    return out.empty() ? std::nullopt : std::optional<std::string>(out);
  }

  std::optional<std::string> entity_name(const std::optional<std::string>& id) const {
    if (!id) return std::nullopt;
    for (const EntityRow& e : rows_.entities)
      if (e.id == *id) return e.name;
    throw Unusable{fmt::format("there is no entity '{}'", *id)};
  }

  void add_entity(JsonValue e) {
    const JsonValue profile = e.member("profile");
    rows_.entities.push_back({.id = e.text("id"),
                              .name = e.text("name"),
                              .type = e.text("type"),
                              .kind = profile.text("kind"),
                              .control = profile.text("control"),
                              .country = profile.optional_text("country"),
                              .qid = e.optional_text("qid"),
                              .mentions = static_cast<int64_t>(e.list("mentions").size())});
  }

  void add_statement(JsonValue s) {
    const std::vector<JsonValue> content = s.list("content");
    const std::vector<JsonValue> chain = s.list("chain");
    StatementRow row{.id = s.text("id"),
                     .content = words(content).value_or(""),
                     .quote = s.text("quote"),
                     .act = s.text("act"),
                     .evidence = s.text("evidence"),
                     .commitment = s.text("commitment"),
                     .verification = s.member("verification").text("status"),
                     .source = words(s.list("source")),
                     .cue = words(s.list("cue")),
                     .speaker = entity_name(s.optional_text("speaker")),
                     .chain = chain_text(chain),
                     .parent = s.optional_text("parent"),
                     .distance = s.number("distance"),
                     .interested = s.flag("interested")};
    if (!chain.empty()) row.origin = chain.front().text("name");
    if (!content.empty()) {
      row.begin = ends_of(content.front()).first;
      row.end = ends_of(content.back()).second;
    }
    int64_t place = 0;
    for (const JsonValue hop : chain)
      rows_.hops.push_back({.statement = row.id,
                            .name = hop.text("name"),
                            .link = hop.text("link"),
                            .entity = hop.optional_text("entity"),
                            .place = ++place});
    rows_.statement_rows.push_back(std::move(row));
  }

  void add_picture(JsonValue p) {
    PictureRow row{.chain = chain_text(p.list("chain")),
                   .pdq = p.optional_text("pdq"),
                   .credited = p.flag("credited"),
                   .verification = p.member("verification").text("status")};
    if (const auto block = p.member("block").whole(); block && *block >= 0) {
      const std::vector<JsonValue> blocks = ledger_.list("blocks");
      if (static_cast<uint64_t>(*block) >= blocks.size())
        throw Unusable{"a picture's block is missing"};
      const JsonValue caption = blocks[static_cast<size_t>(*block)];
      row.caption = std::string(part(caption.number("begin"), caption.number("end")));
    }
    if (const JsonValue credit = p.member("credit"); !credit.is_null())
      row.credit = std::string(part(credit));
    if (const JsonValue origin = p.member("origin"); !origin.is_null())
      row.origin = origin.text("name");
    if (!p.member("handout").is_null()) row.handout = p.flag("handout");
    row.file = p.optional_text("file");
    rows_.pictures.push_back(std::move(row));
  }

  void add_finding(JsonValue f) {
    rows_.findings.push_back({.kind = f.text("kind"),
                              .message = f.text("message"),
                              .words = words(f.list("spans")),
                              .accepted = f.optional_text("accepted")});
  }

  JsonValue ledger_;
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
  const auto json = JsonTree::parse(ledger, kWanted);
  const auto unusable = [](std::string why) {
    return Error{.code = ErrorCode::kData, .message = "not a ledger: " + std::move(why)};
  };
  if (!json) return unusable("no JSON");
  try {
    if (json->root().text("schema") != "avstand/ledger/1")
      return unusable("its schema is another one");
    return LedgerRows(json->root()).make();
  } catch (const Unusable& problem) {
    return unusable(problem.why);
  }
}

}  // namespace avstand::store
