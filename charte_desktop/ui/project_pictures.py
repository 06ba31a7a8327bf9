"""Pictures of projects, on a base that is as it was afterwards."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from charte_desktop.model.overrun import Stage, stages_done
from charte_desktop.model.project_kinds import Answer
from charte_desktop.model.project_money import lines_of
from charte_desktop.model.project_state import ProjectState
from charte_desktop.ui.charter_pictures import example_signature
from charte_desktop.ui.projects.overrun_signing_page import DRAW, READ, SEAL, SIGNER, OverrunSigningPage

if TYPE_CHECKING:
    from charte_desktop.ui.main_window import MainWindow
    from charte_desktop.ui.projects.projects_tab import ProjectsTab

Settle = Callable[[], None]
_PARTS = (
    "fiche",
    "etapes",
    "frise",
    "argent",
    "depassements",
    "engagements",
    "suivi",
    "documents",
    "journal",
)


def project_scenes(window: "MainWindow", tab: "ProjectsTab", settle: Settle) -> Iterator[tuple[str, QWidget]]:
    """Every part of a running project, the portfolio, the pages over the tab; each is put away at the end."""
    from charte_desktop.store.project_rows import ProjectRows, Question

    rows = ProjectRows(window.open_database)
    running = [row.id for row in rows.search(Question(state=ProjectState.RUNNING))]
    frozen = [row.id for row in rows.search(Question(state=ProjectState.INTERRUPTED))]
    chosen = next((one for one in running if rows.facts(one).overruns), next(iter(running), ""))
    if chosen:
        tab.show_record(chosen)
        yield from _parts(window, tab, settle)
    tab.portfolio_button.setChecked(True)
    yield "projets-portefeuille", window
    tab.portfolio_button.setChecked(False)
    tab.new()
    yield "projets-nouveau", window
    tab.places.leave_all()
    if chosen:
        tab.show_record(chosen)
        tab.papers.show_timeline()
        yield "projets-planning-a4", window
        tab.places.leave_all()
        yield from _signing(window, tab, settle)
    if frozen:
        tab.show_record(frozen[0])
        tab.record.open_part(tab.record.engagements)
        yield "projets-interrompu", window
        tab.over.show_candidates()
        yield "projets-repreneurs", window
        tab.places.leave_all()
    tab.show_bin()
    yield "projets-corbeille", window
    tab.leave_bin()


def _parts(window: "MainWindow", tab: "ProjectsTab", settle: Settle) -> Iterator[tuple[str, QWidget]]:
    record = tab.record
    for number, name in enumerate(_PARTS):
        record.parts.setCurrentIndex(number)
        yield f"projets-{name}", window
    record.open_part(record.steps)
    record.steps.begin()
    yield "projets-etape-nouvelle", window
    record.steps.line_form.forget()
    record.steps.leave_form()
    record.open_part(record.timeline)
    settle()
    view = record.timeline.view
    movable = [
        (row, place)
        for row, one in enumerate(view.timeline.rows)
        for place, bar in enumerate(one.bars)
        if bar.can_move and bar.planned[0] is not None
    ]
    if movable:
        from charte_desktop.model.timeline_moves import Part, stepped

        row, place = movable[0]
        view.choose(row, place)
        bar = view.timeline.rows[row].bars[place]
        view.set_ghost(row, bar, stepped(bar, Part.END, 4, view.timeline.calendar))
        assert view.timeline.ghost is not None
        view.propose(view.timeline.ghost)
        record.timeline.reason.setText("Les photos des produits arrivent plus tard que prévu.")
        yield "projets-frise-deplacer", window
        view.give_up()
    record.open_part(record.form_page)


def _signing(window: "MainWindow", tab: "ProjectsTab", settle: Settle) -> Iterator[tuple[str, QWidget]]:
    facts = tab.record.desk.facts
    ready = [
        one
        for one in facts.overruns
        if one.answer is Answer.WAITING and Stage.COSTING in stages_done(one, bool(lines_of(facts, one)))
    ]
    if not ready:
        return
    from charte_desktop.store.drafts import Drafts

    tab.over.sign_overrun(ready[0].id)
    page = tab.places.page
    assert isinstance(page, OverrunSigningPage)
    page.known.setChecked(True)
    page.place.setText("Saint-Denis")
    for step, name in ((SIGNER, "qui-signe"), (READ, "lecture"), (DRAW, "trace")):
        page.go(step)
        if step == DRAW:
            settle()
            page.box.show_drawing(example_signature())
        yield f"projets-accord-{name}", window
    page.box.ask_keep()
    page.go(SEAL)
    yield "projets-accord-relecture", window
    tab.places.leave_all()
    Drafts(window.open_database).drop("overrun_signing", ready[0].id)
