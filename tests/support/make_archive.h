// Web archives for tests: records, packed members and zip files byte by byte.
#pragma once

#include <zlib.h>
#include <zstd.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace avstand::archive::make {

/// A page with an article; `word` tells it from others.
inline std::string page(const std::string& word) {
  return "<!DOCTYPE html><html lang=\"nb\"><head><title>Bro stengt i " + word +
         "</title></head><body><article><h1>Bro stengt i " + word +
         "</h1><p>Broen over elva er stengt til mandag, sier ordfører Kari Bø til " + word +
         "posten. Kommunen venter på en ny rapport om fundamentene.</p><p>Rapporten kommer "
         "tidligst i neste uke, opplyser vegsjefen i " +
         word + ". Bussene kjører om sentrum så lenge.</p></article></body></html>";
}

inline std::string http(const std::string& body, const std::string& fields = "",
                        const std::string& status = "200 OK") {
  return "HTTP/1.1 " + status + "\r\nContent-Type: text/html; charset=utf-8\r\n" + fields + "\r\n" +
         body;
}

inline std::string warc(const std::string& type, const std::string& url, const std::string& block,
                        const std::string& fields = "", const std::string& version = "1.1") {
  return "WARC/" + version + "\r\nWARC-Type: " + type + "\r\nWARC-Record-ID: <urn:uuid:" + url +
         ">\r\nWARC-Target-URI: " + url + "\r\nWARC-Date: 2026-05-04T06:12:00Z\r\n" + fields +
         "Content-Type: application/http; msgtype=response\r\nContent-Length: " +
         std::to_string(block.size()) + "\r\n\r\n" + block + "\r\n\r\n";
}

inline std::string response(const std::string& word, const std::string& fields = "") {
  return warc("response", "https://" + word + ".example/", http(page(word)), fields);
}

/// `window`: 31 gzip, 15 zlib, -15 raw deflate.
inline std::string deflated(std::string_view plain, int window = 31) {
  z_stream state{};
  deflateInit2(&state, 9, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&state, plain.size()) + 64, '\0');
  state.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));  // NOLINT
  state.avail_in = static_cast<uInt>(plain.size());
  state.next_out = reinterpret_cast<Bytef*>(out.data());
  state.avail_out = static_cast<uInt>(out.size());
  deflate(&state, Z_FINISH);
  out.resize(out.size() - state.avail_out);
  deflateEnd(&state);
  return out;
}

inline std::string zstd(std::string_view plain) {
  std::string out(ZSTD_compressBound(plain.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), plain.data(), plain.size(), 3));
  return out;
}

/// One block that is not packed (RFC 7932, 9.2), at most 65,536 bytes.
inline std::string brotli(std::string_view plain) {
  const auto head = static_cast<uint32_t>(plain.size() - 1) << 4 | 1U << 20;
  std::string out;
  for (int i = 0; i < 3; ++i) out += static_cast<char>(head >> (8 * i));
  return out.append(plain) + '\x03';
}

inline std::string chunked(std::string_view body, size_t size) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out;
  for (size_t at = 0; at < body.size(); at += size) {
    const std::string_view piece = body.substr(at, size);
    for (int shift = 12; shift >= 0; shift -= 4) out += kHex[piece.size() >> shift & 15U];
    out.append("\r\n").append(piece).append("\r\n");
  }
  return out + "0\r\n\r\n";
}

struct Member {
  std::string name, bytes;
  bool packed = false;
};

/// A zip file of stored and deflated members.
inline std::string zip(const std::vector<Member>& members) {
  const auto little = [](uint64_t value, size_t size) {
    std::string out;
    for (size_t i = 0; i < size; ++i) out += static_cast<char>(i < 8 ? value >> (8 * i) : 0);
    return out;
  };
  std::string out, directory;
  for (const Member& m : members) {
    const std::string data = m.packed ? deflated(m.bytes, -15) : m.bytes;
    const auto crc =
        crc32(0, reinterpret_cast<const Bytef*>(m.bytes.data()), static_cast<uInt>(m.bytes.size()));
    const std::string head = little(20, 2) + little(0, 2) + little(m.packed ? 8 : 0, 2) +
                             little(0, 2) + little(0x21, 2) + little(crc, 4) +
                             little(data.size(), 4) + little(m.bytes.size(), 4) +
                             little(m.name.size(), 2) + little(0, 2);
    directory +=
        "PK\x01\x02" + little(20, 2) + head + little(0, 10) + little(out.size(), 4) + m.name;
    out += "PK\x03\x04" + head + m.name + data;
  }
  const size_t at = out.size();
  return out + directory + "PK\x05\x06" + little(0, 4) + little(members.size(), 2) +
         little(members.size(), 2) + little(directory.size(), 4) + little(at, 4) + little(0, 2);
}

}  // namespace avstand::archive::make
