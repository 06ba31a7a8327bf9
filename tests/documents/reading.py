"""A printed sheet read back: its text, its words with their places, its structure."""

import re
import subprocess
from io import BytesIO
from typing import NamedTuple

import pikepdf


class Word(NamedTuple):
    """One word and where it stands: page from 1, points from the left and the top."""

    page: int
    text: str
    left: float
    top: float
    right: float
    bottom: float


def text_of(pdf: bytes) -> str:
    """The text as somebody who copies it gets it, with its line breaks."""
    return _run(["pdftotext", "-enc", "UTF-8", "-", "-"], pdf)


def sentences_of(pdf: bytes) -> str:
    """The text with every run of spaces and line breaks as one space."""
    return " ".join(text_of(pdf).split())


def words_of(pdf: bytes) -> list[Word]:
    """Every word of the document with its place."""
    found = []
    for number, page in enumerate(_run(["pdftotext", "-bbox", "-", "-"], pdf).split("<page ")[1:], 1):
        for left, top, right, bottom, text in re.findall(
            r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>', page
        ):
            found.append(Word(number, text, float(left), float(top), float(right), float(bottom)))
    return found


def structure_of(pdf: bytes) -> str:
    """The structure tree with its text, as pdfinfo shows it."""
    return _run(["pdfinfo", "-struct-text", "-"], pdf)


def opened(pdf: bytes) -> pikepdf.Pdf:
    """The document for pikepdf."""
    return pikepdf.open(BytesIO(pdf))


def alternatives_of(pdf: bytes) -> list[str]:
    """What the figures of a document say in words."""
    with opened(pdf) as document:
        return [str(one["/Alt"]) for one in document.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one]


def pictures_of(pdf: bytes) -> int:
    """How many pictures made of dots it holds."""
    with opened(pdf) as document:
        return sum(len(page.get_images()) for page in document.pages)


def faults_of(pdf: bytes) -> list[str]:
    """What qpdf --check finds wrong."""
    return [str(one) for one in opened(pdf).check_pdf_syntax()]


def page_total(pdf: bytes) -> int:
    """How many pages there really are."""
    return len(opened(pdf).pages)


def _run(command: list[str], pdf: bytes) -> str:
    # poppler writes a title's characters beyond U+FFFF as two surrogates
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode("utf-8", "surrogatepass")
