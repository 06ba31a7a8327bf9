"""What is shown of a record holds what the record holds, and reads it by the same rules."""

from dataclasses import fields
from datetime import date

import pytest
from sqlalchemy import inspect as sa_inspect

from charte_desktop.model.company import Company
from charte_desktop.model.facts import CompanyFacts, ProviderFacts
from charte_desktop.model.provider import Provider
from charte_desktop.store.charter_signatures import CharterSignatures
from charte_desktop.store.company_records import CompanyRecords
from charte_desktop.store.database import Database
from charte_desktop.store.provider_register import ProviderRegister
from tests.factory import a_provider, enter, enter_company

FIELDS = (
    "legal_name", "siren", "legal_representative", "address", "emails", "phones", "ape", "headcount", "services",
    "references", "website", "territory", "sizes_served", "published", "notes",
)  # fmt: skip
NOT_SHOWN = {"created_at", "deleted_at"}


@pytest.mark.parametrize(("record", "facts"), [(Provider, ProviderFacts), (Company, CompanyFacts)])
def test_facts_have_the_columns_of_their_record(record: type, facts: type) -> None:
    kept: set[str] = set(sa_inspect(record).column_attrs.keys()) - NOT_SHOWN

    assert kept == {field.name for field in fields(facts)} - {
        "services", "signatures", "removals", "accompaniments",
    }  # fmt: skip


def test_a_provider_is_shown_as_its_record_would_be(database: Database) -> None:
    register = ProviderRegister(database)
    (provider,) = enter(
        database,
        a_provider(
            "S03", "S01", notes="Ouvert le samedi", territory=["97411"], sizes_served=["01"], hidden_fields=["emails"]
        ),
    )
    provider.enter("ape", "62.02")
    provider.enter("references", "Un site\nUn autre")
    register.save(provider)
    CharterSignatures(database).record_paper(provider.id, date(2026, 2, 3))
    register.remove(provider.id, database.today(), ["C11", "C13"], "Devis refusé")

    shown, record = register.facts(provider.id), register.get(provider.id)

    assert {name: shown.shown(name) for name in FIELDS} == {name: record.shown(name) for name in FIELDS}
    assert shown.unread == record.unread
    assert shown.missing() == record.missing()
    assert shown.state_on(database.today(), register.rule) == record.state_on(database.today(), register.rule)
    assert [one.signed_on for one in shown.signatures] == [one.signed_on for one in record.signatures]
    (removal,) = shown.removals
    assert (removal.clauses, removal.reason) == (["C11", "C13"], "Devis refusé")


def test_a_company_is_shown_as_its_record_would_be(database: Database) -> None:
    company = enter_company(database, website="https://exemple.example", notes="Au fond de la cour")
    shown, record = CompanyRecords(database).facts(company.id), CompanyRecords(database).get(company.id)
    names = [
        name for name in FIELDS if name not in ("services", "references", "territory", "sizes_served", "published")
    ]

    assert {name: shown.shown(name) for name in names} == {name: record.shown(name) for name in names}
