#!/usr/bin/env bash
# Compiles the chaos sources with every compiler at hand, at -O0, -O2 and -O3 -march=native, and compares the digests of
# 1 MiB of keystream and of all maps' orbits. They must be equal everywhere, and equal to the golden value below
# (our own; change it only together with kChaosAbi in core/chaos/cloud.h).
set -euo pipefail
cd "$(dirname "$0")/../.."

golden=1a796ba3b46972dae383e12677ae422eb0dc29187bdbb6fce6d08a84fd68efe7
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# One translation unit: the headers are read once.
for source in core/base/error.cc core/base/hash.cc core/base/hkdf.cc core/base/suggest.cc core/chaos/detmath.cc core/chaos/cloud.cc \
              core/chaos/map.cc core/chaos/number_format.cc \
              core/chaos/maps/*.cc tests/golden/keystream_main.cc; do
  echo "#include \"$PWD/$source\""
done > "$work/all.cc"

status=0
tried=0
for compiler in g++ clang++; do
  if ! command -v "$compiler" > /dev/null; then
    echo "skipped: $compiler is not installed"
    continue
  fi
  for flags in -O0 -O2 "-O3 -march=native"; do
    # shellcheck disable=SC2086 # flags are several words
    "$compiler" -std=c++20 $flags -ffp-contract=off -I. "$work/all.cc" -o "$work/digest" -lfmt -lcrypto
    digest=$("$work/digest")
    tried=$((tried + 1))
    if [[ $digest == "$golden" ]]; then
      echo "same:      $compiler $flags"
    else
      echo "DIFFERENT: $compiler $flags: $digest"
      status=1
    fi
  done
done
if [[ $tried == 0 ]]; then
  echo "no compiler found"
  exit 1
fi
exit $status
