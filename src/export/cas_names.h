// Names of the two layers in UIMA, for cas_write.cpp and cas_read.cpp alone.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "export/scheme.h"

namespace avstand::exports {

inline constexpr std::string_view kLayer = "webanno.custom.Avstand";
inline constexpr std::string_view kLinkLayer = "webanno.custom.AvstandLink";
inline constexpr std::string_view kToken =
    "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token";
inline constexpr std::string_view kSentence =
    "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence";
inline constexpr std::string_view kAnnotationType = "uima.tcas.Annotation";
inline constexpr std::string_view kPartRole = "part";  ///< to the next fragment of the same thing

/// Feature of a label or note: its name with a small first letter.
inline std::string feature_name(std::string_view name) {
  std::string out(name);
  if (!out.empty() && out[0] >= 'A' && out[0] <= 'Z') out[0] = static_cast<char>(out[0] + 32);
  return out;
}

/// All features of the span layer besides begin and end; each is a string.
inline std::vector<std::string> layer_features() {
  std::vector<std::string> out = {"layer", "ref", "entity"};
  const auto add = [&](std::string_view name) {
    std::string feature = feature_name(name);
    if (std::find(out.begin(), out.end(), feature) == out.end()) out.push_back(std::move(feature));
  };
  for (const Kind& kind : kinds()) {
    for (const Label& label : kind.labels) add(label.name);
    for (const Note& note : kind.notes) add(note.name);
  }
  return out;
}

}  // namespace avstand::exports
