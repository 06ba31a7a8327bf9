"""The record edited in place, as somebody does it with a keyboard and a mouse."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from charte_desktop.model.provider import Provider
from charte_desktop.model.provider_state import ProviderState
from charte_desktop.store.database import Database
from charte_desktop.store.drafts import Drafts
from charte_desktop.store.history import History
from charte_desktop.store.provider_register import ProviderRegister
from charte_desktop.ui.filtered_tab import BIN
from charte_desktop.ui.main_window import MainWindow
from charte_desktop.ui.providers.departure_dialog import DepartureDialog
from charte_desktop.ui.providers.paper_charter_dialog import PaperCharterDialog
from charte_desktop.ui.providers.providers_tab import ProvidersTab
from charte_desktop.ui.register_tab import LIST
from charte_desktop.ui.tabs import PROVIDERS
from tests.factory import a_provider, siren
from tests.ui.showing import show_tab

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def register(database: Database) -> ProviderRegister:
    return ProviderRegister(database)


@pytest.fixture
def tab(qtbot: QtBot, window: MainWindow, database: Database, register: ProviderRegister) -> ProvidersTab:
    register.add(a_provider("S01", legal_name="Aloe Web"))
    register.add(a_provider("S16", legal_name="Bois Rouge", signed=None))
    return show_tab(qtbot, window, database, PROVIDERS, ProvidersTab)


def retype(qtbot: QtBot, tab: ProvidersTab, field: str, text: str) -> None:
    """Replace the text of a field, then leave it by Enter."""
    box = tab.record.form.box(field)
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_A, CONTROL)
    qtbot.keyClicks(box, text)
    qtbot.keyClick(box, Qt.Key.Key_Return)


def names(tab: ProvidersTab) -> list[str]:
    model = tab.table.model()
    return [model.index(line, 0).data() for line in range(model.rowCount())]


def the(register: ProviderRegister, name: str) -> Provider:
    (found,) = register.find(name)
    return found


def test_enter_on_a_line_opens_the_form_and_what_is_typed_is_saved_and_shown_everywhere(
    qtbot: QtBot, tab: ProvidersTab, window: MainWindow, register: ProviderRegister
) -> None:
    tab.table.setFocus()
    qtbot.keyClick(tab.table, Qt.Key.Key_Return)
    assert tab.record.form.box("legal_name").hasFocus()
    retype(qtbot, tab, "legal_name", "Zarboutan Web")
    assert names(tab) == ["Bois Rouge", "Zarboutan Web"]
    assert tab.record.name_label.text() == "Zarboutan Web"
    assert tab.table.currentIndex().row() == 1
    assert register.count() == 2
    assert window.status_text()[0] == "Enregistré à 09:30"
    assert tab.record.form.box("siren").hasFocus()
    assert window.undo_action.text() == "Annuler : Modifier la fiche de Zarboutan Web"


def test_escape_goes_from_the_form_to_the_table_and_keeps_what_was_typed(
    qtbot: QtBot, tab: ProvidersTab, register: ProviderRegister
) -> None:
    tab.sheet_area_focus()
    qtbot.keyClicks(tab.record.form.box("notes"), "rappeler lundi")
    qtbot.keyClick(tab.record.form.box("notes"), Qt.Key.Key_Escape)
    assert tab.table.hasFocus()
    tab.table.selectRow(1)
    assert the(register, "Aloe Web").notes == "rappeler lundi"
    assert tab.record.form.text_of("notes")[0] == ""


def test_a_provider_is_typed_from_a_paper_form_by_keyboard_alone(
    qtbot: QtBot, tab: ProvidersTab, window: MainWindow, register: ProviderRegister
) -> None:
    tab.table.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_N, CONTROL)
    number = siren()
    for field, text in (
        ("legal_name", "Cilaos Data"),
        ("siren", number),
        ("legal_representative", "Responsable Fictive"),
        ("address", "3 rue du Port 97420 Le Port"),
        ("emails", "contact@cilaos-data.example"),
        ("phones", "0692.12.34.56"),
        ("ape", "6201z"),
        ("headcount", "4"),
    ):
        box = tab.record.form.box(field)
        assert box.hasFocus(), field
        qtbot.keyClicks(box, text)
        qtbot.keyClick(box, Qt.Key.Key_Return)
    boxes = tab.record.form.box("services")
    first = boxes.box("S01")  # type: ignore[attr-defined]
    assert first.hasFocus()
    qtbot.keyClick(first, Qt.Key.Key_Space)
    qtbot.keyClick(first, Qt.Key.Key_Return, CONTROL)
    made = the(register, "Cilaos Data")
    assert made.siren == number
    assert (made.city, made.postal_code, made.ape_code, made.headcount) == ("Le Port", "97420", "62.01Z", 4)
    assert made.phones == ["+262692123456"]
    assert made.service_ids == ["S01"]
    assert tab.record.state_label.text() == "Prêt à signer"
    assert tab.table.hasFocus()
    assert names(tab)[tab.table.currentIndex().row()] == "Cilaos Data"


def test_a_new_provider_left_by_escape_is_a_draft_proposed_again(
    qtbot: QtBot, tab: ProvidersTab, window: MainWindow, register: ProviderRegister
) -> None:
    qtbot.mouseClick(tab.new_button, LEFT)
    qtbot.keyClicks(tab.record.form.box("legal_name"), "Dos d'ane")
    qtbot.keyClick(tab.record.form.box("legal_name"), Qt.Key.Key_Escape)
    assert tab.record.name_label.text() == "Aloe Web"
    assert register.count() == 2
    assert tab.drafts_button.text() == "Reprendre le brouillon « Dos d'ane »"
    assert tab.drafts_button.isVisible()
    qtbot.mouseClick(tab.drafts_button, LEFT)
    assert tab.record.form.text_of("legal_name")[0] == "Dos d'ane"
    assert not tab.drafts_button.isVisible()
    qtbot.mouseClick(tab.record.band.buttons[1], LEFT)
    assert tab.record.form.text_of("legal_name")[0] == ""
    assert tab.record.is_new


def test_the_list_can_be_searched_while_a_new_provider_is_typed(qtbot: QtBot, tab: ProvidersTab) -> None:
    tab.new()
    qtbot.keyClicks(tab.record.form.box("legal_name"), "Neuf")
    qtbot.keyClicks(tab.search, "bois")
    qtbot.waitUntil(lambda: not tab.is_typing)
    assert names(tab) == ["Bois Rouge"]
    assert tab.record.form.text_of("legal_name")[0] == "Neuf"


def test_a_draft_of_a_known_record_is_offered_and_taken_up(
    qtbot: QtBot, window: MainWindow, database: Database, register: ProviderRegister
) -> None:
    known = register.add(a_provider(legal_name="Aloe Web"))
    Drafts(database).keep("provider", known.id, {"notes": "avant la panne"})
    tab = show_tab(qtbot, window, database, PROVIDERS, ProvidersTab)
    qtbot.waitUntil(tab.isVisible)
    assert tab.record.band.sentence.toolTip() == "Un brouillon du 20/10/2026 à 09:30 n'a pas été enregistré."
    qtbot.mouseClick(tab.record.band.buttons[0], LEFT)
    assert tab.record.form.text_of("notes")[0] == "avant la panne"
    qtbot.keyClick(window, Qt.Key.Key_S, CONTROL)
    assert register.get(known.id).notes == "avant la panne"
    assert Drafts(database).all() == []


def test_a_duplicate_is_shown_while_typing_and_its_record_is_one_click_away(
    qtbot: QtBot, tab: ProvidersTab, register: ProviderRegister
) -> None:
    tab.new()
    qtbot.keyClicks(tab.record.form.box("legal_name"), "SARL BOIS ROUGE")
    qtbot.waitUntil(lambda: "Bois Rouge" in tab.record.band.sentence.toolTip())
    assert tab.record.band.sentence.toolTip() == "Ressemble à « Bois Rouge » : même nom."
    before = tab.record.form.mapTo(tab, tab.record.form.pos())
    qtbot.mouseClick(tab.record.band.buttons[0], LEFT)
    assert tab.record.name_label.text() == "Bois Rouge"
    assert tab.record.form.mapTo(tab, tab.record.form.pos()) == before
    tab.new()
    assert tab.record.form.text_of("legal_name")[0] == "SARL BOIS ROUGE"
    assert tab.record.band.buttons[1].text() == "Ce n'est &pas un doublon"
    qtbot.mouseClick(tab.record.band.buttons[1], LEFT)
    assert "Ressemble" not in tab.record.band.sentence.toolTip()
    tab.save()
    assert len(register.find("Bois Rouge")) == 2
    assert "Ressemble" not in tab.record.band.sentence.toolTip()


def test_a_siren_that_another_provider_has_is_refused_under_its_field(
    qtbot: QtBot, tab: ProvidersTab, register: ProviderRegister
) -> None:
    twin = the(register, "Bois Rouge").siren
    tab.new()
    for field, text in (("legal_name", "Autre nom"), ("siren", twin)):
        qtbot.keyClicks(tab.record.form.box(field), text)
    qtbot.keyClick(tab.record.form.box("siren"), Qt.Key.Key_Return, CONTROL)
    assert "est déjà celui de « Bois Rouge »" in tab.record.form.text_of("siren")[1]
    assert tab.record.is_new
    assert register.count() == 2


def test_suppr_puts_a_record_into_the_bin_and_the_bin_gives_it_back(
    qtbot: QtBot, tab: ProvidersTab, window: MainWindow
) -> None:
    tab.table.setFocus()
    qtbot.keyClick(tab.table, Qt.Key.Key_Delete)
    assert names(tab) == ["Bois Rouge"]
    assert window.notice.sentence.text() == "« Aloe Web » est à la corbeille. Ctrl+Z l'en sort."
    qtbot.keyClick(window, Qt.Key.Key_Delete, CONTROL | SHIFT)
    assert tab.pages.currentIndex() == BIN
    assert tab.bin.table.hasFocus()
    qtbot.keyClick(tab.bin.table, Qt.Key.Key_Return)
    assert tab.pages.currentIndex() == LIST
    assert names(tab) == ["Aloe Web", "Bois Rouge"]
    assert tab.record.name_label.text() == "Aloe Web"


def test_an_empty_bin_says_what_it_is_for_and_escape_leaves_it(
    qtbot: QtBot, tab: ProvidersTab, window: MainWindow
) -> None:
    tab.bin_action.trigger()
    assert tab.bin.words.text().startswith("La corbeille est vide")
    assert tab.bin.back_button.hasFocus()
    qtbot.keyClick(tab.bin.back_button, Qt.Key.Key_Escape)
    assert tab.pages.currentIndex() == LIST


def test_c06_a_charter_signed_on_paper_makes_a_signatory(
    qtbot: QtBot, tab: ProvidersTab, register: ProviderRegister, database: Database
) -> None:
    tab.table.selectRow(1)
    tab.paper_action.trigger()
    dialog = tab.acts.dialog
    assert isinstance(dialog, PaperCharterDialog)
    assert dialog.signer.text() == "Responsable Fictif"
    dialog.signed_on.setText("31/12/2026")
    dialog.buttons.accepted.emit()
    assert dialog.signed_on_sentence.text().startswith("Le 31/12/2026 n'est pas encore passé")
    dialog.signed_on.setText("12/25/2025")
    dialog.buttons.accepted.emit()
    assert "jj/mm/aaaa" in dialog.signed_on_sentence.text()
    dialog.signed_on.setText("12 mars 2025")
    dialog.source.setText("Classeur 3")
    dialog.buttons.accepted.emit()
    (signature,) = the(register, "Bois Rouge").signatures
    assert (signature.signed_on, signature.signer, signature.source) == (
        date(2025, 3, 12),
        "Responsable Fictif",
        "Classeur 3",
    )
    assert tab.record.state_label.text() == "Signataire"
    assert tab.record.band.sentence.toolTip() == "Charte signée le 12/03/2025. La fiche est complète."


def test_c18_a_removal_wants_its_clauses_and_its_reason(
    qtbot: QtBot, tab: ProvidersTab, register: ProviderRegister
) -> None:
    tab.remove_action.trigger()
    dialog = tab.acts.dialog
    assert isinstance(dialog, DepartureDialog)
    assert dialog.clauses.count() == 41
    dialog.buttons.accepted.emit()
    assert "au moins un article" in dialog.sentence.text()
    dialog.clauses.setFocus()
    dialog.clauses.setCurrentRow(9)
    qtbot.keyClick(dialog.clauses, Qt.Key.Key_Space)
    dialog.buttons.accepted.emit()
    assert dialog.sentence.text() == "Écrivez le motif de la radiation."
    dialog.reason.setPlainText("Devis jamais remis")
    with qtbot.waitSignal(tab.recall_asked) as asked:
        dialog.buttons.accepted.emit()
    assert asked.args == [the(register, "Aloe Web").id]
    (removal,) = the(register, "Aloe Web").removals
    assert (removal.clauses, removal.reason) == (["C10"], "Devis jamais remis")
    assert tab.record.state_label.text() == "Radié"
    assert tab.record.band.sentence.toolTip() == "Radié le 20/10/2026 (C10) : Devis jamais remis"


def test_a_provider_that_leaves_by_its_own_will_is_withdrawn(tab: ProvidersTab, register: ProviderRegister) -> None:
    tab.withdraw_action.trigger()
    dialog = tab.acts.dialog
    assert isinstance(dialog, DepartureDialog)
    assert dialog.clauses.isHidden()
    dialog.reason.setPlainText("Cessation d'activité")
    dialog.buttons.accepted.emit()
    assert tab.record.state_label.text() == "Retiré"
    assert the(register, "Aloe Web").withdrawal_reason == "Cessation d'activité"


def test_files_are_joined_copied_and_taken_off(tab: ProvidersTab, tmp_path: Path, window: MainWindow) -> None:
    paper = tmp_path / "charte signée.pdf"
    paper.write_bytes(b"%PDF-1.7 essai")
    tab.record.parts.setCurrentWidget(tab.record.files_page)
    tab.record.files.attach(paper)
    model = tab.record.files.table.model()
    assert [model.index(0, column).data() for column in range(3)] == ["charte signée.pdf", "1 ko", "20/10/2026"]
    tab.record.files.ask_copy()
    assert tab.record.files.dialog is not None
    tab.record.files.dialog.fileSelected.emit(str(tmp_path / "copie.pdf"))
    assert (tmp_path / "copie.pdf").read_bytes() == b"%PDF-1.7 essai"
    tab.record.files.detach()
    assert tab.record.files.table.model().rowCount() == 0
    window.undo_action.trigger()
    assert tab.record.files.table.model().rowCount() == 1


def test_territory_sizes_and_publication_are_kept(tab: ProvidersTab, register: ProviderRegister) -> None:
    for field, choice in (("territory", "97411"), ("sizes_served", "01"), ("published", "phones")):
        tab.record.form.box(field).box(choice).click()  # type: ignore[attr-defined]
    kept = the(register, "Aloe Web")
    assert kept.territory == ["97411"]
    assert kept.sizes_served == ["01"]
    assert kept.hidden_fields == ["phones"]


def test_the_history_follows_what_is_saved(qtbot: QtBot, tab: ProvidersTab, database: Database) -> None:
    retype(qtbot, tab, "legal_representative", "Une Autre")
    tab.record.parts.setCurrentIndex(4)
    assert tab.record.history.model().index(0, 2).data() == "Responsable Fictif → Une Autre"
    assert History(database).undo_label() == "Modifier la fiche de Aloe Web"


def test_undo_shows_in_the_form_what_was_before(qtbot: QtBot, tab: ProvidersTab, window: MainWindow) -> None:
    retype(qtbot, tab, "legal_representative", "Une Autre")
    window.undo_action.trigger()
    assert tab.record.form.text_of("legal_representative")[0] == "Responsable Fictif"


def test_every_control_of_the_tab_can_be_named_aloud(tab: ProvidersTab) -> None:
    from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLineEdit, QPlainTextEdit

    for kind in (QAbstractButton, QLineEdit, QPlainTextEdit, QAbstractItemView):
        for one in tab.findChildren(kind):
            if one.isVisible() and one.focusPolicy() != Qt.FocusPolicy.NoFocus:
                text = one.text() if isinstance(one, QAbstractButton) else ""
                assert one.accessibleName() or text, one


def test_every_state_has_its_words_in_the_band(tab: ProvidersTab) -> None:
    tab.show_state(ProviderState.READY)
    assert tab.record.band.sentence.toolTip() == "La fiche est complète : la charte peut être signée."
    assert [one.text() for one in tab.record.band.buttons] == ["&Faire signer…", "Charte signée sur &papier…"]
