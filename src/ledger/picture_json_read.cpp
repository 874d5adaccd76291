#include "ledger/picture_json.h"

namespace avstand::ledger {
namespace {

template <typename Word>
Word word_of(const Json& object, const char* name, Word last) {
  const std::string wanted = text_of(object, name);
  for (int i = 0; i <= static_cast<int>(last); ++i)
    if (to_string(static_cast<Word>(i)) == wanted) return static_cast<Word>(i);
  throw Unusable{fmt::format("'{}' cannot be '{}'", name, wanted)};
}

uint32_t number_if(const Json& object, const char* name) {
  return object.contains(name) ? number_of(object, name) : 0;
}

PictureMetadata metadata(const Json& json) {
  return {.creators = texts_if(json, "creators"),
          .credit = text_if(json, "credit"),
          .source = text_if(json, "source"),
          .copyright = text_if(json, "copyright"),
          .headline = text_if(json, "headline"),
          .caption = text_if(json, "caption"),
          .date_created = text_if(json, "date_created"),
          .digital_source_type = text_if(json, "digital_source_type"),
          .software = text_if(json, "software"),
          .also = texts_if(json, "also"),
          .read_of = texts_if(json, "read_of")};
}

C2paManifest manifest(const Json& json) {
  C2paManifest out{.label = text_of(json, "label"),
                   .generator = text_of(json, "generator"),
                   .signer = text_of(json, "signer"),
                   .creators = texts_if(json, "creators")};
  for (const Json& a : list_of(json, "actions"))
    out.actions.push_back(
        {text_of(a, "action"), text_if(a, "software"), text_if(a, "digital_source_type")});
  for (const Json& i : list_of(json, "ingredients"))
    out.ingredients.push_back(
        {text_of(i, "title"), text_if(i, "relationship"), text_if(i, "manifest")});
  return out;
}

C2pa c2pa(const Json& json) {
  C2pa out{.status = word_of(json, "status", C2paStatus::kRemote),
           .reason = text_if(json, "reason"),
           .remote = text_if(json, "remote")};
  for (const Json& m : list_of(json, "manifests")) out.manifests.push_back(manifest(m));
  return out;
}

}  // namespace

std::optional<PictureFile> read_picture_file(const Json& picture) {
  const Json& said = member(picture, "metadata");
  if (said.empty()) return std::nullopt;  // the format is there wherever a file was
  PictureFile out{.format = word_of(said, "format", PictureFormat::kGif),
                  .width = number_if(said, "width"),
                  .height = number_if(said, "height"),
                  .metadata = metadata(said)};
  if (const auto credentials = picture.find("c2pa");
      credentials != picture.end() && !credentials->is_null())
    out.c2pa = c2pa(*credentials);
  if (const auto hash = optional_text(picture, "pdq")) {
    out.pdq = Pdq::from_hex(*hash, number_if(said, "pdq_quality"));
    if (!out.pdq) throw Unusable{"'pdq' is no hash"};
  }
  out.remarks = texts_if(said, "remarks");
  return out;
}

}  // namespace avstand::ledger
