// The parts of an article's page; html.cpp puts them together. Internal to report/.
#pragma once

#include <string>
#include <vector>

#include "report/marks.h"
#include "report/markup.h"
#include "report/view.h"

namespace avstand::report {

/// What every part of one article's page needs.
struct ArticlePage {
  const LedgerView& view;
  const ArticleMarks& marks;
  std::string prefix;  ///< of every id

  const Phrases& say() const { return view.say(); }
  const ledger::Ledger& ledger() const { return view.ledger(); }
};

/// Findings, distances and origins: what a reader sees first.
void write_overview(Markup& m, const ArticlePage& page);
/// The article with its marks, and the notes beside it.
void write_reading(Markup& m, const ArticlePage& page);
/// One statement's note.
void write_note(Markup& m, const ArticlePage& page, size_t statement);
/// Names, roles, profiles.
void write_entities(Markup& m, const ArticlePage& page);

/// The way from the origin to the outlet as a small graph, with a sign for what the text says of a
/// check (Verification::status).
void write_chain(Markup& m, const LedgerView& view, const std::vector<ledger::Hop>& chain,
                 std::string_view verification);
/// Words by distance as a band; the numbers stand in a table or text beside it.
void write_band(Markup& m, const LedgerView& view);
/// Words of the article as a link to where they stand, without a link where no block has them.
void write_words_link(Markup& m, const ArticlePage& page, Span span);

}  // namespace avstand::report
