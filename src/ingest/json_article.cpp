#include "ingest/json_article.h"

#include <fmt/format.h>

#include <array>
#include <map>
#include <nlohmann/json.hpp>

#include "ingest/bytes.h"
#include "ingest/patterns.h"

namespace avstand::ingest {
namespace {

constexpr size_t kMaxDepth = 64;  // where the caller sets none
constexpr size_t kMaxShownKey = 40;
constexpr std::array<std::string_view, 7> kKeys = {"id",        "text",     "title", "outlet",
                                                   "published", "language", "url"};

/// An input iterator that tells how far the parser has read.
class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountingIterator(const char* at, const char** seen) : at_(at), seen_(seen) {}
  reference operator*() const { return *at_; }
  CountingIterator& operator++() {
    ++at_;
    *seen_ = at_;
    return *this;
  }
  CountingIterator operator++(int) {
    CountingIterator old = *this;
    ++*this;
    return old;
  }
  bool operator==(const CountingIterator& other) const { return at_ == other.at_; }
  bool operator!=(const CountingIterator& other) const { return at_ != other.at_; }

 private:
  const char* at_;
  const char** seen_;
};

/// A key or value for an error message: short, without control characters.
std::string shown(std::string_view s) {
  std::string out;
  for (const char c : s.substr(0, kMaxShownKey)) {
    if (static_cast<uint8_t>(c) < 0x20 || c == 0x7F) {
      out += fmt::format("\\x{:02x}", static_cast<uint8_t>(c));
    } else {
      out += c;
    }
  }
  return s.size() > kMaxShownKey ? out + "…" : out;
}

/// What nlohmann's message says about the cause, without the input that it repeats.
std::string cause(std::string_view what) {
  if (const size_t at = what.find(": "); at != std::string_view::npos) what.remove_prefix(at + 2);
  if (const size_t at = what.find("; last read"); at != std::string_view::npos)
    return std::string(what.substr(0, at));
  return std::string(what.substr(0, 120));
}

/// Takes the parser's events, keeps the strings of the keys that are known.
class ArticleHandler : public nlohmann::json_sax<nlohmann::json> {
 public:
  ArticleHandler(Run& run, const Limits& limits, const char* begin, const char* const* seen,
                 uint64_t base)
      : run_(run),
        max_depth_(limits.max_depth > 0 ? limits.max_depth : kMaxDepth),
        begin_(begin),
        seen_(seen),
        base_(base) {}

  bool null() override {
    if (depth_ == 1 && (key_ == "id" || key_ == "text")) return wrong_type("null");
    return depth_ > 0 || no_object();
  }
  bool boolean(bool) override { return other("a boolean"); }
  bool number_integer(number_integer_t) override { return other("a number"); }
  bool number_unsigned(number_unsigned_t) override { return other("a number"); }
  bool number_float(number_float_t, const string_t&) override { return other("a number"); }
  bool binary(binary_t&) override { return other("binary data"); }
  bool string(string_t& value) override {
    if (depth_ == 0) return no_object();
    if (depth_ == 1 && known_) values_[key_] = std::move(value);
    return true;
  }
  bool start_object(size_t) override {
    if (depth_ > 0 && !other("an object")) return false;
    keys_.emplace_back();
    return enter();
  }
  bool start_array(size_t) override {
    if (!other("an array")) return false;
    return enter();
  }
  bool end_object() override {
    keys_.pop_back();
    --depth_;
    return true;
  }
  bool end_array() override {
    --depth_;
    return true;
  }
  bool key(string_t& name) override {
    if (!keys_.back().insert(name).second)
      return fail(fmt::format("the key '{}' comes twice", shown(name)));
    if (depth_ != 1) return true;
    key_ = name;
    known_ = std::find(kKeys.begin(), kKeys.end(), name) != kKeys.end();
    if (!known_) run_.note(fmt::format("unknown key '{}' is ignored", shown(name)));
    return true;
  }
  bool parse_error(size_t position, const std::string&,
                   const nlohmann::detail::exception& e) override {
    error_ = Error{.code = ErrorCode::kInput,
                   .message = "no valid JSON: " + cause(e.what()),
                   .offset = base_ + (position > 0 ? position - 1 : 0)};
    return false;
  }

