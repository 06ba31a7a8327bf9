"""A provider's contact as a QR code that a telephone adds to its address book.

reportlab knows the standard's tables; its own encoder takes 20 ms for a code, and a sheet may carry a thousand. Here
what depends on the size alone is worked out once, with reportlab, and a code is then a few operations on whole numbers.
"""

from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from operator import itemgetter
from typing import Any

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel, QRMath, QRRSBlock, QRUtil

from charte_desktop.documents.text_layout import clean
from charte_desktop.model.sheet_content import SheetEntry

_LONGEST = 280
"""Bytes of a card: above, the squares of a code 21 mm wide would be smaller than 0.33 mm."""
_LEVEL = QRErrorCorrectLevel.M
_MASK = 3
"""Readers accept every mask; weighing all eight, as the standard advises, would take longer than all the rest."""


def vcard(entry: SheetEntry) -> str:
    """The vCard 3.0 of what the provider lets be printed; empty when there is no way to reach it."""
    lines = [f"TEL:{clean(phone)}" for phone in entry.phones[:2]]
    lines += [f"EMAIL:{clean(email)}" for email in entry.emails[:1]]
    lines += [f"URL:{clean(entry.website)}"] * bool(entry.website)
    name = _escaped(clean(entry.legal_name)[:60])
    kept = ["BEGIN:VCARD", "VERSION:3.0", f"N:{name};;;;", f"FN:{name}", f"ORG:{name}"]
    size = sum(len(line.encode()) + 1 for line in kept)
    reached = False
    for line in lines:
        size += len(line.encode()) + 1
        if size <= _LONGEST:
            kept.append(line)
            reached = True
    return "\n".join([*kept, "END:VCARD", ""]) if reached else ""


@dataclass(frozen=True)
class _Size:
    """What all codes of one version have in common."""

    side: int
    """Squares on a side."""
    blocks: tuple[tuple[int, int], ...]
    """Data and correction bytes of each block."""
    bits: int
    """Squares that carry data."""
    mask: int
    order: Any
    """Picks, from the bits and then "01", what stands on each square, row by row, rows filled up to whole bytes."""


@cache
def _size(version: int) -> _Size:
    blocks = tuple(
        (one.dataCount, one.totalCount - one.dataCount) for one in QRRSBlock.getRSBlocks(version, _LEVEL)
    )  # fmt: skip
    blank = QRCode(version, _LEVEL)
    blank.dataCache = [0] * sum(map(sum, blocks))
    blank.makeImpl(False, _MASK)
    places = list(blank.dataPosIterator())
    bit_at = {(row, column): bit for bit, (column, row) in enumerate(places)}
    mask = int("".join("01"[blank.modules[row][column]] for column, row in places), 2)
    side = blank.moduleCount
    order = [
        bit_at.get((row, column), len(places) + (column < side and blank.modules[row][column]))
        for row in range(side)
        for column in range(-(-side // 8) * 8)
    ]
    return _Size(side, blocks, len(places), mask, itemgetter(*order))


@cache
def _remainders(count: int) -> list[int]:
    """For each leading byte, what dividing it by the generator of `count` correction bytes leaves, as one number."""
    generator = QRUtil.getErrorCorrectPolynomial(count)
    logarithms = [QRMath.glog(generator.get(place)) for place in range(1, count + 1)]
    return [0] + [
        int.from_bytes(bytes(QRMath.gexp(QRMath.glog(byte) + one) for one in logarithms), "big")
        for byte in range(1, 256)
    ]


def _correction(data: bytes, count: int) -> bytes:
    table = _remainders(count)
    shift = 8 * (count - 1)
    low = (1 << shift) - 1
    rest = 0
    for byte in data:
        rest = ((rest & low) << 8) ^ table[(rest >> shift) ^ byte]
    return rest.to_bytes(count, "big")


def squares(text: str) -> tuple[int, bytes]:
    """The QR code of `text`: squares on a side, and its rows from the top, one bit a square, each filled to bytes.

    The light border around it is left to the caller. At most 2,331 bytes.
    """
    data = text.encode()
    version = next(one for one in range(1, 41) if len(data) + (2 if one < 10 else 3) <= _room(one))
    size = _size(version)
    length_bits = 8 if version < 10 else 16
    header = ((0b0100 << length_bits) | len(data)) << 8 * len(data) | int.from_bytes(data, "big")
    message = (header << 4).to_bytes((length_bits + 8) // 8 + len(data), "big")
    message += (b"\xec\x11" * _room(version))[: _room(version) - len(message)]
    parts, corrections, at = [], [], 0
    for data_count, correction_count in size.blocks:
        parts.append(message[at : at + data_count])
        corrections.append(_correction(parts[-1], correction_count))
        at += data_count
    codewords = bytes(
        byte for group in (parts, corrections) for row in zip_longest(*group) for byte in row if byte is not None
    )
    bits = int.from_bytes(codewords, "big") << (size.bits - 8 * len(codewords)) ^ size.mask
    picture = "".join(size.order(f"{bits:0{size.bits}b}01"))
    return size.side, int(picture, 2).to_bytes(len(picture) // 8, "big")


@cache
def _room(version: int) -> int:
    return sum(one.dataCount for one in QRRSBlock.getRSBlocks(version, _LEVEL))


def drawing(text: str, x: float, y: float, side: float) -> str:
    """The operators that draw the code, `side` points wide, with its lower left corner at (x, y)."""
    count, rows = squares(text)
    return (
        f"q 0 g {side:.2f} 0 0 {side:.2f} {x:.2f} {y:.2f} cm\n"
        f"BI /W {count} /H {count} /IM true /BPC 1 /D [1 0] /F /AHx ID\n{rows.hex()}>\nEI Q"
    )


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
