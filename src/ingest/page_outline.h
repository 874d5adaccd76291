// A page in the form in which its article is looked for: what each element is, and the runs of text
// between the borders of blocks.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ingest/html_tree.h"
#include "ingest/page_rules.h"

namespace avstand::ingest {

/// What holds for a node because of an element that it stands in.
enum NodeState : uint16_t {
  kInHidden = 1,  ///< never shown as text: scripts, forms, hidden elements
  kInLink = 2,
  kInList = 4,
  kInQuote = 8,
  kInHeading = 16,
  kInCaption = 32,
  kInFigure = 64,
  kInTable = 128,
  kInAside = 256,
  kInCredit = 512,
};

/// Text without the border of a block in it: what a reader sees as one paragraph.
struct TextRun {
  uint32_t owner = 0;  ///< innermost block element
  uint32_t first = 0;  ///< text nodes [first, last], and what stands between them
  uint32_t last = 0;
  uint32_t letters = 0;       ///< bytes of text without white space
  uint32_t link_letters = 0;  ///< those of them in links
  uint16_t state = 0;         ///< NodeState of the first node
  bool stop = false;          ///< ends like a sentence

  /// A link with nothing, or little, around it: a way to somewhere else.
  bool is_link() const {
    return stop && letters > 60 ? link_letters * 10 > letters * 9 : link_letters * 2 > letters;
  }
};

struct PageOutline {
  std::vector<uint16_t> state;  ///< NodeState of every node
  std::vector<uint16_t> marks;  ///< PageMark of every node's own names
  std::vector<TextRun> runs;    ///< in document order, hidden ones left out
};

/// O(nodes + text); names that come again are looked up once. `host`: of the page, if known.
PageOutline outline(const HtmlTree& tree, const PageRules& rules, std::string_view host = {});

/// The text of a run: white space collapsed, ignorable characters gone, <br> a line break.
std::string run_text(const HtmlTree& tree, const PageOutline& page, const TextRun& run);

bool is_heading(Tag tag);

}  // namespace avstand::ingest
