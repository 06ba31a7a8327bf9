"""The last pages of a charter signed on screen: how it was signed, and how anybody checks it."""

from hashlib import sha256

from charte_desktop.documents.blocks import Block, Column, Kind, bulleted, cells_of, table_head, table_row
from charte_desktop.documents.charter_blocks import facts, heading, notice, paragraphs
from charte_desktop.documents.page_style import A4, REUNION, show_moment
from charte_desktop.documents.pages import Composition
from charte_desktop.documents.text_layout import clean
from charte_desktop.model.charter_content import FicheLine, ReadSection, SignedBy, SignedCharterContent
from charte_desktop.model.drawing import Tool

SIMPLE = (
    "Ce document porte une signature électronique simple : un tracé fait à la main sur l'écran, devant un conseiller "
    "de la CCI Île de la Réunion. Son sceau permet à chacun de voir s'il est inchangé depuis le scellement. Le sceau "
    "est celui du poste du conseiller : il ne dit pas, à lui seul, qui a signé."
)
"""What may be claimed, and no more: the levels above have conditions that no laptop in a visit fulfils."""

VERIFY_TITLE = "Comment vérifier ce document"
_TOOLS = {Tool.PEN: "stylet", Tool.FINGER: "doigt", Tool.MOUSE: "souris"}
_WAYS = (
    "Avec Charte Desktop : déposez le fichier PDF sur la fenêtre. La réponse est donnée en une phrase.",
    "Avec la page « vérificateur » (un seul fichier HTML, que la CCI remet sur demande) : ouvrez-la dans un navigateur "
    "récent, sans réseau, et déposez-y le fichier PDF.",
    "Avec un lecteur de PDF qui connaît les signatures : il dit si le document a changé depuis le sceau. Il peut "
    "ajouter « validité inconnue » ou « identité inconnue » : il ne connaît pas le certificat du poste, et cela ne "
    "veut pas dire que le document a changé.",
    "À l'œil, sur une copie papier : comparez l'empreinte courte, au pied de chaque page, avec celle du fichier.",
)
_ANSWERS = (
    "« Inchangé depuis le scellement, par un poste connu » : rien n'a bougé, et le sceau vient d'un poste de la CCI.",
    "« Inchangé depuis le scellement, par un poste inconnu » : rien n'a bougé, mais le certificat du poste n'est pas "
    "de ceux que vous connaissez. Demandez à la CCI de le confirmer.",
    "« Modifié depuis le scellement » : le fichier n'est plus celui qui a été scellé. Demandez l'original à la CCI, "
    "qui garde le sien.",
    "« Pas un de nos documents » ou « illisible » : le fichier n'a pas de sceau de Charte Desktop, ou il est abîmé.",
)
_SECTIONS = (
    ("Section", 0.0, 280.0),
    ("Affichages", 280.0, 60.0),
    ("Durée", 340.0, 62.0),
    ("Première fois", 402.0, 91.0),
)


def proof(pages: Composition, content: SignedCharterContent) -> None:
    """The page of evidence."""
    pages.new_page()
    pages.place(heading("Page de preuve", "H1"))
    pages.place(notice(SIMPLE))
    facts(pages, _facts(content))
    pages.place(heading("Lecture de la charte", bookmark=False), keep_with=60)
    for sentence in _reading(content):
        for block in paragraphs(sentence, A4.body):
            pages.place(block)
    pages.place_table(table_head(_SECTIONS, A4.table_head), [_section(one) for one in content.sections])
    if content.acknowledged:
        pages.place(heading("Engagements cochés un par un", bookmark=False), keep_with=30)
        for title in content.acknowledged:
            pages.place(bulleted(title, A4.small, A4.body_width))


