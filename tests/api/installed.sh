#!/usr/bin/env bash
# What `cmake --install` leaves is enough to build and run the README's program with pkg-config.
# usage: installed.sh BUILD_FOLDER C++_COMPILER
set -euo pipefail
build=$1 compiler=$2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cmake --install "$build" --prefix "$place" >/dev/null
pc=$(find "$place" -name avstand.pc)
read -ra flags <<<"$(PKG_CONFIG_PATH=$(dirname "$pc") pkg-config --define-variable=prefix="$place" --cflags --libs avstand)"
"$compiler" -std=c++20 "$here/example.cpp" -o "$place/example" "${flags[@]}"
printf '– Broen er stengt, sier ordfører Kari Bø til NTB.\n' >"$place/x.txt"
export AVSTAND_DATA=$place/share/avstand/data AVSTAND_MODELS=$place/share/avstand/models
"$place/example" "$place/x.txt" | grep 'Kari Bø' >/dev/null
"$place/bin/avstand" read --format json "$place/x.txt" | grep 'Kari Bø' >/dev/null
