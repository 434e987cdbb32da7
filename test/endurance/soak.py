#!/usr/bin/env python3
"""Lets mixed life go on against one server and reports how its memory and descriptors grow: people write to one another,
some twenty messages a second each, others come and go, sign in, read back, look at the log, and some connect and say nothing. At the end
every acknowledged message must be there once and in order, and the growth small.

    soak.py [--minutes N] [--pairs P]
"""

import argparse
import contextlib
import random
import statistics
import subprocess
import sys
import threading
import time
import unittest

from fault_world import FaultWorld
from programs import Device

# What the second half may add in an hour.
MOST_KB_AN_HOUR = 24 * 1024
SAMPLE_SECONDS = 5


class Life(FaultWorld):
    """Not a test that is found: the program below runs it."""

    __test__ = False
    minutes = 1.0
    pause_seconds = 0.05
    seed = 1

    def runTest(self):  # noqa: N802, the name is unittest's
        stop = threading.Event()
        visits = [threading.Thread(target=self.visit, args=(stop, number), daemon=True) for number in range(2)]
        for thread in visits:
            thread.start()
        samples = self.sample(time.monotonic() + 60 * self.minutes)
        stop.set()
        for thread in visits:
            thread.join(60)
        self.report(samples)
        self.assert_all_is_well()

    def visit(self, stop, number):
        """Comes, does something, and goes, again and again."""
        choose = random.Random(self.seed * 100 + number)
        visitor = Device(self.folder, f"visitor{number}", self.server.url).registered()
        friend = self.devices[0].name
        while not stop.wait(choose.uniform(0.0, 0.5)):
            with contextlib.suppress(OSError, AssertionError, subprocess.TimeoutExpired):
                self.one_visit(choose.randrange(6), visitor, friend)

    def one_visit(self, kind, visitor, friend):
        if kind == 0:
            visitor.send(friend, "passing by " + "x" * 500)
        elif kind == 1:
            visitor.run("listen", "--timeout", "1")
        elif kind == 2:
            visitor.login()
        elif kind == 3:
            self.status_of("/transparency/checkpoint")
        elif kind == 4:
            for connection in self.connect_many(20):
                connection.sendall(b"GET /healthz HTTP/1.1\r\n")
                connection.close()
        else:
            visitor.run("history", friend, "--json")

    def sample(self, until):
        began = time.monotonic()
        samples = []
        while time.monotonic() < until:
            time.sleep(SAMPLE_SECONDS)
            beside_kb = self.memory_beside_page_cache_kb()
            samples.append((time.monotonic() - began, beside_kb, self.open_files(), self.acknowledged(), self.memory_kb()))
            if len(samples) % 12 == 0:
                text = "{0:7.0f} s: {4:7d} kB, {1:7d} beside the page cache, {2:4d} descriptors, {3:8d} acknowledged"
                print(text.format(*samples[-1]), flush=True)
        return samples

    def report(self, samples):
        late = samples[len(samples) // 2 :]
        hours = max((late[-1][0] - late[0][0]) / 3600, 1e-6)
        quarter = max(len(late) // 4, 1)
        # A password that is being hashed takes 64 MiB for a moment, which the middle of many samples does not show.
        middle = lambda part, column: statistics.median(sample[column] for sample in part)  # noqa: E731
        kb_an_hour = (middle(late[-quarter:], 1) - middle(late[:quarter], 1)) / (hours * 0.75)
        files = middle(late[-quarter:], 2) - middle(late[:quarter], 2)
        print(f"{samples[-1][3]} messages in {samples[-1][0]:.0f} s; memory {samples[0][4]} -> {samples[-1][4]} kB, "
              f"beside the page cache {samples[0][1]} -> {samples[-1][1]} kB, in the second half {kb_an_hour:+.0f} kB an hour; descriptors {files:+.1f}")
        if self.minutes >= 10:
            self.assertLess(kb_an_hour, MOST_KB_AN_HOUR)
            self.assertLess(files, 8)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--pairs", type=int, default=3)
    options = parser.parse_args()
    Life.minutes = options.minutes
    Life.pairs = options.pairs
    result = unittest.TextTestRunner(verbosity=0).run(Life())
    return 0 if result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
