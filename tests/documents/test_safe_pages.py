import zlib
from contextlib import suppress
from io import BytesIO
from time import monotonic

import pikepdf
import pytest

from charte_desktop.documents.safe_pages import MOST_PAGES, safe_pages
from charte_desktop.errors import UserError
from tests.documents.charters import a_sealed_charter
from tests.documents.reading import page_total, sentences_of
from tests.documents.strange_files import STRANGE


@pytest.mark.parametrize("name", STRANGE)
def test_a_strange_file_is_drawn_or_refused_in_little_time(name: str) -> None:
    pdf = STRANGE[name]()
    start = monotonic()
    with suppress(UserError):
        assert 0 < page_total(safe_pages(pdf)) <= MOST_PAGES
    assert monotonic() - start < 5


def test_a_sealed_document_keeps_its_pages_and_loses_the_rest() -> None:
    shown = safe_pages(a_sealed_charter())
    assert "Piton Web & Co" in sentences_of(shown)
    with pikepdf.open(BytesIO(shown)) as document:
        assert not document.attachments
        assert "/AcroForm" not in document.Root


def _with_content(content: bytes) -> bytes:
    result = BytesIO()
    with pikepdf.new() as document:
        page = document.add_blank_page()
        page.Contents = document.make_stream(zlib.compress(content))
        page.Contents.Filter = pikepdf.Name.FlateDecode
        document.save(result, compress_streams=False)
    return result.getvalue()


def _with_picture(width: int, height: int) -> bytes:
    result = BytesIO()
    with pikepdf.new() as document:
        page = document.add_blank_page()
        picture = document.make_stream(b"", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image)
        picture.Width, picture.Height = width, height
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=picture))
        document.save(result)
    return result.getvalue()


def test_a_page_that_inflates_beyond_measure_is_refused() -> None:
    assert safe_pages(_with_content(b"0 0 m " * 1_000))
    with pytest.raises(UserError, match="démesurée"):
        safe_pages(_with_content(b" " * 60_000_000))
    assert safe_pages(_with_picture(2_480, 3_508))
    with pytest.raises(UserError, match="démesurée"):
        safe_pages(_with_picture(100_000, 100_000))


def test_what_is_protected_or_damaged_says_so() -> None:
    result = BytesIO()
    with pikepdf.open(BytesIO(a_sealed_charter())) as document:
        document.save(result, encryption=pikepdf.Encryption(owner="a", user="b"))
    for pdf, sentence in ((result.getvalue(), "mot de passe"), (b"%PDF", "abîmé"), (b"", "abîmé")):
        with pytest.raises(UserError, match=sentence):
            safe_pages(pdf, "x.pdf")
