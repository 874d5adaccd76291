// Trains the weights of data/lang/<code>/sentence_ends.tsv (see src/text/sentence_ends.h).
//
//   train_sentence_ends DATA_DIR CODE OUT.tsv [--shapes] TREEBANK.conllu...
//
// Logistic regression by FTRL-Proximal (McMahan et al. 2013) with L1, so that only features that
// matter get a weight. The program uses the tokeniser and the feature extractor of the engine
// itself. A treebank file without "# newpar" has its paragraphs run together; that teaches where a
// heading ends that runs into the text behind it. --shapes leaves out features with word forms,
// which gives a model for languages that have none.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <random>
#include <set>
#include <sstream>

#include "text/line.h"
#include "text/sentences.h"
#include "text/text_rules.h"
#include "text/tokenize.h"

namespace {

using namespace avstand;

struct Paragraph {
  std::string text;
  std::set<uint32_t> ends;  // byte offsets behind the last word of a sentence
};

struct Example {
  std::vector<uint32_t> features;
  bool end = false;
};

/// The text of the treebank as an engine sees it, paragraph by paragraph.
std::vector<Paragraph> read_treebank(const std::string& path) {
  std::ifstream in(path);
  std::vector<Paragraph> out(1);
  bool space = false;
  int skip_to = 0;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("# newpar") || line.starts_with("# newdoc")) {
      if (!out.back().text.empty()) out.emplace_back();
      space = false;
    } else if (line.empty()) {
      if (!out.back().text.empty())
        out.back().ends.insert(static_cast<uint32_t>(out.back().text.size()));
      skip_to = 0;
      space = true;
    } else if (std::isdigit(static_cast<unsigned char>(line[0])) != 0) {
      std::vector<std::string> cells;
      std::stringstream stream(line);
      for (std::string cell; std::getline(stream, cell, '\t');) cells.push_back(cell);
      if (cells.size() < 10 || cells[0].find('.') != std::string::npos) continue;
      const size_t dash = cells[0].find('-');
      if (dash != std::string::npos) {
        skip_to = std::stoi(cells[0].substr(dash + 1));
      } else if (std::stoi(cells[0]) <= skip_to) {
        continue;
      }
      if (space && !out.back().text.empty()) out.back().text += ' ';
      out.back().text += cells[1];
      space = cells[9].find("SpaceAfter=No") == std::string::npos;
    }
  }
  return out;
}

class Trainer {
 public:
  Trainer(const TextRules::Language& rules, bool shapes) : rules_(rules), shapes_(shapes) {}

  void add(const Paragraph& paragraph) {
    const auto size = static_cast<uint32_t>(paragraph.text.size());
    for (uint32_t pos = 0; pos < size;) {
      pos = read_line(paragraph.text, pos, size, line_);
      tokenize(line_, rules_, tokens_);
      describe_words(line_, tokens_, words_);
      add_line(paragraph);
    }
  }

  void train(int epochs) {
    std::mt19937 random(1);
    z_.assign(names_.size(), 0);
    n_.assign(names_.size(), 0);
    for (int epoch = 0; epoch < epochs; ++epoch) {
      std::shuffle(examples_.begin(), examples_.end(), random);
      for (const Example& example : examples_) update(example);
    }
  }

  void write(const std::string& path, const std::string& sources) const {
    std::map<std::string, double> sorted;
    for (uint32_t i = 0; i < names_.size(); ++i)
      if (std::abs(weight(i)) >= 0.1) sorted[names_[i]] = weight(i);
    std::ofstream out(path);
    out << "# source: trained by training/segmenter from " << sources << "\n"
        << "# licence: CC-BY-SA-4.0 (as the treebanks; weights only)\n"
        << "# columns: feature\tweight\n";
    char buffer[32];
    for (const auto& [name, value] : sorted) {
      std::snprintf(buffer, sizeof buffer, "%.2f", value);
      out << name << '\t' << buffer << '\n';
    }
    std::cerr << examples_.size() << " gaps, " << sorted.size() << " weights\n";
  }

 private:
  void add_line(const Paragraph& paragraph) {
    EndTracker tracker;
    for (size_t at = 0; at + 1 < tokens_.size(); ++at) {
      tracker.take(words_[at]);
      const uint32_t behind = line_[tokens_[at].end - 1].source.end;
      const bool end = paragraph.ends.contains(behind);
      if (!tokens_[at + 1].joined && SentenceEnds::candidate(words_, at)) {
        features_.extract(words_, at, tracker.state());
        examples_.push_back({ids(), end});
      }
      if (end) tracker.reset();
    }
  }

  std::vector<uint32_t> ids() {
    std::vector<uint32_t> out;
    for (size_t i = 0; i < features_.size(); ++i) {
      const std::string name(features_[i]);
      if (shapes_ && std::string_view("wvuty").find(name[0]) != std::string_view::npos) continue;
      const auto [it, is_new] = index_.emplace(name, static_cast<uint32_t>(names_.size()));
      if (is_new) names_.push_back(name);
      out.push_back(it->second);
    }
    return out;
  }

  double weight(uint32_t i) const {
    if (std::abs(z_[i]) <= kL1) return 0;
    const double sign = z_[i] < 0 ? -1 : 1;
    return -(z_[i] - sign * kL1) / ((kBeta + std::sqrt(n_[i])) / kAlpha + kL2);
  }

  void update(const Example& example) {
    double sum = 0;
    for (const uint32_t i : example.features) sum += weight(i);
    const double p = 1 / (1 + std::exp(-sum));
    const double g = p - (example.end ? 1 : 0);
    for (const uint32_t i : example.features) {
      const double sigma = (std::sqrt(n_[i] + g * g) - std::sqrt(n_[i])) / kAlpha;
      z_[i] += g - sigma * weight(i);
      n_[i] += g * g;
    }
  }

  static constexpr double kAlpha = 0.1, kBeta = 1, kL1 = 1.0, kL2 = 1.0;
  const TextRules::Language& rules_;
  const bool shapes_;
  Line line_;
  std::vector<RawToken> tokens_;
  std::vector<EndWord> words_;
  EndFeatures features_;
  std::vector<Example> examples_;
  std::map<std::string, uint32_t> index_;
  std::vector<std::string> names_;
  std::vector<double> z_, n_;
};

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> arguments(argv + 1, argv + argc);
  const bool shapes = std::erase(arguments, "--shapes") > 0;
  if (arguments.size() < 4) {
    std::cerr << "usage: train_sentence_ends DATA_DIR CODE OUT.tsv [--shapes] TREEBANK.conllu...\n";
    return 2;
  }
  auto rules = TextRules::load(arguments[0]);
  if (!rules) {
    std::cerr << rules.error().to_string() << "\n";
    return 1;
  }
  const std::string& code = arguments[1];
  const auto* language = rules->find(code == "und" ? LanguageCode() : LanguageCode(code));
  if (language == nullptr) {
    std::cerr << "no such language: " << code << "\n";
    return 2;
  }
  Trainer trainer(*language, shapes);
  std::string sources;
  for (size_t i = 3; i < arguments.size(); ++i) {
    for (const Paragraph& paragraph : read_treebank(arguments[i])) trainer.add(paragraph);
    const std::string name = arguments[i].substr(arguments[i].rfind('/') + 1);
    sources += (sources.empty() ? "" : ", ") + name;
  }
  trainer.train(12);
  trainer.write(arguments[2], sources);
  return 0;
}
