// CoNLL-U (universaldependencies.org/format.html) of an analysis.
#include <charconv>

#include "language/model.h"

namespace avstand::language {
namespace {

/// Text of a comment or a form: on one line, without tabs.
void append_flat(std::string& out, std::string_view text) {
  for (const char c : text) out += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
}

void append_cell(std::string& out, std::string_view text) {
  if (text.empty()) {
    out += "_";
    return;
  }
  append_flat(out, text);
}

void append_number(std::string& out, size_t n) {
  char buffer[20];
  out.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, n).ptr);
}

class ConlluWriter {
 public:
  explicit ConlluWriter(const Analysis& analysis) : a_(analysis) {}

  std::string write() {
    out_.reserve(a_.words.size() * 60);
    for (size_t i = 0; i < a_.sentences.size(); ++i)
      if (!a_.sentences[i].words.empty()) write_sentence(i);
    return std::move(out_);
  }

 private:
  void write_sentence(size_t i) {
    const SentenceInfo& s = a_.sentences[i];
    if (i == 0 || a_.sentences[i - 1].block != s.block) out_ += "# newpar\n";
    out_ += "# sent_id = ";
    append_number(out_, i + 1);
    out_ += "\n# text = ";
    append_flat(out_, s.span.in(a_.text));
    out_ += '\n';
    for (WordId w = s.words.begin; w < s.words.end; ++w) {
      write_range(s, w);
      write_word(s, w);
    }
    out_ += '\n';
  }

  /// The line of a multiword token that begins at w.
  void write_range(const SentenceInfo& s, WordId w) {
    while (multiword_ < a_.multiword.size() && a_.multiword[multiword_].words.end <= w)
      ++multiword_;
    if (multiword_ == a_.multiword.size() || a_.multiword[multiword_].words.begin != w) return;
    const WordRange range = a_.multiword[multiword_].words;
    append_number(out_, w - s.words.begin + 1);
    out_ += '-';
    append_number(out_, range.end - s.words.begin);
    out_ += '\t';
    for (WordId part = range.begin; part < range.end; ++part) append_flat(out_, a_.form(part));
    out_ += "\t_\t_\t_\t_\t_\t_\t_\t";
    out_ += a_.words[range.end - 1].space_after ? "_" : "SpaceAfter=No";
    out_ += '\n';
  }

  void write_word(const SentenceInfo& s, WordId w) {
    const Word& word = a_.words[w];
    append_number(out_, w - s.words.begin + 1);
    out_ += '\t';
    append_cell(out_, a_.form(w));
    out_ += '\t';
    append_cell(out_, a_.lemma(w));
    out_ += '\t';
    out_ += s.parsed ? to_string(word.upos) : "_";
    out_ += "\t_\t";
    append_cell(out_, a_.strings.view(word.feats));
    out_ += '\t';
    write_head(s, w);
    out_ += "\t_\t";
    write_misc(w);
    out_ += '\n';
  }

  /// A sentence that was not parsed is still a tree: its words hang on the first one.
  void write_head(const SentenceInfo& s, WordId w) {
    const bool first = w == s.words.begin;
    if (!s.parsed) {
      out_ += first ? "0\troot" : "1\tdep";
      return;
    }
    const WordId head = a_.words[w].head;
    append_number(out_, head == kNoWord ? 0 : head - s.words.begin + 1);
    out_ += '\t';
    append_cell(out_, a_.deprel(w));
  }

  void write_misc(WordId w) {
    const bool inside_token =
        multiword_ < a_.multiword.size() && a_.multiword[multiword_].words.contains(w);
    if (!a_.words[w].space_after && !inside_token) out_ += "SpaceAfter=No|";
    while (name_ < a_.names.size() && a_.names[name_].words.end <= w) ++name_;
    const bool named = name_ < a_.names.size() && a_.names[name_].words.contains(w);
    out_ += named ? (a_.names[name_].words.begin == w ? "name=B-" : "name=I-") : "name=O";
    if (named) out_ += a_.strings.view(a_.names[name_].type);
  }

  const Analysis& a_;
  std::string out_;
  size_t multiword_ = 0, name_ = 0;  // next ones in text order
};

}  // namespace

std::string to_conllu(const Analysis& analysis) { return ConlluWriter(analysis).write(); }

}  // namespace avstand::language
