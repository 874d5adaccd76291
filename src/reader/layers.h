// Layers as text: one tab-separated line a unit, for people, for tests and for cut and awk.
//
// docs/layers.md describes each layer. Common to all: the first line is "# article ID"; offsets
// are code points into document.text; backslash, tab, newline and every hidden control in a text
// are written as \\, \t, \n and \u{…}; parts that stand apart are joined by " … "; "-" is nothing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "reader/reader.h"

namespace avstand {

enum class Layer : uint8_t {
  kBlocks,
  kSentences,
  kTokens,
  kConllu,
  kMentions,
  kTimes,
  kEvents,
  kAttributions,
  kStatements,
  kLedger,
};

/// Names of all layers, in order of the enum.
std::string_view to_string(Layer layer);
bool parse_layer(std::string_view name, Layer& out);  ///< false: no such layer

/// How far an article must be read for a layer.
Stage stage_of(Layer layer);

/// The layer of one article, ending in a newline.
std::string dump_layer(const Reading& reading, Layer layer);

/// Text for one line of a terminal: every hidden control and broken byte is spelled out.
std::string visible(std::string_view text);

}  // namespace avstand
