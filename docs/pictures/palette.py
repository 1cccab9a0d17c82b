# ruff: noqa: INP001 - a script beside its pictures
"""PNG pictures made small: the 256 commonest colours, every other one drawn as its nearest.

Pictures of screens have few colours, so nothing is seen to be missing. Reads what Chromium writes:
8-bit RGB or RGBA, not interlaced.
"""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"
COLOURS = 256
CHANNELS = {2: 3, 6: 4}
Colour = tuple[int, ...]


def small(png: bytes) -> bytes:
    """Return the picture with a palette."""
    chunks = list(_chunks(png))
    head = next(body for name, body in chunks if name == b"IHDR")
    width, height, depth, kind, *_, interlaced = struct.unpack(">IIBBBBB", head)
    if depth != 8 or kind not in CHANNELS or interlaced:  # noqa: PLR2004
        msg = "only 8-bit RGB pictures that are not interlaced can be made small"
        raise ValueError(msg)
    raw = zlib.decompress(b"".join(body for name, body in chunks if name == b"IDAT"))
    pixels = [
        line[i : i + 3]
        for line in _lines(raw, width, CHANNELS[kind])
        for i in range(0, len(line), CHANNELS[kind])
    ]
    counts = Counter(pixels)
    chosen = [colour for colour, _ in counts.most_common(COLOURS)]
    index = {colour: _nearest(colour, chosen) for colour in counts}
    flat = bytes(index[pixel] for pixel in pixels)
    rows = b"".join(b"\x00" + flat[a:b] for a, b in pairwise(range(0, len(flat) + 1, width)))
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", b"".join(chosen)),
        (b"IDAT", zlib.compress(rows, 9)),
        (b"IEND", b""),
    )
    return SIGNATURE + b"".join(_chunk(name, body) for name, body in parts)


def _nearest(colour: bytes, chosen: list[bytes]) -> int:
    distances = (sum((a - b) ** 2 for a, b in zip(colour, one, strict=True)) for one in chosen)
    return min(enumerate(distances), key=lambda pair: pair[1])[0]


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while at < len(png):
        (size,) = struct.unpack_from(">I", png, at)
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        at += size + 12


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _lines(raw: bytes, width: int, step: int) -> Iterator[bytes]:
    """Undo the five filters that a PNG's lines may be stored with."""
    size = width * step
    above = bytearray(size)
    for at in range(0, len(raw), size + 1):
        line = bytearray(raw[at + 1 : at + 1 + size])
        _unfilter(raw[at], line, above, step)
        yield bytes(line)
        above = line


def _unfilter(kind: int, line: bytearray, above: bytearray, step: int) -> None:
    for i in range(len(line)):
        left = line[i - step] if i >= step else 0
        if kind == 1:
            guess = left
        elif kind == 2:  # noqa: PLR2004
            guess = above[i]
        elif kind == 3:  # noqa: PLR2004
            guess = (left + above[i]) // 2
        elif kind == 4:  # noqa: PLR2004
            guess = _paeth(left, above[i], above[i - step] if i >= step else 0)
        else:
            return
        line[i] = (line[i] + guess) & 0xFF


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((left, up, corner), key=lambda one: abs(guess - one))
