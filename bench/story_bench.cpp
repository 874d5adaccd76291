// How fast an archive takes articles in, keeps their stories, and answers; beyond the reading of
// them.
//
//   story_bench [ARTICLES] [FILE] [STRETCH]
//
// Default: 20000 articles, a file in the temporary folder. After every STRETCH articles, and at the
// end, all figures are printed, of that stretch alone; without it once.
//
// The articles are those of tests/story/gold, read once. Each story is told again and again with
// its names, numbers and rare words replaced (the same in all its articles), some of them by few
// others and most by many, so that words are shared about as in a real archive; 2,700 articles a
// day, in the order of publication. Prints articles added a second of processor time, what of it
// the stories take, the time of adding one article more and committing it, the median and worst
// time of searches and of questions for a source, the size of the file and peak memory.
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <queue>
#include <string>
#include <vector>

#include "base/hash.h"
#include "ingest/ingest.h"
#include "ingest/patterns.h"
#include "ledger/ledger.h"
#include "reader/locate.h"
#include "reader/reader.h"
#include "store/archive.h"
#include "story/article_bytes.h"
#include "story/extract.h"
#include "story/keeper.h"
#include "story/story_rows.h"

using namespace avstand;
namespace fs = std::filesystem;

namespace {

constexpr int64_t kArticlesADay = 2'700;
constexpr int64_t kFirstMinute = int64_t{20'000} * 24 * 60;  // in 2024
constexpr uint32_t kOneMore = 200;

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

template <typename T>
T must(Result<T> result) {
  if (result) return std::move(*result);
  fmt::print(stderr, "{}\n", result.error().to_string());
  std::exit(1);
}

/// An article as it was read, and where in its ledger names, its text and its time stand.
struct Sample {
  std::string ledger, lemmas;
  story::StoryArticle article;
  std::vector<Span> names;  ///< in the ledger
  Span text, published;     ///< likewise
  size_t digest = 0, id = 0;
};

/// The string behind `key` in JSON, from `at` on.
Span value_of(const std::string& json, std::string_view key, size_t at = 0) {
  const size_t found = json.find(key, at);
  if (found == std::string::npos) return {};
  const size_t begin = found + key.size();
  size_t end = begin;
  while (json[end] != '"') end += json[end] == '\\' ? 2 : 1;
  return {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
}

Sample sample_of(const Reading& reading, const story::Lexicon& lexicon) {
  Sample out{.ledger = ledger::to_json(reading.ledger),
             .lemmas = store::search_lemmas(reading.analysis),
             .article = story::extract(reading.analysis, reading.ledger, lexicon)};
  out.text = value_of(out.ledger, "\"text\":\"");
  out.published = value_of(out.ledger, "\"published\":\"");
  out.digest = out.ledger.find("sha256:", out.text.end);
  out.id = out.ledger.find("\"id\":\"") + 6;
  const size_t entities = out.ledger.find("\"entities\":");
  for (Span name = value_of(out.ledger, "\"name\":\"", entities); name.end > 0;
       name = value_of(out.ledger, "\"name\":\"", name.end))
    out.names.push_back(name);
  return out;
}

/// Stories, and one list of articles that are in none.
std::vector<std::vector<Sample>> read_stories() {
  const Directories dirs = must(locate({}));
  const auto reader = must(Reader::open({dirs.data, dirs.models}));
  const auto patterns = must(ingest::Patterns::load(dirs.data));
  const auto lexicon = must(story::Lexicon::load(dirs.data));
  const auto workspace = reader->make_workspace();
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator(AVSTAND_SOURCE_DIR "/tests/story/gold"))
    if (entry.path().extension() == ".json") files.push_back(entry.path().string());
  std::sort(files.begin(), files.end());
  const fs::path lines = fs::temp_directory_path() / "avstand-story-bench.jsonl";
  std::vector<std::vector<Sample>> out;
  for (const std::string& file : files) {
    std::ifstream in(file);
    nlohmann::json articles = nlohmann::json::parse(in);
    if (articles.is_object()) articles = articles["articles"];
    {
      std::ofstream to(lines);
      for (const auto& article : articles) to << article.dump() << '\n';
    }
    ingest::Run run;
    auto& samples = out.emplace_back();
    ingest::read_input(lines.string(), {}, patterns, run, [&](ingest::Item item) {
      if (!item.article) return;
      samples.push_back(sample_of(*reader->read(std::move(*item.article), *workspace), lexicon));
    });
  }
  fs::remove(lines);
  return out;
}

/// The letters and digits of a capitalised word or number, turned by the seed; the length stays.
void turn(char* begin, char* end, uint64_t seed) {
  bool inside = false, other = false;
  for (char* at = begin; at < end; ++at) {
    char& c = *at;
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (c == '\\') {  // an escape of JSON
      ++at;
      inside = other = false;
      continue;
    }
    if (!letter) other = false;
    if (!inside && !other && c >= 'A' && c <= 'Z') inside = true;
    if (letter && !inside) other = true;
    if (!letter) inside = false;
    if (inside && c >= 'a' && c <= 'z') c = static_cast<char>('a' + (c - 'a' + seed) % 26);
    if (c >= '0' && c <= '9') c = static_cast<char>('0' + (c - '0' + seed) % 10);
  }
}
void turn(std::string& text, uint64_t seed) { turn(text.data(), text.data() + text.size(), seed); }

uint64_t mixed(uint64_t a, uint64_t b) {
  a ^= (b + 1) * 0x9E3779B97F4A7C15ULL;
  a ^= a >> 32;
  a *= 0xD6E8FEB86659FD93ULL;
  return a ^ a >> 29;
}

/// Another word for a word: of the common ones there are few, of the rare ones and of most names
/// many, so that two stories made of one share no more words than others do.
uint64_t replaced(uint64_t feature, bool name, float weight, uint64_t seed) {
  const uint64_t sort = mixed(feature, 1) % 100;
  const uint64_t others = name             ? (sort < 3    ? 20
                                              : sort < 15 ? 100
                                                          : 5000)
                          : weight < 0.5F  ? 4
                          : weight < 0.7F  ? 12
                          : weight < 0.85F ? 200
                                           : 2000;
  return mixed(feature, mixed(seed, sort) % others);
}

void replace_terms(std::vector<story::Term>& terms, uint64_t seed) {
  for (story::Term& t : terms) {
    for (story::Key& k : t.keys) k.feature = replaced(k.feature, t.name, t.weight, seed);
    std::sort(t.keys.begin(), t.keys.end(),
              [](const auto& a, const auto& b) { return a.feature < b.feature; });
  }
}

story::StoryArticle told_again(const Sample& sample, uint64_t seed, int64_t minute,
                               const std::string& id, const std::string& text) {
  story::StoryArticle a = sample.article;
  a.id = id, a.minute = minute, a.published = story::utc(minute), a.text = text;
  replace_terms(a.terms, seed);
  for (story::Passage& p : a.passages) {
    replace_terms(p.terms, seed);
    for (story::Quantity& q : p.quantities) {
      const double more = static_cast<double>(seed % 7);
      q.value += more, q.low += more, q.high += more;
    }
    for (auto* sources : {&p.chain, &p.around})
      for (story::Source& s : *sources) turn(s.name, seed), replace_terms(s.terms, seed);
  }
  for (story::Source& s : a.sources) turn(s.name, seed), replace_terms(s.terms, seed);
  return a;
}

struct Made {
  store::Record record;
  int64_t minute = 0;
  friend bool operator>(const Made& a, const Made& b) { return a.minute > b.minute; }
};

Made made(const Sample& sample, uint64_t seed, int64_t minute) {
  Made out{.record = {sample.ledger, sample.lemmas, {}}, .minute = minute};
  std::string& json = out.record.ledger;
  for (const Span name : sample.names) turn(json.data() + name.begin, json.data() + name.end, seed);
  turn(json.data() + sample.text.begin, json.data() + sample.text.end, seed);
  turn(out.record.lemmas, seed);
  const auto text =
      nlohmann::json::parse('"' + std::string(sample.text.in(json)) + '"').get<std::string>();
  json.replace(sample.digest, 71, sha256(text));
  // From the back to the front, so that the places stay right.
  std::string published = story::utc(minute);
  published.resize(std::max<size_t>(published.size(), 1));
  json.replace(sample.published.begin, sample.published.size(), published);
  json.insert(sample.id, fmt::format("{}-", seed));
  const std::string id = fmt::format("{}-{}", seed, sample.article.id);
  out.record.features = story::to_bytes(told_again(sample, seed, minute, id, text));
  return out;
}

/// Articles without end, by time.
class Stream {
 public:
  explicit Stream(const std::vector<std::vector<Sample>>& stories) : stories_(stories) {}

  Made next() {
    while (waiting_.empty() || waiting_.top().minute >= begin_) add_story();
    Made out = waiting_.top();
    waiting_.pop();
    return out;
  }

 private:
  void add_story() {
    const auto& samples = stories_[seed_ % stories_.size()];
    int64_t first = INT64_MAX;
    for (const Sample& s : samples) first = std::min(first, s.article.minute);
    const bool alone = samples.size() > 12;  // those that belong to no story
    const size_t count = alone ? 2 : samples.size();
    for (size_t i = 0; i < count; ++i) {
      const Sample& s = samples[alone ? mixed(seed_, i) % samples.size() : i];
      const int64_t later = alone ? 0 : std::min<int64_t>(s.article.minute - first, 5 * 24 * 60);
      waiting_.push(made(s, alone ? seed_ * 2 + i + 1'000'000'000 : seed_, begin_ + later));
    }
    ++seed_;
    told_ += static_cast<int64_t>(count);
    begin_ = kFirstMinute + told_ * 24 * 60 / kArticlesADay;
  }

  const std::vector<std::vector<Sample>>& stories_;
  std::priority_queue<Made, std::vector<Made>, std::greater<>> waiting_;
  uint64_t seed_ = 1;
  int64_t told_ = 0, begin_ = kFirstMinute;
};

/// How long something took, on the clock and of the processor: on a busy machine the first says
/// more about the machine.
struct Times {
  std::vector<double> clock_ms, processor_ms;
};

template <typename Ask>
void time(Times& times, Ask ask) {
  const double before = cpu_seconds();
  const auto begin = std::chrono::steady_clock::now();
  ask();
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
  times.clock_ms.push_back(took.count());
  times.processor_ms.push_back(1000 * (cpu_seconds() - before));
}

void print(const char* what, Times times) {
  fmt::print("{:<20}", what);
  for (auto* ms : {&times.processor_ms, &times.clock_ms}) {
    std::sort(ms->begin(), ms->end());
    fmt::print(" {}: {:.2f} ms median, {:.2f} of 95 %, {:.2f} worst",
               ms == &times.processor_ms ? "processor" : "; clock", (*ms)[ms->size() / 2],
               (*ms)[ms->size() * 95 / 100], ms->back());
  }
  fmt::print(" ({} times)\n", times.clock_ms.size());
}

void time_questions(store::Archive& archive) {
  const std::vector<std::string> words = {"bro", "skred", "fire", "politi", "minister"};
  Times one, two, source;
  for (size_t i = 0; i < 100; ++i) {
    const std::string& word = words[i % words.size()];
    time(one, [&] { must(archive.search({.words = {{word}}})); });
    time(two, [&] { must(archive.search({.words = {{word}, {"si", "say"}}})); });
    time(source, [&] { must(archive.source("politiet", 20)); });
  }
  print("search, one word", one);
  print("search, two words", two);
  print("source", source);
}

/// Adds `count` articles; how long that took and how much of it the stories.
void add_all(store::Archive& archive, story::Keeper& keeper, Stream& stream, uint64_t count) {
  double spent = 0, stories = 0;
  archive.before_commit([&] {
    const double begin = cpu_seconds();
    const Status done = keeper.update(UINT32_MAX);
    stories += cpu_seconds() - begin;
    return done;
  });
  for (uint64_t i = 0; i < count; ++i) {
    const Made article = stream.next();
    const double begin = cpu_seconds();
    must(archive.add(article.record, must(store::rows_of(article.record.ledger))));
    spent += cpu_seconds() - begin;
  }
  const double begin = cpu_seconds();
  must(archive.commit());
  spent += cpu_seconds() - begin;
  const double n = static_cast<double>(count);
  fmt::print("{:<24} {:>8.0f} articles a second of one core, {:.2f} ms each ({} articles)\n", "add",
             n / (spent - stories), 1000 * (spent - stories) / n, count);
  fmt::print("{:<24} {:>8.2f} ms an article, in batches; both: {:.0f} articles a second\n",
             "stories of them", 1000 * stories / n, n / spent);
}

void add_one_more(store::Archive& archive, story::Keeper& keeper, Stream& stream) {
  Times update, whole;
  archive.before_commit([&] {
    Status done = Unit{};
    time(update, [&] { done = keeper.update(UINT32_MAX); });
    return done;
  });
  for (uint32_t i = 0; i < kOneMore; ++i) {
    const Made article = stream.next();
    time(whole, [&] {
      must(archive.add(article.record, must(store::rows_of(article.record.ledger))));
      must(archive.commit());
    });
  }
  print("story update", update);
  print("one more, committed", whole);
}

/// Questions to the archive, its stories, and what it takes.
void look(const std::string& path, uint64_t count) {
  auto archive = must(store::Archive::open(path, store::Archive::Mode::kRead));
  time_questions(archive);
  auto tables = must(store::StoryTables::open(archive));
  const auto made = must(tables.stories());
  int64_t largest = 0;
  for (const int64_t one : made)
    largest = std::max(largest, static_cast<int64_t>(must(tables.members(one)).size()));
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  fmt::print(
      "{:<24} {:>8.1f} KB an article, {} stories of {} articles at most, peak memory {} MB\n",
      "file", static_cast<double>(fs::file_size(path)) / 1024 / static_cast<double>(count),
      made.size(), largest, usage.ru_maxrss / 1024);
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  const uint64_t count = argc > 1 ? std::stoull(argv[1]) : 20'000;
  const std::string path =
      argc > 2 ? argv[2] : (fs::temp_directory_path() / "avstand-story-bench.db").string();
  const uint64_t stretch = argc > 3 ? std::max<uint64_t>(1, std::stoull(argv[3])) : count;
  for (const char* end : {"", "-wal", "-shm"}) fs::remove(path + end);
  const auto stories = read_stories();
  Stream stream(stories);
  {
    auto archive = must(store::Archive::open(path, store::Archive::Mode::kCreate));
    auto keeper = must(story::Keeper::open(archive));
    for (uint64_t added = 0; added < count;) {
      const uint64_t some = std::min(stretch, count - added);
      add_all(archive, keeper, stream, some);
      add_one_more(archive, keeper, stream);
      archive.before_commit({});
      look(path, added += some);
    }
  }
  for (const char* end : {"", "-wal", "-shm"}) fs::remove(path + end);
}
