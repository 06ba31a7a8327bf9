"""The charter's form as a PDF to fill in any reader: it goes out in a mail, and comes back as a provider.

It is no sealed document: whoever fills it writes into it. Its boxes use the readers' own Helvetica, which needs no
embedding in a form.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from charte_desktop.documents import page_style as style
from charte_desktop.documents.blocks import Block, Column, Kind
from charte_desktop.documents.charter_blocks import FORM_TITLE, head, notice
from charte_desktop.documents.page_style import A4, show_moment
from charte_desktop.documents.pages import Composition, Drawing
from charte_desktop.documents.tagged_canvas import TaggedCanvas
from charte_desktop.documents.text_layout import clean
from charte_desktop.model.fiche_form import FORM_MARK, OTHER_SERVICES, SERVICE_BOX, TEXT_BOXES
from charte_desktop.model.identity_text import FIELD_LABELS
from charte_desktop.model.provider import Provider
from charte_desktop.model.reference import FAMILIES, services_of

if TYPE_CHECKING:
    from pikepdf import Dictionary, Object, Pdf

_HOW = (
    "Remplissez les cadres à l'écran, enregistrez le fichier, puis renvoyez-le par courriel à votre conseiller. "
    "Plusieurs adresses, téléphones ou références : un par ligne. Rien n'est envoyé par ce fichier."
)
_ROWS = (
    ("legal_name", "siren"), ("legal_representative",), ("address",), ("emails", "phones"), ("ape", "headcount"),
    ("references",),
)  # fmt: skip
"""The fields of the form in its order, those that stand side by side together."""
_SIZE = 9.5
_LINE = 13.0
_GAP = 12.0
_TICK = 10.0
_MULTILINE = 1 << 12
_PRINTED = 4
_TICKED = "/Oui"


@dataclass(frozen=True)
class _Box:
    """A box of the form, in points: left and top from the block, width and height."""

    name: str
    words: str
    x: float
    y: float
    width: float
    height: float
    value: str = ""
    is_tick: bool = False
    lines: int = 1


def fillable_fiche(provider: Provider | None, adviser: str, at: datetime, *, demonstration: bool = False) -> bytes:
    """The form, filled with what the register knows of `provider`; empty for nobody."""
    pdf, placed = _pages(provider, adviser, at, demonstration)
    return _with_boxes(pdf, placed)


def printed_fiche(provider: Provider | None, adviser: str, at: datetime, *, demonstration: bool = False) -> bytes:
    """The same pages on paper: what the boxes hold is printed, and nothing can be typed."""
    return _pages(provider, adviser, at, demonstration, on_paper=True)[0]


def _pages(
    provider: Provider | None, adviser: str, at: datetime, demonstration: bool, *, on_paper: bool = False
) -> tuple[bytes, list[tuple[int, float, _Box]]]:
    """The pages without their boxes, and where each box stands: page, top of its block, the box."""
    pages, boxes = Composition(A4), dict[int, list[_Box]]()
    pages.place(head(FORM_TITLE, ""))
    pages.place(notice(_HOW))
    pages.place(notice(f"{style.C01_WORDING} {style.C08_WORDING}"))
    for row in _ROWS:
        if row == ("references",):
            _place_services(pages, boxes, provider)
        asked = [(TEXT_BOXES[one], FIELD_LABELS[one], "" if provider is None else provider.shown(one)) for one in row]
        block, placed_boxes = _text_boxes([(name, words, value, lines) for (name, lines), words, value in asked])
        pages.place(block, gap=4)
        boxes[id(block)] = placed_boxes
    if on_paper:
        for page in pages.pages:
            for one in page.placed:
                _print(one.block, boxes.get(id(one.block), ()))
    title = f"{FORM_TITLE}, à remplir"
    canvas = TaggedCanvas(title, clean(adviser), at.astimezone(style.REUNION))
    drawing = Drawing(canvas, A4)
    foot = [f"{title} · préparée le {show_moment(at)}{' · démonstration' * demonstration}", style.SHORT_WORDING]
    for number, page in enumerate(pages.pages, 1):
        if number > 1:
            style.running_head(canvas, A4, title, "")
        drawing.draw(page)
        style.running_foot(canvas, A4, foot, f"Page {number}/{len(pages.pages)}")
        canvas.showPage()
    placed = [
        (number, placed.top, box)
        for number, page in enumerate(pages.pages)
        for placed in page.placed
        for box in boxes.get(id(placed.block), ())
    ]
    return canvas.finish(), placed


def _print(block: Block, boxes: Iterable[_Box]) -> None:
    """Print what the boxes hold."""
    for box in boxes:
        inside = Column(box.x + 4, box.y + (0 if box.is_tick else 3), box.width - 6)
        for line in ["X"] * bool(box.value) if box.is_tick else box.value.splitlines()[: box.lines]:
            inside.add(line, A4.small_strong if box.is_tick else A4.body, max_lines=1)
        block.parts += inside.parts


def _text_boxes(asked: Sequence[tuple[str, str, str, int]]) -> tuple[Block, list[_Box]]:
    """Boxes side by side, each under its words: name, words, value and lines."""
    width = (A4.body_width - _GAP * (len(asked) - 1)) / len(asked)
    block, boxes = Block(Kind.PLAIN, 0, []), list[_Box]()
    for place, (name, words, value, lines) in enumerate(asked):
        column = Column(place * (width + _GAP), 0, width)
        column.add(words, A4.strong, max_lines=1)
        box = _Box(name, words, column.x, column.y + 2, width, lines * _LINE + 6, value, lines=lines)
        block.parts += column.parts
        block.frames.append((box.x, box.y, width, box.height))
        block.height = max(block.height, box.y + box.height + 2)
        boxes.append(box)
    return block, boxes


def _place_services(pages: Composition, boxes: dict[int, list[_Box]], provider: Provider | None) -> None:
    declared = set(provider.service_ids) if provider is not None else set()
    column = Column(0, 0, A4.body_width)
    column.add(FIELD_LABELS["services"], A4.strong)
    pages.place(Block(Kind.PLAIN, column.y + 2, column.parts), keep_with=40)
    half = A4.body_width / 2
    for family in [*FAMILIES, ""]:
        services = services_of(family)
        if not services:
            continue
        top = Column(0, 0, A4.body_width)
        top.add(family or "Autres", A4.small_strong)
        block = Block(Kind.PLAIN, 0, top.parts)
        ticks = []
        lowest = top.y
        for place, service in enumerate(services):
            cell = Column((place % 2) * half + 18, top.y + 2 if place % 2 == 0 else top.y, half - 24)
            if place % 2 == 0:
                top.y = cell.y
            start = cell.y
            cell.add(service.label, A4.small)
            block.parts += cell.parts
            ticks.append(
                _Box(
                    f"{SERVICE_BOX}{service.id}",
                    service.label,
                    cell.x - 16,
                    start,
                    _TICK,
                    _TICK,
                    _TICKED if service.id in declared else "",
                    is_tick=True,
                )
            )
            block.frames.append((cell.x - 16, start, _TICK, _TICK))
            lowest = max(lowest, cell.y)
            if place % 2:
                top.y = lowest
        block.height = lowest + 5
        pages.place(block)
        boxes[id(block)] = ticks
    block, others = _text_boxes([(OTHER_SERVICES, "Autres prestations, en quelques mots", "", 1)])
    pages.place(block, gap=4)
    boxes[id(block)] = others


# The boxes


def _with_boxes(pdf: bytes, placed: list[tuple[int, float, _Box]]) -> bytes:
    from pikepdf import Array, Dictionary, Name, String
    from pikepdf import open as open_pdf

    result = BytesIO()
    with open_pdf(BytesIO(pdf)) as document:
        helvetica = document.make_indirect(
            Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
        )
        dingbats = document.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.ZapfDingbats))
        fields = []
        for number, top, box in placed:
            page = document.pages[number]
            left, bottom = A4.margin + box.x, top - box.y - box.height
            widget = document.make_indirect(
                Dictionary(
                    Type=Name.Annot,
                    Subtype=Name.Widget,
                    T=String(box.name),
                    TU=String(box.words),
                    F=_PRINTED,
                    Rect=Array([round(one, 2) for one in (left, bottom, left + box.width, bottom + box.height)]),
                    P=page.obj,
                )
            )
            if box.is_tick:
                _tick(document, widget, box)
            else:
                widget.FT, widget.V = Name.Tx, String(box.value)
                widget.DA = String(f"/Helv {_SIZE:g} Tf 0 g")
                widget.AP = Dictionary(N=_text_look(document, box, helvetica))
                widget.Ff = _MULTILINE if box.lines > 1 else 0
            page.Annots = Array([*page.get("/Annots", Array()), widget])
            fields.append(widget)
        mark = document.make_indirect(
            Dictionary(FT=Name.Tx, T=String(FORM_MARK), V=String("1"), Ff=1, Type=Name.Annot, Subtype=Name.Widget)
        )
        mark.F, mark.Rect, mark.P = 2, Array([0, 0, 0, 0]), document.pages[0].obj
        document.pages[0].Annots.append(mark)
        document.Root.AcroForm = document.make_indirect(
            Dictionary(
                Fields=Array([*fields, mark]),
                DR=Dictionary(Font=Dictionary(Helv=helvetica, ZaDb=dingbats)),
                DA=String(f"/Helv {_SIZE:g} Tf 0 g"),
                NeedAppearances=True,
            )
        )
        document.save(result, deterministic_id=True)
    return result.getvalue()


def _text_look(document: "Pdf", box: _Box, helvetica: "Object") -> "Object":
    """What the box holds already, drawn: not every reader draws it itself; whoever writes in it draws it anew."""
    from pikepdf import Array, Dictionary, Name

    first = box.height - 12.5 if box.lines > 1 else (box.height - 7) / 2
    shown = [line.encode("cp1252", "replace") for line in box.value.splitlines()[: box.lines]]
    escaped = [line.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") for line in shown]
    lines = b" ".join(b"(%s) Tj T*" % line for line in escaped)
    content = b"/Tx BMC q BT /Helv %.1f Tf 0 g 2 %.1f Td %.1f TL %s ET Q EMC" % (_SIZE, first, _LINE, lines)
    return document.make_stream(
        content,
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, round(box.width, 2), round(box.height, 2)]),
        Resources=Dictionary(Font=Dictionary(Helv=helvetica)),
    )


def _tick(document: "Pdf", widget: "Dictionary", box: _Box) -> None:
    """A box to tick, with both its looks: not every reader draws its own."""
    from pikepdf import Array, Dictionary, Name, String

    size = Array([0, 0, box.width, box.height])
    drawn = b"q 1.4 w 0.07 0.23 0.44 RG 2 5 m 4.4 2.4 l 8.4 7.8 l S Q"
    looks = {
        key: document.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=size)
        for key, content in ((_TICKED, drawn), ("/Off", b""))
    }
    state = Name(_TICKED) if box.value else Name.Off
    widget.FT, widget.V, widget.AS = Name.Btn, state, state
    widget.AP, widget.DA, widget.MK = (
        Dictionary(N=Dictionary(looks)),
        String("/ZaDb 0 Tf 0 g"),
        Dictionary(CA=String("4")),
    )
