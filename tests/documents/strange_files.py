"""Files made to crash, to fill the memory or to keep the machine busy; some of them properly sealed by a stranger."""

import zlib
from collections.abc import Callable
from functools import cache

from tests.documents import sealing
from tests.documents.forgeries import forger
from tests.documents.sealing import evidence, hand_sealed, revision

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
STRANGE: dict[str, Callable[[], bytes]] = {}
"""By name; each is made once."""
HUGE: dict[str, Callable[[], bytes]] = {}
"""Some more, made anew each time."""


def strange(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """Name a strange file after its function."""
    STRANGE[make.__name__.replace("_", " ")] = cache(make)
    return make


def huge(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """Name a huge file after its function."""
    HUGE[make.__name__.replace("_", " ")] = make
    return make


def unsealed(objects: dict[int, bytes], trailer: bytes = b"<</Root 1 0 R/Size 99>>") -> bytes:
    return revision(HEADER, objects, trailer)


CATALOG = {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>", 3: b"<</Type/Page>>"}


def deflated(content: bytes, extra: bytes = b"") -> bytes:
    packed = zlib.compress(content, 9)
    return b"<<%s/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (extra, len(packed), packed)


# -- not sealed -------------------------------------------------------------------------------------------------------


@strange
def nothing_but_a_header() -> bytes:
    return b"%PDF-1.7"


@strange
def an_end_without_a_beginning() -> bytes:
    return b"%PDF-1.7\nstartxref\n99999999\n%%EOF\n"


@strange
def a_table_that_leads_to_itself() -> bytes:
    return unsealed(CATALOG, b"<</Root 1 0 R/Size 9/Prev %d>>" % revision(HEADER, CATALOG, b"").index(b"xref"))


@strange
def two_tables_that_lead_to_each_other() -> bytes:
    first = unsealed(CATALOG, b"<</Root 1 0 R/Size 9/Prev %010d>>" % 0)
    whole = revision(first, {}, b"<</Root 1 0 R/Size 9/Prev %d>>" % first.index(b"xref"))
    return whole.replace(b"/Prev 0000000000", b"/Prev %010d" % whole.rindex(b"xref\n0"))


@strange
def a_page_tree_that_loops() -> bytes:
    return unsealed({**CATALOG, 2: b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 99>>"})


@strange
def references_that_lead_to_themselves() -> bytes:
    return unsealed({1: b"1 0 R"})


@strange
def an_encrypted_trailer() -> bytes:
    return unsealed(CATALOG, b"<</Root 1 0 R/Size 9/Encrypt<</Filter/Standard>>>>")


@strange
def arrays_a_hundred_thousand_deep() -> bytes:
    return unsealed({**CATALOG, 1: b"<</Type/Catalog/Names %s>>" % (b"[" * 100_000)})


@strange
def dictionaries_a_hundred_thousand_deep() -> bytes:
    return unsealed({**CATALOG, 1: b"<</Type/Catalog/Names %s>>" % (b"<</A" * 100_000)})


@huge
def parentheses_without_end() -> bytes:
    return unsealed({**CATALOG, 1: b"<</Type/Catalog/Names(%s>>" % (b"(" * 3_000_000)})


@huge
def remarks_without_end() -> bytes:
    return unsealed({**CATALOG, 1: b"%\n" * 2_000_000 + CATALOG[1]})


@huge
def a_million_objects() -> bytes:
    body = b"".join(b"%d 0 obj null endobj\n" % number for number in range(1, 50_001))
    table = b"xref\n0 1000000\n" + b"0000000015 00000 n \n" * 1_000_000
    return (
        HEADER
        + body
        + table
        + b"trailer\n<</Root 1 0 R/Size 1000000>>\nstartxref\n%d\n%%%%EOF\n" % (len(HEADER) + len(body))
    )


@huge
def a_million_byte_ranges() -> bytes:
    return HEADER + b"/ByteRange [0 20 30 40]" * 1_000_000


@huge
def many_byte_ranges_that_fit() -> bytes:
    pdf = HEADER + b" " * 5_000_000 + b"<00>" + b" " * 5_000_000
    start = pdf.index(b"<00>")
    return pdf + b"/ByteRange [0 %d %d 100]" % (start, start + 4) * 200


@huge
def a_byte_range_without_end() -> bytes:
    return HEADER + b"/ByteRange [" + b" " * 10_000_000 + b"/ByteRange [" + b"0" * 10_000_000


@strange
def a_cross_reference_stream_that_is_a_bomb() -> bytes:
    stream = deflated(bytes(100_000_000), b"/Type/XRef/W[1 4 2]/Size 99/Root 1 0 R")
    return HEADER + b"9 0 obj\n" + stream + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(HEADER)


@strange
def a_cross_reference_stream_with_a_predictor() -> bytes:
    rows = bytes(20_000_000)
    extra = b"/Type/XRef/W[1 4 2]/Size 99/Root 1 0 R/DecodeParms<</Predictor 12/Columns 1>>"
    return HEADER + b"9 0 obj\n" + deflated(rows, extra) + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(HEADER)


@strange
def object_streams_inside_each_other() -> bytes:
    rows = b"".join(bytes([2, 0, 0, 0, other, 0, 0]) for other in (2, 1))
    stream = deflated(rows, b"/Type/XRef/W[1 4 2]/Index[1 2]/Size 3/Root 1 0 R")
    return HEADER + b"9 0 obj\n" + stream + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(HEADER)


@huge
def two_hundred_megabytes() -> bytes:
    return HEADER + bytes(200 * 2**20)


@huge
def three_hundred_megabytes() -> bytes:
    return HEADER + bytes(300 * 2**20)


@strange
def a_linearized_looking_fragment() -> bytes:
    return HEADER + b"1 0 obj\n<</Linearized 1/L 99>>\nendobj\nxref\n0 0\ntrailer\n<</Prev -5>>\nstartxref\n0\n%%EOF\n"


# -- sealed by a stranger ---------------------------------------------------------------------------------------------


def sealed_strangely(objects: dict[int, bytes], catalog: bytes) -> bytes:
    return hand_sealed(objects, forger(), catalog=catalog)


def bomb(content: bytes, extra: bytes = b"") -> bytes:
    objects = {
        10: b"<</Type/Filespec/F(preuve.json)/EF<</F 11 0 R>>>>",
        11: deflated(content, b"/Subtype/application#2Fjson" + extra),
    }
    return sealed_strangely(objects, sealing.names(b"10 0 R"))


@strange
def evidence_that_inflates_to_a_hundred_megabytes() -> bytes:
    return bomb(bytes(100_000_000))


@strange
def evidence_deflated_many_times() -> bytes:
    content = bytes(10_000_000)
    for _ in range(3):
        content = zlib.compress(content, 9)
    extra = b"/Filter[/FlateDecode/FlateDecode/FlateDecode/FlateDecode]"
    objects = {
        10: b"<</Type/Filespec/EF<</F 11 0 R>>>>",
        11: b"<<%s/Subtype/application#2Fjson/Length %d>>\nstream\n%s\nendstream" % (extra, len(content), content),
    }
    return sealed_strangely(objects, sealing.names(b"10 0 R"))


@strange
def evidence_nested_without_end() -> bytes:
    return bomb(b'{"format": ' + b"[" * 1_000_000)


@strange
def evidence_that_is_no_object() -> bytes:
    return bomb(b'["charte-desktop/preuve/1"]')


@strange
def evidence_with_a_huge_number() -> bytes:
    return bomb(b'{"format": ' + b"9" * 1_000_000 + b"}")


@strange
def evidence_that_is_not_utf_8() -> bytes:
    return bomb(b'{"format": "\xff\xfe"}')


@strange
def evidence_whose_length_is_itself() -> bytes:
    objects = {
        10: b"<</EF<</F 11 0 R>>>>",
        11: b"<</Subtype/application#2Fjson/Length 11 0 R>>\nstream\n{}\nendstream",
    }
    return sealed_strangely(objects, sealing.names(b"10 0 R"))


@strange
def a_thousand_attachments() -> bytes:
    objects, _ = sealing.attached(evidence(format="x"))
    return sealed_strangely(objects, sealing.names(*[b"10 0 R"] * 1000))


@strange
def a_name_tree_that_loops() -> bytes:
    return sealed_strangely({10: b"<</Kids[10 0 R 10 0 R]>>"}, b"/Names<</EmbeddedFiles 10 0 R>>")


@strange
def a_name_tree_of_wrong_kinds() -> bytes:
    return sealed_strangely({10: b"<</Names 7/Kids(x)>>"}, b"/Names<</EmbeddedFiles 10 0 R>>")


@strange
def names_that_are_no_dictionary() -> bytes:
    return sealed_strangely({}, b"/Names[1 2 3]")


@strange
def a_catalog_with_a_key_twice() -> bytes:
    return sealed_strangely({}, b"/Names 1/Names 2")


@strange
def objects_that_hide_in_strings() -> bytes:
    """Each object opens a string that is never closed: reading one means reading all that follow."""
    hidden = dict.fromkeys(range(10, 4000), b"(" + b"x" * 200)
    return sealed_strangely(hidden, sealing.names(*[b"%d 0 R" % number for number in range(10, 60)]))


@strange
def a_page_tree_that_loops_under_something_added() -> bytes:
    objects, reference = sealing.attached(evidence())
    pdf = hand_sealed(
        {**objects, 20: b"<</Type/Pages/Kids[20 0 R]>>"}, forger(), catalog=sealing.names(reference), pages=b"20 0 R"
    )
    return revision(pdf, {3: b"<</Type/Page>>"}, sealing.next_trailer(pdf))


@strange
def a_page_tree_of_ten_thousand_pages_under_something_added() -> bytes:
    objects, reference = sealing.attached(evidence())
    kids = b" ".join(b"%d 0 R" % number for number in range(100, 10_100))
    pages = dict.fromkeys(range(100, 10100), b"<</Type/Page/Resources 10 0 R/Contents 11 0 R>>")
    pdf = hand_sealed(
        {**objects, 20: b"<</Type/Pages/Kids[%s]>>" % kids, **pages},
        forger(), catalog=sealing.names(reference), pages=b"20 0 R",
    )  # fmt: skip
    return revision(pdf, pages, sealing.next_trailer(pdf))


@strange
def resources_that_lead_everywhere_under_something_added() -> bytes:
    objects, reference = sealing.attached(evidence())
    web = {
        number: b"[%s]" % b" ".join(b"%d 0 R" % (100 + (number * step) % 400) for step in range(1, 400))
        for number in range(100, 500)
    }
    pages = dict.fromkeys(range(600, 1600), b"<</Type/Page/Resources 100 0 R>>")
    kids = b" ".join(b"%d 0 R" % number for number in pages)
    pdf = hand_sealed(
        {**objects, **web, **pages, 20: b"<</Type/Pages/Kids[%s]>>" % kids},
        forger(), catalog=sealing.names(reference), pages=b"20 0 R",
    )  # fmt: skip
    return revision(pdf, {2000: b"null"}, sealing.next_trailer(pdf))


@huge
def a_hundred_thousand_objects_added() -> bytes:
    objects, reference = sealing.attached(evidence())
    pdf = hand_sealed(objects, forger(), catalog=sealing.names(reference))
    return revision(pdf, dict.fromkeys(range(100, 100100), b"null"), sealing.next_trailer(pdf))


@strange
def a_hundred_time_stamps() -> bytes:
    pdf = sealing.sealed()
    return pdf + sealing.stamped()[len(pdf) :] * 100


@strange
def certificates_without_end() -> bytes:
    """A signature whose certificates fill all the room there may be."""
    from asn1crypto import cms

    from charte_desktop.documents.seal_signature import marks

    pdf = sealing.sealed()
    mark = next(marks(pdf))
    info = cms.ContentInfo.load(bytes(mark.contents(pdf)), strict=False)
    signed = info["content"]
    signed["certificates"] = list(signed["certificates"]) * 700
    contents: bytes = cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump(force=True)
    digits = b"<" + contents.hex().upper().encode() + b">"
    numbers = b"[0 %d %d %d]" % (mark.start, mark.start + len(digits), mark.total - mark.end)
    tail = pdf[mark.end :]
    at = tail.index(b"[")
    tail = tail[:at] + numbers + tail[at + len(numbers) :]  # spaces follow the byte range
    return pdf[: mark.start] + digits + tail
