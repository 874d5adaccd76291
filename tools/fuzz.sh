#!/usr/bin/env bash
# Runs one fuzz target: tools/fuzz.sh TARGET SECONDS. New inputs go to a folder beside the target,
# a find to fuzz/finds/, where it becomes a regression input.
set -euo pipefail
target=$1
seconds=$2
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
name=$(basename "$target")
grown=$(dirname "$target")/grown/$name
finds=$root/fuzz/finds/$name
mkdir -p "$grown" "$finds"
options=(-max_total_time="$seconds" -timeout=25 -rss_limit_mb=3000 -max_len=65536 -print_final_stats=1
  -artifact_prefix="$finds/" -verbosity=1 -close_fd_mask=0)
[ -f "$root/fuzz/$name.dict" ] && options+=(-dict="$root/fuzz/$name.dict")
exec "$target" "${options[@]}" "$grown" "$root/fuzz/corpus/$name" "$finds"
