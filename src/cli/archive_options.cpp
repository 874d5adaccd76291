#include "cli/archive_options.h"

#include <fmt/format.h>

#include "cli/commands.h"
#include "ledger/characters.h"
#include "story/keeper.h"

namespace avstand::cli {

using ledger::on_one_line;

void add_archive_option(CLI::App& command, std::string& path) {
  command.add_option("--archive", path, "The archive")->type_name("FILE")->required();
}

int with_archive(const std::string& path, store::Archive::Mode mode, Console& console,
                 const std::function<Status(store::Archive&, Output&)>& work,
                 const std::string& to) {
  const auto whole = [&]() -> Status {
    AVSTAND_TRY(archive, store::Archive::open(path, mode));
    AVSTAND_TRY(output, Output::open(to));
    AVSTAND_CHECK(work(archive, output));
    return output.finish();
  };
  const Status status = whole();
  if (!status) console.problem(status.error());
  return status ? kOk : kFailed;
}

namespace {

/// Opened to read if nothing is left to do, else to write, and with nothing left to do.
Result<store::Archive> open_with_stories(const std::string& path, store::Archive::Mode mode) {
  using Mode = store::Archive::Mode;
  AVSTAND_TRY(archive, store::Archive::open(path, Mode::kRead));
  auto tables = store::StoryTables::open(archive);
  const auto left = tables ? tables->pending_count() : Result<int64_t>(1);
  if (mode == Mode::kRead && left && *left == 0) return archive;
  AVSTAND_TRY(writable, store::Archive::open(path, Mode::kWrite));
  AVSTAND_CHECK(story::Keeper::attach(writable));
  return writable;
}

}  // namespace

int with_stories(const std::string& path, store::Archive::Mode mode, Console& console,
                 const std::function<Status(store::Archive&, store::StoryTables&, Output&)>& work,
                 const std::string& to) {
  const auto whole = [&]() -> Status {
    AVSTAND_TRY(archive, open_with_stories(path, mode));
    AVSTAND_TRY(tables, store::StoryTables::open(archive));
    AVSTAND_TRY(output, Output::open(to));
    AVSTAND_CHECK(archive.begin());  // one state, whoever writes meanwhile
    AVSTAND_CHECK(work(archive, tables, output));
    AVSTAND_CHECK(archive.commit());
    return output.finish();
  };
  const Status status = whole();
  if (!status) console.problem(status.error());
  return status ? kOk : kFailed;
}

std::string line_of(const store::Listed& a) {
  std::string out =
      fmt::format("{:>6}  {}", a.id, on_one_line(a.title.empty() ? a.document : a.title));
  std::string about;
  for (const std::string& part : {a.outlet, a.published})
    if (!part.empty()) about += (about.empty() ? "" : ", ") + on_one_line(part);
  if (a.versions > 1) about += fmt::format("{}{} versions", about.empty() ? "" : ", ", a.versions);
  return about.empty() ? out : fmt::format("{} ({})", out, about);
}

}  // namespace avstand::cli
