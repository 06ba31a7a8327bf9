import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from charte_desktop.model.facts import ProviderFacts
from charte_desktop.model.provider import Provider
from charte_desktop.store.database import Database
from charte_desktop.store.drafts import Drafts
from charte_desktop.store.history import History
from charte_desktop.store.look_alikes import LookAlike, LookAlikes
from charte_desktop.store.provider_register import ProviderRegister
from charte_desktop.ui import record_editor
from charte_desktop.ui.identity_form import IdentityForm, identity_fields
from charte_desktop.ui.record_editor import RecordEditor
from tests.conftest import PASSPHRASE
from tests.factory import a_provider

CONTROL = Qt.KeyboardModifier.ControlModifier
FIELDS = ("legal_name", "siren", "emails", "phones", "notes")

Editing = tuple[IdentityForm, "RecordEditor[Provider]"]


def edit(database: Database) -> Editing:
    form = IdentityForm()
    form.set_fields(identity_fields(*FIELDS), ProviderFacts)
    register = ProviderRegister(database)
    look = LookAlikes(database).of_provider
    return form, RecordEditor(form, "provider", lambda: register, Drafts(database), ProviderFacts, look, lambda _: ())


@pytest.fixture
def editing(qtbot: QtBot, database: Database) -> Editing:
    form, editor = edit(database)
    qtbot.addWidget(form)
    form.show()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    return form, editor


@pytest.fixture
def known(database: Database) -> Provider:
    return ProviderRegister(database).add(a_provider(legal_name="Vétiver Web", phones=["+262692000009"]))


def test_leaving_a_field_saves_it_and_shows_what_was_understood(
    qtbot: QtBot, editing: Editing, known: Provider, database: Database
) -> None:
    form, editor = editing
    editor.show(known)
    phones = form.box("phones")
    phones.setFocus()
    qtbot.keyClick(phones, Qt.Key.Key_A, CONTROL)
    qtbot.keyClicks(phones, "0692123456")
    with qtbot.waitSignal(editor.saved):
        qtbot.keyClick(phones, Qt.Key.Key_Return)
    assert ProviderRegister(database).get(known.id).phones == ["+262692123456"]
    assert form.text_of("phones")[0] == "0692 12 34 56"
    assert Drafts(database).all() == []
    assert History(database).of(known.id)[0].field == "Téléphone"


def test_a_pause_saves_without_touching_what_is_being_typed(
    qtbot: QtBot, editing: Editing, known: Provider, database: Database
) -> None:
    form, editor = editing
    editor.show(known)
    name = form.box("legal_name")
    name.setFocus()
    qtbot.keyClick(name, Qt.Key.Key_A, CONTROL)
    with qtbot.waitSignal(editor.saved, timeout=3 * record_editor.SAVING_PAUSE):
        qtbot.keyClicks(name, "Vetiver  ")
    assert form.text_of("legal_name")[0] == "Vetiver  "
    assert ProviderRegister(database).get(known.id).legal_name == "Vetiver"
    form.box("notes").setFocus()
    assert form.text_of("legal_name")[0] == "Vetiver"


def test_what_is_not_understood_is_saved_shown_and_explained(
    qtbot: QtBot, editing: Editing, known: Provider, database: Database
) -> None:
    form, editor = editing
    editor.show(known)
    siren = form.box("siren")
    siren.setFocus()
    qtbot.keyClick(siren, Qt.Key.Key_A, CONTROL)
    qtbot.keyClicks(siren, "12")
    qtbot.keyClick(siren, Qt.Key.Key_Return)
    assert ProviderRegister(database).get(known.id).unread == {"siren": "12"}
    text, sentence = form.text_of("siren")
    assert text == "12"
    assert sentence.endswith("vérifiez-le.")


def test_a_refused_save_is_said_under_its_field_and_stays_a_draft(
    qtbot: QtBot, editing: Editing, known: Provider, database: Database
) -> None:
    form, editor = editing
    other = ProviderRegister(database).add(a_provider(legal_name="Zourit"))
    editor.show(known)
    siren = form.box("siren")
    siren.setFocus()
    qtbot.keyClick(siren, Qt.Key.Key_A, CONTROL)
    qtbot.keyClicks(siren, other.siren)
    qtbot.keyClick(siren, Qt.Key.Key_Return)
    assert form.text_of("siren")[0] == other.siren
    assert "déjà celui de « Zourit »" in form.text_of("siren")[1]
    assert ProviderRegister(database).get(known.id).siren == known.siren
    (draft,) = Drafts(database).all()
    assert draft.values == {"siren": other.siren}


