"""The tab Projets as people look for projects in it: words, chips, portfolio, export, bin, drafts, other tabs."""

import csv
from collections.abc import Callable
from datetime import date
from email import message_from_bytes, policy
from io import StringIO
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from charte_desktop.model.project_dates import Punctuality
from charte_desktop.model.project_kinds import DocumentKind
from charte_desktop.model.project_state import ProjectState
from charte_desktop.store.company_records import CompanyRecords
from charte_desktop.store.database import Database
from charte_desktop.store.drafts import Drafts
from charte_desktop.store.everything import search_everything
from charte_desktop.store.history import History
from charte_desktop.store.project_timelines import ProjectTimelines
from charte_desktop.store.provider_register import ProviderRegister
from charte_desktop.store.reminders import Reminders
from charte_desktop.ui.companies.companies_tab import CompaniesTab
from charte_desktop.ui.main_window import MainWindow
from charte_desktop.ui.projects.new_project_page import NewProjectPage
from charte_desktop.ui.projects.project_filters import OPEN_ONLY, project_offers
from charte_desktop.ui.projects.projects_tab import BIN, PORTFOLIO, ProjectsTab
from charte_desktop.ui.register_tab import LIST, NOTHING_FOUND
from charte_desktop.ui.settings.projects_page import ProjectsPage
from charte_desktop.ui.settings.settings_dialog import SettingsDialog
from charte_desktop.ui.sheets.document_page import DocumentPage
from charte_desktop.ui.tabs import PROJECTS
from tests.clock import FixedClock
from tests.documents.reading import sentences_of
from tests.project_life import a_signatory, an_accompanied_company, costed, delivered, opened, started
from tests.ui.projects.conftest import CTRL, Hand, MailProgram

ShowProjects = Callable[[], ProjectsTab]


def titles(tab: ProjectsTab) -> list[str]:
    model = tab.table.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def action(tab: QWidget, words: str) -> QAction:
    return next(one for one in tab.findChildren(QAction) if one.text() == words)


@pytest.fixture
def three(database: Database) -> dict[str, str]:
    """A running project, one that is prepared, one that was put off for ever; by title."""
    timelines = ProjectTimelines(database)
    running = started(database)
    company = an_accompanied_company(database, legal_name="Garage Oliflore", siren="").id
    provider = a_signatory(database, "S04", legal_name="Studio Tamarin").id
    prepared = timelines.open(company, provider, ["S04"], title="Boutique en ligne", first_day=date(2026, 10, 19))
    closed = timelines.open(company, provider, ["S04"], title="Œuvre abandonnée", with_template=False)
    timelines.close(closed.id, database.today(), "L'entreprise y renonce.")
    return {one.title: one.id for one in (running, prepared, closed)}


def test_projects_are_found_by_words_and_by_chips(
    qtbot: QtBot, three: dict[str, str], show_projects: ShowProjects, hand: Hand
) -> None:
    tab = show_projects()
    assert tab.count.text() == "3 projets"
    hand.write(tab.search, "oeuvre")
    qtbot.waitUntil(lambda: titles(tab) == ["Œuvre abandonnée"])
    assert tab.count.text() == "1 sur 3 projets"
    hand.write(tab.search, "rien de tel")
    qtbot.waitUntil(lambda: tab.pages.currentIndex() == NOTHING_FOUND)
    hand.click(tab.clear_button)
    tab.show_only(OPEN_ONLY)
    assert set(titles(tab)) == set(three) - {"Œuvre abandonnée"}
    offers = {one.words: one.filters for one in project_offers()}
    closed = next(one for one in offers["État"] if one.value is ProjectState.CLOSED)
    tab.show_only(closed)
    assert titles(tab) == ["Œuvre abandonnée"]
    late = next(one for one in offers["Ponctualité"] if one.value is Punctuality.LATE)
    tab.show_only(late)
    assert "Œuvre abandonnée" not in titles(tab)


