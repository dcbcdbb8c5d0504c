#!/usr/bin/env python3
"""A compressed-sensing method outside Chaosense, in Python's standard library: the low frequencies
of 33x33 blocks, and the inverse of their cosine transform.

    block_dct.py sense       IN OUT WIDTH HEIGHT PER_BLOCK
    block_dct.py reconstruct IN OUT WIDTH HEIGHT PER_BLOCK

Every file is 32-bit floats, least significant byte first. A picture is its rows, 0 black, 1 white; the
measurements are PER_BLOCK numbers for each block, blocks in rows. Exit code 0: done.
"""
import math
import sys
from array import array

N = 33
# COSINE[k][i]: the orthonormal DCT-II.
COSINE = [
    [math.sqrt((1 if k == 0 else 2) / N) * math.cos(math.pi * (2 * i + 1) * k / (2 * N)) for i in range(N)]
    for k in range(N)
]


def read(path):
    numbers = array("f")
    with open(path, "rb") as file:
        numbers.frombytes(file.read())
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def write(path, numbers):
    numbers = array("f", numbers)
    if sys.byteorder == "big":
        numbers.byteswap()
    with open(path, "wb") as file:
        numbers.tofile(file)


def frequencies(count):
    """The `count` lowest (down, across), by their sum, as in a zigzag."""
    every = [(u, v) for u in range(N) for v in range(N)]
    return sorted(every, key=lambda uv: (uv[0] + uv[1], uv[0]))[:count]


def dot(a, b):
    return sum(map(float.__mul__, a, b))


def sense_block(block, chosen):
    """block: N rows of N. Rows first, then columns, and only the frequencies that are asked for."""
    across = 1 + max(v for _, v in chosen)
    rows = [[dot(row, COSINE[v]) for v in range(across)] for row in block]
    columns = list(zip(*rows))
    return [dot(columns[v], COSINE[u]) for u, v in chosen]


def rebuild_block(y, chosen):
    across = 1 + max(v for _, v in chosen)
    rows = [[0.0] * across for _ in range(N)]
    for value, (u, v) in zip(y, chosen):
        for i in range(N):
            rows[i][v] += value * COSINE[u][i]
    waves = list(zip(*COSINE[:across]))
    return [[dot(row, wave) for wave in waves] for row in rows]


def sense(picture, width, height, chosen):
    y = []
    for top in range(0, height, N):
        # Beyond the picture's edge its last pixels repeat.
        lines = [picture[min(r, height - 1) * width:][:width].tolist() for r in range(top, top + N)]
        for left in range(0, width, N):
            block = [line[left:left + N] for line in lines]
            block = [row + row[-1:] * (N - len(row)) for row in block]
            y += sense_block(block, chosen)
    return y


def reconstruct(y, width, height, chosen):
    rows = [[] for _ in range(height)]
    at = 0
    for top in range(0, height, N):
        for left in range(0, width, N):
            block = rebuild_block(y[at:at + len(chosen)], chosen)
            at += len(chosen)
            for row, line in zip(rows[top:top + N], block):
                row += line[:min(N, width - left)]
    return [pixel for row in rows for pixel in row]


def main():
    if len(sys.argv) != 7 or sys.argv[1] not in ("sense", "reconstruct"):
        print("usage: block_dct.py sense|reconstruct IN OUT WIDTH HEIGHT PER_BLOCK", file=sys.stderr)
        return 2
    what, source, target = sys.argv[1:4]
    width, height, per_block = map(int, sys.argv[4:])
    step = sense if what == "sense" else reconstruct
    write(target, step(read(source), width, height, frequencies(per_block)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
