"""The journal in French: what a field is called, and what its value says."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, Date, Enum, LargeBinary, Table
from sqlalchemy.orm import Session

from charte_desktop.model import reference
from charte_desktop.model.accompaniment_entry import Person
from charte_desktop.model.base import UtcDateTime
from charte_desktop.model.company import Company
from charte_desktop.model.display import show_date, show_phone, show_siren
from charte_desktop.model.follow_up import HELPFULNESS, Priority
from charte_desktop.model.identity_text import FIELD_LABELS
from charte_desktop.model.money import show_money
from charte_desktop.model.provider import LocalService, Provider
from charte_desktop.store.database import REUNION
from charte_desktop.store.project_words import PROJECT_WORDS
from charte_desktop.store.raw_rows import Key

_COMPANY_LABELS = {
    **FIELD_LABELS,
    "siret": "SIRET",
    "postal_code": "Code postal",
    "city": "Ville",
    "commune_code": "Commune",
    "ape_code": "Code APE",
    "ape_nomenclature": "Nomenclature du code APE",
    "headcount_band": "Tranche d'effectif",
    "unread": "Saisi et non compris",
    "deleted_at": "À la corbeille depuis le",
}
_LABELS: Mapping[str, Mapping[str, str]] = {
    "provider": {
        **_COMPANY_LABELS,
        "territory": "Communes desservies",
        "sizes_served": "Tailles d'entreprise servies",
        "listed": "Figure sur les fiches annuaire",
        "hidden_fields": "Champs à ne pas imprimer",
        "withdrawn_on": "Retiré du registre le",
        "withdrawal_reason": "Motif du retrait",
    },
    "company": {**_COMPANY_LABELS, "legal_category": "Catégorie juridique"},
    "provider_service": {"references": "Références", "criteria": "Dans quels cas"},
    "signature": {
        "signed_on": "Charte signée le",
        "medium": "Support de la signature",
        "signer": "Signataire",
        "capacity": "Qualité du signataire",
        "source": "Source de la signature",
        "cancelled_on": "Signature annulée le",
        "cancellation_reason": "Motif de l'annulation",
    },
    "removal": {
        "removed_on": "Radié le",
        "clauses": "Articles de la charte non respectés",
        "reason": "Motif de la radiation",
        "adviser": "Radié par",
        "lifted_on": "Radiation levée le",
        "lifting_reason": "Motif de la levée",
    },
    "attachment": {"name": "Fichier joint", "deleted_at": "Fichier joint retiré le"},
    "imported_line": {"source": "Liste d'origine", "sheet": "Feuille", "row": "Ligne", "cells": "Cellules d'origine"},
    "accompaniment": {
        "kind": "Accompagnement",
        "held_on": "Accompagnement du",
        "adviser": "Accompagné par",
        "notes": "Notes de l'accompagnement",
        "summary": "Résumé remis à l'entreprise",
        "met": "Personnes rencontrées",
        "next_step": "Suite convenue",
        "next_on": "Suite prévue le",
        "next_done_on": "Suite faite le",
        "outcome": "Issue du suivi",
        "outcome_remark": "Remarque sur l'issue",
        "closed_on": "Suivi clos le",
    },
    "need": {
        "service_id": "Besoin",
        "noted_on": "Besoin noté le",
        "priority": "Priorité du besoin",
        "state": "État du besoin",
        "state_on": "Dans cet état depuis le",
        "provider_id": "Prestataire choisi",
        "reason": "Motif de l'abandon",
    },
    "recommendation": {
        "what": "Recommandation",
        "why": "Pourquoi",
        "how": "Comment",
        "priority": "Priorité de la recommandation",
    },
    "follow_up": {
        "asked_on": "Point de suivi le",
        "adviser": "Point de suivi par",
        "helpfulness": "L'accompagnement a aidé",
        "would_advise": "Le conseillerait",
        "remark": "Remarque du point de suivi",
    },
    "company_contact": {
        "name": "Contact",
        "role": "Fonction du contact",
        "emails": "E-mail du contact",
        "phones": "Téléphone du contact",
        "notes": "Notes sur le contact",
        "deleted_at": "Contact retiré le",
    },
    "exchange": {
        "kind": "Échange",
        "held_at": "Échange du",
        "with_whom": "Échange avec",
        "subject": "Objet de l'échange",
        "text": "Texte de l'échange",
        "adviser": "Échange noté par",
        "deleted_at": "Échange retiré le",
    },
    "diagnostic": {
        "answered_on": "Diagnostic du",
        "answers": "Réponses au diagnostic",
        "scores": "Scores du diagnostic",
    },
    "questionnaire": {"title": "Questionnaire"},
    "attestation": {
        "number": "Attestation n°",
        "issued_at": "Attestation éditée le",
        "adviser": "Attestation éditée par",
    },
    "workshop": {
        "theme": "Thème de l'atelier",
        "place": "Lieu de l'atelier",
        "service_ids": "Prestations de l'atelier",
        "notes": "Notes de l'atelier",
        "deleted_at": "Atelier supprimé le",
    },
    "workshop_session": {"held_on": "Séance du", "starts": "Début de la séance", "ends": "Fin de la séance"},
    "workshop_participant": {
        "company_id": "Entreprise inscrite",
        "person": "Personne inscrite",
        "service_ids": "Prestations cherchées",
    },
    "attendance": {"medium": "Présence signée sur", "signed_at": "Présence signée le"},
    "snooze": {"until": "Rappel reporté au", "reason": "Motif du report"},
    "directory_sheet": {
        "number": "Fiche annuaire n°",
        "issued_at": "Fiche éditée le",
        "valid_until": "Fiche valable jusqu'au",
        "adviser": "Fiche éditée par",
        "page_count": "Pages de la fiche",
    },
    "sheet_line": {
        "provider_id": "Prestataire de la fiche",
        "reason": "Motif de présence",
        "by_hand": "Motif de l'ajout à la main",
    },
    "hand_over": {
        "handed_at": "Fiche remise le",
        "to_whom": "Fiche remise à",
        "medium": "Support de la remise",
        "adviser": "Fiche remise par",
    },
    "sealed_document": {
        "number": "Document scellé n°",
        "title": "Document",
        "signer": "Signé par",
        "adviser": "Conseiller présent",
        "sealed_at": "Scellé le",
        "stamped_at": "Horodaté le",
        "correction_reason": "Motif de la correction",
    },
    "signing": {"signed_at": "Signé le", "place": "Lieu de la signature", "adviser": "Conseiller présent"},
    "stamp": {"added_at": "Cachet ajouté le", "deleted_at": "Cachet retiré le"},
    "paper_charter": {"code": "Charte à signer, code", "printed_at": "Imprimée le", "adviser": "Imprimée par"},
    "incident": {
        "happened_on": "Fait du",
        "clauses": "Articles concernés",
        "statement": "Ce qui a été dit",
        "told_by": "Dit par",
        "adviser": "Noté par",
        "deleted_at": "Fait retiré le",
    },
    "seal_certificate": {"name": "Certificat de sceau", "role": "Rôle du certificat", "retired_at": "Retiré le"},
    "charter_version": {"label": "Version de la charte", "text": "Texte de la charte"},
    "local_service": {"label": "Prestation ajoutée", "family": "Famille de la prestation"},
    "setting": {"value": "Réglage"},
    **PROJECT_WORDS,
}
"""The words of each field that a history shows; a field that is not here is the program's own business."""


