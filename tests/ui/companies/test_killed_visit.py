"""The process dies in the middle of a visit: every letter that was typed is there again, and the caret behind it."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from charte_desktop.store.company_rows import CompanyRows
from charte_desktop.store.database import Database
from charte_desktop.ui.companies.accompaniment_page import AccompanimentPage
from tests.conftest import PASSPHRASE
from tests.factory import enter_company
from tests.ui.companies.visits_until_killed import SAID

VISITOR = Path(__file__).with_name("visits_until_killed.py")


def typed_when_killed(folder: Path, after: float) -> int:
    """How many letters a program said it had typed, when it is killed so many seconds after it began."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(Path(__file__).parents[3])}
    count = 0
    with subprocess.Popen(
        [sys.executable, str(VISITOR), str(folder)], stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("ready"):
                time.sleep(after)
                process.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
            elif line.startswith("typed "):
                count = int(line.removeprefix("typed "))
        process.wait()
    return count


@pytest.mark.parametrize("after", [0.05, 0.2, 0.45])
def test_a_killed_visit_loses_no_letter(qtbot: QtBot, base_as_made: Path, tmp_path: Path, after: float) -> None:
    folder = tmp_path / "base"
    shutil.copytree(base_as_made, folder)
    database = Database.open(folder, passphrase=PASSPHRASE)
    enter_company(database, legal_name="Tuée en visite")
    database.close()

    count = typed_when_killed(folder, after)

    database = Database.open(folder, passphrase=PASSPHRASE)
    (row,) = CompanyRows(database).search("tuée")
    page = AccompanimentPage(database, row.id)
    qtbot.addWidget(page)
    page.show()
    page.start()
    kept = page.notes.toPlainText()
    assert kept == SAID[: len(kept)]
    assert len(kept) >= count, "a letter that was typed is there"
    assert page.needs.typed() == "S01"
    page.finish()
    database.close()
