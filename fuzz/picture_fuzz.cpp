// Picture files: any bytes give a picture whose parts hold together, or an error; never much memory
// or time.
#include "picture/read_picture.h"
#include "picture_checks.h"

using namespace avstand;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes = fuzz::bytes_of(data, size);
  picture::Options options;
  options.limits.max_pixels = 300'000;  // sizes that are claimed, not there, take the time
  const auto file = picture::read_picture(bytes, options);
  if (!file) {
    fuzz::require(!file.error().message.empty(), "an error says what is wrong");
    return 0;
  }
  fuzz::check_metadata(file->metadata);
  if (file->c2pa) fuzz::check_c2pa(*file->c2pa);
  fuzz::require(file->pdq.has_value() || !file->remarks.empty(), "no hash without a reason");
  fuzz::require(file->remarks.size() < 20, "remarks are few");
  return 0;
}
