"""The common start and end of the tests: a server, people who write to one another all the time, and what must hold of
both when the fault is over."""

import contextlib
import os
import pathlib
import shutil
import socket
import struct
import sys
import tempfile
import time
import unittest
import urllib.error
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))

from crash_test import Sender, check, gapless  # noqa: E402
from programs import Device, Server  # noqa: E402

LONG = os.environ.get("SOTTO_ENDURANCE") == "long"
PATIENCE_SECONDS = 60
# What an allocator may keep after a burst, in kB.
SLACK_KB = 48 * 1024
# The most that the server's cache of the database's pages takes; it fills as the database grows, and then stays.
PAGE_CACHE_KB = 64 * 1024


def either(short, long):
    return long if LONG else short


def wait_until(holds, what, seconds=PATIENCE_SECONDS):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if holds():
            return
        time.sleep(0.05)
    raise AssertionError(f"{what} did not come in {seconds} s")


class Faults:
    """The faults that `preload.cpp` gives to a process."""

    def __init__(self, folder):
        self.path = folder / "faults"
        self.library = os.environ.get("SOTTO_FAULT_PRELOAD")
        self.set()

    def set(self, clock_offset_s=0, syncs_fail=0):
        with open(self.path, "r+b" if self.path.exists() else "w+b") as file:
            file.write(struct.pack("=qq", clock_offset_s, syncs_fail))

    def settings(self):
        if self.library is None:
            raise unittest.SkipTest("SOTTO_FAULT_PRELOAD does not name the library that injects faults")
        return {"LD_PRELOAD": self.library, "SOTTO_TEST_FAULTS": str(self.path)}


class FaultWorld(unittest.TestCase):
    pairs = 1
    pause_seconds = 0.0
    settings = {}

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="sotto-endurance-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.prepare()
        self.server = self.make_server()
        self.server.settings = {"SOTTO_ADMIN_LISTEN": "", **self.settings, **self.more_settings()}
        self.server.start()
        self.addCleanup(self.server.stop)
        devices = [Device(self.folder, f"client{number}", self.server.url).registered() for number in range(2 * self.pairs)]
        self.senders = [Sender(device, devices[index ^ 1].name) for index, device in enumerate(devices)]
        self.devices = devices
        for sender in self.senders:
            sender.pause_seconds = self.pause_seconds
            sender.start()
        self.assert_progress()
        self.normal_files = self.open_files()
        self.normal_memory_kb = self.memory_kb()

    def prepare(self):
        """Before the server starts."""

    def make_server(self):
        return Server(self.folder)

    def more_settings(self):
        return {}

    def acknowledged(self):
        return sum(len(sender.acknowledged) for sender in self.senders)

    def assert_progress(self, messages=10):
        before = self.acknowledged()
        wait_until(lambda: self.acknowledged() >= before + messages, "progress")

    def open_files(self):
        return len(os.listdir(f"/proc/{self.server.process.pid}/fd"))

    def memory_kb(self):
        with open(f"/proc/{self.server.process.pid}/status", encoding="ascii") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))

    def memory_beside_page_cache_kb(self):
        database_kb = (self.folder / "server" / "sotto.db").stat().st_size // 1024
        return self.memory_kb() - min(database_kb, PAGE_CACHE_KB)

    def status_of(self, path):
        try:
            with urllib.request.urlopen(self.server.url + path, timeout=5) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return None

    def connect(self):
        connection = socket.create_connection(("127.0.0.1", self.server.port), timeout=10)
        self.addCleanup(connection.close)
        return connection

    def connect_many(self, count):
        connections = []
        for _ in range(count):
            with contextlib.suppress(OSError):
                connections.append(self.connect())
        return connections

    def assert_all_is_well(self):
        """What must hold after every fault. Ends the load."""
        wait_until(lambda: self.status_of("/readyz") == 200, "readiness")
        self.assert_progress()
        wait_until(lambda: self.open_files() <= self.normal_files + 4, "the return of descriptors")
        self.assertLess(self.memory_beside_page_cache_kb(), self.normal_memory_kb + SLACK_KB)
        complaints = []
        for sender in self.senders:
            sender.settle()
            complaints += [f"{sender.device.name}: {failure}" for failure in sender.failures]
        for index, sender in enumerate(self.senders):
            self.assertGreater(check(sender, self.devices[index ^ 1], complaints.append), 0)
            gapless(sender.device, sender.peer, complaints.append)
        self.assertEqual(complaints, [])
        self.assertEqual(self.server.stop(), 0)
