#!/usr/bin/env python3
"""A cipher outside Chaosense, in Python's standard library: xor with a keystream, then rotate bits.

    xor_rotate.py encrypt|decrypt IN OUT KEY NONCE
    xor_rotate.py serve

With files: IN and OUT are raw bytes, KEY is a file with hexadecimal digits, NONCE is hexadecimal
digits; exit code 0: done; anything else: failed. With serve: one process answers questions on its
standard input until that ends (core/cipher/served_cipher.h); many times as fast.

The keystream is SHA-256(key, nonce, counter); its byte k also rotates the byte it masks by k mod 8.
An example of the interface, not a recommendation.
"""
import hashlib
import struct
import sys


def keystream(key: bytes, nonce: bytes, size: int) -> bytes:
    blocks = []
    for counter in range((size + 31) // 32):
        blocks.append(hashlib.sha256(key + nonce + counter.to_bytes(8, "big")).digest())
    return b"".join(blocks)[:size]


def rotate_left(byte: int, count: int) -> int:
    return (byte << count | byte >> (8 - count)) & 255


# ROTATED[k][b]: b rotated left by k.
ROTATED = [bytes(rotate_left(byte, count) for byte in range(256)) for count in range(8)]


def encrypt(data: bytes, key: bytes, nonce: bytes) -> bytes:
    return bytes(ROTATED[k % 8][d ^ k] for d, k in zip(data, keystream(key, nonce, len(data))))


def decrypt(data: bytes, key: bytes, nonce: bytes) -> bytes:
    return bytes(ROTATED[-k % 8][d] ^ k for d, k in zip(data, keystream(key, nonce, len(data))))


def serve() -> None:
    source, target = sys.stdin.buffer, sys.stdout.buffer
    while header := source.read(4):
        question = source.read(struct.unpack("<I", header)[0])
        operation, key, nonce, _channels, _height, _width = struct.unpack_from("<B32s32sIII", question)
        data = question[struct.calcsize("<B32s32sIII"):]
        try:
            answer = b"\0" + (encrypt if operation == 1 else decrypt)(data, key, nonce)
        except Exception as error:  # status 2: failed, with a message
            answer = b"\2" + str(error).encode()
        target.write(struct.pack("<I", len(answer)) + answer)
        target.flush()


def main() -> int:
    if sys.argv[1:] == ["serve"]:
        serve()
        return 0
    if len(sys.argv) != 6 or sys.argv[1] not in ("encrypt", "decrypt"):
        print("usage: xor_rotate.py encrypt|decrypt IN OUT KEY NONCE, or xor_rotate.py serve",
              file=sys.stderr)
        return 2
    _, what, source, target, key_file, nonce = sys.argv
    with open(key_file, encoding="ascii") as file:
        key = bytes.fromhex(file.read().strip())
    with open(source, "rb") as file:
        data = file.read()
    result = (encrypt if what == "encrypt" else decrypt)(data, key, bytes.fromhex(nonce))
    with open(target, "wb") as file:
        file.write(result)
    return 0


if __name__ == "__main__":
    sys.exit(main())
