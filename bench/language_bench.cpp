// Words per second of the language room on one core: segmentation, network and trees.
//
// usage: language_bench MODEL LANGUAGE FILE [RUNS]
//
// Prints the time to load the model and, for RUNS (5) runs after one to warm up, the median words
// per second of processor time. AVSTAND_ISA chooses the instruction set. FILE is plain text, parts
// parted by empty lines.
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <numeric>

#include "base/file.h"
#include "document/article.h"
#include "document/segment.h"
#include "language/kernels.h"
#include "language/model.h"

namespace avstand {
namespace {

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

Article article_of(std::string text, LanguageCode language) {
  Article article;
  article.text = std::move(text);
  article.language = language;
  for (size_t begin = 0; begin < article.text.size();) {
    const size_t end = std::min(article.text.find("\n\n", begin), article.text.size());
    if (end > begin) {
      Block block;
      block.span = {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
      block.language = language;
      article.blocks.push_back(block);
    }
    begin = end + 2;
  }
  return article;
}

/// Seconds of one run: segmentation, then the network.
struct Timing {
  double segment, annotate;
  size_t words;
};

Timing run_once(const Article& article, const TextRules& rules, const language::Model& model,
                language::Workspace& workspace) {
  Analysis analysis;
  analysis.text = article.text;
  const double start = cpu_seconds();
  segment(article, rules, analysis);
  const double middle = cpu_seconds();
  std::vector<uint32_t> ids(analysis.sentences.size());
  std::iota(ids.begin(), ids.end(), 0u);
  model.annotate(analysis, ids, workspace);
  return {middle - start, cpu_seconds() - middle, analysis.words.size()};
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

Status bench(const std::string& path, const std::string& language, const std::string& file,
             int runs) {
  const auto start = std::chrono::steady_clock::now();
  AVSTAND_TRY(model, language::Model::open(path));
  const std::chrono::duration<double, std::milli> load = std::chrono::steady_clock::now() - start;
  AVSTAND_TRY(rules, TextRules::load(AVSTAND_SOURCE_DIR "/data"));
  AVSTAND_TRY(text, read_file(file, 100'000'000));
  const Article article = article_of(std::move(text), LanguageCode(language));
  language::Workspace workspace;
  run_once(article, rules, *model, workspace);
  std::vector<double> segmenting, annotating;
  size_t words = 0;
  for (int i = 0; i < runs; ++i) {
    const Timing t = run_once(article, rules, *model, workspace);
    words = t.words;
    segmenting.push_back(t.segment);
    annotating.push_back(t.annotate);
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto speed = [&](double seconds) { return static_cast<double>(words) / seconds; };
  fmt::print(
      "{} {} words={} isa={} load={:.1f} ms segment={:.0f} words/s annotate={:.0f} words/s peak={} "
      "MB\n",
      path, language, words, language::kernels().name, load.count(), speed(median(segmenting)),
      speed(median(annotating)), usage.ru_maxrss / 1024);
  return Unit{};
}

}  // namespace
}  // namespace avstand

int main(int argc, char** argv) {
  if (argc < 4) {
    fmt::print(stderr, "usage: language_bench MODEL LANGUAGE FILE [RUNS]\n");
    return 2;
  }
  const auto status = avstand::bench(argv[1], argv[2], argv[3], argc > 4 ? std::atoi(argv[4]) : 5);
  if (status) return 0;
  fmt::print(stderr, "{}\n", status.error().to_string());
  return 1;
}
