// Bytes to articles. All hostile bytes end here.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "document/article.h"

namespace avstand::ingest {

/// What the caller knows and the bytes may lack. A value in the bytes wins over `defaults`,
/// except for language, where the caller's word is final.
struct Options {
  size_t max_bytes = 10'000'000;  ///< per article and per file
  std::optional<std::string> published, outlet, url;
  LanguageCode language;          ///< und: identify
};

/// One article or one problem, in input order.
struct Item {
  std::optional<Article> article;
  std::optional<Error> error;
};

/// Remarks that are no errors ("unknown key 'foo' ignored"), each given once per run.
using NoteSink = std::function<void(const std::string&)>;

/// Reads plain text: blocks by empty lines, kinds by position and form. `name` is the id.
Result<Article> read_plain_text(std::string_view bytes, const std::string& name,
                                const Options& options);

/// Reads one JSON object, an array of them, or JSON Lines.
std::vector<Item> read_json(std::string_view bytes, const std::string& name, const Options& options,
                            const NoteSink& note);

/// Reads a file or "-" and picks the reader by content: JSON if the first character is { or [.
std::vector<Item> read_input(const std::string& path, const Options& options, const NoteSink& note);

/// Finds blocks and their kinds in article.text (and title). Used by every reader of flat text.
void find_blocks(Article& article);

}  // namespace avstand::ingest
