// Picture files for tests: containers and metadata byte by byte (make_pixels.h: the pixels).
#pragma once

#include <zlib.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace avstand::picture::make {

using namespace std::string_literals;

inline std::string big(uint64_t value, size_t size) {
  std::string out;
  for (size_t i = size; i-- > 0;) out += static_cast<char>(value >> (8 * i));
  return out;
}
inline std::string little(uint64_t value, size_t size) {
  const std::string reversed = big(value, size);
  return {reversed.rbegin(), reversed.rend()};
}

struct Image {
  uint32_t width = 0, height = 0;
  std::vector<uint8_t> rgb;
};

// --- containers --------------------------------------------------------------------------------

using Segment = std::pair<uint8_t, std::string>;  ///< marker, data
inline std::string with_segments(std::string_view jpeg, const std::vector<Segment>& segments) {
  std::string out(jpeg.substr(0, 2));
  for (const auto& [marker, data] : segments)
    out += "\xFF"s + static_cast<char>(marker) + big(data.size() + 2, 2) + data;
  return out.append(jpeg.substr(2));
}
inline std::string png_chunk(const std::string& type, const std::string& data) {
  const std::string body = type + data;
  const auto sum =
      crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size()));
  return big(data.size(), 4) + body + big(sum, 4);
}
/// Behind IHDR.
inline std::string with_chunks(std::string_view png, const std::string& chunks) {
  return std::string(png.substr(0, 33)) + chunks + std::string(png.substr(33));
}
inline std::string deflated(const std::string& plain) {
  uLongf size = compressBound(static_cast<uLong>(plain.size()));
  std::string out(size, '\0');
  compress2(reinterpret_cast<Bytef*>(out.data()), &size,
            reinterpret_cast<const Bytef*>(plain.data()), static_cast<uLong>(plain.size()), 9);
  out.resize(size);
  return out;
}
inline std::string riff_chunk(const std::string& type, const std::string& data) {
  return type + little(data.size(), 4) + data + (data.size() % 2 ? "\0"s : ""s);
}
inline std::string with_riff(std::string_view webp, const std::string& chunks) {
  const std::string body = std::string(webp.substr(8)) + chunks;
  return "RIFF"s + little(body.size(), 4) + body;
}
inline std::string box(const std::string& type, const std::string& data) {
  return big(data.size() + 8, 4) + type + data;
}

// --- metadata ----------------------------------------------------------------------------------

/// An entry of a TIFF directory; `value` already in the file's order.
struct Entry {
  uint16_t tag = 0, type = 0;
  uint32_t count = 0;
  std::string value;
};
inline Entry ascii(uint16_t tag, const std::string& text) {
  return {tag, 2, static_cast<uint32_t>(text.size() + 1), text + '\0'};
}

/// A TIFF structure of one directory and, behind it, EXIF's own.
inline std::string tiff(std::vector<Entry> first, const std::vector<Entry>& exif = {},
                        bool is_little = true) {
  const auto number = [&](uint64_t v, size_t n) { return is_little ? little(v, n) : big(v, n); };
  if (!exif.empty()) first.push_back({0x8769, 4, 1, ""});
  std::string out = (is_little ? "II"s : "MM"s) + number(42, 2) + number(8, 4);
  const auto directory = [&](const std::vector<Entry>& entries) {
    std::string heap;
    const size_t heap_at = out.size() + 2 + entries.size() * 12 + 4;
    std::string table = number(entries.size(), 2);
    for (const Entry& e : entries) {
      table += number(e.tag, 2) + number(e.type, 2) + number(e.count, 4);
      if (e.tag == 0x8769 && e.value.empty()) {
        table += "EXIF"s;  // filled in when it is known
      } else if (e.value.size() <= 4) {
        table += e.value + std::string(4 - e.value.size(), '\0');
      } else {
        table += number(heap_at + heap.size(), 4);
        heap += e.value;
      }
    }
    out += table + number(0, 4) + heap;
  };
  directory(first);
  if (exif.empty()) return out;
  out.replace(out.find("EXIF"), 4, number(out.size(), 4));
  directory(exif);
  return out;
}

inline std::string iim(const std::vector<std::pair<int, std::string>>& sets) {
  std::string out = "\x1C\x01\x5A"s + big(3, 2) + "\x1B%G";  // envelope: UTF-8
  for (const auto& [number, value] : sets)
    out += "\x1C\x02"s + static_cast<char>(number) + big(value.size(), 2) + value;
  return out;
}
inline std::string photoshop(const std::string& data_sets) {
  return "8BIM\x04\x25\0\0"s + big(0, 4) + "8BIM\x04\x04\0\0"s + big(data_sets.size(), 4) +
         data_sets + (data_sets.size() % 2 ? "\0"s : ""s);
}

/// A packet of XMP around properties of one rdf:Description.
inline std::string xmp(const std::string& properties) {
  return "<?xpacket begin='\xEF\xBB\xBF' id='W5M0MpCehiHzreSzNTczkc9d'?>"
         "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF "
         "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description rdf:about='' "
         "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:dcterms='http://purl.org/dc/terms/' "
         "xmlns:photoshop='http://ns.adobe.com/photoshop/1.0/' "
         "xmlns:xmp='http://ns.adobe.com/xap/1.0/' "
         "xmlns:Iptc4xmpExt='http://iptc.org/std/Iptc4xmpExt/2008-02-29/' "
         "xmlns:plus='http://ns.useplus.org/ldf/xmp/1.0/'>" +
         properties + "</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>  \n";
}
inline std::string xmp_list(const std::string& name, const std::vector<std::string>& values,
                            const std::string& kind = "Seq") {
  std::string out = "<" + name + "><rdf:" + kind + ">";
  for (const std::string& value : values) out += "<rdf:li>" + value + "</rdf:li>";
  return out + "</rdf:" + kind + "></" + name + ">";
}

