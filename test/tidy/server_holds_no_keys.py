#!/usr/bin/env python3
"""Holds that the server program does not contain the code that could open a message.

Usage: server_holds_no_keys.py SOTTOD SOTTO. The client is looked at too, so that the test cannot pass for want of symbols.
"""

import subprocess
import sys

FORBIDDEN = ("sotto::session::", "sotto::client::")


def symbols(program):
    listed = subprocess.run(["nm", "--demangle", program], capture_output=True, text=True, check=True)
    return [line for line in listed.stdout.splitlines() if any(name in line for name in FORBIDDEN)]


def main():
    server, client = sys.argv[1:]
    if not symbols(client):
        print(f"{client} shows no symbol of the engine; this test could not fail")
        return 1
    found = symbols(server)
    for line in found[:10]:
        print(f"{server} contains {line}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
