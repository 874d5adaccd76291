// Every instruction set against naive loops (close) and against each other (the same bits).
#include "language/kernels.h"

#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <functional>
#include <random>
#include <vector>

#include "language/dense.h"

namespace avstand::language {
namespace {

using Floats = std::vector<float>;

Floats random_floats(size_t n, unsigned seed, float scale = 1) {
  std::mt19937 random(seed);
  std::normal_distribution<float> normal(0, scale);
  Floats out(n);
  for (float& x : out) x = normal(random);
  return out;
}

std::vector<const Kernels*> available() {
  std::vector<const Kernels*> out;
  for (const char* name : {"generic", "avx2", "avxvnni", "avx512", "amx"})
    if (const Kernels* k = find_kernels(name)) out.push_back(k);
  return out;
}

/// Runs `call` on every instruction set; all results must be near `expected` and equal in bits.
void expect_all(const Floats& expected, float tolerance,
                const std::function<Floats(const Kernels&)>& call) {
  const Floats first = call(*find_kernels("generic"));
  ASSERT_EQ(first.size(), expected.size());
  for (size_t i = 0; i < first.size(); ++i) ASSERT_NEAR(first[i], expected[i], tolerance) << i;
  for (const Kernels* k : available()) {
    const Floats other = call(*k);
    EXPECT_EQ(std::memcmp(other.data(), first.data(), first.size() * sizeof(float)), 0) << k->name;
  }
}

TEST(Kernels, Multiply) {
  for (const size_t rows : {1, 2, 5, 11, 12, 13, 29})
    for (const auto& [in, out] : {std::pair<size_t, size_t>{16, 16}, {48, 32}, {33, 80}}) {
      const size_t stride = in + 3;
      const Floats x = random_floats(rows * stride, 1), w = random_floats(in * out, 2);
      Floats expected(rows * out);
      for (size_t i = 0; i < rows; ++i)
        for (size_t j = 0; j < out; ++j) {
          double sum = 0;
          for (size_t k = 0; k < in; ++k)
            sum += double{x[i * stride + k]} * w[j / 16 * in * 16 + k * 16 + j % 16];
          expected[i * out + j] = static_cast<float>(sum);
        }
      expect_all(expected, 1e-4f, [&](const Kernels& k) {
        Floats y(rows * out);
        k.multiply({x.data(), rows, stride}, w.data(), in, out, y.data(), out);
        return y;
      });
    }
}

/// Sums that lie half way between two floats, and near it, beside random and tiny ones.
std::vector<std::array<float, 3>> hard_sums() {
  std::vector<std::array<float, 3>> out;
  const float bit = std::ldexp(1.0f, -12), up = bit + std::ldexp(1.0f, -35),
              down = bit - std::ldexp(1.0f, -35);
  for (const float sign : {1.0f, -1.0f})
    for (const float b : {bit, up, down})
      for (const float c : {1.0f, 1.0f + std::ldexp(1.0f, -23), 3.0f, 4.0f - std::ldexp(1.0f, -22)})
        out.push_back({up, sign * b, c}), out.push_back({bit, sign * b, -c});
  for (const float x : {1e-30f, 3e-23f, 1.1754944e-38f, 1e-45f, 0.0f, -0.0f, 1e30f})
    for (const float c : {0.0f, -0.0f, 1e-45f, -1.1754944e-38f, 1e30f}) out.push_back({x, 0.7f, c});
  const Floats random = random_floats(30000, 13);
  for (size_t i = 0; i < random.size(); i += 3)
    out.push_back({random[i], random[i + 1], random[i + 2] * (i % 2 ? 1 : 1e-7f)});
  return out;
}

TEST(Kernels, ProductsAreAddedWithOneRounding) {
  for (const auto& [a, b, c] : hard_sums()) {
    const std::array<float, 2> x{c, a};  // c * 1, then a * b on it
    Floats w(32, 1.0f);
    std::fill(w.begin() + 16, w.end(), b);
    const float expected = std::fmaf(a, b, std::fmaf(c, 1.0f, 0.0f));
    for (const Kernels* k : available()) {
      Floats y(16);
      k->multiply({x.data(), 1, 2}, w.data(), 2, 16, y.data(), 16);
      for (const float v : y)
        ASSERT_EQ(std::bit_cast<uint32_t>(v), std::bit_cast<uint32_t>(expected))
            << k->name << ": " << a << " * " << b << " + " << c;
    }
  }
}

/// Rows through weights of bytes, by one set of kernels.
Floats multiply_bytes(const Kernels& k, Rows x, const Layer& layer) {
  RoundedRows rounded;
  rounded.round(k, x, layer.weight.in());
  Floats y(x.count * layer.out());
  rounded.multiply(layer, y.data(), layer.out());
  return y;
}

/// One number of a row as bytes have it.
double rounded_value(const float* row, size_t n, size_t at) {
  float most = 0;
  for (size_t k = 0; k < n; ++k) most = std::max(most, std::fabs(row[k]));
  return most == 0 ? 0 : std::nearbyint(row[at] * (127 / most)) * (double{most} / 127);
}

TEST(Kernels, MultiplyBytes) {
  for (const size_t rows : {1, 2, 5, 11, 12, 13, 16, 29, 37})
    for (const auto& [in, out] :
         {std::pair<size_t, size_t>{16, 16}, {48, 32}, {384, 80}, {208, 112}}) {
      const size_t stride = in - 5;  // rows may share numbers, as those of the convolution do
      Floats x = random_floats(rows * stride + 5, 1), w = random_floats(in * out, 2);
      std::fill(x.begin(), x.begin() + static_cast<long>(in), 0.0f);  // a row of zeros
      for (size_t k = 0; k < in; ++k) w[k * 16 + 3] = 0;              // an output of zeros
      const Floats bias = random_floats(out, 3);
      const Layer layer{ByteMatrix(w, in, out), bias};
      Floats expected(rows * out);
      for (size_t i = 0; i < rows; ++i)
        for (size_t j = 0; j < out; ++j) {
          double sum = bias[j];
          for (size_t k = 0; k < in; ++k)
            sum += rounded_value(&x[i * stride], in, k) * layer.weight.at(k, j);
          expected[i * out + j] = static_cast<float>(sum);
        }
      expect_all(expected, 1e-4f, [&](const Kernels& k) {
        return multiply_bytes(k, {x.data(), rows, stride}, layer);
      });
    }
}

/// The layers of shipped models, and rows that fill tiles, leave some over or are too few for one.
TEST(Kernels, AmxTilesGiveTheBitsOfPlainLoops) {
  const Kernels* amx = find_kernels("amx");
  if (amx == nullptr) GTEST_SKIP() << "no AMX here";
  for (const auto& [in, out] : {std::pair<size_t, size_t>{96, 128},
                                {128, 768},
                                {256, 48},
                                {384, 256},
                                {384, 272},
                                {240, 80}}) {
    const Floats bias = random_floats(out, 17);
    const Layer layer{ByteMatrix(random_floats(in * out, 16), in, out), bias};
    for (const size_t rows : {15, 16, 17, 31, 32, 33, 47, 192}) {
      const Floats x = random_floats(rows * in, 18);
      const Rows view{x.data(), rows, in};
      EXPECT_EQ(multiply_bytes(*amx, view, layer),
                multiply_bytes(*find_kernels("generic"), view, layer))
          << rows << " rows, " << in << " to " << out;
    }
  }
}

TEST(Kernels, PlainBytes) {
  const Floats x = random_floats(48, 15);
  Floats expected(48);
  for (size_t i = 0; i < 48; ++i) expected[i] = static_cast<float>(rounded_value(x.data(), 48, i));
  expect_all(expected, 1e-6f, [&](const Kernels& k) {
    std::vector<int8_t> bytes(48);
    const float scale = k.to_bytes(x.data(), 48, bytes.data());
    Floats y(48);
    for (size_t i = 0; i < 48; ++i) y[i] = scale * static_cast<float>(bytes[i]);
    return y;
  });
}

TEST(Kernels, BytesAtTheirLimits) {
  const size_t in = 1024, out = 16;  // the widest layer: sums stay below 2^31
  const Layer layer{ByteMatrix(Floats(in * out, 1.0f), in, out), {}};
  for (const float value : {1.0f, -1.0f})
    expect_all(Floats(out, value * static_cast<float>(in)), 1e-2f, [&](const Kernels& k) {
      const Floats x(in, value);
      return multiply_bytes(k, {x.data(), 1, in}, layer);
    });
}

TEST(Kernels, WeightsLoseLessThanHalfAStep) {
  const size_t in = 32, out = 48;
  const Floats w = random_floats(in * out, 14);
  const ByteMatrix bytes(w, in, out);
  for (size_t j = 0; j < out; ++j) {
    const auto at = [&](size_t k) { return w[j / 16 * in * 16 + k * 16 + j % 16]; };
    float most = 0;
    for (size_t k = 0; k < in; ++k) most = std::max(most, std::fabs(at(k)));
    for (size_t k = 0; k < in; ++k) EXPECT_NEAR(bytes.at(k, j), at(k), most / 127 * 0.5001f);
  }
}

TEST(Kernels, RowsDoNotDependOnTheirNeighbours) {
  const size_t in = 64, out = 48, rows = 23;
  const Floats x = random_floats(rows * in, 4), w = random_floats(in * out, 5);
  const Layer layer{ByteMatrix(w, in, out), {}};
  for (const Kernels* k : available()) {
    Floats all(rows * out), one(out);
    k->multiply({x.data(), rows, in}, w.data(), in, out, all.data(), out);
    const Floats all_bytes = multiply_bytes(*k, {x.data(), rows, in}, layer);
    for (size_t i = 0; i < rows; ++i) {
      const Rows row{x.data() + i * in, 1, in};
      k->multiply(row, w.data(), in, out, one.data(), out);
      EXPECT_EQ(std::memcmp(one.data(), &all[i * out], out * sizeof(float)), 0) << k->name;
      const Floats one_bytes = multiply_bytes(*k, row, layer);
      EXPECT_EQ(std::memcmp(one_bytes.data(), &all_bytes[i * out], out * sizeof(float)), 0)
          << k->name;
    }
  }
}

TEST(Kernels, Normalise) {
  const size_t n = 48;
  const Floats x = random_floats(n, 6, 3), gain = random_floats(2 * n, 7);
  double mean = 0, variance = 0;
  for (const float v : x) mean += v / n;
  for (const float v : x) variance += (v - mean) * (v - mean) / n;
  Floats expected(n);
  for (size_t i = 0; i < n; ++i)
    expected[i] =
        static_cast<float>((x[i] - mean) / std::sqrt(variance + 1e-5) * gain[i] + gain[n + i]);
  expect_all(expected, 1e-5f, [&](const Kernels& k) {
    Floats y(n);
    k.normalise(x.data(), gain.data(), n, y.data());
    return y;
  });
}

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

TEST(Kernels, ActivateAndPool) {
  const size_t count = 9, h = 16, row = 6 * h;
  Floats gates = random_floats(count * row, 8, 4);
  gates[0] = 1e30f, gates[1] = -1e30f, gates[h] = 200, gates[h + 1] = -200;
  Floats active(gates), expected(count * 2 * h);
  for (size_t i = 0; i < active.size(); ++i)
    active[i] =
        static_cast<float>(i / h % 3 == 0 ? std::tanh(double{gates[i]}) : sigmoid(gates[i]));
  expect_all(active, 1e-6f, [&](const Kernels& k) {
    Floats y(gates);
    k.activate(y.data(), count, h);
    return y;
  });
  for (size_t j = 0; j < 2 * h; ++j) {
    const bool back = j >= h;
    double c = 0;
    for (size_t step = 0; step < count; ++step) {
      const size_t t = back ? count - 1 - step : step;
      const float* g = &active[t * row + (back ? 3 * h : 0) + j % h];
      c = g[h] * c + (1 - g[h]) * g[0];
      expected[t * 2 * h + j] = static_cast<float>(g[2 * h] * c);
    }
  }
  expect_all(expected, 1e-5f, [&](const Kernels& k) {
    Floats y(count * 2 * h);
    k.pool(active.data(), count, h, y.data(), 2 * h);
    return y;
  });
}

TEST(Kernels, SmallOnes) {
  const size_t n = 32;
  const Floats x = random_floats(n, 9), a = random_floats(2 * n, 10);
  Floats largest(n), positive(n), sum(n), scaled(n);
  std::vector<int8_t> bytes(n);
  for (size_t i = 0; i < n; ++i) {
    bytes[i] = static_cast<int8_t>(static_cast<int>(i * 8) - 128);
    largest[i] = x[i] + std::max(a[i], a[n + i]);
    positive[i] = std::max(x[i], 0.0f);
    sum[i] = x[i] + a[i];
    scaled[i] = x[i] + 0.25f * static_cast<float>(bytes[i]);
  }
  const auto with = [&](auto&& change) {
    return [&, change](const Kernels& k) {
      Floats y(x);
      change(k, y);
      return y;
    };
  };
  expect_all(largest, 0,
             with([&](const Kernels& k, Floats& y) { k.maxout(a.data(), x.data(), n, y.data()); }));
  expect_all(positive, 0, with([&](const Kernels& k, Floats& y) { k.rectify(y.data(), n); }));
  expect_all(sum, 0, with([&](const Kernels& k, Floats& y) { k.add(a.data(), n, y.data()); }));
  expect_all(scaled, 0, with([&](const Kernels& k, Floats& y) {
               k.add_row(bytes.data(), 0.25f, n, y.data());
             }));
}

TEST(Kernels, Bilinear) {
  const size_t in = 16, out = 48;
  const Floats left = random_floats((in + 1) * out, 11), head = random_floats(in, 12);
  Floats expected(out);
  for (size_t r = 0; r < out; ++r) {
    double sum = left[in * out + r];
    for (size_t j = 0; j < in; ++j) sum += double{left[j * out + r]} * head[j];
    expected[r] = static_cast<float>(sum);
  }
  expect_all(expected, 1e-5f, [&](const Kernels& k) {
    Floats y(out);
    k.bilinear(left.data(), head.data(), in, out, y.data());
    return y;
  });
}

TEST(Kernels, BestSumTakesTheFirstOfEquals) {
  for (size_t n = 1; n < 70; ++n) {
    Floats a(n), b(n);
    for (size_t i = 0; i < n; ++i) a[i] = static_cast<float>(i * 7 % 5), b[i] = a[n - 1 - i];
    size_t expected = 0;
    for (size_t i = 1; i < n; ++i)
      if (a[i] + b[i] > a[expected] + b[expected]) expected = i;
    for (const Kernels* k : available()) {
      size_t at = n;
      EXPECT_EQ(k->best_sum(a.data(), b.data(), n, &at), a[expected] + b[expected]);
      EXPECT_EQ(at, expected) << k->name << " " << n;
    }
  }
}

TEST(Kernels, LargestIsTheFirstOfEquals) {
  for (size_t n = 1; n < 70; ++n)
    for (size_t top = 0; top < n; ++top) {
      Floats x(n, -2.0f);
      x[top] = x[n - 1] = -1.0f;
      for (const Kernels* k : available())
        EXPECT_EQ(k->largest(x.data(), n), top) << k->name << " " << n;
    }
}

TEST(Kernels, NamesAreChecked) {
  EXPECT_NE(find_kernels("generic"), nullptr);
  EXPECT_EQ(find_kernels("abacus"), nullptr);
  EXPECT_NE(kernels().name, nullptr);
}

}  // namespace
}  // namespace avstand::language
