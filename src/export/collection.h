// A folder of annotated documents: what an annotation tool is given, and what comes back from it.
//
//   brat        NAME.txt, NAME.ann, annotation.conf, visual.conf
//   inception   NAME.json, TypeSystem.xml
//   both        ledgers.jsonl, the ledgers as they were: gold.h compares with them
#pragma once

#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "export/annotations.h"
#include "ledger/ledger.h"

namespace avstand::exports {

enum class Tool : uint8_t { kBrat, kInception };

inline constexpr const char* kLedgersFile = "ledgers.jsonl";

/// A document on its way into a folder; made on any thread.
struct Document {
  std::string id;
  std::string ledger;       ///< one line of JSON
  std::string text;         ///< of the .txt; brat only
  std::string annotations;  ///< .ann or CAS
};
Document make_document(const ledger::Ledger& ledger, Tool tool);

/// File name of a document without its ending: the id with letters and digits of ASCII, '-', '_'
/// and '.' kept and all else '_', without a last ".txt"; long ones cut, each name once.
class DocumentNames {
 public:
  std::string name(const std::string& id);

 private:
  std::set<std::string> taken_;
};

/// Writes a collection. Not thread-safe.
class Collection {
 public:
  /// The folder is made; one with anything in it is refused, for it may hold somebody's work.
  static Result<Collection> create(const std::string& folder, Tool tool);
  Status add(const Document& document);
  Status finish();

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  Collection(std::string folder, Tool tool) : folder_(std::move(folder)), tool_(tool) {}

  std::string folder_;
  Tool tool_;
  DocumentNames names_;
  std::unique_ptr<std::FILE, Close> ledgers_;
};

/// Ledgers by the digest of their text.
class BaseLedgers {
 public:
  /// Adds a file of ledgers, one a line. Errors: file and line.
  Status load(const std::string& path);
  bool empty() const { return by_digest_.empty(); }
  /// The ledger of that text (of several the one whose document has that file name); null: none.
  const Json* find(const std::string& text, const std::string& name) const;

 private:
  struct Entry {
    std::string name;
    Json ledger;
  };
  std::map<std::string, std::vector<Entry>> by_digest_;
};

/// The files of annotations that `input` names: itself, or those in it if it is a folder, sorted.
Result<std::vector<std::string>> annotation_files(const std::string& input);

/// Gold of one file (.ann with its .txt beside it, or a CAS in JSON). Without `base` the ledger is
/// that of the text alone. Errors carry file and line.
Result<Json> gold_of_file(const std::string& path, const BaseLedgers& base);

}  // namespace avstand::exports
