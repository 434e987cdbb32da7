"""Who runs the server can list what members reported, beside the running server; nobody else is told."""

import subprocess
import unittest

from programs import PROGRAMS, plain_environment
from world import World


class Reports(World):
    def reports(self, *, data=None):
        return subprocess.run(
            [PROGRAMS / "sottod", "--data", data or self.server.data, "reports"],
            capture_output=True,
            text=True,
            env=plain_environment(),
            timeout=30,
        )

    def test_report_reaches_the_operator(self):
        self.assertEqual(self.reports().stdout, "Nothing was reported.\n")
        self.bob.send("alice", "you will regret this")
        self.alice.listen(1, timeout=30)
        self.alice.succeed("report", "bob", "harassment")
        listed = self.reports().stdout
        self.assertRegex(listed, r"^\S+Z  alice reports conversation [0-9a-f]{32,} with bob: harassment\n$")
        self.assertNotIn("regret", listed)
        summary = next(item for item in self.alice.read("conversations")["conversations"] if item["peer_name"] == "bob")
        self.assertGreater(summary["reported_at"], 0)

    def test_what_is_no_reason_and_no_server_is_refused(self):
        self.bob.send("alice", "hello")
        self.alice.listen(1, timeout=30)
        self.assert_fails(self.alice.run("report", "bob", "because"), 2)
        missing = self.reports(data=self.folder / "nothing")
        self.assertEqual(missing.returncode, 1)
        self.assertTrue(missing.stderr.startswith("sottod: "), missing.stderr)


if __name__ == "__main__":
    unittest.main()
