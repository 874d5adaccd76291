// How fast an archive takes articles in and answers, beyond the reading of them.
//
//   archive_bench [ARTICLES] [FILE]      (default: 20000 articles, a file in the temporary folder)
//
// The articles are those of examples/, read once, with their capitalised words and their numbers
// replaced so that each is another text of the same size. Prints articles added a second of
// processor time (rows made from the ledger, packing, writing), the median and worst time of
// searches and of questions for a source, the size of the file and peak memory.
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <string>
#include <vector>

#include "base/hash.h"
#include "ingest/ingest.h"
#include "ingest/patterns.h"
#include "ledger/ledger.h"
#include "reader/locate.h"
#include "reader/reader.h"
#include "store/archive.h"

using namespace avstand;

namespace {

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

struct Sample {
  std::string ledger, lemmas, text;
};

template <typename T>
T must(Result<T> result) {
  if (result) return std::move(*result);
  fmt::print(stderr, "{}\n", result.error().to_string());
  std::exit(1);
}

std::vector<Sample> read_examples() {
  const Directories dirs = must(locate({}));
  const auto reader = must(Reader::open({dirs.data, dirs.models}));
  const auto patterns = must(ingest::Patterns::load(dirs.data));
  const auto workspace = reader->make_workspace();
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(AVSTAND_SOURCE_DIR "/examples"))
    if (entry.path().extension() == ".txt") files.push_back(entry.path().string());
  std::sort(files.begin(), files.end());
  std::vector<Sample> out;
  ingest::Run run;
  for (const std::string& file : files) {
    ingest::read_input(file, {}, patterns, run, [&](ingest::Item item) {
      if (!item.article) return;
      const auto reading = reader->read(std::move(*item.article), *workspace);
      out.push_back({ledger::to_json(reading->ledger), store::search_lemmas(reading->analysis),
                     reading->article.text});
    });
  }
  return out;
}

/// The letters and digits of a capitalised word or number, turned by the seed; the length stays.
void turn(std::string& text, uint64_t seed) {
  bool inside = false, other = false;
  for (char& c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!letter) other = false;
    if (!inside && !other && c >= 'A' && c <= 'Z') inside = true;
    if (letter && !inside) other = true;
    if (!letter) inside = false;
    if (inside && c >= 'a' && c <= 'z') c = static_cast<char>('a' + (c - 'a' + seed) % 26);
    if (c >= '0' && c <= '9') c = static_cast<char>('0' + (c - '0' + seed) % 10);
  }
}

/// A ledger like the sample's of another article: only what the archive reads of it is made anew.
store::Record varied(const Sample& sample, uint64_t number) {
  store::Record record{sample.ledger, sample.lemmas, std::string(2000, 'f')};
  const size_t begin = record.ledger.find("\"text\":\"") + 8;
  size_t end = begin;
  while (record.ledger[end] != '"') end += record.ledger[end] == '\\' ? 2 : 1;
  std::string text = sample.text, json_text;
  turn(text, number), turn(record.lemmas, number);
  for (const char c : text)
    json_text += c == '\n'               ? "\\n"
                 : c == '"' || c == '\\' ? std::string("\\") + c
                                         : std::string(1, c);
  record.ledger.replace(begin, end - begin, json_text);
  const size_t digest = record.ledger.find("sha256:", begin);
  record.ledger.replace(digest, 71, sha256(text));
  const size_t id = record.ledger.find("\"id\":\"") + 6;
  record.ledger.insert(id, fmt::format("{}-", number));
  return record;
}

template <typename Ask>
void time_questions(const char* what, Ask ask) {
  std::vector<double> ms;
  for (int i = 0; i < 200; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    ask(i);
    ms.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin)
                     .count());
  }
  std::sort(ms.begin(), ms.end());
  fmt::print("{:<24} {:>8.2f} ms median {:>8.2f} ms worst of 200\n", what, ms[ms.size() / 2],
             ms.back());
}

}  // namespace

int main(int argc, char** argv) {
  const uint64_t count = argc > 1 ? std::stoull(argv[1]) : 20'000;
  const std::string path =
      argc > 2 ? argv[2]
               : (std::filesystem::temp_directory_path() / "avstand-archive-bench.db").string();
  for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(path + end);
  const std::vector<Sample> samples = read_examples();
  {
    auto archive = must(store::Archive::open(path, store::Archive::Mode::kCreate));
    double spent = 0;
    for (uint64_t i = 0; i < count; ++i) {
      const store::Record record = varied(samples[i % samples.size()], i);
      const double begin = cpu_seconds();
      must(archive.add(record, must(store::rows_of(record.ledger))));
      spent += cpu_seconds() - begin;
    }
    const double begin = cpu_seconds();
    must(archive.commit());
    spent += cpu_seconds() - begin;
    fmt::print("{:<24} {:>8.0f} articles a second of one core ({} articles)\n", "add",
               static_cast<double>(count) / spent, count);
  }
  auto archive = must(store::Archive::open(path, store::Archive::Mode::kRead));
  const std::vector<std::string> words = {"bro", "forsvarsdepartement", "flood", "bank",
                                          "minister"};
  time_questions("search, one word", [&](int i) {
    must(archive.search({.words = {{words[static_cast<size_t>(i) % words.size()]}}}));
  });
  time_questions("search, two words", [&](int i) {
    must(
        archive.search({.words = {{words[static_cast<size_t>(i) % words.size()]}, {"si", "say"}}}));
  });
  time_questions("source", [&](int) { must(archive.source("Reuters", 20)); });
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  fmt::print(
      "{:<24} {:>8.1f} KB an article, peak memory {} MB\n", "file",
      static_cast<double>(std::filesystem::file_size(path)) / 1024 / static_cast<double>(count),
      usage.ru_maxrss / 1024);
  for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(path + end);
}
