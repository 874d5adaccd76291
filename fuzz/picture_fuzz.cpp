// Picture files: any bytes give a picture whose parts hold together, or an error; never much memory
// or time.
#include <string>

#include "checks.h"
#include "picture/read_picture.h"
#include "text/utf8.h"

using namespace avstand;

namespace {

void check_text(const std::string& text) {
  fuzz::require(!first_invalid_utf8(text).has_value(), "metadata are UTF-8");
  fuzz::require(text.size() <= 10'000, "metadata are short");
  for (const char c : text)
    fuzz::require(static_cast<uint8_t>(c) >= 0x20 && c != 0x7F, "metadata have no controls");
}

void check_metadata(const PictureMetadata& m) {
  for (const std::string* text : {&m.credit, &m.source, &m.copyright, &m.headline, &m.caption,
                                  &m.date_created, &m.digital_source_type, &m.software})
    check_text(*text);
  for (const std::string& name : m.creators) check_text(name);
  for (const std::string& name : m.also) check_text(name);
}

void check_c2pa(const C2pa& c) {
  fuzz::require(c.status != C2paStatus::kNotValidated || !c.manifests.empty(),
                "a manifest that is read is listed");
  fuzz::require(c.manifests.size() <= 100, "the chain ends");
  for (const C2paManifest& m : c.manifests) {
    check_text(m.label);
    check_text(m.generator);
    check_text(m.signer);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  picture::Options options;
  options.limits.max_pixels = 300'000;  // sizes that are claimed, not there, take the time
  const auto file = picture::read_picture(bytes, options);
  if (!file) {
    fuzz::require(!file.error().message.empty(), "an error says what is wrong");
    return 0;
  }
  check_metadata(file->metadata);
  if (file->c2pa) check_c2pa(*file->c2pa);
  fuzz::require(file->pdq.has_value() || !file->remarks.empty(), "no hash without a reason");
  fuzz::require(file->remarks.size() < 20, "remarks are few");
  return 0;
}
