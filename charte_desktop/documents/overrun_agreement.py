"""The agreement of a client to an overrun (C36, C37, C38), and the amendment that follows it.

One content, three papers: shown and printed before anybody signs, signed on screen and sealed, signed by hand.
"""

from collections.abc import Sequence
from datetime import datetime

from charte_desktop.documents import ink
from charte_desktop.documents import page_style as style
from charte_desktop.documents.blocks import Block, Column, Figure, Kind
from charte_desktop.documents.charter_blocks import facts as fact_table
from charte_desktop.documents.charter_blocks import head, heading, notice, paragraphs
from charte_desktop.documents.charter_proof import SIMPLE, demonstration, how_to_verify
from charte_desktop.documents.page_style import A4, show_day, show_moment
from charte_desktop.documents.pages import Composition, Drawing, Page
from charte_desktop.documents.seal_identity import SealIdentity
from charte_desktop.documents.sealing import sealed_document
from charte_desktop.documents.tagged_canvas import TaggedCanvas
from charte_desktop.documents.text_layout import clean
from charte_desktop.model import clauses
from charte_desktop.model.charter_content import FicheLine, SignedBy
from charte_desktop.model.display import show_siren
from charte_desktop.model.drawing import Drawing as Ink
from charte_desktop.model.drawing import Tool
from charte_desktop.model.money import show_money
from charte_desktop.model.overrun_content import AgreementContent
from charte_desktop.model.project_money import HORIZONS, project_totals
from charte_desktop.model.sealed_pdf import Sealed
from charte_desktop.model.wording import some

_BOX, _GAP = 92.0, 12.0
_TOOLS = {Tool.PEN: "stylet", Tool.FINGER: "doigt", Tool.MOUSE: "souris"}
_QUOTED = ("C36", "C37", "C38")
_TITLE = "Accord de dépassement"
_AGREED = (
    "En signant, l'entreprise donne son accord explicite à ce dépassement. Sans cet accord, il ne peut pas être "
    "facturé (charte d'engagement, « Facturation »)."
)


def overrun_agreement(content: AgreementContent) -> bytes:
    """The pages of an agreement: with its strokes and its proof once it is signed, with an empty frame before.

    A4, tagged, every font embedded; the same content gives the same bytes.
    """
    pages = _composed(content)
    title = content.title
    moment = show_moment(content.at)
    signed = f"signé le {moment}" if content.signer else f"préparé le {moment}"
    invented = " · démonstration" if content.demonstration else ""
    foot = [f"{title} · {signed}{invented}"]
    if content.signer:
        foot.append(f"Empreinte : {content.fingerprint} · signature électronique simple")
    foot.append(style.SHORT_WORDING)
    return _drawn(title, content.adviser, content.at, content.facts.company.name, pages, foot)


def page_count(content: AgreementContent) -> int:
    """How many pages it takes."""
    return len(_composed(content))


def seal_agreement(content: AgreementContent, identity: SealIdentity, at: datetime) -> Sealed:
    """The agreement as it was signed, with its evidence, sealed at `at`; for a worker thread (see `seal`)."""
    return sealed_document(
        overrun_agreement(content),
        content.evidence,
        identity,
        at=at,
        page_count=page_count(content),
        title=content.title,
        author=f"CCI Île de la Réunion, {clean(content.adviser)}",
        subject=f"Accord explicite de {clean(content.facts.company.name)} à un dépassement",
        place=clean(content.place),
    )


def amendment(content: AgreementContent, accord: str, edited_at: datetime, adviser: str) -> bytes:
    """The amendment to the contract that an agreement brings about: what changes, to be signed by both parties.

    `content` is the overrun as it was agreed to; `accord` names the agreement ("n° AD-… du …").
    """
    project, overrun = content.facts, content.overrun
    title = f"Avenant, dépassement n° {overrun.number}, projet {project.number}"
    pages = Composition(A4)
    pages.place(head("Avenant au contrat", f"Projet {project.number} · dépassement n° {overrun.number}"))
    if content.demonstration:
        pages.place(demonstration())
    pages.skip(7)
    pages.place(heading("Entre", bookmark=False))
    fact_table(pages, _parties(content))
    pages.skip(7)
    pages.place(heading("Il est convenu", bookmark=False), keep_with=60)
    for text in (
        f"L'entreprise a donné son accord explicite au dépassement n° {overrun.number} ({accord}). Le présent avenant "
        "en tire les conséquences sur le contrat ; ses autres dispositions ne changent pas.",
    ):
        for block in paragraphs(text, A4.body):
            pages.place(block)
    fact_table(pages, [FicheLine(name, text) for name, text in content.clauses()[1:]])
    totals = [
        FicheLine(
            f"Total sur {months} mois",
            f"{show_money(project_totals(project, months, edited_at.date()).whole)} {project.tax_basis.value}, "
            "dépassement compris",
        )
        for months in HORIZONS
    ]
    fact_table(pages, totals)
    pages.skip(7)
    pages.place(heading("Signatures des deux parties", bookmark=False), keep_with=_BOX + 40)
    pages.place(_frames([f"Pour {project.provider.name}", f"Pour {project.company.name}"], [None, None]))
    pages.place(_standing())
    foot = [f"{title} · édité le {show_moment(edited_at)}", style.SHORT_WORDING]
    return _drawn(title, adviser, edited_at, project.company.name, pages.pages, foot)


