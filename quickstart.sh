#!/usr/bin/env bash
# From a fresh machine to a first table: installs the missing packages, builds, and runs configs/quickstart.json on
# generated pictures. No download of data. About 10 minutes on 2 cores, most of it the build.
set -euo pipefail
cd "$(dirname "$0")"
start=$SECONDS

echo "== 1/3 packages"
scripts/install_packages.sh
echo "== 2/3 build (release)"
scripts/build.sh release program
echo "== 3/3 run: build/release/chaosense run configs/quickstart.json"
run=$SECONDS
build/release/chaosense run configs/quickstart.json
echo
echo "pictures of every stage:"
find results/runs/quickstart/cells -name '*_stages.png' | sort | head -3 | sed 's/^/  /'
echo "done in $((SECONDS - start)) s (the run itself: $((SECONDS - run)) s); results in results/runs/quickstart/"
