#!/usr/bin/env python3
"""Mirrors a server's transparency log into a folder and checks it, from nothing but what anybody may fetch.

    log_mirror.py http://127.0.0.1:7380/transparency FOLDER

Reads C2SP tlog-tiles and signed notes by themselves, without any code of the server or the clients. Exit code 0 if the
checkpoint is signed by the key kept in the folder (or met now), the tree of all entries has its root, and it begins with
the tree that was mirrored before.
"""

import base64
import hashlib
import pathlib
import sys
import urllib.request

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def add(a, b):
    """RFC 8032 section 5.1.4, extended coordinates."""
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    c, d = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    x, y, z, t = f - e, d - c, d + c, f + e
    return x * y % P, z * t % P, y * z % P, x * t % P


def times(count, point):
    result = (0, 1, 1, 0)
    while count:
        if count & 1:
            result = add(result, point)
        point, count = add(point, point), count >> 1
    return result


def decompressed(octets):
    y = int.from_bytes(octets, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - square) % P:
        raise ValueError("not a point")
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


BASE = decompressed((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(key, message, signature):
    """RFC 8032 section 5.1.7."""
    s = int.from_bytes(signature[32:], "little")
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    left, right = times(s, BASE), add(decompressed(signature[:32]), times(h, decompressed(key)))
    same_x = (left[0] * right[2] - right[0] * left[2]) % P == 0
    return s < ORDER and same_x and (left[1] * right[2] - right[1] * left[2]) % P == 0


def fetch(prefix, path):
    with urllib.request.urlopen(f"{prefix}/{path}", timeout=30) as answer:
        return answer.read()


def opened(note, key_line):
    """The size and root of a checkpoint that the key signed."""
    name, key_id, key = key_line.strip().split("+", 2)
    text, signatures = note.rsplit("\n\n", 1)
    text += "\n"
    origin, size, root = text.split("\n")[:3]
    if origin != name:
        raise ValueError("a checkpoint of another log")
    for line in signatures.strip().split("\n"):
        octets = base64.b64decode(line.split(" ")[2])
        if line.startswith(f"\u2014 {name} ") and octets[:4].hex() == key_id:
            if not is_signed(base64.b64decode(key)[1:], text.encode(), octets[4:]):
                raise ValueError("the signature does not verify")
            return int(size), base64.b64decode(root)
    raise ValueError("the log's key did not sign the checkpoint")


def tile_name(number, width):
    path = f"{number % 1000:03}"
    while number := number // 1000:
        path = f"x{number % 1000:03}/{path}"
    return f"tile/entries/{path}" + ("" if width == 256 else f".p/{width}")


def entries_of(prefix, folder, size):
    """All entries; full bundles are fetched once and kept."""
    entries = []
    for number in range((size + 255) // 256):
        name = tile_name(number, min(256, size - 256 * number))
        kept = folder / name
        if not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(fetch(prefix, name))
        bundle = kept.read_bytes()
        while bundle:
            end = 2 + int.from_bytes(bundle[:2], "big")
            entries.append(bundle[2:end])
            bundle = bundle[end:]
    if len(entries) != size:
        raise ValueError("a bundle has another number of entries than the checkpoint says")
    return entries


def root_of(leaves):
    """RFC 6962 section 2.1."""
    if len(leaves) == 1:
        return leaves[0]
    if not leaves:
        return hashlib.sha256(b"").digest()
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    return hashlib.sha256(b"\x01" + root_of(leaves[:split]) + root_of(leaves[split:])).digest()


def mirror(prefix, folder):
    folder.mkdir(parents=True, exist_ok=True)
    key_file, note_file = folder / "key", folder / "checkpoint"
    if not key_file.exists():
        key_file.write_bytes(fetch(prefix, "key"))
    key = key_file.read_text()
    note = fetch(prefix, "checkpoint").decode()
    size, root = opened(note, key)
    leaves = [hashlib.sha256(b"\x00" + entry).digest() for entry in entries_of(prefix, folder, size)]
    if root_of(leaves) != root:
        raise ValueError("the entries do not have the root that is signed")
    if note_file.exists():
        old_size, old_root = opened(note_file.read_text(), key)
        if old_size > size or root_of(leaves[:old_size]) != old_root:
            raise ValueError("the log does not begin with what it was")
    note_file.write_text(note)
    return size


if __name__ == "__main__":
    try:
        print(mirror(sys.argv[1].rstrip("/"), pathlib.Path(sys.argv[2])), "entries, all in order")
    except (ValueError, OSError) as error:
        sys.exit(f"log_mirror: {error}")
