#!/usr/bin/env python3
"""Checks of the documentation: check.py --source DIR --build DIR links|commands|results|source_map|citation|short

Prints one line for every mistake; the exit code is 1 if there is any.
"""
import argparse
import os
import re
import subprocess
import sys
from pathlib import Path

GENERATED = "docs/commands.md"  # has a test of its own
MOST_LINES = 60


def pages(source):
    """Every Markdown file of the project: path below the source folder, text."""
    for folder, folders, files in os.walk(source):
        here = Path(folder).relative_to(source)
        folders[:] = sorted(d for d in folders if not d.startswith(".") and not (
            str(here) == "." and (d.startswith("build") or d == "data")) and not (str(here) == "results" and d == "runs"))
        for name in sorted(files):
            if name.endswith(".md"):
                yield here / name, (Path(folder) / name).read_text(encoding="utf-8")


def fenced(text):
    """(the blocks between ``` as lists of lines, the text without them)."""
    blocks, outside, block = [], [], None
    for line in text.splitlines():
        if line.startswith("```"):
            blocks += [block] if block is not None else []
            block = [] if block is None else None
        elif block is None:
            outside.append(line)
        else:
            block.append(line)
    return blocks, "\n".join(outside)


def slug(heading):
    """The anchor that GitHub makes of a heading."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def check_results(source):
    page = "docs/reproduce.md"
    text = (source / page).read_text(encoding="utf-8")
    for folder in sorted((source / "results").iterdir()):
        if (folder / "cells.csv").exists() and f"results/{folder.name}/" not in text:
            yield f"{page}: results/{folder.name}/ is not mentioned"


def check_links(source):
    for path, text in pages(source):
        outside = re.sub(r"`[^`\n]*`", "", fenced(text)[1])
        for target in re.findall(r"\]\(([^)\s]+)\)", outside):
            if re.match(r"[a-z]+:", target):
                continue
            file, _, anchor = target.partition("#")
            to = source / path.parent / file if file else source / path
            if not to.exists():
                yield f"{path}: {target}: no such file"
            elif anchor and to.suffix == ".md":
                headings = re.findall(r"^#+ (.*)$", to.read_text(encoding="utf-8"), re.MULTILINE)
                if anchor not in map(slug, headings):
                    yield f"{path}: {target}: no such heading"


class Program:
    """The commands and options of the built program."""

    def __init__(self, build):
        self.file = str(build / "chaosense")
        usage = self.help()
        block = usage.split("commands:\n", 1)[1].split("\n\n", 1)[0]
        self.commands = {name: self.options(self.help(name)) for name in re.findall(r"^  (\S+)", block, re.MULTILINE)}
        self.commands[""] = {"--help", "--version"}

    def help(self, *command):
        return subprocess.run([self.file, *command, "--help"], check=True, stdout=subprocess.PIPE, text=True).stdout

    @staticmethod
    def options(text):
        """Of every option's line: "  -h [ --help ]", "  --set KEY=VALUE"."""
        return set(re.findall(r"^  (?:-\w \[ )?(--[a-z][a-z0-9-]*)", text, re.MULTILINE))


def whole_lines(block):
    """The block's lines, with those joined that a backslash or an open quote continues."""
    joined = ""
    for line in block:
        joined += ("\n" if joined else "") + line
        if line.endswith("\\") or joined.count("'") % 2 == 1:
            continue
        yield joined
        joined = ""
    if joined:
        yield joined


def commands_in(text):
    """What follows "chaosense " in code, up to a pipe, a comment or the end."""
    blocks, outside = fenced(text)
    code = [line for block in blocks for line in whole_lines(block)]
    code += [" ".join(span.split()) for span in re.findall(r"`([^`]+)`", outside)]
    for line in code:
        unquoted = re.sub(r"'[^']*'|\"[^\"]*\"", "''", line)
        if not unquoted.startswith(("$ cmake", "cmake")):  # there it is a target
            yield from re.findall(r"(?:^|[/ (])chaosense +([a-z\-][^|#;&]*)", unquoted)


# Of sbatch: docs/slurm.md says what becomes of them.
SBATCH_OPTIONS = {"--array", "--job-name", "--cpus-per-task", "--signal"}


def check_commands(source, build):
    program = Program(build)
    # Options of the scripts, and those that we give to sbatch.
    scripts = "".join(f.read_text(encoding="utf-8") for f in [
        *source.glob("*.sh"), *source.glob("scripts/*"), *source.glob("core/harness/slurm*.cc")])
    every = set().union(*program.commands.values())
    checked = 0
    for path, text in pages(source):
        if str(path) == GENERATED:
            continue
        for rest in commands_in(text):
            name = re.match(r"[a-z_]*", rest).group(0)
            if name not in program.commands:
                yield f"{path}: `chaosense {rest.strip()}`: no command {name}"
                continue
            checked += 1
            for option in re.findall(r"(?:^|\s)(--[a-z][a-z0-9-]*)", rest):
                if option not in program.commands[name]:
                    yield f"{path}: `chaosense {rest.strip()}`: {name} has no option {option}"
        for option in re.findall(r"`(--[a-z][a-z0-9-]*)[^`]*`", fenced(text)[1]):
            if option not in every | SBATCH_OPTIONS and option not in scripts:
                yield f"{path}: `{option}`: no command has this option"
        for config in re.findall(r"configs/[\w./\-]*\w\.json", text):
            if not (source / config).exists() and not re.search(r"[A-Z]{2}", config):
                yield f"{path}: {config}: no such file"
    if checked < 50:
        yield f"only {checked} commands were found: the check is broken"


