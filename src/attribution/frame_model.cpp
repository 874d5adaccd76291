#include "attribution/frame_model.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "base/hash.h"
#include "language/kernels.h"

namespace avstand {
namespace {

/// What the source phrase looks like.
std::string source_kind(const FrameContext& c, const Candidate& cand) {
  if (cand.source_head == kNoWord) return "none";
  const Analysis& a = c.analysis;
  const WordId s = cand.source_head;
  if (a.words[s].upos == Upos::kPron || a.words[s].upos == Upos::kDet) {
    if (c.lexicon.is(a.lemma(s), CueRole::kFirst)) return "first";
    if (a.has(s, "PronType=Prs")) return "pron" + std::string(a.has(s, "Gender=Neut") ? "n" : "");
    return "pronother";
  }
  if (a.words[s].upos == Upos::kPropn) return "name";
  for (const WordId child : c.tree.children(s))
    if (a.words[child].upos == Upos::kPropn &&
        (a.words[child].rel == Rel::kFlat || a.words[child].rel == Rel::kAppos))
      return "titlename";
  return std::string(to_string(a.words[s].upos));
}

std::string_view length_bucket(uint32_t n) {
  return n <= 1 ? "1" : n <= 3 ? "3" : n <= 6 ? "6" : n <= 12 ? "12" : n <= 25 ? "25" : "26+";
}

/// The form of the content: clause marker, finiteness, part of speech.
std::string content_kind(const FrameContext& c, const Candidate& cand) {
  const Analysis& a = c.analysis;
  const WordId h = cand.content_head;
  std::string out(to_string(a.words[h].upos));
  WordId mark = c.tree.child(h, Rel::kMark);
  bool finite = a.has(h, "VerbForm=Fin");
  for (const WordId child : c.tree.children(h)) {
    const Rel r = a.words[child].rel;
    if ((r == Rel::kAux || r == Rel::kCop) && a.has(child, "VerbForm=Fin")) finite = true;
  }
  out += finite ? "+fin" : "-fin";
  if (mark != kNoWord) out += "+" + std::string(a.lemma(mark));
  return out;
}

std::string verb_form(const FrameContext& c, WordId w) {
  const Analysis& a = c.analysis;
  for (const std::string_view f :
       {"VerbForm=Inf", "VerbForm=Ger", "Mood=Imp", "Tense=Pres", "Tense=Past", "VerbForm=Part"})
    if (a.has(w, f)) return std::string(f.substr(f.find('=') + 1));
  return "none";
}

std::string adpositions(const FrameContext& c, const Candidate& cand) {
  std::string out;
  for (const WordRange r : cand.cue_words)
    for (WordId w = r.begin; w < r.end; ++w)
      if (w != cand.cue && c.analysis.words[w].upos == Upos::kAdp)
        out += "_" + std::string(c.analysis.lemma(w));
  return out;
}

/// The type of the name that a word stands in, "" if none.
std::string_view name_type(const Analysis& a, WordId w) {
  const auto it = std::upper_bound(a.names.begin(), a.names.end(), w,
                                   [](WordId x, const NameSpan& n) { return x < n.words.begin; });
  if (it == a.names.begin() || !std::prev(it)->words.contains(w)) return {};
  return a.strings.view(std::prev(it)->type);
}

float logistic(float x) { return 1.0F / (1.0F + std::exp(-x)); }

bool in_quotes(const QuotationMap& quotes, WordId w) { return quotes.quoted_at(w) != nullptr; }

}  // namespace

std::array<WordId, 3> state_words(const Candidate& cand) {
  return {cand.cue, cand.source_head, cand.content_head};
}

std::string lower_ascii(std::string_view s) {
  std::string out(s);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char ch) { return ch < 128 ? std::tolower(ch) : ch; });
  return out;
}

float probability(const CueLexicon::Language& lexicon, const std::vector<std::string>& features) {
  float sum = 0;
  for (const std::string& f : features) sum += lexicon.frames->linear(xxh64(f));
  return logistic(sum);
}

