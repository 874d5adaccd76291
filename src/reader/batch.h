// Many inputs on all cores: articles stream through, answers come out in input order.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "ingest/ingest.h"
#include "ingest/patterns.h"
#include "reader/reader.h"

namespace avstand {

struct BatchOptions {
  ingest::Options ingest;
  size_t threads = 0;                                ///< 0: one for each core, at most six
  Stage until = Stage::kLedger;                      ///< how far each article is read
  std::function<void(ledger::Ledger&)> review = {};  ///< before rendering, on the workers
  ingest::ProgressSink progress = {};
  /// To resume: the first item wanted is the one behind this place of this input.
  uint64_t start_input = 0, start_place = 0;
};

/// Hands over what was made of an article.
using Delivery = std::function<void()>;

/// What became of one article, or why it could not be read.
struct BatchItem {
  std::optional<Error> error;
  Delivery deliver;    ///< from `render`; empty if there is an error
  uint64_t input = 0;  ///< index of its input
  uint64_t place = 0;  ///< in it, see ingest::Item
  size_t bytes = 0;    ///< of text
  size_t words = 0;
};

/// Reads every article of every input. `render` runs on the workers and must be safe to call from
/// several at once; what it returns is for `emit`, which is called for one item at a time, in input
/// order, as soon as an item and all before it are done. A reading is let go once rendered, and at
/// most four articles a thread are under way, so memory does not grow with the batch. Never fails:
/// each problem is an item.
void read_batch(const Reader& reader, const ingest::Patterns& patterns,
                const std::vector<std::string>& inputs, const BatchOptions& options,
                const ingest::NoteSink& note, const std::function<Delivery(const Reading&)>& render,
                const std::function<void(BatchItem&)>& emit);

}  // namespace avstand
