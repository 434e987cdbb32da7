"""Contacts see whether one is online, and when one last was, unless that is hidden (threat 24)."""

import json
import time
import unittest

from programs import PATIENCE_SECONDS, end
from world import World


class Presence(World):
    def presence_of_alice(self, *options):
        lines = self.bob.succeed("--json", "presence", "alice", *options).splitlines()
        return [json.loads(line) for line in lines]

    def listen(self, person):
        process = person.start("--json", "listen")
        self.addCleanup(end, process)
        return process

    def test_shown_while_online_and_after(self):
        self.alice.send("bob", "hello")
        self.bob.listen(1, timeout=30)
        listening = self.listen(self.alice)
        self.assertTrue(self.wait_for(lambda: self.presence_of_alice()[-1]["online"]))
        end(listening)
        self.assertTrue(self.wait_for(lambda: not self.presence_of_alice()[-1]["online"]))
        self.assertTrue(self.wait_for(lambda: self.presence_of_alice()[-1]["last_seen"] > 0))

    def test_hidden_from_all(self):
        self.alice.send("bob", "hello")
        self.bob.listen(1, timeout=30)
        self.alice.succeed("privacy", "--presence", "nobody")
        self.listen(self.alice)
        self.assertEqual(self.presence_of_alice("--timeout", "3"), [])

    def wait_for(self, holds):
        """Who goes counts as online for some seconds more, so that a reconnect is no news."""
        until = time.monotonic() + PATIENCE_SECONDS
        while not holds():
            if time.monotonic() > until:
                return False
            time.sleep(0.2)
        return True


if __name__ == "__main__":
    unittest.main()
