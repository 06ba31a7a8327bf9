from itertools import pairwise

import pytest

from charte_desktop.model import reference


def test_c20_the_sixteen_services_stand_in_their_four_families() -> None:
    services = reference.services()
    assert list(services) == [f"S{number:02}" for number in range(1, 17)]
    assert tuple(dict.fromkeys(service.family for service in services.values())) == reference.FAMILIES
    assert all(service.label in " ".join(reference.charter_text().split()) for service in services.values())


def test_a_service_the_charter_does_not_have_keeps_its_id() -> None:
    assert reference.service_label("S03") == "Référencement"
    assert reference.service_label("3f2c") == "3f2c"


def test_the_lists_are_whole() -> None:
    assert list(reference.communes()) == [str(code) for code in range(97401, 97425)]
    assert len(reference.ape_labels(reference.NAF_REV2)) == 732
    assert len(reference.ape_labels(reference.NAF_2025)) == 747
    assert len(reference.bands()) == 16
    assert reference.legal_categories()["5499"].startswith("Société à responsabilité limitée")


def test_no_activity_code_is_in_both_nomenclatures() -> None:
    assert not set(reference.ape_labels(reference.NAF_REV2)) & set(reference.ape_labels(reference.NAF_2025))
    assert reference.ape_label("62.01Z", "NAFRev2") == "Programmation informatique"
    assert reference.ape_label("62.01Z", "NAF2025") == ""
    assert reference.ape_nomenclature("62.10Y") == "NAF2025"
    assert reference.ape_nomenclature("98.99X") == ""


def test_bands_follow_one_another_without_hole() -> None:
    bands = [band for code, band in reference.bands().items() if code != "NN"]
    for before, after in pairwise(bands):
        assert before.high is not None
        assert after.low == before.high + 1
    assert bands[-1].high is None
    assert reference.band_label("11") == "10 à 19 salariés"
    assert reference.band_label("NN") == reference.band_label("00") == "aucun salarié"
    assert reference.band_label("") == ""


@pytest.mark.parametrize(
    ("city", "postal_code", "code"),
    [
        ("Saint-Denis", "", "97411"),
        ("ST DENIS DE LA REUNION", "97400", "97411"),
        ("S A I N T", "97400", "97411"),
        ("Étang Salé", "", "97404"),
        ("Sainte-Clotilde", "97490", "97411"),
        ("La Saline", "97422", "97415"),
        ("", "97413", "97424"),
        ("Saint-Denis", "93200", None),
        ("Sainte-Marie", "97230", None),
        ("Saint-Paul", "06570", None),
        ("Paris", "75002", None),
        ("", "", None),
    ],
)
def test_a_commune_is_found_by_its_name_then_by_its_postal_code(city: str, postal_code: str, code: str | None) -> None:
    commune = reference.find_commune(city, postal_code)
    assert (commune.code if commune else None) == code


def test_every_postal_code_of_a_commune_delivers_there() -> None:
    for commune in reference.communes().values():
        for postal_code in commune.postal_codes:
            assert commune.code in reference.communes_served(postal_code)


def test_every_district_lies_in_a_commune_of_the_island() -> None:
    for row in reference.rows("reference", "quartiers_974.csv"):
        assert row["code_insee"] in reference.communes()
        place = reference.find_place(row["quartier"])
        assert place is not None
        assert (place.label, place.commune_code) == (row["quartier"], row["code_insee"])