def test_another_record_shown_saves_the_one_before(
    qtbot: QtBot, editing: Editing, known: Provider, database: Database
) -> None:
    form, editor = editing
    other = ProviderRegister(database).add(a_provider(legal_name="Zourit"))
    editor.show(known)
    qtbot.keyClicks(form.box("notes"), "rappeler")
    editor.show(other)
    assert ProviderRegister(database).get(known.id).notes == "rappeler"
    assert form.text_of("notes")[0] == ""
    assert not editor.is_waiting


def test_a_new_record_is_typed_by_keyboard_alone(qtbot: QtBot, editing: Editing, database: Database) -> None:
    form, editor = editing
    editor.begin()
    form.focus_first()
    for field, text in zip(FIELDS, ("Neuf", "732829320", "a@b.re", "0262 12 34 56", "vu"), strict=True):
        qtbot.keyClicks(form.box(field), text)
        if field != "notes":
            qtbot.keyClick(form.box(field), Qt.Key.Key_Return)
    assert ProviderRegister(database).count() == 0
    (draft,) = Drafts(database).all()
    assert draft.title == "Neuf"
    with qtbot.waitSignals([editor.created, editor.closed]):
        qtbot.keyClick(form.box("notes"), Qt.Key.Key_Return, CONTROL)
    (made,) = ProviderRegister(database).all()
    assert (made.legal_name, made.siren, made.phones, made.notes) == ("Neuf", "732829320", ["+262262123456"], "vu")
    assert Drafts(database).all() == []
    assert editor.record_id == made.id


def test_a_new_record_left_half_way_is_found_again(qtbot: QtBot, editing: Editing, known: Provider) -> None:
    form, editor = editing
    editor.begin()
    qtbot.keyClicks(form.box("legal_name"), "A moitie")
    editor.show(known)
    assert form.text_of("legal_name")[0] == "Vétiver Web"
    editor.begin()
    assert form.text_of("legal_name")[0] == "A moitie"
    editor.forget()
    assert form.text_of("legal_name")[0] == ""
    assert editor.waiting() == []


def test_a_draft_that_nobody_took_up_survives_other_typing(
    qtbot: QtBot, editing: Editing, known: Provider, database: Database
) -> None:
    form, editor = editing
    Drafts(database).keep("provider", known.id, {"notes": "d'avant la panne"})
    form, editor = edit(database)
    qtbot.addWidget(form)
    editor.show(known)
    assert editor.draft is not None
    assert form.text_of("notes")[0] == ""
    qtbot.keyClicks(form.box("legal_name"), "x")
    editor.save()
    assert Drafts(database).all()[0].values == {"notes": "d'avant la panne"}
    editor.resume()
    assert form.text_of("notes")[0] == "d'avant la panne"
    editor.save()
    assert ProviderRegister(database).get(known.id).notes == "d'avant la panne"
    assert Drafts(database).all() == []


def test_duplicates_are_seen_while_typing_and_what_was_said_of_them_is_kept(
    qtbot: QtBot, editing: Editing, known: Provider, database: Database
) -> None:
    form, editor = editing
    seen: list[list[LookAlike]] = []
    editor.alike.connect(seen.append)
    editor.begin()
    with qtbot.waitSignal(editor.alike):
        qtbot.keyClicks(form.box("legal_name"), "VETIVER WEB SARL")
    assert [one.legal_name for one in seen[-1]] == ["Vétiver Web"]
    LookAlikes(database).not_a_duplicate(editor.distinct_id(), known.id)
    editor.look_again()
    assert seen[-1] == []
    editor.show(known)
    editor.begin()
    assert seen[-1] == []


TYPE_AND_HANG = """
import os, sys
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from charte_desktop.store.database import Database
from charte_desktop.ui import immortals
from tests.ui.test_record_editor import edit
application = QApplication([])
immortals.keep()
database = Database.open(__import__("pathlib").Path(sys.argv[1]), passphrase=sys.argv[2])
form, editor = edit(database)
form.show()
editor.begin()
QTest.keyClicks(form.box("legal_name"), "Avant la panne")
print("typed", flush=True)
application.exec()
"""


def test_what_was_typed_is_there_after_the_process_was_killed(
    qtbot: QtBot, closed_base: Path, open_base: Callable[[Path], Database]
) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", TYPE_AND_HANG, str(closed_base), PASSPHRASE], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "typed\n"
    child.kill()
    child.wait()
    child.stdout.close()
    form, editor = edit(open_base(closed_base))
    qtbot.addWidget(form)
    assert [draft.title for draft in editor.waiting()] == ["Avant la panne"]
    editor.begin()
    assert form.text_of("legal_name")[0] == "Avant la panne"


@pytest.fixture
def open_base(request: pytest.FixtureRequest) -> Callable[[Path], Database]:
    """Opens a base that is closed at the test's end."""

    def opened(folder: Path) -> Database:
        database = Database.open(folder, passphrase=PASSPHRASE)
        request.addfinalizer(database.close)
        return database

    return opened
