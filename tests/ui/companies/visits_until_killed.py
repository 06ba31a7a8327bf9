"""A program that types a visit key by key until somebody kills it: run by test_killed_visit.py."""

import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from charte_desktop.store.company_rows import CompanyRows
from charte_desktop.store.database import Database
from charte_desktop.ui import immortals
from charte_desktop.ui.companies.accompaniment_page import AccompanimentPage
from tests.conftest import PASSPHRASE

SAID = "La gerante veut vendre en ligne avant Noel et ne sait pas par ou commencer. " * 4


def main(folder: Path) -> None:
    """Say how many letters are typed, once each is kept."""
    application = QApplication(["visite", "-style", "fusion"])
    immortals.keep()
    database = Database.open(folder, passphrase=PASSPHRASE)
    (row,) = CompanyRows(database).search("tuée")
    page = AccompanimentPage(database, row.id)
    page.resize(1366, 700)
    page.show()
    application.processEvents()
    QTest.mouseClick(page.needs.box("S01"), Qt.MouseButton.LeftButton)
    page.notes.setFocus()
    print("ready", flush=True)
    for count, letter in enumerate(SAID, 1):
        QTest.keyClicks(page.notes, letter)
        application.processEvents()
        print(f"typed {count}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
