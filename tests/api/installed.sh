#!/usr/bin/env bash
# What `cmake --install` leaves is enough to build and run the README's program, with pkg-config and
# with find_package; the man page and the completions came along.
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
cmake -S "$here/consumer" -B "$place/consumer" -DCMAKE_PREFIX_PATH="$place" -DCMAKE_CXX_COMPILER="$compiler" >/dev/null
cmake --build "$place/consumer" >/dev/null
printf '– Broen er stengt, sier ordfører Kari Bø til NTB.\n' >"$place/x.txt"
# The program finds what lies beside it; a program of somebody else's is told where that is.
"$place/bin/avstand" read --format json "$place/x.txt" | grep 'Kari Bø' >/dev/null
export AVSTAND_DATA=$place/share/avstand/data AVSTAND_MODELS=$place/share/avstand/models
for program in example consumer/consumer; do
  "$place/$program" "$place/x.txt" | grep 'Kari Bø' >/dev/null
done
grep -F '\-\-fail\-on' "$place/share/man/man1/avstand.1" >/dev/null
bash -n "$place/share/bash-completion/completions/avstand"

# The Debian package holds all that the program needs to read.
if command -v dpkg-deb >/dev/null; then
  (cd "$build" && cpack -G DEB -B "$place/package" >/dev/null 2>&1)
  dpkg-deb -x "$place"/package/*.deb "$place/root"
  env -u AVSTAND_DATA -u AVSTAND_MODELS "$place/root/usr/bin/avstand" read --format json "$place/x.txt" | grep 'Kari Bø' >/dev/null
fi
