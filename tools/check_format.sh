#!/usr/bin/env bash
# Fails where clang-format would change something; ./dev format changes it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
find src include tests bench fuzz \( -name '*.cpp' -o -name '*.h' \) -print0 |
  xargs -0 clang-format-19 --dry-run --Werror
