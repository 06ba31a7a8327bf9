"""The pictures of the demonstration, which are those of the guide and of `make screenshots`."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from charte_desktop import paths
from charte_desktop.demonstration import show
from charte_desktop.store.database import Database
from charte_desktop.ui import forms
from charte_desktop.ui.pictures import draw_pictures


class Recorded:
    """The folder of the forms, which notes what is asked of it."""

    def __init__(self) -> None:
        self.asked: set[str] = set()

    def forms(self) -> "Recorded":
        return self

    def __truediv__(self, name: str) -> Path:
        self.asked.add(name)
        return paths.forms() / name


def test_every_form_is_in_a_picture_and_all_are_drawn_again_in_the_dark(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded = Recorded()
    monkeypatch.setattr(forms, "paths", recorded)
    shown = show(tmp_path / "demo")
    assert {file.name for file in paths.forms().glob("*.ui")} - recorded.asked == set()

    database = Database.open(shown.base)
    again = draw_pictures(database, tmp_path / "sombre", dark=True, import_list=shown.list_file)
    database.close()
    assert {one.stem for one in again} == {one.stem for one in shown.pictures}
