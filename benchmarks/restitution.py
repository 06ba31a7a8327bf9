"""A restitution, against the same lines and the same radar drawn straight on a reportlab canvas.

The floor is given the lines already wrapped and the corners already worked out, and makes no tags, bookmarks or
alternatives in words. Ours starts from the content. Both end with the bytes of a PDF in memory.
"""

from datetime import date, datetime
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from benchmarks.stopwatch import Promise, in_turn, promise, seconds
from charte_desktop.documents.page_style import A4 as PAPER
from charte_desktop.documents.page_style import REUNION, SHORT_WORDING
from charte_desktop.documents.restitution import compose, restitution
from charte_desktop.model import radar, reference
from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.follow_up import Priority
from charte_desktop.model.restitution import AdviceLine, HelpLine, RadarContent, RadarLine, RestitutionContent
from charte_desktop.paths import resources

RUNS = 41
MUST = 2.0
Lines = list[list[tuple[float, float, str, float, str]]]
_AXES = ("Site internet", "Visibilité", "Relation client", "Sécurité", "Données", "Gestion", "Achats", "Équipe")


def content() -> RestitutionContent:
    """A visit with much to say: three pages."""
    shapes = [RadarLine(words, [(place * 37 + step) % 101 for place in range(len(_AXES))]) for words, step in (
        ("Votre diagnostic du 20/10/2026", 40), ("Votre premier diagnostic, du 03/11/2025", 10), ("Commerce", 60),
    )]  # fmt: skip
    services = [one for family in reference.FAMILIES for one in reference.services_of(family)]
    return RestitutionContent(
        company_name="Garage Oliflore & Fils SARL",
        company_place="97460 Saint-Paul",
        kind=AccompanimentKind.DIAGNOSTIC,
        held_on=date(2026, 10, 20),
        adviser="Camille Conseil",
        made_at=datetime(2026, 10, 20, 9, 30, tzinfo=REUNION),
        met=["Marie-Noëlle PAYET (Dirigeante)"],
        summary="\n".join(
            f"Ce que nous avons vu, {number} : le garage est connu dans le quartier, peu visible ailleurs, et tout ce "
            "qui compte est sur un seul ordinateur que personne ne sauvegarde."
            for number in range(5)
        ),
        radar=RadarContent(_AXES, shapes, "Diagnostic numérique"),
        advice=[
            AdviceLine(
                f"Conseil numéro {number} : mettre en place ce qui manque",
                "Parce que la réponse donnée montre que rien n'est prévu le jour où l'ordinateur ne démarre plus.",
                "Avec un prestataire de la fiche annuaire, en une demi-journée, puis une vérification chaque mois.",
                Priority.HIGH,
            )
            for number in range(8)
        ],
        help=[HelpLine(one.label, one.family, f"FA-2026-K7Q-{number:05d}") for number, one in enumerate(services[:6])],
        next_step="Relire les deux devis",
        next_on=date(2026, 11, 10),
    )


def lines_of(said: RestitutionContent) -> Lines:
    """Every line of the restitution, by page: x, y, typeface, size, text."""
    pages = compose(said).pages
    found: Lines = []
    for number, page in enumerate(pages, 1):
        drawn = [
            (PAPER.margin + x, placed.top - y, style.key, style.size, "".join(text for _, text in line.runs))
            for placed in page.placed
            for part in placed.block.parts
            for x, y, style, line in part.pieces
        ]
        drawn.append((PAPER.margin, 40.0, PAPER.foot.key, PAPER.foot.size, "Restitution : établie le 20/10/2026"))
        drawn.append((PAPER.margin, 22.0, PAPER.foot.key, PAPER.foot.size, SHORT_WORDING))
        drawn.append((PAPER.right - 40, 40.0, PAPER.foot_strong.key, PAPER.foot_strong.size, f"Page {number}"))
        found.append(drawn)
    return found


def draw_straight(pages: Lines, said: RestitutionContent) -> bytes:
    """The floor: the same text and the same radar on a plain canvas."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1, pageCompression=1)
    for number, page in enumerate(pages):
        for x, y, key, size, text in page:
            canvas.setFont(key, size)
            canvas.drawString(x, y, text)
        if number == 0 and said.radar is not None:
            count = len(said.radar.axes)
            rings = [[ring] * count for ring in radar.RINGS]
            for scores in [*rings, *(line.scores for line in said.radar.lines)]:
                path = canvas.beginPath()
                corners = radar.corners(scores, (300, 400), 90)
                path.moveTo(*corners[0])
                for corner in corners[1:]:
                    path.lineTo(*corner)
                path.close()
                canvas.drawPath(path)
            for place, axis in enumerate(said.radar.axes):
                across, down = radar.spoke(place, count)
                canvas.setFont("Regular", 8)
                canvas.drawString(300 + 100 * across, 400 - 100 * down, axis)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def measure() -> Promise:
    """Both from the same content, in turn."""
    said = content()
    lines = lines_of(said)
    for key in ("Regular", "Bold"):
        pdfmetrics.registerFont(TTFont(key, str(resources() / "fonts" / f"NotoSans-{key}.ttf")))
    timings = in_turn(
        lambda: seconds(lambda: restitution(said)), lambda: seconds(lambda: draw_straight(lines, said)), runs=RUNS
    )
    return promise(f"a restitution of {len(lines)} pages", timings, "ms", must=MUST)
