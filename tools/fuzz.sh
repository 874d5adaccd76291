#!/usr/bin/env bash
# Runs one fuzz target: tools/fuzz.sh TARGET SECONDS. It begins with the inputs in
# fuzz/corpus/TARGET/ (for pages also those in tests/ingest/pages/); what it grows stays beside the
# target. An input that breaks something is written to fuzz/finds/; once mended, it goes into the
# corpus under a name that tells what it was.
set -euo pipefail
target=$1
seconds=$2
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
name=$(basename "$target")
grown=$(dirname "$target")/grown/$name
corpus=("$root/fuzz/corpus/$name")
[ "$name" = fuzz_html ] && corpus+=("$root/tests/ingest/pages")
mkdir -p "$grown" "$root/fuzz/finds"
exec "$target" -max_total_time="$seconds" -timeout=25 -rss_limit_mb=3000 -max_len=20000 \
  -print_final_stats=1 -dict="$root/fuzz/$name.dict" -artifact_prefix="$root/fuzz/finds/$name-" \
  "$grown" "${corpus[@]}"
