#!/usr/bin/env python3
"""Property: the TypeScript types that the web app is compiled against are those that the engine prints, every command
has one answer that is among the events, and nothing is named that is not declared.

usage: typescript_test.py <sotto>
"""

import pathlib
import re
import subprocess
import sys

COMMITTED = pathlib.Path(__file__).resolve().parents[2] / "packages/client/src/generated/engine.ts"
BUILT_IN = {"boolean", "number", "string", "undefined", "Readonly", "Record", "never"}


def members_of(text, interface):
    body = re.search(rf"export interface {interface} {{\n(.*?)\n}}", text, re.DOTALL).group(1)
    return dict(re.findall(r"^  readonly (\w+): (\w+);$", body, re.MULTILINE))


def check_names(text):
    declared = re.findall(r"^export (?:interface|type) (\w+)", text, re.MULTILINE)
    assert len(declared) == len(set(declared)), "a name is declared twice"
    used = set(re.findall(r"^  readonly \w+\??: (?:readonly )?(\w+)", text, re.MULTILINE))
    assert used <= set(declared) | BUILT_IN, used - set(declared) - BUILT_IN


def check_answers(text):
    commands, answers, events = (members_of(text, name) for name in ("Commands", "Answers", "Events"))
    assert len(commands) > 50 and len(events) > 30
    assert commands.keys() == answers.keys()
    assert set(answers.values()) <= set(events.values())
    assert answers["send_text"] == "Queued" and answers["who_am_i"] == "Identity"


def check_members(text):
    assert '  /** Where. 16 octets, hexadecimal. */\n  readonly conversation: string;\n' in text
    command = re.search(r"export interface React {\n(.*?)\n}", text, re.DOTALL).group(1)
    assert "readonly conversation: string;" in command, "a decoder refuses the command without it"
    assert "readonly removed?: boolean | undefined;" in command, "it has a default"
    event = re.search(r"export interface TimelineMessage {\n(.*?)\n}", text, re.DOTALL).group(1)
    assert "readonly starred: boolean;" in event, "an event has every singular member"
    assert "readonly thread?: MessageReference;" in event
    assert "readonly mentions: readonly string[];" in event


def main():
    printed = subprocess.run([sys.argv[1], "schema", "typescript"], capture_output=True, text=True, check=True).stdout
    check_names(printed)
    check_answers(printed)
    check_members(printed)
    assert max(map(len, printed.splitlines())) <= 120
    assert COMMITTED.read_text() == printed, f"print it anew: sotto schema typescript > {COMMITTED}"


if __name__ == "__main__":
    main()
