"""A reportlab canvas that writes tagged PDF: embedded typefaces, structure, artifacts, bookmarks, dates.

reportlab writes neither tags nor fonts of more than 256 characters. Here a character's code in the file is its Unicode
number, so that a line of text costs one conversion to UTF-16, and the structure is written as finished bytes: a sheet
of a thousand providers has seven thousand structure elements.
"""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from charte_desktop.documents.right_to_left import as_written
from charte_desktop.documents.text_layout import Line, Style
from charte_desktop.documents.typefaces import Typeface, typeface

WIDTH, HEIGHT = A4

Piece = tuple[float, float, Style, Line]
"""Text at x, and y of its baseline, in points from the left and from the bottom of the page."""

_ASTRAL = range(0xD800, 0xE000)
"""Codes that no text uses: they stand for the characters beyond U+FFFF, in the order in which they come."""


class _Bytes(pdfdoc.PDFObject):  # type: ignore[misc]  # reportlab has no stubs
    """A PDF object whose bytes are known."""

    __RefOnly__ = 1

    def __init__(self, content: bytes) -> None:
        self.content = content

    def format(self, document: object) -> bytes:
        return self.content


class _Bookmarks(_Bytes):
    """The outline tree, in the place of reportlab's own."""

    ready = 1

    def prepare(self, document: object, canvas: object) -> None:
        """Nothing left to prepare."""


@dataclass
class _Moment:
    """The date that reportlab writes into the document."""

    at: datetime

    @property
    def YMDhms(self) -> tuple[int, ...]:  # noqa: N802  (reportlab's name)
        return tuple(self.at.timetuple()[:6])

    @property
    def dhh(self) -> int:
        return self._minutes // 60

    @property
    def dmm(self) -> int:
        return self._minutes % 60

    @property
    def _minutes(self) -> int:
        offset = self.at.utcoffset()
        if offset is None:
            raise ValueError(f"naive datetime: {self.at!r}")
        return int(offset.total_seconds()) // 60


@dataclass
class _Element:
    """One element of the structure tree."""

    role: str
    parent: int
    kids: list[str] = field(default_factory=list)
    """Marked content as written in the file; filled with the child elements at the end."""
    page: int = -1
    extra: str = ""


@dataclass
class _UsedTypeface:
    face: Typeface
    characters: set[str] = field(default_factory=set)
    astral: dict[int, str] = field(default_factory=dict)
    """Character beyond U+FFFF → the one that stands for it, for `str.translate`."""