def in_words(
    session: Session, table: Table, key: Key, operation: str, changes: Mapping[str, list[Any]]
) -> Iterator[tuple[str, str, str]]:
    """The fields of one row that an action changed: the field's name, the value before, the value after."""
    labels = _LABELS.get(table.name, {})
    prefix = ""
    if table.name == "provider_service":
        service = _service(session, key[1])
        prefix = f"{service} : "
        if operation != "update":
            yield FIELD_LABELS["services"], *((service, "") if operation == "delete" else ("", service))
    for field, (before, after) in changes.items():
        if field in labels:
            yield (
                f"{prefix}{labels[field]}",
                _shown(session, table, field, before),
                _shown(session, table, field, after),
            )


def _shown(session: Session, table: Table, field: str, value: Any) -> str:
    """A raw value as the user reads it; nothing for nothing."""
    if value is None or value == "":
        return ""
    if field in _VALUES:
        return _VALUES[field](session, value)
    kind = table.columns[field].type
    if isinstance(kind, Boolean):
        return "oui" if value else "non"
    if isinstance(kind, Enum) and kind.enum_class is not None:
        return str(kind.enum_class[value].value)
    if isinstance(kind, Date):
        return show_date(date.fromisoformat(value))
    if isinstance(kind, UtcDateTime):
        return f"{datetime.fromisoformat(f'{value}+00:00').astimezone(REUNION):%d/%m/%Y %H:%M}"
    if isinstance(kind, LargeBinary):
        return "fichier"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return " ; ".join(f"{FIELD_LABELS.get(name, name)} : {_text(part)}" for name, part in value.items())
    return str(value)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _service(session: Session, service_id: str) -> str:
    if service_id in reference.services():
        return reference.service_label(service_id)
    local = session.get(LocalService, service_id)
    return service_id if local is None else local.label


def _provider(session: Session, provider_id: str) -> str:
    provider = session.get(Provider, provider_id)
    return provider_id if provider is None else provider.legal_name


def _company(session: Session, company_id: str) -> str:
    company = session.get(Company, company_id)
    return company_id if company is None else company.legal_name


def _people(met: Any) -> str:
    return ", ".join(Person(one["name"], one.get("role", "")).in_words for one in met)


def _scores(scores: Mapping[str, Any]) -> str:
    return ", ".join(f"{axis} {score}" for axis, score in scores.items())


def _commune(code: str) -> str:
    commune = reference.communes().get(code)
    return code if commune is None else commune.name


_VALUES: Mapping[str, Callable[[Session, Any], str]] = {
    "siren": lambda _, value: show_siren(value),
    "siret": lambda _, value: show_siren(value),
    "phones": lambda _, value: ", ".join(map(show_phone, value)),
    "commune_code": lambda _, value: _commune(value),
    "territory": lambda _, value: ", ".join(map(_commune, value)),
    "headcount_band": lambda _, value: reference.band_label(value),
    "sizes_served": lambda _, value: ", ".join(map(reference.band_label, value)),
    "hidden_fields": lambda _, value: ", ".join(FIELD_LABELS.get(field, field) for field in value),
    "service_id": _service,
    "provider_id": _provider,
    "company_id": _company,
    "service_ids": lambda session, value: ", ".join(_service(session, one) for one in value),
    "met": lambda _, value: _people(value),
    "priority": lambda _, value: Priority(value).words,
    "helpfulness": lambda _, value: HELPFULNESS.get(value, str(value)),
    "answers": lambda _, value: f"{len(value)} réponse{'s' if len(value) > 1 else ''}",
    "scores": lambda _, value: _scores(value),
    "amount": lambda _, value: show_money(value),
    "new_amount": lambda _, value: show_money(value),
    "budget": lambda _, value: show_money(value),
    "provider_lead_phone": lambda _, value: show_phone(value),
    "client_lead_phone": lambda _, value: show_phone(value),
}
