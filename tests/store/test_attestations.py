from datetime import date

import pytest

from charte_desktop.errors import UserError
from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.charter_right import AttestationContent
from charte_desktop.store.attestations import Attestations
from charte_desktop.store.company_records import CompanyRecords
from charte_desktop.store.database import Database
from charte_desktop.store.history import History
from tests.clock import FixedClock
from tests.factory import enter_company


def drawn(content: AttestationContent) -> bytes:
    return f"{content.number} {len(content.held)}".encode()


def test_c03_a_company_that_was_never_accompanied_has_no_attestation(database: Database) -> None:
    company = enter_company(database)
    with pytest.raises(UserError, match="C03"):
        Attestations(database).issue(company.id, drawn)
    with pytest.raises(UserError, match="C03"):
        Attestations(database).draft(company.id)


def test_c04_an_attestation_is_numbered_and_kept_as_printed(database: Database, clock: FixedClock) -> None:
    company = enter_company(database, legal_name="Garage Oliflore", address="1 rue des Filaos")
    records, attestations = CompanyRecords(database), Attestations(database)
    records.accompany(company.id, AccompanimentKind.WORKSHOP, date(2026, 9, 14))
    records.accompany(company.id, AccompanimentKind.DIAGNOSTIC, date(2026, 3, 2), notes="Rien ne doit en sortir")
    draft = attestations.draft(company.id)
    first = attestations.issue(company.id, drawn)
    assert first.number == draft.number == f"AT-2026-{database.device}-00001"
    assert draft.address == "1 rue des Filaos\n97460 Saint-Paul"
    assert [(one.held_on, one.kind) for one in draft.held] == [
        (date(2026, 3, 2), AccompanimentKind.DIAGNOSTIC),
        (date(2026, 9, 14), AccompanimentKind.WORKSHOP),
    ]
    records.accompany(company.id, AccompanimentKind.INDIVIDUAL, date(2026, 10, 1))
    clock.advance(hours=1)
    second = attestations.issue(company.id, drawn)
    assert second.number.endswith("00002")
    assert attestations.pdf(first.id) == f"{first.number} 2".encode()
    assert [one.id for one in attestations.of_company(company.id)] == [second.id, first.id]


def test_a_number_that_was_given_stays_given(database: Database, clock: FixedClock) -> None:
    company = enter_company(database)
    CompanyRecords(database).accompany(company.id, AccompanimentKind.DIAGNOSTIC, date(2026, 3, 2))
    attestation = Attestations(database).issue(company.id, drawn)
    with pytest.raises(UserError, match="sert ailleurs depuis"):
        History(database).undo()
    assert Attestations(database).get(attestation.id).number == attestation.number
    clock.advance(days=100)
    assert Attestations(database).draft(company.id).number.startswith("AT-2027-")
    assert Attestations(database).draft(company.id).number.endswith("00001")
