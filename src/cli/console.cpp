#include "cli/console.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "reader/layers.h"

namespace avstand::cli {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kOnTerminal{100}, kElsewhere{10'000}, kAlways{1'000};

/// 1234567 -> "1,234,567"
std::string grouped(size_t number) {
  std::string out = std::to_string(number);
  for (size_t at = out.size(); at > 3; at -= 3) out.insert(at - 3, ",");
  return out;
}

}  // namespace

Console::Console()
    : terminal_(isatty(STDERR_FILENO) != 0),
      between_(terminal_ ? kOnTerminal : kElsewhere),
      begin_(Clock::now()),
      last_(begin_) {}

void Console::set_progress(const std::string& wish) {
  if (wish == "never") progress_ = false;
  if (wish == "always" && !terminal_) between_ = kAlways;
}

void Console::line(const std::string& text) {
  const std::lock_guard lock(mutex_);
  clear_progress();
  const std::string out = "avstand: " + visible(text) + "\n";
  std::fwrite(out.data(), 1, out.size(), stderr);
}

void Console::problem(const Error& error) { line(error.to_string()); }
void Console::note(const std::string& remark) { line("note: " + remark); }

std::string Console::totals() const {
  const double seconds = std::chrono::duration<double>(Clock::now() - begin_).count();
  const double speed = seconds > 0 ? static_cast<double>(words_) / seconds : 0;
  return fmt::format("{} {}, {} words, {:.1f} MB in {:.1f} s ({} words/s)", grouped(articles_),
                     articles_ == 1 ? "article" : "articles", grouped(words_),
                     static_cast<double>(bytes_) / 1e6, seconds,
                     grouped(static_cast<size_t>(speed)));
}

void Console::count(size_t words, size_t bytes) {
  const std::lock_guard lock(mutex_);
  ++articles_;
  words_ += words;
  bytes_ += bytes;
  show_progress();
}

void Console::progress(const std::string& input, uint64_t done, uint64_t size) {
  const std::lock_guard lock(mutex_);
  if (!progress_) return;
  // Remembered also where no line is due: the next article may be what shows it.
  const double percent =
      size == 0 ? 0 : 100.0 * static_cast<double>(done) / static_cast<double>(size);
  reading_ = size == 0 ? fmt::format(", {:.1f} MB of {}", static_cast<double>(done) / 1e6, input)
                       : fmt::format(", {:.0f} % of {}", std::min(percent, 100.0), input);
  show_progress();
}

/// With the lock held.
void Console::show_progress() {
  if (!progress_ || Clock::now() - last_ < between_) return;
  last_ = Clock::now();
  shown_ = terminal_;
  const std::string text = visible(totals() + reading_);
  const std::string out = terminal_ ? "\r\x1b[K" + text : "avstand: " + text + "\n";
  std::fwrite(out.data(), 1, out.size(), stderr);
}

void Console::clear_progress() {
  if (!shown_) return;
  std::fputs("\r\x1b[K", stderr);
  shown_ = false;
}

void Console::summary() {
  if (progress_ && terminal_) line(totals());
}

bool stdout_is_terminal() { return isatty(STDOUT_FILENO) != 0; }

bool use_color(const std::string& wish, bool to_terminal) {
  if (wish != "auto") return wish == "always";
  const char* no_color = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  const bool plain = (no_color != nullptr && *no_color != '\0') ||
                     (terminal != nullptr && std::string_view(terminal) == "dumb");
  return to_terminal && !plain;
}

}  // namespace avstand::cli
