#!/usr/bin/env python3
"""Plays part of Hamlet through Sotto: a real server, one account and one home for each character, and a `sotto send`
process for each line. Meanwhile senders, listeners and the server are ended by `kill -9` at random instants. At the end
every line must be in both homes of its conversation once and in order, must have been heard by a listener, and no file
of the server may hold a line in plaintext. The exit code says whether that is so.

    demo.py [--seed S] [--lines N] [--quiet]
"""

import argparse
import collections
import dataclasses
import pathlib
import random
import re
import subprocess
import sys
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "e2e"))

from programs import Device, Folder, Server, end, files_holding, parse_lines  # noqa: E402  (found by the line above)

# Shorter lines ("He.") could stand in encrypted octets by chance.
SHORTEST_SEARCHED = 8
SENDER_KILLS = 0.10
ATTEMPTS = 60


@dataclasses.dataclass(frozen=True)
class Line:
    speaker: str
    listener: str
    text: str


def read_play(path):
    """The lines of the play, with scenes as plain strings in between."""
    speech = None
    for raw in path.read_text(encoding="utf-8").splitlines():
        if raw.startswith("== "):
            yield raw[3:]
        elif match := re.fullmatch(r"([A-Z]+) to ([A-Z]+)", raw):
            speech = (match[1].lower(), match[2].lower())
        elif raw and not raw.startswith("#"):
            yield Line(*speech, raw)


class Listener:
    """Somebody's `sotto listen`, started again whenever it was killed. Each run writes to a file of its own."""

    def __init__(self, device, folder):
        self.device = device
        self.folder = folder
        self.runs = []
        self.process = None
        self.start()

    def start(self):
        path = self.folder / f"heard-{self.device.name}-{len(self.runs)}"
        self.runs.append(path)
        with open(path, "wb") as output:
            self.process = subprocess.Popen(
                self.device.command("listen", "--json"), stdin=subprocess.DEVNULL, stdout=output,
                stderr=subprocess.DEVNULL, env=self.device.environment())

    def kill(self):
        self.process.kill()
        self.process.wait()

    def heard(self):
        lines = []
        for path in self.runs:
            content = path.read_text(encoding="utf-8")
            lines += parse_lines(content[: content.rfind("\n") + 1])
        return lines


class Fate(threading.Thread):
    """Kills the server and the listeners at random instants, and starts them again."""

    def __init__(self, server, listeners, choose):
        super().__init__(daemon=True)
        self.server = server
        self.listeners = listeners
        self.choose = choose
        self.over = threading.Event()
        self.server_kills = 0
        self.listener_kills = 0
        self.failure = None

    def run(self):
        try:
            while not self.over.wait(self.choose.uniform(0.8, 2.5)):
                if self.choose.random() < 0.4:
                    self.server.kill()
                    self.server_kills += 1
                    self.over.wait(self.choose.uniform(0.0, 0.4))
                    self.server.start()
                else:
                    listener = self.choose.choice(self.listeners)
                    listener.kill()
                    listener.start()
                    self.listener_kills += 1
        except (AssertionError, OSError) as failure:
            self.failure = failure

    def finish(self):
        self.over.set()
        self.join()


class Stage:
    """Speaks the lines, one `sotto send` process each, and sees to it that each is with the server before the next."""

    def __init__(self, devices, choose, say):
        self.devices = devices
        self.choose = choose
        self.say = say
        self.spoken = collections.Counter()
        self.sender_kills = 0
        self.sends = 0

    def speak(self, line):
        device = self.devices[line.speaker]
        self.sends += 1
        if self.choose.random() < SENDER_KILLS:
            process = device.start("send", line.listener, "--", line.text)
            time.sleep(self.choose.uniform(0.0, 0.2))
            end(process)
            self.sender_kills += 1
            self.make_good(device, line)
        else:
            done = device.run("send", line.listener, "--", line.text)
            if done.returncode == 5:
                self.make_good(device, line)
            elif done.returncode != 0:
                raise AssertionError(f"send ended with {done.returncode}: {done.stderr}")
        self.spoken[(line.speaker, line.listener)] += 1
        self.say(f"{line.speaker.upper():>10} to {line.listener}: {line.text}")

    def make_good(self, device, line):
        """Nobody can know how far a killed sender came, except its home: either the line waits there and goes out with
        the next command, or it was never taken and is sent again."""
        before = self.spoken[(line.speaker, line.listener)]
        for _ in range(ATTEMPTS):
            done = device.run("history", line.listener, "--json")
            own = [entry for entry in parse_lines(done.stdout) if entry["sender"] == device.name]
            if len(own) > before and own[-1]["seq"] > 0:
                return
            if len(own) == before:
                self.sends += 1
                if device.run("send", line.listener, "--", line.text).returncode == 0:
                    return
            time.sleep(0.2)
        raise AssertionError(f"a line did not reach the server: {line}")


def key_of(line):
    return tuple(sorted((line.speaker, line.listener)))


