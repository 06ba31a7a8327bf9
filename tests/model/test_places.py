import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charte_desktop.model.places import read_place, read_street_and_town
from charte_desktop.model.reading import Place
from charte_desktop.model.reference import communes, find_commune

SPELLINGS = Path(__file__).parents[1] / "data" / "formats" / "communes_orthographes.csv"


def spellings() -> list[dict[str, str]]:
    with SPELLINGS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


@pytest.mark.parametrize("line", spellings(), ids=lambda line: f"{line['ville_saisie']} {line['code_postal_saisi']}")
def test_a_real_spelling_finds_its_commune_wherever_it_stands(line: dict[str, str]) -> None:
    city, code, expected = line["ville_saisie"], line["code_postal_saisi"], line["code_insee_attendu"]
    found = find_commune(city, code)
    assert found is not None
    assert found.code == expected
    for typed in (
        f"12 rue X\n{code} {city}",
        f"12 rue X, {code} {city}",
        f"12 rue X - {city} ({code})",
        f"12 rue X {code} {city}",
        f"{code} {city} - 12 rue X",
        f"{city} {code}, 12 rue X",
    ):
        place = read_place(typed).value
        assert (place.address, place.postal_code, place.commune_code) == ("12 rue X", code, expected), typed


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("7 RUE DU COLLEGE ARTHUR - Saint Pierre  (97410)",
         Place("7 RUE DU COLLEGE ARTHUR", "97410", "Saint-Pierre", "97416")),
        ("5 CHE DE GRAND CANAL, 97490 SAINT-DENIS CEDEX 9",
         Place("5 CHE DE GRAND CANAL", "97490", "Saint-Denis CEDEX 9", "97411")),
        ("33 TER ALLEE COCOS\n97438 Ste-Marie", Place("33 TER ALLEE COCOS", "97438", "Sainte-Marie", "97418")),
        ("97419 POSSESSION", Place("", "97419", "La Possession", "97408")),
        ("16 rue Albert Lougnon - Sainte-Clotilde (97490)",
         Place("16 rue Albert Lougnon", "97490", "Sainte-Clotilde", "97411")),
        ("BP 20012 97801 Saint-Denis CEDEX 9", Place("BP 20012", "97801", "Saint-Denis CEDEX 9", "97411")),
        ("Résidence Y\n12 rue X\n97434 Saint-Gilles les Bains\nLa Réunion",
         Place("Résidence Y\n12 rue X", "97434", "Saint-Gilles-les-Bains", "97415")),
        ("12 rue X, 97400 Saint-Denis, 1er étage", Place("12 rue X\n1er étage", "97400", "Saint-Denis", "97411")),
        ("11 RUE DE LA COMPAGNIE\nSAINT ANDRE\n97400\nST DENIS",
         Place("11 RUE DE LA COMPAGNIE\nSAINT ANDRE", "97400", "Saint-Denis", "97411")),
        ("12 rue X St-Pierre 97410", Place("12 rue X", "97410", "Saint-Pierre", "97416")),
        ("7 rue Saint-Pierre 97410", Place("7 rue Saint-Pierre", "97410", "Saint-Pierre", "97416")),
        ("12 rue du Port 97420", Place("12 rue du Port", "97420", "Le Port", "97407")),
        ("12 rue X 97410", Place("12 rue X", "97410", "Saint-Pierre", "97416")),
        ("97490 Bois Rouge", Place("", "97490", "Bois Rouge", "97411")),
        ("97 400 St Denis", Place("", "97400", "Saint-Denis", "97411")),
        ("12 rue X, Saint-Denis", Place("12 rue X", "", "Saint-Denis", "97411")),
        ("12 rue X (Saint-Denis)", Place("12 rue X", "", "Saint-Denis", "97411")),
        ("L'Etang Salé", Place("", "", "L'Étang-Salé", "97404")),
        ("12 rue de la Paix 75002 Paris", Place("12 rue de la Paix", "75002", "Paris", "")),
        ("75002 PARIS CEDEX 02", Place("", "75002", "PARIS CEDEX 02", "")),
        ("93200 Saint-Denis", Place("", "93200", "Saint-Denis", "")),
        ("97600 Mamoudzou", Place("", "97600", "Mamoudzou", "")),
        ("12 rue X, Sainte-Rose, 97115", Place("12 rue X", "97115", "Sainte-Rose", "")),
    ],
)  # fmt: skip
def test_an_address_is_taken_apart(typed: str, expected: Place) -> None:
    reading = read_place(typed)
    assert reading.value == expected
    assert (reading.unread, reading.message) == ("", "")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("12 rue X", "n'ont pas été trouvés"),
        ("12 rue de Saint-Denis", "n'ont pas été trouvés"),
        ("97460 Saint-Denis", "97460 ne va pas avec Saint-Denis"),
        ("Saint-Pierre 94410", "94410 ne va pas avec Saint-Pierre"),
        ("12 rue X 75002", "Aucune commune"),
        ("Bâtiment A\nEntrée B\n75002", "Aucune commune"),
    ],
)
def test_a_doubtful_place_is_told_and_kept(typed: str, says: str) -> None:
    reading = read_place(typed)
    assert says in reading.message
    assert reading.unread == ""


@given(
    st.sampled_from(sorted(communes())),
    st.integers(1, 300),
    st.sampled_from([" - {name} ({code})", ", {code} {name}", "\n{code} {name}", " {code} {name} CEDEX"]),
    st.sampled_from([str, str.upper, str.lower, lambda name: name.replace("-", " ").replace("Saint", "St")]),
    st.data(),
)
def test_every_commune_is_found_however_it_is_written(commune, number, shape, spelling, data) -> None:  # type: ignore[no-untyped-def]
    one = communes()[commune]
    code = data.draw(st.sampled_from(one.postal_codes))
    place = read_place(f"{number} rue des Lilas" + shape.format(name=spelling(one.name), code=code)).value
    assert (place.address, place.postal_code, place.commune_code) == (f"{number} rue des Lilas", code, commune)


STREETS = (
    "", "12 rue des Lilas", "BP 12", "BP", "12 rue X n°", "97400", "ZI du Chaudron,", " - ", "résidence\n\nles  Lilas",
    "\u200b", "(974 10)", "Bât. A, 3 rue de l'Église -", "CS", "rue\tdes Lilas", "chemin 97 410", "Saint-Paul 97460",
    "; ",
)  # fmt: skip
TOWNS = (
    "97400 Saint-Denis", "97410 St Pierre", "97400 SAINT DENIS CEDEX 9", "97490 Ste Clotilde", "75001 Paris", "97400",
    "Saint-Denis", "97400, Saint-Denis", "97400 Saint-Denis, Réunion", "97400 Saint-Denis 97400", "974 00 Saint-Denis",
    "(97400) Saint-Denis", "97400Saint-Denis", "97400 - Saint-Denis", "94410 Saint-Pierre", "97410 Saint-Denis",
    "97999 Saint-Leu", " 97400  Saint-Denis", "97400\u00a0Saint-Denis", "97400 La Réunion", "F-97400 Saint-Denis",
)  # fmt: skip


@pytest.mark.parametrize("town", TOWNS)
@given(st.sampled_from(STREETS) | st.text(max_size=30) | st.lists(st.sampled_from(STREETS)).map(" ".join))
def test_street_and_town_of_two_columns_are_read_as_the_lines_of_one(town: str, street: str) -> None:
    assert read_street_and_town(street, town) == read_place(f"{street}\n{town}")
