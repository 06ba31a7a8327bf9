"""Any file gets a verdict with a sentence, soon, whatever it holds; and none but the untouched one is intact."""

import random
import re
import tracemalloc
from collections.abc import Callable
from io import BytesIO
from time import perf_counter

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charte_desktop.documents.pdf_revision import Revision
from charte_desktop.documents.pdf_values import BrokenPdf, Name, Reference
from charte_desktop.documents.sealed_document import find_evidence
from charte_desktop.documents.verification import Verdict, verify
from tests.documents import sealing
from tests.documents.sealing import identity, revision, sealed, stamped
from tests.documents.strange_files import HUGE, STRANGE

KNOWN = [identity().certificate]
INTACT = (Verdict.INTACT_KNOWN, Verdict.INTACT_UNKNOWN)
PATIENCE = 5
"""Seconds; each takes a fraction of one."""


@pytest.mark.parametrize("name", [*STRANGE, *HUGE])
def test_a_strange_file_gets_a_sentence_in_little_time(name: str) -> None:
    pdf = {**STRANGE, **HUGE}[name]()
    start = perf_counter()
    found = verify(pdf, KNOWN, KNOWN)
    assert perf_counter() - start < PATIENCE
    assert found.verdict not in INTACT
    assert found.message.endswith(".")


@pytest.mark.parametrize(
    "name",
    [
        "evidence that inflates to a hundred megabytes", "a cross reference stream that is a bomb",
        "a cross reference stream with a predictor", "evidence with a huge number",
    ],
)  # fmt: skip
def test_a_bomb_does_not_fill_the_memory(name: str) -> None:
    pdf = STRANGE[name]()
    tracemalloc.start()
    try:
        verify(pdf, KNOWN)
        assert tracemalloc.get_traced_memory()[1] < 150 * 2**20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(("whole", "total"), [(sealed, 2000), (stamped, 1000)], ids=["sealed", "stamped"])
def test_no_flipped_byte_is_ever_intact(whole: Callable[[], bytes], total: int) -> None:
    pdf = whole()
    chance = random.Random(20261123)
    for _ in range(total):
        at, bit = chance.randrange(len(pdf)), 1 << chance.randrange(8)
        flipped = pdf[:at] + bytes([pdf[at] ^ bit]) + pdf[at + 1 :]
        assert verify(flipped, KNOWN).verdict not in INTACT, (at, bit)


def test_no_byte_of_the_seal_can_be_flipped() -> None:
    """Where no digest looks: every digit of the signature, changed for each other that is like it."""
    pdf = sealed()
    start, end = pdf.rindex(b"/Contents <") + 10, pdf.rindex(b"/ByteRange")
    chance = random.Random(7)
    for at in range(start, end):
        other = chance.choice([one for one in b"0123456789ABCDEFabcdef <>\n" if one != pdf[at]])
        assert verify(pdf[:at] + bytes([other]) + pdf[at + 1 :], KNOWN).verdict not in INTACT, at


def test_no_cut_and_no_insertion_is_ever_intact() -> None:
    pdf = sealed()
    chance = random.Random(11)
    for _ in range(400):
        at = chance.randrange(len(pdf))
        assert verify(pdf[:at], KNOWN).verdict not in INTACT
        assert verify(pdf[at:], KNOWN).verdict not in INTACT
        more = chance.randbytes(chance.choice([1, 2, 50]))
        assert verify(pdf[:at] + more + pdf[at:], KNOWN).verdict not in INTACT
        assert verify(pdf[:at] + pdf[at + len(more) :], KNOWN).verdict not in INTACT


def test_garbage_gets_a_verdict() -> None:
    chance = random.Random(13)
    for size in (1, 10, 100, 5000):
        for head in (b"", b"%PDF-1.7\n", b"%PDF-1.7\n/ByteRange [0 9 99 9]"):
            found = verify(head + chance.randbytes(size), KNOWN)
            assert found.verdict in (Verdict.UNREADABLE, Verdict.FOREIGN)


# -- mutations that know the structure --------------------------------------------------------------------------------

TOKENS = [
    *rb"<< >> [ ] ( ) null true 0 -1 99999999999 /Type /Kids /Contents /Names /EF trailer % endobj".split(),
    b"1 0 R", b"9999 0 R", b"/ByteRange [0 1 2 3]", b"/Prev 0", b"/Encrypt 1 0 R", b"stream\n", b"endstream",
    b"1 0 obj", b"xref\n", b"startxref\n0\n%%EOF\n", b"\x00", b"\xff",
]  # fmt: skip


