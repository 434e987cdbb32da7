"""Property: the server gives browsers the folder that it was told of and nothing beside it, says where it is, and does
not start with a folder that is no web app."""

import gzip
import pathlib
import shutil
import tempfile
import unittest
import urllib.error
import urllib.request

from programs import Server


class WebAppTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="sotto-web-app-"))
        self.root = self.folder / "web"
        (self.root / "assets").mkdir(parents=True)
        (self.folder / "secret.txt").write_text("not for the web")
        (self.root / "index.html").write_text("<!doctype html><title>Sotto</title>")
        (self.root / "assets/app-1.js").write_text("run();")
        (self.root / "assets/app-1.js.gz").write_bytes(gzip.compress(b"run();"))
        self.server = Server(self.folder)
        self.server.settings = {"SOTTO_WEB_ROOT": str(self.root)}

    def tearDown(self):
        self.server.stop()
        shutil.rmtree(self.folder)

    def get(self, path, **fields):
        request = urllib.request.Request(self.server.url + path, headers={k.replace("_", "-"): v for k, v in fields.items()})
        return urllib.request.urlopen(request, timeout=20)

    def status(self, path, **fields):
        with self.assertRaises(urllib.error.HTTPError) as refused:
            self.get(path, **fields)
        with refused.exception:
            return refused.exception.code

    def test_the_folder_is_served_and_nothing_beside_it(self):
        self.server.start()
        self.assertIn(f"web app at {self.server.url}/", self.server.log.read_text())
        with self.get("/c/0011") as page:
            self.assertIn(b"<title>Sotto</title>", page.read())
            self.assertIn("script-src 'self'", page.headers["Content-Security-Policy"])
            tag = page.headers["ETag"]
        self.assertEqual(self.status("/", If_None_Match=tag), 304)
        with self.get("/assets/app-1.js", Accept_Encoding="gzip") as code:
            self.assertEqual(gzip.decompress(code.read()), b"run();")
        for path in ["/../secret.txt", "/assets/../../secret.txt", "/%2e%2e/secret.txt", "/secret.txt", "//secret.txt"]:
            self.assertEqual(self.status(path), 404, path)

    def test_without_a_web_app_the_server_says_so(self):
        self.server.settings = {"SOTTO_WEB_ROOT": "none"}
        self.server.start()
        self.assertEqual(self.status("/"), 404)
        self.assertNotIn("web app at", self.server.log.read_text())

    def test_a_folder_that_is_no_web_app_is_told(self):
        self.server.settings = {"SOTTO_WEB_ROOT": str(self.root / "assets")}
        with self.assertRaisesRegex(AssertionError, "ended with 1"):
            self.server.start()
        self.assertIn("holds no index.html", self.server.log.read_text())


if __name__ == "__main__":
    unittest.main()
