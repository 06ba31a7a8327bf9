"""An attestation that a company was accompanied: seen first, numbered when it is given (C03, C04)."""

from typing import TYPE_CHECKING

from charte_desktop.ui.sheets.document_page import DocumentPage, MailWords
from charte_desktop.ui.sheets.paper_actions import Paper

if TYPE_CHECKING:
    from charte_desktop.store.database import Database


class AttestationPage(DocumentPage):
    """What it would say; printing, saving or sending it gives it its number, once."""

    def __init__(self, database: "Database", company_id: str) -> None:
        """Refused for a company that was never accompanied (C03)."""
        from charte_desktop.documents.attestation import attestation
        from charte_desktop.store.attestations import Attestations
        from charte_desktop.store.company_rows import CompanyRows

        self._database, self._company_id = database, company_id
        self.attestation_id = ""
        """Empty until it is given."""
        company = CompanyRows(database).facts(company_id)
        content = Attestations(database).draft(company_id)
        mail = MailWords(
            company.emails[:1],
            f"Attestation d'accompagnement de {company.legal_name}",
            "Bonjour,\n\nVous trouverez ci-joint l'attestation de l'accompagnement de votre entreprise par la CCI "
            "Île de la Réunion ; un prestataire signataire de la charte peut vous la demander.\n\nBien cordialement,\n"
            f"{database.adviser}\nCCI Île de la Réunion",
            company.legal_representative,
        )
        held = len(content.held)
        super().__init__(
            Paper("Attestation d'accompagnement", attestation(content)),
            f"{company.legal_name} · {held} accompagnement{'s' if held > 1 else ''} · "
            f"n° {content.number} dès l'impression",
            mail,
        )

    def out(self) -> Paper:
        """Give the attestation its number the first time it leaves the screen."""
        from charte_desktop.documents.attestation import attestation
        from charte_desktop.store.attestations import Attestations

        if not self.attestation_id:
            attestations = Attestations(self._database)
            issued = attestations.issue(self._company_id, attestation)
            self.attestation_id = issued.id
            self.paper = Paper(f"Attestation {issued.number}", attestations.pdf(issued.id))
            self.title.setText(self.paper.title)
            self.facts.setText(f"Éditée le {issued.issued_on:%d/%m/%Y} par {issued.adviser}, gardée telle quelle")
            self.preview.show_pdf(self.paper.shown)
            self.changed.emit()
        return self.paper
