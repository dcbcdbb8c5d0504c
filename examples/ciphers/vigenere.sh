#!/bin/sh
# A cipher outside Chaosense, in the shell and awk: Vigenere's, every byte shifted by a byte of the
# key, round and round. Broken since 1863; an example of the interface.
#
#     vigenere.sh encrypt|decrypt IN OUT KEY
#
# IN and OUT are raw bytes, KEY is a file with hexadecimal digits. Exit code 0: done.
set -eu
if [ $# -ne 4 ]; then
  echo "usage: vigenere.sh encrypt|decrypt IN OUT KEY" >&2
  exit 2
fi
case $1 in
  encrypt) sign=1 ;;
  decrypt) sign=-1 ;;
  *) echo "vigenere.sh: $1: expected encrypt or decrypt" >&2; exit 2 ;;
esac
# od prints the bytes as numbers, awk shifts them and writes octal escapes, printf makes bytes again.
printf "$(od -An -v -t u1 "$2" | awk -v sign="$sign" -v key="$(tr 'A-F' 'a-f' < "$4")" '
  BEGIN {
    for (n = 0; 2 * n + 2 <= length(key); n++)
      shift[n] = 16 * (index("0123456789abcdef", substr(key, 2 * n + 1, 1)) - 1) \
                    + index("0123456789abcdef", substr(key, 2 * n + 2, 1)) - 1
  }
  { for (i = 1; i <= NF; i++) printf "\\%03o", ($i + sign * shift[at++ % n] + 256) % 256 }')" > "$3"
