#!/usr/bin/env bash
# Builds and runs the tests. ./test.sh --asan does so under the address and undefined-behaviour sanitizers (without
# LibTorch). Tests on real pictures use CHAOSENSE_DATA, or ../shared/datasets where that is; otherwise they are skipped,
# and this script says so.
set -euo pipefail
cd "$(dirname "$0")"
preset=release
case "${1:-}" in
  "") ;;
  --asan) preset=asan ;;
  *) echo "usage: ./test.sh [--asan]" >&2; exit 2 ;;
esac

echo "== packages"
scripts/install_packages.sh
echo "== build ($preset)"
scripts/build.sh "$preset"
if [ -z "${CHAOSENSE_DATA:-}" ] && [ -d ../shared/datasets ]; then
  CHAOSENSE_DATA=$(cd ../shared/datasets && pwd)
fi
if [ -n "${CHAOSENSE_DATA:-}" ]; then
  export CHAOSENSE_DATA
  echo "== tests (pictures of CHAOSENSE_DATA=$CHAOSENSE_DATA)"
else
  echo "== tests (CHAOSENSE_DATA is not set: tests on real pictures are skipped)"
fi
start=$SECONDS
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
ctest --preset "$preset" -j "$(nproc)" >"$log" 2>&1 || status=$?
if [ "$status" != 0 ]; then cat "$log"; fi
skipped=$(grep -E 'Skipped' "$log" | sed -E 's/.*Test +#[0-9]+: ([^ ]+) .*/  \1/' || true)
if [ -n "$skipped" ]; then
  echo "skipped:"
  echo "$skipped"
fi
echo "tests took $((SECONDS - start)) s"
grep -E 'tests passed|tests failed' "$log" | tail -1
exit "$status"
