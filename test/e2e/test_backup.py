"""Who loses a device comes back with the recovery key, a passphrase, a file or codes, or with a new identity, by the
real programs."""

import json
import shutil
import subprocess
import unittest

from programs import end, parse_lines, texts_of
from world import World

PASSPHRASE = "velvet lantern ostrich canyon"


class Backup(World):
    def create_with_key(self):
        """Switches alice's backup on; returns the recovery key."""
        process = self.alice.start("--json", "backup", "create", stdin=subprocess.PIPE)
        self.addCleanup(end, process)
        created = json.loads(process.stdout.readline())
        words = created["words"]
        typed = f"{words[created['first_asked'] - 1]}\n{words[created['second_asked'] - 1]}\n"
        _, errors = process.communicate(typed, timeout=60)
        self.assertEqual(process.returncode, 0, errors)
        return " ".join(words)

    def write(self):
        self.alice.send("bob", "one")
        self.bob.listen(1)
        self.bob.send("alice", "two")
        self.alice.listen(1)

    def new_home(self, *arguments, **environment):
        """Runs a command on an empty home with alice's password."""
        again = self.device("again")
        done = again.run("--server", self.server.url, *arguments,
                         environment={"SOTTO_PASSWORD": self.alice.password} | environment)
        return again, done

    def assert_comes_back(self, again, done):
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(texts_of(again.history("bob")), ["one", "two"])
        self.bob.send("alice", "three")
        self.assertEqual(texts_of(again.listen(1))[-1], "three")

    def test_recovery_key(self):
        key = self.create_with_key()
        self.write()
        # Log out packs what waits; then everything of that device is lost.
        self.alice.succeed("logout")
        shutil.rmtree(self.alice.home)
        again, done = self.new_home("backup", "restore", "alice", "--remove-others", SOTTO_RECOVERY_KEY=key)
        self.assert_comes_back(again, done)
        self.assertEqual(len(again.read("devices")["devices"]), 1)
        self.assertTrue(again.read("backup", "status")["on"])

    def test_passphrase(self):
        done = self.alice.run("backup", "create", "--passphrase", environment={"SOTTO_BACKUP_PASSPHRASE": "short"})
        self.assert_fails(done, 2)
        self.alice.succeed("backup", "create", "--passphrase", environment={"SOTTO_BACKUP_PASSPHRASE": PASSPHRASE})
        self.write()
        self.alice.succeed("logout")
        arguments = ("backup", "restore", "alice", "--passphrase")
        _, done = self.new_home(*arguments, SOTTO_BACKUP_PASSPHRASE="another passphrase")
        self.assertEqual(done.returncode, 6, done.stderr)
        self.assert_comes_back(*self.new_home(*arguments, SOTTO_BACKUP_PASSPHRASE=PASSPHRASE))

    def test_mistyped_key_is_explained(self):
        key = self.create_with_key()
        wrong = "abanbon " + key.split(" ", 1)[1]
        _, done = self.new_home("backup", "restore", "alice", SOTTO_RECOVERY_KEY=wrong)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn('"abandon"', done.stderr)

    def test_wrong_words_switch_nothing_on(self):
        done = self.alice.run("backup", "create", text="wrong\nwords\n" * 3)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertFalse(self.alice.read("backup", "status")["on"])
        _, done = self.new_home("backup", "restore", "alice", SOTTO_RECOVERY_KEY="abandon " * 23 + "art")
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("sotto", self.alice.run("backup", "status").stdout)

    def test_file_and_codes(self):
        self.write()
        path = self.folder / "alice.sotto"
        exported = json.loads(self.alice.succeed("--json", "backup", "export", path))
        self.assertEqual(int(exported["keys"]), 2)
        self.assertEqual(path.stat().st_mode & 0o077, 0)
        again, done = self.new_home("backup", "import", "alice", str(path), SOTTO_RECOVERY_KEY=" ".join(exported["words"]))
        self.assert_comes_back(again, done)

    def test_identity_in_codes(self):
        shown = self.alice.succeed("backup", "export", "--qr", "--passphrase", environment={"SOTTO_BACKUP_PASSPHRASE": PASSPHRASE})
        codes = [line for line in shown.splitlines() if line.startswith("sotto-backup:")]
        self.assertGreaterEqual(len(codes), 2)
        path = self.folder / "codes.txt"
        path.write_text("\n".join(reversed(codes)))
        again, done = self.new_home("backup", "import", "alice", str(path), "--passphrase", SOTTO_BACKUP_PASSPHRASE=PASSPHRASE)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(again.read("whoami")["account"], self.alice.read("whoami")["account"])
        path.write_text(codes[0])
        other = self.device("other")
        done = other.run("--server", self.server.url, "backup", "import", "alice", path, "--passphrase")
        self.assert_fails(done, 1)

    def test_delete(self):
        key = self.create_with_key()
        self.alice.succeed("backup", "delete")
        _, done = self.new_home("backup", "restore", "alice", SOTTO_RECOVERY_KEY=key)
        self.assertEqual(done.returncode, 1, done.stderr)

    def test_reset_asks_and_contacts_see_it(self):
        self.write()
        before = self.alice.read("whoami")
        again = self.device("again")
        secret = {"SOTTO_PASSWORD": self.alice.password}
        done = again.run("--server", self.server.url, "reset", "alice", text="no\n", environment=secret)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("no message from before", done.stderr)
        done = again.run("--server", self.server.url, "reset", "alice", text="alice\n", environment=secret)
        self.assertEqual(done.returncode, 0, done.stderr)
        after = again.read("whoami")
        self.assertEqual(after["account"], before["account"])
        self.assertNotEqual(after["account_key"], before["account_key"])
        again.send("bob", "it is me")
        done = self.bob.run("listen", "--json", "--count", "1", "--timeout", "30")
        self.assertEqual(texts_of(parse_lines(done.stdout)), ["it is me"])
        self.assertEqual(self.alice.run("send", "bob", "hello").returncode, 3)


if __name__ == "__main__":
    unittest.main()
