"""Records for tests: complete, plausible, invented."""

from datetime import date
from itertools import count

from charte_desktop.model.charter import Signature
from charte_desktop.model.company import Company, new_company
from charte_desktop.model.provider import Provider, new_provider
from charte_desktop.store.company_records import CompanyRecords
from charte_desktop.store.database import Database
from charte_desktop.store.provider_register import ProviderRegister

_numbers = count(1)


def siren() -> str:
    """A SIREN that passes its control, another one each time; none begins with 00 in the real register."""
    body = f"00{next(_numbers):06d}"
    total = sum(sum(divmod(int(digit) * (2 if place % 2 else 1), 10)) for place, digit in enumerate(body))
    return f"{body}{-total % 10}"


def a_provider(*service_ids: str, signed: date | None = date(2025, 3, 12), **fields: object) -> Provider:
    """A provider with its whole form filled; a signatory unless `signed` is None."""
    number = next(_numbers)
    complete: dict[str, object] = {
        "legal_name": f"Prestataire {number:04d}",
        "siren": siren(),
        "legal_representative": "Responsable Fictif",
        "address": "1 rue de l'Exemple",
        "postal_code": "97400",
        "city": "Saint-Denis",
        "commune_code": "97411",
        "emails": [f"contact{number}@prestataire.example"],
        "phones": ["+262262000001"],
        "ape_code": "62.01Z",
        "ape_nomenclature": "NAFRev2",
        "headcount_band": "01",
    }
    provider = new_provider(**{**complete, **fields})
    provider.offer(service_ids or ("S01",))
    if signed is not None:
        provider.signatures = [Signature(provider_id=provider.id, signed_on=signed)]
    return provider


def a_company(**fields: object) -> Company:
    """An accompanied company of Saint-Paul with one or two employees."""
    complete: dict[str, object] = {
        "legal_name": f"Entreprise {next(_numbers):04d}",
        "siren": siren(),
        "postal_code": "97460",
        "city": "Saint-Paul",
        "commune_code": "97415",
        "emails": ["bonjour@entreprise.example"],
        "phones": ["+262692000002"],
        "headcount_band": "01",
    }
    return new_company(**{**complete, **fields})


def enter(database: Database, *providers: Provider) -> list[Provider]:
    """Enter providers into the register."""
    register = ProviderRegister(database)
    return [register.add(provider) for provider in providers]


def enter_company(database: Database, **fields: object) -> Company:
    """Enter a company into the base."""
    return CompanyRecords(database).add(a_company(**fields))