def _composed(content: AgreementContent) -> list[Page]:
    project, overrun = content.facts, content.overrun
    pages = Composition(A4)
    number = f"n° {content.number}" if content.number else f"projet {project.number}"
    pages.place(head(_TITLE, f"{number} · dépassement n° {overrun.number}"))
    if content.demonstration:
        pages.place(demonstration())
    pages.skip(7)
    pages.place(heading("Le projet", bookmark=False))
    fact_table(pages, _parties(content))
    pages.skip(7)
    pages.place(heading("Ce qui est accepté"), keep_with=60)
    fact_table(pages, [FicheLine(name, text) for name, text in content.clauses()])
    pages.place(notice(_AGREED), gap=2)
    pages.place(_signature(content))
    pages.skip(7)
    pages.place(heading("Ce que dit la charte", bookmark=False), keep_with=40)
    for clause_id in _QUOTED:
        clause = clauses.clauses()[clause_id]
        for block in paragraphs(f"{clause_id} : « {clause.text} »", A4.small, gap=2):
            pages.place(block)
    pages.skip(4)
    pages.place(_standing())
    if content.signer is not None:
        _proof(pages, content, content.signer)
        how_to_verify(pages)
    return pages.pages


def _standing() -> Block:
    """The CCIR's place between the two: it hands the paper, and judges nothing (C01, C08)."""
    column = Column(0, 0, A4.body_width)
    column.add(f"{style.C01_WORDING} {style.C08_WORDING}", A4.note)
    return Block(Kind.PLAIN, column.y + 2, column.parts)


def _parties(content: AgreementContent) -> list[FicheLine]:
    project = content.facts
    lead = project.provider_lead
    manager = f"\nChef de projet : {lead.name}" if lead.name else ""
    started = f"\nCommencé le {show_day(project.started_on)}" if project.started_on else ""
    return [
        FicheLine("Entreprise", f"{project.company.name}{_siren(project.company.siren)}"),
        FicheLine("Prestataire", f"{project.provider.name}{_siren(project.provider.siren)}{manager}"),
        FicheLine("Projet", f"{project.title} (n° {project.number}){started}"),
    ]


def _siren(number: str) -> str:
    return f"\nSIREN {show_siren(number)}" if number else ""


def _signature(content: AgreementContent) -> Block:
    signer = content.signer
    if signer is None:
        return _frames(["Pour l'entreprise (nom, qualité, date, signature)", "Lieu et date"], [None, None])
    mandate = f" ({signer.mandate})" if signer.mandate else ""
    where = f"Fait à {content.place}, le {show_moment(content.at)}"
    return _frames([f"{signer.name}, {signer.capacity.lower()}{mandate}", where], [signer.drawing, None], second=False)


def _frames(words: Sequence[str], drawings: Sequence[Ink | None], *, second: bool = True) -> Block:
    """Two columns of words; under each, the frame that is signed in. Without `second`, one frame only."""
    width = (A4.body_width - _GAP) / 2
    block = Block(Kind.PLAIN, 0, [], title="Signature")
    tops = []
    for place, text in enumerate(words):
        under = Column(place * (width + _GAP), 6, width)
        under.add(clean(text), A4.strong if place == 0 or text.startswith("Pour ") else A4.small, max_lines=4)
        block.parts += under.parts
        tops.append(under.y)
    top = max(tops) + 4
    for place, drawing in enumerate(drawings):
        if place and not second:
            continue
        x = place * (width + _GAP)
        block.frames.append((x, top, width, _BOX))
        if drawing is not None:
            block.figures.append(_figure(words[place], drawing, x, top, width))
    block.height = top + _BOX + 10
    return block


def _figure(who: str, drawing: Ink, x: float, y: float, width: float) -> Figure:
    def draw(canvas: TaggedCanvas, frame: tuple[float, float, float, float]) -> None:
        canvas.write(ink.operators(drawing, frame))

    return Figure(f"Signature tracée par {clean(who)}", x + 4, y + 4, width - 8, _BOX - 8, draw)


def _proof(pages: Composition, content: AgreementContent, signer: SignedBy) -> None:
    """The page that tells how the agreement was signed."""
    from hashlib import sha256

    pages.new_page()
    pages.skip(7)
    pages.place(heading("Page de preuve", "H1"))
    pages.place(notice(SIMPLE))
    drawing = signer.drawing
    tools = " et ".join(dict.fromkeys(_TOOLS[stroke.tool] for stroke in drawing.strokes))
    seconds = f"{drawing.duration / 1000:.1f}".replace(".", ",")
    strokes = some(len(drawing.strokes), "trait", "traits")
    fact_table(
        pages,
        [
            FicheLine("Document", f"n° {content.number}"),
            FicheLine("Entreprise", content.facts.company.name),
            FicheLine("Prestataire", content.facts.provider.name),
            FicheLine("Signé le", f"{show_moment(content.at)}, à {content.place}"),
            FicheLine("Signataire", f"{signer.name}, {signer.capacity.lower()}\nIdentification : {signer.identified}"),
            FicheLine("Tracé", f"{strokes}, {drawing.point_count} points, au {tools}, en {seconds} s"),
            FicheLine("Conseiller présent", content.adviser),
            FicheLine("Poste", f"{content.device}, horloge du poste (heure de La Réunion)"),
            FicheLine("Ce qui est accepté", f"SHA-256 du texte : {content.words_sha256()}"),
            FicheLine(
                "Preuve jointe",
                f"Fichier preuve.json, dans ce PDF\nEmpreinte courte : {content.fingerprint}\n"
                f"SHA-256 : {sha256(content.evidence).hexdigest()}",
            ),
        ],
    )


def _drawn(title: str, author: str, at: datetime, right: str, pages: Sequence[Page], foot: Sequence[str]) -> bytes:
    canvas = TaggedCanvas(title, clean(author), at.astimezone(style.REUNION))
    return Drawing(canvas, A4).numbered(pages, head=(title, clean(right)), foot=foot)
