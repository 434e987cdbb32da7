"""Whatever peers send, trickle or leave unread (threats 30, 31), the others are served, memory is bounded, and all of it
is given back."""

import base64
import contextlib
import os
import select
import signal
import time
import unittest

from fault_world import FaultWorld, either, wait_until
from programs import Device

UPGRADE = (
    "GET /api/v1/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {}\r\n\r\n"
)


def upgrade_request():
    return UPGRADE.format(base64.b64encode(os.urandom(16)).decode()).encode()


def has_ended(connection):
    """Whether the server has closed its side; drops what it said before."""
    with contextlib.suppress(BlockingIOError):
        try:
            while data := connection.recv(65536):
                del data
        except ConnectionError:
            pass
        return True
    return False


class HostilePeers(FaultWorld):
    settings = {"SOTTO_LIMITS_AUTHENTICATION_SECONDS": "2"}

    def open_streams(self, count):
        streams = self.connect_many(count)
        for stream in streams:
            stream.sendall(upgrade_request())
        for stream in streams:
            self.assertIn(b"101", stream.recv(64))
            stream.setblocking(False)
        return streams

    def assert_server_closes(self, connections, seconds=60):
        left = list(connections)

        def all_ended():
            left[:] = [connection for connection in left if not has_ended(connection)]
            return not left

        wait_until(all_ended, "the end of connections", seconds)

    def test_connections_that_never_authenticate(self):
        for _ in range(either(1, 3)):
            streams = self.open_streams(either(300, 10_000))
            self.assert_progress()
            self.assert_server_closes(streams)
            for stream in streams:
                stream.close()
        self.assert_all_is_well()

    def test_headers_that_trickle_in(self):
        connections = self.connect_many(either(100, 2_000))
        for connection in connections:
            connection.setblocking(False)
        started = time.monotonic()
        for octet in b"GET /healthz HTTP/1.1\r\nX-Slow: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"[: either(8, 60)]:
            for connection in connections:
                with contextlib.suppress(OSError):
                    connection.send(bytes([octet]))
            time.sleep(0.25)
        self.assert_progress()
        self.assertEqual(self.status_of("/healthz"), 200)
        if either(False, True):
            self.assert_server_closes(connections)
            self.assertGreater(time.monotonic() - started, 9)
        for connection in connections:
            connection.close()
        self.assert_all_is_well()

    def test_headers_and_frames_that_are_too_long(self):
        for _ in range(either(20, 2_000)):
            header = self.connect()
            with contextlib.suppress(OSError):
                header.sendall(b"GET / HTTP/1.1\r\n" + b"X-Long: " + bytes(b"a" * 65_536) + b"\r\n\r\n")
            header.setblocking(False)
            (stream,) = self.open_streams(1)
            # A masked binary frame of an exabyte, and a part of it.
            with contextlib.suppress(OSError):
                stream.sendall(b"\x82\xff" + (1 << 60).to_bytes(8, "big") + b"mask" + bytes(60_000))
            self.assert_server_closes([header, stream])
            header.close()
            stream.close()
        self.assert_all_is_well()

    def test_requesters_that_never_read(self):
        request = b"GET /transparency/key HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 200
        connections = self.connect_many(either(30, 500))
        for connection in connections:
            connection.setblocking(False)
        until = time.monotonic() + either(2, 600)
        most = 0
        while time.monotonic() < until:
            _, writable, _ = select.select([], connections[:500], [], 0.2)
            for connection in writable:
                with contextlib.suppress(OSError):
                    connection.send(request)
            most = max(most, self.memory_beside_page_cache_kb())
        # Each may have what waits for one connection, beside what the kernel holds.
        self.assertLess(most, self.normal_memory_kb + 2_048 * len(connections))
        self.assert_progress()
        for connection in connections:
            connection.close()
        self.assert_all_is_well()

    def test_a_listener_that_is_stopped_costs_little_and_catches_up(self):
        writer = Device(self.folder, "writer", self.server.url).registered()
        listeners = [Device(self.folder, f"listener{number}", self.server.url).registered() for number in range(either(1, 3))]
        for listener in listeners:
            listener.send(writer.name, "here I am")
        waiting = [listener.start("listen", "--json") for listener in listeners]
        for process in waiting:
            self.addCleanup(process.kill)
            process.send_signal(signal.SIGSTOP)
        count = either(4, 1_000)
        for number in range(count):
            for listener in listeners:
                writer.send(listener.name, f"unread {number} " + "x" * 2_000)
        self.assertLess(self.memory_beside_page_cache_kb(), self.normal_memory_kb + 16 * 1024)
        for process in waiting:
            process.send_signal(signal.SIGCONT)
        for listener, process in zip(listeners, waiting):
            process.kill()
            process.communicate()
            while listener.run("listen", "--json", "--timeout", "2").stdout:
                pass
            heard = [line["text"].split()[1] for line in listener.history(writer.name) if line["sender"] == writer.name]
            self.assertEqual(heard, [str(number) for number in range(count)])
        self.assert_all_is_well()


if __name__ == "__main__":
    unittest.main()
