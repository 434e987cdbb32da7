"""Backups are taken while the server works, by hand and on their own, and come back as a server that people go on with;
`sottod check` holds a database against its invariants and finds what is wrong (threats 36, 37)."""

import pathlib
import shutil
import sqlite3
import subprocess
import threading
import time
import unittest

from programs import PATIENCE_SECONDS, PROGRAMS, Server, plain_environment, texts_of
from world import World

TABLES_THAT_STAY = ("accounts", "devices", "conversations", "members", "messages", "group_events", "group_states", "logins",
                    "mailbox_items", "transparency_entries", "transparency_nodes", "server_values")


def sottod(*arguments, data=None, **environment):
    named = ["--data", data] if data else []
    return subprocess.run(
        [PROGRAMS / "sottod", *named, *arguments], capture_output=True, text=True, env=plain_environment(**environment),
        timeout=PATIENCE_SECONDS)


def rows(database, table):
    """The content of a table, read as `sqlite3` does; of devices only who they are, because restoring moves their numbers."""
    columns = "number, account, device" if table == "devices" else "*"
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        return set(connection.execute(f"SELECT {columns} FROM {table}"))


class Upkeep(World):
    def backup(self, place=None):
        done = sottod("backup", "--to", place or self.folder / "backups", data=self.server.data)
        self.assertEqual(done.returncode, 0, done.stderr)
        return pathlib.Path(done.stdout.strip())

    def test_a_backup_under_load_is_restored_as_it_was(self):
        expected = [f"line {number}" for number in range(12)]
        for text in expected[:6]:
            self.alice.send("bob", text)
        acknowledged = []
        writer = threading.Thread(target=lambda: acknowledged.extend(self.alice.send("bob", text) for text in expected[6:]))
        writer.start()
        taken = self.backup()
        writer.join()
        self.assertEqual(len(acknowledged), 6)
        self.assertEqual(taken.stat().st_mode & 0o777, 0o600)
        self.assertEqual([path.name for path in taken.parent.iterdir()], [taken.name])
        self.assertEqual(sottod("check", taken).returncode, 0)
        self.server.stop()

        restored = self.folder / "restored"
        done = sottod("restore", taken, data=restored)
        self.assertEqual(done.returncode, 0, done.stderr)
        for table in TABLES_THAT_STAY:
            self.assertEqual(rows(restored / "sotto.db", table), rows(taken, table), table)
        self.assertGreaterEqual(len(rows(taken, "messages")), 6)
        self.assertLessEqual(rows(taken, "messages"), rows(self.server.data / "sotto.db", "messages"))
        self.go_on_with(restored)

    def go_on_with(self, restored):
        """People who sign in again have what the backup holds, and write to each other."""
        self.server.data = restored
        self.server.start()
        for device in (self.alice, self.bob):
            device.login()
        checked = sottod("check", data=restored)
        self.assertEqual(checked.returncode, 0, checked.stdout)
        self.assertNotIn("BROKEN", checked.stdout)
        carol = self.device("carol").registered()
        carol.send("bob", "after the restore")
        self.assertIn("after the restore", texts_of(self.bob.history("carol")) or texts_of(self.bob.listen(13)))

    def test_a_restore_needs_an_empty_directory_and_a_whole_backup(self):
        self.alice.send("bob", "hello")
        taken = self.backup()
        refused = sottod("restore", taken, data=self.server.data)
        self.assertEqual(refused.returncode, 1)
        self.assertIn("in use", refused.stderr)
        self.server.stop()
        self.assertIn("not empty", sottod("restore", taken, data=self.server.data).stderr)
        with sqlite3.connect(taken) as connection:
            connection.execute("UPDATE messages SET seq = seq + 1")
        damaged = sottod("restore", taken, data=self.folder / "restored")
        self.assertEqual(damaged.returncode, 1)
        self.assertIn("BROKEN  the entries of a conversation", damaged.stderr)
        self.assertFalse((self.folder / "restored" / "sotto.db").exists())

    def test_check_finds_a_damaged_database(self):
        self.alice.send("bob", "hello")
        whole = sottod("check", data=self.server.data)
        self.assertEqual(whole.returncode, 0, whole.stdout + whole.stderr)
        self.assertGreaterEqual(whole.stdout.count("ok      "), 20)
        self.server.stop()
        shutil.copytree(self.server.data, self.folder / "damaged")
        with sqlite3.connect(self.folder / "damaged" / "sotto.db") as connection:
            connection.execute("UPDATE accounts SET device_list_signature = zeroblob(64) WHERE name = 'bob'")
        found = sottod("check", data=self.folder / "damaged")
        self.assertEqual(found.returncode, 1)
        self.assertIn("BROKEN  a device list opens, is signed", found.stdout)
        self.assertEqual(found.stdout.count("BROKEN"), 1, found.stdout)
        missing = sottod("check", data=self.folder / "nowhere")
        self.assertEqual((missing.returncode, missing.stdout), (1, ""))
        self.assertTrue(missing.stderr.startswith("sottod: "))

    def test_the_server_makes_backups_on_its_own_and_removes_old_ones(self):
        self.server.stop()
        place = self.folder / "scheduled"
        place.mkdir()
        old = [place / f"sotto-2020010{day}T000000Z.db" for day in range(1, 6)]
        for path in old:
            path.write_text("an old one")
        other = place / "notes.txt"
        other.write_text("mine")
        self.server.settings = {"SOTTO_BACKUP_DIRECTORY": str(place)}
        self.server.start()
        made = self.wait_for(lambda: [path for path in place.glob("sotto-2*.db") if path not in old])
        self.assertEqual(sottod("check", made[0]).returncode, 0)
        # The newest three stay whatever their age.
        self.wait_for(lambda: not old[2].exists())
        self.assertEqual({path for path in place.iterdir()}, {made[0], old[3], old[4], other})
        # The one that is there is recent enough for the next start.
        self.server.stop()
        self.server.start()
        self.alice.send("bob", "hello")
        self.assertEqual(len(list(place.glob("sotto-2*.db"))), 3)

    def wait_for(self, condition):
        for _ in range(PATIENCE_SECONDS * 20):
            if found := condition():
                return found
            time.sleep(0.05)
        self.fail("it did not happen in time")


if __name__ == "__main__":
    unittest.main()
