import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from charte_desktop.model.provider import new_provider
from charte_desktop.ui.choice_boxes import ChoiceBoxes, ChoiceGroup
from charte_desktop.ui.identity_form import FormField, IdentityForm, identity_fields
from tests.factory import a_provider

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def form(qtbot: QtBot) -> IdentityForm:
    form = IdentityForm()
    qtbot.addWidget(form)
    form.set_fields(identity_fields("legal_name", "siren", "phones", "notes"), new_provider)
    form.show()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    return form


def test_a_record_fills_its_fields_and_nothing_counts_as_typed(form: IdentityForm) -> None:
    record = a_provider(legal_name="Vétiver Web")
    record.enter("phones", "0692 12")
    form.show_record(record, ["siren"])
    assert form.text_of("legal_name") == ("Vétiver Web", "")
    text, sentence = form.text_of("phones")
    assert text == "0692 12"
    assert sentence.startswith("Il manque des chiffres")
    assert form.typed() == {}


def test_each_key_is_told_and_the_sentence_comes_when_the_field_is_left(qtbot: QtBot, form: IdentityForm) -> None:
    form.show_record(new_provider())
    form.focus_first()
    told: list[str] = []
    form.changed.connect(told.append)
    qtbot.keyClicks(form.box("legal_name"), "Ab")
    qtbot.keyClick(form.box("legal_name"), Qt.Key.Key_Return)
    qtbot.keyClicks(form.box("siren"), "12")
    assert told == ["legal_name", "legal_name", "siren", "siren"]
    assert form.text_of("siren")[1] == ""
    with qtbot.waitSignal(form.left):
        qtbot.keyClick(form.box("siren"), Qt.Key.Key_Return)
    assert form.text_of("siren") == (
        "12",
        "Un SIREN a neuf chiffres, un SIRET quatorze, et ce numéro en a 2 : vérifiez-le.",
    )
    assert form.box("phones").hasFocus()
    assert form.typed() == {"legal_name": "Ab", "siren": "12"}


def test_a_sentence_moves_nothing(qtbot: QtBot, form: IdentityForm) -> None:
    form.show_record(new_provider())
    before = form.box("phones").geometry()
    qtbot.keyClicks(form.box("siren"), "12")
    form.check("siren")
    qtbot.wait(0)
    assert form.box("phones").geometry() == before


def test_enter_goes_on_shift_enter_breaks_the_line_control_enter_ends(qtbot: QtBot, form: IdentityForm) -> None:
    form.show_record(new_provider())
    phones = form.box("phones")
    phones.setFocus()
    qtbot.keyClicks(phones, "0692 12 34 56")
    qtbot.keyClick(phones, Qt.Key.Key_Return, SHIFT)
    qtbot.keyClicks(phones, "0262 12 34 56")
    assert form.typed()["phones"] == "0692 12 34 56\n0262 12 34 56"
    with qtbot.waitSignal(form.finished):
        qtbot.keyClick(phones, Qt.Key.Key_Return, CONTROL)
    form.box("notes").setFocus()
    with qtbot.waitSignal(form.finished):
        qtbot.keyClick(form.box("notes"), Qt.Key.Key_Return)


def test_what_is_pasted_is_taken_whole(qtbot: QtBot, form: IdentityForm) -> None:
    form.show_record(new_provider())
    QGuiApplication.clipboard().setText("\u00a0732\u202f829 320\t00074\r\n")
    siren = form.box("siren")
    siren.setFocus()
    qtbot.keyClick(siren, Qt.Key.Key_V, CONTROL)
    form.check("siren")
    record = new_provider()
    assert record.enter("siren", form.typed()["siren"]) == []
    assert record.siren == "732829320"


def test_typed_text_stays_when_the_record_is_shown_again(qtbot: QtBot, form: IdentityForm) -> None:
    form.show_record(a_provider(legal_name="Un"))
    form.box("siren").setFocus()
    qtbot.keyClicks(form.box("legal_name"), "x")
    other = a_provider(legal_name="Deux", notes="relu")
    form.show_record(other, keep_typed=True)
    assert form.typed() == {"legal_name": "xUn"}
    assert form.text_of("notes")[0] == "relu"
    form.show_record(other)
    assert form.typed() == {}
    assert form.text_of("legal_name")[0] == "Deux"


def test_a_draft_is_typed_in_again_with_its_sentences(form: IdentityForm) -> None:
    form.show_record(new_provider())
    form.type_in({"legal_name": "Zourit", "siren": "12", "unknown": "ignored"})
    assert form.typed() == {"legal_name": "Zourit", "siren": "12"}
    assert form.text_of("siren")[1]


def test_every_box_has_an_accessible_name(form: IdentityForm) -> None:
    assert [form.box(name).accessibleName() for name in form.names()] == form.labels()


GROUPS = [ChoiceGroup("Web", [("S01", "Site"), ("S02", "Référencement")]), ChoiceGroup("Formation", [("S16", "Cours")])]


def test_boxes_are_one_stop_of_the_tab_key_with_arrows_inside(qtbot: QtBot) -> None:
    form = IdentityForm()
    qtbot.addWidget(form)
    name, notes = identity_fields("legal_name", "notes")
    form.set_fields([name, FormField("services", "Services", choices=lambda: GROUPS), notes], new_provider)
    form.show()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    form.focus_first()
    boxes = form.box("services")
    assert isinstance(boxes, ChoiceBoxes)
    qtbot.keyClick(form.box("legal_name"), Qt.Key.Key_Return)
    assert boxes.box("S01").hasFocus()
    qtbot.keyClick(boxes.box("S01"), Qt.Key.Key_Down)
    qtbot.keyClick(boxes.box("S02"), Qt.Key.Key_Down)
    qtbot.keyClick(boxes.box("S16"), Qt.Key.Key_Space)
    assert form.typed() == {"services": "S16"}
    qtbot.keyClick(boxes.box("S16"), Qt.Key.Key_Tab)
    assert form.box("notes").hasFocus()


def test_an_id_without_a_box_is_never_lost(qtbot: QtBot) -> None:
    boxes = ChoiceBoxes(None, lambda: GROUPS)
    qtbot.addWidget(boxes)
    boxes.show_typed("S01 locale-1")
    boxes.box("S16").click()
    assert boxes.typed() == "S01 S16 locale-1"


def test_folded_boxes_say_what_is_ticked_and_open_on_demand(qtbot: QtBot) -> None:
    boxes = ChoiceBoxes(None, lambda: GROUPS, folded="Tout")
    qtbot.addWidget(boxes)
    boxes.setAccessibleName("Domaine")
    boxes.show_typed("S16")
    boxes.box("S01").click()
    assert boxes.typed() == "S01 S16"
    boxes.show_typed("")
    assert not boxes.box("S16").isChecked()