class TaggedCanvas(Canvas):  # type: ignore[misc]  # reportlab has no stubs
    """Pages whose every mark is either tagged content or an artifact; A4 unless another `size` is given, in points.

    Deterministic: the same calls give the same bytes.
    """

    def __init__(self, title: str, author: str, at: datetime, size: tuple[float, float] = A4) -> None:
        self.file = BytesIO()
        super().__init__(self.file, pagesize=size, invariant=1, pageCompression=1, pdfVersion=(1, 7), lang="fr-FR")
        self.setTitle(title)
        self.setAuthor(author)
        self.setSubject(title)
        self.setCreator("Charte Desktop")
        self._doc._timeStamp = _Moment(at)
        self._faces: dict[str, _UsedTypeface] = {}
        self._elements = [_Element("Document", -1)]
        self._marked: list[list[int]] = [[]]
        """By page, the element of each piece of marked content."""
        self._page_number = 0
        self._left_aside: dict[int, list[str]] = {}
        """Pages begun and not shown, by number."""
        self._bookmarks: list[tuple[int, str, int, float, float]] = []
        self.shift = 0.0
        """How far right of the page's edge drawing begins."""
        self.viewer_preferences = "/DisplayDocTitle true"

    def _make_preamble(self) -> None:
        self._preamble = "1 0 0 1 0 0 cm"  # reportlab's own names Helvetica, which is not embedded

    def element(self, role: str, parent: int = 0, extra: str = "") -> int:
        """A new element of the structure (`Sect`, `Table`, `TR`…) under `parent`; 0 is the document."""
        self._elements.append(_Element(role, parent, extra=extra))
        return len(self._elements) - 1

    def open_tag(self, role: str, parent: int = 0, extra: str = "") -> str:
        """The operator that starts marked content of a new element `role` under `parent`; end it with EMC."""
        element = self.element(role, parent, extra)
        return self.continue_tag(element)

    def continue_tag(self, element: int) -> str:
        """The operator that starts more marked content of `element` on the current page."""
        page = self._page_number
        marked = self._marked[page]
        number = len(marked)
        marked.append(element)
        one = self._elements[element]
        if one.page < 0:
            one.page = page
            one.kids.append(str(number))
        elif one.page == page:
            one.kids.append(str(number))
        else:
            one.kids.append(f"<</Type/MCR/Pg {{{page}}} /MCID {number}>>")
        return f"/{one.role} <</MCID {number}>> BDC"

    def operators(self, pieces: Iterable[Piece], style: Style | None = None) -> tuple[list[str], Style | None]:
        """The text operators of `pieces`, to stand between BT and ET; `style` is the one already chosen."""
        out: list[str] = []
        faces = self._faces
        chosen = style.key if style else ""
        for x, y, wanted, line in pieces:
            if wanted is not style:
                out.append(wanted.operators)
                style, chosen = wanted, wanted.key
            out.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm")
            for key, text in line.runs:
                used = faces.get(key)
                if used is None:
                    used = faces[key] = _UsedTypeface(typeface(key))
                used.characters.update(text)
                if key != chosen:
                    out.append(f"/{key} {wanted.size:g} Tf")
                    chosen = key
                if key != wanted.key:
                    text = self._coded(used, text)
                out.append(f"<{text.encode('utf-16-be', 'surrogatepass').hex()}> Tj")
            if chosen != wanted.key:
                style = None
        return out, style

    def text(self, role: str, pieces: Iterable[Piece], parent: int = 0) -> int:
        """Draw `pieces` as one element `role` under `parent`; its number is given back."""
        element = self.element(role, parent)
        self._code += ["BT", self.continue_tag(element), *self.operators(pieces)[0], "EMC", "ET"]
        return element

    def artifact(self, operators: Iterable[str], kind: str = "") -> None:
        """Draw what is no content: lines, frames, running heads and feet (`kind` is then `Pagination`)."""
        opening = f"/Artifact <</Type/{kind}>> BDC" if kind else "/Artifact BMC"
        self._code += [opening, *operators, "EMC"]

    def write(self, operators: Iterable[str]) -> None:
        """Add finished operators; whoever calls has tagged them."""
        self._code += operators

    def picture(self, png: bytes, frame: tuple[float, float, float, float]) -> None:
        """Draw a picture, what is transparent of it included, in a frame: left, bottom, width and height in points."""
        from reportlab.lib.utils import ImageReader

        self.drawImage(ImageReader(BytesIO(png)), *frame, mask="auto")

    def bookmark(self, title: str, y: float, level: int = 0) -> None:
        """An entry of the bookmarks that leads to height `y` of the current page; level 1 stands under level 0."""
        self._bookmarks.append((level, title, self._page_number, self.shift, y))

    def draw_on(self, page: int, shift: float) -> None:
        """Go on drawing on `page` (from 0), `shift` points right of its edge; `show_all` then ends the pages.

        What is read one after the other keeps its order in the structure, whatever pages it stands on.
        """
        self._leave_page()
        self._page_number, self.shift = page, shift
        while len(self._marked) <= page:
            self._marked.append([])
        self._code += self._left_aside.pop(page, [])
        self._code.append(f"q 1 0 0 1 {shift:.2f} 0 cm")

    def show_all(self) -> None:
        """End every page that `draw_on` began, in order."""
        self._leave_page()
        self._page_number = 0
        for number in sorted(self._left_aside):
            self._code += self._left_aside[number]
            self.showPage()

    def _leave_page(self) -> None:
        if self._code:
            self._left_aside[self._page_number] = [*self._code, "Q"]
            self._code.clear()

    def showPage(self) -> None:  # noqa: N802  (reportlab's name)
        """End the page."""
        number = self._page_number
        super().showPage()
        page = self._doc.Pages.pages[-1]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        # reportlab would write the stream in ASCII 85: a fifth longer, and a quarter of the time of a long document.
        page.Contents = _Bytes(_packed(page.stream.encode("ascii")))
        page.StructParents = number
        page.Tabs = "/S"
        self._page_number += 1
        if len(self._marked) == self._page_number:
            self._marked.append([])

    def finish(self) -> bytes:
        """The whole document."""
        catalog = self._doc.Catalog
        for used in self._faces.values():
            self._embed(used)
        catalog.MarkInfo = _Bytes(b"<</Marked true>>")
        catalog.ViewerPreferences = _Bytes(f"<<{self.viewer_preferences}>>".encode())
        catalog.StructTreeRoot = self._structure()
        if self._bookmarks:
            self._doc.Outlines = self._doc.outline = catalog.Outlines = self._outline()
        self.save()
        return self.file.getvalue()

    def _add(self, content: bytes) -> str:
        """A new object; the reference to it."""
        return self._number(self._doc.Reference(_Bytes(content)))

    def _number(self, reference: Any) -> str:
        return f"{self._doc.idToObjectNumberAndVersion[reference.name][0]} 0 R"

    def _stream(self, content: bytes, extra: str = "") -> str:
        return self._add(_packed(content, extra))

    def _page(self, number: int) -> str:
        return f"{self._doc.idToObjectNumberAndVersion[f'Page{number + 1}'][0]} 0 R"

    def _structure(self) -> _Bytes:
        root = _Bytes(b"")
        root_number = self._number(self._doc.Reference(root))
        first = self._doc.objectcounter + 1
        elements = self._elements
        children: list[list[str]] = [[] for _ in elements]
        for number, one in enumerate(elements[1:], 1):
            children[one.parent].append(f"{first + number} 0 R")
        pages = [self._page(number) for number in range(len(self._marked) - 1)]
        for number, one in enumerate(elements):
            parent = root_number if one.parent < 0 else f"{first + one.parent} 0 R"
            on_page = f"/Pg {pages[one.page]}" if one.page >= 0 else ""
            kids = " ".join(one.kids + children[number])
            if "{" in kids:
                kids = kids.format(*pages)
            self._add(f"<</S/{one.role}/P {parent}{on_page}/K[{kids}]{one.extra}>>".encode())
        by_page = "".join(
            f"{page}[{' '.join(f'{first + element} 0 R' for element in marked)}]\n"
            for page, marked in enumerate(self._marked[:-1])
        )
        tree = self._add(f"<</Nums[{by_page}]>>".encode())
        root.content = (
            f"<</Type/StructTreeRoot/K {first} 0 R/ParentTree {tree}/ParentTreeNextKey {len(pages)}>>".encode()
        )
        return root

    def _outline(self) -> _Bookmarks:
        root = _Bookmarks(b"")
        root_number = self._number(self._doc.Reference(root))
        first = self._doc.objectcounter + 1
        tops = [number for number, mark in enumerate(self._bookmarks) if mark[0] == 0]
        for number, (level, title, page, x, y) in enumerate(self._bookmarks):
            parent = root_number
            siblings = tops
            links = ""
            if level:
                top = max(one for one in tops if one < number)
                parent = f"{first + top} 0 R"
                siblings = []
                if number - 1 > top:
                    links += f"/Prev {first + number - 1} 0 R"
                if number + 1 < len(self._bookmarks) and self._bookmarks[number + 1][0]:
                    links += f"/Next {first + number + 1} 0 R"
            else:
                place = siblings.index(number)
                if place:
                    links += f"/Prev {first + siblings[place - 1]} 0 R"
                if place + 1 < len(siblings):
                    links += f"/Next {first + siblings[place + 1]} 0 R"
                under = (siblings[place + 1] if place + 1 < len(siblings) else len(self._bookmarks)) - number - 1
                if under:
                    links += f"/First {first + number + 1} 0 R/Last {first + number + under} 0 R/Count -{under}"
            target = f"/Dest[{self._page(page)}/XYZ {x:g} {y:.1f} 0]"
            self._add(f"<</Title {_hexadecimal(title)}/Parent {parent}{links}{target}>>".encode())
        root.content = f"<</Type/Outlines/First {first} 0 R/Last {first + tops[-1]} 0 R/Count {len(tops)}>>".encode()
        return root

    @staticmethod
    def _coded(used: _UsedTypeface, text: str) -> str:
        """`text` with a code of two bytes for each character."""
        for character in text:
            if ord(character) > 0xFFFF and ord(character) not in used.astral:
                used.astral[ord(character)] = chr(_ASTRAL[len(used.astral)])
        return "".join(used.astral.get(ord(one), one) for one in text) if used.astral else text

    def _embed(self, used: _UsedTypeface) -> None:
        """Write the part of a typeface that the document uses, under its key in the font resources."""
        file = used.face.file
        codes = {ord(one): used.astral.get(ord(one), one) for one in sorted(used.characters)}
        glyphs = {0: 0}
        by_code: dict[int, int] = {}
        for character, code in codes.items():  # in the order in which makeSubset numbers them
            by_code[ord(code)] = glyphs.setdefault(file.charToGlyph.get(character, 0), len(glyphs))
        name = f"{_subset_tag(codes)}+{file.name.decode('ascii')}"
        program = file.makeSubset(list(codes))
        file_reference = self._stream(program, f"/Length1 {len(program)}")
        box = " ".join(f"{edge:.0f}" for edge in file.bbox)
        descriptor = self._add(
            f"<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[{box}]/ItalicAngle 0/Ascent {file.ascent:.0f}"
            f"/Descent {file.descent:.0f}/CapHeight {file.capHeight:.0f}/StemV {file.stemV:.0f}"
            f"/FontFile2 {file_reference}>>".encode()
        )
        map_length = max(by_code, default=0) + 1
        glyph_map = bytearray(2 * map_length)
        for one, glyph in by_code.items():
            glyph_map[2 * one : 2 * one + 2] = glyph.to_bytes(2, "big")
        advances = used.face.advances
        widths = "".join(f"{ord(code)}[{advances.get(chr(one), 0):.0f}]" for one, code in codes.items())
        descendant = self._add(
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
            f"/Supplement 0>>/FontDescriptor {descriptor}/DW 0/W[{widths}]"
            f"/CIDToGIDMap {self._stream(bytes(glyph_map))}>>".encode()
        )
        to_unicode = self._stream(_to_unicode({ord(code): chr(one) for one, code in codes.items()}))
        font = _Bytes(
            f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{descendant}]"
            f"/ToUnicode {to_unicode}>>".encode()
        )
        self._doc.idToObject["BasicFonts"].dict[used.face.key] = self._doc.Reference(font)


def _packed(content: bytes, extra: str = "") -> bytes:
    """A compressed stream; `extra` goes into its dictionary."""
    packed = zlib.compress(content)
    head = f"<<{extra}/Filter/FlateDecode/Length {len(packed)}>>\nstream\n".encode()
    return head + packed + b"\nendstream\n"


def _hexadecimal(text: str) -> str:
    """A PDF text string of any Unicode."""
    return f"<feff{text.encode('utf-16-be', 'replace').hex()}>"


def _subset_tag(codes: Iterable[int]) -> str:
    """Six capital letters that name the subset by what it holds."""
    number = zlib.crc32(",".join(map(str, codes)).encode())
    return "".join(chr(ord("A") + number // 26**place % 26) for place in range(6))


def _to_unicode(characters: dict[int, str]) -> bytes:
    """The CMap that gives the text back to whoever copies it."""
    lines = [f"<{code:04x}> <{as_written(one).encode('utf-16-be').hex()}>" for code, one in characters.items()]
    blocks = "".join(
        f"{len(lines[at : at + 100])} beginbfchar\n" + "\n".join(lines[at : at + 100]) + "\nendbfchar\n"
        for at in range(0, len(lines), 100)
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n{blocks}"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")
