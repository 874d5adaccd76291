// JSON -> Ledger: what json.cpp writes, read back. Code points become bytes here.
#include <string>

#include "ledger/fields.h"
#include "ledger/ledger.h"
#include "ledger/picture_json.h"
#include "text/utf8.h"

namespace avstand::ledger {
namespace {

BlockKind block_kind(const std::string& word) {
  for (int kind = 0; kind <= static_cast<int>(BlockKind::kQuote); ++kind)
    if (to_string(static_cast<BlockKind>(kind)) == word) return static_cast<BlockKind>(kind);
  throw Unusable{fmt::format("there is no block of kind '{}'", word)};
}

class LedgerReader {
 public:
  explicit LedgerReader(const Json& json)
      : json_(json), text_(checked(text_of(member(json, "document"), "text"))), points_(text_) {}

  Ledger read() {
    if (text_of(json_, "schema") != kSchema) throw Unusable{"its schema is another one"};
    entities_ = list_of(json_, "entities").size();
    statements_ = list_of(json_, "statements").size();
    engine(member(json_, "engine"));
    document(member(json_, "document"));
    for (const Json& b : list_of(json_, "blocks")) out_.document.blocks.push_back(block(b));
    out_.sentences = spans(json_, "sentences");
    for (const Json& e : list_of(json_, "entities")) out_.entities.push_back(entity(e));
    for (const Json& s : list_of(json_, "statements")) out_.statements.push_back(statement(s));
    for (const Json& p : list_of(json_, "pictures")) out_.pictures.push_back(picture(p));
    if (const Json& list = member(json_, "events"); !list.is_null()) {
      out_.events.emplace();
      for (const Json& e : list_of(json_, "events")) out_.events->push_back(event(e));
    }
    for (const Json& f : list_of(json_, "findings")) out_.findings.push_back(finding(f));
    summary(member(json_, "summary"));
    out_.document.text = std::move(text_);
    return std::move(out_);
  }

 private:
  static std::string checked(std::string text) {
    if (first_invalid_utf8(text)) throw Unusable{"the text is not UTF-8"};
    return text;
  }

  Span span(const Json& value, const char* name) const {
    if (!value.is_array() || value.size() != 2) throw Unusable{fmt::format("'{}': no span", name)};
    return between(number(value[0], name), number(value[1], name), name);
  }
  Span between(uint32_t begin, uint32_t end, const char* name) const {
    if (begin > end || end > points_.size())
      throw Unusable{fmt::format("'{}' is outside of the text", name)};
    return {points_.to_byte(begin), points_.to_byte(end)};
  }
  Span begin_and_end(const Json& object) const {
    return between(number_of(object, "begin"), number_of(object, "end"), "begin");
  }
  std::optional<Span> optional_span(const Json& object, const char* name) const {
    if (!object.is_object() || !object.contains(name) || object[name].is_null())
      return std::nullopt;
    return span(object[name], name);
  }
  std::vector<Span> spans(const Json& object, const char* name) const {
    std::vector<Span> out;
    for (const Json& value : list_of(object, name)) out.push_back(span(value, name));
    return out;
  }

  /// "e3" is position 2.
  static uint32_t position(const Json& value, const char* name, char prefix, size_t count) {
    const std::string id = text(value, name);
    uint64_t found = 0;
    bool right = id.size() >= 2 && id.size() <= 10 && id[0] == prefix;
    for (size_t i = 1; right && i < id.size(); ++i) {
      right = id[i] >= '0' && id[i] <= '9';
      found = found * 10 + static_cast<uint64_t>(id[i] - '0');
    }
    if (!right || found == 0 || found > count)
      throw Unusable{fmt::format("'{}': there is no {}", name, id)};
    return static_cast<uint32_t>(found - 1);
  }
  std::optional<uint32_t> entity_of(const Json& object, const char* name) const {
    const Json& value = member(object, name);
    if (value.is_null()) return std::nullopt;
    return position(value, name, 'e', entities_);
  }
  std::optional<uint32_t> statement_of(const Json& object, const char* name) const {
    const Json& value = member(object, name);
    if (value.is_null()) return std::nullopt;
    return position(value, name, 's', statements_);
  }

  void engine(const Json& json) {
    out_.engine.version = text_of(json, "version");
    for (const auto& [language, digest] : member(json, "models").items())
      out_.engine.models[language] = text(digest, "models");
    out_.engine.data = text_of(json, "data");
  }

