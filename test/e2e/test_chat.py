"""The chat screen in a real terminal: what is typed arrives, what arrives is shown, and the terminal comes back as it
was."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
import unittest

from programs import texts_of
from world import World


class Terminal:
    """A pseudo-terminal with a program in it, and everything that it wrote."""

    def __init__(self, device, *arguments, rows=24, columns=80):
        self.master, self.slave = pty.openpty()
        self.resize(rows, columns)
        self.earlier = termios.tcgetattr(self.slave)
        self.written = ""
        self.process = subprocess.Popen(
            device.command(*arguments), stdin=self.slave, stdout=self.slave, stderr=self.slave,
            env=device.environment(TERM="xterm-256color"), start_new_session=True,
            # The controlling terminal, which is where passwords are asked for.
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))

    def resize(self, rows, columns):
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def type(self, text):
        os.write(self.master, text.encode())

    def pump(self, seconds):
        if select.select([self.master], [], [], seconds)[0]:
            self.written += os.read(self.master, 65536).decode(errors="replace")

    def wait_for(self, text, patience=60):
        deadline = time.monotonic() + patience
        while text not in self.plain():
            if time.monotonic() > deadline:
                raise AssertionError(f"{text!r} never appeared; the terminal showed:\n{self.plain()[-2000:]}")
            self.pump(0.2)

    def plain(self):
        """Without colours; every other sequence begins another line."""
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "\n", re.sub(r"\x1b\[[0-9;]*m", "", self.written))

    def finish(self):
        deadline = time.monotonic() + 30
        while self.process.poll() is None and time.monotonic() < deadline:
            self.pump(0.1)
        return self.process.poll()

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self.master)
        os.close(self.slave)


class Chat(World):
    def chat(self, device, peer, **options):
        terminal = Terminal(device, "chat", peer, **options)
        self.addCleanup(terminal.close)
        terminal.wait_for("connected")
        return terminal

    def test_two_people_talk(self):
        self.alice.send("bob", "an earlier message")
        left, right = self.chat(self.alice, "bob"), self.chat(self.bob, "alice")
        right.wait_for("an earlier message")
        left.type("gr")
        right.wait_for("alice is typing")
        left.type("üße x\x7f€\r")
        right.wait_for("grüße €")
        left.wait_for("✓✓ read")
        right.type("and back\r")
        left.wait_for("and back")
        for terminal in (left, right):
            terminal.type("\x03")
            self.assertEqual(terminal.finish(), 0)
            self.assertIn("\x1b[?1049l", terminal.written)
            self.assertEqual(termios.tcgetattr(terminal.slave), terminal.earlier)
        self.assertEqual(texts_of(self.alice.history("bob")), ["an earlier message", "grüße €", "and back"])
        # What was read on the screen is not announced again.
        self.assertEqual(self.bob.run("listen", "--count", "1", "--timeout", "2").returncode, 4)

    def test_scrolls_and_follows_a_change_of_size(self):
        for number in range(40):
            self.alice.send("bob", f"line-{number:02}")
        terminal = self.chat(self.bob, "alice", rows=12, columns=50)
        terminal.wait_for("line-39")
        self.assertNotIn("line-05", terminal.plain())
        for _ in range(4):
            terminal.type("\x1b[5~")
        terminal.wait_for("line-00")
        terminal.wait_for("newer messages below")
        terminal.resize(45, 60)
        os.kill(terminal.process.pid, signal.SIGWINCH)
        terminal.wait_for("line-39")
        terminal.type("\x04")
        self.assertEqual(terminal.finish(), 0)

    def test_the_server_goes_and_comes_back(self):
        terminal = self.chat(self.alice, "bob")
        self.server.kill()
        terminal.wait_for("not connected")
        terminal.type("written meanwhile\r")
        terminal.wait_for("…")
        self.server.start()
        terminal.wait_for("written meanwhile ✓", patience=90)
        terminal.type("\x03")
        self.assertEqual(terminal.finish(), 0)
        self.assertEqual(texts_of(self.bob.listen(1)), ["written meanwhile"])

    def test_a_password_is_asked_without_echo(self):
        carol = self.device("carol")
        terminal = Terminal(carol, "--server", self.server.url, "register", "carol")
        self.addCleanup(terminal.close)
        terminal.wait_for("Choose a password: ")
        terminal.type("top secret words\r")
        terminal.wait_for("The same again: ")
        terminal.type("top secret words\r")
        self.assertEqual(terminal.finish(), 0, terminal.plain())
        self.assertNotIn("top secret", terminal.written)
        self.assertEqual(carol.read("whoami")["name"], "carol")

    def test_chat_needs_a_terminal(self):
        self.assert_fails(self.alice.run("chat", "bob"), 2)


if __name__ == "__main__":
    unittest.main()
