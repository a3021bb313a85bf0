#!/usr/bin/env bash
# Seals one large log, looks at it as the window does, and prints the time to its first page and the memory of scrolling
# through it.
#
#   scripts/bench-viewer.sh [SIZE_IN_MIB] [FOLDER]     2048 MiB in target/bench-viewer unless told otherwise
#
# It needs room for the log and for its sealed copy at the same time.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

mib="${1:-2048}"
target="${CARGO_TARGET_DIR:-target}"
folder="${2:-$target/bench-viewer}"

cargo build --quiet --release --locked -p custody-practice-desk --example viewer_bench
mkdir -p "$folder"
trap 'rm -rf "$folder"' EXIT
"$target/release/examples/viewer_bench" "$mib" "$folder"
