"""A bot in a few lines of any language: JSON-RPC over standard input and output carries the engine's commands and
events."""

import json
import subprocess
import unittest

from programs import end, texts_of
from world import World


class Bot:
    """Speaks to one `sotto rpc`."""

    def __init__(self, device):
        self.process = device.start("rpc", stdin=subprocess.PIPE)
        self.next_id = 0
        self.events = []

    def write(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def read(self):
        line = self.process.stdout.readline()
        if not line:
            raise AssertionError("rpc ended: " + self.process.stderr.read())
        return json.loads(line)

    def call(self, method, **parameters):
        self.next_id += 1
        self.write(json.dumps({"jsonrpc": "2.0", "id": self.next_id, "method": method, "params": parameters}))
        while True:
            message = self.read()
            if message.get("id") == self.next_id:
                return message
            self.events.append(message)

    def wait_for(self, method):
        while True:
            for message in self.events:
                if message["method"] == method:
                    self.events.remove(message)
                    return message["params"]
            self.events.append(self.read())

    def finish(self):
        self.process.stdin.close()
        return self.process.wait(timeout=60)


class Rpc(World):
    def bot(self, device):
        bot = Bot(device)
        self.addCleanup(end, bot.process)
        return bot

    def test_an_echo_bot(self):
        bot = self.bot(self.bob)
        self.assertEqual(bot.call("who_am_i")["result"]["name"], "bob")
        for text in ("hello", "is there anybody?"):
            self.alice.send("bob", text)
            message = bot.wait_for("message_received")["message"]
            self.assertEqual((message["sender_name"], message["text"]), ("alice", text))
            answer = bot.call("send_text", conversation=message["conversation"], text="echo: " + message["text"])
            self.assertIn("message", answer["result"])
            while bot.wait_for("message_state_changed")["message"]["state"] == "pending":
                pass
        self.assertEqual(texts_of(self.alice.listen(2)), ["echo: hello", "echo: is there anybody?"])
        self.assertEqual(bot.finish(), 0)

    def test_errors_have_the_codes_of_the_specification(self):
        bot = self.bot(self.alice)
        for line, code in (
            ("nonsense", -32700),
            ("[]", -32600),
            ('{"jsonrpc":"2.0","id":1}', -32600),
            ('{"jsonrpc":"2.0","id":1,"method":"no_such_method"}', -32601),
            ('{"jsonrpc":"2.0","id":1,"method":"send_text","params":{"to":1}}', -32602),
            ('{"jsonrpc":"2.0","id":1,"method":"send_text","params":["bob"]}', -32602),
        ):
            bot.write(line)
            message = bot.read()
            while "method" in message:
                message = bot.read()
            self.assertEqual(message["error"]["code"], code, line)
        refused = bot.call("send_text", to="nobody-here", text="hello")
        self.assertEqual(refused["error"]["code"], -32000)
        self.assertEqual(refused["error"]["data"]["code"], "unknown_account")
        self.assertEqual(bot.finish(), 0)

    def test_a_bot_can_begin_a_home(self):
        carol = self.device("carol")
        process = subprocess.run(
            carol.command("--server", self.server.url, "rpc"),
            input=json.dumps({"jsonrpc": "2.0", "id": "r", "method": "register_account",
                              "params": {"name": "carol", "password": "correct horse battery"}}),
            capture_output=True, encoding="utf-8", env=carol.environment(), timeout=60, check=False)
        self.assertEqual(process.returncode, 0, process.stderr)
        answers = [json.loads(line) for line in process.stdout.splitlines()]
        self.assertEqual([answer["result"]["name"] for answer in answers if answer.get("id") == "r"], ["carol"])
        carol.send("bob", "the server is remembered")
        self.assertEqual(texts_of(self.bob.listen(1)), ["the server is remembered"])

    def test_input_from_a_file(self):
        requests = self.folder / "requests"
        requests.write_text('{"jsonrpc":"2.0","id":1,"method":"who_am_i"}\n\n{"jsonrpc":"2.0","id":2,"method":"get_status"}')
        with open(requests, encoding="utf-8") as file:
            done = subprocess.run(self.alice.command("rpc"), stdin=file, capture_output=True, encoding="utf-8",
                                  env=self.alice.environment(), timeout=60, check=True)
        ids = [json.loads(line).get("id") for line in done.stdout.splitlines()]
        self.assertEqual([number for number in ids if number], [1, 2])


if __name__ == "__main__":
    unittest.main()