def how_to_verify(pages: Composition) -> None:
    """The page that tells how to check the document; it is in the guide too."""
    pages.new_page()
    pages.place(heading(VERIFY_TITLE, "H1"))
    for block in paragraphs(
        "Le sceau couvre le fichier entier, jusqu'au dernier octet. Une seule lettre changée après lui se voit.",
        A4.body,
    ):
        pages.place(block)
    for title, items in (("Quatre manières", _WAYS), ("Ce que veulent dire les réponses", _ANSWERS)):
        pages.place(heading(title, bookmark=False), keep_with=40)
        for item in items:
            pages.place(bulleted(item, A4.body, A4.body_width), gap=4)
    pages.place(heading("Ce qui est prouvé, et ce qui ne l'est pas", bookmark=False), keep_with=40)
    for block in paragraphs(SIMPLE, A4.body):
        pages.place(block)
    for block in paragraphs(
        "Un horodatage par un service extérieur peut être ajouté plus tard à la suite du fichier, sans rien changer à "
        "ce qui est scellé. La CCI garde l'original ; le signataire en reçoit une copie identique.",
        A4.body,
    ):
        pages.place(block)


def _facts(content: SignedCharterContent) -> list[FicheLine]:
    lines = [
        FicheLine("Document", f"n° {content.number}"),
        FicheLine("Prestataire", content.provider_name),
        FicheLine("Texte signé", f"{content.version_label}\nSHA-256 : {content.version_id}"),
        FicheLine("Signé le", f"{show_moment(content.at)}, à {content.place}"),
    ]
    for number, one in enumerate(content.signers, 1):
        label = "Signataire" if len(content.signers) == 1 else f"Signataire {number}"
        mandate = f"\nMandat : {one.mandate}" if one.mandate else ""
        lines.append(
            FicheLine(label, f"{one.name}, {one.capacity.lower()}\nIdentification : {one.identified}{mandate}")
        )
        lines.append(FicheLine("Tracé", _drawn(one)))
    lines += [
        FicheLine("Conseiller présent", content.adviser),
        FicheLine("Poste", f"{content.device}, horloge du poste (heure de La Réunion)"),
        FicheLine("Cachet", "apposé ; il n'a pas de valeur juridique à lui seul" if content.stamp else "aucun"),
        *(FicheLine(one.label, one.value) for one in content.told),
    ]
    if content.corrects is not None:
        lines.append(
            FicheLine(
                "Correction",
                f"Remplace le document n° {content.corrects.number}, empreinte {content.corrects.fingerprint}\n"
                f"Motif : {content.corrects.reason}",
            )
        )
    lines.append(
        FicheLine(
            "Preuve jointe",
            f"Fichier preuve.json, dans ce PDF\nEmpreinte courte : {content.fingerprint}\n"
            f"SHA-256 : {sha256(content.evidence).hexdigest()}",
        )
    )
    return lines


def _drawn(one: SignedBy) -> str:
    drawing = one.drawing
    tools = " et ".join(dict.fromkeys(_TOOLS[stroke.tool] for stroke in drawing.strokes))
    strokes = len(drawing.strokes)
    seconds = f"{drawing.duration / 1000:.1f}".replace(".", ",")
    return f"{strokes} trait{'s' if strokes > 1 else ''}, {drawing.point_count} points, au {tools}, en {seconds} s"


def _reading(content: SignedCharterContent) -> list[str]:
    said = []
    if content.read_together:
        said.append(f"La charte a été lue avec le conseiller, ce qu'il a noté le {content.read_together}.")
    shown = sum(1 for one in content.sections if one.times)
    if shown:
        said.append(
            f"{shown} sections sur {len(content.sections)} ont été affichées à l'écran. Les durées sont celles de "
            "l'affichage, mesurées par une horloge qui ne recule pas ; elles ne disent pas ce qui a été lu."
        )
    return said


def _section(one: ReadSection) -> Block:
    cells = cells_of(_SECTIONS)
    first = f"{one.first_at.astimezone(REUNION):%d/%m/%Y %H:%M}" if one.first_at else "–"
    minutes, seconds = divmod(round(one.seconds), 60)
    lasted = f"{minutes} min {seconds:02d} s" if minutes else f"{seconds} s"
    for cell, words in zip(cells, (clean(one.title), str(one.times), lasted if one.times else "–", first), strict=True):
        cell.add(words, A4.small, role="TD", max_lines=2)
    return table_row(_SECTIONS, cells, [part for cell in cells for part in cell.parts])


def demonstration() -> Block:
    """What every page set of a demonstration base says first."""
    column = Column(0, 0, A4.body_width)
    column.add("Base de démonstration : ces entreprises n'existent pas.", A4.warn)
    return Block(Kind.PLAIN, column.y + 4, column.parts)
