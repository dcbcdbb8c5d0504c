#!/usr/bin/env python3
"""Writes docs/commands.md from the --help of every command; --check only says whether it is up to date."""
import argparse
import os
import re
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "commands.md"


def help_of(program, *command):
    environment = {k: v for k, v in os.environ.items() if k != "CHAOSENSE_DATA"}
    environment["CHAOSENSE_HOME"] = str(PAGE.parent.parent)
    return subprocess.run([program, *command, "--help"], check=True, stdout=subprocess.PIPE, text=True,
                          env=environment).stdout


def commands_in(usage):
    """The names below "commands:", each with two spaces before it."""
    block = usage.split("commands:\n", 1)[1].split("\n\n", 1)[0]
    return re.findall(r"^  (\S+)", block, re.MULTILINE)


def page(program):
    usage = help_of(program)
    text = ["# Commands", "",
            "What `chaosense COMMAND --help` prints; written by `scripts/generate_docs.sh`, do not edit.", "",
            "```text", usage.rstrip(), "```"]
    for name in commands_in(usage):
        text += ["", f"## {name}", "", "```text", help_of(program, name).rstrip(), "```"]
    return "\n".join(text) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=Path, required=True, help="folder with the program")
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    new = page(str((arguments.build / "chaosense").resolve()))
    old = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    if not arguments.check:
        PAGE.write_text(new, encoding="utf-8")
    elif old != new:
        print("docs/commands.md is outdated: run scripts/generate_docs.sh and commit it")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
