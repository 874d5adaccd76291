// Answers of an archive as JSON, one line without a newline at the end: the commands and the server
// give the same.
#pragma once

#include <string>

#include "store/archive.h"

namespace avstand::store {

std::string to_json(const Listed& article);
/// An article with its snippet.
std::string to_json(const Hit& hit);
std::string to_json(const OriginReport& report);
std::string to_json(const Facets& facets);
std::string to_json(const Correction& correction);

}  // namespace avstand::store
