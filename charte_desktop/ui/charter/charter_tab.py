"""The tab Charte: who signed, who must sign again, and signing itself, on the screen, on paper or by mail."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QByteArray, QModelIndex, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QSplitter, QStackedWidget, QWidget

from charte_desktop.ui import icons, marks
from charte_desktop.ui.charter.charter_panel import CANCEL, DOCUMENT, FORM, PAPER, CharterPanel
from charte_desktop.ui.filter_chips import Filter, FilterChips, Offer
from charte_desktop.ui.forms import load_form
from charte_desktop.ui.record_table import Column, RecordModel, RecordTable
from charte_desktop.ui.sheets.places import Page, Places

if TYPE_CHECKING:
    from charte_desktop.store.charter_rows import CharterRow, CharterRows, SignatureFacts
    from charte_desktop.store.database import Database
    from charte_desktop.ui.charter.charter_acts import CharterActs

ROWS, EMPTY = 0, 1


class CharterTab(QWidget):
    """A list of providers by their charter, one of them beside it; what is done with one takes the whole room."""

    places: Places
    search: QLineEdit
    chips: FilterChips
    text_button: QPushButton
    scan_button: QPushButton
    new_button: QPushButton
    splitter: QSplitter
    pages: QStackedWidget
    table: RecordTable
    empty_icon: QLabel
    empty_title: QLabel
    empty_words: QLabel
    clear_button: QPushButton
    count: QLabel
    panel: CharterPanel

    changed = Signal()
    """The base changed."""
    said = Signal(str, str)
    """Tone and sentence for the window's own place."""
    record_asked = Signal(str)
    """Show this provider's record."""

    def __init__(self, parent: QWidget | None = None, run: Callable[..., None] | None = None) -> None:
        """`run` does long work beside the window (`Background.run`)."""
        super().__init__(parent)
        load_form(self, "charter_tab", Places, FilterChips, RecordTable, CharterPanel)
        self._run = run
        self._database: Database | None = None
        self._rows: CharterRows | None = None
        self._acts: CharterActs | None = None
        self._chosen = ""
        self._kept_filters = ""
        columns = _columns()
        self._model: RecordModel[CharterRow] = RecordModel(columns, self)
        self.table.show_model(self._model, columns)
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.table.opened.connect(lambda _: self.panel.sign_button.click())
        loupe = QAction(icons.icon("search", "muted"), "", self.search)
        self.search.addAction(loupe, QLineEdit.ActionPosition.LeadingPosition)
        self.search.setClearButtonEnabled(True)
        self.empty_icon.setPixmap(icons.icon("signature", "muted").pixmap(48, 48))
        self.splitter.setSizes([780, 540])
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(0)
        self._typing.timeout.connect(self._list)
        self.search.textChanged.connect(lambda _: self._typing.start())
        self.chips.offer(_offers)
        self.chips.changed.connect(self._list)
        self.clear_button.clicked.connect(self.clear)
        for button, icon, token in (
            (self.text_button, "file-text", "ink"),
            (self.scan_button, "scan", "ink"),
            (self.new_button, "plus", "on_primary"),
        ):
            button.setIcon(icons.icon(icon, token))
            button.setIconSize(icons.BESIDE_WORDS)
        self.text_button.clicked.connect(lambda: self.acts.show_text())
        self.scan_button.clicked.connect(lambda: self.acts.ask_scan())
        self.new_button.clicked.connect(lambda: self.acts.sign(""))
        self._connect_panel()
        self.places.changed.connect(self._changed)
        self.places.said.connect(self.said)
        for words, keys, do in (
            ("Faire signer un nouveau prestataire", "Ctrl+N", self.new_button.click),
            ("Imprimer pour signature", "Ctrl+P", self.panel.paper_button.click),
            ("Faire signer", "Ctrl+Return", self.panel.sign_button.click),
        ):
            action = QAction(words, self.panel)
            action.setShortcut(keys)
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.triggered.connect(lambda _=False, do=do: do())
            self.panel.addAction(action)

    def _connect_panel(self) -> None:
        panel = self.panel
        panel.sign_asked.connect(lambda one: self.acts.sign(one))
        panel.paper_asked.connect(lambda one: self.acts.print_paper(one))
        panel.form_asked.connect(lambda one: self.acts.send_form(one))
        panel.dated_asked.connect(lambda one: self.acts.enter_dated(one))
        panel.document_asked.connect(lambda one: self.acts.open_document(one))
        panel.cancel_asked.connect(lambda one: self.acts.cancel(one))
        panel.record_asked.connect(self.record_asked)

    # The window's side

    def open(self, database: "Database") -> None:
        """Serve this base from now on."""
        from charte_desktop.store.charter_rows import CharterRows

        if self._database is not database:
            self.places.leave_all()
        self._database = database
        self._rows = CharterRows(database)
        self._acts = None
        self.chips.resume(self._kept_filters)
        self._kept_filters = ""

    def reload(self) -> None:
        """Show what the base holds now."""
        if self._rows is not None:
            self._list()

    def focus_search(self) -> None:
        """Put the keyboard in the search."""
        self.places.leave_all()
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def keep(self, settings: QSettings) -> None:
        """Write down splitter, filters and the provider chosen; what is being signed is kept already."""
        settings.setValue("splitter", self.splitter.saveState())
        settings.setValue("filters", self.chips.kept())
        settings.setValue("record", self._chosen)

    def resume(self, settings: QSettings) -> None:
        """Stand as last written down."""
        self.splitter.restoreState(cast(QByteArray, settings.value("splitter", QByteArray(), type=QByteArray)))
        self._kept_filters = str(settings.value("filters", "", type=str))
        self._chosen = str(settings.value("record", "", type=str))

    @property
    def acts(self) -> "CharterActs":
        """What the buttons do."""
        from charte_desktop.ui.charter.charter_acts import CharterActs

        if self._acts is None:
            assert self._database is not None, "nothing is done before a base is open"
            self._acts = CharterActs(self, self._database, self._run or _at_once)
        return self._acts

    def show_provider(self, provider_id: str) -> None:
        """Show one provider, whatever was searched and filtered."""
        self.places.leave_all()
        self.search.clear()
        self.chips.clear()
        self._chosen = provider_id
        self._list()

    def show_to_sign_again(self) -> None:
        """Show who must sign again."""
        self.places.leave_all()
        self.search.clear()
        self.chips.clear()
        self.chips.add(AGAIN_FILTER)

    def open_page(self, page: Page) -> None:
        """Show a page over the list."""
        self.places.open_page(page)

    def take_files(self, files: Sequence[Path], proposed_id: str = "") -> None:
        """A PDF or pictures were dropped: verified, or filed as a scan, on `proposed_id` unless a code says else."""
        self.acts.take_files(files, proposed_id)

    def do(self, act: str, signature: object) -> None:
        """What another tab asks for the provider shown here, of one of its signatures where that is meant."""
        acts: dict[str, Callable[[], object]] = {
            PAPER: lambda: self.acts.print_paper(self._chosen),
            FORM: lambda: self.acts.send_form(self._chosen),
            DOCUMENT: lambda: self.acts.open_document(cast("SignatureFacts", signature)),
            CANCEL: lambda: self.acts.cancel(cast("SignatureFacts", signature)),
        }
        acts[act]()

    @property
    def provider_shown(self) -> str:
        """The provider beside the list; empty while a page stands over it."""
        return self.panel.provider_id if self.places.page is None else ""

    # The list

    def _list(self) -> None:
        self._typing.stop()
        if self._rows is None:
            return
        asked: dict[str, Any] = {}
        for one in self.chips.filters():
            asked[one.kind] = one.value
        text = self.search.text()
        rows = self._rows
        self._model.show_rows(
            lambda limit, offset: rows.search(
                text,
                **asked,
                order=self._model.order,
                descending=self._model.descending,
                limit=limit,
                offset=offset,
            )
        )
        whole = rows.count()
        found = self._model.rowCount()
        self.pages.setCurrentIndex(ROWS if found else EMPTY)
        is_filtered = bool(text.strip() or asked)
        self.clear_button.setVisible(is_filtered)
        self.empty_title.setText("Rien ne répond" if is_filtered else "Aucun prestataire")
        self.empty_words.setText(
            "Aucun prestataire ne répond à cette recherche et à ces filtres."
            if is_filtered
            else "Cet onglet fait signer la charte. Importez une liste, ou commencez par « Faire signer »."
        )
        words = f"{whole} prestataire{'s' if whole > 1 else ''}"
        self.count.setText(f"{self._model.known_count()} sur {words}" if is_filtered else words)
        line = self._model.find(lambda row: row.id == self._chosen)
        if line < 0 and self._chosen and not is_filtered:
            self._model.fetch_until(lambda row: row.id == self._chosen, 2_000)
            line = self._model.find(lambda row: row.id == self._chosen)
        if found:
            self.table.selectRow(max(line, 0))
        self._show_chosen()

    def _choose(self, now: QModelIndex, _: QModelIndex) -> None:
        chosen = self._model.row(now.row()).id if now.isValid() else ""
        if chosen and chosen != self._chosen:
            self._chosen = chosen
            self._show_chosen()

    def _show_chosen(self) -> None:
        if self._database is not None:
            index = self.table.currentIndex()
            shown = self._model.row(index.row()).id if index.isValid() and self._model.rowCount() else ""
            self.panel.show_provider(self._database, shown)

    def clear(self) -> None:
        """Go back to the whole list."""
        self.chips.clear()
        self.search.clear()
        self._list()
        self.search.setFocus()

    def _changed(self) -> None:
        self._list()
        self.changed.emit()

    def tell_changed(self) -> None:
        """The base changed by an act of this tab."""
        self._changed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """↓ enters the list, Esc clears the search."""
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_Return | Qt.Key.Key_Enter if self.search.hasFocus():
                self._list()
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            case Qt.Key.Key_Escape if self.search.text():
                self.clear()
            case _:
                super().keyPressEvent(event)


