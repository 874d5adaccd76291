#include "picture/inflate.h"

#include <zlib.h>

#include <algorithm>

namespace avstand::picture {

Inflated inflate(std::string_view packed, size_t max_bytes) {
  z_stream stream{};
  if (inflateInit(&stream) != Z_OK) return {};
  // zlib takes no const; it does not write to its input.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(std::min<size_t>(packed.size(), UINT32_MAX));
  Inflated out;
  char buffer[16'384];
  int status = Z_OK;
  while (status == Z_OK && out.bytes.size() <= max_bytes) {
    stream.next_out = reinterpret_cast<Bytef*>(buffer);
    stream.avail_out = sizeof buffer;
    status = ::inflate(&stream, Z_NO_FLUSH);
    out.bytes.append(buffer, sizeof buffer - stream.avail_out);
  }
  inflateEnd(&stream);
  out.whole = status == Z_STREAM_END && out.bytes.size() <= max_bytes;
  out.bytes.resize(std::min(out.bytes.size(), max_bytes));
  return out;
}

}  // namespace avstand::picture
