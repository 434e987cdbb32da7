"""Two people write to each other through a real server; each side ends up with the same conversation, in order, and
with the same safety number."""

import json
import unittest

from programs import end, parse_lines, texts_of
from world import World


class Conversation(World):
    def test_both_ways_and_the_same_history_on_both_sides(self):
        first = self.alice.send("bob", "Who's there?")
        second = self.bob.send("alice", "Nay, answer me: stand, and unfold yourself.")
        third = self.alice.send("bob", "Long live the king!")
        self.assertEqual([first["seq"], second["seq"], third["seq"]], [1, 2, 3])
        self.assertEqual({first["conversation"]}, {second["conversation"], third["conversation"]})
        sides = [self.alice.history("bob"), self.bob.history("alice")]
        for key in ("conversation", "seq", "sender", "text", "sent_at"):
            self.assertEqual([line[key] for line in sides[0]], [line[key] for line in sides[1]])
        self.assertEqual([line["sender"] for line in sides[0]], ["alice", "bob", "alice"])

    def test_the_offline_find_what_was_sent_once_and_in_order(self):
        texts = [f"line {number}" for number in range(20)]
        for text in texts:
            self.alice.send("bob", text)
        lines = self.bob.listen(20)
        self.assertEqual(texts_of(lines), texts)
        self.assertEqual([line["seq"] for line in lines], list(range(1, 21)))
        for line in lines:
            self.assertEqual(line["sender"], "alice")
            self.assertIsInstance(line["sent_at"], int)
            self.assertGreater(line["sent_at"], 1_600_000_000_000)
        # What was printed is not printed again.
        self.assertEqual(self.bob.run("listen", "--json", "--count", 1, "--timeout", 2).returncode, 4)

    def test_a_listener_hears_what_is_sent_while_it_listens(self):
        listener = self.bob.start("listen", "--json", "--count", "3", "--timeout", "40")
        self.addCleanup(end, listener)
        for text in ("one", "two", "three"):
            self.alice.send("bob", text)
        output, errors = listener.communicate(timeout=60)
        self.assertEqual(listener.returncode, 0, errors)
        self.assertEqual(texts_of(parse_lines(output)), ["one", "two", "three"])

    def test_every_text_comes_through_as_it_was_written(self):
        texts = ["ä€😀 漢字 עברית", "line\nbreak\tand tab", "-dash", "--", '{"json": "\\"}', " spaces ", "\x1b[31mred", "x" * 16384]
        for text in texts:
            self.alice.send("bob", text)
        self.assertEqual(texts_of(self.bob.history("alice")), texts)
        # What people see cannot steer their terminal.
        self.assertNotIn("\x1b", self.bob.succeed("history", "alice"))

    def test_text_from_standard_input(self):
        self.alice.succeed("send", "bob", "-", text="from a pipe\nwith two lines\n")
        self.assertEqual(texts_of(self.bob.history("alice")), ["from a pipe\nwith two lines"])

    def test_marks_rise_to_delivered(self):
        self.alice.send("bob", "did you get this?")
        self.assertEqual(self.alice.history("bob")[0]["state"], "sent")
        self.bob.listen(1)
        self.assertIn(self.alice.history("bob")[0]["state"], ("delivered", "read"))

    def test_safety_numbers_agree_and_can_be_confirmed_and_withdrawn(self):
        ours, theirs = self.alice.read("verify", "bob"), self.bob.read("verify", "alice")
        self.assertRegex(ours["digits"], r"^[0-9]{60}$")
        self.assertEqual(ours["digits"], theirs["digits"])
        self.assertEqual(ours["verification"], "unverified")
        shown = self.alice.succeed("verify", "bob")
        self.assertEqual("".join(c for c in shown.split("\n\n")[1] if c.isdigit()), ours["digits"])
        self.assertIn("▄", shown)
        self.assertEqual(self.alice.read("verify", "bob", "--confirm")["verification"], "verified")
        self.assertEqual(self.alice.read("verify", "bob")["verification"], "verified")
        self.assertEqual(self.alice.read("verify", "bob", "--withdraw")["verification"], "unverified")
        self.assertEqual(self.alice.run("verify", "bob", "--confirm", "--digits", "1" * 60).returncode, 6)

    def test_lists_are_json(self):
        sent = self.alice.send("bob", "hello")
        conversation = self.alice.read("conversations")["conversations"][0]
        self.assertEqual(conversation["conversation"], sent["conversation"])
        self.assertEqual(conversation["peer_name"], "bob")
        self.assertEqual(conversation["last_message"]["text"], "hello")
        unread = self.bob.read("conversations")["conversations"][0]
        self.assertEqual(unread["unread"], 1)
        self.assertEqual(self.alice.read("whoami")["name"], "alice")
        self.assertEqual(len(self.alice.read("devices")["devices"]), 1)
        self.assertEqual(self.alice.read("devices", "bob")["account"], conversation["peer"])
        logins = self.alice.read("sessions")["logins"]
        self.assertEqual([login["current"] for login in logins], [True])

    def test_a_home_needs_its_own_account_for_each_direction(self):
        carol = self.device("carol").registered()
        for writer, reader in ((carol, self.alice), (carol, self.bob), (self.bob, carol)):
            writer.send(reader.name, f"from {writer.name}")
        self.assertEqual(texts_of(self.alice.history("carol")), ["from carol"])
        self.assertEqual(texts_of(carol.history("bob")), ["from carol", "from bob"])
        self.assertEqual(json.loads(self.alice.succeed("conversations", "--json"))["conversations"][0]["peer_name"], "carol")


if __name__ == "__main__":
    unittest.main()
