"""One provider and its charter: where it stands, what can be done, every signature with its document."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QWidget

from charte_desktop.ui import icons, marks
from charte_desktop.ui.forms import load_form
from charte_desktop.ui.record_table import Column, RecordModel, RecordTable

if TYPE_CHECKING:
    from charte_desktop.model.facts import ProviderFacts
    from charte_desktop.store.charter_rows import CharterRow, SignatureFacts
    from charte_desktop.store.database import Database


PAPER, FORM, DOCUMENT, CANCEL = "paper", "form", "document", "cancel"
"""What another tab may ask of the tab Charte for the provider it shows."""


class CharterPanel(QFrame):
    """What the tab's list and the provider's record show of a charter."""

    mark: QLabel
    name_label: QLabel
    standing: QLabel
    facts_label: QLabel
    said: QLabel
    sign_button: QPushButton
    paper_button: QPushButton
    form_button: QPushButton
    dated_button: QPushButton
    record_button: QPushButton
    signatures_title: QLabel
    signatures: RecordTable
    signature_words: QLabel
    open_button: QPushButton
    cancel_button: QPushButton

    sign_asked = Signal(str)
    paper_asked = Signal(str)
    form_asked = Signal(str)
    dated_asked = Signal(str)
    record_asked = Signal(str)
    """Each for the provider shown, by its id."""
    document_asked = Signal(object)
    """Open what a signature left: `SignatureFacts`."""
    cancel_asked = Signal(object)
    """Cancel a signature: `SignatureFacts`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "charter_panel", RecordTable)
        self.provider_id = ""
        self.row: CharterRow | None = None
        columns: list[Column[SignatureFacts]] = [
            Column("Par", lambda one: one.signer or "(non précisé)", hint=_hint),
            Column("Signée le", lambda one: f"{one.signed_on:%d/%m/%Y}", sample="00/00/0000", hint=_hint),
            Column("Support", lambda one: one.medium, sample="papier", hint=_hint),
            Column("Version", lambda one: one.version_label or "–", sample="Charte v1", hint=_hint),
        ]
        self._model: RecordModel[SignatureFacts] = RecordModel(columns, self)
        self.signatures.show_model(self._model, columns, sortable=False)
        self.signatures.selectionModel().currentRowChanged.connect(lambda *_: self._follow())
        self.signatures.opened.connect(lambda _: self._open())
        for button, icon, token in (
            (self.sign_button, "signature", "on_primary"),
            (self.paper_button, "printer", "ink"),
            (self.form_button, "mail", "ink"),
            (self.dated_button, "circle-check", "ink"),
            (self.open_button, "file-text", "ink"),
        ):
            button.setIcon(icons.icon(icon, token))
            button.setIconSize(icons.BESIDE_WORDS)
        for button, asked in (
            (self.sign_button, self.sign_asked),
            (self.paper_button, self.paper_asked),
            (self.form_button, self.form_asked),
            (self.dated_button, self.dated_asked),
            (self.record_button, self.record_asked),
        ):
            button.clicked.connect(lambda _=False, asked=asked: asked.emit(self.provider_id))
        self.open_button.clicked.connect(self._open)
        self.cancel_button.clicked.connect(self._cancel)

    def stand_in_record(self) -> None:
        """Leave out what the provider's record says already."""
        for widget in (self.mark, self.name_label, self.standing, self.facts_label, self.record_button):
            widget.hide()
        self.setProperty("role", "")

    def show_provider(self, database: "Database", provider_id: str) -> None:
        """Show a provider and its signatures; an empty id shows nobody."""
        from charte_desktop.store.charter_rows import CharterRows
        from charte_desktop.store.provider_rows import ProviderRows

        rows = CharterRows(database)
        row = self.row = rows.row(provider_id) if provider_id else None
        self.provider_id = provider_id if row is not None else ""
        self.setEnabled(row is not None)
        if row is None:
            for label in (self.mark, self.name_label, self.standing, self.facts_label, self.said):
                label.clear()
            self._show_signatures([])
            return
        facts = ProviderRows(database).facts(provider_id)
        sign = [marks.of_state(row.state)]
        self.mark.setPixmap(marks.icon(sign).pixmap(marks.size(sign), self.devicePixelRatioF()))
        self.name_label.setText(row.legal_name or "(sans nom)")
        self.standing.setText(row.words)
        self.facts_label.setText(_facts(facts))
        self.said.setText(_say(row, facts))
        self.sign_button.setText("Reprendre la signature" if row.is_begun else "Faire signer")
        self._show_signatures(rows.signatures(provider_id))

    def _show_signatures(self, signatures: "Sequence[SignatureFacts]") -> None:
        self._model.show_rows(lambda limit, offset: signatures[offset : None if limit is None else offset + limit])
        count = len(signatures)
        self.signatures_title.setText(f"{count} signatures" if count > 1 else "Signature" if count else "Signatures")
        if signatures:
            self.signatures.selectRow(0)
        self._follow()

    @property
    def chosen(self) -> "SignatureFacts | None":
        """The signature chosen in the table."""
        index = self.signatures.currentIndex()
        return self._model.row(index.row()) if index.isValid() and index.row() < self._model.rowCount() else None

    def _follow(self) -> None:
        one = self.chosen
        self.open_button.setEnabled(one is not None and bool(one.document_id or one.scan_id))
        self.open_button.setText("Ouvrir le scan" if one is not None and one.scan_id else "Ouvrir le document")
        self.cancel_button.setEnabled(one is not None and one.cancelled_on is None)
        self.signature_words.setText(_hint(one) if one is not None else "Aucune signature n'est connue.")

    def _open(self) -> None:
        one = self.chosen
        if one is not None and (one.document_id or one.scan_id):
            self.document_asked.emit(one)

    def _cancel(self) -> None:
        if self.chosen is not None:
            self.cancel_asked.emit(self.chosen)


