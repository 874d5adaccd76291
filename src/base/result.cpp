#include "base/result.h"

namespace avstand {

std::string Error::to_string() const {
  std::string where = file;
  if (line) where += (where.empty() ? "line " : ":line ") + std::to_string(*line);
  if (offset)
    where += (where.empty() ? "byte " : line ? ", byte " : ":byte ") + std::to_string(*offset);
  std::string out = where.empty() ? message : where + ": " + message;
  if (!hint.empty()) out += " (" + hint + ")";
  return out;
}

}  // namespace avstand
