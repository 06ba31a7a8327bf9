from collections import Counter
from datetime import date

from stdnum.fr import siren as siren_rules
from stdnum.fr import siret as siret_rules

from charte_desktop.demonstration.providers import demonstration_providers, list_providers
from charte_desktop.model import identifiers, reference
from charte_desktop.model.provider import Provider
from charte_desktop.model.provider_state import ProviderState
from charte_desktop.model.validity import RenewalRule

TODAY = date(2026, 11, 23)


def _everyone() -> list[Provider]:
    return demonstration_providers() + list_providers()


def test_the_base_and_the_list_together_hold_120_providers_with_ids_and_sirens_of_their_own() -> None:
    everyone = _everyone()
    assert (len(demonstration_providers()), len(everyone)) == (96, 120)
    assert len({one.id for one in everyone}) == 120
    numbers = [one.siren for one in everyone if one.siren]
    assert len(set(numbers)) == len(numbers)
    assert len({one.legal_name for one in everyone}) == 120


def test_the_same_seed_gives_the_same_providers_and_another_seed_others() -> None:
    def told(providers: list[Provider]) -> list[tuple[object, ...]]:
        return [
            (one.id, one.legal_name, one.siren, one.address, one.service_ids, [s.signed_on for s in one.signatures])
            for one in providers
        ]

    assert told(demonstration_providers()) == told(demonstration_providers())
    assert told(demonstration_providers(1)) != told(demonstration_providers())


def test_every_state_of_the_register_is_shown() -> None:
    states = Counter(one.state_on(TODAY, RenewalRule()) for one in demonstration_providers())
    assert states == {
        ProviderState.SIGNATORY: 58,
        ProviderState.READY: 20,
        ProviderState.INCOMPLETE: 13,
        ProviderState.WITHDRAWN: 3,
        ProviderState.REMOVED: 2,
    }


def test_signatures_are_on_paper_between_2023_and_2026() -> None:
    signatures = [signature for one in demonstration_providers() for signature in one.signatures]
    assert len(signatures) == 63
    assert {signature.medium for signature in signatures} == {"papier"}
    assert {signature.signed_on.year for signature in signatures} == {2023, 2024, 2025, 2026}
    assert all(signature.signed_on < TODAY for signature in signatures)


def test_nobody_leaves_before_signing() -> None:
    for one in demonstration_providers():
        days_of_leaving = [removal.removed_on for removal in one.removals]
        if one.withdrawn_on:
            days_of_leaving.append(one.withdrawn_on)
        assert all(one.signatures[0].signed_on < day < TODAY for day in days_of_leaving)
        assert all(removal.clauses and removal.reason and removal.adviser for removal in one.removals)


def test_company_numbers_pass_their_control_and_stand_in_the_unused_range() -> None:
    for one in _everyone():
        if one.siren:
            assert siren_rules.is_valid(one.siren)
            assert "002000000" <= one.siren <= "002999999"
        if one.siret:
            assert siret_rules.is_valid(one.siret)
            assert one.siret.startswith(one.siren)


def test_every_value_reads_back_as_itself() -> None:
    for one in _everyone():
        assert not one.phones or list(identifiers.read_phones(one.shown("phones")).value) == one.phones
        assert not one.emails or list(identifiers.read_emails(one.shown("emails")).value) == one.emails
        assert not one.website or identifiers.read_website(one.website).value == one.website
        assert not one.siren or identifiers.read_siren(one.siren).value.siren == one.siren
        if one.commune_code:
            place = identifiers.read_place(one.shown("address")).value
            assert (place.address, place.postal_code) == (one.address, one.postal_code)
            assert (place.city, place.commune_code) == (one.city, one.commune_code)


def test_codes_stand_in_the_shipped_lists() -> None:
    everyone = _everyone()
    assert {one.ape_nomenclature for one in everyone} >= {reference.NAF_REV2, reference.NAF_2025}
    for one in everyone:
        assert not one.ape_code or reference.ape_label(one.ape_code, one.ape_nomenclature)
        assert set(one.service_ids) <= set(reference.services())
        assert set(one.territory) <= set(reference.communes())
        assert set(one.sizes_served) <= set(reference.bands())
        if one.headcount is not None:
            assert identifiers.band_of(one.headcount) == one.headcount_band


def test_every_service_has_three_signatories_at_least() -> None:
    offered = Counter(
        service
        for one in demonstration_providers()
        if one.may_be_listed_on(TODAY, RenewalRule())
        for service in one.service_ids
    )
    assert set(offered) == set(reference.services())
    assert min(offered.values()) >= 3


def test_contacts_lead_nowhere() -> None:
    for one in _everyone():
        assert all(email.endswith(".example") for email in one.emails)
        assert all(phone[:8] in ("+2622620", "+2626920", "+2626930") and phone[7:9] == "00" for phone in one.phones)
        assert one.legal_representative == "" or " EXEMPLE-" in one.legal_representative


def test_some_do_not_wish_to_be_listed_or_hide_a_field() -> None:
    providers = demonstration_providers()
    assert sum(not one.listed for one in providers) == 4
    assert {field for one in providers for field in one.hidden_fields} == {
        "phones", "address", "emails", "references", "website",
    }  # fmt: skip


def test_some_keep_what_was_typed_and_not_understood() -> None:
    unread = {field for one in demonstration_providers() for field in one.unread}
    assert unread == {"siren", "ape"}
