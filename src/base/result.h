// The result type of the public API, and the macros that pass its errors on inside the engine.
//
//   AVSTAND_TRY(article, parse(*bytes));   // declares `article`, or returns the error
#pragma once

#include "avstand/result.h"

#define AVSTAND_CONCAT_INNER(a, b) a##b
#define AVSTAND_CONCAT(a, b) AVSTAND_CONCAT_INNER(a, b)

/// Declares `name` as the value of `expr`, or returns its error from the enclosing function.
#define AVSTAND_TRY(name, expr)                                  \
  auto AVSTAND_CONCAT(result_, __LINE__) = (expr);               \
  if (!AVSTAND_CONCAT(result_, __LINE__))                        \
    return std::move(AVSTAND_CONCAT(result_, __LINE__)).error(); \
  auto name = std::move(*AVSTAND_CONCAT(result_, __LINE__))

/// Returns the error of `expr`, if it has one.
#define AVSTAND_CHECK(expr)                                                 \
  do {                                                                      \
    if (auto status_ = (expr); !status_) return std::move(status_).error(); \
  } while (false)
