import pytest

from charte_desktop.model import reference
from charte_desktop.model.sector import SECTORS, sector_of


@pytest.mark.parametrize(
    ("code", "nomenclature", "sector"),
    [
        ("62.01Z", "NAFRev2", "information"),
        ("62.10Y", "NAF2025", "information"),
        ("45.20A", "NAFRev2", "commerce"),
        ("95.31G", "NAF2025", "commerce"),
        ("95.31Z", "NAFRev2", "autres"),
        ("01.13Z", "NAFRev2", "agriculture"),
        ("96.02A", "NAFRev2", "autres"),
    ],
)
def test_a_company_has_the_same_sector_in_both_lists(code: str, nomenclature: str, sector: str) -> None:
    assert sector_of(code, nomenclature) is SECTORS[sector]


def test_every_code_of_both_lists_has_a_sector_and_an_odd_one_has_none() -> None:
    for nomenclature in (reference.NAF_REV2, reference.NAF_2025):
        for code in reference.ape_labels(nomenclature):
            assert sector_of(code, nomenclature)
    assert sector_of("") is None
    assert sector_of("[ND]") is None
    assert sector_of("00.00Z") is None
