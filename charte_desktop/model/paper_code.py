"""The code on the pages of a charter printed to be signed by hand: how it is made, written and read again."""

import re
import secrets
from dataclasses import dataclass

_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""No 0, 1, I, O: a code may have to be read aloud and typed."""
_TEXT = re.compile(r"CHARTE ([2-9A-HJ-NP-Z]{8}) (\d{1,3})/(\d{1,3})", re.ASCII)


@dataclass(frozen=True)
class PageCode:
    """What one page of a scan says of itself."""

    code: str
    page: int
    """From 1."""
    pages: int


def new_code() -> str:
    """Eight characters, of which two laptops never make the same."""
    return "".join(secrets.choice(_LETTERS) for _ in range(8))


def page_text(code: str, page: int, pages: int) -> str:
    """What the QR code of a page holds."""
    return f"CHARTE {code} {page}/{pages}"


def read_page_text(text: str) -> PageCode | None:
    """What `page_text` wrote; None for any other text."""
    found = _TEXT.fullmatch(text.strip())
    if found is None:
        return None
    page, pages = int(found[2]), int(found[3])
    return PageCode(found[1], page, pages) if 1 <= page <= pages else None