namespace {

/// The features of one candidate, by what they look at.
class FeatureWriter {
 public:
  FeatureWriter(const FrameContext& context, const QuotationMap& quotes, const Candidate& cand,
                std::vector<std::string>& out)
      : c_(context),
        a_(context.analysis),
        quotes_(quotes),
        cand_(cand),
        out_(out),
        frame_(to_string(cand.frame)),
        lemma_(lower_ascii(a_.lemma(cand.cue))),
        act_(act_name()),
        order_(cand.content_first ? "<" : ">") {}

  void write() {
    words();
    edges();
    who();
    governor();
    forms();
    if (cand_.frame == Frame::kSurfaceRight || cand_.frame == Frame::kSurfaceLeft ||
        cand_.frame == Frame::kSurfaceAround)
      surface();
    clause();
  }

 private:
  void add(std::string feature) { out_.push_back(std::move(feature)); }

  std::string act_name() const {
    const CueEntry* entry = c_.lexicon.find(a_.words[cand_.cue].upos, a_.lemma(cand_.cue));
    return entry == nullptr ? "unlisted" : std::string(to_string(entry->act));
  }

  /// Cue word and act, with frame, source and content.
  void words() {
    const std::string source = source_kind(c_, cand_), content = content_kind(c_, cand_);
    const std::string rel(to_string(a_.words[cand_.content_head].rel));
    add("f=" + frame_);
    add("f=" + frame_ + order_);
    add("l=" + lemma_);
    add("lf=" + lemma_ + adpositions(c_, cand_) + "|" + frame_);
    add("lr=" + lemma_ + "|" + rel);
    add("lo=" + lemma_ + "|" + order_ + source);
    add("ls=" + lemma_ + "|" + source);
    add("lc=" + lemma_ + "|" + content);
    add("af=" + act_ + "|" + frame_);
    add("as=" + act_ + "|" + frame_ + "|" + source);
    add("ac=" + act_ + "|" + frame_ + "|" + content);
    add("s=" + frame_ + "|" + source);
    add("c=" + frame_ + "|" + content);
    add("r=" + frame_ + "|" + rel);
  }

  /// Where the source was found, and what stands at both ends of the content and behind it.
  void edges() {
    const std::string by(1, static_cast<char>('0' + static_cast<int>(cand_.source_by)));
    if (cand_.source_by != SourceBy::kFrame || cand_.source_head == kNoWord) {
      add("by=" + by + frame_ + "|" + act_);
      add("byl=" + by + lemma_);
      add("byv=" + by + verb_form(c_, cand_.cue) + "|" +
          std::string(to_string(a_.words[cand_.cue].rel)));
    }
    const WordRange sentence = a_.sentence(cand_.cue).words;
    const WordId first = cand_.content.front().begin, end = cand_.content.back().end;
    const auto shown = [&](WordId w) {
      return !sentence.contains(w)              ? std::string("#")
             : a_.words[w].upos == Upos::kPunct ? std::string(a_.form(w))
                                                : std::string(to_string(a_.words[w].upos)) + ":" +
                                                      std::string(to_string(a_.words[w].rel));
    };
    const auto before = [&](WordId w) {
      return w > sentence.begin ? shown(w - 1) : std::string("#");
    };
    add("eb=" + frame_ + "|" + before(first));
    add("ef=" + frame_ + "|" + shown(first));
    add("el=" + frame_ + "|" + shown(end - 1) + "|" + shown(end));
    add("ea=" + act_ + "|" + shown(end));
    add("parts=" + frame_ + order_ + std::to_string(std::min<size_t>(cand_.content.size(), 3)));
    add("fw=" + lower_ascii(a_.form(first)) + "|" + act_);
    if (cand_.source_head != kNoWord) {
      const WordId source = cand_.source_head;
      const uint32_t away = source < cand_.cue ? cand_.cue - source : source - cand_.cue;
      add("far=" + frame_ + "|" + (source < cand_.cue ? "<" : ">") +
          std::string(length_bucket(away)));
      add("srel=" + frame_ + "|" + std::string(to_string(a_.words[source].rel)) +
          (a_.words[source].head == cand_.cue ? "!" : "?"));
    }
  }

