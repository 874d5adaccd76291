#include "document/segment.h"

#include "text/line.h"
#include "text/sentences.h"
#include "text/text_rules.h"
#include "text/tokenize.h"

namespace avstand {
namespace {

/// Appends the words and sentences of one block after another to an analysis.
class Segmenter {
 public:
  Segmenter(const Article& article, const TextRules& rules, Analysis& analysis, uint32_t max_words)
      : article_(article), rules_(rules), analysis_(analysis), max_words_(max_words) {}

  void read_block(uint32_t index) {
    const Block& block = article_.blocks[index];
    block_ = index;
    language_ = block.language.known() ? block.language : article_.language;
    const TextRules::Language* found = rules_.find(language_);
    const TextRules::Language& language = found != nullptr ? *found : *rules_.find({});
    const std::string_view text = article_.text;
    for (uint32_t pos = block.span.begin; pos < block.span.end;) {
      pos = read_line(text, pos, block.span.end, line_);
      tokenize(line_, language, tokens_);
      find_sentences(line_, tokens_, language, max_words_, ends_);
      append_line();
    }
  }

 private:
  void append_line() {
    uint32_t begin = 0;
    for (const uint32_t end : ends_) {
      append_sentence(begin, end);
      begin = end;
    }
  }

  void append_sentence(uint32_t begin, uint32_t end) {
    SentenceInfo sentence;
    sentence.words.begin = static_cast<WordId>(analysis_.words.size());
    for (uint32_t i = begin; i < end; ++i) append_word(i);
    sentence.words.end = static_cast<WordId>(analysis_.words.size());
    sentence.span = analysis_.span(sentence.words);
    sentence.block = block_;
    sentence.language = language_;
    analysis_.sentences.push_back(sentence);
  }

  void append_word(uint32_t i) {
    const RawToken& token = tokens_[i];
    const auto id = static_cast<WordId>(analysis_.words.size());
    if (token.joined && tokens_[i - 1].joined) {
      analysis_.multiword.back().words.end = id + 1;
    } else if (token.joined) {
      analysis_.multiword.push_back({{id - 1, id + 1}});
    }
    Word word;
    word.span = {line_[token.begin].source.begin, line_[token.end - 1].source.end};
    word.form = analysis_.strings.intern(line_.text(token.begin, token.end));
    word.space_after = i + 1 < tokens_.size() ? tokens_[i + 1].space_before
                                              : !line_.continues || token.end < line_.size();
    analysis_.words.push_back(word);
    analysis_.sentence_of.push_back(static_cast<uint32_t>(analysis_.sentences.size()));
  }

  const Article& article_;
  const TextRules& rules_;
  Analysis& analysis_;
  const uint32_t max_words_;
  uint32_t block_ = 0;
  LanguageCode language_;
  Line line_;  // reused from line to line, as are the next two
  std::vector<RawToken> tokens_;
  std::vector<uint32_t> ends_;
};

}  // namespace

void segment(const Article& article, const TextRules& rules, Analysis& analysis,
             uint32_t max_words) {
  analysis.text = article.text;
  analysis.words.clear();
  analysis.sentences.clear();
  analysis.multiword.clear();
  analysis.names.clear();
  analysis.sentence_of.clear();
  Segmenter segmenter(article, rules, analysis, max_words);
  for (uint32_t i = 0; i < article.blocks.size(); ++i) segmenter.read_block(i);
}

}  // namespace avstand
