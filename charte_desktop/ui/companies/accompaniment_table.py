"""The accompaniments of a company, the latest first."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHeaderView, QWidget

from charte_desktop.ui.record_table import Column, RecordModel, RecordTable

if TYPE_CHECKING:
    from charte_desktop.model.accompaniment import Accompaniment
    from charte_desktop.model.company import Company


class AccompanimentTable(RecordTable):
    """When, what kind, with whom, and the needs met there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Accompagnements de l'entreprise")
        self._needs: dict[str, list[str]] = {}
        self.setWordWrap(True)
        self.verticalHeader().setDefaultSectionSize(44)
        columns: list[Column[Accompaniment]] = [
            Column("Quand, qui", _when_and_who, sample="00/00/0000 00:00"),
            Column("Nature", lambda one: one.kind.value, sample="Accompagnement"),
            Column("Besoins", self._needs_of, hint=self._needs_in_full),
        ]
        self._lines: RecordModel[Accompaniment] = RecordModel(columns, self)
        self.show_model(self._lines, columns, sortable=False)
        header = self.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)

    def show_company(self, company: "Company") -> None:
        """Show what was done with this company."""
        self._needs = {}
        for need in company.needs:
            self._needs.setdefault(need.accompaniment_id, []).append(need.service_id)
        held = sorted(company.accompaniments, key=lambda one: one.held_on, reverse=True)
        self._lines.show_rows(lambda limit, offset: held[offset : None if limit is None else offset + limit])

    def _needs_of(self, accompaniment: "Accompaniment") -> str:
        from charte_desktop.model import reference

        return ", ".join(reference.service_label(one) for one in self._needs.get(accompaniment.id, []))

    def _needs_in_full(self, accompaniment: "Accompaniment") -> str:
        return "\n".join(filter(None, [self._needs_of(accompaniment).replace(", ", "\n"), accompaniment.notes]))


def _when_and_who(accompaniment: "Accompaniment") -> str:
    return f"{accompaniment.held_on:%d/%m/%Y}\n{accompaniment.adviser}"
