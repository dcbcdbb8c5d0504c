#!/usr/bin/env bash
# Writes what is generated of the documentation and of the configs again: docs/commands.md and
# configs/schema/chaosense.schema.json. scripts/generate_docs.sh [BUILD], default build/release.
set -euo pipefail
cd "$(dirname "$0")/.."
build=${1:-build/release}
scripts/generate_docs.py --build "$build"
"$build/chaosense" schema > configs/schema/chaosense.schema.json.new
mv configs/schema/chaosense.schema.json.new configs/schema/chaosense.schema.json
