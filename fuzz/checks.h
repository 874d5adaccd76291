// What must hold for any input; a target aborts where it does not.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "document/analysis.h"
#include "document/article.h"
#include "ingest/ingest.h"
#include "ingest/patterns.h"

namespace avstand::fuzz {

inline void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

/// On a border of a code point.
inline bool on_border(std::string_view text, uint32_t at) {
  return at <= text.size() &&
         (at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80);
}

inline void check_span(std::string_view text, Span span) {
  require(span.begin <= span.end && span.end <= text.size(), "a span is inside the text");
  require(on_border(text, span.begin) && on_border(text, span.end), "a span has whole characters");
}

inline void check_blocks(const Article& article) {
  uint32_t end = 0;
  for (const Block& block : article.blocks) {
    check_span(article.text, block.span);
    require(end <= block.span.begin, "blocks are in order and apart");
    end = block.span.end;
    if (block.kicker) require(block.span.contains(*block.kicker), "a kicker is in its block");
  }
}

/// The patterns that the program uses.
inline const ingest::Patterns& patterns() {
  static const auto loaded = ingest::Patterns::load(AVSTAND_SOURCE_DIR "/data");
  require(loaded.has_value(), "the data files are there");
  return *loaded;
}

/// What a reader hands on.
inline void check_item(const ingest::Item& item) {
  require(item.article.has_value() != item.error.has_value(), "an article or an error");
  if (item.article) check_blocks(*item.article);
  if (item.article)  // a picture may have no words
    require(!item.article->text.empty() || !item.article->pictures.empty(), "an article has text");
  if (item.error) require(!item.error->message.empty(), "an error says what is wrong");
}

inline std::string_view bytes_of(const uint8_t* data, size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

inline void check_words(const Article& article, const Analysis& analysis) {
  uint32_t end = 0;
  for (const Word& word : analysis.words) {
    check_span(article.text, word.span);
    require(end <= word.span.begin, "words are in order and apart");
    end = word.span.end;
  }
  uint32_t next = 0;
  for (const SentenceInfo& s : analysis.sentences) {
    require(s.words.begin == next && !s.words.empty(), "sentences part the words");
    next = s.words.end;
    require(s.block < article.blocks.size() && article.blocks[s.block].span.contains(s.span),
            "a sentence is in its block");
    for (uint32_t w = s.words.begin; w < s.words.end; ++w)
      require(s.span.contains(analysis.words[w].span), "a word is in its sentence");
  }
  require(next == analysis.words.size(), "every word is in a sentence");
}

}  // namespace avstand::fuzz
