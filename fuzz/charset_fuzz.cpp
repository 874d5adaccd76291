// Bytes of pages to UTF-8, in any charset, and the way back.
#include <array>

#include "checks.h"
#include "ingest/patterns_impl.h"
#include "text/utf8.h"

using namespace avstand;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  constexpr std::array<std::string_view, 12> kCharsets = {
      "",          "utf-8",   "latin1", "windows-1252", "utf-16le", "utf-16be",
      "shift_jis", "gb18030", "big5",   "iso-2022-jp",  "koi8-r",   "windows-1258"};
  if (size == 0) return 0;
  const std::string_view bytes = fuzz::bytes_of(data + 1, size - 1);
  const auto page = ingest::DecodedPage::decode(bytes, fuzz::patterns().get().encodings,
                                                kCharsets[data[0] % kCharsets.size()]);
  if (!page) {
    fuzz::require(!page.error().message.empty(), "an error says what is wrong");
    return 0;
  }
  const std::string_view utf8 = page->utf8();
  fuzz::require(!first_invalid_utf8(utf8).has_value(), "what is decoded is UTF-8");
  uint32_t last = 0;
  for (size_t at = 0; at < utf8.size(); at += decode_utf8(utf8, at).size * (1 + at / 64)) {
    while (at < utf8.size() && !fuzz::on_border(utf8, static_cast<uint32_t>(at))) ++at;
    if (at >= utf8.size()) break;
    const uint32_t source = page->source_offset(static_cast<uint32_t>(at));
    fuzz::require(last <= source && source <= bytes.size(), "places in the file grow, inside it");
    last = source;
  }
  return 0;
}
