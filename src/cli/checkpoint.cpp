#include "cli/checkpoint.h"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/hash.h"

namespace avstand::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds kBetween{250};
constexpr const char* kMagic = "avstand-resume-1";
constexpr const char* kEnd = "end";

std::string digest(const std::string& description) {
  return fmt::format("{:016x}", xxh64(description));
}

/// The state in a file; its last word shows that it was written whole.
bool parse(std::istream& in, std::string& run, Checkpoint::State& state) {
  std::string magic, end;
  in >> magic >> run >> state.input >> state.place >> state.length >> state.good >> state.failed >>
      end;
  return magic == kMagic && end == kEnd;
}

}  // namespace

std::string describe_inputs(const std::vector<std::string>& inputs) {
  std::string out;
  for (const std::string& input : inputs) {
    std::error_code ignored;
    const auto size = fs::is_regular_file(input, ignored) ? fs::file_size(input, ignored) : 0;
    const auto time = fs::last_write_time(input, ignored).time_since_epoch().count();
    out += fmt::format("{}\n{} {}\n", input, size, time);
  }
  return out;
}

Result<Checkpoint> Checkpoint::open(const std::string& output, const std::string& description,
                                    bool resume) {
  Checkpoint out;
  out.path_ = output + ".resume";
  out.description_ = digest(description);
  std::ifstream file(out.path_);
  if (!file) return out;
  if (!resume) {
    out.discarded_ = true;
    return out;
  }
  std::string run;
  State state;
  const Error broken{.code = ErrorCode::kUsage,
                     .message = "no state of a run that can be gone on with",
                     .file = out.path_,
                     .hint = "run without --resume to begin anew"};
  if (!parse(file, run, state)) return broken;
  if (run != out.description_)
    return Error{.code = ErrorCode::kUsage,
                 .message = "the run to resume had other inputs or options",
                 .file = out.path_,
                 .hint = "give the same, or run without --resume to begin anew"};
  std::error_code ignored;
  const auto size = fs::file_size(output + ".part", ignored);
  if (ignored || size < state.length) return broken;
  out.state_ = state;
  out.resumed_ = true;
  return out;
}

bool Checkpoint::due() const {
  return active() && std::chrono::steady_clock::now() - last_ >= kBetween;
}

Status Checkpoint::save(const State& state) {
  state_ = state;
  last_ = std::chrono::steady_clock::now();
  const std::string fresh = path_ + ".new";
  const std::string text =
      fmt::format("{} {} {} {} {} {} {} {}\n", kMagic, description_, state.input, state.place,
                  state.length, state.good ? 1 : 0, state.failed ? 1 : 0, kEnd);
  std::ofstream file(fresh, std::ios::trunc);
  file << text;
  file.close();
  std::error_code failed;
  if (file) fs::rename(fresh, path_, failed);
  if (!file || failed)
    return Error{.code = ErrorCode::kIo, .message = "cannot be written", .file = path_};
  return Unit{};
}

void Checkpoint::finish() {
  std::error_code ignored;
  fs::remove(path_, ignored);
  fs::remove(path_ + ".new", ignored);
}

}  // namespace avstand::cli
