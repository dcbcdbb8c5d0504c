#!/usr/bin/env bash
# Puts what we stand behind of finished runs under results/<name>/: scripts/commit_results.sh NAME...
# (the run folder is results/runs/<name>/). Picture sheets (PNG without a script) stay there, as most pictures are not ours to give;
# PICTURES=1 takes them along, for generated pictures.
set -euo pipefail
cd "$(dirname "$0")/.."
for name in "$@"; do
  run=results/runs/$name
  to=results/$name
  [ -f "$run/table.md" ] || { echo "error: $run holds no finished run" >&2; exit 1; }
  mkdir -p "$to"
  cp "$run"/{cells.csv,table.md,table.tex,manifest.json} "$to/"
  # Its links lead to pictures that stay behind; report.html holds them.
  if [ -f "$run/summary.md" ]; then sed -E 's| *\[picture\]\(cells/[^)]*\)||g' "$run/summary.md" >"$to/summary.md"; fi
  if [ -d "$run/figures" ]; then
    rm -rf "$to/figures"
    cp -r "$run/figures" "$to/"
    if [ "${PICTURES:-0}" != 1 ]; then
      for picture in "$to"/figures/*.png; do  # those of curves are ours: a gnuplot script stands beside them
        if [ -f "$picture" ] && [ ! -f "${picture%.png}.gp" ]; then rm "$picture"; fi
      done
    fi
    rmdir --ignore-fail-on-non-empty "$to/figures"
  fi
  echo "$to"
  # A page that is there may say more than this one.
  if [ -f "$to/README.md" ]; then echo "  $to/README.md stays as it is: see whether it is still true"; continue; fi
  cat >"$to/README.md" <<EOF
Made by \`chaosense run configs/$name.json --data-dir D\` (D: the data folder); \`manifest.json\` says with what code, libraries and
machine. The same command makes the same \`cells.csv\` and tables.
EOF
done