@st.composite
def mutations(draw: st.DrawFn, pdf: bytes) -> bytes:
    """The file with some of its tokens replaced, doubled, dropped or swapped; never the file itself."""
    places = [found.span() for found in re.finditer(rb"[^\x00\s<>\[\]()/]{1,40}|<<|>>|/[^\s<>\[\]()/]+", pdf)]
    last = [span for span in places if span[0] > len(pdf) - 12_000]
    mutated = pdf
    for _ in range(draw(st.integers(1, 4))):
        start, end = draw(st.sampled_from(draw(st.sampled_from([places, last]))))
        token = draw(st.sampled_from([*TOKENS, pdf[start:end] * 2, b""]))
        mutated = mutated[:start] + token + mutated[end:]
    return mutated


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_mutation_of_the_structure_is_intact(data: st.DataObject) -> None:
    pdf = data.draw(st.sampled_from([sealed(), stamped()]))
    mutated = data.draw(mutations(pdf))
    if mutated != pdf:
        assert verify(mutated, KNOWN, KNOWN).verdict not in INTACT


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_stranger_who_seals_any_structure_gets_a_verdict(data: st.DataObject) -> None:
    """The strange structure is sealed, so that it is walked through: nothing may crash on it."""
    objects, reference = sealing.attached(sealing.evidence())
    parts = data.draw(st.lists(st.sampled_from(TOKENS), max_size=12))
    numbers = data.draw(st.sampled_from([10, 11, 20]))
    odd = b" ".join(parts)
    catalog = data.draw(st.sampled_from([sealing.names(reference), odd, b"/Names<<%s>>" % odd]))
    strange = {**objects, numbers: odd}
    pdf = sealing.hand_sealed(strange, identity(copy=1), catalog=catalog)
    assert verify(pdf, KNOWN).verdict is not Verdict.INTACT_KNOWN
    later = revision(pdf, dict.fromkeys((1, 3, 30), odd), sealing.next_trailer(pdf))
    assert verify(later, KNOWN).verdict not in INTACT


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_get_a_verdict(content: bytes) -> None:
    for pdf in (content, b"%PDF-1.7\n" + content, sealed()[:-100] + content, sealed() + content):
        found = verify(pdf, KNOWN)
        assert found.message
        assert found.verdict not in INTACT or pdf == sealed()


# -- what is read, when it is read ------------------------------------------------------------------------------------


def value_of(text: bytes) -> object:
    pdf = sealing.revision(b"%PDF-1.7\n", {1: text}, b"<</Root 1 0 R/Size 9>>")
    return Revision(pdf, len(pdf)).load(1)


VALUES: list[tuple[bytes, object]] = [
    (b"12", 12),
    (b"-7", -7),
    (b"+.5", 0.5),
    (b"4.", 4.0),
    (b"true", True),
    (b"null", None),
    (b"/A#20B#zz", Name("A B#zz")),
    (b"/", Name("")),
    (b"[1 2 R 3 4 R 5]", [Reference(1, 2), Reference(3, 4), 5]),
    (rb"(a(b)\)\\c)", rb"a(b))\c"),
    (rb"(\101\12\053x)", b"A\n+x"),
    (b"(a\\\r\nb\\\nc)", b"abc"),
    (b"<48 6 56c6C6f7>", b"Hellop"),
    (b"<</A<</B[1(x)]>>/C/D>>", {"A": {"B": [1, b"x"]}, "C": Name("D")}),
    (b"% remark\n 5", 5),
]
BROKEN = [b"<<", b"[", b"(", b"<4", b"<xy>", b"<</A 1/A 2>>", b"<<1 2>>", b"truest", b"1x", b"--1", b"", b"9" * 40]


@pytest.mark.parametrize(("text", "value"), VALUES, ids=range(len(VALUES)))
def test_values_are_read_as_the_format_says(text: bytes, value: object) -> None:
    assert value_of(text) == value


@pytest.mark.parametrize("text", BROKEN, ids=range(len(BROKEN)))
def test_what_no_program_writes_is_not_repaired(text: bytes) -> None:
    with pytest.raises(BrokenPdf):
        value_of(text)


@pytest.mark.parametrize("mode", ["generate", "disable", "preserve"])
def test_revisions_of_any_make_are_read(mode: str) -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(sealing.with_evidence())) as document:
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode[mode], linearize=mode == "generate")
    read = Revision(out.getvalue(), len(out.getvalue()))
    assert len(read.pages()) == 2
    evidence = find_evidence(read)
    assert evidence
    assert evidence.provider == "Piton Web & Cœur"
