import pytest

from charte_desktop.model.provider import new_provider
from charte_desktop.store.database import Database
from charte_desktop.store.look_alikes import LookAlikes
from charte_desktop.store.provider_register import ProviderRegister
from tests.factory import a_company, a_provider, enter, enter_company, siren


@pytest.fixture
def look_alikes(database: Database) -> LookAlikes:
    return LookAlikes(database)


def seen(look_alikes: LookAlikes, **fields: object) -> list[tuple[str, str, bool]]:
    form = new_provider(**fields)
    return [(one.legal_name, one.why, one.certain) for one in look_alikes.of_provider(form, form.id)]


def test_the_same_siren_is_certain(database: Database, look_alikes: LookAlikes) -> None:
    (known,) = enter(database, a_provider(legal_name="Kaz Octets"))

    assert seen(look_alikes, siren=known.siren, legal_name="Tout autre nom") == [("Kaz Octets", "même SIREN", True)]


def test_the_same_telephone_or_email_is_told_with_what_is_the_same(database: Database, look_alikes: LookAlikes) -> None:
    enter(
        database,
        a_provider(legal_name="Par téléphone", phones=["+262262111111", "+262692123456"]),
        a_provider(legal_name="Par mail", emails=["Contact@Kaz-Octets.example"]),
    )

    assert seen(look_alikes, phones=["+262692123456"]) == [("Par téléphone", "même téléphone (0692 12 34 56)", False)]
    assert seen(look_alikes, emails=["contact@kaz-octets.example"]) == [
        ("Par mail", "même e-mail (contact@kaz-octets.example)", False)
    ]
    assert seen(look_alikes, emails=["octets@kaz-contact.example"], phones=["+262692123457"]) == []


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("KAZ'OCTETS Réunion SARL", "même nom"),
        ("Sas kaz octets reunion", "même nom"),
        ("Kaz Octet Réunion", "nom proche"),
        ("Ka Octets Réunion", "nom proche"),
        ("Réunion Kaz Octets", "nom proche"),
        ("Kaz Octets Réunoin", "nom proche"),
    ],
)
def test_a_name_is_recognised_without_its_form_and_with_its_slips(
    database: Database, look_alikes: LookAlikes, name: str, why: str
) -> None:
    enter(database, a_provider(legal_name="SELARL Kaz'Octets Réunion", phones=[]))

    assert seen(look_alikes, legal_name=name) == [("SELARL Kaz'Octets Réunion", why, False)]


@pytest.mark.parametrize(
    ("known", "name"),
    [
        ("Agence 1", "Agence 2"),
        ("EDF", "EDI"),
        ("Payet Informatique", "Hoarau Informatique"),
        ("Conseil Océan Indien", "Conseil"),
        ("Kaz Octets", "K"),
        ("Kaz Octets", ""),
        ("Kaz Octets", "SARL"),
    ],
)
def test_another_company_is_not_mistaken_for_a_known_one(
    database: Database, look_alikes: LookAlikes, known: str, name: str
) -> None:
    enter(database, a_provider(legal_name=known))

    assert seen(look_alikes, legal_name=name) == []


def test_two_sirens_are_two_companies_unless_the_name_is_the_same(database: Database, look_alikes: LookAlikes) -> None:
    enter(database, a_provider(legal_name="Kaz Octets"))

    assert seen(look_alikes, legal_name="Kaz Octet", siren=siren()) == []
    assert seen(look_alikes, legal_name="Kaz Octets", siren=siren()) == [("Kaz Octets", "même nom, autre SIREN", False)]


def test_the_surest_comes_first(database: Database, look_alikes: LookAlikes) -> None:
    by_name, by_both, by_siren = enter(
        database,
        a_provider(legal_name="Kaz Octets", siren="", phones=[]),
        a_provider(legal_name="Kaz Octetz", siren="", phones=["+262692123456"]),
        a_provider(legal_name="Sans rapport", phones=[]),
    )

    found = look_alikes.of_provider(
        a_provider(legal_name="Kaz Octets", siren=by_siren.siren, phones=["+262692123456"], emails=[])
    )

    assert [one.record_id for one in found] == [by_siren.id, by_both.id, by_name.id]


def test_the_record_itself_and_the_bin_are_not_proposed(database: Database, look_alikes: LookAlikes) -> None:
    known, binned = enter(database, a_provider(legal_name="Kaz Octets"), a_provider(legal_name="Kaz Octet"))
    ProviderRegister(database).delete(binned.id)

    assert look_alikes.of_provider(known, known.id) == []


def test_what_is_not_a_duplicate_is_not_proposed_again_from_either_side(
    database: Database, look_alikes: LookAlikes
) -> None:
    one, other, third = enter(
        database,
        *(a_provider(legal_name=name, phones=[], siren="") for name in ("Lumia Web", "Lumia Weba", "Lumia-Web")),
    )

    look_alikes.not_a_duplicate(other.id, one.id)
    look_alikes.not_a_duplicate(one.id, other.id)

    assert [found.record_id for found in look_alikes.of_provider(one, one.id)] == [third.id]
    assert [found.record_id for found in look_alikes.of_provider(other, other.id)] == [third.id]
    assert len(look_alikes.of_provider(a_provider(legal_name="Lumia Web"))) == 3


def test_companies_are_looked_for_among_companies(database: Database, look_alikes: LookAlikes) -> None:
    enter(database, a_provider(legal_name="Snack du Port"))
    known = enter_company(database, legal_name="Snack du Port")

    assert [one.record_id for one in look_alikes.of_company(a_company(legal_name="Snak du port", siren=""))] == [
        known.id
    ]


@pytest.mark.parametrize("name", ['"', "a*b^c", "l'Été (2) : \u200b«", "NEAR/2 OR AND NOT"])
def test_whatever_is_typed_is_no_syntax_error(look_alikes: LookAlikes, name: str) -> None:
    assert seen(look_alikes, legal_name=name, emails=[name]) == []
