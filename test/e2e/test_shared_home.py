"""Several processes may use one home at the same time: nothing is lost, doubled or refused."""

import unittest

from programs import end, parse_lines, texts_of
from world import World


class SharedHome(World):
    def test_listen_and_send_on_the_same_home(self):
        count = 12
        listener = self.bob.start("listen", "--json", "--count", str(count), "--timeout", "60")
        self.addCleanup(end, listener)
        for number in range(count):
            self.alice.send("bob", f"to bob {number}")
            self.bob.send("alice", f"to alice {number}")
        output, errors = listener.communicate(timeout=90)
        self.assertEqual(listener.returncode, 0, errors)
        self.assertEqual(texts_of(parse_lines(output)), [f"to bob {number}" for number in range(count)])
        self.assertEqual(texts_of(self.alice.listen(count)), [f"to alice {number}" for number in range(count)])
        self.assertEqual(self.alice.history("bob"), self.alice.history("bob"))

    def test_senders_side_by_side(self):
        senders = [self.alice.start("send", "bob", f"parallel {number}", "--json") for number in range(6)]
        for sender in senders:
            self.addCleanup(end, sender)
        seqs = []
        for sender in senders:
            output, errors = sender.communicate(timeout=90)
            self.assertEqual(sender.returncode, 0, errors)
            seqs.append(parse_lines(output)[0]["seq"])
        self.assertEqual(sorted(seqs), [1, 2, 3, 4, 5, 6])
        self.assertEqual(sorted(texts_of(self.bob.listen(6))), [f"parallel {number}" for number in range(6)])

    def test_two_listeners_share_the_messages(self):
        listeners = [self.bob.start("listen", "--json", "--timeout", "12") for _ in range(2)]
        for listener in listeners:
            self.addCleanup(end, listener)
        texts = [f"message {number}" for number in range(10)]
        for text in texts:
            self.alice.send("bob", text)
        heard = []
        for listener in listeners:
            output, errors = listener.communicate(timeout=60)
            self.assertEqual(listener.returncode, 0, errors)
            heard += texts_of(parse_lines(output))
        self.assertEqual(sorted(heard), sorted(texts))


if __name__ == "__main__":
    unittest.main()