def _facts(facts: "ProviderFacts") -> str:
    from charte_desktop.model.display import show_siren

    parts = [
        f"SIREN {show_siren(facts.siren)}" if facts.siren else "sans SIREN",
        facts.legal_representative,
        facts.city,
    ]
    return " · ".join(filter(None, parts))


def _say(row: "CharterRow", facts: "ProviderFacts") -> str:
    from charte_desktop.model.charter_standing import Again
    from charte_desktop.model.display import show_date
    from charte_desktop.model.provider_state import MISSING_LABELS, ProviderState

    if row.state is ProviderState.REMOVED:
        removal = facts.removals[-1]
        return (
            f"Radié le {removal.removed_on:%d/%m/%Y} ({', '.join(removal.clauses)}). Pour revenir : levez la radiation "
            "(sa fiche, Actions), puis faites signer de nouveau."
        )
    if row.is_begun:
        return "Une signature a été commencée : elle se reprend là où elle s'est arrêtée."
    missing = [MISSING_LABELS[one] for one in facts.missing()]
    waits = f"Avant de signer, il manque : {', '.join(missing)}." if missing else ""
    match row.again:
        case Again.NEWER_TEXT:
            return f"A signé un texte plus ancien ; il l'engage toujours. {waits or 'Le nouveau peut être signé.'}"
        case Again.TO_RENEW:
            return f"À renouveler : la signature vaut jusqu'au {show_date(row.until)}. {waits}"
        case Again.LAPSED:
            return f"La signature ne vaut plus depuis le {show_date(row.until)}. {waits or 'Elle peut être refaite.'}"
        case Again.BACK:
            return f"La radiation est levée : revenir veut dire signer de nouveau. {waits}"
    if row.state is ProviderState.WITHDRAWN:
        return f"Retiré le {show_date(facts.withdrawn_on)}. Une nouvelle signature le fait revenir au registre."
    if row.state is ProviderState.SIGNATORY:
        until = f" Vaut jusqu'au {show_date(row.until)}." if row.until else ""
        return f"Charte signée le {show_date(row.signed_on)}.{until}"
    return waits or "La fiche est complète : la charte peut être signée."


def _hint(one: "SignatureFacts") -> str:
    parts = []
    if one.cancelled_on is not None:
        parts.append(f"Annulée le {one.cancelled_on:%d/%m/%Y} : {one.cancellation_reason}")
    if one.number:
        parts.append(f"Document n° {one.number}, empreinte {one.fingerprint}")
    elif one.scan_id:
        parts.append(f"Scan « {one.scan_name} », SHA-256 {one.scan_sha256[:16]}…")
    elif one.source:
        parts.append(f"Connue par : {one.source}")
    if one.capacity:
        parts.append(f"{one.signer}, {one.capacity.lower()}" + (f", à {one.place}" if one.place else ""))
    return " · ".join(parts) or f"Signée le {one.signed_on:%d/%m/%Y}"
