// How far a run has come, beside its output: what `--resume` goes on from after a kill.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"

namespace avstand::cli {

/// A run that writes OUT keeps OUT.part, its output so far, and OUT.resume, how many bytes of that
/// are whole and which item of which input was the last in them. What OUT.part has beyond is cut
/// off when the run goes on, so nothing is lost and nothing comes twice. Used from one thread.
class Checkpoint {
 public:
  struct State {
    uint64_t input = 0;   ///< index of the input
    uint64_t place = 0;   ///< ingest::Item::place of the last item in the output
    uint64_t length = 0;  ///< bytes of output up to it
    bool good = true;     ///< no item was an error so far
    bool failed = false;  ///< a finding that --fail-on names was told
  };

  /// No checkpoints are kept.
  Checkpoint() = default;
  /// `description`: everything that decides the output, so that no other run is gone on with.
  /// `resume`: go on from OUT.resume where there is one; it must be of the same description.
  static Result<Checkpoint> open(const std::string& output, const std::string& description,
                                 bool resume);

  bool active() const { return !path_.empty(); }
  /// Whether a run is gone on with, or one was given up (to be told).
  bool resumed() const { return resumed_; }
  bool discarded() const { return discarded_; }
  const State& state() const { return state_; }
  /// Whether it is time to save.
  bool due() const;
  /// Call when `state.length` bytes were handed to the system.
  Status save(const State& state);
  /// The output is whole: forgets.
  void finish();

 private:
  std::string path_, description_;
  State state_;
  bool resumed_ = false, discarded_ = false;
  std::chrono::steady_clock::time_point last_;
};

/// Names, sizes and times of change of the inputs, as part of a description.
std::string describe_inputs(const std::vector<std::string>& inputs);

}  // namespace avstand::cli
