// avstand export: articles in, their ledgers out in the formats of other trades.
#include <map>

#include "cli/commands.h"
#include "cli/session.h"
#include "export/collection.h"
#include "export/formats.h"
#include "export/graph.h"
#include "reader/layers.h"

namespace avstand::cli {
namespace {

struct ExportOptions : ReadingOptions {
  std::string to;
};

using Render = std::string (*)(const ledger::Ledger&);

/// Formats that are a folder for an annotation tool.
const std::map<std::string, exports::Tool>& folder_formats() {
  static const std::map<std::string, exports::Tool> kFormats = {
      {"brat", exports::Tool::kBrat}, {"inception", exports::Tool::kInception}};
  return kFormats;
}

std::vector<std::string> format_names() {
  std::vector<std::string> out;
  for (const auto& [name, ignored] : exports::line_formats()) out.push_back(name);
  for (const auto& [name, ignored] : folder_formats()) out.push_back(name);
  out.insert(out.end(), {"conllu", "csv", "gexf", "graphml"});
  return out;
}

constexpr const char* kExamples =
    "Examples:\n"
    "  avstand export --to webannotation article.txt > article.anno.json\n"
    "  avstand export --to csv *.txt -o statements.csv\n"
    "  avstand export --to gexf articles.jsonl -o chains.gexf\n"
    "  avstand export --to brat examples/*.txt -o collection/\n"
    "\n"
    "prov: W3C PROV-O; webannotation: W3C Web Annotation; claimreview: schema.org Claim and a\n"
    "ClaimReview to fill in, never rated; ninjs: IPTC ninjs 3.0; displacy: spaCy's displaCy "
    "(these\n"
    "are JSON, one article a line); csv: a row a statement; gexf, graphml: who passes whose words\n"
    "on, over all articles; conllu: words and trees; brat, inception: a folder (--output) to be\n"
    "annotated, which 'avstand gold' reads back. Fields: docs/exports.md.";

Rendering as_lines(Output& output, Render render) {
  return streamed(output, Stage::kLedger,
                  [render](const Reading& r) { return render(r.ledger) + "\n"; });
}

Rendering as_csv(Output& output) {
  output.write(exports::csv_header());
  return streamed(output, Stage::kLedger,
                  [](const Reading& r) { return exports::to_csv(r.ledger); });
}

Rendering as_conllu(Output& output) {
  return streamed(output, stage_of(Layer::kConllu),
                  [](const Reading& r) { return dump_layer(r, Layer::kConllu); });
}

/// One graph of all articles, written when the last is read.
Rendering as_graph(Output& output, bool gexf) {
  auto graph = std::make_shared<exports::ChainGraph>();
  return {
      .until = Stage::kLedger,
      .article =
          [graph](const Reading& r) { return [graph, ledger = r.ledger] { graph->add(ledger); }; },
      .finish = [graph, gexf,
                 &output] { output.write(gexf ? graph->to_gexf() : graph->to_graphml()); }};
}

Result<Rendering> rendering(const std::string& to, Output& output) {
  if (const auto found = exports::line_formats().find(to); found != exports::line_formats().end())
    return as_lines(output, found->second);
  if (to == "csv") return as_csv(output);
  if (to == "conllu") return as_conllu(output);
  return as_graph(output, to == "gexf");
}

/// Writes a folder; nothing goes to standard output.
int export_folder(ExportOptions options, Console& console) {
  if (options.output.empty() || options.output == "-") {
    console.problem({.code = ErrorCode::kUsage,
                     .message = options.to + " is a folder of files",
                     .hint = "name it with --output"});
    return kFailed;
  }
  const exports::Tool tool = folder_formats().at(options.to);
  std::shared_ptr<exports::Collection> collection;
  Status status = Unit{};
  const std::string folder = std::exchange(options.output, "");
  const auto into_folder = [&](Output&, const Directories&) -> Result<Rendering> {
    AVSTAND_TRY(created, exports::Collection::create(folder, tool));
    collection = std::make_shared<exports::Collection>(std::move(created));
    return Rendering{.until = Stage::kLedger,
                     .article =
                         [&, tool](const Reading& r) {
                           return [&, document = exports::make_document(r.ledger, tool)] {
                             if (status) status = collection->add(document);
                           };
                         },
                     .finish =
                         [&] {
                           if (status) status = collection->finish();
                         }};
  };
  const int code = run(options, console, into_folder);
  if (!status) console.problem(status.error());
  return status ? code : kFailed;
}

int run_export(const ExportOptions& options, Console& console) {
  if (folder_formats().contains(options.to)) return export_folder(options, console);
  return run(options, console,
             [&](Output& output, const Directories&) { return rendering(options.to, output); });
}

}  // namespace

void add_export(CLI::App& app, Console& console, int& exit_code) {
  auto* command = app.add_subcommand("export", "Read articles and write them in other formats");
  auto options = std::make_shared<ExportOptions>();
  add_reading_options(*command, *options);
  command->add_option("--to", options->to, "Format")
      ->required()
      ->check(CLI::IsMember(format_names()));
  add_gap_options(*command, *options);
  command->footer(kExamples);
  command->callback([options, &console, &exit_code] { exit_code = run_export(*options, console); });
}

}  // namespace avstand::cli
