"""What cannot be done by typing in the form: a charter on paper, a departure, a removal (C18)."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from charte_desktop.errors import UserError
from charte_desktop.ui.files import read_file
from charte_desktop.ui.providers.departure_dialog import DepartureDialog
from charte_desktop.ui.providers.paper_charter_dialog import PaperCharterDialog
from charte_desktop.ui.reason_dialog import ReasonDialog

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from PySide6.QtWidgets import QDialog

    from charte_desktop.model.facts import ProviderFacts
    from charte_desktop.store.database import Database
    from charte_desktop.ui.providers.providers_tab import ProvidersTab


class ProviderActions(QObject):
    """Asks what must be known, then does it in one action."""

    done = Signal(str)
    """The sentence that says what was done."""
    recall_asked = Signal(str)
    """The companies that were handed the name of this provider, by its id, are to be shown (C18)."""

    def __init__(self, tab: "ProvidersTab", database: "Database") -> None:
        from charte_desktop.store.charter_signatures import CharterSignatures
        from charte_desktop.store.provider_register import ProviderRegister

        super().__init__(tab)
        self._tab, self._database = tab, database
        self._register = ProviderRegister(database)
        self._signatures = CharterSignatures(database)
        self.dialog: QDialog | None = None
        """The last dialog shown."""

    def record_paper(self) -> None:
        """Ask the date and the signer of a charter signed on paper, and enter it."""
        provider = self._provider()

        def enter(signed_on: "date", signer: str, source: str) -> None:
            self._signatures.record_paper(provider.id, signed_on, signer=signer, source=source)
            self.done.emit(f"Charte signée le {signed_on:%d/%m/%Y} enregistrée pour {provider.legal_name}.")

        self._show(
            PaperCharterDialog(self._tab, provider.legal_name, provider.legal_representative, self._today, enter)
        )

    def withdraw(self) -> None:
        """Ask why a provider leaves by its own will, and close its entry."""
        provider = self._provider()

        def leave(on: "date", _: list[str], reason: str, __: "Sequence[Path]") -> None:
            self._register.withdraw(provider.id, on, reason)
            self.done.emit(f"{provider.legal_name} est retiré du registre. Ses signatures restent lisibles.")

        self._show(DepartureDialog(self._tab, provider.legal_name, self._today, leave, removal=False))

    def remove(self) -> None:
        """Ask which clauses were not kept and why, and remove the provider (C18)."""
        provider = self._provider()

        def strike(on: "date", clauses: list[str], reason: str, files: "Sequence[Path]") -> None:
            documents = [(file.name, read_file(file)) for file in files]
            self._register.remove(provider.id, on, clauses, reason, documents)
            self.done.emit(f"{provider.legal_name} est radié. Voici les entreprises à prévenir.")
            self.recall_asked.emit(provider.id)

        self._show(DepartureDialog(self._tab, provider.legal_name, self._today, strike, removal=True))

    def lift(self) -> None:
        """Ask why a removal is taken back; coming back then means signing again (C18)."""
        provider = self._provider()
        removal = self._register.standing_removal(provider.id)
        if removal is None:
            raise UserError(f"{provider.legal_name or 'Ce prestataire'} n'est pas radié : il n'y a rien à lever.")

        def carry_out(reason: str) -> None:
            self._register.lift_removal(removal.id, self._today, reason)
            self.done.emit(f"Radiation de {provider.legal_name} levée. Pour revenir au registre, il signe de nouveau.")

        self._show(
            ReasonDialog(
                self._tab,
                "Lever une radiation",
                f"{provider.legal_name} n'est plus radié à partir d'aujourd'hui. La radiation reste dans l'historique, "
                "et ses anciennes signatures n'engagent plus : revenir veut dire signer de nouveau.",
                "Lever la radiation",
                carry_out,
            )
        )

    def recall(self) -> None:
        """Show the companies that were handed this provider's name."""
        self.recall_asked.emit(self._provider().id)

    @property
    def _today(self) -> "date":
        return self._database.today()

    def _provider(self) -> "ProviderFacts":
        self._tab.settle()
        provider = self._tab.record.shown
        assert provider is not None, "these acts are disabled without a record"
        return provider

    def _show(self, dialog: "QDialog") -> None:
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()
