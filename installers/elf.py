"""What a Linux program or library says of itself: the libraries it wants, and the glibc it needs."""

import struct
from dataclasses import dataclass
from pathlib import Path

_DYNAMIC, _NEEDED_SECTION = 6, 0x6FFFFFFE
_NEEDED, _SONAME = 1, 14


@dataclass(frozen=True)
class Library:
    """What the loader of Linux reads of one file."""

    wanted: tuple[str, ...]
    """The names of the libraries it loads."""
    name: str
    """Its own name for others; empty for a program."""
    versions: frozenset[str]
    """The versions of symbols it asks for: `GLIBC_2.34`."""


def is_elf(path: Path) -> bool:
    """True for a Linux program or library."""
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def read(path: Path) -> Library:
    """Read one 64-bit file."""
    data = path.read_bytes()
    offset, size, count = struct.unpack_from("<Q10xHH", data, 0x28)[0], *struct.unpack_from("<HH", data, 0x3A)
    sections = [struct.unpack_from("<IIQQQQIIQQ", data, offset + size * number) for number in range(count)]
    wanted, name, versions = [], "", set()
    for section in sections:
        kind, start, length, link = section[1], section[4], section[5], section[6]
        if kind not in (_DYNAMIC, _NEEDED_SECTION) or link >= len(sections):
            continue
        texts = sections[link][4]
        if kind == _DYNAMIC:
            for tag, value in struct.iter_unpack("<qQ", data[start : start + length - length % 16]):
                if tag == _NEEDED:
                    wanted.append(_text(data, texts + value))
                elif tag == _SONAME:
                    name = _text(data, texts + value)
        else:
            versions |= _versions(data, start, texts)
    return Library(tuple(wanted), name, frozenset(versions))


def _versions(data: bytes, start: int, texts: int) -> set[str]:
    found = set()
    while True:
        count, first, following = struct.unpack_from("<2xH4xII", data, start)
        place = start + first
        for _ in range(count):
            name, after = struct.unpack_from("<8xII", data, place)
            found.add(_text(data, texts + name))
            place += after
        if not following:
            return found
        start += following


def _text(data: bytes, start: int) -> str:
    return data[start : data.index(b"\0", start)].decode("ascii")
