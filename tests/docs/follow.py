#!/usr/bin/env python3
"""Follows pages of docs/ to the letter, in a copy of the source tree.

    follow.py plain    --source DIR --build DIR PAGE...   what stands before "## Compiled", with DIR's program
    follow.py compiled --source DIR --build DIR PAGE...   what stands behind it, in a build of the copy's own, with
                                                          the files that stand before it

A page is followed by its fenced blocks:
  a block of any language after a line that ends in "`path`:"   is that file, whole
  ```diff    adds its lines with "+" behind the line before them, which must stand in the file once
  ```console runs what follows "$ "; the lines below must be printed in that order, "..." standing for anything
Any other block is an error: nothing on a page goes untested. Exit code 77: skipped, with the reason.
"""
import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SKIPPED = 77
COPIED_OPTIONS = ["CMAKE_BUILD_TYPE", "CMAKE_CXX_COMPILER", "CMAKE_CXX_FLAGS", "CMAKE_PREFIX_PATH", "Torch_DIR",
                  "CHAOSENSE_NETS", "CHAOSENSE_WERROR"]


class Mistake(Exception):
    """The page does not do what it says."""


def read_blocks(page):
    """[(line number, language, text of the line before, lines)] of the page, and the line of "## Compiled"."""
    blocks, compiled_at, before, block = [], None, "", None
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        if block is None and line.startswith("```"):
            block = (number, line[3:].strip(), before, [])
        elif block is None:
            if line == "## Compiled":
                compiled_at = number
            if line.strip():
                before = line.strip()
        elif line == "```":
            blocks.append(block)
            block = None
        else:
            block[3].append(line)
    if block is not None:
        raise Mistake(f"{page.name}:{block[0]}: the block is never closed")
    return blocks, compiled_at


def write_file(tree, name, lines):
    path = tree / name
    if path.exists():
        raise Mistake(f"{name} exists already")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"  wrote {name}")


def squeezed(text):
    """Tables and lists are aligned with spaces, which are no part of the line."""
    return " ".join(text.split())


def apply_diff(tree, lines):
    path, anchor = None, None
    for line in lines:
        if line.startswith("+++ b/"):
            path, anchor = tree / line[6:], None
            content = path.read_text(encoding="utf-8").splitlines()
        elif line.startswith(("--- ", "@@")):
            continue
        elif path is None:
            raise Mistake("a diff begins with +++ b/PATH")
        elif line.startswith(" "):
            found = [i for i, one in enumerate(content) if squeezed(one) == squeezed(line)]
            if len(found) != 1:
                raise Mistake(f"{path.relative_to(tree)}: {len(found)} lines are \"{line.strip()}\", expected one")
            anchor = found[0]
        elif line.startswith("+"):
            if anchor is None:
                raise Mistake(f"{path.relative_to(tree)}: nothing says behind which line \"{line}\" belongs")
            anchor += 1
            content.insert(anchor, line[1:])
            path.write_text("\n".join(content) + "\n", encoding="utf-8")
            print(f"  added to {path.relative_to(tree)}: {line[1:].strip()}")
        else:
            raise Mistake(f"\"{line}\" is no line of a diff with one file's additions")


def check_output(expected, output):
    printed = [squeezed(line) for line in output.splitlines()]
    at = 0
    for line in expected:
        parts = [re.escape(squeezed(part)) for part in line.split("...")]
        pattern = re.compile(r"\s*.*\s*".join(parts) + r"\s*$")
        while at < len(printed) and not pattern.match(printed[at]):
            at += 1
        if at == len(printed):
            raise Mistake(f"expected the line\n    {line}\nand, from there on, got\n{output}")
        at += 1


