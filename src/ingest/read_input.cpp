#include <fmt/format.h>

#include <filesystem>

#include "archive/byte_source.h"
#include "archive/record.h"
#include "archive/unpack.h"
#include "archive/zip.h"
#include "ingest/bytes.h"
#include "ingest/feed.h"
#include "ingest/foreign_json.h"
#include "ingest/html_article.h"
#include "ingest/ingest.h"
#include "ingest/json_article.h"
#include "ingest/picture_article.h"
#include "ingest/read_archive.h"

namespace avstand::ingest {
namespace {

using archive::ByteSource;

constexpr size_t kSlack = 2;  // CR LF behind a line of max_bytes

bool is_json_space(int c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::string_view trimmed(std::string_view line) {
  while (!line.empty() && is_json_space(line.back())) line.remove_suffix(1);
  while (!line.empty() && is_json_space(line.front())) line.remove_prefix(1);
  return line;
}

/// What the brackets of a piece of JSON say, strings left out.
struct Balance {
  int64_t depth = 0;
  bool in_string = false;
};

Balance balance(std::string_view json) {
  Balance out;
  bool escaped = false;
  for (const char c : json) {
    if (out.in_string) {
      if (escaped) {
        escaped = false;
      } else if (c == '\\') {
        escaped = true;
      } else if (c == '"') {
        out.in_string = false;
      }
      continue;
    }
    if (c == '"') out.in_string = true;
    if (c == '{' || c == '[') ++out.depth;
    if (c == '}' || c == ']') --out.depth;
  }
  return out;
}

/// Reads one input from front to back and hands on what it finds.
class InputReader {
 public:
  InputReader(ByteSource& source, const std::string& name, const Options& options,
              const Patterns& patterns, Run& run, Emit emit)
      : source_(source),
        name_(name),
        options_(options),
        patterns_(patterns),
        run_(run),
        emit_(std::move(emit)),
        items_([this](Item item) { hand_on(std::move(item)); }) {}

  void read() {
    begin();
    std::string head;
    const int first = skip_space(head);
    if (first == '[') {
      read_array();
    } else if (first == '{') {
      read_objects();
    } else {
      read_text(std::move(head));
    }
    if (source_.failed()) fail(*source_.error());
  }

 private:
  /// A document begins: its time runs from here.
  void begin() {
    deadline_ = Deadline(options_.limits.max_seconds);
    source_.limit_time(deadline_);
  }

  /// The end of a document, and the beginning of the next.
  void hand_on(Item item) {
    Status in_time = deadline_.check("reading the input");
    if (item.article && !in_time)
      item = {std::nullopt, at_article(std::move(in_time).error(), *item.article, name_)};
    if (item.error && !item.error->line) item.error->line = line_of_item_;
    item.line = line_of_item_;
    item.seconds = deadline_.spent();
    emit_(std::move(item));
    begin();
  }

  /// Skips a signature and white space into `head` and returns the byte behind them, or -1.
  int skip_space(std::string& head) {
    for (const char c : kByteOrderMark) {
      if (source_.peek() != static_cast<uint8_t>(c)) break;
      head += c;
      source_.skip();
    }
    while (is_json_space(source_.peek()) && head.size() <= options_.max_bytes) {
      line_ += source_.peek() == '\n';
      head += static_cast<char>(source_.peek());
      source_.skip();
    }
    return source_.peek();
  }

  void read_text(std::string head) {
    const size_t room = options_.max_bytes - std::min(options_.max_bytes, head.size());
    if (!source_.read_rest(head, room) || head.size() > options_.max_bytes) return fail(too_long());
    if (source_.failed()) return;
    const bool html = looks_like_html(head, name_);
    if (!html && looks_like_xml(head, name_))
      return read_xml(head, name_, options_, patterns_, run_, items_);
    auto article = html ? read_html_article(head, name_, options_, patterns_, run_, deadline_)
                        : read_plain_text(head, name_, options_, patterns_);
    if (!article) return fail(std::move(article).error());
    if (!run_.take_id(article->id))
      return fail({.code = ErrorCode::kInput,
                   .message = fmt::format("the id '{}' came before", article->id)});
    hand_on({std::move(*article), std::nullopt});
  }

  /// A single object over several lines, or JSON Lines. It is the second line that tells: inside an
  /// object no line can begin with an opening brace unless it stands alone in an array.
  void read_objects() {
    std::string first;
    const uint64_t base = source_.offset();
    const bool whole = source_.read_line(first, options_.max_bytes + kSlack);
    const Balance open = balance(first);
    const bool one_line = !whole || open.in_string || open.depth <= 0;
    if (one_line || source_.peek() < 0 || source_.peek() == '{') {
      read_object(first, base, whole, line_);
      read_lines();
    } else if (source_.read_rest(first, options_.max_bytes + kSlack - first.size())) {
      read_object(first, base, true, std::nullopt);
    } else {
      fail(too_long());
    }
  }

  void read_lines() {
    std::string line;
    while (source_.peek() >= 0) {
      ++line_;
      line.clear();
      const uint64_t base = source_.offset();
      const bool whole = source_.read_line(line, options_.max_bytes + kSlack);
      if (!trimmed(line).empty()) read_object(line, base, whole, line_);
    }
  }

  /// The elements of an array, one at a time.
  void read_array() {
    source_.skip();
    for (bool first = true;; first = false) {
      skip_array_space();
      if (source_.peek() == ']' && first) break;
      if (!read_element()) return;
      skip_array_space();
      if (source_.peek() == ',') {
        source_.skip();
        continue;
      }
      if (source_.peek() == ']') break;
      return fail(broken_array());
    }
    source_.skip();
    skip_array_space();
    if (source_.peek() >= 0) fail(broken_array());
  }

  void skip_array_space() {
    while (is_json_space(source_.peek())) source_.skip();
  }

  /// Bytes up to the comma or bracket behind an element. False: the array cannot be read further.
  bool read_element() {
    std::string element;
    const uint64_t base = source_.offset();
    int64_t depth = 0;
    bool in_string = false, escaped = false, whole = true;
    for (int c = source_.peek(); c >= 0; source_.skip(), c = source_.peek()) {
      if (!in_string && depth == 0 && (c == ',' || c == ']')) break;
      if (element.size() < options_.max_bytes) {
        element += static_cast<char>(c);
      } else {
        whole = false;
      }
      if (in_string) {
        in_string = escaped || c != '"';
        escaped = !escaped && c == '\\';
        continue;
      }
      in_string = c == '"';
      depth += (c == '{' || c == '[') - (c == '}' || c == ']');
    }
    if (source_.peek() < 0) {
      fail(broken_array());
      return false;
    }
    read_object(element, base, whole, std::nullopt);
    return true;
  }

  void read_object(std::string_view json, uint64_t base, bool whole, std::optional<uint64_t> line) {
    line_of_item_ = line;
    const std::string_view inside = trimmed(json);
    const bool fits = whole && inside.size() <= options_.max_bytes;
    if (fits && read_foreign_json(inside, name_, options_, patterns_, run_, items_)) return;
    auto article =
        fits ? read_json_article(inside, base + static_cast<uint64_t>(inside.data() - json.data()),
                                 options_, patterns_, run_)
             : Result<Article>(too_long());
    if (!article) return fail(std::move(article).error());
    hand_on({std::move(*article), std::nullopt});
  }

  void fail(Error error) { hand_on({std::nullopt, std::move(error).in(name_)}); }

  Error too_long() const {
    return {.code = ErrorCode::kLimit,
            .message = fmt::format("larger than {} bytes", options_.max_bytes),
            .hint = "raise --max-bytes"};
  }
  Error broken_array() const {
    return {.code = ErrorCode::kInput,
            .message = "the array of articles is broken or ends too early",
            .offset = source_.offset()};
  }

  ByteSource& source_;
  const std::string& name_;
  const Options& options_;
  const Patterns& patterns_;
  Run& run_;
  const Emit emit_;
  const Emit items_;  ///< to hand_on()
  Deadline deadline_;
  std::optional<uint64_t> line_of_item_;
  uint64_t line_ = 1;
};

/// Numbers the items of an input and passes over those that were done before.
class Numbered {
 public:
  Numbered(const Options& options, const Emit& emit) : skip_to_(options.skip_to), emit_(emit) {}
  void operator()(Item item) {
    item.place = ++place_;
    if (place_ > skip_to_) emit_(std::move(item));
  }

 private:
  uint64_t skip_to_, place_ = 0;
  const Emit& emit_;
};

/// One input, whatever is in it. `bytes`: the whole of it, where it is in memory.
class Opener {
 public:
  Opener(const std::string& name, const std::string_view* bytes, uint64_t size,
         const Options& options, const Patterns& patterns, Run& run, const Emit& emit)
      : name_(name),
        bytes_(bytes),
        size_(size),
        options_(options),
        patterns_(patterns),
        run_(run),
        emit_(emit) {}

  void read(ByteSource source) {
    const std::string_view head = source.lookahead(kMagic);
    if (archive::looks_like_zip(head)) {
      if (is_new()) read_wacz(name_, bytes_, options_, patterns_, run_, emit_);
    } else if (archive::looks_packed(head)) {
      ByteSource plain(archive::unpack(std::move(source), unpack_limits(options_.limits)));
      read_plain(plain);
    } else {
      read_plain(source);
    }
  }

 private:
  static constexpr size_t kMagic = 16;
  static constexpr size_t kPictureHead = 256;  // HEIF names its kin in its first box

  void read_plain(ByteSource& source) {
    if (archive::looks_like_records(source.lookahead(kMagic))) {
      if (is_new()) read_records(source, name_, size_, options_, patterns_, run_, emit_);
      return;
    }
    if (looks_like_picture(source.lookahead(kPictureHead))) return read_picture(source);
    InputReader(source, name_, options_, patterns_, run_, Numbered(options_, emit_)).read();
  }

  void read_picture(ByteSource& source) {
    Numbered emit(options_, emit_);
    const auto fail = [&](Error error) { emit({std::nullopt, std::move(error).in(name_)}); };
    const Deadline deadline(options_.limits.max_seconds);
    source.limit_time(deadline);
    std::string bytes;
    const size_t limit = options_.limits.max_picture_bytes;
    if (!source.read_rest(bytes, limit) || bytes.size() > limit)
      return fail({.code = ErrorCode::kLimit,
                   .message = fmt::format("a picture larger than {} bytes", limit),
                   .hint = "raise --max-picture-bytes"});
    if (source.failed()) return fail(*source.error());
    auto article = read_picture_article(bytes, name_, options_, run_, deadline);
    if (!article) return fail(std::move(article).error());
    if (Status in_time = deadline.check("reading the picture"); !in_time)
      return fail(std::move(in_time).error());
    if (!run_.take_id(article->id))
      return fail({.code = ErrorCode::kInput,
                   .message = fmt::format("the id '{}' came before", article->id)});
    emit({std::move(*article), std::nullopt});
  }

  /// The ids of an archive's articles begin with its name and differ in the number behind it, so
  /// that no memory of them is needed but the name.
  bool is_new() {
    if (run_.take_id(name_)) return options_.skip_to != kSkipAll;
    if (options_.skip_to >= 1) return false;  // told before
    emit_({std::nullopt,
           Error{.code = ErrorCode::kInput, .message = "this archive came before", .file = name_},
           1});
    return false;
  }

  const std::string& name_;
  const std::string_view* bytes_;
  uint64_t size_;
  const Options& options_;
  const Patterns& patterns_;
  Run& run_;
  const Emit& emit_;
};

}  // namespace

void read_input(const std::string& path, const Options& options, const Patterns& patterns, Run& run,
                const Emit& emit) {
  auto source = ByteSource::open(path);
  if (!source) {
    if (options.skip_to < 1) emit({std::nullopt, std::move(source).error(), 1});
    return;
  }
  std::error_code ignored;
  const bool is_file = path != "-" && std::filesystem::is_regular_file(path, ignored);
  const uint64_t size = is_file ? std::filesystem::file_size(path, ignored) : 0;
  Opener(path, nullptr, size, options, patterns, run, emit).read(std::move(*source));
}

void read_bytes(std::string_view bytes, const std::string& name, const Options& options,
                const Patterns& patterns, Run& run, const Emit& emit) {
  Opener(name, &bytes, bytes.size(), options, patterns, run, emit).read(ByteSource(bytes));
}

}  // namespace avstand::ingest