  std::optional<std::string> take(const std::string& name) {
    const auto it = values_.find(name);
    if (it == values_.end()) return std::nullopt;
    return std::move(it->second);
  }
  const std::optional<Error>& error() const { return error_; }

 private:
  bool fail(std::string message) {
    const auto read = static_cast<uint64_t>(*seen_ - begin_);
    error_ = Error{.code = ErrorCode::kInput,
                   .message = std::move(message),
                   .offset = base_ + (read > 0 ? read - 1 : 0)};
    return false;
  }
  bool no_object() { return fail("an article is a JSON object"); }
  bool wrong_type(std::string_view type) {
    return fail(fmt::format("the value of '{}' is {}, not a string", key_, type));
  }
  bool other(std::string_view type) {
    if (depth_ == 0) return no_object();
    return depth_ > 1 || !known_ || wrong_type(type);
  }
  bool enter() {
    if (++depth_ <= max_depth_) return true;
    fail(fmt::format("JSON nested deeper than {}", max_depth_));
    error_->code = ErrorCode::kLimit;
    error_->hint = "raise --max-depth";
    return false;
  }

  Run& run_;
  const size_t max_depth_;
  const char* begin_;
  const char* const* seen_;
  const uint64_t base_;
  size_t depth_ = 0;
  bool known_ = false;
  std::string key_;
  std::map<std::string, std::string> values_;
  std::vector<std::unordered_set<std::string>> keys_;  // of every open object
  std::optional<Error> error_;
};

Error missing(std::string message, uint64_t base) {
  return {.code = ErrorCode::kInput, .message = std::move(message), .offset = base};
}

bool is_language_code(std::string_view code) {
  return code.size() >= 2 && code.size() <= 3 &&
         std::all_of(code.begin(), code.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

/// The language that the object names, unless the caller has given one.
Status set_language(Article& article, const std::optional<std::string>& given, uint64_t base) {
  if (article.language_given || !given) return Unit{};
  if (!is_language_code(*given))
    return missing(fmt::format("language '{}' is no language code", shown(*given)), base);
  article.language = LanguageCode(*given);
  article.language_given = article.language.known();
  return Unit{};
}

/// title + empty line + text, as LEDGER.md says.
Status set_text(Article& article, std::string text, uint64_t base) {
  if (article.title && is_empty_text(*article.title)) article.title.reset();
  if (is_empty_text(text)) return missing("the text is empty", base);
  for (const std::string* part : {&text, article.title ? &*article.title : &text})
    if (const size_t nul = part->find('\0'); nul != std::string::npos)
      return missing(fmt::format("a NUL character in the text, at its byte {}", nul), base);
  article.text = article.title ? *article.title + "\n\n" + text : std::move(text);
  return Unit{};
}

}  // namespace

Result<Article> read_json_article(std::string_view bytes, uint64_t base, const Options& options,
                                  const Patterns& patterns, Run& run) {
  AVSTAND_CHECK(check_bytes(bytes, base));
  const char* const first = bytes.data();  // NOLINT(*-stringview-data-usage): ends at first + size
  const char* seen = first;
  ArticleHandler handler(run, options.limits, first, &seen, base);
  const CountingIterator begin(first, &seen);
  const CountingIterator end(first + bytes.size(), &seen);
  nlohmann::json::sax_parse(begin, end, &handler);
  if (handler.error()) return *handler.error();

  Article article;
  auto id = handler.take("id");
  auto text = handler.take("text");
  if (!id || id->empty()) return missing("the key 'id' is missing", base);
  if (!text) return missing("the key 'text' is missing", base);
  article.id = std::move(*id);
  article.title = handler.take("title");
  article.url = handler.take("url");
  article.outlet = handler.take("outlet");
  article.published = handler.take("published");
  fill_gaps(article, options);
  if (article.published)
    if (auto status = check_published(*article.published); !status)
      return missing("published: " + shown(status.error().message), base);
  AVSTAND_CHECK(set_language(article, handler.take("language"), base));
  AVSTAND_CHECK(set_text(article, std::move(*text), base));
  if (!run.take_id(article.id))
    return missing(fmt::format("the id '{}' came before", shown(article.id)), base);
  find_blocks(article, patterns);
  return article;
}

}  // namespace avstand::ingest
