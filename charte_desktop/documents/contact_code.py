"""A provider's contact as a QR code that a telephone adds to its address book."""

from reportlab.graphics.barcode.qrencoder import QR8bitByte, QRCode, QRErrorCorrectLevel

from charte_desktop.documents.text_layout import clean
from charte_desktop.model.sheet_content import SheetEntry

_LONGEST = 280
"""Bytes of a card: above, the squares of a code 22 mm wide would be smaller than 0.35 mm."""
_MASK = 3
"""Readers accept every mask; weighing all eight, as the standard advises, takes ten times as long."""


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


def squares(text: str) -> list[list[bool]]:
    """The rows of the QR code of `text`, True for a dark square; without the light border, which the caller leaves."""
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(QR8bitByte(text))
    code.version = code.calculate_version()
    code.makeImpl(False, _MASK)
    return [[bool(dark) for dark in row] for row in code.modules]


def drawing(text: str, x: float, y: float, side: float) -> str:
    """The operators that draw the code, `side` points wide, with its lower left corner at (x, y)."""
    rows = squares(text)
    unit = side / len(rows)
    out = ["0 g"]
    for number, row in enumerate(rows):
        bottom = y + side - (number + 1) * unit
        start = None
        for place, dark in enumerate([*row, False]):
            if dark and start is None:
                start = place
            elif not dark and start is not None:
                # A hair higher than the row, so that no light line shows between two rows on screen.
                out.append(f"{x + start * unit:.2f} {bottom:.2f} {(place - start) * unit:.2f} {unit * 1.04:.2f} re")
                start = None
    return " ".join([*out, "f"])


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
