// Article -> Ledger: the order of the stages, their workspace and limits. The one place that
// composes the rooms.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "attribution/attributions.h"
#include "base/deadline.h"
#include "base/result.h"
#include "document/analysis.h"
#include "document/article.h"
#include "entity/entities.h"
#include "event/events.h"
#include "ledger/ledger.h"

namespace avstand {

class CueLexicon;

/// All layers of one article, for dumps, tests and tools. `article` is stable: analysis.text
/// points into it, so a Reading is neither copied nor moved once made.
struct Reading {
  Article article;
  Analysis analysis;
  EntityLayer entities;
  AttributionLayer attributions;
  EventLayer events;
  ledger::Ledger ledger;
  std::optional<Error> given_up;  ///< it took too long; the layers are not all there
};

/// How far to go; each stage needs those before it.
enum class Stage : uint8_t { kSentences, kParse, kEntities, kEvents, kAttributions, kLedger };

/// Models, knowledge and rules, loaded once; const and shared by all threads.
class Reader {
 public:
  struct Options {
    std::string data_dir;   ///< lexicons, rules, knowledge
    std::string model_dir;  ///< *.model files
  };
  static Result<std::unique_ptr<Reader>> open(const Options& options);
  ~Reader();

  /// Scratch memory of one worker thread; the more workers, the smaller.
  class Workspace;
  struct WorkspaceDeleter {
    void operator()(Workspace*) const;
  };
  std::unique_ptr<Workspace, WorkspaceDeleter> make_workspace(size_t workers = 1) const;

  /// Reads an article as far as `until`. Never fails: what cannot be analysed (an unsupported
  /// language) is said as unknown in the layers. Between steps the time is looked at: once the
  /// deadline has passed the reading is given up.
  std::unique_ptr<Reading> read(Article article, Workspace& workspace, Stage until = Stage::kLedger,
                                const Deadline& deadline = Deadline()) const;

  /// The cue lexicons that it reads with.
  const CueLexicon& cues() const;

  struct Impl;

 private:
  explicit Reader(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace avstand