def compare_conversations(lines, devices, complain):
    """Both homes of each conversation against the play."""
    expected = collections.defaultdict(list)
    for line in lines:
        expected[key_of(line)].append((line.speaker, line.text))
    report = []
    for pair, wanted in sorted(expected.items()):
        for here, there in (pair, pair[::-1]):
            found = devices[here].history(there)
            if [(entry["sender"], entry["text"]) for entry in found] != wanted:
                complain(f"{here}'s conversation with {there} is not the play's ({len(found)} of {len(wanted)} lines)")
            if [entry["seq"] for entry in found] != list(range(1, len(wanted) + 1)):
                complain(f"{here} sees gaps or repetitions in the numbers with {there}")
        report.append(f"  {pair[0]:>10} and {pair[1]:<10} {len(wanted):4} lines")
    return report


def compare_listeners(lines, listeners, complain):
    """What the listeners printed: every line, in order; how many were printed a second time after a kill."""
    repeated = 0
    for listener in listeners:
        name = listener.device.name
        first_prints = {}
        for entry in listener.heard():
            place = (entry["conversation"], entry["seq"])
            repeated += place in first_prints
            first_prints.setdefault(place, (entry["sender"], entry["text"]))
        for speaker in {line.speaker for line in lines if line.listener == name}:
            wanted = [line.text for line in lines if (line.speaker, line.listener) == (speaker, name)]
            found = [text for _, (sender, text) in sorted(first_prints.items()) if sender == speaker]
            if found != wanted:
                complain(f"{name}'s listener printed {len(found)} of {len(wanted)} lines of {speaker}, or in another order")
    return repeated


def wait_for_listeners(lines, listeners):
    """Until everything was printed; a hand-out to a killed listener lapses after some seconds."""
    wanted = collections.Counter(line.listener for line in lines)
    deadline = time.monotonic() + 60
    for listener in listeners:
        while time.monotonic() < deadline:
            if len({(entry["conversation"], entry["seq"]) for entry in listener.heard()}) >= wanted[listener.device.name]:
                break
            time.sleep(0.3)


def play(folder, options, choose, complain):
    say = (lambda _: None) if options.quiet else (lambda text: print(text, flush=True))
    script = list(read_play(HERE / "hamlet.txt"))
    lines = [entry for entry in script if isinstance(entry, Line)][: options.lines]
    names = sorted({line.speaker for line in lines} | {line.listener for line in lines})
    server = Server(folder).start()
    devices = {name: Device(folder, name, server.url).registered() for name in names}
    print(f"{len(names)} characters are registered: {', '.join(names)}.\n", flush=True)
    listeners = [Listener(devices[name], folder) for name in names]
    fate = Fate(server, listeners, choose)
    stage = Stage(devices, random.Random(choose.random()), say)
    fate.start()
    try:
        left = iter(lines)
        for entry in script:
            if isinstance(entry, str):
                say(f"\n{entry}\n")
            elif (line := next(left, None)) is not None:
                stage.speak(line)
        fate.finish()
        if fate.failure:
            raise fate.failure
        wait_for_listeners(lines, listeners)
    finally:
        fate.finish()
        for listener in listeners:
            listener.kill()
    report = compare_conversations(lines, devices, complain)
    repeated = compare_listeners(lines, listeners, complain)
    needles = sorted({line.text for line in lines if len(line.text) >= SHORTEST_SEARCHED})
    found = files_holding(server.data, needles)
    server.stop()
    found += files_holding(server.data, needles)
    found += [hit for device in devices.values() for hit in files_holding(device.home, needles)]
    for path, needle in found[:5]:
        complain(f"{path} holds {needle!r}")
    size = sum(path.stat().st_size for path in server.data.rglob("*") if path.is_file())
    print("\nConversations, each the same in both homes, line for line:\n" + "\n".join(report))
    print(f"\n{len(lines)} lines of {len(names)} characters, spoken by {stage.sends} sotto send processes.")
    print(f"Ended by kill -9: the server {fate.server_kills} times, listeners {fate.listener_kills} times, "
          f"senders {stage.sender_kills} times.")
    print(f"Printed a second time by a listener after its kill: {repeated} (each names its number; nothing is twice in "
          "a conversation).")
    print(f"Searched {size // 1024} KiB of the server's files and all homes for {len(needles)} lines: {len(found)} found.")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    parser.add_argument("--lines", type=int, default=None, help="only the first so many lines")
    parser.add_argument("--quiet", action="store_true", help="only the summary")
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    started = time.monotonic()
    complaints = []
    with Folder() as folder:
        try:
            play(folder, options, random.Random(options.seed), complaints.append)
        except AssertionError as failure:
            complaints.append(str(failure))
    for complaint in complaints[:20]:
        print("WRONG:", complaint)
    verdict = "Every line arrived once and in order, and the server could read none." if not complaints else "FAILED."
    print(f"\n{verdict} ({time.monotonic() - started:.0f} s, seed {options.seed})")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
