"""Pictures of what is done with a provider: its charter and its facts, its departure, who is to be told."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from charte_desktop.model.provider_state import ProviderState

if TYPE_CHECKING:
    from charte_desktop.ui.main_window import MainWindow
    from charte_desktop.ui.providers.providers_tab import ProvidersTab


def provider_scenes(window: "MainWindow", tab: "ProvidersTab") -> Iterator[tuple[str, QWidget]]:
    """The parts of a signatory's record, and the dialogs of its acts; on a base that is as it was afterwards."""
    from charte_desktop.store.provider_rows import ProviderRows

    rows = ProviderRows(window.open_database)
    signatories = rows.search(state=ProviderState.SIGNATORY, limit=1)
    if not signatories:
        return
    tab.show_record(signatories[0].id)
    record = tab.record
    for page, name in (
        (record.charter_page, "charte"),
        (record.incidents_page, "faits"),
        (record.files_page, "pieces"),
    ):
        record.parts.setCurrentWidget(page)
        yield f"prestataire-{name}", window
    incidents = record.incidents
    assert incidents is not None
    incidents.note_button.click()
    yield from _put_away("noter-un-fait", incidents.dialog)
    for name, act in (
        ("charte-papier", tab.acts.record_paper),
        ("retirer", tab.acts.withdraw),
        ("radier", tab.acts.remove),
    ):
        act()
        yield from _put_away(name, tab.acts.dialog)
    removed = rows.search(state=ProviderState.REMOVED, limit=1)
    if removed:
        tab.show_record(removed[0].id)
        tab.acts.lift()
        yield from _put_away("lever-une-radiation", tab.acts.dialog)
    record.parts.setCurrentIndex(0)


def _put_away(name: str, dialog: QWidget | None) -> Iterator[tuple[str, QWidget]]:
    assert dialog is not None
    yield name, dialog
    dialog.close()
