"""A client or a server that is ended by `kill -9` at any instant loses nothing that was promised and repeats nothing."""

import random
import time
import unittest

from programs import end, parse_lines, texts_of
from world import World

SEED = 20251


class Crashes(World):
    def test_a_sender_that_is_killed_neither_loses_nor_doubles(self):
        choose = random.Random(SEED)
        expected = []
        for number in range(12):
            text = f"line {number}"
            sender = self.alice.start("send", "bob", text)
            time.sleep(choose.uniform(0.0, 0.25))
            end(sender)
            # Whether it was taken into the outbox is for this home to say.
            written = texts_of(self.alice.history("bob")) if number or self.alice.read("conversations")["conversations"] else []
            if text not in written:
                self.alice.send("bob", text)
            expected.append(text)
        self.assertEqual(texts_of(self.bob.listen(len(expected))), expected)
        self.assertEqual(texts_of(self.bob.history("alice")), expected)
        self.assertEqual(texts_of(self.alice.history("bob")), expected)

    def test_a_listener_that_is_killed_loses_nothing(self):
        choose = random.Random(SEED)
        texts = [f"line {number}" for number in range(20)]
        heard = []
        for text in texts:
            listener = self.bob.start("listen", "--json")
            self.alice.send("bob", text)
            time.sleep(choose.uniform(0.0, 0.2))
            listener.kill()
            heard += parse_lines(complete_lines(listener.communicate()[0]))
        heard += self.rest()
        numbers = [line["seq"] for line in heard]
        # In order; a message whose printing was not noted any more is printed once again, and never lost.
        self.assertEqual(sorted(set(numbers)), list(range(1, len(texts) + 1)))
        self.assertEqual([line["text"] for line in self.bob.history("alice")], texts)

    def rest(self):
        """What is still to be announced; a hand-out to a killed process lapses after some seconds."""
        done = self.bob.run("listen", "--json", "--timeout", "9")
        self.assertEqual(done.returncode, 0, done.stderr)
        return parse_lines(done.stdout)

    def test_the_server_is_killed_between_and_during_messages(self):
        choose = random.Random(SEED)
        texts = [f"line {number}" for number in range(10)]
        for text in texts:
            sender = self.alice.start("send", "bob", text, "--json")
            self.addCleanup(end, sender)
            time.sleep(choose.uniform(0.0, 0.1))
            self.server.restart_after_kill()
            output, errors = sender.communicate(timeout=60)
            self.assertEqual(sender.returncode, 0, errors)
            self.assertEqual(parse_lines(output)[0]["seq"], texts.index(text) + 1)
        self.assertEqual(texts_of(self.bob.history("alice")), texts)
        self.assertEqual(texts_of(self.alice.history("bob")), texts)

    def test_a_registration_that_is_killed_can_be_repeated(self):
        choose = random.Random(SEED)
        for number in range(4):
            device = self.device(f"carol{number}")
            device.extra_environment = {"SOTTO_PASSWORD": device.password}
            first = device.start("--server", self.server.url, "register", device.name)
            time.sleep(choose.uniform(0.0, 0.4))
            end(first)
            again = device.register()
            state = device.read("whoami")
            self.assertEqual((state["name"], state["state"]), (device.name, "logged_in"), again.stderr)
            device.send("bob", f"hello from {device.name}")
        self.assertEqual(len(self.bob.listen(4)), 4)

    def test_the_server_stops_cleanly_and_keeps_everything(self):
        self.alice.send("bob", "before")
        self.assertEqual(self.server.stop(), 0)
        self.server.start()
        self.alice.send("bob", "after")
        self.assertEqual(texts_of(self.bob.listen(2)), ["before", "after"])


def complete_lines(output):
    """Without a last line that the kill cut off."""
    return output[: output.rfind("\n") + 1]


if __name__ == "__main__":
    unittest.main()
