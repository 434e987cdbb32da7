"""The list of parts names every library that the programs load and every package that the web app reaches, each once and
with its version, and is the same each time (threat 39); the image installs what the server loads."""

import json
import pathlib
import re
import subprocess
import sys
import unittest

from tools import OPS, OpsTest, PATIENCE_SECONDS, REPOSITORY
from programs import PROGRAMS


def list_of_parts():
    return subprocess.run([sys.executable, "-B", OPS / "sbom/make_sbom.py", "--bin", PROGRAMS], capture_output=True, text=True,
                          check=True, timeout=PATIENCE_SECONDS).stdout


class Parts(OpsTest):
    text = None

    def setUp(self):
        super().setUp()
        self.tool("dpkg-query")
        if Parts.text is None:
            Parts.text = list_of_parts()

    def test_the_list_has_the_form_and_says_the_same_each_time(self):
        self.assertEqual(self.text, list_of_parts())
        parts = json.loads(self.text)
        self.assertEqual((parts["bomFormat"], parts["specVersion"], parts["version"]), ("CycloneDX", "1.5", 1))
        self.assertRegex(parts["serialNumber"], r"^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")
        references = [part["bom-ref"] for part in parts["components"]]
        self.assertEqual(len(references), len(set(references)))
        for part in parts["components"]:
            self.assertTrue(part["version"], part)
            if part["type"] == "library":
                self.assertRegex(part["purl"], r"^pkg:(deb/debian|npm)/")
        known = {*references, parts["metadata"]["component"]["bom-ref"]}
        for dependency in parts["dependencies"]:
            self.assertLessEqual({dependency["ref"], *dependency["dependsOn"]}, known)

    def test_the_list_names_what_is_used(self):
        parts = json.loads(self.text)["components"]
        names = {part["name"] for part in parts}
        self.assertLessEqual({"libssl3", "libsodium23", "libsqlite3-0", "libboost1.81-dev", "libc6"}, names)
        lock = json.loads((REPOSITORY / "package-lock.json").read_text())["packages"]
        for workspace in ("apps/web", "packages/client"):
            wanted = {name for name in lock[workspace]["dependencies"] if not name.startswith("@sotto/")}
            self.assertLessEqual(wanted, names)
        self.assertNotIn("vitest", names)

    def test_the_image_installs_what_the_server_loads(self):
        parts = json.loads(self.text)
        server = next(one for one in parts["dependencies"] if one["ref"].endswith("#sottod"))
        loaded = {part["name"] for part in parts["components"] if part["bom-ref"] in server["dependsOn"]
                  and {"name": "sotto:role", "value": "linked at run time"} in part["properties"]}
        final = (OPS / "container/Containerfile").read_text().rpartition("\nFROM ")[2]
        installed = set(re.findall(r"\blib[a-z0-9.+-]+", final[: final.index("rm -rf")]))
        # Every Debian has the last ones.
        self.assertEqual(loaded - installed - {"libc6", "libgcc-s1"}, set())
        self.assertTrue(final.startswith("debian:12"))
        self.assertIn("\nUSER 10001\n", final)
        self.assertTrue(pathlib.Path(OPS / "container/Containerfile").read_text().count("\nFROM ") >= 2)


if __name__ == "__main__":
    unittest.main()
