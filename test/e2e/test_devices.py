"""Devices are linked, told of and removed by the real programs, and wrong digits add nothing (threat 23)."""

import json
import subprocess
import unittest

from programs import end, parse_lines, texts_of
from world import World


class Devices(World):
    def begin_link(self, device):
        """Starts `sotto link` on an empty home; returns the process and the code that it shows."""
        process = device.start("--server", self.server.url, "--json", "link")
        self.addCleanup(end, process)
        return process, json.loads(process.stdout.readline())["code"]

    def link(self, linked, device, change=lambda digits: digits):
        """Links a device; `change` is what the person types for the digits that the device shows."""
        process, code = self.begin_link(device)
        adding = linked.start("devices", "add", code, stdin=subprocess.PIPE)
        self.addCleanup(end, adding)
        step = json.loads(process.stdout.readline())
        self.assertEqual(step["step"], "compare")
        output, errors = adding.communicate(change(step["digits"]) + "\n", timeout=60)
        return process, adding.returncode, output + errors

    def test_linked_device_reads_and_writes(self):
        self.alice.send("bob", "before there was another device")
        tablet = self.device("tablet")
        process, code, output = self.link(self.alice, tablet)
        self.assertEqual(code, 0, output)
        self.assertEqual(process.wait(timeout=60), 0)
        self.assertEqual(len(self.alice.read("devices")["devices"]), 2)
        self.assertEqual(tablet.read("whoami")["name"], "alice")
        self.bob.send("alice", "to both")
        tablet.send("bob", "from the tablet")
        for device in (self.alice, tablet):
            device.listen(1, timeout=30)
        self.alice.run("listen", "--timeout", "3")
        texts = ["before there was another device", "to both", "from the tablet"]
        self.assertEqual(texts_of(self.alice.history("bob")), texts)
        self.assertEqual(texts_of(tablet.history("bob")), texts)
        self.assertFalse(tablet.read("backup", "status")["on"])

    def test_devices_have_names_for_their_owner(self):
        self.alice.succeed("devices", "name", "this", "Desk at work")
        device = self.alice.read("devices")["devices"][0]
        self.assertEqual(device["name"], "Desk at work")
        self.assertGreater(device["last_seen"], 0)
        self.assertIn("Desk at work", self.alice.succeed("devices"))
        self.assertEqual(self.bob.read("devices", "alice")["devices"][0]["name"], "")
        self.assert_fails(self.alice.run("devices", "name", "no id", "x"), 2)

    def test_wrong_digits_add_nothing(self):
        tablet = self.device("tablet")
        _, code, output = self.link(self.alice, tablet, lambda digits: "000000" if digits != "000000" else "111111")
        self.assertEqual(code, 6, output)
        _, code, output = self.link(self.alice, self.device("other"), lambda digits: "")
        self.assertEqual(code, 1, output)
        self.assertEqual(len(self.alice.read("devices")["devices"]), 1)

    def test_removed_device_is_signed_out(self):
        tablet = self.device("tablet")
        self.link(self.alice, tablet)[0].wait(timeout=60)
        removed = tablet.read("whoami")["device"]
        self.alice.succeed("devices", "remove", removed[:8])
        self.assertEqual(len(self.alice.read("devices", "list")["devices"]), 1)
        self.assert_fails_with(tablet.run("send", "bob", "still here?"), 3)
        self.assert_fails(self.alice.run("devices", "remove", removed), 2)
        self.assert_fails(self.alice.run("devices", "remove", self.alice.read("whoami")["device"]), 2)

    def test_what_is_no_code_is_refused(self):
        self.assert_fails(self.alice.run("devices", "add", "https://example.org/"), 2)
        self.assert_fails(self.alice.run("--server", self.server.url, "link"), 1)
        self.assertIn("sotto link", self.alice.run("link", "--help").stdout)

    def assert_fails_with(self, done, code):
        """Notices may stand before the reason."""
        self.assertEqual(done.returncode, code, done.stderr)


if __name__ == "__main__":
    unittest.main()
