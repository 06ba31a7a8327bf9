"""The hand-over of a project whose provider cannot go on (C19): its frozen state, what is open, who could take over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from charte_desktop.documents import page_style as style
from charte_desktop.documents.blocks import bulleted, cells_of, table_head, table_row
from charte_desktop.documents.charter_blocks import facts as fact_table
from charte_desktop.documents.charter_blocks import head, heading, notice
from charte_desktop.documents.charter_proof import demonstration
from charte_desktop.documents.page_style import A4, show_day, show_moment
from charte_desktop.documents.pages import Composition, Drawing
from charte_desktop.documents.tagged_canvas import TaggedCanvas
from charte_desktop.documents.text_layout import clean
from charte_desktop.model import clauses, reference
from charte_desktop.model.charter_content import FicheLine
from charte_desktop.model.display import show_phone, show_siren
from charte_desktop.model.engagements import ClauseTrace
from charte_desktop.model.money import show_money
from charte_desktop.model.project_facts import Incapacity, ProjectFacts
from charte_desktop.model.project_money import budget_state
from charte_desktop.model.provider import Provider

_STEPS = (("Étape", 0.0, 200.0), ("Prévu", 200.0, 90.0), ("Convenu", 290.0, 90.0), ("Réel", 380.0, 113.0))
_MOST = 8
"""Candidates printed: a list is not a directory sheet."""
CHECKS = (
    "Récupérer les accès : nom de domaine, hébergement, comptes, mots de passe, sauvegardes.",
    "Récupérer les fichiers de travail, dans un format que le repreneur ouvre.",
    "Établir qui possède quoi : licences, droits sur les créations, contrats à reprendre.",
    "Arrêter les comptes : ce qui est payé, ce qui est livré, ce qui reste dû.",
    "Remettre au repreneur le cahier des charges et la liste des livrables restants.",
    "Annexer la charte au nouveau contrat (C02, C05) et convenir d'un nouveau planning (C25).",
)


@dataclass(frozen=True)
class IncapacityOccasion:
    """When the sheet is made, and by whom."""

    made_at: datetime
    """Aware of its zone."""
    adviser: str
    demonstration: bool = False


def incapacity_sheet(
    facts: ProjectFacts,
    frozen: Incapacity,
    traces: Sequence[ClauseTrace],
    candidates: Sequence[tuple[Provider, str]],
    occasion: IncapacityOccasion,
) -> bytes:
    """The sheet: A4, tagged; candidates in the neutral order in which they come, each with its reason."""
    title = f"Transmission du projet {clean(facts.number)}"
    pages = Composition(A4)
    pages.place(head("Transmission d'un projet", f"Projet {facts.number} · {facts.company.name}"))
    if occasion.demonstration:
        pages.place(demonstration())
    pages.place(notice(f"« {clauses.clauses()['C19'].text} » (C19)"))
    pages.skip(7)
    pages.place(heading("Où en est le projet", bookmark=False), keep_with=40)
    fact_table(pages, _state(facts, frozen))
    _steps(pages, facts)
    _open(pages, frozen, traces)
    _candidates(pages, facts, candidates)
    pages.skip(7)
    pages.place(heading("À faire avant de transmettre", bookmark=False), keep_with=40)
    for text in CHECKS:
        pages.place(bulleted(f"☐  {text}", A4.body, A4.body_width), gap=2)
    pages.skip(6)
    pages.place(notice(f"{style.C01_WORDING} {style.C08_WORDING}"))
    canvas = TaggedCanvas(title, clean(occasion.adviser), occasion.made_at.astimezone(style.REUNION))
    foot = [f"{title} · édité le {show_moment(occasion.made_at)}", style.SHORT_WORDING]
    return Drawing(canvas, A4).numbered(pages.pages, head=(title, clean(facts.company.name)), foot=foot)


def _state(facts: ProjectFacts, frozen: Incapacity) -> list[FicheLine]:
    money = budget_state(facts)
    basis = facts.tax_basis.value
    budget = "inconnu" if money.now is None else f"{show_money(money.now)} {basis}"
    handed = [one.title for one in facts.deliverables if one.delivered_on is not None]
    left = [one.title for one in facts.deliverables if one.delivered_on is None]
    return [
        FicheLine("Projet", facts.title),
        FicheLine("Prestations", "\n".join(map(reference.service_label, facts.service_ids))),
        FicheLine("Prestataire", f"{facts.provider.name}\nSIREN {show_siren(facts.provider.siren) or 'inconnu'}"),
        FicheLine("Interrompu le", f"{show_day(frozen.declared_on)}\n{frozen.reason}"),
        FicheLine("Budget", f"{budget}, dont {show_money(money.invoiced)} facturés"),
        FicheLine("Livrables remis", "\n".join(handed) or "aucun"),
        FicheLine("Livrables restants", "\n".join(left) or "aucun"),
        FicheLine("Documents", "\n".join(one.name for one in facts.documents) or "aucun"),
    ]


def _steps(pages: Composition, facts: ProjectFacts) -> None:
    pages.skip(7)
    pages.place(heading("Étapes", bookmark=False), keep_with=40)
    rows = []
    agreed = {} if facts.baseline is None else facts.baseline.dates
    for step in facts.steps:
        cells = cells_of(_STEPS)
        end = (agreed.get(step.id) or (None, None))[1]
        told = (
            step.name,
            show_day(step.planned_end) if step.planned_end else "–",
            f"{end[8:10]}/{end[5:7]}/{end[:4]}" if end else "–",
            show_day(step.actual_end) if step.actual_end else "pas fait",
        )
        for cell, words in zip(cells, told, strict=True):
            cell.add(clean(words), A4.small, role="TD", max_lines=2)
        rows.append(table_row(_STEPS, cells, [part for cell in cells for part in cell.parts]))
    pages.place_table(table_head(_STEPS, A4.table_head), rows)


def _open(pages: Composition, frozen: Incapacity, traces: Sequence[ClauseTrace]) -> None:
    pages.skip(7)
    pages.place(heading("Clauses ouvertes le jour de l'interruption", bookmark=False), keep_with=40)
    words = {one.clause_id: one.words for one in traces}
    for clause_id in frozen.open_clauses:
        title = clauses.clauses()[clause_id].title
        told = f" : {clean(words[clause_id])}" if words.get(clause_id) else ""
        pages.place(bulleted(f"{clause_id}, {title}{told}", A4.small, A4.body_width), gap=1)
    if not frozen.open_clauses:
        pages.place(bulleted("aucune", A4.small, A4.body_width))


def _candidates(pages: Composition, facts: ProjectFacts, candidates: Sequence[tuple[Provider, str]]) -> None:
    pages.skip(7)
    pages.place(heading("Qui pourrait reprendre", bookmark=False), keep_with=60)
    order = (
        f"Signataires de la charte qui déclarent les mêmes prestations, dans un ordre tiré du numéro {facts.number} : "
        "il ne dit rien de la qualité. L'entreprise choisit librement."
    )
    pages.place(notice(order))
    for provider, reason in candidates[:_MOST]:
        reached = _reached(provider) or "coordonnées non publiées"
        pages.place(
            bulleted(
                f"{provider.legal_name} ({provider.city or 'commune inconnue'}) : {reached}", A4.strong, A4.body_width
            )
        )
        pages.place(bulleted(clean(reason), A4.small, A4.body_width), gap=3)
    more = len(candidates) - _MOST
    if more > 0:
        pages.place(bulleted(f"et {more} autres : éditez une fiche annuaire.", A4.small, A4.body_width))
    if not candidates:
        pages.place(bulleted("Aucun signataire ne déclare ces prestations aujourd'hui.", A4.body, A4.body_width))


def _reached(provider: Provider) -> str:
    """How to reach a provider, as far as it lets that be printed."""
    phones = () if "phones" in provider.hidden_fields else provider.phones[:1]
    emails = () if "emails" in provider.hidden_fields else provider.emails[:1]
    return ", ".join([*map(show_phone, phones), *emails])
