from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from charte_desktop.store.company_records import CompanyRecords
from charte_desktop.store.database import Database
from charte_desktop.store.provider_register import ProviderRegister
from charte_desktop.ui import theme
from charte_desktop.ui.pictures import draw_pictures
from tests.factory import a_company, a_provider


@pytest.fixture
def furnished(database: Database) -> Database:
    for number in range(12):
        ProviderRegister(database).add(a_provider(f"S{number + 1:02d}"))
    CompanyRecords(database).add(a_company())
    return database


def test_one_picture_of_each_tab_and_of_each_dialog(qapp: QApplication, furnished: Database, tmp_path: Path) -> None:
    pictures = draw_pictures(furnished, tmp_path / "images")
    names = [picture.stem for picture in pictures]
    assert names[0] == "aujourd-hui"
    assert {
        "prestataires",
        "charte",
        "entreprises",
        "projets",
        "premiere-ouverture",
        "phrase-de-passe",
        "guide",
    } <= set(names)
    assert {"rapport-activite", "visite", "ateliers", "reglages-calendar", "reglages-questionnaire"} <= set(names)
    for picture in [one for one in pictures if one.stem in ("aujourd-hui", "prestataires", "visite")]:
        image = QImage(str(picture))
        assert (image.width(), image.height()) == (1366, 768)
        assert len({image.pixel(x, y) for x in range(0, 1366, 3) for y in range(0, 768, 3)}) > 20
    assert not (furnished.folder / "fenetre.ini").exists()


def test_a_picture_at_200_percent_and_dark(qapp: QApplication, furnished: Database, tmp_path: Path) -> None:
    (today, *_) = draw_pictures(furnished, tmp_path / "images", scale=2.0, dark=True)
    image = QImage(str(today))
    assert (image.width(), image.height()) == (2732, 1536)
    assert image.pixelColor(5, 1400).name() == "#171c24"
    assert theme.chosen() == theme.LIGHT
