// UIMA CAS in JSON (UIMA CAS JSON 0.4.0), with its type system in it, as INCEpTION reads and writes
// it: one span layer "webanno.custom.Avstand" with the scheme's labels and notes as string
// features, one relation layer "webanno.custom.AvstandLink" over it. Offsets are UTF-16 code units.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "export/annotations.h"

namespace avstand::exports {

/// One CAS on one line. `sentences`: code points, for the tool that needs them.
std::string to_cas(const AnnotationSet& set, const std::vector<CharSpan>& sentences);

/// The type system as a UIMA descriptor: the layers to import into a project.
std::string cas_type_system();

/// Reads a CAS; gives a settled set. Types of others are passed over, they are not ours to lose; in
/// ours, every feature must be understood. `name` stands in errors.
Result<AnnotationSet> read_cas(std::string_view json, const std::string& name);

}  // namespace avstand::exports
