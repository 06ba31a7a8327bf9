"""The charter's text as it is shown and printed: blocks, and the sections by which it is read.

The text is Markdown as the customer wrote it. Only its marks are taken off; no word is added, changed or left out of a
block. What is no text to read (the cover, the form to fill, the table of contents) belongs to no section.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from charte_desktop.model.wording import normalise

_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_ITEM = re.compile(r"[-*•]\s+(.*)")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_TAG = re.compile(r"</?[a-zA-Z]+>")
_STRONG = re.compile(r"\*\*(.+?)\*\*|__(.+?)__")
_NUMBERED = re.compile(r"(?:article\s+)?\d+\b|[IVX]+\s*[-–.)]", re.IGNORECASE)
_NOT_READ = ("table des matieres", "sommaire", "fiche signaletique", "signature cachet")
_FEW_WORDS = 40
"""A part with fewer words is read with the one before it, unless its heading has a number or is in capitals."""


@dataclass(frozen=True)
class TextBlock:
    """A heading, a paragraph, an item of a list: one line or several."""

    kind: str
    """`heading`, `paragraph` or `item`."""
    text: str
    level: int = 0
    """Of a heading: 1 for the highest."""
    is_strong: bool = False
    """The whole of it is emphasised."""


@dataclass(frozen=True)
class Section:
    """A part of the text that is read at once."""

    key: str
    """Stable for a text: its place and its first words."""
    title: str
    blocks: tuple[TextBlock, ...]
    """Its headings among them, the first one too."""

    @property
    def words(self) -> int:
        """How many words there are to read."""
        return sum(len(block.text.split()) for block in self.blocks)

    @property
    def plain(self) -> str:
        """Its words on one line, as clauses quote them."""
        return " ".join(block.text for block in self.blocks)


@lru_cache(maxsize=8)
def blocks_of(text: str) -> tuple[TextBlock, ...]:
    """The whole text, block by block."""
    return tuple(_blocks(text))


@lru_cache(maxsize=8)
def sections_of(text: str) -> tuple[Section, ...]:
    """The sections to read, in their order; a text without headings is one section. Never empty for a text with words.

    A section begins at a heading of the first two levels. Short parts are read with what comes before them.
    """
    whole = _parts(blocks_of(text))
    parts = [part for part in whole if not _is_left_out(part)] or whole
    merged: list[list[TextBlock]] = []
    for part in parts:
        if merged and (_is_bare(merged[-1]) or not _stands_alone(part)):
            merged[-1] += part
        else:
            merged.append(list(part))
    return tuple(
        Section(f"{number:02d} {normalise(_title(part))[:40]}", _title(part), tuple(part))
        for number, part in enumerate(merged, 1)
    )


def section_with(sections: Sequence[Section], words: str) -> Section | None:
    """The section that holds these words, whatever the case, accents and punctuation; None when no section does."""
    wanted = normalise(words)
    return next((one for one in sections if wanted and wanted in normalise(one.plain)), None)


def _blocks(text: str) -> Iterator[TextBlock]:
    paragraph: list[str] = []
    for line in [*text.replace("\r\n", "\n").split("\n"), ""]:
        stripped = line.strip()
        heading, item = _HEADING.fullmatch(stripped), _ITEM.fullmatch(stripped)
        if paragraph and (not stripped or heading or item):
            yield _block("paragraph", " ".join(paragraph))
            paragraph = []
        if heading:
            yield _block("heading", heading[2], len(heading[1]))
        elif item:
            yield _block("item", item[1])
        elif stripped:
            paragraph.append(stripped)
            if line.endswith("  ") or stripped.endswith("</b>"):  # an end of line that is meant
                yield _block("paragraph", " ".join(paragraph))
                paragraph = []


def _block(kind: str, marked: str, level: int = 0) -> TextBlock:
    bare = html.unescape(_TAG.sub("", _LINK.sub(r"\1", marked))).strip()
    is_strong = kind != "heading" and bool(bare) and not _STRONG.sub("", bare).strip(" .:")
    plain = _STRONG.sub(lambda found: found[1] or found[2], bare).replace("**", "")
    return TextBlock(kind, " ".join(plain.split()), level, is_strong)


def _parts(blocks: Sequence[TextBlock]) -> list[list[TextBlock]]:
    """What stands under each heading of the first two levels; what stands before the first of them is a part too."""
    parts: list[list[TextBlock]] = [[]]
    for block in blocks:
        if block.kind == "heading" and block.level <= 2:
            parts.append([])
        if block.text:
            parts[-1].append(block)
    return [part for part in parts if part]


def _is_left_out(part: Sequence[TextBlock]) -> bool:
    """The form to fill, the table of contents, and the cover that stands before all headings but the title."""
    if part[0].kind != "heading":
        return _words_of(part) < _FEW_WORDS
    title = normalise(part[0].text)
    is_cover = part[0].level == 1 and not _NUMBERED.match(part[0].text) and _words_of(part) < _FEW_WORDS
    return is_cover or title.startswith(_NOT_READ)


def _stands_alone(part: Sequence[TextBlock]) -> bool:
    title = part[0].text
    return _words_of(part) >= _FEW_WORDS or title.isupper() or _NUMBERED.match(title) is not None


def _is_bare(part: Sequence[TextBlock]) -> bool:
    """Headings without a word under them."""
    return all(block.kind == "heading" for block in part)


def _words_of(part: Sequence[TextBlock]) -> int:
    return sum(len(block.text.split()) for block in part if block.kind != "heading")


def _title(part: Sequence[TextBlock]) -> str:
    return part[0].text if part[0].kind == "heading" else "Texte de la charte"
