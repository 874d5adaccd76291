// Errors as values.
//
// `Result<T>` holds a value or an `Error` and has the members of std::expected<T, Error> (C++23)
// that we use, so that it can be replaced by it. The library never throws across a room, never
// prints and never exits.
//
//   Result<std::string> bytes = read_file(path, limit);
//   if (!bytes) return bytes.error();
#pragma once

#include <cassert>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace avstand {

/// What kind of thing went wrong; decides the exit code, not the wording.
enum class ErrorCode : uint8_t {
  kInput,
  kIo,
  kModel,
  kData,
  kUsage,
  kLimit,
  kEmpty,  ///< well-formed, but no article in it
};

/// One problem, for one line on a terminal: what, where, and what to do about it.
struct Error {
  ErrorCode code = ErrorCode::kInput;
  std::string message = {};             ///< what is wrong, without file and position
  std::string file = {};                ///< path or stream name as the user gave it; may be empty
  std::optional<uint64_t> line = {};    ///< 1-based line (line formats: TSV, JSON Lines)
  std::optional<uint64_t> offset = {};  ///< 0-based byte offset in the file
  std::string hint = {};                ///< what the user can do; may be empty

  /// "FILE:line 3, byte 17: message (hint)"; parts that are not known are left out.
  std::string to_string() const;

  /// Names the file once it is known higher up; keeps a name that is already there.
  Error in(std::string_view path) && {
    if (file.empty()) file = path;
    return std::move(*this);
  }
};

/// A value or an Error.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT(*-explicit-*)
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(*-explicit-*)

  bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }
  T& value() & { return *get(); }
  const T& value() const& { return *get(); }
  T&& value() && { return std::move(*get()); }
  T& operator*() & { return *get(); }
  const T& operator*() const& { return *get(); }
  T&& operator*() && { return std::move(*get()); }
  T* operator->() { return get(); }
  const T* operator->() const { return get(); }
  Error& error() & { return *err(); }
  const Error& error() const& { return *err(); }
  Error&& error() && { return std::move(*err()); }

 private:
  T* get() {
    assert(has_value());
    return std::get_if<0>(&state_);
  }
  const T* get() const {
    assert(has_value());
    return std::get_if<0>(&state_);
  }
  Error* err() {
    assert(!has_value());
    return std::get_if<1>(&state_);
  }
  const Error* err() const {
    assert(!has_value());
    return std::get_if<1>(&state_);
  }
  std::variant<T, Error> state_;
};

/// For functions that give nothing but can fail.
struct Unit {};
using Status = Result<Unit>;

}  // namespace avstand
