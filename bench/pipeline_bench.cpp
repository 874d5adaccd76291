// How fast the whole pipeline reads, on one core.
//
//   pipeline_bench [FILE…]      (default: examples/ and strange texts)
//
// Prints, for each language and for strange text: words a second of processor time (median of five
// runs after one warm-up) in all and by stage, then load time and peak memory. A stage's time is
// that of reading up to it less that of reading up to the one before.
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "ingest/ingest.h"
#include "ingest/patterns.h"
#include "reader/locate.h"
#include "reader/reader.h"

using namespace avstand;

namespace {

constexpr size_t kRuns = 5;
constexpr size_t kWordsPerSample = 5'000;
constexpr std::array<const char*, 7> kStages = {"segment",     "parse",  "entities", "events",
                                                "attribution", "ledger", "json"};
constexpr auto kLastStage = static_cast<size_t>(Stage::kLedger);
static_assert(kStages.size() == kLastStage + 2, "one a stage, and JSON");

/// Seconds of processor time that this program has used: other programs on the machine do not
/// count.
double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

using Samples = std::map<std::string, std::vector<Article>>;

/// Reads the sample as far as `until` (one beyond the last stage: and writes it as JSON).
double time_once(const Reader& reader, Reader::Workspace& workspace,
                 const std::vector<Article>& sample, size_t until) {
  const double begin = cpu_seconds();
  const auto stage = static_cast<Stage>(std::min(until, kLastStage));
  size_t bytes = 0;
  for (const Article& article : sample) {
    const auto reading = reader.read(article, workspace, stage);
    if (until > kLastStage) bytes += ledger::to_json(reading->ledger).size();
  }
  return (cpu_seconds() - begin) + (bytes == 1 ? 1e-9 : 0);  // the JSON is not optimised away
}

double time_median(const Reader& reader, Reader::Workspace& workspace,
                   const std::vector<Article>& sample, size_t until) {
  time_once(reader, workspace, sample, until);
  std::vector<double> runs;
  for (size_t i = 0; i < kRuns; ++i) runs.push_back(time_once(reader, workspace, sample, until));
  return median(std::move(runs));
}

size_t count_words(const Reader& reader, Reader::Workspace& workspace,
                   const std::vector<Article>& sample) {
  size_t words = 0;
  for (const Article& a : sample)
    words += reader.read(a, workspace, Stage::kSentences)->analysis.words.size();
  return words;
}

void measure(const Reader& reader, Reader::Workspace& workspace, const std::string& name,
             const std::vector<Article>& sample) {
  const size_t words = count_words(reader, workspace, sample);
  if (words == 0) return;
  double before = 0;
  std::string stages;
  for (size_t s = 0; s < kStages.size(); ++s) {
    const double time = time_median(reader, workspace, sample, s);
    stages +=
        fmt::format("  {} {:.2f}", kStages[s], 1e6 * (time - before) / static_cast<double>(words));
    before = time;
  }
  fmt::print("{:<16} {:>8} words {:>8.0f} words/s   µs/word:{}\n", name, words,
             static_cast<double>(words) / before, stages);
}

/// Repeats the articles of a language until they have enough words for a steady figure.
void fill(std::vector<Article>& sample) {
  if (sample.empty()) return;
  size_t bytes = 0;
  for (const Article& a : sample) bytes += a.text.size();
  const size_t count = sample.size();
  const size_t times = kWordsPerSample * 6 / std::max<size_t>(bytes, 1);
  for (size_t t = 0; t < times; ++t)
    for (size_t i = 0; i < count; ++i) sample.push_back(Article(sample[i]));
}

Samples load(const std::vector<std::string>& files, const ingest::Patterns& patterns) {
  Samples out;
  ingest::Run run;
  for (const std::string& file : files)
    ingest::read_input(file, {}, patterns, run, [&](ingest::Item item) {
      if (!item.article) return;
      const size_t dot = file.rfind('.', file.size() - 5);
      std::string name = file.ends_with(".txt") && dot != std::string::npos
                             ? "articles " + file.substr(dot + 1, 2)
                             : "archive jsonl";
      out[name].push_back(std::move(*item.article));
    });
  for (auto& [name, sample] : out) fill(sample);
  return out;
}

/// Legal text that no paper prints; its cost for each word must stay near the normal.
Samples strange(const ingest::Patterns& patterns) {
  const auto repeat = [](std::string_view what, size_t times) {
    std::string out;
    for (size_t i = 0; i < times; ++i) out += what;
    return out;
  };
  const std::map<std::string, std::string> texts = {
      {"one line, 1 MB", repeat("Broen er stengt til mandag, sier ordføreren. ", 23'000)},
      {"no punctuation", repeat("broen er stengt til mandag sier ordføreren til avisen ", 18'000)},
      {"1 M lines", repeat("ord\n", 1'000'000)}};
  Samples out;
  for (const auto& [name, text] : texts)
    if (auto article =
            ingest::read_plain_text(text, name, {.language = LanguageCode("nb")}, patterns))
      out[name].push_back(std::move(*article));
  return out;
}

std::vector<std::string> default_files() {
  std::vector<std::string> out;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(AVSTAND_SOURCE_DIR) + "/examples"))
    out.push_back(entry.path().string());
  std::sort(out.begin(), out.end());
  return out;
}

int report(const Error& error) {
  fmt::print(stderr, "pipeline_bench: {}\n", error.to_string());
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  setvbuf(stdout, nullptr, _IOLBF, 0);  // each line as it is measured
  const auto dirs = locate();
  if (!dirs) return report(dirs.error());
  const double begin = cpu_seconds();
  const auto patterns = ingest::Patterns::load(dirs->data);
  if (!patterns) return report(patterns.error());
  const auto reader = Reader::open({dirs->data, dirs->models});
  if (!reader) return report(reader.error());
  fmt::print("load             {:.0f} ms\n", 1e3 * (cpu_seconds() - begin));

  const auto workspace = (*reader)->make_workspace();
  const std::vector<std::string> files =
      argc > 1 ? std::vector<std::string>(argv + 1, argv + argc) : default_files();
  for (const auto& [name, sample] : load(files, *patterns))
    measure(**reader, *workspace, name, sample);
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  fmt::print("peak memory      {} MB\n", usage.ru_maxrss / 1024);
  if (argc > 1) return 0;
  for (const auto& [name, sample] : strange(*patterns)) {
    const size_t words = count_words(**reader, *workspace, sample);
    const double time = time_once(**reader, *workspace, sample, 5);
    fmt::print("{:<16} {:>8} words {:>8.0f} words/s\n", name, words,
               static_cast<double>(words) / time);
  }
  getrusage(RUSAGE_SELF, &usage);
  fmt::print("peak memory      {} MB (with the strange texts)\n", usage.ru_maxrss / 1024);
  return 0;
}
