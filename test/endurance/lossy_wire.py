"""Two networks of the kernel's, joined by a wire in this program, which loses and delays packets as it is told. Needs no
module of the kernel beside TUN, and the right to make networks (root, or in a container CAP_NET_ADMIN and CAP_SYS_ADMIN)."""

import ctypes
import fcntl
import heapq
import os
import random
import select
import struct
import subprocess
import threading
import time

SERVER_ADDRESS = "10.77.0.1"
CLIENT_ADDRESS = "10.77.0.2"
CLONE_NEWNET = 0x40000000
# linux/if_tun.h
TUNSETIFF = 0x400454CA
IFF_TUN = 0x0001
IFF_NO_PI = 0x1000
LARGEST_PACKET = 65536


class NoNetworks(Exception):
    """This machine does not let the process have networks of its own; the text says what it refused."""


def system_call(name, *arguments):
    if getattr(ctypes.CDLL(None, use_errno=True), name)(*arguments) != 0:
        error = ctypes.get_errno()
        raise NoNetworks(f"{name}: {os.strerror(error)}")


def run_ip(*arguments):
    done = subprocess.run(["ip", *arguments], capture_output=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        raise NoNetworks(f"ip {' '.join(arguments)}: {done.stderr.strip()}")


def open_network():
    """Moves this thread into a new network."""
    system_call("unshare", CLONE_NEWNET)
    run_ip("link", "set", "lo", "up")
    return os.open("/proc/thread-self/ns/net", os.O_RDONLY)


def open_end(address):
    """The file of a network interface in this thread's network: what is written to it arrives there."""
    try:
        file = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
        fcntl.ioctl(file, TUNSETIFF, struct.pack("16sH22x", b"wire", IFF_TUN | IFF_NO_PI))
    except OSError as error:
        raise NoNetworks(f"/dev/net/tun: {error}") from error
    run_ip("address", "add", f"{address}/24", "dev", "wire")
    run_ip("link", "set", "wire", "up")
    return file


class LossyWire:
    """While it is there, the thread that made it, and all programs and threads started from it, are in the clients'
    network; `server_prefix` before a command puts that into the server's."""

    def __init__(self, seed):
        self.loss = 0.0
        # Of each packet, to and fro; since they differ, packets overtake one another.
        self.delay_seconds = (0.0, 0.0)
        self.passed = 0
        self.lost = 0
        self.choose = random.Random(seed)
        self.files = []
        self.stopped = threading.Event()
        self.thread = None
        self.home = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
        self.files.append(self.home)
        try:
            self.lay()
        except (NoNetworks, FileNotFoundError) as error:
            self.close()
            raise NoNetworks(str(error)) from error

    def lay(self):
        server_network = open_network()
        self.files.append(server_network)
        server_end = open_end(SERVER_ADDRESS)
        self.files.append(server_end)
        self.files.append(open_network())
        client_end = open_end(CLIENT_ADDRESS)
        self.files.append(client_end)
        os.set_inheritable(server_network, False)
        self.server_prefix = ["nsenter", f"--net=/proc/{os.getpid()}/fd/{server_network}", "--"]
        self.thread = threading.Thread(target=self.carry, args=({server_end: client_end, client_end: server_end},), daemon=True)
        self.thread.start()

    def carry(self, other):
        """From each end to the other."""
        under_way = []
        count = 0
        while not self.stopped.is_set():
            wait = max(0.0, under_way[0][0] - time.monotonic()) if under_way else 0.1
            readable, _, _ = select.select(list(other), [], [], min(wait, 0.1))
            for file in readable:
                packet = os.read(file, LARGEST_PACKET)
                if self.choose.random() < self.loss:
                    self.lost += 1
                    continue
                count += 1
                heapq.heappush(under_way, (time.monotonic() + self.choose.uniform(*self.delay_seconds), count, other[file], packet))
            while under_way and under_way[0][0] <= time.monotonic():
                _, _, file, packet = heapq.heappop(under_way)
                os.write(file, packet)
                self.passed += 1

    def close(self):
        """Back to the network of before."""
        self.stopped.set()
        if self.thread is not None:
            self.thread.join()
        system_call("setns", self.home, CLONE_NEWNET)
        for file in self.files:
            os.close(file)
        self.files = []
