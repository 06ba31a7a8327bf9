"""What the packages of others bring and the program never uses: the same list for Windows and Linux."""

import re
from functools import cache

from installers.product import ROOT

TRANSLATIONS = ("qtbase_fr", "qt_fr", "qtbase_en")
"""The only texts of Qt that are shipped."""

_LEFT_OUT = tuple(
    re.compile(pattern)
    for pattern in (
        r"\.(pyi|h|hpp|pxd|pyx|c|cpp|lib|pdb|rst|md)$",
        r"/py\.typed$",
        r"(^|/)(tests?|testing)/(?!data/bases)",
        r"^(pip|setuptools|pkg_resources|_distutils_hack|hatchling|wheel)(/|-)",
        r"\.dist-info/(?!METADATA$|entry_points\.txt$)",
        r"^PIL/(_avif|_imagingft|_imagingtk|_tkinter_finder|ImageTk|ImageQt|AvifImagePlugin)\b",
        r"^lxml/(?!__init__|etree|_elementpath)",  # pikepdf reads and writes XMP by it
        r"^pycparser/",  # for the declarations of cffi, which cryptography has compiled
        r"^stdnum/(?!fr/|iso7064/|__init__|exceptions|luhn|util|numdb)",
        r"^sqlalchemy/dialects/(mssql|mysql|oracle)/",  # Alembic names them for types alone
        r"^rapidfuzz/.*_(avx2|sse2)\.",  # the plain ones are taken where these are not
        r"^reportlab/fonts/",  # documents embed their own
        r"^dns/",  # whether an address exists is never asked
        r"^dateutil/zoneinfo/.*\.tar\.gz$",  # tzdata has them
        r"^tzdata/zoneinfo/(right|posix)/",
        r"^(bin|Scripts|share|include)/",
    )
)
_SOURCES = re.compile(r"(^|/)charte_desktop/store/migrations/|/PyInstaller/")


def keeps(name: str) -> bool:
    """Whether a file of an unpacked wheel, named from its root, is shipped."""
    return name.startswith("charte_desktop/") or not any(pattern.search(name) for pattern in _LEFT_OUT)


def stays_source(name: str) -> bool:
    """Whether a module is shipped as its source: Alembic reads migrations itself."""
    return bool(_SOURCES.search(name))


@cache
def qt_modules() -> list[str]:
    """The modules of PySide6 that the program imports, read from its source: `QtCore`, `QtGui`."""
    found = set()
    for path in (ROOT / "charte_desktop").rglob("*.py"):
        found.update(re.findall(r"\bPySide6\.(Qt\w+)", path.read_text(encoding="utf-8")))
    return sorted(found)
