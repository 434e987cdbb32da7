#!/usr/bin/env python3
"""Kills the server with `kill -9` at random instants while several clients send, and then holds every promise against
what the receivers have: each acknowledged message is there, under the number it was acknowledged with; none is there
twice; each sender's messages are in the order of writing; the numbers have no gap.

    crash_test.py [--rounds N] [--seed S] [--pairs P]
"""

import argparse
import collections
import json
import pathlib
import queue
import random
import subprocess
import sys
import threading
import time

from programs import Device, Folder, Server, end

# Sent and not yet acknowledged, for each sender.
WINDOW = 4
SETTLE_SECONDS = 120


class Sender(threading.Thread):
    """Writes numbered texts through one `sotto rpc`, and notes what was acknowledged."""

    # Between two texts; without a pause the server's limits set the pace.
    pause_seconds = 0.0

    def __init__(self, device, peer):
        super().__init__(daemon=True)
        self.device = device
        self.peer = peer
        self.process = device.start("rpc", stdin=subprocess.PIPE)
        self.written = 0
        self.acknowledged = {}
        self.failures = []
        self.stopping = threading.Event()
        self.lines = queue.Queue()
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for line in self.process.stdout:
            self.lines.put(json.loads(line))
        self.lines.put(None)

    def text(self, number):
        return f"{self.device.name} to {self.peer}, number {number}"

    def run(self):
        while not (self.stopping.is_set() and len(self.acknowledged) == self.written):
            while self.written - len(self.acknowledged) < WINDOW and not self.stopping.is_set():
                self.write()
            try:
                message = self.lines.get(timeout=0.5)
            except queue.Empty:
                continue
            if message is None:
                self.failures.append("rpc ended")
                return
            self.take(message)

    def write(self):
        time.sleep(self.pause_seconds)
        request = {"jsonrpc": "2.0", "id": self.written, "method": "send_text",
                   "params": {"to": self.peer, "text": self.text(self.written)}}
        self.written += 1
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()

    def take(self, message):
        if "error" in message:
            self.failures.append(message["error"])
            self.stopping.set()
        if message.get("method") != "message_state_changed":
            return
        change = message["params"]["message"]
        if change["state"] == "failed":
            self.failures.append(change)
        if change["own"] and change["seq"] > 0:
            self.acknowledged[change["text"]] = (change["conversation"], change["seq"])

    def settle(self):
        self.stopping.set()
        self.join(SETTLE_SECONDS)
        if self.is_alive():
            self.failures.append(f"{self.written - len(self.acknowledged)} messages were never acknowledged")
        end(self.process)


def check(sender, receiver, complain):
    """Compares what the receiver has with what the sender was told."""
    heard = [line for line in receiver.history(sender.device.name) if line["sender"] == sender.device.name]
    by_text = collections.Counter(line["text"] for line in heard)
    place = {line["text"]: (line["conversation"], line["seq"]) for line in heard}
    for text, acknowledged in sender.acknowledged.items():
        if text not in place:
            complain(f"acknowledged and missing: {text!r}")
        elif place[text] != acknowledged:
            complain(f"{text!r} was acknowledged as {acknowledged} and stands at {place[text]}")
    for text, count in by_text.items():
        if count > 1:
            complain(f"{count} times: {text!r}")
    expected = [sender.text(number) for number in range(sender.written)]
    if [line["text"] for line in heard] != expected:
        complain(f"{sender.device.name}: {len(heard)} messages of {len(expected)} in order, or in another order")
    return len(heard)


def gapless(device, peer, complain):
    numbers = [line["seq"] for line in device.history(peer)]
    if numbers != list(range(1, len(numbers) + 1)):
        complain(f"{device.name} sees a gap or a repetition with {peer}")


def run_rounds(folder, options, choose, complain):
    server = Server(folder).start()
    devices = [Device(folder, f"client{number}", server.url).registered() for number in range(2 * options.pairs)]
    # Each pair writes in both directions at once.
    peers = {device: devices[index ^ 1] for index, device in enumerate(devices)}
    senders = [Sender(device, peers[device].name) for device in devices]
    for sender in senders:
        sender.start()
    for number in range(options.rounds):
        time.sleep(choose.uniform(0.1, 1.5))
        server.kill()
        time.sleep(choose.uniform(0.0, 0.5))
        server.start()
        print(f"round {number + 1}: {sum(len(sender.acknowledged) for sender in senders)} acknowledged", flush=True)
    for sender in senders:
        sender.settle()
    for sender in senders:
        for failure in sender.failures:
            complain(f"{sender.device.name}: {failure}")
    total = sum(check(sender, peers[sender.device], complain) for sender in senders)
    for device in devices:
        gapless(device, peers[device].name, complain)
    server.stop()
    return total


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pairs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    complaints = []
    with Folder() as folder:
        total = run_rounds(pathlib.Path(folder), options, random.Random(options.seed), complaints.append)
        if complaints:
            print((folder / "server.log").read_text(errors="replace")[-2000:])
    for complaint in complaints[:30]:
        print("WRONG:", complaint)
    print(f"{options.rounds} kills, {total} messages, {len(complaints)} complaints")
    return 1 if complaints or total == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
