"""The clauses of a project on one or two pages: each with its state, why, and what shows it (C35); never a verdict."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from charte_desktop.documents import page_style as style
from charte_desktop.documents.blocks import Block, Column, Columns, Kind, Part, cells_of, table_head, table_row
from charte_desktop.documents.page_style import A4, Paper, show_moment
from charte_desktop.documents.pages import Composition, Drawing
from charte_desktop.documents.tagged_canvas import TaggedCanvas
from charte_desktop.documents.text_layout import Style, clean
from charte_desktop.model import clauses
from charte_desktop.model.engagement_basis import TraceState
from charte_desktop.model.engagements import ELSEWHERE, ClauseTrace
from charte_desktop.model.project_facts import ProjectFacts
from charte_desktop.model.project_state import state_of_project
from charte_desktop.model.wording import some

HOW_TO_READ = (
    "Ce tableau dit ce que le dossier contient, clause par clause, à la date de l'édition. Il est calculé à partir des "
    "faits notés et des documents joints ; il ne dit pas si un engagement est tenu."
)
SIGNS = {
    TraceState.TRACED: "●",
    TraceState.PENDING: "○",
    TraceState.NO_TRACE: "△",
    TraceState.NOT_APPLICABLE: "–",
}
"""The sign before each state: told by shape, so that grey print is read."""
_TIGHT = replace(
    A4, margin=36, first_top=A4.height - 32, body_top=A4.height - 48, body_bottom=50,
    dense=Style(7.4, 9, style.INK), dense_strong=Style(7.4, 9, style.INK, bold=True), note=Style(6.2, 7.4, style.MUTED),
)  # fmt: skip
"""36 clauses with their own words stand on two pages, whatever is said of them."""
_MOST_LINES = 4


@dataclass(frozen=True)
class MatrixOccasion:
    """When the page is made, and by whom."""

    made_at: datetime
    """Aware of its zone."""
    adviser: str
    demonstration: bool = False


def clause_matrix(facts: ProjectFacts, traces: Sequence[ClauseTrace], occasion: MatrixOccasion) -> bytes:
    """The matrix: A4, tagged, two pages at most; the same facts on the same occasion give the same bytes."""
    title = f"Engagements du projet {clean(facts.number)}"
    pages = Composition(_TIGHT)
    pages.place(_head(facts, traces, occasion))
    columns = _columns(_TIGHT)
    pages.place_table(table_head(columns, A4.table_head), [_row(one, columns) for one in traces])
    pages.place(_elsewhere())
    canvas = TaggedCanvas(title, clean(occasion.adviser), occasion.made_at.astimezone(style.REUNION))
    invented = " · démonstration" if occasion.demonstration else ""
    foot = [f"{title} · édité le {show_moment(occasion.made_at)}{invented}", style.SHORT_WORDING]
    return Drawing(canvas, _TIGHT).numbered(pages.pages, head=(title, clean(facts.company.name)), foot=foot)


def _columns(paper: Paper) -> Columns:
    width = paper.body_width
    return (
        ("Clause", 0.0, 38.0),
        ("Ce que dit la charte", 38.0, width * 0.52 - 38),
        ("État", width * 0.52, 70.0),
        ("Ce que le dossier contient", width * 0.52 + 70, width * 0.48 - 70),
    )


def _head(facts: ProjectFacts, traces: Sequence[ClauseTrace], occasion: MatrixOccasion) -> Block:
    column = Column(0, 0, _TIGHT.body_width)
    column.add("CCI Île de la Réunion · Charte d'engagement des offreurs de solutions numériques", A4.note_strong)
    column.add(f"Engagements du projet {facts.number}", A4.number, role="H1", max_lines=1)
    about = [facts.title, facts.company.name, f"prestataire : {facts.provider.name}", state_of_project(facts).value]
    column.add(" · ".join(filter(None, about)), A4.small_strong, max_lines=2)
    counted = ", ".join(
        f"{SIGNS[state]} {some(sum(one.state is state for one in traces), state.value.lower(), state.value.lower())}"
        for state in TraceState
    )
    column.add(f"{HOW_TO_READ} {style.C08_WORDING}", A4.small)
    column.add(f"{counted}.", A4.small_strong)
    if occasion.demonstration:
        column.add("Base de démonstration : ces entreprises n'existent pas.", A4.warn)
    return Block(Kind.PLAIN, column.y + 6, column.parts, title=f"Engagements du projet {clean(facts.number)}")


def _row(one: ClauseTrace, columns: Columns) -> Block:
    clause = clauses.clauses()[one.clause_id]
    cells = cells_of(columns)
    for cell in cells:
        cell.y = 2.2
    parts = [Part("TH"), Part("TD"), Part("TD"), Part("TD")]
    cells[0].add(one.clause_id, _TIGHT.dense_strong, into=parts[0])
    cells[1].add(clause.title, _TIGHT.dense, max_lines=2, into=parts[1])
    cells[1].add(f"« {clause.text} »", _TIGHT.note, max_lines=5, into=parts[1])
    strong = _TIGHT.dense_strong if one.is_open else _TIGHT.dense
    cells[2].add(f"{SIGNS[one.state]} {one.state.value}", strong, into=parts[2])
    shown = f" [{some(len(one.links), 'pièce', 'pièces')}]" if one.links else ""
    cells[3].add(f"{clean(one.words)}{shown}", _TIGHT.dense, max_lines=_MOST_LINES, into=parts[3])
    block = table_row(columns, cells, parts)
    block.height -= 2.2
    block.rules = [(0.0, block.height, _TIGHT.body_width)]
    return block


def _elsewhere() -> Block:
    column = Column(0, 6, _TIGHT.body_width)
    told = " ; ".join(f"{clause_id} ({why})" for clause_id, why in ELSEWHERE.items())
    column.add(f"Clauses qui ne portent pas sur un projet : {told}.", A4.foot)
    return Block(Kind.PLAIN, column.y + 2, column.parts)
