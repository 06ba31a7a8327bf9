"""A project led in the window, from the need to the call after delivery, with real events."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from charte_desktop.documents.verification import Verdict, verify
from charte_desktop.model.overrun import is_billable
from charte_desktop.model.project_facts import ProjectFacts
from charte_desktop.model.project_kinds import Answer, StepKind
from charte_desktop.model.project_state import ProjectState, state_of_project
from charte_desktop.model.timeline import BarKind
from charte_desktop.store.database import Database
from charte_desktop.store.history import History
from charte_desktop.store.project_timelines import ProjectTimelines
from charte_desktop.store.seal_certificates import SealCertificates
from charte_desktop.ui.companies.accompaniment_page import AccompanimentPage
from charte_desktop.ui.main_window import MainWindow
from charte_desktop.ui.projects.candidates_page import CandidatesPage
from charte_desktop.ui.projects.new_project_page import NewProjectPage
from charte_desktop.ui.projects.overrun_signing_page import DRAW, READ, SEAL, SIGNER, OverrunSigningPage
from charte_desktop.ui.projects.projects_tab import ProjectsTab
from charte_desktop.ui.sheets.document_page import DocumentPage
from tests.clock import FixedClock
from tests.factory import enter_company
from tests.project_life import PDF, a_signatory
from tests.ui.charter.conftest import settled
from tests.ui.charter.hand import Pen
from tests.ui.projects.conftest import ALT, CTRL, Hand

ShowProjects = Callable[[], ProjectsTab]


def opened_on_screen(hand: Hand, tab: ProjectsTab, company: str, provider: str) -> None:
    """Fill the page of a new project and open it."""
    page = tab.places.page
    assert isinstance(page, NewProjectPage)
    hand.write(page.company.box, company)
    hand.key(page.company.box, Qt.Key.Key_Return)
    hand.write(page.provider.box, provider)
    hand.key(page.provider.box, Qt.Key.Key_Return)


def facts_of(tab: ProjectsTab) -> ProjectFacts:
    return tab.record.desk.facts


def plain(text: str) -> str:
    """With the blanks that people type."""
    return text.replace("\u202f", " ").replace("\xa0", " ")


def done(hand: Hand, tab: ProjectsTab, on: str, outcome: str = "") -> None:
    """Press the button of the next step, and note its day."""
    hand.click(tab.record.next_button)
    values = {"on": on, **({"outcome": outcome} if outcome else {})}
    hand.save(tab.record.steps, **values)


def test_a_project_is_led_from_its_need_to_the_call_after_delivery(
    qtbot: QtBot,
    window: MainWindow,
    database: Database,
    clock: FixedClock,
    show_projects: ShowProjects,
    hand: Hand,
    tmp_path: Path,
) -> None:
    enter_company(database, legal_name="Boulangerie du Volcan", legal_representative="Gérante Fictive")
    a_signatory(database)
    a_signatory(database, "S01", legal_name="Studio Tamarin")
    tab = show_projects()
    quote, contract, specification = (tmp_path / name for name in ("devis.pdf", "contrat.pdf", "cdc.pdf"))
    for file in (quote, contract, specification):
        file.write_bytes(PDF)

    # C03: never accompanied, so the button that is offered opens an accompaniment, and comes back.
    hand.click(tab.empty_new_button)
    opened_on_screen(hand, tab, "boulangerie", "piton")
    page = tab.places.page
    assert isinstance(page, NewProjectPage)
    assert "jamais été accompagnée" in page.accompaniment_sentence.text()
    page.services.show_typed("S01")
    hand.click(page.open_button)
    assert "(C03)" in page.sentence.text()
    hand.click(page.accompany_button)
    over = tab.places.page
    assert isinstance(over, AccompanimentPage)
    hand.write(over.day, "01/09/2026")
    hand.click(over.note_button)
    assert tab.places.page is page
    assert page.accompaniment.currentText() == "Diagnostic du 01/09/2026"
    hand.write(page.first_day, "02/09/2026")
    hand.write(page.name, "Site et réservation")
    hand.click(page.open_button)
    assert tab.places.count() == 1
    record = tab.record
    assert state_of_project(facts_of(tab)) is ProjectState.PREPARED
    assert "Avant de démarrer" in record.band.sentence.toolTip()

    # The quote, the prices, the contract with its annex, the specification.
    record.open_part(record.money)
    for kind, label, amount, period in (
        ("Mise en place", "Création", "3 000,00 €", "Une fois"),
        ("Récurrent", "Maintenance", "30", "Par mois"),
    ):
        record.money.begin()
        hand.save(record.money, kind=kind, label=label, amount=amount, period=period)
    assert [plain(one) for one in record.money.totals_said()[-1]] == ["En tout", "3 360,00 €", "4 080,00 €"]
    for file, kind, day in ((quote, "Devis", "04/09/2026"), (specification, "Cahier des charges", "11/09/2026")):
        record.open_part(record.documents)
        record.documents.attach(file)
        hand.save(record.documents, kind=kind, dated_on=day)
    record.documents.attach(contract)
    hand.save(record.documents, kind="Contrat", dated_on="09/09/2026", signed_on="09/09/2026")
    assert "n'est pas annexée" in record.band.sentence.toolTip() or "Avant" in record.band.sentence.toolTip()
    record.documents.choose("project_document", next(one.id for one in facts_of(tab).documents if one.signed_on))
    hand.press(record.documents, "Annexer…")
    hand.save(record.documents, on="09/09/2026")
    assert next(one for one in facts_of(tab).documents if one.signed_on).annexed_on == date(2026, 9, 9)

    # What the charter wants known before the start (C33, C39), then the start.
    record.open_part(record.form_page)
    for name, text in (
        ("budget", "3.360,00"),
        ("end_on", "12/11/2026"),
        ("provider_lead_name", "Cheffe Fictive"),
        ("provider_lead_email", "cheffe@prestataire.example"),
    ):
        hand.write(record.form.box(name), text)
    hand.key(record.form.box("budget"), Qt.Key.Key_S, CTRL)
    tab.settle()
    assert facts_of(tab).budget == 336_000
    assert record.next_button.text() == "Démarrer…"
    hand.click(record.next_button)
    hand.save(record.act_place, on="14/09/2026")
    assert state_of_project(facts_of(tab)) is ProjectState.RUNNING
    for day in ("05/09/2026", "10/09/2026", "12/09/2026"):
        done(hand, tab, day)
    record.steps.choose_kind(2)
    record.steps.begin()
    hand.save(record.steps, agreed_on="14/09/2026", provider_by="Cheffe Fictive", client_by="Gérante Fictive")
    done(hand, tab, "14/09/2026")

    # A date moved with the keyboard, its reason, and back.
    record.open_part(record.timeline)
    view = record.timeline.view
    rows = view.timeline.rows
    work = next(
        (row, place)
        for row, one in enumerate(rows)
        for place, bar in enumerate(one.bars)
        if bar.kind is BarKind.STEP and bar.title == "Réalisation"
    )
    before = facts_of(tab).step(StepKind.WORK)
    view.setFocus()
    view.choose(*work)
    hand.key(view, Qt.Key.Key_Right, ALT)
    hand.key(view, Qt.Key.Key_Return)
    assert "1 jour ouvré plus tard" in record.timeline.question.text()
    hand.key(record.timeline.reason, Qt.Key.Key_Return)
    assert "Écrivez pourquoi" in record.timeline.sentence.text()
    hand.write(record.timeline.reason, "Photos en retard")
    hand.key(record.timeline.reason, Qt.Key.Key_Return)
    moved = facts_of(tab).step(StepKind.WORK)
    assert before is not None
    assert moved is not None
    assert moved.planned_end is not None
    assert before.planned_end is not None
    assert moved.planned_end > before.planned_end
    assert facts_of(tab).moves[-1].reason == "Photos en retard"
    History(database).undo()
    window.changed()
    assert facts_of(tab).step(StepKind.WORK) == before

    # The notice of the specification (C28) and an exchange (C26).
    record.open_part(record.follow)
    record.follow.begin("project_notice")
    hand.save(record.follow, received_on="15/09/2026", from_whom="Cheffe Fictive")
    record.follow.begin("project_exchange")
    hand.save(record.follow, held_on="20/09/2026", summary="Maquettes vues ensemble.")

    # An overrun, stage by stage, agreed to on the screen (C36, C37, C38).
    agree_overrun(qtbot, window, hand, tab, database)
    assert tab.places.page is not None
    tab.places.leave_all()

    # Deliverables, RGPD (C17), delivery, notice of the end (C29), call (C27), close.
    assert record.next_button.text() == "« Réalisation » : fait…"
    done(hand, tab, "15/10/2026")
    assert "Maquettes" in record.next_button.text() or record.next_button.text().startswith("«")
    lead_to_the_end(hand, tab, clock, specification)
    assert state_of_project(facts_of(tab)) is ProjectState.CLOSED
    assert "Clos le 05/11/2026" in record.band.sentence.toolTip()
    told = [line.sentence for line in record.desk.log.story(facts_of(tab).id)]
    assert any("Maquettes vues ensemble" in one for one in told)
    record.open_part(record.story)
    assert record.story.table.model().rowCount() == len(told)


def agree_overrun(qtbot: QtBot, window: MainWindow, hand: Hand, tab: ProjectsTab, database: Database) -> None:
    record = tab.record
    hand.key(tab.register_page, Qt.Key.Key_D, CTRL | Qt.KeyboardModifier.ShiftModifier)
    if not record.overruns.is_in_form:
        tab.acts.begin_overrun()
    hand.save(record.overruns, contacted_on="25/09/2026", contact_who="Cheffe Fictive")
    hand.click(record.overruns.reason_button)
    hand.save(record.overruns, reason="Le paiement en ligne n'était pas prévu.", reason_told_on="25/09/2026")
    hand.click(record.overruns.price_button)
    hand.save(record.overruns, kind="Mise en place", label="Paiement en ligne", amount="600")
    hand.click(record.overruns.cost_button)
    hand.save(record.overruns, costed_on="28/09/2026", new_end_on="30/11/2026")
    assert "3 960,00 €" in plain(record.overruns.effect.text())
    facts = facts_of(tab)
    assert not is_billable(facts, facts.overruns[0])
    hand.click(record.overruns.sign_button)
    page = tab.places.page
    assert isinstance(page, OverrunSigningPage)
    assert page.steps.currentIndex() == SIGNER
    assert not page.step_draw.isEnabled()
    hand.click(page.seen)
    hand.write(page.place, "Saint-Pierre")
    hand.click(page.next_button)
    assert page.steps.currentIndex() == READ
    assert "3 960,00 €" in plain(page.agreement.text())
    hand.click(page.next_button)
    assert page.steps.currentIndex() == DRAW
    hand.click(page.keep_button)
    assert "vide" in page.box.sentence.text()
    pad = page.box.pad
    middle = pad.height() / 2
    pen = Pen(pad)
    start = pad.width() / 2 - 200
    pen.press((start, middle))
    for step in range(1, 30):
        pen.move((start + 12 * step, middle + (20 if step % 2 else -20)))
    pen.release((start + 370, middle))
    hand.click(page.keep_button)
    assert page.steps.currentIndex() == SEAL
    assert "n° AD-" in page.summary.text()
    hand.click(page.seal_button)
    settled(qtbot, tab)
    facts = facts_of(tab)
    assert facts.overruns[0].answer is Answer.ACCEPTED
    assert is_billable(facts, facts.overruns[0])
    assert facts.budget == 396_000
    assert facts.end_on == date(2026, 11, 30)
    shown = tab.places.page
    assert isinstance(shown, DocumentPage)
    judged = verify(shown.paper.pdf, SealCertificates(database).known())
    assert judged.verdict is Verdict.INTACT_KNOWN


def lead_to_the_end(hand: Hand, tab: ProjectsTab, clock: FixedClock, paper: Path) -> None:
    record = tab.record
    for step in [one for one in facts_of(tab).steps if one.kind is StepKind.MILESTONE]:
        record.note_done(step.id)
        hand.save(record.steps, on="16/10/2026")
    for one in facts_of(tab).deliverables:
        record.open_part(record.steps)
        record.steps.choose("project_deliverable", one.id)
        record.steps.edit()
        hand.save(record.steps, delivered_on="18/10/2026")
    hand.click(record.next_button)
    form = hand.fill(record.steps, on="20/10/2026")
    hand.finish(form)
    assert "RGPD" in form.sentence.text()  # C17: a website, and nothing shows that it complies
    record.open_part(record.documents)
    record.documents.attach(paper)
    hand.save(record.documents, kind="Conformité au RGPD")
    done(hand, tab, "20/10/2026")
    record.open_part(record.follow)
    record.follow.begin("project_notice")
    hand.save(record.follow, received_on="20/10/2026", from_whom="Cheffe Fictive")
    assert {one.kind.name for one in facts_of(tab).notices} == {"SPECIFICATION", "END_OF_WORK"}
    clock.advance(days=16)
    hand.click(record.next_button)
    form = hand.fill(record.steps, on="05/11/2026")
    hand.finish(form)
    assert "ce que l'entreprise a dit" in form.sentence.text()
    hand.save(record.steps, outcome="Tout fonctionne, la gérante est autonome.")
    assert record.next_button.text() == "Clore…"
    hand.click(record.next_button)
    hand.save(record.act_place, on="05/11/2026")


def test_c19_a_project_is_handed_over_in_the_window(
    database: Database, show_projects: ShowProjects, hand: Hand
) -> None:
    from tests.project_life import started

    facts = started(database)
    other = a_signatory(database, "S01", legal_name="Studio Tamarin")
    tab = show_projects()
    tab.show_record(facts.id)
    tab.freeze_action.trigger()
    hand.save(tab.record.act_place, on="15/10/2026", reason="Accident de la cheffe de projet.")
    assert state_of_project(facts_of(tab)) is ProjectState.INTERRUPTED
    assert not tab.record.form.isEnabled()
    hand.click(tab.record.next_button)
    page = tab.places.page
    assert isinstance(page, CandidatesPage)
    assert page.table.model().rowCount() == 1
    hand.click(page.hand_button)
    assert tab.places.page is None
    after = facts_of(tab)
    assert after.provider.id == other.id
    assert after.predecessor is not None
    assert after.predecessor[0] == facts.id
    assert len(after.documents) == len(facts.documents)
    before = ProjectTimelines(database).facts(facts.id)
    assert before.successor is not None
    assert before.successor[0] == after.id
    tab.show_record(facts.id)
    assert "Repris par" in tab.record.band.sentence.toolTip()
    hand.click(tab.record.next_button)
    assert facts_of(tab).id == after.id


def test_c34_a_step_is_pulled_by_the_mouse_and_its_reason_is_asked(
    qtbot: QtBot, database: Database, show_projects: ShowProjects, hand: Hand
) -> None:
    from tests.project_life import started

    facts = started(database)
    tab = show_projects()
    tab.show_record(facts.id)
    record = tab.record
    record.open_part(record.timeline)
    view = record.timeline.view
    qtbot.waitUntil(lambda: view.viewport().width() > 200)
    view.fit()
    row, place = next(
        (row, place)
        for row, one in enumerate(view.timeline.rows)
        for place, bar in enumerate(one.bars)
        if bar.title == "Livraison" and bar.kind is BarKind.STEP
    )
    view.choose(row, place)
    box = view.timeline.box(row, place)
    start = view.mapFromScene(box.center())
    far = QPoint(start.x() + round(14 * view.scale_of_days.day), start.y())
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(view.viewport(), left, pos=start)
    for step in range(1, 9):
        qtbot.mouseMove(view.viewport(), start + (far - start) * step / 8)
    qtbot.mouseRelease(view.viewport(), left, pos=far)
    assert "« Livraison »" in record.timeline.question.text()
    hand.write(record.timeline.reason, "Congés du client")
    hand.click(record.timeline.move_button)
    now, before = facts_of(tab).step(StepKind.DELIVERY), facts.step(StepKind.DELIVERY)
    assert now is not None
    assert before is not None
    assert now.planned_end is not None
    assert before.planned_end is not None
    assert 10 <= (now.planned_end - before.planned_end).days <= 18
    assert facts_of(tab).moves[-1].reason == "Congés du client"
