"""What a Windows program or library says of itself: the libraries it wants, whether it is signed, its checksum."""

import struct
from dataclasses import dataclass
from pathlib import Path

_IMPORTS, _SECURITY, _DELAYED = 1, 4, 13
"""Places among the data directories."""


@dataclass(frozen=True)
class Library:
    """What the loader of Windows reads of one file."""

    wanted: frozenset[str]
    """The names of the libraries it loads at start, in lower case."""
    delayed: frozenset[str]
    """Those it loads at their first use."""
    is_signed: bool
    machine: int
    """0x8664 for 64-bit Intel."""

    @property
    def all_wanted(self) -> frozenset[str]:
        return self.wanted | self.delayed


class _Image:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.header = struct.unpack_from("<I", data, 0x3C)[0]
        if data[:2] != b"MZ" or data[self.header : self.header + 4] != b"PE\0\0":
            raise ValueError("not a Windows program")
        self.machine, count, optional_size = struct.unpack_from("<HH12xH", data, self.header + 4)
        self.optional = self.header + 24
        magic = struct.unpack_from("<H", data, self.optional)[0]
        self._directories = self.optional + (112 if magic == 0x20B else 96)
        sections = self.optional + optional_size
        self._sections = [struct.unpack_from("<8x4I", data, sections + 40 * number) for number in range(count)]

    def directory(self, place: int) -> tuple[int, int]:
        address, size = struct.unpack_from("<II", self.data, self._directories + 8 * place)
        return int(address), int(size)

    def at(self, address: int) -> int:
        """The place in the file of an address in memory."""
        for memory_size, start, file_size, offset in self._sections:
            if start <= address < start + max(memory_size, file_size):
                return int(address - start + offset)
        raise ValueError(f"no section holds the address {address:#x}")

    def text(self, address: int) -> str:
        start = self.at(address)
        return self.data[start : self.data.index(b"\0", start)].decode("ascii").lower()

    def names(self, place: int, step: int, field: int) -> frozenset[str]:
        """The names of a table of `step` bytes a row, where the address of a name is at `field`; a zero ends it."""
        address, _ = self.directory(place)
        found = set()
        row = self.at(address) if address else 0
        while address:
            name = struct.unpack_from("<I", self.data, row + field)[0]
            if not name:
                break
            found.add(self.text(name))
            row += step
        return frozenset(found)


def is_pe(path: Path) -> bool:
    """True for a Windows program or library."""
    with path.open("rb") as file:
        return file.read(2) == b"MZ"


def read(path: Path) -> Library:
    """Read one file; ValueError when it is no Windows program."""
    image = _Image(path.read_bytes())
    return Library(
        image.names(_IMPORTS, 20, 12),
        image.names(_DELAYED, 32, 4),
        image.directory(_SECURITY)[1] > 0,
        image.machine,
    )


def functions(path: Path, library: str) -> frozenset[str]:
    """The functions that a file asks of one library at start, by name."""
    image = _Image(path.read_bytes())
    found = set()
    address, _ = image.directory(_IMPORTS)
    row = image.at(address) if address else 0
    while address:
        lookup, name = struct.unpack_from("<I8xI", image.data, row)
        if not name:
            break
        if image.text(name) == library:
            place = image.at(lookup)
            while entry := struct.unpack_from("<Q", image.data, place)[0]:
                if not entry >> 63:
                    start = image.at(entry) + 2
                    found.add(image.data[start : image.data.index(b"\0", start)].decode("ascii"))
                place += 8
        row += 20
    return frozenset(found)


def checksum(data: bytes) -> int:
    """The sum that Windows keeps in the header: of every 16-bit word but the sum itself, and the length."""
    place = _Image(data).optional + 64
    without = bytearray(data)
    without[place : place + 4] = bytes(4)
    if len(without) % 2:
        without.append(0)
    total = sum(memoryview(bytes(without)).cast("H"))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return total + len(data)


def stored_checksum(data: bytes) -> int:
    """The sum that the header says."""
    return int(struct.unpack_from("<I", data, _Image(data).optional + 64)[0])


def mend_checksum(path: Path) -> None:
    """Write the right sum: makensis leaves zero, which some antivirus programs take for damage."""
    data = bytearray(path.read_bytes())
    struct.pack_into("<I", data, _Image(bytes(data)).optional + 64, checksum(bytes(data)))
    path.write_bytes(data)
