"""The tab Prestataires: find a provider, read its sheet and its history."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget

from charte_desktop.ui import icons, marks
from charte_desktop.ui.identity_fields import service_text, shown_fields
from charte_desktop.ui.record_sheet import ShownField
from charte_desktop.ui.record_table import Column
from charte_desktop.ui.register_tab import RegisterTab

if TYPE_CHECKING:
    from charte_desktop.model.provider import Provider
    from charte_desktop.store.database import Database
    from charte_desktop.store.provider_register import ProviderRegister
    from charte_desktop.store.provider_rows import ProviderRow


class ProvidersTab(RegisterTab["ProviderRow"]):
    """The register of providers as a searchable table, the record beside it."""

    state_filter: QComboBox
    import_button: QPushButton
    empty_import_button: QPushButton
    record_state: QLabel
    record_mark: QLabel

    import_asked = Signal()

    FORM = "providers_tab"
    ICON = "users"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._register: ProviderRegister | None = None
        for button in (self.import_button, self.empty_import_button):
            button.setIcon(icons.icon("file-input", "on_primary" if button is self.empty_import_button else "ink"))
            button.setIconSize(icons.BESIDE_WORDS)
            button.clicked.connect(self.import_asked)
        self.state_filter.currentIndexChanged.connect(lambda _: self.reload())

    def open(self, database: "Database") -> None:
        """Serve this base from now on."""
        from charte_desktop.model.provider import ProviderState
        from charte_desktop.store.provider_register import ProviderRegister

        self._register = ProviderRegister(database)
        if self.state_filter.count() == 0:
            self.state_filter.addItem("Tous les états", None)
            for state in ProviderState:
                self.state_filter.addItem(marks.icon([marks.of_state(state)]), state.value, state)
            self.state_filter.setIconSize(marks.size([("disc", "done")]))
        super().open(database)

    def show_state(self, state: object) -> None:
        """Show the providers of one state; None shows all."""
        self.state_filter.setCurrentIndex(max(self.state_filter.findData(state), 0))

    def columns(self) -> Sequence[Column["ProviderRow"]]:
        from charte_desktop.model import reference
        from charte_desktop.model.identifiers import show_siren
        from charte_desktop.model.provider import ProviderState

        order = list(ProviderState)
        return (
            Column("Raison sociale", lambda row: row.legal_name or "(sans nom)"),
            Column("SIREN", lambda row: show_siren(row.siren), sample="000 000 000", key=lambda row: row.siren),
            Column("Commune", lambda row: row.city, sample="Sainte-Suzanne"),
            Column(
                "Prestations",
                lambda row: str(len(row.service_ids) or ""),
                key=lambda row: len(row.service_ids),
                sample="16",
                signs=lambda row: marks.of_services(row.service_ids),
                hint=lambda row: "\n".join(reference.service_label(one) for one in row.service_ids),
            ),
            Column(
                "État",
                lambda row: row.state.value,
                key=lambda row: order.index(row.state),
                sample="Prêt à signer",
                signs=lambda row: [marks.of_state(row.state)],
                hint=lambda row: f"{row.state.value} : {row.missing} à remplir" if row.missing else row.state.value,
            ),
        )

    def rows(self, limit: int | None, offset: int) -> Sequence["ProviderRow"]:
        assert self._register is not None
        state = self.state_filter.currentData()
        return self._register.search(self.search.text(), state=state, limit=limit, offset=offset)

    def record_id(self, row: "ProviderRow") -> str:
        return row.id

    def total(self) -> int:
        assert self._register is not None
        return self._register.count()

    def say_count(self, total: int) -> str:
        whole = f"{total} prestataire{'s' if total > 1 else ''}"
        if not self.search.text() and self.state_filter.currentData() is None:
            return whole
        found = self._model.known_count()
        return f"{found} sur {whole}"

    def fill_record(self, record_id: str) -> None:
        from charte_desktop.model import identifiers
        from charte_desktop.store.history import History

        assert self._register is not None
        assert self.database is not None
        provider = self._register.get(record_id)
        state = provider.state_on(self.database.today(), self._register.rule)
        mark = [marks.of_state(state)]
        self.record_name.setText(provider.legal_name or "(sans nom)")
        self.record_mark.setPixmap(marks.icon(mark).pixmap(marks.size(mark), self.devicePixelRatioF()))
        self.record_state.setText(state.value)
        facts = [
            f"SIREN {identifiers.show_siren(provider.siren)}" if provider.siren else "sans SIREN",
            provider.ape_code,
            provider.city,
        ]
        self.record_line.setText(" · ".join(filter(None, facts)))
        self.sheet.show_fields(_fields(provider))
        self.history.show_lines(History(self.database).of(record_id))


def _fields(provider: "Provider") -> list[ShownField]:
    """The charter's form in its order, then what the register adds."""
    from charte_desktop.model.identifiers import show_date
    from charte_desktop.model.identity import FIELD_LABELS
    from charte_desktop.model.provider import new_provider

    missing = set(provider.missing())
    awaited = [*missing, *(("emails", "phones") if "contact" in missing else ())]
    scratch = new_provider()
    form = ("legal_name", "siren", "legal_representative", "address", "emails", "phones", "ape", "headcount")
    return [
        *shown_fields(provider, scratch, form, awaited),
        ShownField(FIELD_LABELS["services"], service_text(provider.service_ids), awaited="services" in missing),
        ShownField(FIELD_LABELS["references"], provider.references),
        *shown_fields(provider, scratch, ("website",)),
        ShownField(
            FIELD_LABELS["charter_signed_on"], "\n".join(show_date(one.signed_on) for one in provider.signatures)
        ),
        *shown_fields(provider, scratch, ("notes",)),
    ]
