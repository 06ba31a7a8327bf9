"""The accompaniments of a company, the latest first."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHeaderView, QWidget

from charte_desktop.ui.record_table import Column, RecordModel, RecordTable

if TYPE_CHECKING:
    from charte_desktop.model.facts import AccompanimentFacts, CompanyFacts


class AccompanimentTable(RecordTable):
    """When, what kind, with whom, and the needs met there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Accompagnements de l'entreprise")
        self.setWordWrap(True)
        self.verticalHeader().setDefaultSectionSize(44)
        columns: list[Column[AccompanimentFacts]] = [
            Column("Quand, qui", _when_and_who, sample="00/00/0000 00:00"),
            Column("Nature", lambda one: one.kind.value, sample="Accompagnement"),
            Column("Besoins", _needs, hint=_needs_in_full),
        ]
        self._lines: RecordModel[AccompanimentFacts] = RecordModel(columns, self)
        self.show_model(self._lines, columns, sortable=False)
        header = self.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)

    def show_company(self, company: "CompanyFacts") -> None:
        """Show what was done with this company."""
        held = company.accompaniments
        self._lines.show_rows(lambda limit, offset: held[offset : None if limit is None else offset + limit])


def _when_and_who(held: "AccompanimentFacts") -> str:
    return f"{held.held_on:%d/%m/%Y}\n{held.adviser}"


def _needs(held: "AccompanimentFacts") -> str:
    from charte_desktop.model import reference

    return ", ".join(reference.service_label(one) for one in held.service_ids)


def _needs_in_full(held: "AccompanimentFacts") -> str:
    return "\n".join(filter(None, [_needs(held).replace(", ", "\n"), held.notes]))
