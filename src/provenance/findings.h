// What findings.cpp and conflicts.cpp share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "provenance/context.h"

namespace avstand::provenance {

/// Adds a finding with its message (data/messages.tsv, `{}` filled in order) in the article's
/// language. `message_key` is the kind where it is empty.
void add_finding(Context& c, std::string_view kind, std::vector<Span> spans,
                 const std::vector<std::string>& arguments, std::string_view message_key = {});

void find_missing_credits(Context& c);      // picture_findings.cpp
void find_unverified_pictures(Context& c);  // picture_findings.cpp
void find_credit_conflicts(Context& c);     // picture_findings.cpp
void find_role_conflicts(Context& c);       // role_conflicts.cpp
void find_loaded_terms(Context& c);         // own_terms.cpp
void find_figure_conflicts(Context& c);     // figures.cpp
void find_date_conflicts(Context& c);       // figures.cpp

}  // namespace avstand::provenance
