#include "language/decode.h"

namespace avstand::language {

// Recurrences over words 0..n-1 (the root is added last):
//   open(s, t)          = max over k in [s, t) of closed_right(s, k) + closed_left(k + 1, t)
//   open_right(s, t)    = open(s, t) + score(t's head is s); open_left: s's head is t
//   closed_right(s, t)  = max over k in (s, t] of open_right(s, k) + closed_right(k, t)
//   closed_left(s, t)   = max over k in [s, t) of closed_left(s, k) + open_left(k, t)
void TreeDecoder::decode(const Kernels& k, const float* scores, size_t stride, size_t n,
                         std::span<uint32_t> heads) {
  n_ = n;
  for (auto* table : {&closed_right_, &closed_left_, &closed_right_t_, &closed_left_t_,
                      &open_right_, &open_left_t_})
    table->resize(n * n);
  for (auto* table : {&split_open_, &split_right_, &split_left_}) table->resize(n * n);
  for (size_t s = 0; s < n; ++s) set_closed(s, s, 0.0f, 0.0f);
  for (size_t width = 1; width < n; ++width)
    for (size_t s = 0; s + width < n; ++s) fill(k, scores, stride, s, s + width);
  size_t root = 0;
  float best = 0;
  for (size_t r = 0; r < n; ++r) {
    const float total = closed_left_[r] + closed_right_[r * n + n - 1] + scores[r * stride];
    if (r == 0 || total > best) root = r, best = total;
  }
  restore_all(root, heads);
}

void TreeDecoder::set_closed(size_t s, size_t t, float right, float left) {
  closed_right_[s * n_ + t] = closed_right_t_[t * n_ + s] = right;
  closed_left_[s * n_ + t] = closed_left_t_[t * n_ + s] = left;
}

void TreeDecoder::fill(const Kernels& k, const float* scores, size_t stride, size_t s, size_t t) {
  const size_t st = s * n_ + t, ts = t * n_ + s, width = t - s;
  size_t at = 0;
  const float inside = k.best_sum(&closed_right_[s * n_ + s], &closed_left_t_[ts + 1], width, &at);
  split_open_[st] = static_cast<uint32_t>(s + at);
  open_right_[st] = inside + scores[t * stride + s + 1];
  open_left_t_[ts] = inside + scores[s * stride + t + 1];
  const float right =
      k.best_sum(&open_right_[st - width + 1], &closed_right_t_[ts + 1], width, &at);
  split_right_[st] = static_cast<uint32_t>(s + 1 + at);
  const float left = k.best_sum(&closed_left_[s * n_ + s], &open_left_t_[ts], width, &at);
  split_left_[st] = static_cast<uint32_t>(s + at);
  set_closed(s, t, right, left);
}

void TreeDecoder::restore_all(size_t root, std::span<uint32_t> heads) {
  const auto r = static_cast<uint32_t>(root), last = static_cast<uint32_t>(n_ - 1);
  heads[root] = 0;
  stack_.assign({{0, r, false, false}, {r, last, false, true}});
  while (!stack_.empty()) {
    const Task task = stack_.back();
    stack_.pop_back();
    if (task.s < task.t) restore(task, heads);
  }
}

void TreeDecoder::restore(Task task, std::span<uint32_t> heads) {
  const auto [s, t, open, right] = task;
  if (open) {
    heads[right ? t : s] = 1 + (right ? s : t);
    const uint32_t split = split_open_[s * n_ + t];
    stack_.push_back({s, split, false, true});
    stack_.push_back({split + 1, t, false, false});
  } else if (right) {
    const uint32_t split = split_right_[s * n_ + t];
    stack_.push_back({s, split, true, true});
    stack_.push_back({split, t, false, true});
  } else {
    const uint32_t split = split_left_[s * n_ + t];
    stack_.push_back({s, split, false, false});
    stack_.push_back({split, t, true, false});
  }
}

void ChainDecoder::decode(const float* emit, size_t stride, size_t n, std::span<const float> start,
                          std::span<const float> from, std::span<uint8_t> labels) {
  const size_t m = start.size();
  back_.resize(n * m);
  score_.assign(start.begin(), start.end());
  next_.resize(m);
  for (size_t b = 0; b < m; ++b) score_[b] += emit[b];
  for (size_t t = 1; t < n; ++t) advance(emit + t * stride, from, &back_[t * m]);
  size_t label = 0;
  for (size_t b = 1; b < m; ++b)
    if (score_[b] > score_[label]) label = b;
  for (size_t t = n; t-- > 0;) {
    labels[t] = static_cast<uint8_t>(label);
    if (t > 0) label = back_[t * m + label];
  }
}

void ChainDecoder::advance(const float* emit, std::span<const float> from, uint8_t* back) {
  const size_t m = score_.size();
  for (size_t b = 0; b < m; ++b) {
    size_t best = 0;
    for (size_t a = 1; a < m; ++a)
      if (score_[a] + from[a * m + b] > score_[best] + from[best * m + b]) best = a;
    back[b] = static_cast<uint8_t>(best);
    next_[b] = score_[best] + from[best * m + b] + emit[b];
  }
  std::swap(score_, next_);
}

}  // namespace avstand::language
