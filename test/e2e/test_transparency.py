"""The transparency log as people use it: an audit of one's own account, a monitor, checkpoints that two people compare,
and a mirror by a third party with code of its own; and search in one's messages."""

import json
import unittest

import log_mirror
from world import World


class Transparency(World):
    def test_everybody_audits_and_compares(self):
        self.alice.send("bob", "hello")
        self.bob.send("alice", "hello yourself")
        for device in (self.alice, self.bob):
            done = device.run("transparency", "audit", "--json")
            self.assertEqual(done.returncode, 0, done.stderr)
            audit = json.loads(done.stdout)
            self.assertTrue(audit["sound"])
            self.assertEqual([entry["standing"] for entry in audit["entries"]], ["known"])
            done = device.run("transparency", "monitor", "--count", 2, "--interval", 0.1)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(len(done.stdout.splitlines()), 1, "the log did not grow in between")
        done = self.alice.run("transparency", "checkpoint")
        self.assertEqual(done.returncode, 0, done.stderr)
        note = self.folder / "alice.txt"
        note.write_text(done.stdout)
        compared = self.bob.run("transparency", "compare", note)
        self.assertEqual(compared.returncode, 0, compared.stderr)
        self.assertIn("same log", compared.stdout)
        note.write_text(done.stdout.replace("\n2\n", "\n3\n"))
        self.assertEqual(self.bob.run("transparency", "compare", note).returncode, 6)

    def test_a_third_party_mirrors_and_checks(self):
        prefix = self.server.url + "/transparency"
        mirror = self.folder / "mirror"
        self.assertEqual(log_mirror.mirror(prefix, mirror), 2)
        self.device("carol").registered()
        self.assertEqual(log_mirror.mirror(prefix, mirror), 3)
        bundle = mirror / "tile/entries/000.p/3"
        octets = bytearray(bundle.read_bytes())
        octets[-1] ^= 1
        bundle.write_bytes(octets)
        with self.assertRaises(ValueError):
            log_mirror.mirror(prefix, mirror)

    def test_search_finds_messages_on_the_device(self):
        self.alice.send("bob", "Das Wetter in Zürich wird schön")
        self.bob.send("alice", "Nehmt Schirme mit")
        self.alice.history("bob")
        done = self.alice.run("search", "zuerich", "wetter", "--with", "bob", "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        found = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual([one["message"]["text"] for one in found], ["Das Wetter in Zürich wird schön"])
        text = found[0]["message"]["text"].encode()
        words = [text[part["start"] : part["start"] + part["size"]].decode() for part in found[0]["highlights"]]
        self.assertEqual(words, ["Wetter", "Zürich"])
        self.assertEqual(self.alice.run("search", "schirm").stdout.count("Nehmt Schirme mit"), 1)
        self.assertEqual(self.alice.run("search", "wetter", "--to", "2020-01-01").stdout, "")
        self.assertEqual(self.alice.run("search", "wetter", "--from", "yesterday").returncode, 2)


if __name__ == "__main__":
    unittest.main()
