// Pages to articles: the parser alone against the whole reader, medians of five.
//   html_bench [FILE...]   (without files: tests/ingest/pages, each read as often as makes 16 MB)
#include <gumbo.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "base/file.h"
#include "ingest/html_article.h"
#include "ingest/html_tree.h"
#include "ingest/patterns.h"

using namespace avstand;

namespace {

constexpr size_t kBytes = 16u << 20;
constexpr int kRounds = 5;

std::vector<std::string> load(const std::vector<std::string>& files) {
  std::vector<std::string> pages;
  for (const std::string& file : files)
    if (auto bytes = read_file(file, 10'000'000)) pages.push_back(std::move(*bytes));
  return pages;
}

/// Seconds for all pages: the median of five rounds, after one to warm up.
template <typename Work>
double seconds(const std::vector<std::string>& pages, size_t times, Work work) {
  std::vector<double> rounds;
  for (int round = 0; round <= kRounds; ++round) {
    const auto begin = std::chrono::steady_clock::now();
    for (size_t i = 0; i < times; ++i)
      for (const std::string& page : pages) work(page);
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - begin;
    if (round > 0) rounds.push_back(time.count());
  }
  std::nth_element(rounds.begin(), rounds.begin() + kRounds / 2, rounds.end());
  return rounds[kRounds / 2];
}

void parser_alone(const std::string& page) {
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;
  gumbo_destroy_output(&options, gumbo_parse_with_options(&options, page.data(), page.size()));
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> files(argv + 1, argv + argc);
  if (files.empty())
    for (const auto& entry :
         std::filesystem::directory_iterator(AVSTAND_SOURCE_DIR "/tests/ingest/pages"))
      if (entry.path().extension() == ".html") files.push_back(entry.path());
  const auto patterns = ingest::Patterns::load(AVSTAND_SOURCE_DIR "/data");
  const auto pages = load(files);
  size_t bytes = 0;
  for (const std::string& page : pages) bytes += page.size();
  if (!patterns || bytes == 0) return std::fputs("html_bench: no pages\n", stderr), 1;
  const size_t times = std::max<size_t>(1, kBytes / bytes);
  const double parser = seconds(pages, times, parser_alone);
  const double tree =
      seconds(pages, times, [](const std::string& page) { (void)ingest::HtmlTree::parse(page); });
  const double whole = seconds(pages, times, [&](const std::string& page) {
    ingest::Run run;
    (void)ingest::read_html_article(page, "page", {}, *patterns, run);
  });
  const double megabytes = static_cast<double>(bytes * times) / 1e6;
  std::printf(
      "parser alone  %6.1f MB/s\ntree          %6.1f MB/s  %.2f of the parser\n"
      "whole reader  %6.1f MB/s  %.2f of the parser\n",
      megabytes / parser, megabytes / tree, tree / parser, megabytes / whole, whole / parser);
  return 0;
}