def run_console(tree, lines, environment):
    """Commands begin with "$ " and go on behind a backslash at the line's end or in an open quote."""
    steps = []
    for line in lines:
        if line.startswith("$ "):
            steps.append([line[2:], []])
        elif steps and not steps[-1][1] and (steps[-1][0].endswith("\\") or steps[-1][0].count("'") % 2 == 1):
            steps[-1][0] += "\n" + line
        elif not steps:
            raise Mistake(f"\"{line}\" stands before any command")
        elif line.strip():
            steps[-1][1].append(line)
    for command, expected in steps:
        start = time.monotonic()
        result = subprocess.run(["bash", "-c", command], cwd=tree, env=environment, text=True, errors="replace",
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        print(f"  {time.monotonic() - start:5.1f} s  {command}", flush=True)
        if result.returncode != 0:
            raise Mistake(f"{command}: exit code {result.returncode}:\n{result.stdout[-6000:]}")
        check_output(expected, result.stdout)


def follow(page, part, tree, environment):
    print(f"{page.name}, {part}", flush=True)
    blocks, compiled_at = read_blocks(page)
    for number, language, before, lines in blocks:
        here = "compiled" if compiled_at is not None and number > compiled_at else "plain"
        if here != part and (part == "plain" or compiled_at is None or language in ("console", "diff")):
            continue
        try:
            named = re.search(r"`([^`]+)`:$", before)
            if language == "console":
                run_console(tree, lines, environment)
            elif language == "diff":
                apply_diff(tree, lines)
            elif named:
                write_file(tree, named.group(1), lines)
            else:
                raise Mistake("no file (a line before that ends in \"`path`:\"), no diff and no console")
        except Mistake as mistake:
            raise Mistake(f"{page.name}:{number}: {mistake}") from None


def copy_tree(source, tree):
    """Without what git ignores and without history; the models, which are large, as a link."""
    def ignored(folder, names):
        top = Path(folder) == source
        skip = {n for n in names if n in (".git", "__pycache__") or (top and (n.startswith("build") or n == "data"))}
        if Path(folder) == source / "results":
            skip |= {"runs", "models"}
        return skip
    shutil.copytree(source, tree, ignore=ignored, symlinks=True)
    models = tree / "results" / "models"
    models.mkdir()
    for file in (source / "results" / "models").iterdir():
        (models / file.name).symlink_to(file)


def configure(tree, build, environment):
    cache = (build / "CMakeCache.txt").read_text(encoding="utf-8")
    options = ["-DCHAOSENSE_BENCH=OFF"]
    for name in COPIED_OPTIONS:
        found = re.search(rf"^{name}:[A-Z]+=(.+)$", cache, re.MULTILINE)
        if found:
            options.append(f"-D{name}={found.group(1)}")
    start = time.monotonic()
    subprocess.run(["cmake", "--preset", "release", *options], cwd=tree, env=environment, check=True,
                   stdout=subprocess.DEVNULL)
    print(f"{time.monotonic() - start:5.1f} s  configured", flush=True)
    start = time.monotonic()
    subprocess.run(["cmake", "--build", "--preset", "release", "--target", "program"], cwd=tree, env=environment,
                   check=True, stdout=subprocess.DEVNULL)
    print(f"{time.monotonic() - start:5.1f} s  built the program as it is", flush=True)


def cache_statistics(environment):
    """The counters of a ccache log of this run's own."""
    log = Path(environment["CCACHE_STATSLOG"])
    words = log.read_text(encoding="utf-8").split() if log.exists() else []
    hits = words.count("direct_cache_hit") + words.count("preprocessed_cache_hit")
    return f"ccache: {hits} hits, {words.count('cache_miss')} misses"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("part", choices=["plain", "compiled"])
    parser.add_argument("--source", type=Path, required=True)
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("pages", type=Path, nargs="+")
    arguments = parser.parse_args()
    environment = {k: v for k, v in os.environ.items() if k not in ("CHAOSENSE_DATA", "CHAOSENSE_HOME")}
    if arguments.part == "compiled":
        if shutil.which("ccache") is None:
            print("skipped: without ccache the copy of the tree would be compiled anew, which takes many minutes")
            return SKIPPED
        memory_gb = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") >> 30
        jobs = min(len(os.sched_getaffinity(0)), memory_gb // 2 + 1)
        environment.setdefault("CMAKE_BUILD_PARALLEL_LEVEL", str(jobs))
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="chaosense_docs_") as folder:
        tree = Path(folder) / "chaosense"
        copy_tree(arguments.source, tree)
        print(f"{time.monotonic() - start:5.1f} s  copied the tree")
        environment["CCACHE_STATSLOG"] = str(Path(folder) / "ccache.log")
        try:
            if arguments.part == "compiled":
                configure(tree, arguments.build, environment)
                print(cache_statistics(environment))
            else:
                environment["CHAOSENSE_HOME"] = str(tree)
                (tree / "build").mkdir()
                (tree / "build" / "release").symlink_to(arguments.build)
            for page in arguments.pages:
                follow(page, arguments.part, tree, environment)
        except (Mistake, subprocess.CalledProcessError) as error:
            print(f"error: {error}")
            return 1
        if arguments.part == "compiled":
            print(cache_statistics(environment))
    print(f"followed in {time.monotonic() - start:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
