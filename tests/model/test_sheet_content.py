from dataclasses import replace

import pytest

from charte_desktop.model.provider import LocalService, new_provider
from charte_desktop.model.sheet import Candidate
from charte_desktop.model.sheet_content import SheetEntry, content_fingerprint, entry_for, listed_services
from tests.documents.sheet_contents import content, entry


def line_of(*hidden: str) -> SheetEntry:
    provider = new_provider(
        legal_name="Agence Tropique",
        siren="012345679",
        address="12 rue des Filaos",
        postal_code="97410",
        city="Saint-Pierre",
        emails=["contact@tropique.example"],
        phones=["+262692000001"],
        website="https://tropique.example",
        references="Un hôtel",
        hidden_fields=list(hidden),
    )
    provider.offer(["S01"])
    return entry_for(1, Candidate(provider, "Déclare : un service."))


@pytest.mark.parametrize("field", ["address", "emails", "phones", "website", "references"])
def test_c07_what_a_provider_asked_to_hide_is_not_on_its_line(field: str) -> None:
    assert getattr(line_of(), field)
    assert not getattr(line_of(field), field)


def test_c07_hiding_the_address_hides_the_town_too() -> None:
    assert (line_of("address").postal_code, line_of("address").city) == ("", "")


@pytest.mark.parametrize(
    ("number", "band", "words"),
    [(None, "", ""), (0, "00", "aucun salarié"), (1, "01", "1 salarié"), (13, "11", "13 salariés")],
)
def test_the_size_of_a_provider_is_told_in_words(number: int | None, band: str, words: str) -> None:
    provider = new_provider(headcount=number, headcount_band=band)
    assert entry_for(1, Candidate(provider, "")).headcount == words


def test_c20_a_service_is_printed_in_words_local_additions_too() -> None:
    local = {"x": LocalService(id="x", label="Borne tactile", family="Fonctionnement interne")}
    known, added, unknown = listed_services(["S13", "x", "y"], local)
    assert (known.label, known.family) == ("RGPD", "Cybersécurité / Data")
    assert (added.label, added.family) == ("Borne tactile", "Fonctionnement interne")
    assert unknown.label == "Autre prestation"


def test_the_fingerprint_follows_everything_that_is_printed() -> None:
    sheet = content([entry(1)])
    assert content_fingerprint(sheet) == content_fingerprint(content([entry(1)]))
    assert content_fingerprint(sheet) != content_fingerprint(replace(sheet, adviser="Autre"))
    assert content_fingerprint(sheet) != content_fingerprint(content([entry(1, legal_name="\ud800")]))
