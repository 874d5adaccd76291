// Parts of training/network.py with their gradients, one pass each: quasi-recurrent pooling, products of all pairs.
//
// Gates are [time, batch, 6 * hidden]: z, f, o of the forward, then of the backward direction. A word of the padding
// (mask 0) adds nothing to the state and gives 0.

#include <torch/extension.h>

#include <cstring>
#include <vector>

namespace {

inline float wide(uint16_t x) {
  const uint32_t bits = static_cast<uint32_t>(x) << 16;
  float f;
  std::memcpy(&f, &bits, 4);
  return f;
}
inline float wide(float x) { return x; }

inline void narrow(float x, float& y) { y = x; }
inline void narrow(float x, uint16_t& y) {
  uint32_t bits;
  std::memcpy(&bits, &x, 4);
  y = static_cast<uint16_t>((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
}

inline float exponential(float x) {
  x = x < -80.0f ? -80.0f : x > 80.0f ? 80.0f : x;
  const float n = __builtin_rintf(x * 1.44269504f), r = x - n * 0.693147181f;
  float p = r * (1.0f / 120) + (1.0f / 24);
  p = p * r + (1.0f / 6);
  p = p * r + 0.5f;
  p = p * r + 1.0f;
  p = p * r + 1.0f;
  const int32_t bits = (static_cast<int32_t>(n) + 127) << 23;
  float scale;
  std::memcpy(&scale, &bits, 4);
  return p * scale;
}
inline float sigmoid(float x) { return 1.0f / (1.0f + exponential(-x)); }

template <typename T>
void forward(const T* gates, const float* mask, int64_t time, int64_t batch, int64_t hidden, T* act, float* state, T* out) {
  std::vector<float> c(hidden);
  for (int64_t b = 0; b < batch; ++b)
    for (int way = 0; way < 2; ++way) {
      std::fill(c.begin(), c.end(), 0.0f);
      float* carry = c.data();
      for (int64_t step = 0; step < time; ++step) {
        const int64_t t = way ? time - 1 - step : step, at = t * batch + b;
        const T* g = gates + at * 6 * hidden + way * 3 * hidden;
        T* a = act + at * 6 * hidden + way * 3 * hidden;
        float* s = state + at * 2 * hidden + way * hidden;
        T* y = out + at * 2 * hidden + way * hidden;
        const float m = mask[at];
#pragma GCC ivdep
        for (int64_t j = 0; j < hidden; ++j) {
          const float z = 2.0f * sigmoid(2.0f * wide(g[j])) - 1.0f, f = sigmoid(wide(g[hidden + j]));
          const float o = sigmoid(wide(g[2 * hidden + j]));
          const float now = f * carry[j] + (1.0f - f) * z * m;
          carry[j] = now;
          s[j] = now;
          narrow(z, a[j]);
          narrow(f, a[hidden + j]);
          narrow(o, a[2 * hidden + j]);
          narrow(o * now * m, y[j]);
        }
      }
    }
}

template <typename T>
void backward(const T* act, const float* state, const float* mask, const T* grad, int64_t time, int64_t batch,
              int64_t hidden, T* gates) {
  std::vector<float> c(hidden), zero(hidden, 0.0f);
  for (int64_t b = 0; b < batch; ++b)
    for (int way = 0; way < 2; ++way) {
      std::fill(c.begin(), c.end(), 0.0f);
      float* carry = c.data();
      for (int64_t step = time - 1; step >= 0; --step) {
        const int64_t t = way ? time - 1 - step : step, at = t * batch + b;
        const int64_t before = (way ? t + 1 : t - 1) * batch + b;
        const T* a = act + at * 6 * hidden + way * 3 * hidden;
        const float* s = state + at * 2 * hidden + way * hidden;
        const float* p = step ? state + before * 2 * hidden + way * hidden : zero.data();
        const T* gy = grad + at * 2 * hidden + way * hidden;
        T* g = gates + at * 6 * hidden + way * 3 * hidden;
        const float m = mask[at];
#pragma GCC ivdep
        for (int64_t j = 0; j < hidden; ++j) {
          const float z = wide(a[j]), f = wide(a[hidden + j]), o = wide(a[2 * hidden + j]);
          const float gh = wide(gy[j]) * m, dc = gh * o + carry[j];
          narrow(dc * (1.0f - f) * m * (1.0f - z * z), g[j]);
          narrow(dc * (p[j] - z * m) * f * (1.0f - f), g[hidden + j]);
          narrow(gh * s[j] * o * (1.0f - o), g[2 * hidden + j]);
          carry[j] = dc * f;
        }
      }
    }
}

template <typename Call>
void typed(const torch::Tensor& x, Call call) {
  if (x.scalar_type() == torch::kBFloat16) call(uint16_t{});
  else call(float{});
}

template <typename T>
T* data(const torch::Tensor& x) { return static_cast<T*>(x.data_ptr()); }

std::vector<torch::Tensor> pool(const torch::Tensor& gates, const torch::Tensor& mask) {
  const int64_t time = gates.size(0), batch = gates.size(1), hidden = gates.size(2) / 6;
  auto act = torch::empty_like(gates), out = torch::empty({time, batch, 2 * hidden}, gates.options());
  auto state = torch::empty({time, batch, 2 * hidden}, gates.options().dtype(torch::kFloat32));
  typed(gates, [&](auto kind) {
    using T = decltype(kind);
    forward<T>(data<T>(gates), data<float>(mask), time, batch, hidden, data<T>(act), data<float>(state), data<T>(out));
  });
  return {out, act, state};
}

torch::Tensor pool_gradient(const torch::Tensor& act, const torch::Tensor& state, const torch::Tensor& mask,
                            const torch::Tensor& grad) {
  auto gates = torch::empty_like(act);
  typed(act, [&](auto kind) {
    using T = decltype(kind);
    backward<T>(data<T>(act), data<float>(state), data<float>(mask), data<T>(grad), act.size(0), act.size(1),
                act.size(2) / 6, data<T>(gates));
  });
  return gates;
}

template <typename T>
void pairs_of(const T* a, const T* b, int64_t count, int64_t n, T* out) {
  for (int64_t i = 0; i < count; ++i, a += n, b += n)
    for (int64_t j = 0; j < n; ++j, out += n) {
      const float left = wide(a[j]);
#pragma GCC ivdep
      for (int64_t k = 0; k < n; ++k) narrow(left * wide(b[k]), out[k]);
    }
}

template <typename T>
void pairs_back(const T* a, const T* b, const T* grad, int64_t count, int64_t n, T* a_grad, T* b_grad) {
  std::vector<float> sums(n), right(n);
  for (int64_t i = 0; i < count; ++i, a += n, b += n, a_grad += n, b_grad += n) {
    for (int64_t k = 0; k < n; ++k) right[k] = wide(b[k]), sums[k] = 0.0f;
    for (int64_t j = 0; j < n; ++j, grad += n) {
      const float left = wide(a[j]);
      float total = 0.0f;
#pragma GCC ivdep
      for (int64_t k = 0; k < n; ++k) {
        const float g = wide(grad[k]);
        total += g * right[k];
        sums[k] += g * left;
      }
      narrow(total, a_grad[j]);
    }
    for (int64_t k = 0; k < n; ++k) narrow(sums[k], b_grad[k]);
  }
}

// a, b [count, n] -> all a[j] * b[k] of a row [count, n * n]
torch::Tensor pairs(const torch::Tensor& a, const torch::Tensor& b) {
  const int64_t n = a.size(1);
  auto out = torch::empty({a.size(0), n * n}, a.options());
  typed(a, [&](auto kind) {
    using T = decltype(kind);
    pairs_of<T>(data<T>(a), data<T>(b), a.size(0), n, data<T>(out));
  });
  return out;
}

std::vector<torch::Tensor> pairs_gradient(const torch::Tensor& a, const torch::Tensor& b, const torch::Tensor& grad) {
  auto a_grad = torch::empty_like(a), b_grad = torch::empty_like(b);
  typed(a, [&](auto kind) {
    using T = decltype(kind);
    pairs_back<T>(data<T>(a), data<T>(b), data<T>(grad), a.size(0), a.size(1), data<T>(a_grad), data<T>(b_grad));
  });
  return {a_grad, b_grad};
}

}  // namespace

PYBIND11_MODULE(TORCH_EXTENSION_NAME, m) {
  m.def("pool", &pool);
  m.def("pool_gradient", &pool_gradient);
  m.def("pairs", &pairs);
  m.def("pairs_gradient", &pairs_gradient);
}
