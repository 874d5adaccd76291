#include "story/article_bytes.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <type_traits>

namespace avstand::story {
namespace {

constexpr uint32_t kVersion = 4;  // raised with every change of StoryArticle

// What each value consists of, in one place for both directions.
template <typename V>
void parts(V& v, Key& x) {
  v(x.feature, x.strength);
}
template <typename V>
void parts(V& v, Term& x) {
  v(x.keys, x.weight, x.name, x.begin);
}
template <typename V>
void parts(V& v, Span& x) {
  v(x.begin, x.end);
}
template <typename V>
void parts(V& v, Quantity& x) {
  v(x.value, x.low, x.high, x.exact, x.people, x.anybody, x.counts, x.share, x.unit, x.span);
}
template <typename V>
void parts(V& v, Source& x) {
  v(x.name, x.body, x.kind, x.person, x.unnamed, x.anonymous, x.medium, x.country, x.several,
    x.described, x.national, x.alias, x.terms, x.classes);
}
template <typename V>
void parts(V& v, Passage& x) {
  v(x.span, x.kind, x.block, x.lede, x.terms, x.quantities, x.times, x.chain, x.chain_told,
    x.around, x.speaker, x.statement, x.stance, x.tense, x.status, x.negated, x.denied, x.day,
    x.states, x.refers_back, x.sides, x.quote, x.words);
}
template <typename V>
void parts(V& v, PrintedPicture& x) {
  v(x.caption, x.origin, x.credited, x.handout, x.terms);
}
template <typename V>
void parts(V& v, StoryArticle& x) {
  v(x.id, x.outlet, x.language, x.published, x.minute, x.text, x.self, x.family, x.outlet_kind,
    x.present, x.agency, x.release, x.credits, x.cited, x.passages, x.pictures, x.sources, x.terms);
}

/// Goes over values and what they consist of; Self::leaf does what is to be done at the bottom, and
/// Self::list over the elements of lists.
template <typename Self>
class Visitor {
 public:
  template <typename... T>
  void operator()(T&... values) {
    (one(values), ...);
  }

 protected:
  template <typename T>
  void one(T& value) {
    if constexpr (std::is_enum_v<T> || std::is_arithmetic_v<T> || std::is_same_v<T, std::string>)
      self().leaf(value);
    else
      branch(value);
  }

 private:
  Self& self() { return static_cast<Self&>(*this); }

  template <typename T>
  void branch(std::vector<T>& values) {
    self().list(values);
  }
  void branch(KeyList& values) { self().list(values); }

  template <typename T>
  void branch(T& value) {
    parts(self(), value);
  }
};

class Writer : public Visitor<Writer> {
 public:
  std::string out;

 private:
  friend Visitor<Writer>;

  template <typename T>
  void leaf(T& value) {
    if constexpr (std::is_enum_v<T> || std::is_same_v<T, bool>) {
      out += static_cast<char>(value);
    } else if constexpr (std::is_arithmetic_v<T>) {
      char bytes[sizeof(T)];
      std::memcpy(bytes, &value, sizeof(T));
      out.append(bytes, sizeof(T));
    } else {
      size(value.size());
      out += value;
    }
  }

  template <typename List>
  void list(List& values) {
    size(values.size());
    for (auto& value : values) one(value);
  }

  void size(size_t n) {
    auto small = static_cast<uint32_t>(n);
    leaf(small);
  }
};

class Reader : public Visitor<Reader> {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  bool good() const { return good_; }
  bool at_end() const { return rest_.empty(); }

 private:
  friend Visitor<Reader>;

  template <typename T>
  void leaf(T& value) {
    if constexpr (std::is_same_v<T, bool>) {
      uint8_t byte = 0;
      leaf(byte);
      value = byte != 0;
    } else if constexpr (std::is_enum_v<T>) {
      uint8_t byte = 0;
      leaf(byte);
      good_ = good_ && byte <= kMostOfEnum;
      value = static_cast<T>(byte);
    } else if constexpr (std::is_arithmetic_v<T>) {
      if (!has(sizeof(T))) return;
      std::memcpy(&value, rest_.data(), sizeof(T));
      rest_.remove_prefix(sizeof(T));
    } else {
      const uint32_t n = size();
      if (!has(n)) return;
      value = rest_.substr(0, n);
      rest_.remove_prefix(n);
    }
  }

  template <typename List>
  void list(List& values) {
    const uint32_t n = size();
    if (!has(n)) return;  // every element takes a byte or more: no memory for a lie
    values.reserve(std::min(n, kMostAtOnce));
    for (uint32_t i = 0; i < n && good_; ++i) one(values.emplace_back());
  }

  uint32_t size() {
    uint32_t n = 0;
    leaf(n);
    return good_ ? n : 0;
  }

  bool has(size_t n) {
    good_ = good_ && n <= rest_.size();
    return good_;
  }

  static constexpr uint32_t kMostAtOnce =
      256;                                   // elements that room is made for before they are read
  static constexpr uint8_t kMostOfEnum = 4;  // the largest value of PassageKind, which has most

  std::string_view rest_;
  bool good_ = true;
};

static_assert(std::endian::native == std::endian::little, "bytes are written as they lie");

}  // namespace

std::string to_bytes(const StoryArticle& article) {
  Writer writer;
  uint32_t version = kVersion;
  writer(version);
  parts(writer, const_cast<StoryArticle&>(article));  // NOLINT: the writer changes nothing
  return std::move(writer.out);
}

std::optional<StoryArticle> from_bytes(std::string_view bytes) {
  Reader reader(bytes);
  uint32_t version = 0;
  reader(version);
  if (version != kVersion) return std::nullopt;
  StoryArticle article;
  parts(reader, article);
  if (!reader.good() || !reader.at_end()) return std::nullopt;
  return article;
}

}  // namespace avstand::story