  void document(const Json& json) {
    Article& d = out_.document;
    d.id = text_of(json, "id");
    d.url = optional_text(json, "url");
    d.language = LanguageCode(text_of(json, "language"));
    d.title = optional_text(json, "title");
    d.published = optional_text(json, "published");
    const Json& outlet = member(json, "outlet");
    d.outlet = optional_text(outlet, "name");
    out_.outlet_entity = entity_of(outlet, "entity");
    d.bylines = texts_if(json, "bylines");
    out_.digest = text_of(json, "digest");
    if (json.contains("agency")) agency(json["agency"]);
    d.stub = optional_flag(json, "stub").value_or(false);
    if (json.contains("capture") && !json["capture"].is_null()) capture(json["capture"]);
  }

  void agency(const Json& json) {
    AgencyInfo& a = out_.document.agency;
    a.credit = optional_text(json, "credit");
    a.hops = texts_if(json, "hops");
    a.embargo = optional_text(json, "embargo");
    a.version = optional_text(json, "version");
    a.source = optional_text(json, "source");
    a.status = optional_text(json, "status");
    a.note = optional_text(json, "note");
    a.corrections = texts_if(json, "corrections");
    if (!json.contains("hop_history")) return;
    for (const Json& hop : list_of(json, "hop_history"))
      a.hop_history.push_back(
          {text_of(hop, "party"), texts_if(hop, "actions"), optional_text(hop, "time")});
  }

  void capture(const Json& json) {
    const Json& offset = member(json, "offset");
    if (!offset.is_number_unsigned()) throw Unusable{"'offset' is no whole number"};
    out_.document.capture = Capture{.archive = text_of(json, "archive"),
                                    .offset = offset.get<uint64_t>(),
                                    .record = optional_text(json, "record"),
                                    .url = optional_text(json, "url"),
                                    .time = optional_text(json, "time"),
                                    .digest = optional_text(json, "digest"),
                                    .digest_right = optional_flag(json, "digest_right"),
                                    .truncated = optional_text(json, "truncated")};
  }

  Block block(const Json& json) const {
    Block out{.kind = block_kind(text_of(json, "kind")), .span = begin_and_end(json)};
    out.kicker = optional_span(json, "kicker");
    out.language = LanguageCode(text_of(json, "language"));
    if (const auto bytes = json.find("source_bytes"); bytes != json.end() && !bytes->is_null()) {
      if (!bytes->is_array() || bytes->size() != 2) throw Unusable{"'source_bytes': no span"};
      out.source_bytes =
          Span{number((*bytes)[0], "source_bytes"), number((*bytes)[1], "source_bytes")};
    }
    return out;
  }

  Entity entity(const Json& json) const {
    Entity out{.type = text_of(json, "type"), .name = text_of(json, "name")};
    out.qid = optional_text(json, "qid");
    for (const Json& r : list_of(json, "roles"))
      out.roles.push_back({.title = text_of(r, "title"),
                           .of = entity_of(r, "of"),
                           .from = optional_text(r, "from"),
                           .to = optional_text(r, "to"),
                           .stated = flag_of(r, "stated"),
                           .tenure = optional_text(r, "tenure"),
                           .checked = optional_text(r, "checked")});
    out.profile = profile(member(json, "profile"));
    for (const Json& m : list_of(json, "mentions"))
      out.mentions.push_back({begin_and_end(m), text_of(m, "form")});
    return out;
  }

  static Profile profile(const Json& json) {
    Profile out{.kind = text_of(json, "kind"),
                .country = optional_text(json, "country"),
                .control = text_of(json, "control"),
                .basis = optional_text(json, "basis"),
                .owner = optional_text(json, "owner")};
    out.funding = optional_text(json, "funding").value_or(out.funding);
    out.ownership = optional_text(json, "ownership").value_or(out.ownership);
    out.editorial = optional_text(json, "editorial").value_or(out.editorial);
    return out;
  }

  std::vector<Hop> chain(const Json& object) const {
    std::vector<Hop> out;
    for (const Json& hop : list_of(object, "chain"))
      out.push_back({.entity = entity_of(hop, "entity"),
                     .name = text_of(hop, "name"),
                     .relay = text_of(hop, "link") == "relay",
                     .explicit_ = flag_of(hop, "explicit"),
                     .span = optional_span(hop, "span")});
    return out;
  }
  Verification verification(const Json& object) const {
    const Json& json = member(object, "verification");
    return {text_of(json, "status"), entity_of(json, "by"), optional_span(json, "span")};
  }
  std::vector<Why> why(const Json& object) const {
    std::vector<Why> out;
    for (const Json& reason : list_of(object, "why"))
      out.push_back({text_of(reason, "rule"), span(member(reason, "span"), "span")});
    return out;
  }

