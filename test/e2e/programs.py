"""Starts and ends the real programs, `sottod` and `sotto`, each in folders of its own, for tests and the demo."""

import contextlib
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 60


def find_programs():
    """The folder that holds both programs: SOTTO_BIN, else the newest build."""
    if "SOTTO_BIN" in os.environ:
        return pathlib.Path(os.environ["SOTTO_BIN"])
    candidates = [path.parent for path in REPOSITORY.glob("build/*/bin/sotto") if (path.parent / "sottod").exists()]
    if not candidates:
        raise SystemExit("No build with sotto and sottod was found. Build first, or set SOTTO_BIN to their folder.")
    return max(candidates, key=lambda folder: (folder / "sotto").stat().st_mtime)


PROGRAMS = find_programs()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def plain_environment(**additions):
    """Without a desktop session's bus, so that no keyring of the person who runs the tests is touched."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("SOTTO_") and name not in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "NO_COLOR")
    }
    return kept | additions


class Folder:
    """A temporary folder that disappears with the `with` block."""

    def __enter__(self):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="sotto-e2e-"))
        return self.path

    def __exit__(self, *_):
        shutil.rmtree(self.path, ignore_errors=True)


class Server:
    """One `sottod` over one data folder; keeps its port through restarts. `prefix` goes before its command."""

    def __init__(self, folder, scheme="http", host="127.0.0.1", prefix=()):
        self.data = folder / "server"
        self.log = folder / "server.log"
        self.prefix = prefix
        self.port = free_port()
        self.address = f"{host}:{self.port}"
        self.url = f"{scheme}://{self.address}"
        # Further variables for it, such as SOTTO_WEB_ROOT.
        self.settings = {}
        self.process = None

    def start(self):
        self.data.mkdir(exist_ok=True)
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [*self.prefix, PROGRAMS / "sottod", "--data", self.data, "--listen", self.address],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=plain_environment(**self.settings),
            )
        self.wait_until_ready()
        return self

    def wait_until_ready(self):
        for _ in range(PATIENCE_SECONDS * 20):
            if self.process.poll() is not None:
                raise AssertionError(f"sottod ended with {self.process.returncode}:\n{self.log.read_text()[-3000:]}")
            with contextlib.suppress(OSError):
                with urllib.request.urlopen(self.url + "/healthz", timeout=2) as answer:
                    if answer.status == 200:
                        return
            time.sleep(0.05)
        raise AssertionError("sottod did not become ready")

    def kill(self):
        """`kill -9`."""
        self.process.kill()
        self.process.wait()

    def stop(self):
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.kill()
        return self.process.returncode if self.process else None

    def restart_after_kill(self):
        self.kill()
        self.start()

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()


class Device:
    """One home of `sotto`."""

    def __init__(self, folder, name, url, password="correct horse battery"):
        self.name = name
        self.home = folder / f"home-{name}"
        self.url = url
        self.password = password
        self.extra_environment = {}

    def command(self, *arguments):
        return [str(PROGRAMS / "sotto"), "--home", str(self.home), *map(str, arguments)]

    def environment(self, **additions):
        return plain_environment(**(self.extra_environment | additions))

    def run(self, *arguments, text=None, environment=None, timeout=PATIENCE_SECONDS):
        """Runs one command to its end; its standard input is `text`, or empty."""
        return subprocess.run(
            self.command(*arguments),
            input=text,
            stdin=subprocess.DEVNULL if text is None else None,
            capture_output=True,
            encoding="utf-8",
            env=self.environment(**(environment or {})),
            timeout=timeout,
            check=False,
        )

    def start(self, *arguments, **options):
        """Starts a command without waiting for it."""
        options.setdefault("stdin", subprocess.DEVNULL)
        return subprocess.Popen(
            self.command(*arguments),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env=self.environment(),
            **options,
        )

    def succeed(self, *arguments, **options):
        done = self.run(*arguments, **options)
        if done.returncode != 0:
            raise AssertionError(f"sotto {' '.join(map(str, arguments))} of {self.name} ended with {done.returncode}: {done.stderr}")
        return done.stdout

    def register(self, *options):
        return self.run("--server", self.url, "register", self.name, *options, environment={"SOTTO_PASSWORD": self.password})

    def registered(self, *options):
        done = self.register(*options)
        if done.returncode != 0:
            raise AssertionError(f"register {self.name} ended with {done.returncode}: {done.stderr}")
        return self

    def login(self, password=None):
        return self.run("login", self.name, environment={"SOTTO_PASSWORD": password or self.password})

    def send(self, to, text):
        return json.loads(self.succeed("send", to, "--json", "--", text))

    def listen(self, count, timeout=30):
        return parse_lines(self.succeed("listen", "--json", "--count", count, "--timeout", timeout))

    def history(self, peer):
        # All of it, which may be long.
        return parse_lines(self.succeed("history", peer, "--json", timeout=10 * PATIENCE_SECONDS))

    def read(self, command, *arguments):
        return json.loads(self.succeed(command, *arguments, "--json"))


def parse_lines(output):
    return [json.loads(line) for line in output.splitlines() if line]


def texts_of(lines):
    return [line["text"] for line in lines]


def end(process):
    """Ends a process that this program started, and collects what it printed."""
    if process.poll() is None:
        process.kill()
    with contextlib.suppress(ValueError):
        process.communicate()


def files_holding(folder, needles):
    """(file, needle) for every needle, UTF-8 or UTF-16, that a file below the folder holds."""
    found = []
    encoded = [(needle, form) for needle in needles for form in (needle.encode(), needle.encode("utf-16-le"))]
    for path in sorted(pathlib.Path(folder).rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            found += [(str(path), needle) for needle, form in encoded if form in content]
    return found
