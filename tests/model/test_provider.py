from datetime import date
from typing import Any

import pytest

from charte_desktop.model.charter import Signature
from charte_desktop.model.provider import Provider, Removal, new_provider
from charte_desktop.model.provider_state import MISSING_LABELS, TO_SIGN, ProviderState
from charte_desktop.model.validity import RenewalRule

TODAY = date(2026, 11, 23)
FOR_EVER = RenewalRule()
YEARLY = RenewalRule(validity_months=12)


def complete(**fields: Any) -> Provider:
    provider = new_provider(
        **{
            "legal_name": "Phidia", "siren": "820623585", "legal_representative": "Prénom NOM", "city": "Le Port",
            "emails": ["contact@phidia.example"], "ape_code": "62.02A", "headcount_band": "NN",
        }
        | fields
    )  # fmt: skip
    provider.offer(["S03", "S01"])
    return provider


def sign(provider: Provider, on: date) -> Provider:
    provider.signatures = [*provider.signatures, Signature(provider_id=provider.id, signed_on=on)]
    return provider


def test_an_empty_form_misses_all_that_a_signature_needs() -> None:
    provider = new_provider()
    assert provider.missing() == list(TO_SIGN)
    assert provider.state_on(TODAY, FOR_EVER) is ProviderState.INCOMPLETE
    assert set(TO_SIGN) <= set(MISSING_LABELS)


@pytest.mark.parametrize(
    ("emptied", "missing"),
    [
        ({"legal_name": ""}, ["legal_name"]),
        ({"siren": ""}, ["siren"]),
        ({"legal_representative": ""}, ["legal_representative"]),
        ({"city": ""}, ["address"]),
        ({"emails": []}, ["contact"]),
        ({"emails": [], "phones": ["+262692123456"]}, []),
        ({"ape_code": ""}, ["ape"]),
        ({"headcount_band": ""}, ["headcount"]),
        ({"headcount_band": "", "headcount": 0}, []),
    ],
)
def test_what_is_missing_is_named(emptied: dict[str, Any], missing: list[str]) -> None:
    assert complete(**emptied).missing() == missing


def test_a_state_follows_from_facts() -> None:
    provider = complete()
    assert provider.state_on(TODAY, FOR_EVER) is ProviderState.READY
    sign(provider, date(2025, 11, 23))
    assert provider.state_on(TODAY, FOR_EVER) is ProviderState.SIGNATORY
    assert provider.state_on(date(2025, 11, 22), FOR_EVER) is ProviderState.READY
    provider.withdrawn_on = TODAY
    assert provider.state_on(TODAY, FOR_EVER) is ProviderState.WITHDRAWN


def test_an_incomplete_form_does_not_undo_a_signature() -> None:
    provider = sign(new_provider(legal_name="Phidia"), date(2026, 1, 1))
    assert provider.state_on(TODAY, FOR_EVER) is ProviderState.SIGNATORY


def test_c06_a_signature_near_its_term_is_to_renew_and_still_listed() -> None:
    provider = sign(complete(), date(2025, 12, 1))
    assert provider.state_on(TODAY, YEARLY) is ProviderState.TO_RENEW
    assert provider.may_be_listed_on(TODAY, YEARLY)
    sign(provider, date(2026, 11, 1))
    assert provider.state_on(TODAY, YEARLY) is ProviderState.SIGNATORY


def test_c06_an_expired_or_missing_signature_is_never_listed() -> None:
    assert not complete().may_be_listed_on(TODAY, FOR_EVER)
    assert not sign(complete(), date(2024, 1, 1)).may_be_listed_on(TODAY, YEARLY)
    assert sign(complete(), date(2024, 1, 1)).may_be_listed_on(TODAY, FOR_EVER)


def test_c18_a_removed_provider_is_listed_until_the_day_and_never_after() -> None:
    provider = sign(complete(), date(2024, 1, 1))
    provider.removals = [
        Removal(provider_id=provider.id, removed_on=TODAY, clauses=["C10"], reason="…", adviser="Conseillère Est")
    ]
    assert provider.may_be_listed_on(date(2026, 11, 22), FOR_EVER)
    assert provider.state_on(TODAY, FOR_EVER) is ProviderState.REMOVED
    assert not provider.may_be_listed_on(TODAY, FOR_EVER)
    sign(provider, TODAY)
    assert not provider.may_be_listed_on(TODAY, FOR_EVER)


@pytest.mark.parametrize("fields", [{"listed": False}, {"withdrawn_on": TODAY}])
def test_a_provider_that_does_not_want_to_be_listed_is_not(fields: dict[str, Any]) -> None:
    assert not sign(complete(**fields), date(2024, 1, 1)).may_be_listed_on(TODAY, FOR_EVER)


def test_a_provider_in_the_recycle_bin_is_not_listed() -> None:
    from datetime import UTC, datetime

    provider = sign(complete(deleted_at=datetime(2026, 1, 1, tzinfo=UTC)), date(2024, 1, 1))
    assert not provider.may_be_listed_on(TODAY, FOR_EVER)


def test_c09_offering_services_again_keeps_what_was_said_of_them() -> None:
    provider = complete()
    provider.services[0].references = "Boutique en ligne"
    kept = provider.services[0].service_id
    provider.offer([kept, "S13"])
    assert provider.service_ids == sorted([kept, "S13"])
    assert {one.service_id: one.references for one in provider.services} == {kept: "Boutique en ligne", "S13": ""}


def test_what_a_provider_declares_is_entered_and_shown_as_ids() -> None:
    provider = new_provider()
    for field, text in (
        ("references", "  Un site vitrine\n"),
        ("services", "S10 S01"),
        ("territory", "97411 97415"),
        ("sizes_served", "01"),
        ("published", "listed emails website"),
    ):
        assert provider.enter(field, text) == []
    assert provider.shown("references") == "Un site vitrine"
    assert provider.shown("services") == "S01 S10"
    assert provider.territory == ["97411", "97415"]
    assert provider.sizes_served == ["01"]
    assert provider.listed
    assert provider.hidden_fields == ["address", "phones", "references"]
    assert provider.shown("published") == "listed emails website"


def test_everything_is_published_until_the_provider_asks_otherwise() -> None:
    assert new_provider().shown("published") == "listed address emails phones references website"
