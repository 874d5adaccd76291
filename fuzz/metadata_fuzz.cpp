// The metadata of pictures without the pictures around them: EXIF, IPTC IIM, Photoshop's resources,
// XMP, C2PA. The first byte says which.
#include <string>

#include "picture/c2pa.h"
#include "picture/metadata.h"
#include "picture_checks.h"

using namespace avstand;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes = fuzz::bytes_of(data + 1, size - 1);
  const picture::Limits limits;
  switch (data[0] % 5) {
    case 0:
      fuzz::check_metadata(picture::read_exif(bytes, limits));
      break;
    case 1:
      fuzz::check_metadata(picture::read_iim(bytes, limits));
      break;
    case 2:
      fuzz::check_metadata(picture::read_iim(picture::iim_of_photoshop(bytes, limits), limits));
      break;
    case 3:
      if (const auto xmp = picture::read_xmp(bytes)) fuzz::check_metadata(xmp->metadata);
      break;
    default:
      fuzz::check_c2pa(picture::read_c2pa(bytes, limits));
  }
  return 0;
}
