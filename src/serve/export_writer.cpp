#include "serve/export_writer.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "export/formats.h"
#include "reader/layers.h"

namespace avstand::serve {
namespace {

struct FileType {
  const char *format, *type, *ending;
};

constexpr FileType kFileTypes[] = {
    {"prov", "application/ld+json", "prov.jsonld"},
    {"webannotation", "application/ld+json", "anno.jsonld"},
    {"claimreview", "application/ld+json", "claims.jsonld"},
    {"ninjs", "application/json", "ninjs.json"},
    {"displacy", "application/json", "displacy.json"},
    {"csv", "text/csv; charset=utf-8", "csv"},
    {"gexf", "application/gexf+xml", "gexf"},
    {"graphml", "application/graphml+xml", "graphml"},
    {"conllu", "text/plain; charset=utf-8", "conllu"},
};

const FileType* file_type(std::string_view format) {
  for (const FileType& t : kFileTypes)
    if (t.format == format) return &t;
  return nullptr;
}

bool is_graph(std::string_view format) { return format == "gexf" || format == "graphml"; }

}  // namespace

Result<ExportWriter> ExportWriter::open(const std::string& format) {
  if (file_type(format) == nullptr)
    return Error{.code = ErrorCode::kUsage,
                 .message = format.empty() ? "'to' is not given" : "'to' is no format of one file",
                 .hint =
                     "prov, webannotation, claimreview, ninjs, displacy, csv, gexf, graphml or "
                     "conllu"};
  ExportWriter out(format);
  if (format == "csv") out.body_ = exports::csv_header();
  return out;
}

void ExportWriter::add(const Reading& reading) {
  if (format_ != "conllu") {
    add(reading.ledger);
  } else {
    ++articles_;
    body_ += dump_layer(reading, Layer::kConllu);
  }
}

bool ExportWriter::add(const ledger::Ledger& ledger) {
  if (format_ == "conllu") return false;
  ++articles_;
  const auto& lines = exports::line_formats();
  if (const auto line = lines.find(format_); line != lines.end()) {
    body_ += line->second(ledger) + "\n";
  } else if (is_graph(format_)) {
    graph_.add(ledger);
  } else {
    body_ += exports::to_csv(ledger);
  }
  return true;
}

void ExportWriter::add(const std::vector<store::Correction>& corrections) {
  if (format_ != "webannotation" || corrections.empty()) return;
  using Json = nlohmann::ordered_json;
  Json whole = Json::parse(body_);
  Json& items = whole["first"]["items"];
  const std::string page = whole["first"]["id"];
  // The engine's annotations say where the text is; one that has none is known by its digest.
  const Json source = items.empty() ? Json("urn:avstand:" + corrections.front().digest)
                                    : items.front()["target"][0]["source"];
  size_t number = 0;
  for (const store::Correction& c : corrections) {
    Json body = Json::array();
    const auto add_body = [&](const char* purpose, const std::string& value) {
      if (!value.empty())
        body.push_back({{"type", "TextualBody"}, {"purpose", purpose}, {"value", value}});
    };
    add_body("tagging", (c.what == "label" ? c.field : c.what) + "=" + c.value);
    add_body("commenting", c.note);
    items.push_back(
        {{"id", fmt::format("{}/correction{}", page, ++number)},
         {"type", "Annotation"},
         {"motivation", "editing"},
         {"creator", {{"type", "Person"}, {"name", c.author}}},
         {"created", c.time},
         {"body", std::move(body)},
         {"target", Json::array({{{"type", "SpecificResource"},
                                  {"source", source},
                                  {"selector", Json::array({{{"type", "TextPositionSelector"},
                                                             {"start", c.begin},
                                                             {"end", c.end}}})}}})}});
  }
  whole["total"] = items.size();
  body_ = whole.dump() + "\n";
}

Response ExportWriter::response() && {
  const FileType& type = *file_type(format_);
  if (is_graph(format_)) body_ = format_ == "gexf" ? graph_.to_gexf() : graph_.to_graphml();
  // Several documents of JSON, one a line, are no document of it.
  const bool lines = articles_ > 1 && exports::line_formats().contains(format_);
  return {.type = lines ? "application/x-ndjson" : type.type,
          .body = std::move(body_),
          .headers = {{"Content-Disposition",
                       fmt::format("attachment; filename=\"avstand.{}\"", type.ending)}}};
}

}  // namespace avstand::serve