  /// Who the source is: its noun or the type of its name.
  void who() {
    if (cand_.source_head == kNoWord) return;
    const std::string_view type = name_type(a_, cand_.source_head);
    const std::string who =
        type.empty() ? lower_ascii(a_.lemma(cand_.source_head)) : "=" + std::string(type);
    add("w=" + who);
    add("wf=" + who + "|" + frame_);
    add("wa=" + who + "|" + act_);
    add("wl=" + who + "|" + lemma_);
  }

  /// What a noun or a participle hangs on: "got word", "came with a demand".
  void governor() {
    const Word& word = a_.words[cand_.cue];
    const std::string rel(to_string(word.rel));
    const std::string head = word.head == kNoWord ? "-" : lower_ascii(a_.lemma(word.head));
    add("g=" + std::string(to_string(word.upos)) + "|" + rel + "|" + head);
    add("gl=" + lemma_ + "|" + rel);
    if (word.upos == Upos::kNoun) {
      add("gn=" + lemma_ + "|" + head);
      add("gd=" + frame_ + "|" + (a_.has(cand_.cue, "Definite=Def") ? "def" : "ind") +
          (a_.has(cand_.cue, "Number=Plur") ? "pl" : "sg"));
    }
    add("h=" + lower_ascii(a_.lemma(cand_.content_head)) + "|" + act_);
    const WordRange sentence = a_.sentence(cand_.cue).words;
    add("end=" + frame_ + "|" + std::string(a_.form(sentence.end - 1)));
    add("pos=" + frame_ + order_ + (cand_.content.front().begin == sentence.begin ? "^" : "-") +
        (cand_.content.back().end + 1 >= sentence.end ? "$" : "-"));
  }

  /// Length, verb form, relation of the cue, quotation marks.
  void forms() {
    const WordId first = cand_.content.front().begin;
    const std::string quoted = in_quotes(quotes_, first) ? "q" : quotes_.marked(first) ? "d" : "-";
    add("len=" + frame_ + "|" + std::string(length_bucket(count_words(cand_.content))));
    add("cue=" + std::string(to_string(a_.words[cand_.cue].upos)) + "|" + frame_ + "|" +
        verb_form(c_, cand_.cue));
    add("lv=" + lemma_ + "|" + verb_form(c_, cand_.cue));
    add("crel=" + frame_ + "|" + std::string(to_string(a_.words[cand_.cue].rel)));
    add("q=" + frame_ + "|" + order_ + quoted + (in_quotes(quotes_, cand_.cue) ? "Q" : "-"));
  }

  /// What stands at the edges of a content that no tree has marked off.
  void surface() {
    const WordId cue = cand_.cue;
    const WordId edge =
        cand_.content_first ? cand_.content.back().end - 1 : cand_.content.front().begin;
    const WordId behind = cue + 1 < a_.sentence(cue).words.end ? cue + 1 : cue;
    const std::string complement = c_.tree.child(cue, Rel::kCcomp) != kNoWord   ? "ccomp"
                                   : c_.tree.child(cue, Rel::kXcomp) != kNoWord ? "xcomp"
                                                                                : "none";
    const std::string side = cand_.source_head == kNoWord ? "none"
                             : cand_.source_head < cue    ? "before"
                                                          : "after";
    add("edge=" + frame_ + "|" + lower_ascii(a_.lemma(edge)));
    add("ledge=" + lemma_ + "|" + frame_ + "|" + std::string(to_string(a_.words[edge].upos)));
    add("behind=" + frame_ + "|" + std::string(to_string(a_.words[behind].upos)) + "|" + act_);
    add("clause=" + frame_ + "|" + complement + "|" + act_);
    add("srcdist=" + frame_ + "|" + side);
  }

