#!/usr/bin/env bash
# Seals one large file with the vault and with rage, each with an fsync at the end, and prints throughput and memory.
#
#   scripts/bench-seal.sh [SIZE_IN_MIB] [FOLDER]     2048 MiB in target/bench-seal unless told otherwise
#
# rage comes from crates.io into target/tools; nothing global is touched. Three rounds each, taking turns; the best counts.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

mib="${1:-2048}"
target="${CARGO_TARGET_DIR:-target}"
folder="${2:-$target/bench-seal}"
tools="$target/tools"
rage_version=0.12.1
rounds=3

if [ ! -x /usr/bin/time ]; then
  echo "GNU time is missing, which measures memory: sudo apt-get install -y time" >&2
  exit 1
fi

if [ "$("$tools/bin/rage" --version 2>/dev/null)" != "rage $rage_version" ]; then
  echo "Installing rage $rage_version into $tools (some minutes, once)."
  CARGO_TARGET_DIR="$tools/build" cargo install --quiet --locked --root "$tools" "rage@$rage_version"
  rm -rf "$tools/build"
fi
cargo build --quiet --release --locked -p custody-vault --example seal_bench

mkdir -p "$folder"
trap 'rm -rf "$folder"' EXIT
input="$folder/input"
out="$folder/out"
head -c "$((mib * 1024 * 1024))" /dev/urandom >"$input"
sync "$input"
"$tools/bin/rage-keygen" -o "$folder/key" 2>/dev/null
recipient="$(grep -o 'age1[a-z0-9]*' "$folder/key")"

with_rage() {
  "$tools/bin/rage" -r "$recipient" -o "$out/sealed.age" "$input"
  sync "$out/sealed.age"
}
with_vault() {
  "$target/release/examples/seal_bench" "$input" "$out"
}
export -f with_rage with_vault
export tools recipient out input target

# Prints "seconds peak_kib": elapsed time, and the largest resident size of any process in the command.
measure() {
  rm -rf "$out"
  mkdir -p "$out"
  cat "$input" >/dev/null # Both read from a warm cache.
  sync
  /usr/bin/time -f '%e %M' -o "$folder/time" bash -c "$1" >/dev/null
  cat "$folder/time"
}

best_rage=999999 best_vault=999999 peak_rage=0 peak_vault=0
for round in $(seq "$rounds"); do
  for name in rage vault; do
    read -r seconds kib < <(measure "with_$name")
    printf 'round %d  %-6s %7.2f s  %6.1f MiB/s  peak %4d MiB\n' "$round" "$name" "$seconds" \
      "$(awk "BEGIN { print $mib / $seconds }")" "$((kib / 1024))"
    best="best_$name" peak="peak_$name"
    if awk "BEGIN { exit !($seconds < ${!best}) }"; then printf -v "$best" '%s' "$seconds"; fi
    if [ "$kib" -gt "${!peak}" ]; then printf -v "$peak" '%s' "$kib"; fi
  done
done

awk -v mib="$mib" -v rage="$best_rage" -v vault="$best_vault" -v rage_kib="$peak_rage" -v vault_kib="$peak_vault" 'BEGIN {
  printf "rage   %6.1f MiB/s  peak %5.1f MiB\n", mib / rage, rage_kib / 1024
  printf "vault  %6.1f MiB/s  peak %5.1f MiB\n", mib / vault, vault_kib / 1024
  printf "ratio  %6.2f (vault to rage; 1 or more is as fast or faster)\n", rage / vault
}'