def test_the_portfolio_shows_what_the_list_shows_and_opens_a_project(
    three: dict[str, str], show_projects: ShowProjects, hand: Hand
) -> None:
    tab = show_projects()
    hand.click(tab.portfolio_button)
    assert tab.pages.currentIndex() == PORTFOLIO
    rows = tab.portfolio.view.timeline.rows
    assert {row.key for row in rows} == set(three.values())
    tab.show_only(OPEN_ONLY)
    assert tab.pages.currentIndex() == PORTFOLIO
    assert len(tab.portfolio.view.timeline.rows) == 2
    tab.portfolio.choose(three["Boutique en ligne"])
    assert "Boutique en ligne" in tab.portfolio.told.text()
    assert tab.portfolio.picture("png", "Projets").startswith(b"\x89PNG")
    assert b"<svg" in tab.portfolio.picture("svg", "Projets")
    hand.key(tab.portfolio.view, Qt.Key.Key_Return)
    assert tab.pages.currentIndex() == LIST
    assert tab.record.desk.facts.title == "Boutique en ligne"


def test_listed_projects_are_written_whole(
    three: dict[str, str], show_projects: ShowProjects, hand: Hand, tmp_path: Path
) -> None:
    tab = show_projects()
    tab.show_only(OPEN_ONLY)
    file = tmp_path / "projets.csv"
    tab.export("csv", file)
    lines = list(csv.DictReader(StringIO(file.read_bytes().decode("utf-8-sig")), delimiter=";"))
    assert {one["projet"] for one in lines} == set(three) - {"Œuvre abandonnée"}
    tab.export("xlsx", tmp_path / "projets.xlsx")
    assert (tmp_path / "projets.xlsx").read_bytes().startswith(b"PK")


def test_a_project_goes_to_the_bin_and_comes_back(
    three: dict[str, str], show_projects: ShowProjects, hand: Hand
) -> None:
    tab = show_projects()
    tab.show_record(three["Boutique en ligne"])
    tab.table.setFocus()
    hand.key(tab.table, Qt.Key.Key_Delete)
    assert "Boutique en ligne" not in titles(tab)
    tab.show_bin()
    assert tab.pages.currentIndex() == BIN
    hand.key(tab.bin.table, Qt.Key.Key_Return)
    assert "Boutique en ligne" in titles(tab)
    tab.show_bin()
    hand.key(tab.bin.back_button, Qt.Key.Key_Escape)  # the sentence in the window's own place goes first
    hand.key(tab.bin.back_button, Qt.Key.Key_Escape)
    assert tab.pages.currentIndex() == LIST


def test_undoing_the_opening_of_the_project_on_the_screen_shows_another_one(
    window: MainWindow, database: Database, three: dict[str, str], show_projects: ShowProjects
) -> None:
    tab = show_projects()
    company = tab.record.desk.facts.company.id
    made = ProjectTimelines(database).open(
        company, a_signatory(database, "S02").id, ["S02"], first_day=date(2026, 9, 1)
    )
    window.changed()
    tab.show_record(made.id)
    for part in range(tab.record.parts.count()):
        tab.record.parts.setCurrentIndex(part)
        History(database).undo()
        window.changed()
        assert tab.record.desk.facts.id in three.values()
        History(database).redo()
        window.changed()
        tab.show_record(made.id)


