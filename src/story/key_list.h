// The ways to see one word (Key), in a list that needs no memory of its own while it is short.
//
// Most words have four keys or fewer, and an article has some two thousand words that are read
// back and freed again for every story: with a vector each, a sixth of the time of keeping stories
// went to the allocator. Behaves as a vector of trivial values.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <type_traits>

namespace avstand::story {

using Feature = uint64_t;

/// One way to see a word: its lemma, a concept of the lexicon, a part of the compound.
struct Key {
  Feature feature = 0;
  float strength = 1;  ///< 1: the word itself; less: near-synonym, translation, part

  friend bool operator==(const Key&, const Key&) = default;
};
static_assert(std::is_trivially_copyable_v<Key>);

class KeyList {
 public:
  using value_type = Key;

  KeyList() = default;
  KeyList(std::initializer_list<Key> keys) { append(keys.begin(), keys.size()); }
  KeyList(const KeyList& other) { append(other.begin(), other.size()); }
  KeyList(KeyList&& other) noexcept { take(other); }
  KeyList& operator=(const KeyList& other) {
    if (this == &other) return *this;
    size_ = 0;
    append(other.begin(), other.size());
    return *this;
  }
  KeyList& operator=(KeyList&& other) noexcept {
    if (this == &other) return *this;
    release();
    take(other);
    return *this;
  }
  ~KeyList() { release(); }

  const Key* begin() const { return data(); }
  const Key* end() const { return data() + size_; }
  Key* begin() { return data(); }
  Key* end() { return data() + size_; }
  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  const Key& front() const { return *data(); }
  const Key& operator[](size_t i) const { return data()[i]; }
  void reserve(size_t n) {
    if (n > room_) grow(n);
  }
  void push_back(Key key) {
    if (size_ == room_) grow(size_t{2} * room_);
    data()[size_++] = key;
  }
  Key& emplace_back() {
    push_back({});
    return data()[size_ - 1];
  }
  /// Takes out all from `first` on.
  void erase_from(const Key* first) { size_ = static_cast<uint32_t>(first - data()); }

  friend bool operator==(const KeyList& a, const KeyList& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
  }

 private:
  static constexpr uint32_t kInside = 4;

  const Key* data() const { return room_ > kInside ? elsewhere_ : inside_; }
  Key* data() { return room_ > kInside ? elsewhere_ : inside_; }
  void append(const Key* keys, size_t n) {
    reserve(size_ + n);
    std::copy_n(keys, n, end());
    size_ += static_cast<uint32_t>(n);
  }
  void grow(size_t n) {
    Key* larger = new Key[n];
    std::copy_n(data(), size_, larger);
    release();
    elsewhere_ = larger;
    room_ = static_cast<uint32_t>(n);
  }
  void take(KeyList& other) {
    size_ = other.size_;
    room_ = other.room_;
    if (room_ > kInside)
      elsewhere_ = other.elsewhere_;
    else
      std::copy_n(other.inside_, size_, inside_);
    other.size_ = 0;
    other.room_ = kInside;
  }
  void release() {
    if (room_ > kInside) delete[] elsewhere_;
    room_ = kInside;
  }

  uint32_t size_ = 0, room_ = kInside;
  union {
    Key inside_[kInside] = {};
    Key* elsewhere_;
  };
};

}  // namespace avstand::story
