// The names of the frames, as why[].rule shows them.
#include <array>

#include "attribution/candidates.h"

namespace avstand {
namespace {

constexpr std::array<std::string_view, 22> kFrameNames = {
    "verb_clause",   "verb_phrase",  "verb_oblique",   "parenthetical",
    "as_clause",     "according_to", "noun_clause",    "noun_phrase",
    "adjective",     "raising",      "hearsay",        "adverb",
    "relative",      "naming",       "citing",         "according_to_all",
    "surface_right", "surface_left", "surface_around", "short",
    "colon",         "bare_quote"};

}  // namespace

std::string_view to_string(Frame v) { return kFrameNames[static_cast<size_t>(v)]; }

}  // namespace avstand