def test_what_is_left_half_way_is_found_again(
    window: MainWindow, database: Database, show_projects: ShowProjects, hand: Hand
) -> None:
    facts = started(database)
    tab = show_projects()
    tab.new()
    page = tab.places.page
    assert isinstance(page, NewProjectPage)
    hand.write(page.company.box, "boulangerie")
    hand.key(page.company.box, Qt.Key.Key_Return)
    hand.write(page.name, "Un deuxieme site")
    hand.key(page, Qt.Key.Key_Escape)
    assert tab.places.count() == 1
    tab.show_record(facts.id)
    tab.record.open_part(tab.record.follow)
    tab.record.follow.begin("project_exchange")
    hand.fill(tab.record.follow, summary="Appel interrompu par")
    hand.key(tab.record.follow.line_form, Qt.Key.Key_Escape)
    drafts = {one.kind: one for one in Drafts(database).all()}
    assert drafts["project"].title == "Un deuxieme site"
    assert drafts["project_exchange"].title == facts.title
    window.tabs.setCurrentIndex(0)
    window.resume_draft("project_exchange", drafts["project_exchange"].record_id)
    assert tab.record.follow.line_form.form.text_of("summary")[0] == "Appel interrompu par"
    window.resume_draft("project", "")
    again = tab.places.page
    assert isinstance(again, NewProjectPage)
    assert again.name.text() == "Un deuxieme site"
    assert again.company.chosen is not None
    hand.click(again.forget_button)
    assert again.name.text() == ""
    assert Drafts(database).of("project", "") is None


def test_a_new_project_is_typed_from_box_to_box(
    qtbot: QtBot, database: Database, show_projects: ShowProjects, hand: Hand
) -> None:
    an_accompanied_company(database)
    for name in ("Bichik Web", "Bichik Zen"):
        a_signatory(database, "S01", legal_name=name)
    tab = show_projects()
    tab.new()
    page = tab.places.page
    assert isinstance(page, NewProjectPage)
    qtbot.waitUntil(page.company.box.hasFocus)
    qtbot.keyClicks(page.company.box, "boul")
    hand.key(page.company.box, Qt.Key.Key_Return)
    assert page.company.chosen is not None
    assert page.accompaniment.hasFocus()
    hand.key(page.accompaniment, Qt.Key.Key_Tab)
    assert page.name.hasFocus()
    page.provider.box.setFocus()
    qtbot.keyClicks(page.provider.box, "xyz")
    hand.key(page.provider.box, Qt.Key.Key_Return)
    assert page.provider.list.item(0).text() == "Rien ne répond à « xyz »."
    assert page.provider.box.hasFocus()
    hand.write(page.provider.box, "bich")
    qtbot.waitUntil(lambda: page.provider.list.count() == 2)
    hand.key(page.provider.box, Qt.Key.Key_Down)
    assert page.provider.list.hasFocus()
    hand.key(page.provider.list, Qt.Key.Key_Down)
    hand.key(page.provider.list, Qt.Key.Key_Return)
    assert page.provider.chosen is not None
    assert page.provider.chosen.words == "Bichik Zen"
    page.services.show_typed("S01")
    hand.key(page.name, Qt.Key.Key_Return, CTRL)
    assert tab.places.count() == 1


def test_a_project_is_found_everywhere(
    window: MainWindow, database: Database, three: dict[str, str], show_projects: ShowProjects
) -> None:
    tab = show_projects()
    window.tabs.setCurrentIndex(0)
    hit = next(one for one in search_everything(database, "boutique ligne") if one.kind == "project")
    window.show_hit(hit)
    assert tab.record.desk.facts.id == three["Boutique en ligne"]
    window.show_project(three["Œuvre abandonnée"])
    assert tab.record.desk.facts.title == "Œuvre abandonnée"


def test_the_tab_stands_as_it_was_left(
    three: dict[str, str], show_projects: ShowProjects, tmp_path: Path, qtbot: QtBot
) -> None:
    tab = show_projects()
    tab.show_only(OPEN_ONLY)
    tab.portfolio_button.setChecked(True)
    settings = QSettings(str(tmp_path / "onglet.ini"), QSettings.Format.IniFormat)
    tab.keep(settings)
    other = ProjectsTab()
    qtbot.addWidget(other)
    other.resume(settings)
    assert other.portfolio_button.isChecked()
    assert tab.database is not None
    other.open(tab.database)
    other.reload()
    assert [one.words for one in other.chips.filters()] == ["Pas encore clos"]
    assert len(other.portfolio.view.timeline.rows) == 2


