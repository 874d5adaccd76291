// What training/frames/train.py learns from: the candidates of the frames over the gold's texts,
// with their features, and the sentences after a speech dash. One JSON object a line.
//
// usage: frame_candidates DATA_DIR MODEL_DIR LANGUAGE STATES < GOLD.jsonl > CANDIDATES.jsonl
//
// STATES gets a record a candidate line: the states of cue, source head and content head as bytes,
// then their three scales as floats (zeros where there is no source).
#include <fmt/core.h>

#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>

#include "attribution/attribute.h"
#include "attribution/candidates.h"
#include "attribution/frame_model.h"
#include "attribution/speech_model.h"
#include "ingest/patterns.h"
#include "reader/reader.h"

namespace avstand {
namespace {

using Json = nlohmann::json;

/// How many sentences after a dash are looked at; speech seldom runs longer.
constexpr uint32_t kLongestSpeech = 12;
/// Probability from which a candidate of the earlier model counts as narration.
constexpr float kNarrated = 0.4F;

class Dump {
 public:
  Dump(const Reading& reading, const CueLexicon::Language& lexicon, std::ostream& states)
      : states_(states),
        analysis_(reading.analysis),
        tree_(reading.analysis),
        context_{analysis_, tree_, lexicon},
        quotes_(analysis_),
        code_points_(reading.article.text),
        id_(reading.article.id) {}

  void write(std::ostream& out) {
    std::vector<Candidate> candidates;
    for (uint32_t s = 0; s < analysis_.sentences.size(); ++s)
      find_candidates(context_, s, candidates);
    score_candidates(context_, quotes_, candidates);
    write_speech(candidates, out);
    for (const Candidate& c : candidates) {
      write_states(c);
      std::vector<std::string> features;
      frame_features(context_, quotes_, c, features);
      out << Json{{"doc", id_},
                  {"frame", to_string(c.frame)},
                  {"p", c.probability},
                  {"cue", spans(c.cue_words)},
                  {"source", spans(c.source)},
                  {"content", spans(c.content)},
                  {"f", features}}
                 .dump()
          << '\n';
    }
  }

 private:
  void write_states(const Candidate& c) {
    const WordStates& states = analysis_.states;
    const std::vector<char> nothing(states.width);
    float scales[3] = {};
    for (size_t i = 0; i < std::size(scales); ++i) {
      const WordId w = state_words(c)[i];
      if (w != kNoWord) scales[i] = states.scale[w];
      states_.write(w == kNoWord ? nothing.data() : reinterpret_cast<const char*>(states.row(w)),
                    states.width);
    }
    states_.write(reinterpret_cast<const char*>(scales), sizeof scales);
  }

  void write_speech(const std::vector<Candidate>& candidates, std::ostream& out) {
    std::vector<bool> narrated(analysis_.sentences.size());
    for (const Candidate& c : candidates)
      if (c.probability >= kNarrated && !c.content_first && c.source_head != kNoWord &&
          !context_.lexicon.is(analysis_.lemma(c.source_head), CueRole::kFirst))
        narrated[analysis_.sentence_of[c.cue]] = true;
    for (const DashRun& run : quotes_.dashes())
      for (uint32_t s = run.first_sentence + 1;
           s < std::min(run.end_sentence, run.first_sentence + kLongestSpeech); ++s) {
        std::vector<std::string> features;
        continuation_features(context_, {run.first_sentence, s, narrated[s], run.end_sentence},
                              features);
        out << Json{{"doc", id_},
                    {"speech", spans({analysis_.sentences[run.first_sentence].words})},
                    {"content", spans({analysis_.sentences[s].words})},
                    {"f", features}}
                   .dump()
            << '\n';
      }
  }

  Json spans(const Ranges& ranges) const {
    Json out = Json::array();
    for (const WordRange r : ranges) {
      const Span s = analysis_.span(r);
      out.push_back({code_points_.to_code_point(s.begin), code_points_.to_code_point(s.end)});
    }
    return out;
  }

  std::ostream& states_;
  const Analysis& analysis_;
  const Tree tree_;
  const FrameContext context_;
  const QuotationMap quotes_;
  const CodePointIndex code_points_;
  const std::string& id_;
};

int fail(const Error& error) {
  fmt::print(stderr, "frame_candidates: {}\n", error.to_string());
  return 2;
}

int run(const std::string& data, const std::string& models, LanguageCode language,
        const std::string& states_path) {
  std::ofstream states(states_path, std::ios::binary);
  auto reader = Reader::open({.data_dir = data, .model_dir = models});
  if (!reader) return fail(reader.error());
  auto cues = CueLexicon::load(data, models);
  if (!cues) return fail(cues.error());
  const auto workspace = (*reader)->make_workspace();
  for (std::string line; std::getline(std::cin, line);) {
    const Json gold = Json::parse(line);
    Article article;
    article.id = gold.at("id").get<std::string>();
    article.text = gold.at("text").get<std::string>();
    article.language = language;
    article.language_given = true;
    auto patterns = ingest::Patterns::load(data);
    if (!patterns) return fail(patterns.error());
    ingest::find_blocks(article, *patterns);
    const auto reading = (*reader)->read(std::move(article), *workspace, Stage::kEntities);
    Dump(*reading, *cues->find(language), states).write(std::cout);
  }
  return 0;
}

}  // namespace
}  // namespace avstand

int main(int argc, char** argv) {
  if (argc != 5) {
    fmt::print(stderr, "usage: frame_candidates DATA_DIR MODEL_DIR LANGUAGE STATES < GOLD.jsonl\n");
    return 1;
  }
  return avstand::run(argv[1], argv[2], avstand::LanguageCode(argv[3]), argv[4]);
}
