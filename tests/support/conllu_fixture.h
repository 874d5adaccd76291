// An Article and its Analysis from CoNLL-U written in a test, so that rooms above language/ can be
// tested on trees that are known to be right, without a model.
//
// A line is either the ten columns of CoNLL-U or, for writing by hand, the short form
//
//   form lemma UPOS feats head deprel [misc]
//
// with columns parted by tabs or runs of spaces (ids are counted; "_" is empty; a lemma "=" is the
// form in lower case). MISC knows SpaceAfter=No and name=B-PER / I-PER / O. Comments:
//
//   # newpar                 a new block begins (the first one begins by itself)
//   # block = caption        its kind, in LEDGER.md's words; begins a new block too
//   # kicker = IN PORT       text before the block's first sentence, with its colon (not words)
//   # language = nn          language of the sentences from here on
//
// An empty line ends a sentence. Blocks are joined by an empty line, sentences by a space.
#pragma once

#include <charconv>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "document/analysis.h"
#include "document/article.h"

namespace avstand::testing {

/// The article and what stands on it. Movable: the text lives behind a pointer.
struct Fixture {
  std::unique_ptr<Article> article = std::make_unique<Article>();
  Analysis analysis;

  /// The words of a range as they stand in the text.
  std::string text(WordRange r) const {
    if (r.empty()) return {};
    return std::string(analysis.span(r).in(article->text));
  }
  /// The first word with this form at or after `from`; throws if there is none.
  WordId find(std::string_view form, WordId from = 0) const {
    for (WordId w = from; w < analysis.words.size(); ++w)
      if (analysis.form(w) == form) return w;
    throw std::runtime_error("no word " + std::string(form));
  }
};

/// Builds a Fixture; see the head of the file. Throws std::runtime_error on a bad line.
class FixtureBuilder {
 public:
  explicit FixtureBuilder(std::string_view language) : language_(language) {
    out_.article->language = language_;
  }

  Fixture build(std::string_view conllu) {
    std::istringstream in{std::string(conllu)};
    for (std::string line; std::getline(in, line);) {
      const size_t first = line.find_first_not_of(" \t\r");
      if (first == std::string::npos) {
        end_sentence();
      } else if (line[first] == '#') {
        comment(std::string_view(line).substr(first + 1));
      } else {
        word(columns(line.substr(first)));
      }
    }
    end_sentence();
    close_block();
    out_.analysis.text = out_.article->text;
    return std::move(out_);
  }

 private:
  struct Token {
    std::string form, lemma, feats, deprel, misc;
    Upos upos = Upos::kX;
    Rel rel = Rel::kDep;
    uint32_t head = 0;
  };

  static std::vector<std::string> columns(const std::string& line) {
    std::vector<std::string> out;
    if (line.find('\t') != std::string::npos) {
      std::istringstream in(line);
      for (std::string cell; std::getline(in, cell, '\t');) out.push_back(cell);
    } else {
      std::istringstream in(line);
      for (std::string cell; in >> cell;) out.push_back(cell);
    }
    return out;
  }

  static std::string_view after(std::string_view s, std::string_view key) {
    s.remove_prefix(std::min(s.find_first_not_of(' '), s.size()));
    if (s.substr(0, key.size()) != key) return {};
    s.remove_prefix(key.size());
    while (!s.empty() && (s.front() == ' ' || s.front() == '=')) s.remove_prefix(1);
    while (!s.empty() && (s.back() == ' ' || s.back() == '\r')) s.remove_suffix(1);
    return s.empty() ? std::string_view("-") : s;
  }

  static BlockKind kind(std::string_view name) {
    constexpr std::string_view kNames[] = {"headline", "lede",   "paragraph", "subheading",
                                           "caption",  "byline", "dateline",  "credit",
                                           "list",     "quote"};
    for (size_t i = 0; i < std::size(kNames); ++i)
      if (kNames[i] == name) return static_cast<BlockKind>(i);
    throw std::runtime_error("no block kind " + std::string(name));
  }

  void comment(std::string_view text) {
    if (auto v = after(text, "newpar"); !v.empty()) new_block(BlockKind::kParagraph);
    if (auto v = after(text, "block"); !v.empty()) new_block(kind(v));
    if (auto v = after(text, "language"); !v.empty()) language_ = LanguageCode(v);
    if (auto v = after(text, "kicker"); !v.empty()) {
      open_block();
      Block& block = out_.article->blocks.back();
      const auto begin = static_cast<uint32_t>(out_.article->text.size());
      out_.article->text += v;
      block.kicker = Span{begin, static_cast<uint32_t>(out_.article->text.size())};
      out_.article->text += ":";
      pending_space_ = true;
    }
  }

  void new_block(BlockKind next) {
    end_sentence();
    close_block();
    next_kind_ = next;
  }

  void open_block() {
    if (block_open_) return;
    std::string& text = out_.article->text;
    if (!text.empty()) text += "\n\n";
    Block block;
    block.kind = next_kind_;
    block.language = language_;
    block.span.begin = static_cast<uint32_t>(text.size());
    out_.article->blocks.push_back(block);
    next_kind_ = BlockKind::kParagraph;
    pending_space_ = false;
    block_open_ = true;
  }

  void close_block() {
    if (!block_open_) return;
    out_.article->blocks.back().span.end = static_cast<uint32_t>(out_.article->text.size());
    block_open_ = false;
  }

  void word(const std::vector<std::string>& c) {
    if (c.size() >= 10) {
      if (c[0].find('.') != std::string::npos) return;  // empty node of the enhanced graph
      if (c[0].find('-') != std::string::npos) return begin_multiword(c);
      add(c[1], c[2], c[3], c[5], c[6], c[7], c[9]);
    } else if (c.size() >= 6) {
      add(c[0], c[1], c[2], c[3], c[4], c[5], c.size() > 6 ? c[6] : "_");
    } else {
      throw std::runtime_error("bad fixture line: " + (c.empty() ? "" : c[0]));
    }
  }

