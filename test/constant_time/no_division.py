#!/usr/bin/env python3
"""Holds that the compiled ML-KEM contains no division, the time of which depends on its operands and which valgrind
does not report.

usage: no_division.py OBJDUMP ARCHIVE
"""

import re
import subprocess
import sys

WATCHED = {
    "compression.cpp.o",
    "constant_time.cpp.o",
    "k_pke.cpp.o",
    "keccak.cpp.o",
    "mlkem768_native.cpp.o",
    "ntt.cpp.o",
    "sampling.cpp.o",
}
MEMBER = re.compile(r"^(\S+\.o):\s+file format")
DIVISION = re.compile(r"\t(?:v?i?div[a-z]*|[su]div)\b")


def main():
    objdump, archive = sys.argv[1:]
    listing = subprocess.run([objdump, "-d", "--no-show-raw-insn", archive], capture_output=True, text=True, check=True)
    member = ""
    instructions = {name: 0 for name in WATCHED}
    divisions = []
    for line in listing.stdout.splitlines():
        if found := MEMBER.match(line):
            member = found.group(1)
        elif member in WATCHED and "\t" in line:
            instructions[member] += 1
            if DIVISION.search(line):
                divisions.append(f"{member}: {line.strip()}")
    unseen = sorted(name for name, count in instructions.items() if count == 0)
    if unseen:
        print("not found in the archive:", ", ".join(unseen))
        return 1
    print("\n".join(divisions) or f"no division in {sum(instructions.values())} instructions")
    return 1 if divisions else 0


sys.exit(main())
