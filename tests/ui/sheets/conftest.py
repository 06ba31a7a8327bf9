"""A company accompanied once, a register that answers it, and the tab Entreprises on the screen."""

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.company import Company
from charte_desktop.store.company_records import CompanyRecords
from charte_desktop.store.database import Database
from charte_desktop.ui.companies.companies_tab import CompaniesTab
from charte_desktop.ui.main_window import MainWindow
from charte_desktop.ui.sheets.draft_page import DraftPage
from tests.factory import a_provider, enter, enter_company
from tests.ui.showing import show_tab


@pytest.fixture
def company(database: Database) -> Company:
    enter(
        database,
        a_provider("S01", legal_name="Atelier Bichik"),
        a_provider("S01", "S13", legal_name="Cabinet Maloya"),
        a_provider("S01", legal_name="Studio Tamarin", territory=["97411"]),
        a_provider("S02", legal_name="Référencement Péi"),
        a_provider("S01", legal_name="Jamais Signé", signed=None),
        a_provider("S01", legal_name="Discret SARL", listed=False),
    )
    company = enter_company(database, legal_name="Garage Oliflore", legal_representative="Gérante Fictive")
    records = CompanyRecords(database)
    records.accompany(company.id, AccompanimentKind.DIAGNOSTIC, date(2026, 3, 2), ["S01"])
    return records.get(company.id)


@pytest.fixture
def tab(qtbot: QtBot, window: MainWindow, database: Database, company: Company) -> CompaniesTab:
    return show_tab(qtbot, window, database, 3, CompaniesTab)


@pytest.fixture
def page(qtbot: QtBot, tab: CompaniesTab) -> DraftPage:
    """The sheet of the company being made, drawn."""
    tab.make_sheet()
    page = tab.places.page
    assert isinstance(page, DraftPage)
    qtbot.waitUntil(lambda: page.is_settled)
    return page
