#!/usr/bin/env python3
"""Holds the house rules that a compiler does not: include directions, sizes, READMEs, names, and what a file may not say.

Exit code 0 and one line when all hold; else one line for each breach and exit code 1.
"""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

# Room -> rooms whose headers it may include. `storage` and `bus` may include the ports they implement, not the rules.
MAY_INCLUDE = {
    "base": set(),
    "wire": {"base"},
    "crypto": {"base"},
    "transparency": {"base", "wire", "crypto"},
    "membership": {"base", "wire", "crypto"},
    "session": {"base", "wire", "crypto", "membership", "transparency"},
    "client": {"base", "wire", "crypto", "membership", "session", "transparency"},
    "bindings": {"base", "wire", "client"},
    "service": {"base", "wire", "crypto", "membership", "transparency"},
    "storage": {"base", "wire"},
    "bus": {"base", "wire"},
    "transport": {"base", "wire"},
    "gateway": {"base", "wire", "membership", "service", "transport", "transparency"},
    "apps/server": {"base", "wire", "crypto", "membership", "service", "gateway", "transport", "storage", "bus", "transparency"},
    "apps/cli": {"base", "wire", "crypto", "membership", "session", "client", "storage", "transport", "transparency"},
    "apps/bench": {"base", "wire", "crypto", "membership", "service", "storage", "transport", "transparency"},
}
PORTS = {"storage": ("service/ports/", "client/ports/"), "bus": ("service/ports/",)}
# Tests and benchmarks may lean on one more room, to have a real counterpart.
TESTS_MAY_ALSO_INCLUDE = {
    "wire": {"crypto"},
    "service": {"storage", "bus"},
    "gateway": {"storage", "bus", "crypto"},
    "client": {"storage"},
    "storage": {"crypto", "client"},
    "bus": {"crypto"},
    "transport": {"crypto"},
}

MAX_FILE_LINES = 600
MAX_FUNCTION_LINES = 70
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}
SOURCE_SUFFIXES = {".h", ".cpp"}
WEB_SUFFIXES = {".ts", ".tsx", ".css"}
TEXT_SUFFIXES = SOURCE_SUFFIXES | WEB_SUFFIXES | {".md", ".py", ".txt", ".cmake", ".json", ".toml", ".sql", ".mjs", ".js", ".html"}
UNSAID = re.compile(r"/work/|\bTODO\b|\bFIXME\b|in production you would", re.IGNORECASE)
# What may stand between a web source's name and its suffix says what kind of file it is.
WEB_NAME = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*(\.(test|module|config|build|d))*")
SQL_CALL = re.compile(r"(?:\.|->)(?:statement|execute)\(")
LITERAL = re.compile(r'"(?:[^"\\\n]|\\.)*"')
MADE_UP = re.compile(r"\+|format|append|to_string|c_str|str\(")
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)