  Statement statement(const Json& json) const {
    Statement out{.content = spans(json, "content"),
                  .cue = spans(json, "cue"),
                  .source = spans(json, "source"),
                  .quote = text_of(json, "quote"),
                  .act = text_of(json, "act"),
                  .speaker = entity_of(json, "speaker"),
                  .chain = chain(json),
                  .distance = number_of(json, "distance"),
                  .evidence = text_of(json, "evidence"),
                  .commitment = text_of(json, "commitment"),
                  .verification = verification(json),
                  .interested = flag_of(json, "interested"),
                  .parent = statement_of(json, "parent"),
                  .why = why(json)};
    const Json& confidence = member(json, "confidence");
    if (!confidence.is_number()) throw Unusable{"'confidence' is no number"};
    out.confidence = confidence.get<double>();
    return out;
  }

  Picture picture(const Json& json) const {
    Picture out;
    if (const Json& block = member(json, "block"); !block.is_null()) {
      out.block = number(block, "block");
      if (*out.block >= out_.document.blocks.size()) throw Unusable{"'block': there is none"};
    }
    if (const Json& origin = member(json, "origin"); !origin.is_null())
      out.origin = Hop{.entity = entity_of(origin, "entity"), .name = text_of(origin, "name")};
    out.chain = chain(json);
    out.credit = optional_span(json, "credit");
    out.credited = flag_of(json, "credited");
    out.handout = optional_flag(json, "handout");
    out.verification = verification(json);
    out.file_name = optional_text(json, "file").value_or("");
    out.file = read_picture_file(json);
    out.why = why(json);
    return out;
  }

  std::vector<uint32_t> entities(const Json& object, const char* name) const {
    std::vector<uint32_t> out;
    for (const Json& id : list_of(object, name)) out.push_back(position(id, name, 'e', entities_));
    return out;
  }
  Event event(const Json& json) const {
    Event out{.span = span(member(json, "span"), "span"),
              .predicate = text_of(json, "predicate"),
              .type = optional_text(json, "type"),
              .actors = entities(json, "actors"),
              .targets = entities(json, "targets"),
              .place = entity_of(json, "place")};
    if (const Json& time = member(json, "time"); !time.is_null())
      out.time = EventTime{span(member(time, "span"), "span"), optional_text(time, "value")};
    out.status = text_of(json, "status");
    out.statement = statement_of(json, "statement");
    return out;
  }

  Finding finding(const Json& json) const {
    return {text_of(json, "kind"), text_of(json, "message"), spans(json, "spans"),
            text_of(json, "rule"), optional_text(json, "accepted")};
  }

  void summary(const Json& json) {
    Summary& s = out_.summary;
    s.statements = number_of(json, "statements");
    s.own = number_of(json, "own");
    for (const Json& origin : list_of(json, "by_origin"))
      s.by_origin.emplace_back(entity_of(origin, "entity"), number_of(origin, "statements"));
    s.independent_origins = number_of(json, "independent_origins");
    s.unverified = number_of(json, "unverified");
    for (const auto& [distance, words] : member(json, "words_by_distance").items()) {
      if (distance.empty() || distance.size() > 6 ||
          distance.find_first_not_of("0123456789") != std::string::npos)
        throw Unusable{"'words_by_distance' has a key that is no distance"};
      s.words_by_distance[static_cast<uint32_t>(std::stoul(distance))] =
          number(words, "words_by_distance");
    }
  }

  const Json& json_;
  std::string text_;
  CodePointIndex points_;
  size_t entities_ = 0, statements_ = 0;
  Ledger out_;
};

}  // namespace

Result<Ledger> from_json(std::string_view json) {
  const Json parsed = Json::parse(json, nullptr, false);
  if (!parsed.is_object())
    return Error{.code = ErrorCode::kInput, .message = "no ledger: it is no JSON object"};
  try {
    return LedgerReader(parsed).read();
  } catch (const Unusable& bad) {
    return Error{.code = ErrorCode::kInput, .message = "no ledger: " + bad.why};
  }
}

}  // namespace avstand::ledger
