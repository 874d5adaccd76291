// What the program says besides its result: problems, remarks and progress, all on standard error.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>

#include "base/result.h"

namespace avstand::cli {

/// Safe to use from several threads. Nothing it prints can move a terminal's cursor: hidden
/// controls are spelled out.
class Console {
 public:
  Console();
  ~Console() { clear_progress(); }
  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;

  /// "avstand: FILE:line 3, byte 17: message (hint)"
  void problem(const Error& error);
  /// "avstand: note: …"
  void note(const std::string& remark);
  /// Counts one article; on a terminal a line tells how many, how much and how fast.
  void count(size_t words, size_t bytes);
  /// How far the reading of one input is, for the progress line; `size` 0: not known.
  void progress(const std::string& input, uint64_t done, uint64_t size);
  /// auto: a line that is written over on a terminal; elsewhere one line every ten seconds. always:
  /// elsewhere one every second. never: none.
  void set_progress(const std::string& wish);
  /// No progress line from now on: the result itself goes to the terminal.
  void no_progress() { progress_ = false; }
  /// "12 articles, 4,310 words in 0.3 s (14,367 words/s)", on a terminal only.
  void summary();

 private:
  void line(const std::string& text);
  void clear_progress();
  void show_progress();
  std::string totals() const;

  std::mutex mutex_;
  bool terminal_;
  bool progress_ = true;
  std::chrono::milliseconds between_;
  std::string reading_;  // "35 % of big.warc.gz"
  bool shown_ = false;
  size_t articles_ = 0, words_ = 0, bytes_ = 0;
  std::chrono::steady_clock::time_point begin_, last_;
};

/// Whether standard output is a terminal.
bool stdout_is_terminal();

/// Whether to colour: `wish` is auto, always or never. auto: a terminal that is not "dumb", and no
/// NO_COLOR in the environment (no-color.org).
bool use_color(const std::string& wish, bool to_terminal);

}  // namespace avstand::cli
