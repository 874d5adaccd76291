// brat standoff (brat.nlplab.org/standoff.html): NAME.txt and NAME.ann, offsets in code points, and
// the annotation.conf of a collection. Statements, pictures and events are brat's events, whose
// trigger is what they say; all else are text-bound annotations. Mentions of one entity are an
// equivalence "Same". What a note of type "Avstand" says is which part of the ledger it was.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "export/annotations.h"

namespace avstand::exports {

/// The .ann of a settled set.
std::string to_brat(const AnnotationSet& set);

/// annotation.conf and visual.conf of the scheme.
std::string brat_configuration();
std::string brat_visual();

/// Reads an .ann beside its text; gives a settled set. Every line must be understood: what brat can
/// hold and a ledger cannot (relations, normalisations, unknown kinds) is an error with its line.
/// `name` stands in errors.
Result<AnnotationSet> read_brat(std::string_view ann, std::string_view text,
                                const std::string& name);

}  // namespace avstand::exports
