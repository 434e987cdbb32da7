"""The unit of systemd is valid, leaves an attacker little (threat 39), and lets the server do all that it does."""

import os
import re
import signal
import subprocess
import time
import unittest
import urllib.request

from tools import OPS, OpsTest, PATIENCE_SECONDS
from programs import PROGRAMS, Device, free_port, plain_environment

UNIT = OPS / "systemd/sottod.service"
# Of 10; systemd calls up to 2 "OK".
MOST_EXPOSED = 1.5


class Units(OpsTest):
    def test_unit_is_valid(self):
        analyze = self.tool("systemd-analyze")
        unit = self.folder / "sottod.service"
        unit.write_text(UNIT.read_text().replace("/usr/bin/sottod", str(PROGRAMS / "sottod")))
        done = subprocess.run([analyze, "verify", unit], capture_output=True, text=True, timeout=PATIENCE_SECONDS)
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_little_is_left_exposed(self):
        found = self.succeed(self.tool("systemd-analyze"), "security", "--offline=true", UNIT)
        level = float(re.search(r"exposure level for sottod.service: ([0-9.]+)", found).group(1))
        self.assertLessEqual(level, MOST_EXPOSED, found)

    def test_the_example_configuration_is_right(self):
        self.succeed(PROGRAMS / "sottod", "--config", OPS / "sotto.toml", "config", "check", env=plain_environment())

    def test_the_filter_allows_every_system_call_that_the_server_makes(self):
        used = self.calls_of_a_server(self.tool("strace"))
        self.assertIn("fdatasync", used)
        # Threat 34: whatever people send it, the server calls nobody.
        self.assertNotIn("connect", used)
        allowed = self.group("@system-service") - self.group("@privileged") - self.group("@resources")
        # Raises a limit that the unit has set already, and does without if it may not.
        used -= {"setrlimit", "prlimit64"}
        # As root alone, SQLite gives a new log to the database's owner.
        used -= {"fchown"} if os.geteuid() == 0 else set()
        self.assertEqual(used - allowed, set())

    def group(self, name):
        """All calls of a group and of those inside it."""
        lines = self.succeed(self.tool("systemd-analyze"), "syscall-filter", name).splitlines()
        entries = {line.strip() for line in lines[1:] if line.strip() and not line.strip().startswith("#")}
        inner = {entry for entry in entries if entry.startswith("@")}
        return (entries - inner).union(*(self.group(entry) for entry in inner))

    def calls_of_a_server(self, strace):
        """Starts a server, lets two people write to each other, makes a backup, stops it; returns the calls' names."""
        port, trace = free_port(), self.folder / "trace"
        environment = plain_environment(SOTTO_BACKUP_DIRECTORY=str(self.folder / "backups"), SOTTO_ADMIN_LISTEN="")
        traced = subprocess.Popen(
            [strace, "-f", "-qq", "-o", trace, PROGRAMS / "sottod", "--data", self.folder / "data", "--listen",
             f"127.0.0.1:{port}"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
        self.addCleanup(traced.kill)
        self.wait_for(f"http://127.0.0.1:{port}/readyz", traced)
        alice, bob = (Device(self.folder, name, f"http://127.0.0.1:{port}").registered() for name in ("alice", "bob"))
        alice.send("bob", "hello")
        bob.listen(1)
        server = int(trace.read_text().split(None, 1)[0])
        subprocess.run(["kill", f"-{int(signal.SIGTERM)}", str(server)], check=True)
        self.assertEqual(traced.wait(PATIENCE_SECONDS), 0)
        # What came before is the start of the program itself, which the unit's filter does not see.
        return set(re.findall(r"^\d+ +([a-z_0-9]+)\(", trace.read_text(), re.MULTILINE)) - {"execve"}

    def wait_for(self, url, process):
        for _ in range(PATIENCE_SECONDS * 10):
            if process.poll() is not None:
                self.skipTest("strace may not watch processes here")
            try:
                with urllib.request.urlopen(url, timeout=2) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.1)
        self.fail("the server did not become ready")


if __name__ == "__main__":
    unittest.main()
