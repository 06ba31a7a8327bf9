"""The client's agreement to an overrun: in the client's hands, interrupted, refused when something changed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from charte_desktop.model.project_facts import Overrun, ProjectFacts
from charte_desktop.model.project_kinds import Answer, Means, PriceKind
from charte_desktop.store.database import Database
from charte_desktop.store.drafts import Drafts
from charte_desktop.store.project_money import ProjectMoney
from charte_desktop.store.project_overruns import ProjectOverruns
from charte_desktop.ui.charter.hand_over import choose_code
from charte_desktop.ui.projects.overrun_signing_page import DONE, DRAW, READ, SEAL, OverrunSigningPage
from charte_desktop.ui.projects.projects_tab import ProjectsTab
from charte_desktop.ui.sheets.document_page import DocumentPage
from tests.project_life import costed, started
from tests.signings import a_drawing
from tests.ui.charter.conftest import settled
from tests.ui.charter.hand import Pen
from tests.ui.projects.conftest import Hand

ShowProjects = Callable[[], ProjectsTab]


@pytest.fixture
def ready(database: Database) -> tuple[ProjectFacts, str]:
    """A running project, and its overrun of which only the agreement is missing."""
    facts = started(database)
    return facts, costed(database, facts)


@pytest.fixture
def tab(show_projects: ShowProjects, ready: tuple[ProjectFacts, str]) -> ProjectsTab:
    tab = show_projects()
    tab.show_record(ready[0].id)
    return tab


def page_of(tab: ProjectsTab, overrun_id: str) -> OverrunSigningPage:
    tab.record.open_part(tab.record.overruns)
    tab.over.sign_overrun(overrun_id)
    page = tab.places.page
    assert isinstance(page, OverrunSigningPage)
    return page


def say_who(hand: Hand, page: OverrunSigningPage) -> None:
    hand.write(page.name, "Gerante Fictive")
    hand.click(page.known)
    hand.write(page.place, "Saint-Paul")


def draw(page: OverrunSigningPage) -> None:
    pad = page.box.pad
    left, middle = pad.width() / 2 - 100, pad.height() / 2
    pen = Pen(pad)
    pen.press((left, middle))
    for step in range(1, 20):
        pen.move((left + 9 * step, middle + (15 if step % 2 else -15)))
    pen.release((left + 180, middle))


def overrun(database: Database, ready: tuple[ProjectFacts, str]) -> Overrun:
    return ProjectOverruns(database).facts(ready[0].id).overruns[0]


def test_c38_the_client_signs_with_the_laptop_in_hand_and_gives_it_back(
    qtbot: QtBot, database: Database, ready: tuple[ProjectFacts, str], tab: ProjectsTab, hand: Hand
) -> None:
    choose_code(database, "2580", "2580")
    page = page_of(tab, ready[1])
    assert not page.hand_button.isEnabled()
    say_who(hand, page)
    hand.click(page.hand_button)
    window = tab.over.lent.window
    assert window is not None
    assert not tab.window().isVisible()
    qtbot.waitUntil(window.isVisible)
    assert not page.step_signer.isVisible()
    assert not page.back_button.isVisible()
    assert page.steps.currentIndex() == READ
    hand.key(page, Qt.Key.Key_Escape)
    assert window.isVisible()
    hand.click(page.next_button)
    draw(page)
    hand.click(page.keep_button)
    assert page.steps.currentIndex() == SEAL
    hand.click(page.seal_button)
    settled(qtbot, tab)
    assert page.steps.currentIndex() == DONE
    assert "scellé" in page.done_title.text()
    assert overrun(database, ready).answer is Answer.ACCEPTED
    hand.click(page.hand_button)
    for digit in "2580":
        hand.click(window.code_pad.keys[int(digit)])
    hand.click(window.code_pad.ok_key)
    assert tab.window().isVisible()
    assert isinstance(tab.places.page, DocumentPage)


def test_a_signature_left_half_way_goes_on_where_it_was(
    database: Database, ready: tuple[ProjectFacts, str], tab: ProjectsTab, hand: Hand
) -> None:
    page = page_of(tab, ready[1])
    say_who(hand, page)
    page.go(DRAW)
    draw(page)
    drawn = page.box.pad.drawing()
    hand.key(page, Qt.Key.Key_Escape)
    assert tab.places.count() == 1
    draft = Drafts(database).all()[0]
    assert draft.title == ready[0].title
    tab.resume_draft_of(draft.kind, ready[0].id, draft.record_id)
    again = tab.places.page
    assert isinstance(again, OverrunSigningPage)
    assert (again.name.text(), again.place.text()) == ("Gerante Fictive", "Saint-Paul")
    assert again.box.pad.drawing() == drawn
    assert not again.step_seal.isEnabled()  # drawn, and not kept yet


def test_c38_what_changed_after_it_was_shown_is_not_sealed(
    qtbot: QtBot, database: Database, ready: tuple[ProjectFacts, str], tab: ProjectsTab, hand: Hand
) -> None:
    page = page_of(tab, ready[1])
    say_who(hand, page)
    page.go(DRAW)
    draw(page)
    hand.click(page.keep_button)
    ProjectMoney(database).save_price(
        ready[0].id, None, overrun_id=ready[1], kind=PriceKind.SETUP, label="Et autre chose", amount=10_000
    )
    hand.click(page.seal_button)
    settled(qtbot, tab)
    assert "a changé" in page.summary.text()
    assert overrun(database, ready).answer is Answer.WAITING
    hand.click(page.again_button)
    assert page.steps.currentIndex() == DRAW


def test_another_name_after_the_signature_wants_another_signature(
    ready: tuple[ProjectFacts, str], tab: ProjectsTab, hand: Hand
) -> None:
    page = page_of(tab, ready[1])
    say_who(hand, page)
    page.go(DRAW)
    draw(page)
    hand.click(page.keep_button)
    hand.click(page.step_signer)
    hand.write(page.name, "Quelqu Un")
    assert not page.step_seal.isEnabled()
    hand.write(page.name, "")
    assert not page.next_button.isEnabled()
    assert "le nom" in page.sentence.text()


def test_c38_an_agreement_on_paper_wants_its_scan_and_a_refusal_bills_nothing(
    database: Database, ready: tuple[ProjectFacts, str], tab: ProjectsTab, hand: Hand, tmp_path: Path
) -> None:
    record = tab.record
    record.open_part(record.overruns)
    hand.click(record.overruns.paper_button)
    form = hand.fill(record.overruns, on="18/09/2026", signer="Gerante Fictive", capacity="responsable legal")
    hand.finish(form)
    assert "Joignez le document signé" in form.sentence.text()
    scan = tmp_path / "accord.pdf"
    scan.write_bytes(b"%PDF-1.7 signe")
    assert form.file_box is not None
    form.file_box.take(scan)
    hand.save(record.overruns)
    assert overrun(database, ready).answer is Answer.ACCEPTED
    tab.papers.make_amendment(ready[1])
    page = tab.places.page
    assert isinstance(page, DocumentPage)
    assert page.paper.title.startswith("Avenant 1")
    tab.places.leave_all()
    assert overrun(database, ready).amendment_id is not None
    overruns, money = ProjectOverruns(database), ProjectMoney(database)
    two = overruns.open(ready[0].id)
    overruns.note_contact(ready[0].id, two, database.today(), Means.PHONE, "Chef Fictif")
    overruns.note_reason(ready[0].id, two, "Encore", database.today())
    money.save_price(ready[0].id, None, overrun_id=two, kind=PriceKind.SETUP, label="Encore", amount=100)
    overruns.cost(ready[0].id, two, database.today())
    record.changed_here()
    record.overruns.choose(two)
    hand.click(record.overruns.refuse_button)
    hand.save(record.overruns, signer="Gerante Fictive", refusal="Trop cher")
    said = [one.text() for one in record.overruns.stages[3].findChildren(QLabel)]
    assert any("Rien n'est facturable" in one for one in said)


def test_a_drawing_of_another_shape_is_shown_as_it_was(
    database: Database, ready: tuple[ProjectFacts, str], tab: ProjectsTab
) -> None:
    drawing = a_drawing()
    Drafts(database).keep("overrun_signing", ready[1], {"name": "Gerante", "drawing": drawing.as_json()})
    page = page_of(tab, ready[1])
    assert page.box.pad.drawing() == drawing
