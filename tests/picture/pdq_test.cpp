// PDQ against what its paper says of it, and against hashes of the reference.
#include "picture/pdq.h"

#include <gtest/gtest.h>

#include <bit>

#include "picture/read_picture.h"
#include "support/make_pixels.h"

namespace avstand::picture {
namespace {

Pdq hash_of(const std::string& bytes) {
  const auto file = read_picture(bytes);
  if (!file || !file->pdq) throw std::runtime_error("not hashed");
  return *file->pdq;
}
Pdq png_hash(const make::Image& image) { return hash_of(make::png(image)); }

uint32_t ones(const Pdq& pdq) {
  uint32_t out = 0;
  for (const uint64_t word : pdq.bits) out += static_cast<uint32_t>(std::popcount(word));
  return out;
}

/// Grey squares by integers only, so that any program can make the same picture: with column
/// c = x / side and row r = y / side the value is (37 c + 91 r + 13 c r) % 256.
make::Image squares(uint32_t width, uint32_t height, uint32_t side) {
  make::Image out{width, height, {}};
  for (uint32_t y = 0; y < height; ++y) {
    for (uint32_t x = 0; x < width; ++x) {
      const uint32_t column = x / side, row = y / side;
      out.rgb.insert(out.rgb.end(), 3,
                     static_cast<uint8_t>((37 * column + 91 * row + 13 * column * row) % 256));
    }
  }
  return out;
}

TEST(Pdq, HalfOfTheBitsAreSet) {
  for (uint32_t seed = 1; seed < 20; ++seed)
    EXPECT_EQ(ones(png_hash(make::scene(200, 150, seed))), 128u);
}

TEST(Pdq, OtherPicturesAreFarApart) {
  for (uint32_t a = 1; a < 12; ++a)
    for (uint32_t b = a + 1; b < 12; ++b)
      EXPECT_GT(distance(png_hash(make::scene(200, 150, a)), png_hash(make::scene(200, 150, b))),
                64u);
}

TEST(Pdq, ScaledAndPackedHarderItStaysTheSamePicture) {
  for (uint32_t seed = 1; seed < 5; ++seed) {
    const Pdq original = png_hash(make::scene(640, 480, seed));
    EXPECT_TRUE(same_picture(original, png_hash(make::scene(320, 240, seed))));
    EXPECT_TRUE(same_picture(original, png_hash(make::scene(480, 480, seed))));  // squeezed
    EXPECT_TRUE(same_picture(original, hash_of(make::jpeg(make::scene(640, 480, seed), 30))));
    EXPECT_TRUE(same_picture(original, hash_of(make::webp(make::scene(640, 480, seed), 30))));
  }
  EXPECT_TRUE(same_picture(png_hash(make::scene(640, 480, 1)),
                           png_hash(make::scene(2'000, 1'500, 1))));  // once: it takes a while
}

TEST(Pdq, BrighterOrFlatterItStaysTheSamePicture) {
  make::Image image = make::scene(320, 240);
  const Pdq original = png_hash(image);
  for (uint8_t& value : image.rgb) value = static_cast<uint8_t>(60 + value / 2);
  EXPECT_LE(distance(original, png_hash(image)), 10u);
}

// In the mirror the frequencies of odd number along x change their sign (paper, section 3.5).
TEST(Pdq, AMirrorTurnsTheOddColumns) {
  const Pdq original = png_hash(make::scene(640, 480, 3));
  Pdq mirrored = png_hash(make::mirrored(make::scene(640, 480, 3)));
  EXPECT_FALSE(same_picture(original, mirrored));
  for (uint64_t& word : mirrored.bits) word ^= 0x5555555555555555;  // frequencies 1, 3, 5 …
  EXPECT_LE(distance(original, mirrored), 20u);
}

TEST(Pdq, QualityTellsWhatCannotBeTold) {
  const Pdq sky = png_hash(make::flat(200, 150, 180));
  EXPECT_EQ(sky.quality, 0u);
  EXPECT_FALSE(same_picture(sky, sky));
  EXPECT_GE(png_hash(make::scene(200, 150)).quality, 50u);
  EXPECT_EQ(png_hash(make::flat(4, 100, 9)), Pdq{});
}

TEST(Pdq, DistanceIsAMetric) {
  const Pdq a = png_hash(make::scene(100, 100, 1)), b = png_hash(make::scene(100, 100, 2)),
            c = png_hash(make::scene(100, 100, 3));
  EXPECT_EQ(distance(a, a), 0u);
  EXPECT_EQ(distance(a, b), distance(b, a));
  EXPECT_LE(distance(a, c), distance(a, b) + distance(b, c));
}

struct Known {
  uint32_t width, height, side, quality;
  const char* hash;
};

// What PyPI pdqhash 0.2.8, which wraps the reference's own C++, gives for the same pixels.
constexpr Known kKnown[] = {
    {64, 64, 3, 100, "f3eaeb9e35a151c253a49cdabccc14bdae429d68adc4724a64cc3fe29241b265"},
    {300, 200, 16, 100, "8610be2bbe0342fdbd5241fcd9c579ef8c601d40ee6cbe6266a0d86dd26b2da0"},
    {512, 512, 16, 100, "1e6c0e3a9ab07dcfc644ab14365195b9ea0e2e648a79abba7546e651e719434d"},
    {1000, 700, 16, 100, "89d1662625c8b7430ecdc9b47e36a9323e86c4cd9b727c3ca52f0f4b80cf2b36"},
};

TEST(Pdq, BitForBitWhatTheReferenceGives) {
  for (const Known& k : kKnown) {
    const Pdq pdq = png_hash(squares(k.width, k.height, k.side));
    EXPECT_EQ(pdq.hex(), k.hash) << k.width << " x " << k.height;
    EXPECT_EQ(pdq.quality, k.quality);
  }
}

}  // namespace
}  // namespace avstand::picture
