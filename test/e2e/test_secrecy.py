"""No file, of the server or of a client, holds a text or a password in the clear; and a home whose key, passphrase or
database is not the right one is refused."""

import json
import os
import shutil
import stat
import unittest

from programs import files_holding, texts_of
from world import World

TEXTS = ["The quality of mercy is not strained", "It droppeth as the gentle rain from heaven", "ünïcode überall 漢字"]


class Secrecy(World):
    def converse(self):
        for text in TEXTS:
            self.alice.send("bob", text)
        self.assertEqual(texts_of(self.bob.listen(len(TEXTS))), TEXTS)
        self.bob.send("alice", TEXTS[0] + " indeed")
        self.alice.history("bob")

    def test_no_file_holds_a_text_or_a_password(self):
        self.converse()
        secrets = TEXTS + [self.alice.password]
        while_running = files_holding(self.folder, secrets)
        self.assertEqual(while_running, [])
        self.server.stop()
        self.assertEqual(files_holding(self.folder, secrets), [])
        # Threat 38: the server's log names nobody.
        log = self.server.log.read_text()
        self.assertGreater(log.count("\n"), 2)
        self.assertEqual([name for name in ("alice", "bob") if name in log], [])
        # The search would find what is there: names are not secret from the server.
        self.assertNotEqual(files_holding(self.server.data, ["alice"]), [])

    def test_a_home_is_its_owners_alone(self):
        self.converse()
        self.assertEqual(stat.S_IMODE(os.stat(self.alice.home).st_mode), 0o700)
        for path in self.alice.home.iterdir():
            self.assertEqual(stat.S_IMODE(path.stat().st_mode) & 0o077, 0, path)
        (self.alice.home / "storage.key").chmod(0o644)
        self.assert_fails(self.alice.run("history", "bob"), 6)

    def test_a_tampered_database_is_refused(self):
        self.converse()
        database = self.alice.home / "client.db"
        original = database.read_bytes()
        database.write_bytes(b"\0" * 100 + original[100:])
        self.assert_fails(self.alice.run("history", "bob"), 6)
        database.write_bytes(os.urandom(len(original)))
        self.assert_fails(self.alice.run("history", "bob"), 6)

    def test_another_homes_database_is_refused(self):
        self.converse()
        for path in self.alice.home.glob("client.db*"):
            path.unlink()
        for path in self.bob.home.glob("client.db*"):
            shutil.copy(path, self.alice.home / path.name)
        self.assert_fails(self.alice.run("history", "bob"), 6)

    def test_a_lost_or_foreign_key_is_refused(self):
        self.converse()
        key = self.alice.home / "storage.key"
        original = key.read_bytes()
        key.write_bytes(os.urandom(32))
        self.assert_fails(self.alice.run("history", "bob"), 6)
        key.write_bytes(original[:31])
        self.assert_fails(self.alice.run("history", "bob"), 6)
        key.write_bytes(original)
        self.assertEqual(len(self.alice.history("bob")), len(TEXTS) + 1)

    def test_a_passphrase_locks_a_home(self):
        carol = self.device("carol")
        carol.extra_environment = {"SOTTO_PASSPHRASE": "a passphrase of carol's"}
        done = carol.register("--passphrase")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("passphrase", done.stderr)
        self.assertFalse((carol.home / "storage.key").exists())
        carol.send("bob", "locked away")
        self.assertEqual(texts_of(carol.history("bob")), ["locked away"])
        self.assertEqual(files_holding(carol.home, ["a passphrase of carol's"]), [])
        carol.extra_environment = {"SOTTO_PASSPHRASE": "another passphrase"}
        self.assert_fails(carol.run("history", "bob"), 6)
        wrong = json.loads(carol.run("history", "bob", "--json").stderr)
        self.assertEqual(wrong["error"]["code"], "wrong_passphrase")
        carol.extra_environment = {}
        self.assert_fails(carol.run("history", "bob"), 2)

    def test_a_passphrase_that_is_too_short_creates_nothing(self):
        carol = self.device("carol")
        carol.extra_environment = {"SOTTO_PASSPHRASE": "short"}
        self.assert_fails(carol.register("--passphrase"), 2)
        carol.extra_environment = {}
        self.assertEqual(carol.register().returncode, 0)

    def test_a_new_home_says_where_its_key_is(self):
        carol = self.device("carol")
        self.assertIn("storage.key", carol.register().stderr)
        self.assertEqual(carol.run("conversations").stderr, "")


if __name__ == "__main__":
    unittest.main()
