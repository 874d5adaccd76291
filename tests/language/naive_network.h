// The network once more, slow and obviously right: one word at a time, double precision, loops.
// Follows docs/model-format.md ("Operations"), not network.cpp.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "language/features.h"
#include "language/kernels.h"
#include "language/weights.h"

namespace avstand::testing {

using Vector = std::vector<double>;

/// Scores of one sentence.
struct NaiveScores {
  std::vector<Vector> tags, rules, names;
  std::vector<Vector> arcs;                    ///< [word][0: root, 1 + head]
  std::vector<std::vector<Vector>> relations;  ///< [word][0: root, 1 + head][relation]
};

class NaiveNetwork {
 public:
  explicit NaiveNetwork(const language::Weights& weights) : w_(weights) {}

  NaiveScores run(const std::vector<std::string>& forms, size_t language) const {
    std::vector<Vector> types;
    for (const auto& f : forms) types.push_back(type_vector(f, language));
    const size_t n = forms.size();
    std::vector<Vector> conv;
    const Vector zeros(w_.config.width, 0);
    for (size_t i = 0; i < n; ++i) {
      Vector in = i > 0 ? types[i - 1] : zeros;
      extend(in, types[i]);
      extend(in, i + 1 < n ? types[i + 1] : zeros);
      const Vector a = dense(w_.conv, in);
      Vector sum = types[i];
      for (size_t j = 0; j < sum.size(); ++j) sum[j] += std::max(a[j], a[sum.size() + j]);
      conv.push_back(normalise(sum, w_.norm_conv));
    }
    const auto h1 = recur(w_.layer1, conv), h2 = recur(w_.layer2, h1);
    std::vector<Vector> out;
    for (size_t i = 0; i < n; ++i) {
      Vector sum = h1[i];
      for (size_t j = 0; j < sum.size(); ++j) sum[j] += h2[i][j];
      out.push_back(normalise(sum, w_.norm_out));
    }
    return heads(types, out);
  }

 private:
  static void extend(Vector& a, const Vector& b) { a.insert(a.end(), b.begin(), b.end()); }
  static double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

  /// The numbers as bytes have them: 255 steps between the largest and its opposite.
  static Vector rounded(const Vector& x) {
    double most = 0;
    for (const double v : x) most = std::max(most, std::fabs(v));
    Vector y;
    for (const double v : x)
      y.push_back(most == 0 ? 0 : std::nearbyint(v * 127 / most) * most / 127);
    return y;
  }

  static Vector dense(const language::Layer& layer, const Vector& x) {
    Vector y(layer.out(), 0);
    const Vector bytes = rounded(x);
    for (size_t j = 0; j < layer.out(); ++j) {
      if (!layer.bias.empty()) y[j] = layer.bias[j];
      for (size_t k = 0; k < x.size(); ++k) y[j] += bytes[k] * layer.weight.at(k, j);
    }
    return y;
  }

  static Vector normalise(const Vector& x, std::span<const float> gain) {
    const auto n = static_cast<double>(x.size());
    double mean = 0, variance = 0;
    for (const double v : x) mean += v / n;
    for (const double v : x) variance += (v - mean) * (v - mean) / n;
    Vector y;
    for (size_t i = 0; i < x.size(); ++i)
      y.push_back((x[i] - mean) / std::sqrt(variance + 1e-5) * gain[i] + gain[x.size() + i]);
    return y;
  }

  static void add_row(const language::Table& table, size_t row, Vector& y) {
    for (size_t j = 0; j < y.size(); ++j)
      y[j] += double{table.scale[row]} * table.values[row * y.size() + j];
  }

  Vector type_vector(const std::string& form, size_t language) const {
    Vector sum(w_.config.width, 0), vector(w_.config.vector_size, 0);
    language::WordFeatures features;
    for (const uint32_t row : features.rows(form, w_.config.rows)) add_row(w_.rows, row, sum);
    add_row(w_.rows,
            language::feature_row(language::FeatureKind::kLanguage, w_.languages[language].view(),
                                  w_.config.rows),
            sum);
    const uint64_t key = features.vector_key();
    for (size_t i = 0; i < w_.vector_hashes.size(); ++i)
      if (w_.vector_hashes[i] == key) add_row(w_.vectors, i, vector);
    const Vector projected = dense(w_.project, vector);
    for (size_t j = 0; j < sum.size(); ++j) sum[j] += projected[j];
    return normalise(sum, w_.norm_type);
  }

  std::vector<Vector> recur(const language::Layer& layer, const std::vector<Vector>& in) const {
    const size_t h = w_.config.hidden, n = in.size();
    std::vector<Vector> out(n, Vector(2 * h, 0));
    for (const bool back : {false, true})
      for (size_t j = 0; j < h; ++j) {
        double c = 0;
        for (size_t step = 0; step < n; ++step) {
          const size_t t = back ? n - 1 - step : step, first = (back ? 3 * h : 0) + j;
          const Vector g = dense(layer, in[t]);
          const double f = sigmoid(g[first + h]);
          c = f * c + (1 - f) * std::tanh(g[first]);
          out[t][(back ? h : 0) + j] = sigmoid(g[first + 2 * h]) * c;
        }
      }
    return out;
  }

  static Vector rectified(Vector x) {
    for (double& v : x) v = std::max(v, 0.0);
    return x;
  }

  NaiveScores heads(const std::vector<Vector>& types, const std::vector<Vector>& out) const {
    NaiveScores s;
    const size_t arc = w_.config.arc, rel = w_.config.rel;
    std::vector<Vector> arc_heads{Vector(w_.arc_root.begin(), w_.arc_root.end())};
    std::vector<Vector> rel_heads{Vector(w_.rel_root.begin(), w_.rel_root.end())};
    std::vector<Vector> arc_deps, rel_deps;
    for (size_t i = 0; i < out.size(); ++i) {
      Vector top = out[i];
      extend(top, types[i]);
      s.tags.push_back(dense(w_.tag, top));
      s.rules.push_back(dense(w_.rule, top));
      s.names.push_back(dense(w_.name, top));
      const Vector a = rectified(dense(w_.arc, out[i])), r = rectified(dense(w_.rel, out[i]));
      arc_deps.emplace_back(a.begin(), a.begin() + static_cast<long>(arc));
      arc_heads.emplace_back(a.begin() + static_cast<long>(arc), a.end());
      rel_deps.emplace_back(r.begin(), r.begin() + static_cast<long>(rel));
      rel_heads.emplace_back(r.begin() + static_cast<long>(rel), r.end());
    }
    for (size_t d = 0; d < out.size(); ++d) {
      const Vector left = dense(w_.arc_pair, arc_deps[d]);
      s.arcs.emplace_back();
      for (const Vector& h : arc_heads) {
        double sum = 0;
        for (size_t j = 0; j < arc; ++j) sum += left[j] * h[j];
        s.arcs[d].push_back(sum);
      }
      s.relations.push_back(relations(rel_deps[d], rel_heads));
    }
    return s;
  }

  std::vector<Vector> relations(const Vector& dep, const std::vector<Vector>& heads) const {
    const size_t rel = w_.config.rel, columns = language::padded(w_.config.rels);
    const Vector left = dense(w_.rel_pair, dep);
    std::vector<Vector> out;
    for (const Vector& h : heads) {
      out.emplace_back();
      for (size_t r = 0; r < w_.config.rels; ++r) {
        double sum = left[rel * columns + r];
        for (size_t j = 0; j < rel; ++j) sum += left[j * columns + r] * h[j];
        out.back().push_back(sum);
      }
    }
    return out;
  }

  const language::Weights& w_;
};

}  // namespace avstand::testing