// --- content credentials -----------------------------------------------------------------------

inline std::string cbor_head(int major, uint64_t n) {
  if (n < 24) return std::string(1, static_cast<char>(major << 5 | static_cast<int>(n)));
  if (n < 256) return std::string(1, static_cast<char>(major << 5 | 24)) + big(n, 1);
  return std::string(1, static_cast<char>(major << 5 | 25)) + big(n, 2);
}
inline std::string cbor_text(const std::string& text) { return cbor_head(3, text.size()) + text; }
inline std::string cbor_bytes(const std::string& bytes) {
  return cbor_head(2, bytes.size()) + bytes;
}
inline std::string cbor_list(const std::vector<std::string>& items) {
  std::string out = cbor_head(4, items.size());
  for (const std::string& item : items) out += item;
  return out;
}
inline std::string cbor_map(const std::vector<std::pair<std::string, std::string>>& entries) {
  std::string out = cbor_head(5, entries.size());
  for (const auto& [key, value] : entries) out += cbor_text(key) + value;
  return out;
}
inline std::string superbox(const std::string& label, const std::string& content) {
  return box("jumb", box("jumd", std::string(16, 'u') + "\x03" + label + '\0') + content);
}
inline std::string cbor_box(const std::string& label, const std::string& cbor) {
  return superbox(label, box("cbor", cbor));
}

/// The manifest `label`: generator, assertions, and a signature by `certificate` (DER).
inline std::string manifest(const std::string& label, const std::string& generator,
                            const std::string& assertions, const std::string& certificate = {}) {
  const std::string headers = "\xA1\x18\x21"s + cbor_list({cbor_bytes(certificate)});
  return superbox(
      label, superbox("c2pa.assertions", assertions) +
                 cbor_box("c2pa.claim", cbor_map({{"claim_generator", cbor_text(generator)}})) +
                 cbor_box("c2pa.signature", "\xD2"s + cbor_list({cbor_bytes(headers), "\xA0",
                                                                 "\xF6", cbor_bytes("sig")})));
}
inline std::string ingredient(const std::string& title, const std::string& of_manifest) {
  return cbor_box("c2pa.ingredient",
                  cbor_map({{"dc:title", cbor_text(title)},
                            {"relationship", cbor_text("parentOf")},
                            {"c2pa_manifest",
                             cbor_map({{"url", cbor_text("self#jumbf=/c2pa/" + of_manifest)}})}}));
}
inline std::string action(const std::string& name, const std::string& source_type) {
  return cbor_box(
      "c2pa.actions",
      cbor_map({{"actions",
                 cbor_list({cbor_map({{"action", cbor_text(name)},
                                      {"softwareAgent", cbor_text("Lerret 3")},
                                      {"digitalSourceType",
                                       cbor_text("http://cv.iptc.org/newscodes/digitalsourcetype/" +
                                                 source_type)}})})}}));
}
inline std::string store(const std::string& manifests) { return superbox("c2pa", manifests); }

/// HEIF (or AVIF) without pixels: EXIF and XMP as items, a store in its box, 640 x 480.
inline std::string heif(const std::string& brand, const std::string& exif,
                        const std::string& packet, const std::string& jumbf) {
  const auto infe = [](int id, const std::string& rest) {
    return box("infe",
               big(2, 1) + big(0, 3) + big(static_cast<uint64_t>(id), 2) + big(0, 2) + rest);
  };
  const std::string iinf = box(
      "iinf", big(0, 4) + big(2, 2) + infe(1, "Exif\0"s) + infe(2, "mime\0application/rdf+xml\0"s));
  const std::string data = big(0, 4) + exif + packet;  // the length of the path to the TIFF header
  const auto item = [](int id, uint64_t offset, size_t size) {
    return big(static_cast<uint64_t>(id), 2) + big(1, 2) + big(0, 2) + big(1, 2) + big(offset, 4) +
           big(size, 4);
  };
  const std::string iloc =
      box("iloc", big(1, 1) + big(0, 3) + big(0x4400, 2) + big(2, 2) + item(1, 0, 4 + exif.size()) +
                      item(2, 4 + exif.size(), packet.size()));
  const std::string ispe = box("ispe", big(0, 4) + big(640, 4) + big(480, 4));
  return box("ftyp", brand + big(0, 4) + "mif1" + brand) +
         box("meta", big(0, 4) + iinf + iloc + box("idat", data) + box("iprp", box("ipco", ispe))) +
         box("uuid", "\xD8\xFE\xC3\xD6\x1B\x0E\x48\x3C\x92\x97\x58\x28\x87\x7E\xC4\x81"s +
                         big(0, 4) + "manifest\0"s + big(0, 8) + jumbf);
}

inline std::string base64(const std::string& bytes) {
  constexpr std::string_view kLetters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  uint32_t bits = 0, count = 0;
  for (const char c : bytes) {
    bits = bits << 8 | static_cast<uint8_t>(c);
    for (count += 8; count >= 6; count -= 6) out += kLetters[bits >> (count - 6) & 63];
  }
  if (count > 0) out += kLetters[bits << (6 - count) & 63];
  while (out.size() % 4 != 0) out += '=';
  return out;
}

}  // namespace avstand::picture::make