def test_c18_a_provider_removed_in_mid_project_is_said_and_the_project_goes_on(
    database: Database, show_projects: ShowProjects, hand: Hand, clock: FixedClock
) -> None:
    facts = started(database)
    register = ProviderRegister(database)
    register.remove(facts.provider.id, date(2026, 10, 15), ["C11"], "Sans cahier des charges")
    tab = show_projects()
    tab.show_record(facts.id)
    assert "radié" in tab.record.band.sentence.toolTip()
    assert tab.record.form.isEnabled()
    hand.click(tab.record.band.buttons[0])
    hand.save(tab.record.act_place)
    assert "radié" not in tab.record.band.sentence.toolTip()
    assert any(one.about_removal for one in tab.record.desk.facts.exchanges)


def test_a_company_in_the_bin_leaves_its_project_readable(database: Database, show_projects: ShowProjects) -> None:
    facts = started(database)
    CompanyRecords(database).delete(facts.company.id)
    tab = show_projects()
    tab.show_record(facts.id)
    assert "corbeille" in tab.record.band.sentence.toolTip()
    assert titles(tab) == [facts.title]


def test_c28_the_notice_is_asked_of_the_provider_by_mail(
    database: Database, show_projects: ShowProjects, mail_program: MailProgram
) -> None:
    facts = started(database)
    timelines = ProjectTimelines(database)
    project = timelines.get(facts.id)
    assert not project.enter("provider_lead_email", "chef@prestataire.example")
    timelines.save(project)
    tab = show_projects()
    tab.show_record(facts.id)
    tab.papers.mail("SPECIFICATION")
    mail = message_from_bytes(mail_program.opened[-1].read_bytes(), policy=policy.default)
    assert mail["To"] == "Chef de projet Fictif <chef@prestataire.example>"
    assert "digipilote.numerique@reunion.cci.fr" in mail.get_content()
    assert "(C28)" in mail.get_content()
    assert mail["X-Unsent"] == "1"


def test_c29_the_notice_of_the_end_is_ready_for_the_address_of_the_charter(
    database: Database, show_projects: ShowProjects, mail_program: MailProgram
) -> None:
    facts = delivered(database)
    tab = show_projects()
    tab.show_record(facts.id)
    tab.papers.mail("END_OF_WORK:ccir")
    mail = message_from_bytes(mail_program.opened[-1].read_bytes(), policy=policy.default)
    assert mail["To"] == "digipilote.numerique@reunion.cci.fr"
    assert "fin de réalisation" in mail.get_content()
    assert facts.number in mail["Subject"]


def test_c26_a_silent_provider_is_written_to(
    database: Database, show_projects: ShowProjects, mail_program: MailProgram
) -> None:
    tab = show_projects()
    tab.show_record(started(database).id)
    assert "Aucun échange" in tab.record.band.sentence.toolTip()
    action(tab, "Écrire au prestataire…").trigger()
    mail = message_from_bytes(mail_program.opened[-1].read_bytes(), policy=policy.default)
    assert "où il en est" in mail.get_content()


def test_every_document_of_a_project_opens_over_the_tab(
    database: Database, show_projects: ShowProjects, tmp_path: Path
) -> None:
    facts = started(database)
    costed(database, facts)
    tab = show_projects()
    tab.show_record(facts.id)
    for show, words in (
        (tab.papers.show_timeline, "Réalisation"),
        (tab.papers.show_matrix, "C33"),
    ):
        show()
        page = tab.places.page
        assert isinstance(page, DocumentPage)
        assert words in sentences_of(page.paper.pdf)
        tab.places.leave_all()
    for kind, begins in (("png", b"\x89PNG"), ("ics", b"BEGIN:VCALENDAR"), ("xml", b"<?xml"), ("pdf", b"%PDF")):
        file = tmp_path / f"planning.{kind}"
        tab.papers.write(kind, file)
        assert file.read_bytes().startswith(begins)
    tab.papers.write("svg", tmp_path / "planning.svg")
    assert b"<svg" in (tmp_path / "planning.svg").read_bytes()


