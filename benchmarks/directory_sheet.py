"""A directory sheet of 1,000 providers, against the same text drawn straight on a reportlab canvas.

The floor draws the very lines of our sheet (same words, same places, same pages, same embedded typefaces) with
`setFont` and `drawString`, and nothing else: it is given the lines already wrapped, and makes no tags, frames,
bookmarks, marks or QR codes. Ours starts from the content, and makes them all. Both end with the bytes of a PDF in
memory.
"""

import json
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from statistics import median
from time import perf_counter
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from charte_desktop.documents.directory_sheet import compose, directory_sheet
from charte_desktop.documents.page_style import A4 as PAPER
from charte_desktop.documents.page_style import REUNION, SHORT_WORDING
from charte_desktop.model import clauses, reference
from charte_desktop.model.sheet_content import SheetContent, SheetEntry, listed_services
from charte_desktop.paths import resources

LEFT, RIGHT, FOOT, FOOT_STRONG = PAPER.margin, PAPER.right, PAPER.foot, PAPER.foot_strong

PROVIDERS = 1000
RUNS = 9
MUST = 2.0


def content(count: int) -> SheetContent:
    """A sheet of `count` providers with different names, services, contacts and references."""
    ids = list(reference.services())
    communes = list(reference.communes().values())
    entries = []
    for number in range(1, count + 1):
        offer = listed_services(sorted({ids[(number * step) % len(ids)] for step in range(1, 2 + number % 5)}))
        place = communes[number % len(communes)]
        entries.append(
            SheetEntry(
                position=number,
                legal_name=f"Société Numérique {number * 7919 % 9973} de {place.name}",
                siren=f"{900000000 + number:09d}",
                services=offer,
                reason=f"Déclare : {', '.join(one.label for one in offer)} ; intervient sur toute l'île, dont "
                f"{place.name} ; charte signée le {number % 28 + 1:02d}/03/2026.",
                legal_representative=f"Responsable Numéro {number}",
                address=f"{number} rue des Filaos",
                postal_code=place.postal_codes[0],
                city=place.name,
                phones=(f"+26269200{number:04d}",),
                emails=(f"contact{number}@prestataire-{number % 97}.example",),
                website=f"https://www.prestataire-{number}.example",
                headcount="3 à 5 salariés",
                references=f"Refonte du site d'une maison d'hôtes de {place.name} ({2015 + number % 11}), boutique en "
                f"ligne numéro {number}, accompagnement d'une association de quartier.",
            )
        )
    return SheetContent(
        number="FA-2026-MES-0001",
        issued_at=datetime(2026, 11, 23, 14, 2, tzinfo=REUNION),
        valid_until=date(2027, 2, 23),
        adviser="Camille Conseil",
        company_name="Boulangerie du Volcan",
        company_place="Saint-Pierre",
        accompaniment="Diagnostic du 03/11/2026",
        needs=listed_services(ids[:3]),
        entries=tuple(entries),
        questions=tuple(one.text for one in clauses.questions()),
    )


Lines = list[list[tuple[float, float, str, float, str]]]


def lines_of(sheet: SheetContent) -> Lines:
    """Every line of the sheet, by page: x, y, typeface, size, text; with the running head and foot."""
    pages = compose(sheet)
    found: Lines = []
    for number, page in enumerate(pages, 1):
        drawn = [
            (LEFT + x, placed.top - y, style.key, style.size, "".join(text for _, text in line.runs))
            for placed in page.placed
            for part in placed.block.parts
            for x, y, style, line in part.pieces
        ]
        drawn.append((LEFT, 40.0, FOOT.key, FOOT.size, f"Fiche annuaire n° {sheet.number} · établie le 23/11/2026"))
        drawn.append((LEFT, 31.0, FOOT.key, FOOT.size, "Empreinte du contenu (SHA-256, début) : 0000 0000 0000 0000"))
        drawn.append((LEFT, 22.0, FOOT.key, FOOT.size, SHORT_WORDING))
        drawn.append((RIGHT - 40, 40.0, FOOT_STRONG.key, FOOT_STRONG.size, f"Page {number}/{len(pages)}"))
        if number > 1:
            drawn.append((LEFT, 804.0, FOOT_STRONG.key, FOOT_STRONG.size, f"Fiche annuaire n° {sheet.number}"))
            drawn.append((RIGHT - 80, 804.0, FOOT.key, FOOT.size, sheet.company_name))
        found.append(drawn)
    return found


def draw_straight(pages: Lines) -> bytes:
    """The floor: the same text on a plain canvas."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1, pageCompression=1)
    for page in pages:
        for x, y, key, size, text in page:
            canvas.setFont(key, size)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def seconds(work: Callable[[], bytes]) -> float:
    """How long one run takes."""
    start = perf_counter()
    work()
    return perf_counter() - start


def measure() -> dict[str, Any]:
    """Median seconds of both over alternating runs, and their ratio."""
    sheet = content(PROVIDERS)
    lines = lines_of(sheet)
    for key in ("Regular", "Bold"):
        pdfmetrics.registerFont(TTFont(key, str(resources() / "fonts" / f"NotoSans-{key}.ttf")))
    directory_sheet(sheet)
    draw_straight(lines)
    ours, floor = [], []
    for _ in range(RUNS):
        floor.append(seconds(lambda: draw_straight(lines)))
        ours.append(seconds(lambda: directory_sheet(sheet)))
    return {
        "name": "a sheet of 1,000 providers",
        "ours": round(median(ours), 4),
        "floor": round(median(floor), 4),
        "unit": "s",
        "ratio": round(median(ours) / median(floor), 2),
        "must": MUST,
    }


if __name__ == "__main__":
    print(json.dumps(measure(), ensure_ascii=False))
