// Text for a terminal: nothing in it can move the cursor, and it is as wide as we think it is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace avstand::report {

/// The text with hidden controls spelled out: \x1b for C0, DEL and C1, <U+202E> for bidi and other
/// format controls. Tab, CR and LF become a space, broken bytes U+FFFD; soft hyphens are left out.
std::string visible(std::string_view text);

/// Columns the text takes on a terminal (East Asian wide 2, combining 0; Unicode Annex 11). The
/// text must have been through visible(), without escape sequences.
size_t columns(std::string_view text);

/// The text cut to `width` columns, with "…" at the end if something was cut. Never cuts between a
/// letter and its combining marks.
std::string shortened(std::string_view text, size_t width);

/// Lines of at most `width` columns, broken at spaces; a longer word is broken inside. At least one
/// line. `width` 0 counts as 1.
std::vector<std::string> wrapped(std::string_view text, size_t width);

}  // namespace avstand::report