def tracked_files():
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [pathlib.Path(line) for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def room_of(path):
    parts = path.parts
    if parts[0] == "src":
        return parts[1]
    if parts[0] == "apps":
        return "/".join(parts[:2])
    return None


def is_test(path):
    return path.stem.endswith(("_test", "_benchmark")) or "testing" in path.parts


def include_breaches(path, text):
    room = room_of(path)
    if room not in MAY_INCLUDE:
        return
    allowed = MAY_INCLUDE[room] | {room}
    if is_test(path):
        allowed = allowed | TESTS_MAY_ALSO_INCLUDE.get(room, set())
    for included in INCLUDE.findall(text):
        target = included.split("/")[0]
        if "/" not in included or target in allowed or (room.startswith("apps/") and included.startswith(room.split("/")[1] + "/")):
            continue
        if included.startswith(PORTS.get(room, ())):
            continue
        if target in MAY_INCLUDE:
            yield f"{path}: {room} may not include {included}"


def function_lengths(text):
    """Yields (line, length) of each block at function level in a source laid out by clang-format."""
    start, first = None, re.compile(r"^( {0,2})[A-Za-z_~\[].*\{$")
    for number, line in enumerate(text.splitlines(), 1):
        if start is None:
            opened = first.match(line)
            if opened and not re.match(r"\s*(namespace|class|struct|enum|union|extern|constexpr .*= *\{)", line) and "=" not in line.split("(")[0]:
                start, indent = number, opened.group(1)
        elif line.rstrip(";,)") == indent + "}":
            yield start, number - start + 1
            start = None


def sql_breaches(path, text):
    """SQL is fixed text of the program: no argument of `statement` or `execute` is put together."""
    for call in SQL_CALL.finditer(text):
        depth, end = 1, call.end()
        while depth > 0 and end < len(text):
            literal = LITERAL.match(text, end)
            if literal:
                end = literal.end()
                continue
            depth += {"(": 1, ")": -1}.get(text[end], 0)
            end += 1
        if MADE_UP.search(LITERAL.sub("", text[call.end() : end])):
            yield f"{path}:{text.count(chr(10), 0, call.start()) + 1}: SQL is never put together; bind parameters"


def checklist_breaches(files):
    """The checklist of docs/security.md names tests that exist."""
    page = (ROOT / "docs/security.md").read_text(encoding="utf-8")
    checklist = page[page.index("## Checklist") : page.index("## Reporting")]
    tests = set()
    for path in files:
        if path.name.endswith("_test.cpp"):
            tests |= {".".join(found) for found in re.findall(r"TEST(?:_[FP])?\((\w+),\s*(\w+)\)", (ROOT / path).read_text())}
    for named in re.findall(r"`([A-Z]\w+\.[A-Z]\w+)`", checklist):
        if named not in tests:
            yield f"docs/security.md: there is no test {named}"
    for named in re.findall(r"`((?:test|src|apps)/[\w/.]+)`", checklist):
        if not (ROOT / named).exists():
            yield f"docs/security.md: there is no {named}"


def folder_breaches(files):
    """A folder of sources says what it is; a web folder does so itself or is part of a feature or room that does."""
    names = set(files)
    for folder in sorted({path.parent for path in files if path.suffix in SOURCE_SUFFIXES | WEB_SUFFIXES}):
        if folder.parts[:1] not in {("src",), ("apps",), ("test",), ("docs",), ("packages",)}:
            continue
        least = 4 if any(path.parent == folder and path.suffix in WEB_SUFFIXES for path in files) else 2
        if not any((parent / "README.md") in names for parent in [folder, *folder.parents] if parent == folder or len(parent.parts) >= least):
            yield f"{folder}: a folder of sources needs a README.md, here or above it"


def web_breaches(path, lines):
    if not WEB_NAME.fullmatch(path.name.removesuffix(path.suffix)):
        yield f"{path}: a web source's name is snake_case"
    if lines > MAX_FILE_LINES and "generated" not in path.parts:
        yield f"{path}: {lines} lines, more than {MAX_FILE_LINES}"


def breaches():
    files = tracked_files()
    yield from folder_breaches(files)
    yield from checklist_breaches(files)
    for path in files:
        if path.stem.lower() in FORBIDDEN_NAMES or FORBIDDEN_NAMES & {part.lower() for part in path.parts}:
            yield f"{path}: name it after what it does"
        if path.suffix not in TEXT_SUFFIXES and path.name != "dev":
            continue
        text = (ROOT / path).read_text(encoding="utf-8", errors="replace")
        if path != pathlib.Path("test/tidy/tidy.py"):
            for match in UNSAID.finditer(text):
                yield f"{path}: says '{match.group()}'"
        lines = text.count("\n")
        if path.suffix in WEB_SUFFIXES:
            yield from web_breaches(path, lines)
        if path.suffix not in SOURCE_SUFFIXES:
            continue
        yield from include_breaches(path, text)
        if not is_test(path) and path.parts[0] in ("src", "apps"):
            yield from sql_breaches(path, text)
        if lines > MAX_FILE_LINES:
            yield f"{path}: {lines} lines, more than {MAX_FILE_LINES}"
        if path.suffix == ".h" and "#pragma once" not in text:
            yield f"{path}: no #pragma once"
        if not is_test(path):
            for line, length in function_lengths(text):
                if length > MAX_FUNCTION_LINES:
                    yield f"{path}:{line}: a function of {length} lines, more than {MAX_FUNCTION_LINES}"


def main():
    found = list(breaches())
    for breach in found:
        print(breach)
    if found:
        return 1
    print("the house rules hold")
    return 0


if __name__ == "__main__":
    sys.exit(main())
