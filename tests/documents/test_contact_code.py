from charte_desktop.documents.contact_code import squares, vcard
from tests.documents.sheet_contents import entry


def test_the_card_holds_the_ways_to_reach_the_provider() -> None:
    lines = vcard(entry(1)).splitlines()
    assert lines[0] == "BEGIN:VCARD"
    assert lines[-1] == "END:VCARD"
    assert "FN:Cœur de Lave 1" in lines
    assert "TEL:+262692000001" in lines
    assert "EMAIL:contact@prestataire-1.example" in lines


def test_signs_that_mean_something_in_a_card_are_escaped() -> None:
    assert "FN:A\\; B\\, C\\\\D" in vcard(entry(1, legal_name="A; B, C\\D")).splitlines()
    assert "\nTEL:666" not in vcard(entry(1, legal_name="A\nTEL:666"))


def test_a_provider_that_nobody_can_reach_has_no_card() -> None:
    assert vcard(entry(1, phones=(), emails=(), website="")) == ""


def test_a_card_stays_small_enough_to_be_read_from_paper() -> None:
    long = entry(1, legal_name="Nom " * 99, emails=("a" * 200 + "@b.example",), website="https://" + "w" * 300)
    assert len(vcard(long).encode()) <= 300
    assert len(squares(vcard(long))) <= 65


def test_a_code_has_its_three_corners() -> None:
    rows = squares(vcard(entry(1)))
    corner = [all(row[place] for place in range(7)) for row in (rows[0], rows[6])]
    assert corner == [True, True]
    assert all(rows[-1][place] for place in range(7))
    assert all(rows[0][-place] for place in range(1, 8))
