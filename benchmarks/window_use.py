"""The open register on a large base: a letter typed until its rows are painted, a line chosen until its form is filled.

Each question is asked once of each side: nobody searches for what was just found.

Both act on the real window as the keyboard does, against what the bare driver needs to ask the same of the same base.
"""

import os
from collections.abc import Callable, Sequence
from functools import partial
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from benchmarks.base import big_base
from benchmarks.open_window import application, open_window, until
from benchmarks.search import queries
from benchmarks.stopwatch import Promise, promise, seconds
from charte_desktop.store.cipher import raw_connection
from charte_desktop.store.database import Database
from charte_desktop.store.search_words import match_expression

_SEARCH = """
    SELECT record.id, record.legal_name, record.siren, record.city, record.commune_code, record.phones, record.emails,
        record.ape_code
    FROM provider_search
    JOIN search_document ON search_document.id = provider_search.rowid
    JOIN provider AS record ON record.id = search_document.record_id
    WHERE provider_search MATCH ? ORDER BY rank LIMIT 50
"""
_RECORD = (
    "SELECT * FROM provider WHERE id = ?",
    "SELECT * FROM provider_service WHERE provider_id = ?",
    "SELECT * FROM signature WHERE provider_id = ?",
    "SELECT * FROM removal WHERE provider_id = ?",
)
"""The record and what belongs to it. Asked once of each, as the window must: a record that somebody chooses is not one
whose pages were just deciphered."""
_CHOSEN = 200


def measure() -> Sequence[Promise]:
    """200 letters and 200 lines, each beside its floor; the middle of each side counts."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    database = big_base()
    try:
        return _measure(database)
    finally:
        database.close()


def _measure(database: Database) -> Sequence[Promise]:
    from PySide6.QtCore import QEvent, QObject, Qt
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QWidget

    from charte_desktop.ui.providers.providers_tab import ProvidersTab
    from charte_desktop.ui.tabs import PROVIDERS

    class Paints(QObject):
        """Counts the paintings of the widget that it watches."""

        count = 0
        before_rows = 0
        """How many there were when the latest rows came."""

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's own name)
            self.count += event.type() == QEvent.Type.Paint
            return False

    window = open_window(database, PROVIDERS)
    running = application()
    tab = window.findChild(ProvidersTab)
    assert tab is not None
    paints = Paints()
    tab.table.viewport().installEventFilter(paints)
    tab.table.model().modelReset.connect(lambda: setattr(paints, "before_rows", paints.count))
    bare = raw_connection(database.path, database.key)

    def until_painted(act: Callable[[], object]) -> float:
        """Seconds of `act` and of what follows it, until new rows came and were painted."""
        paints.before_rows = -1
        start = perf_counter()
        act()
        while not 0 <= paints.before_rows < paints.count:
            running.processEvents()
            if perf_counter() - start > 5 or (paints.before_rows >= 0 and not tab.table.isVisible()):
                break  # nothing answers: the page that says so is on the screen
        return perf_counter() - start

    def press(box: QWidget, letter: str) -> None:
        key = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(box, key)  # Qt's own test keys know no accents

    def at_rest() -> None:
        until(running.processEvents, lambda: not tab.is_typing)

    typed, asked = [], []
    for text in queries(database):
        tab.search.setText(text[:-1])
        at_rest()
        running.processEvents()
        typed.append(until_painted(partial(press, tab.search, text[-1])))
        at_rest()
        expression = match_expression(text)
        asked.append(seconds(partial(_ask, bare, expression)))

    tab.clear_search()
    tab.table.setFocus()
    at_rest()
    chosen, read = [], []
    for _ in range(_CHOSEN):
        running.processEvents()
        chosen.append(seconds(lambda: QTest.keyClick(tab.table, Qt.Key.Key_Down)))
        if tab.is_typing:  # it is filled a moment after
            raise RuntimeError("the record waits")
        record = tab.record_id(tab._model.row(tab.table.currentIndex().row()))
        read.append(seconds(partial(_read, bare, record)))
    bare.close()
    window.forget_base()
    window.close()
    slowest = quantiles(typed, n=100)[-1] * 1000
    return [
        promise(f"a key typed → rows painted (p99 {slowest:.1f} ms)", (median(typed), median(asked)), "ms", must=4.0),
        promise("another record chosen → its form filled", (median(chosen), median(read)), "ms", must=6.0),
    ]


def _ask(connection: Any, expression: str) -> None:
    connection.execute(_SEARCH, (expression,)).fetchall()


def _read(connection: Any, record: str) -> None:
    for query in _RECORD:
        connection.execute(query, (record,)).fetchall()
