// Web archives to articles: the pages of WARC, ARC and WACZ files.
#pragma once

#include <string>
#include <string_view>

#include "archive/byte_source.h"
#include "archive/unpack.h"
#include "ingest/ingest.h"

namespace avstand::ingest {

archive::UnpackLimits unpack_limits(const Limits& limits);

/// Hands on an item for every page of a WARC or ARC file whose bytes `source` gives. The article's
/// id is NAME#n, n the number of its record. Records that are no pages, answers other than 2xx,
/// revisits, and pages without an article are counted, and the counts are one remark; a revisit is
/// also told with the record that it repeats; a broken record is one error, and the next that can
/// be found is read. `size`: of the file on disk, 0 if not known. Memory is bounded by a page,
/// whatever the file's size.
void read_records(archive::ByteSource& source, const std::string& name, uint64_t size,
                  const Options& options, const Patterns& patterns, Run& run, const Emit& emit);

/// Hands on the pages of the WARC files inside a WACZ file. `bytes`: the file, where it is in
/// memory; else it is opened by its name.
void read_wacz(const std::string& name, const std::string_view* bytes, const Options& options,
               const Patterns& patterns, Run& run, const Emit& emit);

}  // namespace avstand::ingest