def dependencies(source, folder):
    """The folders of the library that a folder's CMakeLists.txt names."""
    text = (source / folder / "CMakeLists.txt").read_text(encoding="utf-8")
    found = re.search(r"chaosense_folder\(.*?FOLDERS ([^)]*?)(?:LIBRARIES|\))", text, re.DOTALL)
    return found.group(1).split() if found else []


def check_source_map(source):
    page = "docs/source_map.md"
    text = (source / page).read_text(encoding="utf-8")
    wanted = [f for top in ("core", "experiments") for f in sorted((source / top).iterdir()) if f.is_dir()]
    # The maps are a folder of core/chaos, which speaks for it.
    wanted = [str(f.relative_to(source)) for f in wanted] + ["plotting", "experiments"]
    for folder in wanted:
        if f"`{folder}`" not in text:
            yield f"{page}: `{folder}` is not mentioned"
    for path in re.findall(r"`([\w.\-]+/[\w./\-]*)`", text):
        if not (source / path).exists():
            yield f"{page}: `{path}`: no such file or folder"
    order = re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE)
    names = [path.removeprefix("core/") for path in order]
    for at, path in enumerate(order):
        if not (source / path / "CMakeLists.txt").exists():
            continue
        for needed in dependencies(source, path):
            if needed not in names[:at]:
                yield f"{page}: `{path}` needs {needed}, which does not stand above it"


CFF_KEYS = set("""abstract authors cff-version commit contact date-released doi identifiers keywords license license-url
message preferred-citation references repository repository-artifact repository-code title type url version""".split())
CFF_REFERENCE_KEYS = set("""abbreviation abstract authors collection-doi collection-title collection-type commit conference
contact copyright data-type database database-provider date-accessed date-downloaded date-published date-released department
doi edition editors editors-series end entry filename format identifiers institution isbn issn issue issue-date issue-title
journal keywords languages license license-url loc-end loc-start location medium month nihmsid notes number number-volumes
pages patent-states pmcid publisher recipients repository repository-artifact repository-code scope section senders start
status term thesis-type title translators type url version volume volume-title year year-original""".split())
CFF_AUTHOR_KEYS = set("""address affiliation alias city country date-end date-start email family-names fax given-names
location name name-particle name-suffix orcid post-code region tel website""".split())


def check_citation(source):
    """Against the fields of the Citation File Format 1.2.0 (github.com/citation-file-format, schema.json), for a file
    written as ours is: keys of the file at column 0, of references at 4, of authors further in."""
    text = (source / "CITATION.cff").read_text(encoding="utf-8")
    top = dict(re.findall(r"^([a-z\-]+):[ ]*(.*)$", text, re.MULTILINE))
    for key in ("cff-version", "message", "title", "authors"):
        if key not in top:
            yield f"CITATION.cff: no {key}"
    for key in top.keys() - CFF_KEYS:
        yield f"CITATION.cff: unknown key {key}"
    if top.get("cff-version") != "1.2.0":
        yield "CITATION.cff: cff-version is not 1.2.0"
    if top.get("type", "software") not in ("software", "dataset"):
        yield f"CITATION.cff: type {top['type']}"
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", top.get("date-released", "2026-01-01")):
        yield "CITATION.cff: date-released is no date"
    version = re.search(r"project\(chaosense VERSION (\S+)", (source / "CMakeLists.txt").read_text(encoding="utf-8"))
    if top.get("version") != version.group(1):
        yield f"CITATION.cff: version {top.get('version')}, CMakeLists.txt has {version.group(1)}"
    if top.get("license") == "Apache-2.0" and "Apache License" not in (source / "LICENSE").read_text(encoding="utf-8"):
        yield "CITATION.cff: LICENSE is another"
    references = text.split("\nreferences:\n")[1] if "\nreferences:\n" in text else ""
    for key in re.findall(r"^(?:  - |    )([a-z\-]+):", references, re.MULTILINE):
        if key not in CFF_REFERENCE_KEYS:
            yield f"CITATION.cff: references: unknown key {key}"
    for doi in re.findall(r"^\s*doi: (\S+)$", text, re.MULTILINE):
        if not re.fullmatch(r"10\.\d{4,9}(\.\d+)?/[A-Za-z0-9:/_;\-.()\[\]\\]+", doi):
            yield f"CITATION.cff: {doi} is no DOI"
    for line in re.findall(r"^(?:  - |    |      - |        )((?:family|given)-names|name|orcid)[^:]*:", text, re.MULTILINE):
        if line not in CFF_AUTHOR_KEYS:
            yield f"CITATION.cff: authors: unknown key {line}"


def check_short(source):
    for page in sorted((source / "docs").glob("add_a_*.md")):
        count = len(page.read_text(encoding="utf-8").splitlines())
        if count >= MOST_LINES:
            yield f"docs/{page.name}: {count} lines, expected fewer than {MOST_LINES}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("check", choices=["links", "commands", "results", "source_map", "citation", "short"])
    parser.add_argument("--source", type=Path, required=True)
    parser.add_argument("--build", type=Path, required=True)
    arguments = parser.parse_args()
    checks = {"links": lambda: check_links(arguments.source),
              "commands": lambda: check_commands(arguments.source, arguments.build),
              "results": lambda: check_results(arguments.source),
              "source_map": lambda: check_source_map(arguments.source),
              "citation": lambda: check_citation(arguments.source),
              "short": lambda: check_short(arguments.source)}
    mistakes = list(checks[arguments.check]())
    print("\n".join(mistakes))
    return 1 if mistakes else 0


if __name__ == "__main__":
    sys.exit(main())
