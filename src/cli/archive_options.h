// What the commands on archives share.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <string>

#include "cli/console.h"
#include "cli/output.h"
#include "store/archive.h"
#include "store/story_tables.h"

namespace avstand::cli {

/// --archive FILE, which must be given.
void add_archive_option(CLI::App& command, std::string& path);

/// Opens the archive and where the result goes (empty: standard output), does the work, and tells
/// what went wrong.
int with_archive(const std::string& path, store::Archive::Mode mode, Console& console,
                 const std::function<Status(store::Archive&, Output&)>& work,
                 const std::string& to = "");

/// The same for questions about stories. Where some are still to be made (another program added
/// articles, or the archive is of an older schema), they are made first, which is to write.
int with_stories(const std::string& path, store::Archive::Mode mode, Console& console,
                 const std::function<Status(store::Archive&, store::StoryTables&, Output&)>& work,
                 const std::string& to = "");

/// "12  Nesvikposten  2026-07-03  Bro stengt (3 versions)" without control characters.
std::string line_of(const store::Listed& article);

}  // namespace avstand::cli
