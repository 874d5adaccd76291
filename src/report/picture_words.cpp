#include "report/picture_words.h"

namespace avstand::report {
namespace {

void add(std::string& to, std::string_view text, std::string_view separator) {
  if (text.empty() || to.find(text) != std::string::npos) return;
  if (!to.empty()) to += separator;
  to += text;
}

std::string what_it_says(const PictureMetadata& m, const Phrases& say) {
  std::string out;
  for (const std::string& creator : m.creators)
    if (m.credit.find(creator) == std::string::npos) add(out, creator, " / ");
  add(out, m.credit, " / ");
  add(out, m.source, " / ");
  if (out.empty()) add(out, m.copyright, " / ");
  add(out, m.date_created, ", ");
  if (!m.digital_source_type.empty())
    add(out, say.label("file.source", m.digital_source_type), ", ");
  return out;
}

}  // namespace

std::vector<PictureFact> picture_facts(const ledger::Picture& picture, const Phrases& say) {
  std::vector<PictureFact> out;
  if (!picture.file) return out;
  std::string says = what_it_says(picture.file->metadata, say);
  if (!says.empty()) out.push_back({std::string(say("file.says")), std::move(says)});
  if (!picture.file->c2pa) return out;
  const C2pa& c = *picture.file->c2pa;
  out.push_back(
      {std::string(say("file.c2pa")), std::string(say.label("file.c2pa", to_string(c.status)))});
  std::string programs;
  for (const C2paManifest& m : c.manifests)
    add(programs, m.signer.empty() ? m.generator : m.generator + " (" + m.signer + ")", " < ");
  if (!programs.empty()) out.push_back({std::string(say("file.made_with")), std::move(programs)});
  return out;
}

}  // namespace avstand::report
