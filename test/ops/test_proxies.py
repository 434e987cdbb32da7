"""Behind each proxy whose configuration is given, pages come with the fields that guard them, streams open, and a client
cannot choose the address by which it is limited (threats 30, 31, 35)."""

import contextlib
import http.client
import re
import socket
import ssl
import subprocess
import time
import unittest

from tools import OPS, OpsTest, PATIENCE_SECONDS, free_port

HOST = "chat.example.org"
UPGRADE = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
           "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Origin": f"https://{HOST}"}


class Proxies(OpsTest):
    def setUp(self):
        super().setUp()
        self.context = ssl._create_unverified_context()

    def start(self, command, port):
        log = open(self.folder / "proxy.log", "wb")
        self.addCleanup(log.close)
        process = subprocess.Popen(command, stdout=log, stderr=log, env={"HOME": str(self.folder), "PATH": "/usr/bin:/usr/sbin"})
        self.addCleanup(process.wait)
        self.addCleanup(process.terminate)
        for _ in range(PATIENCE_SECONDS * 20):
            self.assertIsNone(process.poll(), (self.folder / "proxy.log").read_text())
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=2):
                return
            time.sleep(0.05)
        self.fail("the proxy does not listen")

    def connect(self, port, encrypted):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
        if encrypted:
            connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS, context=self.context)
        self.addCleanup(connection.close)
        return connection

    def ask(self, connection, path, **fields):
        connection.request("GET", path, headers={"Host": HOST} | fields)
        answer = connection.getresponse()
        self.addCleanup(answer.close)
        if answer.status != 101:
            answer.read()
        return answer

    def assert_serves(self, port, encrypted=True):
        page = self.ask(self.connect(port, encrypted), "/api/v1")
        self.assertEqual(page.status, 200)
        names = [name.lower() for name, _ in page.getheaders()]
        for name in ("content-security-policy", "x-content-type-options", "x-frame-options", "cache-control", "referrer-policy",
                     "strict-transport-security"):
            self.assertEqual(names.count(name), 1, name)
        self.assertEqual(self.ask(self.connect(port, encrypted), "/api/v1/stream", **UPGRADE).status, 101)
        other = UPGRADE | {"Origin": "https://elsewhere.example"}
        self.assertEqual(self.ask(self.connect(port, encrypted), "/api/v1/stream", **other).status, 403)
        self.assert_address_is_the_clients_own(port, encrypted)

    def assert_address_is_the_clients_own(self, port, encrypted):
        connection = self.connect(port, encrypted)
        statuses = set()
        # The log's resources are limited to 400 at once for one address.
        for number in range(1_500):
            answer = self.ask(connection, "/transparency/key", **{"X-Forwarded-For": f"192.0.2.{number % 250}"})
            statuses.add(answer.status)
            if answer.status == 429:
                self.assertGreaterEqual(int(answer.getheader("Retry-After")), 1)
                break
        self.assertEqual(statuses, {200, 429})

    def behind(self):
        return self.serve(SOTTO_SERVER_TRUSTED_PROXIES="127.0.0.1", SOTTO_SERVER_PUBLIC_URL=f"https://{HOST}")

    def test_nginx(self):
        nginx, openssl = self.tool("nginx"), self.tool("openssl")
        server, port, plain = self.behind(), free_port(), free_port()
        key, certificate = self.folder / "key.pem", self.folder / "certificate.pem"
        self.succeed(openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                     "-subj", f"/CN={HOST}", "-keyout", key, "-out", certificate)
        text = (OPS / "nginx/sotto.conf").read_text()
        text = re.sub(r".*listen \[::\]:.*\n", "", text)
        for what, instead in {"listen 80;": f"listen 127.0.0.1:{plain};", "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
                              "127.0.0.1:7380": f"127.0.0.1:{server.port}",
                              "/etc/letsencrypt/live/chat.example.org/fullchain.pem": str(certificate),
                              "/etc/letsencrypt/live/chat.example.org/privkey.pem": str(key)}.items():
            self.assertIn(what, text)
            text = text.replace(what, instead)
        (self.folder / "sotto.conf").write_text(text)
        paths = "".join(f"{name}_temp_path {self.folder}/{name};\n"
                        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        main = self.folder / "nginx.conf"
        main.write_text(f"daemon off; pid {self.folder}/pid; error_log stderr;\nevents {{}}\n"
                        f"http {{ access_log off;\n{paths}include {self.folder}/sotto.conf; }}\n")
        self.succeed(nginx, "-t", "-e", "stderr", "-c", main)
        self.start([nginx, "-e", "stderr", "-c", main], port)
        self.assert_serves(port)
        moved = self.ask(self.connect(plain, encrypted=False), "/api/v1")
        self.assertEqual((moved.status, moved.getheader("Location")), (301, f"https://{HOST}/api/v1"))

    def test_caddy(self):
        caddy = self.tool("caddy")
        environment = {"HOME": str(self.folder), "PATH": "/usr/bin"}
        self.succeed(caddy, "validate", "--adapter", "caddyfile", "--config", OPS / "caddy/Caddyfile", env=environment)
        server, port = self.behind(), free_port()
        text = (OPS / "caddy/Caddyfile").read_text()
        # Without TLS, for which it would ask an authority.
        for what, instead in {f"\n{HOST} {{": f"\nhttp://{HOST}:{port} {{", "127.0.0.1:7380": f"127.0.0.1:{server.port}",
                              "\n{\n": "\n{\n\tadmin off\n\tauto_https off\n"}.items():
            self.assertIn(what, text)
            text = text.replace(what, instead, 1)
        configuration = self.folder / "Caddyfile"
        configuration.write_text(text)
        self.start([caddy, "run", "--adapter", "caddyfile", "--config", configuration], port)
        self.assert_serves(port, encrypted=False)


if __name__ == "__main__":
    unittest.main()
