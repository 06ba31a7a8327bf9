import pytest
from hypothesis import given
from hypothesis import strategies as st

from charte_desktop.model.identifiers import Ape, Reading, read_ape
from charte_desktop.model.identity_text import Problem, bare_name
from charte_desktop.model.provider import Provider, new_provider
from charte_desktop.model.reading import plain, says_nothing
from charte_desktop.model.wording import normalise
from tests.model.test_identifiers import ANY_TEXT

READ_FIELDS = ["siren", "address", "emails", "phones", "ape", "headcount", "website"]


def test_a_field_takes_what_was_understood_and_shows_it_in_french_format() -> None:
    provider = new_provider()
    assert provider.enter("phones", "692000061 / +262 (0)693-00-00-64") == []
    assert provider.phones == ["+262692000061", "+262693000064"]
    assert provider.shown("phones") == "0692 00 00 61\n0693 00 00 64"
    assert provider.enter("siren", "40189229400018.0") == []
    assert (provider.siren, provider.siret) == ("401892294", "40189229400018")
    assert provider.shown("siren") == "401 892 294 00018"
    provider.enter("address", "5 CHE DE GRAND CANAL, 97490 ST DENIS CEDEX 9")
    assert provider.shown("address") == "5 CHE DE GRAND CANAL\n97490 Saint-Denis CEDEX 9"
    assert provider.commune_code == "97411"
    provider.enter("headcount", "6 à 9")
    assert (provider.headcount, provider.headcount_band) == (None, "03")
    assert provider.shown("headcount") == "6 à 9 salariés"
    provider.enter("legal_name", "  LE \n REMEDE ")
    assert provider.shown("legal_name") == "LE REMEDE"


def test_what_is_not_understood_stays_in_the_field_until_it_is_mended() -> None:
    provider = new_provider()
    problems = provider.enter("phones", "0262 00 00 61 / +33 692 00 00 61")
    assert [problem.field for problem in problems] == ["phones"]
    assert problems[0].value == "+33 692 00 00 61"
    assert provider.phones == ["+262262000061"]
    assert provider.shown("phones") == "0262 00 00 61\n+33 692 00 00 61"
    assert provider.enter("phones", "0262 00 00 61\n0692 00 00 61") == []
    assert provider.unread == {}
    assert provider.shown("phones") == "0262 00 00 61\n0692 00 00 61"


def test_a_fax_stays_in_the_field_without_a_problem() -> None:
    provider = new_provider()
    assert provider.enter("phones", "0262 00 00 63\nFax : 0262 00 05 63") == []
    assert provider.shown("phones") == "0262 00 00 63\nFax : 0262 00 05 63"


def test_a_warning_keeps_the_value_and_names_what_was_typed() -> None:
    provider = new_provider()
    problems = provider.enter("siren", "57813131")
    assert provider.siren == "057813131"
    assert provider.unread == {}
    assert problems == [Problem("siren", "57813131", "Le zéro du début manquait : lu 057 813 131, à vérifier.")]


def test_one_field_never_touches_another() -> None:
    provider = new_provider()
    provider.enter("siren", "faux")
    provider.enter("ape", "62.02")
    provider.enter("siren", "833589773")
    assert provider.unread == {"ape": "62.02"}
    with pytest.raises(KeyError):
        provider.enter("favourite_colour", "bleu")


@given(st.sampled_from(READ_FIELDS), ANY_TEXT)
def test_nothing_typed_is_lost(field: str, text: str) -> None:
    """What is typed is shown as typed or in canonical form, and what is shown can be entered again without a change."""
    provider = new_provider()
    provider.enter(field, text)
    shown = provider.shown(field)
    if not shown:
        assert says_nothing(text) or (field == "ape" and read_ape(text) == Reading(Ape()))
    elif field in ("address", "emails", "website"):
        assert words(text) - words(shown) <= DROPPED
    before = state(provider, field)
    provider.enter(field, shown)
    assert state(provider, field) == before
    assert provider.shown(field) == shown


DROPPED = frozenset("nc la le les l st ste f reunion france ile de mailto mail ou et site web contact tel a".split())
"""Words that carry nothing (labels, "et", "NC") or come back in full ("St", "Le Port")."""


def words(text: str) -> set[str]:
    return set(normalise(plain(text)).split())


def state(provider: Provider, field: str) -> tuple[object, ...]:
    values: dict[str, tuple[object, ...]] = {
        "siren": (provider.siren, provider.siret),
        "address": (provider.address, provider.postal_code, provider.city, provider.commune_code),
        "emails": tuple(provider.emails),
        "phones": tuple(provider.phones),
        "ape": (provider.ape_code, provider.ape_nomenclature),
        "headcount": (provider.headcount, provider.headcount_band),
        "website": (provider.website,),
    }
    return values[field]


@pytest.mark.parametrize(
    ("name", "other"),
    [("PHIDIA SARL", "phidia"), ("S.A.S. Téeo", "TEEO SAS"), ("L'Œuvre", "l oeuvre"), ("Sté Ennéa", "ENNEA")],
)
def test_a_name_is_the_same_without_its_legal_form(name: str, other: str) -> None:
    assert new_provider(legal_name=name).looks_like(other)


def test_names_that_differ_are_told_apart() -> None:
    assert not new_provider(legal_name="Phidia").looks_like("Phidias")
    assert not new_provider(legal_name="Phidia").looks_like("")
    assert bare_name("SARL") == "sarl"
