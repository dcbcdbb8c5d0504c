#!/bin/sh
# The simplest method there is, in the shell: it keeps the first pixels of the picture, row by row, as
# many as it may, and leaves the rest black. An example of the interface, whose files are nothing but
# 32-bit floats; four zero bytes are 0.
#
#     top_lines.sh sense       IN OUT MEASUREMENTS
#     top_lines.sh reconstruct IN OUT WIDTH HEIGHT
set -eu
case ${1-} in
  sense) count=$4 ;;
  reconstruct) count=$(($4 * $5)) ;;
  *) echo "usage: top_lines.sh sense|reconstruct IN OUT ..." >&2; exit 2 ;;
esac
{ cat "$2"; head -c $((4 * count)) /dev/zero; } | head -c $((4 * count)) > "$3"