def _columns() -> list[Column["CharterRow"]]:
    return [
        Column("Prestataire", lambda row: row.legal_name or "(sans nom)", order="legal_name"),
        Column(
            "Charte",
            lambda row: row.words,
            order="state",
            sample="Texte plus récent à signer",
            signs=lambda row: [marks.of_state(row.state)],
        ),
        Column(
            "Signée le",
            lambda row: f"{row.signed_on:%d/%m/%Y}" if row.signed_on else "",
            order="signed_on",
            sample="00/00/0000",
        ),
        Column("Support", lambda row: row.medium, sample="papier"),
        Column(
            "Version",
            lambda row: row.version_label or ("non précisée" if row.signed_on else ""),
            sample="non précisée",
        ),
        Column("Commune", lambda row: row.city, order="city", sample="Sainte-Suzanne", chosen=False),
    ]


AGAIN_FILTER = Filter("only", "again", "À signer de nouveau", ("half", "warning"))


def _offers() -> list[Offer]:
    from charte_desktop.model.provider_state import ProviderState

    return [
        Offer(
            "Charte",
            [
                AGAIN_FILTER,
                Filter("only", "begun", "Signature commencée", ("triangle", "accent")),
                Filter("only", "paper", "Scan attendu", ("square", "muted")),
            ],
        ),
        Offer("État", [Filter("state", state, state.value, marks.of_state(state)) for state in ProviderState]),
    ]


def _at_once(_: str, job: Callable[[Any], Any], done: Callable[[Any], None], **__: Any) -> None:
    """Without a window beside which to work."""
    done(job(None))
