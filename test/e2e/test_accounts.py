"""Every way in that must stay shut stays shut, says why in one sentence and ends with the documented exit code."""

import json
import subprocess
import unittest

from programs import end, texts_of
from world import World


class Accounts(World):
    def test_wrong_password(self):
        self.assertEqual(self.alice.run("logout").returncode, 0)
        self.assert_fails(self.alice.login("wrong horse battery"), 1)
        self.assert_fails(self.alice.run("send", "bob", "hello"), 3)
        self.assertEqual(self.alice.login().returncode, 0)
        self.alice.send("bob", "hello")

    def test_unknown_recipient_queues_nothing(self):
        done = self.alice.run("send", "nobody-here", "hello")
        self.assert_fails(done, 1)
        self.assertEqual(self.alice.read("conversations")["conversations"], [])
        failed = self.alice.run("send", "nobody-here", "hello", "--json")
        self.assertEqual(json.loads(failed.stderr)["error"]["code"], "unknown_account")
        self.assertEqual(json.loads(failed.stderr)["error"]["exit_code"], 1)
        self.assertEqual(failed.stdout, "")

    def test_name_taken_and_second_account_in_a_home(self):
        impostor = self.device("alice", password="another password")
        impostor.home = self.folder / "impostor"
        self.assert_fails_after_notice(impostor.register(), 1)
        self.assertNotEqual(self.alice.register().returncode, 0)
        # The home is not lost by the refusal.
        impostor.name = "mallory"
        self.assertEqual(impostor.register().returncode, 0)

    def assert_fails_after_notice(self, done, code):
        """As `assert_fails`, where a new home has first said where its key is kept."""
        self.assertEqual(done.returncode, code, done.stderr)
        self.assertIn("storage.key", done.stderr.splitlines()[0])
        self.assertEqual(done.stderr.count("\n"), 2, done.stderr)

    def test_values_that_are_not_possible(self):
        self.assertEqual(self.device("No Such Name!").register().returncode, 2)
        self.assertEqual(self.device("carol", password="short").register().returncode, 2)
        self.assert_fails(self.alice.run("send", "bob", ""), 2)
        self.assert_fails(self.alice.run("send", "bob", "x" * 16385), 2)
        self.assert_fails(self.alice.run("send", "bob"), 2)
        self.assert_fails(self.alice.run("no-such-command"), 2)
        self.assert_fails(self.alice.run("sessions", "revoke", "zz"), 2)
        self.assertEqual(self.alice.run("send", "alice", "a note to myself").returncode, 0)
        self.assertEqual(json.loads(self.alice.run("send", "--json").stderr)["error"]["code"], "usage")

    def test_an_empty_home(self):
        empty = self.device("carol")
        for command in (["send", "bob", "hello"], ["listen", "--count", "1"], ["whoami"], ["history", "bob"], ["sessions"]):
            self.assert_fails(empty.run(*command), 3)
        self.assertFalse(empty.home.exists())
        self.assert_fails(empty.run("register", "carol", environment={"SOTTO_PASSWORD": "correct horse"}), 2)
        # Without a terminal nobody can be asked.
        self.assert_fails(self.device("dora").run("--server", self.server.url, "register", "dora"), 2)

    def test_logout_then_login(self):
        self.alice.send("bob", "before")
        self.alice.succeed("logout")
        self.assertEqual(self.alice.read("whoami")["state"], "logged_out")
        self.assert_fails(self.alice.run("listen", "--count", "1", "--timeout", "5"), 3)
        self.bob.send("alice", "while you were away")
        self.assertEqual(texts_of(self.alice.history("bob")), ["before"])
        self.assertEqual(self.alice.login().returncode, 0)
        self.assertEqual(texts_of(self.alice.history("bob")), ["before", "while you were away"])
        self.assertEqual(self.alice.listen(1)[0]["text"], "while you were away")

    def test_a_revoked_session_ends_and_login_goes_on(self):
        login = self.alice.read("sessions")["logins"][0]["login"]
        listener = self.alice.start("listen", "--json", "--count", "1", "--timeout", "40")
        self.addCleanup(end, listener)
        self.bob.send("alice", "one")
        output, errors = listener.communicate(timeout=60)
        self.assertEqual(listener.returncode, 0, errors)
        self.alice.run("sessions", "revoke", login)
        self.assert_fails(self.alice.run("send", "bob", "too late"), 3)
        self.assertEqual(self.alice.login().returncode, 0)
        self.alice.send("bob", "back again")
        sessions = self.alice.read("sessions")["logins"]
        self.assertNotIn(login, [entry["login"] for entry in sessions])
        self.assertEqual(texts_of(self.bob.history("alice"))[-1], "back again")
        self.assertEqual(self.alice.run("sessions", "revoke", "00" * 16).returncode, 1)

    def test_the_server_is_away(self):
        self.alice.send("bob", "first")
        self.server.kill()
        queued = self.alice.run("send", "bob", "second", "--timeout", "2")
        self.assert_fails(queued, 5)
        self.assertIn("kept", queued.stderr)
        self.assert_fails(self.alice.run("send", "carol", "nobody knows carol here", "--timeout", "2"), 5)
        history = self.alice.run("history", "bob", "--json")
        self.assertEqual(history.returncode, 0)
        self.assertEqual(texts_of(map(json.loads, history.stdout.splitlines())), ["first", "second"])
        self.assertEqual(json.loads(history.stderr)["notice"]["code"], "offline")
        self.server.start()
        # The next command takes along what waits, and before what it sends itself.
        self.alice.send("bob", "third")
        self.assertEqual(texts_of(self.bob.history("alice")), ["first", "second", "third"])

    def test_addresses_that_are_refused(self):
        self.assert_fails(self.alice.run("--server", "gopher://x", "send", "bob", "hello"), 2)
        self.assert_fails(self.alice.run("--server", "http://192.0.2.1", "send", "bob", "hello"), 2)

    def test_listen_says_how_it_ended(self):
        self.assert_fails(self.bob.run("listen", "--count", "1", "--timeout", "1"), 4)
        self.assertEqual(self.bob.run("listen", "--timeout", "1").returncode, 0)

    def test_help_and_completion_of_every_command(self):
        overview = self.alice.succeed("--help")
        commands = ["register", "login", "logout", "whoami", "devices", "sessions", "send", "listen", "history",
                    "conversations", "verify", "chat", "rpc", "completion"]
        for command in commands:
            self.assertIn(command, overview)
            self.assertIn("Examples:", self.alice.succeed(command, "--help"))
            for shell in ("bash", "zsh", "fish"):
                self.assertIn(command, self.alice.succeed("completion", shell))
        script = self.alice.succeed("completion", "bash")
        self.assertEqual(subprocess.run(["bash", "-n"], input=script, encoding="utf-8", check=False).returncode, 0)
        probe = script + '\nCOMP_WORDS=(sotto --home x ver); COMP_CWORD=3; _sotto; echo "${COMPREPLY[@]}"'
        done = subprocess.run(["bash"], input=probe, capture_output=True, encoding="utf-8", check=True)
        self.assertEqual(done.stdout.split(), ["verify"])


if __name__ == "__main__":
    unittest.main()