  void begin_multiword(const std::vector<std::string>& c) {
    uint32_t first = 0, last = 0;
    std::from_chars(c[0].data(), c[0].data() + c[0].size(), first);
    const size_t dash = c[0].find('-');
    std::from_chars(c[0].data() + dash + 1, c[0].data() + c[0].size(), last);
    multi_.push_back({first - 1, last, c[1], c[9].find("SpaceAfter=No") != std::string::npos});
  }

  void add(const std::string& form, const std::string& lemma, const std::string& upos,
           const std::string& feats, const std::string& head, const std::string& deprel,
           const std::string& misc) {
    Token t{form, lemma, feats == "_" ? "" : feats, deprel, misc};
    if (lemma == "=") {
      t.lemma = form;
      for (char& ch : t.lemma)
        if (ch >= 'A' && ch <= 'Z') ch = static_cast<char>(ch - 'A' + 'a');
    }
    const auto parsed = std::from_chars(head.data(), head.data() + head.size(), t.head);
    if (!parse_upos(upos, t.upos) || !parse_rel(deprel, t.rel) || parsed.ec != std::errc())
      throw std::runtime_error("bad fixture word: " + form);
    tokens_.push_back(std::move(t));
  }

  struct Multi {
    uint32_t begin, end;  // words of the sentence
    std::string form;
    bool no_space;
  };

  const Multi* multi_of(uint32_t i) const {
    for (const Multi& m : multi_)
      if (m.begin <= i && i < m.end) return &m;
    return nullptr;
  }

  // The words of a multiword token share its bytes: each its form's length, the last the rest.
  Span place(uint32_t i, const Multi* m) {
    std::string& text = out_.article->text;
    if (!m || m->begin == i) {
      if (pending_space_) text += " ";
      const auto begin = static_cast<uint32_t>(text.size());
      text += m ? m->form : tokens_[i].form;
      if (!m) return {begin, static_cast<uint32_t>(text.size())};
      cursor_ = begin;
    }
    const auto end = static_cast<uint32_t>(text.size());
    const auto length = static_cast<uint32_t>(tokens_[i].form.size());
    const uint32_t stop = i + 1 == m->end ? end : std::min(end, cursor_ + length);
    const Span span{cursor_, stop};
    cursor_ = stop;
    return span;
  }

  void end_sentence() {
    if (tokens_.empty()) return;
    open_block();
    Analysis& a = out_.analysis;
    const auto base = static_cast<uint32_t>(a.words.size());
    refuse_cycles();
    for (uint32_t i = 0; i < tokens_.size(); ++i) append_word(i, base);
    for (const Multi& m : multi_) a.multiword.push_back({{base + m.begin, base + m.end}});
    SentenceInfo s;
    s.words = {base, static_cast<uint32_t>(a.words.size())};
    s.span = a.span(s.words);
    s.block = static_cast<uint32_t>(out_.article->blocks.size() - 1);
    s.language = language_;
    s.parsed = true;
    a.sentences.push_back(s);
    tokens_.clear();
    multi_.clear();
    pending_space_ = true;
  }

  void refuse_cycles() const {
    for (const Token& start : tokens_) {
      size_t steps = 0;
      for (uint32_t up = start.head; up != 0; up = tokens_[up - 1].head)
        if (up > tokens_.size() || ++steps > tokens_.size())
          throw std::runtime_error("not a tree at: " + start.form);
    }
  }

  void append_word(uint32_t i, uint32_t base) {
    Analysis& a = out_.analysis;
    const Token& t = tokens_[i];
    const Multi* m = multi_of(i);
    Word w;
    w.span = place(i, m);
    w.form = a.strings.intern(t.form);
    w.lemma = a.strings.intern(t.lemma);
    w.feats = a.strings.intern(t.feats);
    w.deprel = a.strings.intern(t.deprel);
    if (t.head > tokens_.size()) throw std::runtime_error("head outside sentence: " + t.form);
    w.head = t.head == 0 ? kNoWord : base + t.head - 1;
    w.upos = t.upos;
    w.rel = t.rel;
    const bool inside = m && i + 1 < m->end;
    w.space_after =
        !inside && (m ? !m->no_space : t.misc.find("SpaceAfter=No") == std::string::npos);
    pending_space_ = w.space_after;
    a.words.push_back(w);
    a.sentence_of.push_back(static_cast<uint32_t>(a.sentences.size()));
    add_name(t.misc, base + i);
  }

  void add_name(const std::string& misc, WordId w) {
    Analysis& a = out_.analysis;
    const size_t at = misc.find("name=");
    if (at == std::string::npos || misc.size() < at + 7) return;
    const std::string tag = misc.substr(at + 5, misc.find('|', at) - at - 5);
    if (tag[0] == 'B') a.names.push_back({{w, w + 1}, a.strings.intern(tag.substr(2))});
    if (tag[0] == 'I' && !a.names.empty() && a.names.back().words.end == w)
      a.names.back().words.end = w + 1;
  }

  Fixture out_;
  LanguageCode language_;
  std::vector<Token> tokens_;
  std::vector<Multi> multi_;
  BlockKind next_kind_ = BlockKind::kParagraph;
  uint32_t cursor_ = 0;
  bool block_open_ = false;
  bool pending_space_ = false;
};

/// The one call: `conllu_fixture("nb", R"(...)")`.
inline Fixture conllu_fixture(std::string_view language, std::string_view conllu) {
  return FixtureBuilder(language).build(conllu);
}

}  // namespace avstand::testing
