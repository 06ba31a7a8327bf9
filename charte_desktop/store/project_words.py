"""The journal of projects in French: what each field that a history shows is called."""

from collections.abc import Mapping

from charte_desktop.model.project_fields import (
    CONTACT_FIELDS,
    COSTING_FIELDS,
    DELIVERABLE_FIELDS,
    EXCHANGE_FIELDS,
    NOTICE_FIELDS,
    PARTY_FIELDS,
    PRICE_FIELDS,
    PROJECT_FIELDS,
    REASON_FIELDS,
    STEP_FIELDS,
    document_fields,
    evidence_fields,
    invoice_fields,
    price_change_fields,
)
from charte_desktop.model.typed_fields import TypedField


def _words(*fields: TypedField, **more: str) -> dict[str, str]:
    return {**{field.name: field.label for field in fields}, **more}


PROJECT_WORDS: Mapping[str, Mapping[str, str]] = {
    "project": _words(
        *PROJECT_FIELDS.values(),
        number="Projet n°",
        company_id="Entreprise du projet",
        provider_id="Prestataire du projet",
        started_on="Projet commencé le",
        closed_on="Projet clos le",
        closing_reason="Motif de la clôture",
        unread="Saisi et non compris",
        deleted_at="À la corbeille depuis le",
    ),
    "project_step": _words(*STEP_FIELDS[:-1], kind="Étape"),
    "project_deliverable": _words(*DELIVERABLE_FIELDS[:-1]),
    "project_move": {"reason": "Motif du déplacement"},
    "project_baseline": {
        "agreed_on": "Planning convenu le",
        "provider_by": "Planning convenu, pour le prestataire",
        "client_by": "Planning convenu, pour l'entreprise",
        "note": "Remarque sur le planning",
        "budget": "Budget convenu",
        "end_on": "Date de fin convenue",
    },
    "project_party": _words(*PARTY_FIELDS),
    "project_price": _words(*PRICE_FIELDS),
    "project_price_change": _words(
        *price_change_fields(list), answer="Réponse", answered_on="Réponse du", answered_by="Réponse de"
    ),
    "project_invoice": _words(*invoice_fields(list)),
    "project_overrun": _words(
        *CONTACT_FIELDS,
        *REASON_FIELDS,
        *COSTING_FIELDS,
        number="Dépassement n°",
        answer="Réponse du client",
        answered_on="Réponse du",
        signer="Signataire",
        capacity="Qualité du signataire",
        refusal="Motif du refus",
    ),
    "project_notice": _words(*NOTICE_FIELDS),
    "project_exchange": _words(*EXCHANGE_FIELDS),
    "project_document": _words(
        *document_fields(list),
        annexed_on="Charte annexée le",
        annex_version_id="Version annexée",
        annex_source="Où est l'annexe",
    ),
    "project_evidence": _words(*evidence_fields(list)),
    "project_incapacity": {
        "declared_on": "Incapacité déclarée le",
        "reason": "Ce qui empêche de continuer",
        "open_clauses": "Clauses ouvertes ce jour-là",
        "handed_on": "Transmis le",
        "lifted_on": "Interruption levée le",
    },
}
"""By table, then by field; ids of other lines are the program's own business."""
