#!/usr/bin/env bash
# Compiles the chaos sources with every compiler at hand, at -O0 and -O3 -march=native, and compares the digests of
# 1 MiB of keystream and of all maps' orbits, alone and in sweeps. They must be equal everywhere, and equal to the golden
# values below (our own; change that of the keystream only together with kChaosAbi in core/chaos/cloud.h).
# Flags to try instead: keystream_digest.sh -O2 "-O1 -mavx2"
set -euo pipefail
cd "$(dirname "$0")/../.."

golden_keystream=62bca28cba6e7f42543cad6d9f0cb32111dccc09f65b33da4f0fe507bac0e1c0
golden_orbits=0a94241c6669c33ae816b156a78d7cda26719155507eb24fb815ace2e540de5c
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The maps as one translation unit: the headers are read once.
for source in core/chaos/maps/*.cc tests/golden/keystream_main.cc; do
  echo "#include \"$PWD/$source\""
done > "$work/all.cc"
sources=("$work/all.cc" core/base/{error,hash,hkdf,suggest}.cc core/chaos/{cloud,detmath,map,number_format}.cc)

status=0
tried=0
[[ $# -gt 0 ]] || set -- -O0 "-O3 -march=native"
for compiler in g++ clang++; do
  if ! command -v "$compiler" > /dev/null; then
    echo "skipped: $compiler is not installed"
    continue
  fi
  for flags in "$@"; do
    # shellcheck disable=SC2086 # flags are several words
    "$compiler" -std=c++20 $flags -ffp-contract=off -I. "${sources[@]}" -o "$work/digest" -lfmt -lcrypto
    mapfile -t digests < <("$work/digest")
    tried=$((tried + 1))
    if [[ ${digests[*]} == "$golden_keystream $golden_orbits" ]]; then
      echo "same:      $compiler $flags"
    else
      echo "DIFFERENT: $compiler $flags: ${digests[*]}"
      status=1
    fi
  done
done
if [[ $tried == 0 ]]; then
  echo "no compiler found"
  exit 1
fi
exit $status
