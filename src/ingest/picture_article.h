// Picture files in the reader of articles: one alone, and those that articles name.
#pragma once

#include <string>
#include <string_view>

#include "base/deadline.h"
#include "ingest/ingest.h"
#include "picture/read_picture.h"

namespace avstand::ingest {

/// Whether bytes begin as a picture does, also one of a kind that is not read.
bool looks_like_picture(std::string_view bytes);

/// What the caller's limits say about pictures, and what time is left of the document's.
picture::Options picture_options(const Limits& limits, const Deadline& deadline);

/// A picture as an article: the headline and the caption that its metadata give, and a credit line
/// put together from creators, credit and source. No words but those of the file are in the text,
/// so it may be empty. What is broken in the file is a note. Errors as read_picture has them.
Result<Article> read_picture_article(std::string_view bytes, const std::string& name,
                                     const Options& options, Run& run, const Deadline& deadline);

}  // namespace avstand::ingest
