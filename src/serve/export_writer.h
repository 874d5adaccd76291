// Ledgers as one file of another format, for those who ask for one (docs/exports.md).
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "export/graph.h"
#include "ledger/ledger.h"
#include "reader/reader.h"
#include "serve/http.h"
#include "store/correction.h"

namespace avstand::serve {

/// Takes articles one after the other. Not thread-safe.
class ExportWriter {
 public:
  /// Errors: kUsage (no such format, or one that is a folder of files).
  static Result<ExportWriter> open(const std::string& format);

  void add(const Reading& reading);
  /// From a ledger alone. False: this format needs the words of the text too (conllu).
  bool add(const ledger::Ledger& ledger);
  /// What readers corrected in the article that was added last: annotations beside the engine's, in
  /// the one format that is a list of annotations (webannotation). Others are about the reading.
  void add(const std::vector<store::Correction>& corrections);
  bool empty() const { return articles_ == 0; }
  /// The file, to be saved under a name that ends as its format's files do.
  Response response() &&;

 private:
  explicit ExportWriter(std::string format) : format_(std::move(format)) {}

  std::string format_, body_;
  exports::ChainGraph graph_;
  size_t articles_ = 0;
};

}  // namespace avstand::serve
