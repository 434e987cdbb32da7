"""Whatever the machine does to the server (threat 37), no acknowledged message is missing, none is doubled, and the
server goes on by itself, or stops and goes on when it is started again."""

import contextlib
import os
import random
import resource
import signal
import subprocess
import time
import unittest

from fault_world import Faults, FaultWorld, either, wait_until

SEED = 20261
# Messages under way between two people.
AT_ONCE = 8


class Paused(FaultWorld):
    def test_a_server_that_is_stopped_and_continued(self):
        choose = random.Random(SEED)
        for _ in range(either(4, 30)):
            self.server.process.send_signal(signal.SIGSTOP)
            time.sleep(choose.uniform(0.0, either(0.6, 15.0)))
            self.server.process.send_signal(signal.SIGCONT)
            self.assert_progress()
        self.assert_all_is_well()

    def test_clients_that_are_stopped_and_continued(self):
        for _ in range(either(2, 10)):
            for sender in self.senders:
                sender.process.send_signal(signal.SIGSTOP)
            time.sleep(either(0.5, 70))
            self.assertEqual(self.status_of("/readyz"), 200)
            for sender in self.senders:
                sender.process.send_signal(signal.SIGCONT)
            self.assert_progress()
        self.assert_all_is_well()


class FullDisk(FaultWorld):
    def prepare(self):
        data = self.folder / "server"
        data.mkdir()
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m,mode=0700", "tmpfs", data], capture_output=True, check=False)
        if done.returncode != 0:
            self.skipTest("a small file system cannot be mounted here: " + done.stderr.decode().strip())
        self.addCleanup(subprocess.run, ["umount", "-l", data], check=False)
        self.data = data

    def fill(self):
        """Until not one page is left."""
        with open(self.data / "ballast", "ab", buffering=0) as ballast, contextlib.suppress(OSError):
            while True:
                ballast.write(bytes(4096))

    def test_a_full_disk_is_said_and_is_over_by_itself(self):
        for _ in range(either(1, 20)):
            self.fill()
            wait_until(lambda: self.status_of("/readyz") == 503, "the answer that nothing can be written")
            self.assertEqual(self.status_of("/healthz"), 200)
            before = self.acknowledged()
            time.sleep(either(0.3, 3))
            self.fill()
            self.assertLessEqual(self.acknowledged(), before + AT_ONCE)
            (self.data / "ballast").unlink()
            wait_until(lambda: self.status_of("/readyz") == 200, "writing")
            self.assert_progress()
        self.assertIn("full", self.server.log.read_text())
        self.assert_all_is_well()


class FailingSyncs(FaultWorld):
    def more_settings(self):
        self.faults = Faults(self.folder)
        return self.faults.settings()

    stops = 0

    def goes_on(self, goal):
        """A checkpoint that is not synced ends the server; where only commits failed it may go on by itself."""
        if self.server.process.poll() is not None:
            self.assertEqual(self.server.process.returncode, 1)
            self.server.start()
            self.stops += 1
        return self.acknowledged() >= goal

    def test_nothing_is_acknowledged_that_was_not_synced(self):
        for _ in range(either(3, 20)):
            self.faults.set(syncs_fail=1)
            # What was synced before may still be on its way.
            time.sleep(0.2)
            before = self.acknowledged()
            time.sleep(either(0.7, 3))
            self.assertLessEqual(self.acknowledged(), before + AT_ONCE)
            self.faults.set()
            wait_until(lambda: self.goes_on(before + 10 + AT_ONCE), "progress")
        self.assertGreater(self.stops, 0)
        self.assertIn("sync failed", self.server.log.read_text())
        self.normal_files = self.open_files()
        self.assert_all_is_well()


class JumpingClock(FaultWorld):
    def more_settings(self):
        self.faults = Faults(self.folder)
        return self.faults.settings()

    def test_a_clock_that_jumps_to_and_fro(self):
        for hours in either((2, -2, 0), (1, -1, 2, -2, 30, -30, 400, -400, 0)):
            self.faults.set(clock_offset_s=hours * 3600)
            self.assert_progress()
            self.assertEqual(self.status_of("/readyz"), 200)
        self.assert_all_is_well()


class FewFiles(FaultWorld):
    limit = 96

    def test_without_descriptors_nobody_new_is_served_and_everybody_else_is(self):
        pid = self.server.process.pid
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (self.limit, self.limit))
        for _ in range(either(1, 10)):
            connections = self.connect_many(3 * self.limit)
            wait_until(lambda: self.open_files() >= self.limit, "the last descriptor")
            self.assert_progress()
            time.sleep(either(0.5, 20))
            self.assert_progress()
            for connection in connections:
                connection.close()
            wait_until(lambda: self.status_of("/healthz") == 200, "an answer")
        self.assertTrue(os.path.exists(f"/proc/{pid}"))
        self.assert_all_is_well()


if __name__ == "__main__":
    unittest.main()
