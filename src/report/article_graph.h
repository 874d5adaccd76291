// The ways of an article's words as graphs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report/graph.h"
#include "report/view.h"

namespace avstand::report {

/// The way of one statement or picture: its hops, and at the end the outlet, with a sign for what
/// the text says of a check ("none": no sign).
Graph chain_graph(const LedgerView& view, const std::vector<ledger::Hop>& chain,
                  std::string_view verification);
/// The same in words: "opphav: VNA, nyhetsbyrå → formidler: AFP → avisen. ikke bekreftet".
std::string chain_in_words(const LedgerView& view, const std::vector<ledger::Hop>& chain,
                           std::string_view verification);

/// All ways of the article in one: everybody once, lines as wide as words went that way. Each word
/// goes the way of the shortest statement that it stands in. Origins without a name are one box;
/// who relays without a name is none, and the line past it is dashed. Who only says little and
/// straight to the outlet stands with others like that, where there are many.
Graph article_graph(const LedgerView& view);
/// The same in words: a way a sentence, most statements first.
std::string article_ways_in_words(const LedgerView& view);

}  // namespace avstand::report
