"""What is done with a company beyond typing in its form: attestation, restitution, closing, its point after months."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from charte_desktop.errors import UserError

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QDialog

    from charte_desktop.model.facts import CompanyFacts
    from charte_desktop.model.follow_up import Outcome
    from charte_desktop.store.accompaniments import Satisfaction
    from charte_desktop.store.database import Database
    from charte_desktop.ui.companies.companies_tab import CompaniesTab


class CompanyActions(QObject):
    """Asks what must be known, then does it in one action."""

    done = Signal(str)
    """The sentence that says what was done."""

    def __init__(self, tab: "CompaniesTab", database: "Database") -> None:
        from charte_desktop.store.accompaniments import Accompaniments

        super().__init__(tab)
        self._tab, self._database = tab, database
        self._accompaniments = Accompaniments(database)
        self.dialog: QDialog | None = None
        """The last dialog shown."""

    def close_follow_up(self) -> None:
        """Ask the outcome, and end what goes on."""
        from charte_desktop.ui.companies.closing_dialog import ClosingDialog

        company = self._company()
        if not company.accompaniments:
            raise UserError("Rien n'est en cours avec cette entreprise : notez d'abord un accompagnement.")

        def close(outcome: "Outcome", remark: str) -> None:
            self._accompaniments.close(company.id, outcome, remark)
            self.done.emit(f"Suivi de {_name(company)} clos : {outcome.value.lower()}. Ctrl+Z le rouvre.")

        self._show(ClosingDialog(self._tab, _name(company), close))

    def reopen(self) -> None:
        """Take up again what was closed last."""
        company = self._company()
        self._accompaniments.reopen(company.id)
        self.done.emit(f"Le suivi de {_name(company)} reprend.")

    def ask_satisfaction(self) -> None:
        """Ask what became of it, in two questions."""
        from charte_desktop.ui.companies.satisfaction_dialog import SatisfactionDialog

        company = self._company()
        if not company.accompaniments:
            raise UserError("Cette entreprise n'a jamais été accompagnée : il n'y a rien à lui demander.")

        def keep(said: "Satisfaction", on: "date") -> None:
            self._accompaniments.follow_up(company.id, said, on)
            self.done.emit(f"Point de suivi de {_name(company)} noté.")

        self._show(SatisfactionDialog(self._tab, _name(company), self._database.today, keep))

    def step_done(self) -> None:
        """The next step that was promised was taken."""
        company = self._company()
        with self._database.looking() as base:
            line = base.execute(
                "SELECT id FROM accompaniment WHERE company_id = ? AND next_on IS NOT NULL AND next_done_on IS NULL "
                "ORDER BY next_on LIMIT 1",
                (company.id,),
            ).fetchone()
        if line is None:
            raise UserError("Aucune suite n'est prévue avec cette entreprise.")
        self._accompaniments.step_done(line[0])
        self.done.emit(f"La suite prévue avec {_name(company)} est faite.")

    def delete(self) -> None:
        """Put the company into the bin."""
        from charte_desktop.store.company_records import CompanyRecords

        company = self._company()
        CompanyRecords(self._database).delete(company.id)
        self.done.emit(f"« {_name(company)} » est à la corbeille. Ctrl+Z l'en sort.")

    def _company(self) -> "CompanyFacts":
        self._tab.settle()
        company = self._tab.record.shown
        assert company is not None, "these acts are disabled without a record"
        return company

    def _show(self, dialog: "QDialog") -> None:
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()


def _name(company: "CompanyFacts") -> str:
    return company.legal_name or "cette entreprise"
