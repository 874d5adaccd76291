// Whole files: every container gives the same metadata, and every decoder the same brightness.
#include "picture/read_picture.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "base/file.h"
#include "picture/metadata.h"
#include "picture/parts.h"
#include "support/make_pixels.h"

namespace avstand::picture {
namespace {

using namespace std::string_literals;
using make::ascii;

const std::string& exif() {
  static const std::string e =
      make::tiff({ascii(0x013B, "Kari Bø")}, {ascii(0x9003, "2026:05:04 19:30:05")});
  return e;
}
const std::string& packet() {
  static const std::string p = make::xmp("<photoshop:Credit>Kari Bø / NTB</photoshop:Credit>");
  return p;
}
const std::string& store() {
  static const std::string s = make::store(
      make::manifest("urn:uuid:1", "Kamera", make::action("c2pa.created", "digitalCapture")));
  return s;
}
std::string sets() { return make::iim({{115, "NTB"}}); }

/// The same words in every container that has room for them.
std::string jpeg_with_all(const make::Image& image = make::scene(320, 240)) {
  return make::with_segments(
      make::jpeg(image),
      {{0xE1, "Exif\0\0"s + exif()},
       {0xE1, "http://ns.adobe.com/xap/1.0/\0"s + packet()},
       {0xED, "Photoshop 3.0\0"s + make::photoshop(sets())},
       {0xEB, "JP"s + make::big(1, 2) + make::big(1, 4) + store().substr(0, 100)},
       {0xEB,
        "JP"s + make::big(1, 2) + make::big(2, 4) + store().substr(0, 8) + store().substr(100)}});
}
std::string raw_profile(const std::string& name, const std::string& bytes) {
  std::string hex;
  for (const char c : bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    hex += kDigits[static_cast<uint8_t>(c) >> 4];
    hex += kDigits[static_cast<uint8_t>(c) & 15];
  }
  return "\n" + name + "\n      " + std::to_string(bytes.size()) + "\n" + hex + "\n";
}
std::string png_with_all(bool interlaced = false,
                         const make::Image& image = make::scene(320, 240)) {
  return make::with_chunks(
      make::png(image, interlaced),
      make::png_chunk("eXIf", exif()) + make::png_chunk("caBX", store()) +
          make::png_chunk("iTXt", "XML:com.adobe.xmp\0\1\0\0\0"s + make::deflated(packet())) +
          make::png_chunk("zTXt",
                          "Raw profile type iptc\0\0"s +
                              make::deflated(raw_profile("iptc", make::photoshop(sets())))));
}
std::string webp_with_all(const make::Image& image = make::scene(320, 240)) {
  return make::with_riff(make::webp(image), make::riff_chunk("EXIF", exif()) +
                                                make::riff_chunk("XMP ", packet()) +
                                                make::riff_chunk("C2PA", store()));
}
std::string tiff_with_all() {
  const auto bytes = [](uint16_t tag, uint16_t type, const std::string& value) {
    return make::Entry{tag, type, static_cast<uint32_t>(value.size()), value};
  };
  return make::tiff({{256, 3, 1, make::little(320, 2)},
                     {257, 4, 1, make::little(240, 4)},
                     ascii(0x013B, "Kari Bø"),
                     bytes(700, 1, packet()),
                     bytes(33723, 7, sets()),
                     bytes(52545, 7, store())},
                    {ascii(0x9003, "2026:05:04 19:30:05")});
}

struct Sample {
  std::string name, bytes;
};
std::vector<Sample> samples(const make::Image& image = make::scene(320, 240)) {
  return {{"jpeg", jpeg_with_all(image)},
          {"png", png_with_all(false, image)},
          {"webp", webp_with_all(image)},
          {"tiff", tiff_with_all()},
          {"heif", make::heif("heic", exif(), packet(), store())},
          {"avif", make::heif("avif", exif(), packet(), store())}};
}

PictureFile read(const std::string& bytes, const Options& options = {}) {
  auto file = read_picture(bytes, options);
  if (!file) throw std::runtime_error(file.error().to_string());
  return std::move(*file);
}

TEST(ReadPicture, EveryContainerSaysTheSame) {
  for (const auto& [name, bytes] : samples()) {
    SCOPED_TRACE(name);
    const PictureFile file = read(bytes);
    EXPECT_EQ(to_string(file.format), name);
    EXPECT_EQ(file.metadata.creators, std::vector<std::string>{"Kari Bø"});
    EXPECT_EQ(file.metadata.credit, "Kari Bø / NTB");
    EXPECT_EQ(file.metadata.date_created, "2026-05-04T19:30:05");
    const bool has_iim = name == "jpeg" || name == "png" || name == "tiff";
    EXPECT_EQ(file.metadata.source, has_iim ? "NTB" : "");
    ASSERT_TRUE(file.c2pa.has_value());
    EXPECT_EQ(file.c2pa->status, C2paStatus::kNotValidated);
    ASSERT_EQ(file.c2pa->manifests.size(), 1u);
    EXPECT_EQ(file.c2pa->manifests[0].generator, "Kamera");
    const bool is_heif = name == "heif" || name == "avif";
    EXPECT_EQ(file.width, is_heif ? 640u : 320u);
    EXPECT_EQ(file.height, is_heif ? 480u : 240u);
    EXPECT_EQ(file.pdq.has_value(), name == "jpeg" || name == "png" || name == "webp");
    EXPECT_EQ(file.remarks.size(), file.pdq ? 0u : 1u);
  }
}

/// The seeds of the fuzzer are these files with few pixels; where one is missing or old, the test
/// says how to write them anew.
TEST(ReadPicture, TheSeedsOfTheFuzzerAreTheseFiles) {
  const std::string folder = AVSTAND_SOURCE_DIR "/fuzz/corpus/fuzz_picture/";
  for (const auto& [name, bytes] : samples(make::scene(24, 16))) {
    if (std::getenv("AVSTAND_WRITE_SEEDS") != nullptr)
      std::ofstream(folder + name, std::ios::binary) << bytes;
    const auto seed = read_file(folder + name, 1'000'000);
    ASSERT_TRUE(seed.has_value()) << "run picture_test with AVSTAND_WRITE_SEEDS=1";
    const PictureFile now = read(bytes), then = read(*seed);
    EXPECT_EQ(then.metadata.credit, now.metadata.credit);
    EXPECT_EQ(then.c2pa->manifests.size(), now.c2pa->manifests.size());
    EXPECT_EQ(then.pdq, now.pdq);
  }
}

/// The same for the blocks of metadata; the first byte tells the fuzzer which block it is.
TEST(ReadPicture, TheSeedsOfMetadataAreTheirBlocks) {
  const std::string folder = AVSTAND_SOURCE_DIR "/fuzz/corpus/fuzz_metadata/";
  const auto parts = take_apart(jpeg_with_all(make::scene(24, 16)), {});
  ASSERT_TRUE(parts.has_value());
  const std::pair<std::string, std::string> blocks[] = {
      {"exif", "d" + parts->exif},
      {"iim", "e" + std::string(iim_of_photoshop(parts->photoshop, {}))},
      {"photoshop", "f" + parts->photoshop},
      {"xmp", "g" + parts->xmp.at(0)},
      {"c2pa", "h" + parts->jumbf}};
  for (const auto& [name, bytes] : blocks) {
    if (std::getenv("AVSTAND_WRITE_SEEDS") != nullptr)
      std::ofstream(folder + name, std::ios::binary) << bytes;
    const auto seed = read_file(folder + name, 1'000'000);
    ASSERT_TRUE(seed.has_value()) << "run picture_test with AVSTAND_WRITE_SEEDS=1";
    EXPECT_GT(seed->size(), 10U) << name;
    EXPECT_EQ(seed->size(), bytes.size()) << name;
  }
}

TEST(ReadPicture, OnePictureInThreeFormatsIsOneByItsHash) {
  const PictureFile j = read(jpeg_with_all()), p = read(png_with_all()), w = read(webp_with_all());
  EXPECT_TRUE(same_picture(*j.pdq, *p.pdq)) << distance(*j.pdq, *p.pdq);
  EXPECT_TRUE(same_picture(*w.pdq, *p.pdq)) << distance(*w.pdq, *p.pdq);
  EXPECT_EQ(*read(png_with_all(true)).pdq, *p.pdq);  // interlaced: the same pixels
  const PictureFile progressive = read(make::jpeg(make::scene(320, 240), 90, true));
  EXPECT_LE(distance(*progressive.pdq, *j.pdq), 2u);
}

TEST(ReadPicture, AnAddressOfCredentialsIsKeptAndNotFetched) {
  const std::string xmp =
      make::xmp("<dcterms:provenance>https://credentials.example/1</dcterms:provenance>");
  const PictureFile file = read(make::with_segments(
      make::jpeg(make::scene(64, 64)), {{0xE1, "http://ns.adobe.com/xap/1.0/\0"s + xmp}}));
  ASSERT_TRUE(file.c2pa.has_value());
  EXPECT_EQ(file.c2pa->status, C2paStatus::kRemote);
  EXPECT_EQ(file.c2pa->remote, "https://credentials.example/1");
}

TEST(ReadPicture, XmpBehindADamagedHead) {
  const PictureFile file = read(make::with_segments(
      make::jpeg(make::scene(64, 64)), {{0xE1, "XMP\0://ns.adobe.com/\0"s + packet()}}));
  EXPECT_EQ(file.metadata.credit, "Kari Bø / NTB");
  EXPECT_EQ(file.remarks.size(), 1u);
}

TEST(ReadPicture, XmpInPieces) {
  const std::string more = make::xmp("<photoshop:Source>NTB</photoshop:Source>");
  const std::string guid(32, 'A');
  const auto piece = [&](size_t at, size_t size) {
    return make::Segment{0xE1, "http://ns.adobe.com/xmp/extension/\0"s + guid +
                                   make::big(more.size(), 4) + make::big(at, 4) +
                                   more.substr(at, size)};
  };
  const std::string bytes = make::jpeg(make::scene(64, 64));
  const auto source = [&](const std::vector<make::Segment>& s) {
    return read(make::with_segments(bytes, s)).metadata.source;
  };
  EXPECT_EQ(source({piece(0, 200), piece(200, more.size())}), "NTB");
  EXPECT_EQ(source({piece(200, more.size())}), "");
}

TEST(ReadPicture, ErrorsSayWhatTheBytesAre) {
  const auto message = [](const std::string& bytes) {
    const auto file = read_picture(bytes);
    return file ? std::string("read") : file.error().message;
  };
  EXPECT_EQ(message("Broen er stengt."), "no picture: it does not begin as one");
  EXPECT_EQ(message("8BPS\0\1"s), "Photoshop document is not read");
  EXPECT_EQ(message("\xFF\x0A"s), "JPEG XL is not read");
  EXPECT_EQ(message("%PDF-1.7"s), "PDF is not read");
  EXPECT_EQ(message(""), "no picture: it does not begin as one");
  EXPECT_EQ(message("GIF89a is old."), "no picture: it does not begin as one");
  EXPECT_EQ(message("GIF89a\x40\x01\xF0\0"s), "read");
  const auto large = read_picture(jpeg_with_all(), {.limits = {.max_bytes = 1'000}});
  ASSERT_FALSE(large.has_value());
  EXPECT_EQ(large.error().code, ErrorCode::kLimit);
}

TEST(ReadPicture, TooManyPixelsAreNotDecodedAndTheRestIsRead) {
  for (const auto& [name, bytes] : samples()) {
    if (name != "jpeg" && name != "png" && name != "webp") continue;
    const PictureFile file = read(bytes, {.limits = {.max_pixels = 320 * 240 - 1}});
    EXPECT_FALSE(file.pdq.has_value());
    ASSERT_EQ(file.remarks.size(), 1u);
    EXPECT_EQ(file.remarks[0], "not hashed: 320 x 240 pixels, more than 76799");
    EXPECT_EQ(file.metadata.credit, "Kari Bø / NTB");
  }
  const PictureFile file =
      read(make::jpeg(make::scene(320, 240), 90, true), {.limits = {.max_scans = 3}});
  ASSERT_EQ(file.remarks.size(), 1u);
  EXPECT_EQ(file.remarks[0], "not hashed: more than 3 scans");
}

TEST(ReadPicture, ACutFileIsHashedIfHalfOfItIsThere) {
  const std::string png = make::png(make::scene(800, 600));
  const PictureFile most = read(png.substr(0, png.size() * 9 / 10));
  EXPECT_TRUE(most.pdq.has_value());
  EXPECT_EQ(most.remarks.back(), "cut or damaged: the hash is of what is there");
  EXPECT_FALSE(read(png.substr(0, png.size() / 10)).pdq.has_value());
}

TEST(DataUrl, Base64AndPercent) {
  EXPECT_EQ(data_url_bytes("data:image/png;base64,QUJD", 100), "ABC");
  EXPECT_EQ(data_url_bytes("DATA:;base64,QU%4AD", 100), "ABC");
  EXPECT_EQ(data_url_bytes("data:,a%20b%zz", 100), "a b%zz");
  EXPECT_EQ(data_url_bytes("data:;base64,Q UJ\nD=", 100), "ABC");
  EXPECT_EQ(data_url_bytes("data:;base64,***", 100), std::nullopt);
  EXPECT_EQ(data_url_bytes("https://a.example/,x", 100), std::nullopt);
  EXPECT_EQ(data_url_bytes("data:image/png", 100), std::nullopt);
  EXPECT_EQ(data_url_bytes("data:;base64," + std::string(1'000, 'A'), 100), std::nullopt);
}

// --- hostile files -------------------------------------------------------------------------------

std::string text_bomb(size_t megabytes) {
  return make::png_chunk("iTXt", "XML:com.adobe.xmp\0\1\0\0\0"s +
                                     make::deflated(std::string(megabytes * 1'000'000, ' ')));
}

TEST(Hostile, PackedTextsThatGrow) {
  const std::string png = make::png(make::scene(64, 64));
  const PictureFile one = read(make::with_chunks(png, text_bomb(40)));
  ASSERT_EQ(one.remarks.size(), 1u);
  EXPECT_EQ(one.remarks[0], "a packed text is broken, or larger than is read");
  std::string many;
  const std::string bomb = text_bomb(3);
  for (int i = 0; i < 2'000; ++i) many += bomb;
  EXPECT_FALSE(read(make::with_chunks(png, many)).remarks.empty());
}

TEST(Hostile, AColourProfileThatGrowsIsNeverUnpacked) {
  const std::string bomb =
      make::png_chunk("iCCP", "p\0\0"s + make::deflated(std::string(100'000'000, '\0')));
  const PictureFile file = read(make::with_chunks(make::png(make::scene(64, 64)), bomb));
  EXPECT_TRUE(file.pdq.has_value());
  EXPECT_TRUE(file.remarks.empty());
}

TEST(Hostile, SizesThatNoFileHas) {
  std::string png = make::png(make::scene(64, 64));
  png.replace(16, 8, make::big(0x7FFFFFFF, 4) + make::big(1, 4));
  EXPECT_FALSE(read(png).pdq.has_value());
  std::string jpeg = make::jpeg(make::scene(64, 64), 90, true);
  const size_t frame = jpeg.find("\xFF\xC2");
  jpeg.replace(frame + 5, 4, make::big(0xFFFF, 2) + make::big(0xFFFF, 2));
  const PictureFile file = read(jpeg);
  EXPECT_EQ(file.width, 65'535u);
  EXPECT_FALSE(file.pdq.has_value());
  jpeg.replace(frame + 5, 4, make::big(6'900, 2) + make::big(7'200, 2));  // under max_pixels
  const PictureFile held = read(jpeg, {.limits = {.max_memory = 100'000'000}});
  ASSERT_FALSE(held.remarks.empty());
  EXPECT_NE(held.remarks.back().find("bytes of memory"), std::string::npos);
}

TEST(Hostile, ThousandsOfEntriesForTheSameBytes) {
  std::vector<make::Entry> entries(9'000, {700, 1, 3'000'000, make::little(0, 4)});
  std::string tiff = make::tiff(entries) + std::string(3'000'000, ' ');
  const PictureFile file = read(tiff);
  EXPECT_LE(file.remarks.size(), 3u);
  const std::string packets = [] {
    std::string out;
    for (int i = 0; i < 500; ++i) out += make::riff_chunk("XMP ", "<x/>");
    return out;
  }();
  const PictureFile webp = read(make::with_riff(make::webp(make::scene(64, 64)), packets));
  ASSERT_EQ(webp.remarks.size(), 1u);
  EXPECT_EQ(webp.remarks[0], "more than 16 packets of XMP: the others are not read");
}

TEST(Hostile, EveryFileCutAtEveryPlace) {
  for (const auto& [name, bytes] : samples()) {
    const bool decodes = name == "jpeg" || name == "png" || name == "webp";
    for (size_t size = 0; size < bytes.size(); size += decodes && size > 2'000 ? 97 : 1) {
      const auto file = read_picture(bytes.substr(0, size));
      EXPECT_TRUE(!file || to_string(file->format) == name);
    }
  }
}

TEST(Hostile, EveryFileWithFlippedBytes) {
  uint32_t state = 7;
  const auto random = [&](size_t below) {
    state = state * 1'664'525U + 1'013'904'223U;
    return (state >> 8) % below;
  };
  for (const auto& [name, bytes] : samples()) {
    for (int round = 0; round < 300; ++round) {
      std::string broken = bytes;
      // Most where the structure is, not among the pixels.
      for (int i = 0; i < 4; ++i) {
        const size_t at = random(i % 2 == 0 ? std::min<size_t>(bytes.size(), 1'500) : bytes.size());
        broken[at] = static_cast<char>(random(256));
      }
      (void)read_picture(broken);
    }
  }
}

}  // namespace
}  // namespace avstand::picture
