// Pages to articles: the parser alone against the whole reader, by size of page.
//   html_bench [FILE...]   (without files: tests/ingest/pages)
// The parser is given what the reader gives it: the page in UTF-8, decoded beforehand. Both are
// measured in turn, round by round, so that what else the machine does slows both; medians of five.
#include <gumbo.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "base/file.h"
#include "ingest/html_article.h"
#include "ingest/html_tree.h"
#include "ingest/patterns_impl.h"

using namespace avstand;

namespace {

constexpr size_t kBytes = 16u << 20;  // read in a round
constexpr int kRounds = 5;
constexpr std::array<size_t, 4> kClasses = {8u << 10, 64u << 10, 256u << 10, SIZE_MAX};

struct Page {
  std::string bytes;
  std::string utf8;
};

struct Class {
  std::vector<Page> pages;
  size_t bytes = 0;
};

std::array<Class, kClasses.size()> load(const std::vector<std::string>& files,
                                        const ingest::Patterns& patterns) {
  std::array<Class, kClasses.size()> out;
  for (const std::string& file : files) {
    auto bytes = read_file(file, 10'000'000);
    if (!bytes) continue;
    const auto page = ingest::DecodedPage::decode(*bytes, patterns.get().encodings);
    if (!page) continue;
    std::string utf8(page->utf8());
    const auto at = std::find_if(kClasses.begin(), kClasses.end(),
                                 [&](size_t most) { return utf8.size() <= most; });
    Class& to = out[static_cast<size_t>(at - kClasses.begin())];
    to.bytes += utf8.size();
    to.pages.push_back({std::move(*bytes), std::move(utf8)});
  }
  return out;
}

template <typename Work>
double seconds(const Class& pages, size_t times, Work work) {
  const auto begin = std::chrono::steady_clock::now();
  for (size_t i = 0; i < times; ++i)
    for (const Page& page : pages.pages) work(page);
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

double median(std::vector<double> of) {
  std::nth_element(of.begin(), of.begin() + kRounds / 2, of.end());
  return of[kRounds / 2];
}

void parser_alone(const Page& page) {
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;
  gumbo_destroy_output(&options,
                       gumbo_parse_with_options(&options, page.utf8.data(), page.utf8.size()));
}

void measure(const Class& pages, const ingest::Patterns& patterns) {
  const size_t times = std::max<size_t>(1, kBytes / pages.bytes);
  std::vector<double> parser, tree, whole;
  for (int round = 0; round <= kRounds; ++round) {  // the first warms up
    const double a = seconds(pages, times, parser_alone);
    const double b =
        seconds(pages, times, [](const Page& page) { (void)ingest::HtmlTree::parse(page.utf8); });
    const double c = seconds(pages, times, [&](const Page& page) {
      ingest::Run run;
      (void)ingest::read_html_article(page.bytes, "page", {}, patterns, run, Deadline());
    });
    if (round == 0) continue;
    parser.push_back(a);
    tree.push_back(b);
    whole.push_back(c);
  }
  const double one = median(parser);
  const double mb = static_cast<double>(pages.bytes * times) / 1e6;
  std::printf("%6zu %9zu %8.1f %8.1f %8.1f %8.2f %8.2f\n", pages.pages.size(),
              pages.bytes / pages.pages.size(), mb / one, mb / median(tree), mb / median(whole),
              median(tree) / one, median(whole) / one);
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> files(argv + 1, argv + argc);
  if (files.empty())
    for (const auto& entry :
         std::filesystem::directory_iterator(AVSTAND_SOURCE_DIR "/tests/ingest/pages"))
      if (entry.path().extension() == ".html") files.push_back(entry.path());
  const auto patterns = ingest::Patterns::load(AVSTAND_SOURCE_DIR "/data");
  if (!patterns) return std::fputs("html_bench: no patterns\n", stderr), 1;
  std::puts(
      "                  MB/s                       of the parser's time\n"
      " pages     bytes   parser     tree    whole     tree    whole");
  size_t pages = 0;
  for (const Class& one : load(files, *patterns)) {
    if (one.pages.empty()) continue;
    pages += one.pages.size();
    measure(one, *patterns);
  }
  if (pages == 0) return std::fputs("html_bench: no pages\n", stderr), 1;
  return 0;
}
