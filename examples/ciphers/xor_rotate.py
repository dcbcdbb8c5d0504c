#!/usr/bin/env python3
"""A cipher outside Chaosense, in Python's standard library: xor with a keystream, then rotate bits.

    xor_rotate.py encrypt|decrypt IN OUT KEY NONCE

IN and OUT are raw bytes, KEY is a file with hexadecimal digits, NONCE is hexadecimal digits. The
keystream is SHA-256(key, nonce, counter); its byte k also rotates the byte it masks by k mod 8. An
example of the interface, not a recommendation. Exit code 0: done; anything else: failed.
"""
import hashlib
import sys


def keystream(key: bytes, nonce: bytes, size: int) -> bytes:
    blocks = []
    for counter in range((size + 31) // 32):
        blocks.append(hashlib.sha256(key + nonce + counter.to_bytes(8, "big")).digest())
    return b"".join(blocks)[:size]


def rotate_left(byte: int, count: int) -> int:
    return (byte << count | byte >> (8 - count)) & 255


def main() -> int:
    if len(sys.argv) != 6 or sys.argv[1] not in ("encrypt", "decrypt"):
        print("usage: xor_rotate.py encrypt|decrypt IN OUT KEY NONCE", file=sys.stderr)
        return 2
    _, what, source, target, key_file, nonce = sys.argv
    with open(key_file, encoding="ascii") as file:
        key = bytes.fromhex(file.read().strip())
    with open(source, "rb") as file:
        data = file.read()
    stream = keystream(key, bytes.fromhex(nonce), len(data))
    if what == "encrypt":
        result = bytes(rotate_left(d ^ k, k % 8) for d, k in zip(data, stream))
    else:
        result = bytes(rotate_left(d, -k % 8) ^ k for d, k in zip(data, stream))
    with open(target, "wb") as file:
        file.write(result)
    return 0


if __name__ == "__main__":
    sys.exit(main())
