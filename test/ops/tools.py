"""What the tests of this folder share: the files of `ops/`, outside programs, and a server with its page of metrics."""

import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest
import urllib.request

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
OPS = REPOSITORY / "ops"
sys.path.insert(0, str(REPOSITORY / "test" / "e2e"))

from programs import PATIENCE_SECONDS, Server, free_port  # noqa: E402


class OpsTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="sotto-ops-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def tool(self, name):
        """The path of an outside program; skips the test if it is not installed."""
        found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
        if found is None:
            self.skipTest(f"{name} is not installed")
        return found

    def succeed(self, *command, **options):
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_SECONDS, **options)
        self.assertEqual(done.returncode, 0, f"{' '.join(map(str, command))}:\n{done.stdout}{done.stderr}")
        return done.stdout

    def serve(self, **settings):
        """A server that ends with the test; `admin_port` is where its metrics are."""
        server = Server(self.folder)
        server.admin_port = free_port()
        server.settings = {"SOTTO_ADMIN_LISTEN": f"127.0.0.1:{server.admin_port}"} | settings
        server.start()
        self.addCleanup(server.stop)
        return server

    def metrics_of(self, server):
        with urllib.request.urlopen(f"http://127.0.0.1:{server.admin_port}/metrics", timeout=PATIENCE_SECONDS) as answer:
            return answer.read().decode()
