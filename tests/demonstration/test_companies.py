from collections import Counter
from datetime import date

from stdnum.fr import siren as siren_rules

from charte_desktop.demonstration.companies import TRADES, demonstration_companies
from charte_desktop.demonstration.identities import COMPANY_SIRENS
from charte_desktop.demonstration.names import ADVISERS
from charte_desktop.model import identifiers, reference
from charte_desktop.model.accompaniment import gives_right_to_charter
from charte_desktop.model.accompaniment_kind import AccompanimentKind


def test_there_are_300_companies_of_every_commune_the_biggest_first() -> None:
    companies = [company for company, _, _ in demonstration_companies()]
    assert len(companies) == len({one.id for one in companies}) == len({one.siren for one in companies}) == 300
    assert len({one.legal_name for one in companies}) == 300
    by_commune = Counter(one.commune_code for one in companies)
    assert set(by_commune) == set(reference.communes())
    assert [code for code, _ in by_commune.most_common(2)] == ["97411", "97415"]


def test_every_trade_is_there_with_an_activity_code_of_the_lists() -> None:
    companies = [company for company, _, _ in demonstration_companies()]
    for trade in TRADES:
        assert any(one.legal_name.startswith(trade.word) for one in companies)
        assert reference.ape_label(trade.ape, reference.NAF_REV2)
        assert not trade.ape_2025 or reference.ape_label(trade.ape_2025, reference.NAF_2025)
        assert set(trade.needs) <= set(reference.services())
        assert set(trade.bands) <= set(reference.bands())
    assert all(reference.ape_label(one.ape_code, one.ape_nomenclature) for one in companies)
    assert {one.legal_category for one in companies} <= set(reference.legal_categories())


def test_c03_every_company_has_a_right_to_the_charter() -> None:
    for company, accompaniments, needs in demonstration_companies():
        assert 1 <= len(accompaniments) <= 3
        assert gives_right_to_charter(accompaniments, date(2026, 11, 23))
        assert all(one.company_id == company.id for one in accompaniments)
        assert {need.accompaniment_id for need in needs} <= {one.id for one in accompaniments}
        assert needs


def test_accompaniments_are_of_the_three_kinds_on_working_days_of_three_years() -> None:
    held = [one for _, accompaniments, _ in demonstration_companies() for one in accompaniments]
    assert {one.kind for one in held} == set(AccompanimentKind)
    assert {one.held_on.year for one in held} == {2024, 2025, 2026}
    assert all(one.held_on.weekday() < 5 for one in held)
    assert not any((one.held_on.day, one.held_on.month) in ((14, 7), (20, 12), (25, 12)) for one in held)
    assert {one.adviser for one in held} == set(ADVISERS)


def test_the_same_seed_gives_the_same_companies() -> None:
    def told(seed: int) -> list[object]:
        return [
            (one.id, one.legal_name, one.siren, [(a.id, a.held_on, a.kind) for a in held], [need.id for need in needs])
            for one, held, needs in demonstration_companies(seed)
        ]

    assert told(974) == told(974)
    assert told(974) != told(975)


def test_every_value_reads_back_as_itself() -> None:
    for company, _, _ in demonstration_companies():
        assert siren_rules.is_valid(company.siren)
        assert int(company.siren[:8]) in COMPANY_SIRENS
        place = identifiers.read_place(company.shown("address")).value
        assert (place.city, place.commune_code) == (company.city, company.commune_code)
        assert list(identifiers.read_phones(company.shown("phones")).value) == company.phones
        assert list(identifiers.read_emails(company.shown("emails")).value) == company.emails


def test_nobody_dives_in_the_mountains() -> None:
    inland = {"97421", "97424", "97406"}
    for company, _, _ in demonstration_companies():
        assert not (company.legal_name.startswith("Plongée") and company.commune_code in inland)
