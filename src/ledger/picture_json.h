// What a picture file says, as JSON.
#pragma once

#include <string>

#include "document/picture.h"
#include "ledger/fields.h"
#include "ledger/json_writer.h"

namespace avstand::ledger {

/// Writes the keys "file", "pdq", "metadata" and "c2pa" into an open object. `name` is the file's
/// address or path; empty: not known. null, {} and null where the file was not at hand.
void write_picture_file(const std::string& name, const std::optional<PictureFile>& file,
                        JsonWriter& w);
/// What that wrote: the file of a picture object; nothing where it was not at hand. Throws
/// Unusable.
std::optional<PictureFile> read_picture_file(const Json& picture);

}  // namespace avstand::ledger
