// A placed graph as SVG inside a page. No script, no style attribute: strokes and fills come from
// the style sheet by class, so that a drawing follows the theme and the paper.
#pragma once

#include <string>

#include "report/graph.h"
#include "report/markup.h"

namespace avstand::report {

/// What a drawing says to those who do not see it.
struct GraphWords {
  std::string title;
  std::string description = {};  ///< what leads where; may be empty
  std::string id = {};           ///< begins ids; needed where there is a description
};

/// Writes lay_out(graph, width), with what `words` say as its name. It is one picture: nothing in
/// it can be reached by keyboard, so what is linked must be linked beside it.
void write_graph(Markup& m, const Graph& graph, double width, const GraphWords& words);

/// The same twice, for wide and for narrow places: the style sheet shows one.
void write_graphs(Markup& m, const Graph& graph, const GraphWords& words);

}  // namespace avstand::report
