// Forms as a browser may send them, and as nobody should: whatever is read can be written down
// again and gives the same.
#include "checks.h"
#include "serve/http.h"

using namespace avstand;

namespace {

constexpr std::string_view kBoundary = "----b";

std::string written(const std::vector<serve::FormPart>& parts) {
  std::string out;
  for (const serve::FormPart& part : parts) {
    out += "--" + std::string(kBoundary) + "\r\nContent-Disposition: form-data; name=\"" +
           part.name + "\"; filename=\"" + part.file_name + "\"\r\n\r\n" + part.body + "\r\n";
  }
  return out + "--" + std::string(kBoundary) + "--";
}

void check_multipart(std::string_view bytes) {
  const std::string type = "multipart/form-data; boundary=" + std::string(kBoundary);
  const auto parts = serve::parse_multipart(bytes, type);
  if (!parts) return;
  const auto again = serve::parse_multipart(written(*parts), type);
  for (const serve::FormPart& part : *parts) {  // names that cannot be quoted are not round
    if (part.name.find_first_of("\"\r\n") != std::string::npos) return;
    if (part.file_name.find_first_of("\"\r\n") != std::string::npos) return;
  }
  fuzz::require(again && again->size() == parts->size(), "a form reads back");
  for (size_t i = 0; i < parts->size(); ++i) {
    fuzz::require((*again)[i].body == (*parts)[i].body, "so does a part's body");
    fuzz::require((*again)[i].name == (*parts)[i].name, "and its name");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  check_multipart(bytes);
  serve::parse_multipart("--b\r\n\r\n", bytes);  // the header may be anything too
  if (const auto fields = serve::parse_urlencoded(bytes)) {
    for (const auto& [name, value] : *fields) {
      fuzz::require(name.size() + value.size() <= size, "decoding makes nothing longer");
    }
  }
  return 0;
}