  /// The clause around the cue: speech run, negation, voice, auxiliaries.
  void clause() {
    if (quotes_.dash_at(a_.sentence_of[cand_.cue]) != nullptr) add("dash=" + frame_ + order_);
    if (is_negated(c_, cand_.cue)) {
      add("neg=" + frame_);
      add("neg=" + lemma_);
    }
    if (is_passive(c_, cand_.cue)) {
      add("pass=" + frame_);
      add("pass=" + lemma_);
    }
    for (const WordId child : c_.tree.children(cand_.cue))
      if (a_.words[child].rel == Rel::kAux)
        add("aux=" + frame_ + "|" + lower_ascii(a_.lemma(child)));
    if (cand_.frame == Frame::kNounPhrase || cand_.frame == Frame::kVerbPhrase)
      add("cl=" + frame_ + "|" + lower_ascii(a_.lemma(cand_.content_head)));
  }

  const FrameContext& c_;
  const Analysis& a_;
  const QuotationMap& quotes_;
  const Candidate& cand_;
  std::vector<std::string>& out_;
  const std::string frame_, lemma_, act_, order_;
};

}  // namespace

namespace {

/// Adds the two parts of the model. The products run in language/kernels.h, whose sums are the
/// same on every instruction set.
class CandidateScorer {
 public:
  explicit CandidateScorer(const FrameContext& c)
      : weights_(*c.lexicon.frames),
        states_(c.analysis.states),
        row_(weights_.state_width()),
        hidden_(weights_.hidden()) {}

  float score(const Candidate& cand, const std::vector<std::string>& features) {
    std::copy(weights_.bias().begin(), weights_.bias().end(), hidden_.begin());
    float sum = 0;
    for (const std::string& f : features) {
      const uint64_t key = xxh64(f);
      sum += weights_.linear(key);
      const auto embedding = weights_.embedding(key);
      for (size_t i = 0; i < embedding.size(); ++i) hidden_[i] += embedding[i];
    }
    const auto words = state_words(cand);
    if (states_.width == weights_.state_width())  // not so for a tree made by hand
      for (size_t role = 0; role < words.size(); ++role)
        if (words[role] != kNoWord) add_state(words[role], role);
    for (size_t i = 0; i < hidden_.size(); ++i)
      sum += std::max(hidden_[i], 0.0F) * weights_.out()[i];
    return logistic(sum);
  }

 private:
  /// Many candidates share a cue or a source: each word is multiplied once in each role.
  void add_state(WordId w, size_t role) {
    auto [it, is_new] = products_[role].try_emplace(w);
    std::vector<float>& product = it->second;
    if (is_new) {
      product.resize(hidden_.size());
      const int8_t* state = states_.row(w);
      for (size_t i = 0; i < row_.size(); ++i) row_[i] = states_.scale[w] * state[i];
      language::kernels().multiply({row_.data(), 1, row_.size()}, weights_.projection(role).data(),
                                   row_.size(), hidden_.size(), nullptr, product.data(),
                                   hidden_.size());
    }
    for (size_t i = 0; i < hidden_.size(); ++i) hidden_[i] += product[i];
  }

  const FrameWeights& weights_;
  const WordStates& states_;
  std::vector<float> row_, hidden_;
  std::array<std::unordered_map<WordId, std::vector<float>>, FrameWeights::kRoles> products_;
};

}  // namespace

void frame_features(const FrameContext& c, const QuotationMap& quotes, const Candidate& cand,
                    std::vector<std::string>& out) {
  FeatureWriter(c, quotes, cand, out).write();
}

void score_candidates(const FrameContext& c, const QuotationMap& quotes,
                      std::vector<Candidate>& candidates) {
  std::vector<std::string> features;
  CandidateScorer scorer(c);
  for (Candidate& cand : candidates) {
    features.clear();
    frame_features(c, quotes, cand, features);
    cand.probability = scorer.score(cand, features);
  }
}

}  // namespace avstand
