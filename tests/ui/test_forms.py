from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from charte_desktop import paths
from charte_desktop.ui.forms import FormError, declared, load_form
from charte_desktop.ui.passphrase_dialog import PassphraseDialog


class WantsWhatIsNotThere(QDialog):
    passphrase: QLineEdit
    signature: QLineEdit


class WantsAnotherType(QDialog):
    passphrase: QLabel


def test_a_form_gives_its_class_the_widgets_it_declares(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = PassphraseDialog(None, tmp_path)
    qtbot.addWidget(dialog)
    assert dialog.passphrase.echoMode() is QLineEdit.EchoMode.Password
    assert dialog.passphrase.accessibleName() == "Phrase de passe"


def test_a_widget_that_the_form_lacks_fails_when_the_form_is_loaded(qtbot: QtBot) -> None:
    dialog = WantsWhatIsNotThere()
    qtbot.addWidget(dialog)
    with pytest.raises(FormError, match=r"passphrase_dialog\.ui has no QLineEdit named signature"):
        load_form(dialog, "passphrase_dialog")


def test_a_widget_of_another_type_fails_when_the_form_is_loaded(qtbot: QtBot) -> None:
    dialog = WantsAnotherType()
    qtbot.addWidget(dialog)
    with pytest.raises(FormError, match="no QLabel named passphrase"):
        load_form(dialog, "passphrase_dialog")


def test_only_what_qt_knows_is_asked_of_a_form() -> None:
    assert declared(WantsAnotherType) == {"passphrase": QLabel}
    assert declared(QWidget) == {}


def test_every_form_has_a_class_of_its_name() -> None:
    sources = {file.stem for file in (Path(paths.__file__).parent / "ui").rglob("*.py")}
    assert {form.stem for form in paths.forms().glob("*.ui")} <= sources


def test_every_button_and_field_of_a_form_can_be_named_aloud() -> None:
    from xml.etree import ElementTree

    silent = []
    for form in paths.forms().glob("*.ui"):
        for widget in ElementTree.parse(form).iter("widget"):
            told = {one.get("name"): "".join(one.itertext()).strip() for one in widget.findall("property")}
            field = widget.get("class") in ("QLineEdit", "QComboBox", "RecordTable", "QTextBrowser", "GuideText")
            if (field and not told.get("accessibleName")) or (
                widget.get("class") in ("QPushButton", "QCheckBox") and "text" not in told
            ):
                silent.append(f"{form.name}: {widget.get('name')}")
    assert silent == []


def test_a_name_with_signs_of_a_web_page_is_shown_as_it_was_typed(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = PassphraseDialog(None, tmp_path)
    qtbot.addWidget(dialog)
    labels = dialog.findChildren(QLabel)
    assert labels
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}
