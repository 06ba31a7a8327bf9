"""One provider of the register: its state, its removal, who was handed its name."""

import argparse
from typing import TYPE_CHECKING

from charte_desktop.commands.answer import Answer, some
from charte_desktop.commands.opened_base import base_of
from charte_desktop.errors import UserError

if TYPE_CHECKING:
    from charte_desktop.model.provider import Provider
    from charte_desktop.store.database import Database


def sign_status(options: argparse.Namespace) -> Answer:
    """Whether a provider is a signatory, and since when."""
    from charte_desktop.store.provider_register import ProviderRegister

    with base_of(options) as database:
        provider = _provider(options, database)
        rule, today = ProviderRegister(database).rule, database.today()
    signed = [one.signed_on for one in provider.signatures if one.binds_on(today, rule)]
    state = provider.state_on(today, rule)
    result = {
        "legal_name": provider.legal_name,
        "siren": provider.siren,
        "state": state.name.lower(),
        "signed_on": max(signed).isoformat() if signed else None,
        "listed": provider.may_be_listed_on(today, rule),
    }
    since = f", charte signée le {max(signed):%d/%m/%Y}" if signed else ""
    return Answer(result, f"{provider.legal_name} : {state.value}{since}")


def sign_paper(options: argparse.Namespace) -> Answer:
    """Enter a charter that a provider signed on paper (C06)."""
    from charte_desktop.store.charter_signatures import CharterSignatures

    with base_of(options) as database:
        provider = _provider(options, database)
        CharterSignatures(database).record_paper(provider.id, options.on, source=options.source or "")
    return sign_status(options)


def remove_provider(options: argparse.Namespace) -> Answer:
    """Remove a provider for a breach (C18), and say who was handed its name."""
    from charte_desktop.store.provider_register import ProviderRegister

    clauses = list(dict.fromkeys(options.clause))
    with base_of(options) as database:
        provider = _provider(options, database)
        on = options.on or database.today()
        ProviderRegister(database).remove(provider.id, on, clauses, options.reason)
        told = _recalled(database, provider)
    return Answer(
        {**told.result, "removed_on": on.isoformat(), "clauses": clauses},
        f"{provider.legal_name} est radié le {on:%d/%m/%Y}.\n{told.sentence}",
    )


def recall(options: argparse.Namespace) -> Answer:
    """Every company that was handed a provider's name (C18)."""
    with base_of(options) as database:
        return _recalled(database, _provider(options, database))


def _recalled(database: "Database", provider: "Provider") -> Answer:
    from dataclasses import asdict

    from charte_desktop.store.directory_sheets import DirectorySheets

    lines = DirectorySheets(database).recall_list(provider.id)
    told = [
        f"  {one.sheet_number} du {one.issued_on:%d/%m/%Y} : {one.company_name}"
        + (f", remise à {one.to_whom}" if one.to_whom else ", remise non notée")
        + (f" ({one.contact})" if one.contact else "")
        for one in lines
    ]
    companies = len({one.company_id for one in lines})
    head = f"{some(companies, 'entreprise', 'entreprises')} à prévenir pour {provider.legal_name}."
    return Answer(
        {
            "legal_name": provider.legal_name,
            "siren": provider.siren,
            "companies": companies,
            "sheets": [asdict(one) for one in lines],
        },
        "\n".join([head, *told]),
    )


def _provider(options: argparse.Namespace, database: "Database") -> "Provider":
    from charte_desktop.store.provider_register import ProviderRegister

    found = ProviderRegister(database).find(options.provider)
    if not found:
        raise UserError(f"Aucun prestataire ne répond à « {options.provider} » : vérifiez le SIREN ou le nom.")
    if len(found) > 1:
        raise UserError(f"{len(found)} prestataires se nomment « {options.provider} » : donnez le SIREN.")
    return found[0]
