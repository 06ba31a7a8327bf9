"""A company with 500 dated lines opened in the window, against the bare driver asking for all of it.

The floor reads the company and its lines, every one of them, in one query each. Ours shows the record: who it is, how
it stands, its first lines, and the one in hand read whole; painted.
"""

import os
from datetime import timedelta
from pathlib import Path
from random import Random
from statistics import median

from benchmarks.base import a_company, big_base, sirens
from benchmarks.open_window import application, open_window, until
from benchmarks.stopwatch import Promise, promise, seconds
from charte_desktop.model.accompaniment_entry import AccompanimentEntry, Advised
from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.exchange_kind import ExchangeKind
from charte_desktop.model.follow_up import Priority
from charte_desktop.store.accompaniments import Accompaniments
from charte_desktop.store.cipher import raw_connection
from charte_desktop.store.company_rows import _FACTS
from charte_desktop.store.company_timeline import SOURCES
from charte_desktop.store.database import Database
from charte_desktop.store.exchanges import Exchanges

FOLDER = Path("build/bench/histories")
COMPANIES, LINES = 8, 500
RUNS = 80
MUST = 4.0
_SERVICES = ("S01", "S03", "S05", "S08", "S13", "S14")


def base_with_histories() -> Database:
    """Eight companies with 500 lines each, among two thousand others."""
    if Database.exists(FOLDER):
        return Database.open(FOLDER)
    database = big_base(FOLDER, providers=50, companies=2_000)
    random = Random(5)
    for siren in sirens(random, COMPANIES):
        company = a_company(random, siren)
        company.legal_name = f"Zzz Longue histoire {siren}"
        with database.transaction("Préparer la mesure") as session:
            session.add(company)
        _fill(database, company.id)
    return database


def _fill(database: Database, company_id: str) -> None:
    held, said = Accompaniments(database), Exchanges(database)
    day = database.today()
    for number in range(LINES):
        if number % 5 == 0:
            entry = AccompanimentEntry(
                kind=AccompanimentKind.INDIVIDUAL,
                held_on=day - timedelta(days=LINES - number),
                notes="Ce qui s'est dit ce jour-là, en quelques phrases qui comptent.",
                needs=dict.fromkeys((_SERVICES[number % 6], _SERVICES[number % 5]), Priority.MEDIUM),
                recommendations=[Advised("Sauvegarder", "Rien n'est gardé ailleurs", "Deux disques")],
            )
            held.record(company_id, entry)
        else:
            said.note(company_id, ExchangeKind.CALL, f"Appel numéro {number} : le devis avance.")


def measure() -> Promise:
    """Opened one after the other with the arrow keys, each beside its floor."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    database = base_with_histories()
    try:
        return _measure(database)
    finally:
        database.close()


def _measure(database: Database) -> Promise:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from charte_desktop.ui.companies.companies_tab import CompaniesTab
    from charte_desktop.ui.tabs import COMPANIES as TAB

    window = open_window(database, TAB)
    running = application()
    tab = window.findChild(CompaniesTab)
    assert tab is not None
    tab.search.setText("zzz longue")
    until(running.processEvents, lambda: not tab.is_typing)
    tab.show_part("follow")
    tab.table.setFocus()
    tab.table.selectRow(0)
    running.processEvents()
    bare = raw_connection(database.path, database.key)
    whole = " UNION ALL ".join(f"SELECT '{one.kind}', * FROM ({one.query})" for one in SOURCES)
    opened, read = [], []
    for number in range(RUNS):
        key = Qt.Key.Key_Down if number // (COMPANIES - 1) % 2 == 0 else Qt.Key.Key_Up

        def open_next(key: Qt.Key = key) -> None:
            QTest.keyClick(tab.table, key)
            tab.record.follow.table.viewport().repaint()

        opened.append(seconds(open_next))
        company = tab.company_shown
        running.processEvents()

        def ask(company: str = company) -> None:
            bare.execute(_FACTS, (company,)).fetchall()
            lines = bare.execute(f"{whole} ORDER BY 3 DESC, 1", {"company": company}).fetchall()
            assert len(lines) >= LINES

        read.append(seconds(ask))
    bare.close()
    window.forget_base()
    window.close()
    return promise(f"a company with {LINES} history lines opened", (median(opened), median(read)), "ms", must=MUST)
