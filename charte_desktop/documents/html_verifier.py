"""The verifier as one HTML file: it checks a sealed PDF in any modern browser, without network or installation."""

import base64
import json
from collections.abc import Sequence
from datetime import date
from hashlib import sha256

from charte_desktop.documents.verdict_words import words
from charte_desktop.paths import resources

_SCRIPTS = tuple(f"{one}.js" for one in "der values revision signature document stamps changes verdict page".split())
"""In the order in which they need each other."""


def html_verifier(known: Sequence[bytes], made_on: date) -> bytes:
    """The page, which knows the workstations whose certificates (DER) are given; the same call gives the same bytes.

    Its policy lets nothing in it load anything, and runs no script but its own.
    """
    folder = resources() / "verifier"

    def source(name: str) -> str:
        return (folder / name).read_text(encoding="utf-8")

    style = source("verifier.css")
    script = "\n".join(
        [
            '"use strict";',
            f"const WORDS = {_literal(words().__dict__)};",
            f'const MADE_ON = "{made_on:%d/%m/%Y}";',
            f"const KNOWN = {_literal([base64.b64encode(one).decode() for one in known])}"
            ".map((one) => Uint8Array.from(atob(one), (sign) => sign.charCodeAt(0)));",
            *map(source, _SCRIPTS),
        ]
    )
    page = source("verifier.html")
    for mark, content in (
        ("@STYLE_HASH@", _digest(style)),
        ("@SCRIPT_HASH@", _digest(script)),
        ("@STYLE@", style),
        ("@SCRIPT@", script),
    ):
        page = page.replace(mark, content)
    return page.encode("utf-8")


def _literal(value: object) -> str:
    """A value as JavaScript, of which nothing can end the script."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")


def _digest(text: str) -> str:
    return base64.b64encode(sha256(text.encode("utf-8")).digest()).decode()
