// What the server answers about an archive: pages for people, JSON for programs, and corrections of
// those who have the token. Without an archive all of it is 404.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "report/strings.h"
#include "serve/article_reader.h"
#include "serve/router.h"

namespace avstand::serve {

struct ArchiveOptions {
  std::string path;                ///< empty: no archive
  uint32_t story_articles = 2000;  ///< stories are made of so many, the newest
  std::string token;               ///< that corrections must show; empty: none are taken
};

/// Const but for its connections and the stories it keeps; used by all workers.
class ArchiveService {
 public:
  /// Opens the archive, to tell at once what is wrong with it; with a token also to write, which
  /// brings an older one up to date. `element` is the address of the pages' module. The others must
  /// outlive this.
  static Result<std::unique_ptr<ArchiveService>> open(const ArchiveOptions& options,
                                                      const ArticleReader& reader,
                                                      const report::ReportStrings& strings,
                                                      std::string css, std::string element);
  ~ArchiveService();

  bool has_archive() const;
  std::vector<Route> routes() const;
  /// The links between its pages, where there is an archive, and to the page in other languages.
  std::string navigation(const Request& request) const;
  /// The front page of the archive.
  Response front(const Request& request) const;

 private:
  struct Impl;
  explicit ArchiveService(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace avstand::serve
