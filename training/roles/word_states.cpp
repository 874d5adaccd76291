// What training/roles/train.py learns from: the words of the gold's texts with their trees and the
// parser's states. One JSON object an article on standard output; STATES gets a row a word, its
// bytes and then its scale as a float.
//
// usage: word_states DATA_DIR MODEL_DIR LANGUAGE STATES < GOLD.jsonl > WORDS.jsonl
#include <fmt/core.h>

#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "attribution/attribute.h"
#include "attribution/candidate.h"
#include "attribution/cue_lexicon.h"
#include "attribution/quotation.h"
#include "attribution/speaker_model.h"
#include "attribution/speech_model.h"
#include "ingest/patterns.h"
#include "reader/reader.h"

namespace avstand {
namespace {

using Json = nlohmann::json;

int fail(const Error& error) {
  fmt::print(stderr, "word_states: {}\n", error.to_string());
  return 2;
}

/// The sentences after those that open with a speech dash, each with the opening one and the
/// features of its going on. Narration is what the model now in use finds in them.
Json speech(const FrameContext& c, const QuotationMap& quotes, const AttributionLayer& found) {
  const Analysis& a = c.analysis;
  std::vector<bool> narrated(a.sentences.size());
  for (const Attribution& x : found.attributions)
    if (x.cue_head != kNoWord && !x.source.empty() && x.cue_head < x.content.front().begin &&
        !c.lexicon.is(a.lemma(x.source.front().begin), CueRole::kFirst))
      narrated[a.sentence_of[x.cue_head]] = true;
  Json out = Json::array();
  for (const DashRun& run : quotes.dashes())
    for (uint32_t s = run.first_sentence + 1;
         s < std::min(run.end_sentence, run.first_sentence + kLongestSpeech + 1); ++s) {
      std::vector<std::string> features;
      continuation_features(c, {run.first_sentence, s, narrated[s], run.end_sentence}, features);
      out.push_back({{"sentences", {run.first_sentence, s}}, {"f", features}});
    }
  return out;
}

bool is_bare(const Attribution& x) {
  return x.quote == QuoteType::kDirect && x.why.front().rule == to_string(Frame::kBareQuote);
}

/// Bare speech as the model now in use finds it, with everybody who may speak.
Json speakers(const FrameContext& c, const EntityLayer& entities, const QuotationMap& quotes,
              const AttributionLayer& found) {
  const Analysis& a = c.analysis;
  std::vector<uint8_t> spoken(a.words.size());
  for (const Attribution& x : found.attributions)
    if (x.quote == QuoteType::kDirect)
      for (const WordRange r : x.content)
        std::fill(&spoken[r.begin], &spoken[r.begin] + r.size(), 1);
  SpeakerModel model(c, entities, quotes, spoken);
  for (const Attribution& x : found.attributions)
    if (!is_bare(x) && x.quote != QuoteType::kScare && x.cue_head != kNoWord &&
        spoken[x.cue_head] == 0)
      model.add({x.source, head_of(a, x.source),
                 x.quote == QuoteType::kDirect ? Teller::kHeard : Teller::kReported});
  Json out = Json::array();
  for (const Attribution& x : found.attributions) {
    if (!is_bare(x)) continue;
    const uint32_t last = a.sentence_of[x.content.back().end - 1];
    if (a.form(a.sentences[last].words.end - 1) == "?") continue;
    Json choices = Json::array();
    for (const SpeakerChoice& choice :
         model.choices({a.sentence_of[x.content.front().begin], last})) {
      Json words = Json::array();
      for (const WordRange r : choice.source) words.push_back({r.begin, r.end});
      choices.push_back({{"source", words}, {"f", choice.features}, {"entity", choice.entity}});
    }
    out.push_back(
        {{"words", {x.content.front().begin, x.content.back().end}}, {"choices", choices}});
    model.add({x.source, head_of(a, x.source), Teller::kBare});
  }
  return out;
}

void write(const Reading& reading, const CueLexicon& cues, LanguageCode language,
           std::ostream& states) {
  const Analysis& a = reading.analysis;
  const CueLexicon::Language& lexicon = *cues.find(language);
  const Tree tree(a);
  const QuotationMap quotes(a);
  const CodePointIndex code_points(reading.article.text);
  Json sentences = Json::array(), words = Json::array();
  for (const SentenceInfo& s : a.sentences)
    sentences.push_back({s.words.begin, s.words.end, s.parsed ? 1 : 0});
  for (WordId w = 0; w < a.words.size(); ++w) {
    const Word& word = a.words[w];
    const CueEntry* cue = lexicon.find(word.upos, a.lemma(w));
    const int quote = quotes.quoted_at(w) != nullptr ? 1 : quotes.marked(w) ? 2 : 0;
    words.push_back({code_points.to_code_point(word.span.begin),
                     code_points.to_code_point(word.span.end), static_cast<int>(word.upos),
                     word.head == kNoWord ? -1 : static_cast<int64_t>(word.head),
                     static_cast<int>(word.rel),
                     cue == nullptr ? 0 : 1 + static_cast<int>(cue->act), quote, a.lemma(w)});
    states.write(reinterpret_cast<const char*>(a.states.row(w)), a.states.width);
    states.write(reinterpret_cast<const char*>(&a.states.scale[w]), sizeof(float));
  }
  RoleBuffers buffers;
  const AttributionLayer found = attribute(a, tree, reading.entities, cues, buffers, Deadline());
  std::cout << Json{{"doc", reading.article.id},
                    {"sentences", sentences},
                    {"words", words},
                    {"speech", speech({a, tree, lexicon}, quotes, found)},
                    {"speakers", speakers({a, tree, lexicon}, reading.entities, quotes, found)}}
                   .dump()
            << '\n';
}

int run(const std::string& data, const std::string& models, LanguageCode language,
        const std::string& states_path) {
  std::ofstream states(states_path, std::ios::binary);
  auto reader = Reader::open({.data_dir = data, .model_dir = models});
  if (!reader) return fail(reader.error());
  auto cues = CueLexicon::load(data, models);
  if (!cues) return fail(cues.error());
  auto patterns = ingest::Patterns::load(data);
  if (!patterns) return fail(patterns.error());
  const auto workspace = (*reader)->make_workspace();
  for (std::string line; std::getline(std::cin, line);) {
    const Json gold = Json::parse(line);
    Article article;
    article.id = gold.at("id").get<std::string>();
    article.text = gold.at("text").get<std::string>();
    article.language = language;
    article.language_given = true;
    ingest::find_blocks(article, *patterns);
    const auto reading = (*reader)->read(std::move(article), *workspace, Stage::kEntities);
    write(*reading, *cues, language, states);
  }
  return 0;
}

}  // namespace
}  // namespace avstand

int main(int argc, char** argv) {
  if (argc != 5) {
    fmt::print(stderr, "usage: word_states DATA_DIR MODEL_DIR LANGUAGE STATES < GOLD.jsonl\n");
    return 1;
  }
  return avstand::run(argv[1], argv[2], avstand::LanguageCode(argv[3]), argv[4]);
}
