#include "cli/archive_options.h"

#include <fmt/format.h>

#include "cli/commands.h"
#include "ledger/characters.h"

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
