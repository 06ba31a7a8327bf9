"""The guide as chapters: which one explains a screen or a document, and which ones speak of something.

A chapter is what stands under a heading of the second level in `docs/guide.md`. A line
`<!-- écrans : provider_record departure_dialog -->` under it names the forms that it explains, and
`<!-- documents : directory_sheet -->` the documents, by the names of their files.
"""

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache

from charte_desktop.model.wording import normalise
from charte_desktop.paths import guide

_MARK = re.compile(r"<!--\s*(écrans|documents)\s*:\s*([\w ]*?)\s*-->\n?")
_COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)
_PICTURE = re.compile(r"!\[(?P<words>[^\]]*)\]\((?P<file>[^)]+)\)")
_LIST_ITEM = re.compile(r"(?P<sign>[-*]|\d+\.) +(?P<text>.*)")


class Kind(Enum):
    """What a passage is."""

    HEADING = "heading"
    TEXT = "text"
    BULLET = "bullet"
    STEP = "step"
    ROW = "row"
    COMMAND = "command"
    PICTURE = "picture"


@dataclass(frozen=True)
class Passage:
    """A paragraph, an item of a list, a row of a table, a command, a picture."""

    kind: Kind
    text: str
    """With its marks of emphasis; of a picture, what it shows."""
    cells: tuple[str, ...] = ()
    """Of a row."""
    number: int = 0
    """Of a step."""
    picture: str = ""
    """The file of a picture, from the guide's folder."""


@dataclass(frozen=True)
class Chapter:
    """One chapter."""

    title: str
    source: str
    """Its text in Markdown, heading and all, without the marks that are not for the reader."""
    screens: frozenset[str]
    documents: frozenset[str]

    def speaks_of(self, words: str) -> bool:
        """Whether every word is in it, accents and capitals apart."""
        text = normalise(self.source)
        return all(word in text for word in normalise(words).split())


@cache
def title_and_preface() -> tuple[str, str]:
    """The title of the guide, and what stands before its first chapter, in Markdown."""
    head = _COMMENT.sub("", _source().split("\n## ", 1)[0]).strip()
    title, _, preface = head.partition("\n")
    return title.removeprefix("# ").strip(), preface.strip()


@cache
def chapters() -> tuple[Chapter, ...]:
    """The chapters in their order."""
    found = []
    for part in _source().split("\n## ")[1:]:
        named: dict[str, set[str]] = {"écrans": set(), "documents": set()}
        for kind, names in _MARK.findall(part):
            named[kind] |= set(names.split())
        text = _COMMENT.sub("", part).strip()
        title = text.partition("\n")[0].strip()
        found.append(Chapter(title, f"## {text}\n", frozenset(named["écrans"]), frozenset(named["documents"])))
    return tuple(found)


def chapter_of(screen: str) -> Chapter | None:
    """The chapter that explains a form; None when none does."""
    return next((one for one in chapters() if screen in one.screens), None)


def passages(markdown: str) -> list[Passage]:
    """The passages of a text, for a page that is not drawn by Qt. Headings are those of the third level."""
    found: list[Passage] = []
    lines = markdown.splitlines()
    at = 0
    while at < len(lines):
        line = lines[at]
        item = _LIST_ITEM.match(line)
        picture = _PICTURE.match(line.strip())
        at += 1
        if not line.strip() or line.startswith("## "):
            continue
        if line.startswith("### "):
            found.append(Passage(Kind.HEADING, line[4:].strip()))
        elif picture:
            found.append(Passage(Kind.PICTURE, picture["words"], picture=picture["file"]))
        elif line.startswith("    "):
            found.append(Passage(Kind.COMMAND, line[4:].rstrip()))
        elif line.startswith("|"):
            cells = tuple(cell.strip() for cell in line.strip().strip("|").split("|"))
            if not all(set(cell) <= set("-: ") for cell in cells) or not any(cells):
                found.append(Passage(Kind.ROW, "", cells=cells))
        else:
            words = [item["text"] if item else line.strip()]
            while at < len(lines) and _goes_on(lines[at]):
                words.append(lines[at].strip())
                at += 1
            text = " ".join(words)
            if item is None:
                found.append(Passage(Kind.TEXT, text))
            elif item["sign"] in "-*":
                found.append(Passage(Kind.BULLET, text))
            else:
                found.append(Passage(Kind.STEP, text, number=int(item["sign"].rstrip("."))))
    return found


def _goes_on(line: str) -> bool:
    """Whether a line belongs to the passage before it."""
    return bool(line.strip()) and not (
        line.startswith(("#", "|", "![", "    ")) or _LIST_ITEM.match(line) or _PICTURE.match(line.strip())
    )


def _source() -> str:
    return guide().read_text(encoding="utf-8")