def test_a_document_is_joined_to_its_step(
    database: Database, show_projects: ShowProjects, hand: Hand, tmp_path: Path
) -> None:
    tab = show_projects()
    tab.show_record(opened(database).id)
    record = tab.record
    record.open_part(record.steps)
    record.steps.table.selectRow(2)
    hand.press(record.steps, "Joindre…")
    file = tmp_path / "cdc.pdf"
    file.write_bytes(b"%PDF-1.7 cahier")
    assert record.documents.line_form.file_box is not None
    record.documents.line_form.file_box.take(file)
    hand.save(record.documents)
    (document,) = record.desk.facts.documents
    assert (document.kind, document.step_id) == (DocumentKind.SPECIFICATION, record.desk.facts.steps[2].id)


def test_the_days_that_a_project_waits_are_a_setting(window: MainWindow, database: Database) -> None:
    dialog = SettingsDialog(window, database)
    page = dialog.page(ProjectsPage)
    assert isinstance(page, ProjectsPage)
    page.silence_days.setValue(10)
    said: list[str] = []
    dialog.saved.connect(said.append)
    dialog.save_button.click()
    assert "10 jours" in said[0]
    assert ProjectTimelines(database).rules.silence_days == 10


def test_bad_input_is_said_beside_its_field_and_kept(
    database: Database, show_projects: ShowProjects, hand: Hand
) -> None:
    tab = show_projects()
    tab.show_record(opened(database).id)
    record = tab.record
    for name, text, said in (
        ("budget", "mille", "montant"),
        ("budget", "-12", "négatif"),
        ("end_on", "31/02/2027", "date"),
        ("end_on", "01/01/3026", "année"),
        ("provider_lead_email", "chef@", "e-mail"),
    ):
        hand.write(record.form.box(name), text)
        hand.key(record.form.box(name), Qt.Key.Key_Tab)
        tab.settle()
        assert said in record.form.sentence_label(name).text().casefold(), (name, text)
        assert record.form.text_of(name)[0] == text
    for text, cents in (("1 234,5 €", 123_450), ("1.234,50", 123_450), ("1,234.50", 123_450)):
        hand.write(record.form.box("budget"), text)
        hand.key(record.form.box("budget"), Qt.Key.Key_Tab)
        tab.settle()
        assert tab.record.desk.facts.budget == cents, text


def test_a_company_leads_to_its_projects_and_to_a_new_one(
    qtbot: QtBot, window: MainWindow, database: Database, show_projects: ShowProjects
) -> None:
    facts = started(database)
    tab = show_projects()
    window.show_company(facts.company.id)
    companies = window.findChild(CompaniesTab)
    assert companies is not None
    companies.show_part("follow")
    follow = companies.record.follow
    lines = [follow.table.model().index(row, 1).data() for row in range(follow.table.model().rowCount())]
    row = next(place for place, words in enumerate(lines) if facts.number in words)
    follow.table.selectRow(row)
    follow.open_button.click()
    assert window.tabs.currentIndex() == PROJECTS
    assert tab.record.desk.facts.id == facts.id
    window.show_company(facts.company.id)
    action(companies, "Nouveau projet…").trigger()
    page = tab.places.page
    assert isinstance(page, NewProjectPage)
    assert page.company.chosen is not None
    assert page.company.chosen.id == facts.company.id


def test_what_waits_in_a_project_is_one_click_from_it(
    window: MainWindow, database: Database, show_projects: ShowProjects
) -> None:
    facts = started(database)
    tab = show_projects()
    waiting = {basket.key: basket for basket in Reminders(database).baskets() if basket.entries}
    assert "project_silent" in waiting
    (line,) = Reminders(database).lines(waiting["project_silent"])
    window.tabs.setCurrentIndex(0)
    window.show_waiting(line.kind, line.opens, line.record_id)
    assert window.tabs.currentIndex() == PROJECTS
    assert tab.record.desk.facts.id == facts.id
