"""The common start of the tests: a server, and two people who are registered."""

import tempfile
import pathlib
import shutil
import unittest

from programs import Device, Server


class World(unittest.TestCase):
    """A server of its own for each test, with alice and bob."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="sotto-e2e-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.server = Server(self.folder).start()
        self.addCleanup(self.server.stop)
        self.alice = self.device("alice").registered()
        self.bob = self.device("bob").registered()

    def device(self, name, **options):
        return Device(self.folder, name, self.server.url, **options)

    def assert_fails(self, done, code):
        """Ended with this code and said why in one line."""
        self.assertEqual(done.returncode, code, done.stderr)
        self.assertTrue(done.stderr.startswith("sotto: "), done.stderr)
        self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
