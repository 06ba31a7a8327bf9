"""Pictures of a company, its visit, its documents, a workshop, the report; on a base that is as it was afterwards."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtWidgets import QWidget

from charte_desktop.ui.companies.accompaniment_page import AccompanimentPage
from charte_desktop.ui.companies.right_page import RightPage
from charte_desktop.ui.sheets.desk import Desk
from charte_desktop.ui.workshops.workshop_page import WorkshopPage

if TYPE_CHECKING:
    from charte_desktop.ui.companies.companies_tab import CompaniesTab
    from charte_desktop.ui.main_window import MainWindow
    from charte_desktop.ui.today.today_tab import TodayTab


def today_scenes(window: "MainWindow", tab: "TodayTab") -> Iterator[tuple[str, QWidget]]:
    """The report of the year, and what is asked before a line is put off."""
    tab.show_report()
    _rest(tab)
    yield "rapport-activite", window
    tab.places.leave_all()
    line = tab.lines.line()
    if line is not None:
        tab.put_off_button.click()
        dialog = tab.dialog
        assert dialog is not None
        yield "reporter", dialog
        dialog.reject()


def company_scenes(window: "MainWindow", tab: "CompaniesTab") -> Iterator[tuple[str, QWidget]]:
    """The parts of a record, a visit and what comes of it, the workshops."""
    company, diagnostic = _someone(tab)
    if company:
        tab.show_record(company)
    for part in ("follow", "needs", "contacts"):
        tab.show_part(part)
        yield f"entreprise-{_PARTS[part]}", window
    tab.accompany()
    visit = tab.places.page
    if isinstance(visit, AccompanimentPage):
        yield "visite", window
        tab.places.leave_all()
    if diagnostic:
        yield from _documents(window, tab, company, diagnostic)
        yield from _dialogs(tab)
    yield from _workshops(window, tab)
    tab.record.parts.setCurrentIndex(0)


_PARTS = {"follow": "suivi", "needs": "besoins", "contacts": "contacts"}


def _someone(tab: "CompaniesTab") -> tuple[str, str]:
    """A company with two diagnostics and the latest of them; nobody in a base without any."""
    assert tab.database is not None
    with tab.database.looking() as base:
        line = base.execute(
            "SELECT company_id, accompaniment_id FROM diagnostic AS told WHERE 1 < "
            "(SELECT count(*) FROM diagnostic WHERE company_id = told.company_id) "
            "ORDER BY answered_on DESC, rowid DESC LIMIT 1"
        ).fetchone()
    return (line[0], line[1]) if line else ("", "")


def _documents(
    window: "MainWindow", tab: "CompaniesTab", company: str, diagnostic: str
) -> Iterator[tuple[str, QWidget]]:
    tab.correct(diagnostic)
    visit = tab.places.page
    assert isinstance(visit, AccompanimentPage)
    visit.show_questions()
    visit._turn(1)
    yield "questionnaire", window
    tab.places.leave_all()
    tab.over.show_restitution(diagnostic)
    _rest(tab)
    yield "restitution", window
    tab.places.leave_all()
    tab.over.show_attestation(company)
    yield "attestation", window
    tab.places.leave_all()
    tab.show_right()
    page, shown = tab.places.page, tab.record.shown
    assert isinstance(page, RightPage)
    page.siren.setText(shown.siren if shown is not None else "")
    page.ask()
    yield "droit-a-la-charte", window
    tab.places.leave_all()


def _dialogs(tab: "CompaniesTab") -> Iterator[tuple[str, QWidget]]:
    for name, ask in (("clore-le-suivi", tab.acts.close_follow_up), ("point-de-suivi", tab.acts.ask_satisfaction)):
        ask()
        dialog = tab.acts.dialog
        assert dialog is not None
        yield name, dialog
        dialog.reject()


def _workshops(window: "MainWindow", tab: "CompaniesTab") -> Iterator[tuple[str, QWidget]]:
    from charte_desktop.store.workshops import Workshops

    tab.show_workshops()
    yield "ateliers", window
    tab.places.leave_all()
    assert tab.database is not None
    held = Workshops(tab.database).all()
    if not held:
        return
    most = max(held, key=lambda one: one.participants)
    tab.show_workshops(most.id)
    page = tab.places.page
    assert isinstance(page, WorkshopPage)
    yield "atelier", window
    page.entry.company.setText("bou")
    page.entry.look()
    yield "atelier-inscrire", window
    page.entry.clear()
    page.show_signing()
    yield "atelier-emarger", window
    tab.places.leave_all()


def settings_scenes(window: "MainWindow") -> Iterator[tuple[str, QWidget]]:
    """Each page of the settings."""
    from charte_desktop.ui.settings.settings_dialog import PAGES, SettingsDialog

    dialog = SettingsDialog(window, window.open_database)
    dialog.show()
    for row, page in enumerate(PAGES):
        dialog.parts.setCurrentRow(row)
        yield f"reglages-{page.FORM.removesuffix('_page').replace('_', '-')}", dialog
    dialog.reject()
    dialog.deleteLater()


def _rest(tab: QWidget) -> None:
    while any(desk.is_busy for desk in tab.findChildren(Desk)):
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
