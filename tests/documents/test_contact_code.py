from hypothesis import given
from hypothesis import strategies as st
from reportlab.graphics.barcode.qrencoder import QR8bitByte, QRCode, QRErrorCorrectLevel

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
    assert squares(vcard(long))[0] <= 65


@given(st.text(max_size=300))
def test_a_code_is_the_one_that_reportlab_draws(text: str) -> None:
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(QR8bitByte(text))
    code.version = code.calculate_version()
    code.makeImpl(False, 3)
    side, rows = squares(text)
    width = -(-side // 8)
    drawn = [
        f"{int.from_bytes(rows[at : at + width], 'big'):0{8 * width}b}"[:side] for at in range(0, len(rows), width)
    ]
    assert drawn == ["".join("01"[bool(dark)] for dark in row) for row in code.modules]
