"""What an attacker, an accident or another program makes of a sealed document: each with the verdicts it may get.

The attacks are those of the literature on signed PDFs (signature forgery, incremental saving, signature wrapping,
shadow contents, certification), and some that aim at this verifier.
"""

import re
from collections.abc import Callable
from io import BytesIO

import pikepdf
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

from charte_desktop.documents.seal import attach_evidence, cms_signer, seal
from charte_desktop.documents.seal_identity import SealIdentity
from charte_desktop.documents.seal_signature import marks
from tests.documents import sealing
from tests.documents.sealing import AT, evidence, hand_sealed, hand_stamped, identity, revision, sealed, trailer_of

Forgery = Callable[[], bytes]
CHANGED, FOREIGN, UNKNOWN, UNREADABLE, KNOWN = "changed", "foreign", "intact_unknown", "unreadable", "intact_known"
FORGERIES: dict[str, tuple[str, Forgery]] = {}


def forger() -> SealIdentity:
    """Somebody else's key, under the very name of the office's workstation."""
    return identity(copy=1)


def expect(verdict: str) -> Callable[[Forgery], Forgery]:
    """Name a forgery after its function."""

    def keep(forgery: Forgery) -> Forgery:
        FORGERIES[forgery.__name__.replace("_", " ")] = verdict, forgery
        return forgery

    return keep


def object_number(pattern: bytes) -> int:
    """The number of the last object of the sealed document that holds `pattern`."""
    heads = list(re.finditer(rb"(?<!\d)(\d+) 0 obj", sealed()[: sealed().rindex(pattern)]))
    return int(heads[-1].group(1))


def object_text(number: int) -> bytes:
    """The last text of an object of the sealed document."""
    found = re.findall(rb"(?<!\d)%d 0 obj\n(.*?)\nendobj" % number, sealed(), re.DOTALL)
    assert found
    text: bytes = found[-1]
    return text


def page_number() -> int:
    """The first page's object."""
    return object_number(b"/Annots [")


def catalog_number() -> int:
    return object_number(b"/Perms")


def appended(objects: dict[int, bytes], *, freed: tuple[int, ...] = (), trailer: bytes = b"") -> bytes:
    """The sealed document with one more revision."""
    size = max([object_number(b"/Type /Sig\n"), *objects]) + 1
    return revision(sealed(), objects, trailer or trailer_of(sealed(), size=size), freed=freed)


FRESH = 900
"""Number of a new object."""


# -- honest -----------------------------------------------------------------------------------------------------------


@expect(KNOWN)
def nothing_at_all() -> bytes:
    return sealed()


@expect(KNOWN)
def a_time_stamp() -> bytes:
    return sealing.stamped()


@expect(KNOWN)
def a_time_stamp_made_by_hand() -> bytes:
    return hand_stamped()


# -- accidents --------------------------------------------------------------------------------------------------------


@expect(CHANGED)
def a_byte_of_a_page_flipped() -> bytes:
    at = len(sealing.pages()) // 3
    return sealed()[:at] + bytes([sealed()[at] ^ 1]) + sealed()[at + 1 :]


@expect(CHANGED)
def the_seal_itself_flipped() -> bytes:
    at = next(marks(sealed())).start + 3000
    return sealed()[:at] + (b"0" if sealed()[at : at + 1] != b"0" else b"1") + sealed()[at + 1 :]


@expect(CHANGED)
def the_padding_of_the_seal_flipped() -> bytes:
    at = next(marks(sealed())).end - 5
    return sealed()[:at] + b"1" + sealed()[at + 1 :]


@expect(CHANGED)
def the_case_of_a_hexadecimal_digit_changed() -> bytes:
    mark = next(marks(sealed()))
    at = next(at for at in range(mark.start + 1, mark.end) if sealed()[at] in b"ABCDEF")
    return sealed()[:at] + sealed()[at : at + 1].lower() + sealed()[at + 1 :]


@expect(CHANGED)
def the_end_cut() -> bytes:
    return sealed()[:-300]


@expect(UNREADABLE)
def the_second_half_cut() -> bytes:
    return sealed()[: len(sealed()) // 2]


@expect(FOREIGN)
def the_seal_cut_away() -> bytes:
    return sealing.with_evidence()


@expect(CHANGED)
def a_line_feed_added_at_the_end() -> bytes:
    return sealed() + b"\n"


@expect(CHANGED)
def a_byte_added_at_the_beginning() -> bytes:
    return b"\n" + sealed()


@expect(CHANGED)
def another_file_glued_behind() -> bytes:
    return sealed() + sealing.pages()


@expect(CHANGED)
def the_same_file_twice() -> bytes:
    return sealed() + sealed()


@expect(CHANGED)
def saved_anew_by_another_program() -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(sealed())) as document:
        document.save(out)
    return out.getvalue()


@expect(CHANGED)
def saved_anew_and_packed() -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(sealed())) as document:
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, linearize=True)
    return out.getvalue()


@expect(FOREIGN)
def a_pdf_without_a_seal() -> bytes:
    return sealing.pages()


@expect(UNREADABLE)
def a_pdf_with_a_password() -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(sealing.pages())) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


@expect(UNREADABLE)
def an_empty_file() -> bytes:
    return b""


@expect(UNREADABLE)
def a_file_that_is_no_pdf() -> bytes:
    return b"PK\x03\x04 a spreadsheet"


# -- something added (incremental saving, shadow contents) ------------------------------------------------------------


@expect(CHANGED)
def a_revision_that_holds_nothing() -> bytes:
    return appended({})


@expect(CHANGED)
def the_contents_of_a_page_replaced() -> bytes:
    number = re.search(rb"/Contents (\d+) 0 R", object_text(page_number()))
    assert number
    return appended({int(number.group(1)): b"<</Length 10>>\nstream\n0 0 9 9 re\nendstream"})


@expect(CHANGED)
def a_page_sent_to_other_contents() -> bytes:
    page = re.sub(rb"/Contents \d+ 0 R", b"/Contents %d 0 R" % FRESH, object_text(page_number()))
    return appended({page_number(): page, FRESH: b"<</Length 3>>\nstream\nq Q\nendstream"})


@expect(CHANGED)
def an_annotation_laid_over_a_page() -> bytes:
    page = object_text(page_number()).replace(b"/Annots [", b"/Annots [ %d 0 R" % FRESH)
    return appended({page_number(): page, FRESH: b"<</Type/Annot/Subtype/FreeText/Rect[0 0 500 800]/DA()>>"})


@expect(CHANGED)
def the_pages_replaced_by_another_catalog() -> bytes:
    catalog = re.sub(rb"/Pages \d+ 0 R", b"/Pages %d 0 R" % FRESH, object_text(catalog_number()))
    return appended({
        catalog_number(): catalog,
        FRESH: b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % (FRESH + 1),
        FRESH + 1: b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 99 99]>>" % FRESH,
    })  # fmt: skip


@expect(CHANGED)
def the_certification_taken_away() -> bytes:
    catalog = re.sub(rb"/Perms <<.*?>>", b"", object_text(catalog_number()), flags=re.DOTALL)
    return appended({catalog_number(): catalog})


@expect(CHANGED)
def a_page_freed() -> bytes:
    return appended({}, freed=(page_number(),))


@expect(CHANGED)
def another_root_in_the_trailer() -> bytes:
    trailer = re.sub(rb"/Root \d+", b"/Root %d" % FRESH, trailer_of(sealed(), size=FRESH + 2))
    return appended({FRESH: b"<</Type/Catalog/Pages %d 0 R>>" % (FRESH + 1),
                     FRESH + 1: b"<</Type/Pages/Kids[]/Count 0>>"}, trailer=trailer)  # fmt: skip


@expect(CHANGED)
def the_evidence_replaced_in_a_later_revision() -> bytes:
    objects, reference = sealing.attached(evidence(provider="Un autre"), FRESH)
    catalog = re.sub(rb"/Names (\d+ 0 R|<<.*?>>)", b"", object_text(catalog_number()), flags=re.DOTALL)
    return appended({catalog_number(): catalog[:-2] + sealing.names(reference) + b">>", **objects})


@expect(CHANGED)
def the_properties_changed() -> bytes:
    info = re.search(rb"/Info (\d+) 0 R", sealed()[sealed().rindex(b"trailer") :])
    assert info
    return appended({int(info.group(1)): b"<</Title(Autre)>>"})


@expect(CHANGED)
def the_whole_seal_copied_into_a_later_revision() -> bytes:
    """Incremental saving with a copy of the signature, its byte range left as it was (ISA, variant 3)."""
    number = object_number(b"/Type /Sig\n")
    page = object_text(page_number()).replace(b"/Rotate 0", b"/Rotate 180")
    return appended({page_number(): page, number: object_text(number)})


@expect(CHANGED)
def the_seal_copied_with_a_byte_range_to_the_end() -> bytes:
    number = object_number(b"/Type /Sig\n")
    page = object_text(page_number()).replace(b"/Rotate 0", b"/Rotate 180")
    draft = appended({page_number(): page, number: object_text(number)})
    start = draft.rindex(b"/Contents <") + len(b"/Contents ")
    end = draft.index(b">", start) + 1
    fake = b"/ByteRange [0 %d %d %d]" % (start, end, len(draft) - end)
    at = draft.index(b"/ByteRange", end)
    return draft[:at] + fake.ljust(draft.index(b"\n", at) - at) + draft[draft.index(b"\n", at) :]


@expect(CHANGED)
def a_second_signature_by_somebody_else() -> bytes:
    return countersigned(sealed(), forger())


@expect(CHANGED)
def a_second_signature_by_the_same_workstation() -> bytes:
    return countersigned(sealed(), identity())


@expect(CHANGED)
def an_object_that_no_table_lists_behind_the_end() -> bytes:
    return sealed() + b"%d 0 obj\n<</Type/Page>>\nendobj\n" % page_number()


@expect(CHANGED)
def a_remark_behind_the_end() -> bytes:
    return sealed() + b"% a remark\n%%EOF\n"


@expect(CHANGED)
def something_added_behind_a_time_stamp() -> bytes:
    return sealing.stamped() + b"\n"


@expect(CHANGED)
def the_token_of_a_time_stamp_flipped() -> bytes:
    pdf = sealing.stamped()
    at = list(marks(pdf))[1].start + 2000
    return pdf[:at] + (b"0" if pdf[at : at + 1] != b"0" else b"1") + pdf[at + 1 :]


@expect(CHANGED)
def a_time_stamp_cut_short() -> bytes:
    return sealing.stamped()[:-20]


# -- the signature dictionary tampered with (universal signature forgery) ---------------------------------------------


def respelled(pattern: bytes, by: bytes) -> bytes:
    """The sealed document with the last match of a pattern overwritten, lengths kept."""
    found = list(re.finditer(pattern, sealed()))[-1]
    assert len(by) <= len(found.group())
    return sealed()[: found.start()] + by.ljust(len(found.group())) + sealed()[found.end() :]


def _tampered() -> None:
    numbers = rb"/ByteRange \[[0-9 ]+\] *"
    for name, pattern, by in (
        ("no byte range", numbers, b"/Byterange [0 0 0 0]"),
        ("an empty byte range", numbers, b"/ByteRange []"),
        ("a byte range of zeros", numbers, b"/ByteRange [0 0 0 0]"),
        ("a byte range of two numbers", numbers, b"/ByteRange [0 %d]" % len(sealed())),
        ("a byte range that begins later", numbers, b"/ByteRange [1 1000 2000 3000]"),
        ("a negative byte range", numbers, b"/ByteRange [0 -1 -1 0]"),
        ("a byte range that is null", numbers, b"/ByteRange null"),
        ("a byte range of everything", numbers, b"/ByteRange [0 %d 0 0]" % len(sealed())),
        ("a byte range of huge numbers", numbers, b"/ByteRange [0 999999999999 9 9]"),
        ("no contents", rb"/Contents <", b"/Contentz <"),
        ("contents that are null", rb"/Contents <[0-9A-F]+>", b"/Contents null"),
        ("contents that are empty", rb"/Contents <[0-9A-F]+>", b"/Contents <>"),
        ("contents that are zero", rb"/Contents <[0-9A-F]+>", b"/Contents <00>"),
        ("a signature of another kind", rb"/SubFilter /ETSI.CAdES.detached", b"/SubFilter /adbe.x509.rsa_sha1"),
        ("a certification that allows forms", rb"/P 1\n", b"/P 2\n"),
    ):
        FORGERIES[name] = CHANGED, lambda pattern=pattern, by=by: respelled(pattern, by)  # type: ignore[misc]


_tampered()


# -- signature wrapping -----------------------------------------------------------------------------------------------


@expect(CHANGED)
def the_second_part_moved_to_let_something_in() -> bytes:
    """What was signed is kept whole, and the gap between its parts made large enough for a page of the attacker."""
    mark = next(marks(sealed()))
    evil = b"%d 0 obj\n<</Type/Page/Rotate 180>>\nendobj\n" % page_number()
    return sealed()[: mark.end] + evil + sealed()[mark.end :]


@expect(CHANGED)
def the_second_part_moved_with_a_byte_range_to_match() -> bytes:
    mark = next(marks(sealed()))
    evil = b"\n%d 0 obj\n<</Type/Page/Rotate 180>>\nendobj\n" % page_number()
    start = sealed().rindex(b"/Contents <")
    forged = b"/ByteRange [0 %d %d %d]" % (mark.start, mark.end + len(evil) + 100, mark.total - mark.end)
    wrapped = forged.ljust(100) + evil
    return sealed()[:start] + sealed()[start : mark.end] + wrapped + sealed()[mark.end :]


@expect(CHANGED)
def the_gap_widened_over_what_follows_the_seal() -> bytes:
    mark = next(marks(sealed()))
    draft = sealed()[: mark.end - 1] + b"00" * 50 + sealed()[mark.end - 1 :]
    at = draft.rindex(b"/ByteRange")
    fake = b"/ByteRange [0 %d %d %d]" % (mark.start, mark.end + 100, mark.total - mark.end)
    return draft[:at] + fake.ljust(draft.index(b"\n", at) - at) + draft[draft.index(b"\n", at) :]


@expect(CHANGED)
def spaces_in_the_hexadecimal_string() -> bytes:
    mark = next(marks(sealed()))
    return sealed()[: mark.end - 11] + b"          >" + sealed()[mark.end :]


@expect(CHANGED)
def a_gap_with_something_else_beside_the_signature() -> bytes:
    mark = next(marks(sealed()))
    evil = b"00>/Foo<0"
    return sealed()[: mark.end - 1 - len(evil)] + evil + sealed()[mark.end - 1 :]


@expect(FOREIGN)
def a_forger_whose_gap_swallows_more_than_the_signature() -> bytes:
    """A valid signature by its own digest, of a file in which a second string is not covered."""
    objects, reference = sealing.attached(evidence())
    dictionary = sealing.SIGNATURE_DICTIONARY.replace(b"@CONTENTS@", b"@CONTENTS@/Foo(anything)")
    pdf = hand_sealed(objects, forger(), catalog=sealing.names(reference), signature=dictionary)
    mark = next(marks(pdf))
    wide = sealing.Gap(mark.start, mark.end + len(b"/Foo(anything)"), mark.total)
    digits = len(b"%d" % mark.end)
    pdf = pdf.replace(b"%d %d]" % (mark.end, mark.total - mark.end), b"%d %d]" % (wide.end, wide.total - wide.end))
    assert digits == len(b"%d" % wide.end)
    narrow = sealing.Gap(mark.start, mark.end, mark.total)
    return sealing.signed_by_hand(pdf, narrow, forger(), left_out=(wide.start, wide.end))


# -- somebody seals anew ----------------------------------------------------------------------------------------------


@expect(UNKNOWN)
def sealed_anew_by_a_forger_of_the_same_name() -> bytes:
    return seal(sealing.with_evidence(), forger(), at=AT, reason="Scellement")


@expect(UNKNOWN)
def altered_then_sealed_anew_with_a_copy_of_the_evidence() -> bytes:
    from charte_desktop.documents.recall_letter import RecallOccasion, recall_letters
    from tests.documents.test_recall_letter import OCCASION, line

    assert isinstance(OCCASION, RecallOccasion)
    other = recall_letters([line("Un tout autre texte")], OCCASION)
    return seal(
        attach_evidence(other, evidence(), title="Charte d'engagement", author="", subject=""),
        forger(), at=AT, reason="Scellement",
    )  # fmt: skip


@expect(UNKNOWN)
def made_by_hand_by_a_forger() -> bytes:
    objects, reference = sealing.attached(evidence())
    return hand_sealed(objects, forger(), catalog=sealing.names(reference))


def impostor() -> SealIdentity:
    """The office's certificate, which anybody can copy, with a key that is not its own."""
    return SealIdentity(identity().certificate, forger().private_key)


@expect(CHANGED)
def sealed_with_the_certificate_of_the_office_and_another_key() -> bytes:
    return seal(sealing.with_evidence(), impostor(), at=AT, reason="Scellement")


@expect(FOREIGN)
def made_by_hand_with_the_certificate_of_the_office_and_another_key() -> bytes:
    objects, reference = sealing.attached(evidence())
    return hand_sealed(objects, impostor(), catalog=sealing.names(reference))


@expect(UNKNOWN)
def sealed_by_a_forger_who_brings_the_certificate_of_the_office_along() -> bytes:
    both = SealIdentity(forger().certificate, forger().private_key, (identity().certificate,))
    return seal(sealing.with_evidence(), both, at=AT, reason="Scellement")


@expect(CHANGED)
def another_document_with_the_seal_of_an_honest_one() -> bytes:
    other = seal(sealing.with_evidence(), identity(), at=AT, reason="Un autre", location="Saint-Denis")
    mark, honest = next(marks(other)), next(marks(sealed()))
    gap = sealing.Gap(mark.start, mark.end, mark.total)
    return sealing.filled(other, gap, honest.contents(sealed()).rstrip(b"\0"))


@expect(FOREIGN)
def signed_without_certification() -> bytes:
    return countersigned(sealing.with_evidence(), forger())


@expect(FOREIGN)
def certified_but_open_to_forms() -> bytes:
    objects, reference = sealing.attached(evidence())
    open_ = sealing.SIGNATURE_DICTIONARY.replace(b"/P 1", b"/P 2")
    return hand_sealed(objects, forger(), catalog=sealing.names(reference), signature=open_)


@expect(FOREIGN)
def certified_with_two_pieces_of_evidence() -> bytes:
    one, first = sealing.attached(evidence(), 10)
    two, second = sealing.attached(evidence(provider="Un autre"), 20)
    return hand_sealed({**one, **two}, forger(), catalog=sealing.names(first, second))


@expect(FOREIGN)
def certified_with_the_same_evidence_twice() -> bytes:
    objects, reference = sealing.attached(evidence())
    return hand_sealed(objects, identity(), catalog=sealing.names(reference, reference))


@expect(FOREIGN)
def certified_without_evidence() -> bytes:
    return seal(sealing.pages(), identity(), at=AT, reason="Scellement")


@expect(FOREIGN)
def evidence_of_another_format() -> bytes:
    objects, reference = sealing.attached(evidence(format="charte-desktop/preuve/2"))
    return hand_sealed(objects, identity(), catalog=sealing.names(reference))


@expect(FOREIGN)
def evidence_that_is_not_among_the_attachments() -> bytes:
    objects, reference = sealing.attached(evidence())
    return hand_sealed(objects, identity(), catalog=b"/AF[%s]" % reference)


@expect(FOREIGN)
def a_field_with_a_second_signature_inside_the_sealed_part() -> bytes:
    objects, reference = sealing.attached(evidence())
    objects = {**objects, 20: b"<</FT/Sig/T(B)/V 21 0 R>>", 21: b"<</Type/Sig/Contents<00>>>"}
    pdf = hand_sealed(objects, forger(), catalog=sealing.names(reference))
    assert b"/Fields[5 0 R]" in pdf
    draft = pdf.replace(b"/Fields[5 0 R]/SigFlags 3", b"/Fields[5 0 R 20 0 R]   ")
    mark = next(marks(draft))
    return sealing.signed_by_hand(draft, sealing.Gap(mark.start, mark.end, mark.total), forger())


# -- a time stamp that is more than a time stamp ----------------------------------------------------------------------


def _stamps() -> None:
    def edit(pattern: bytes, by: bytes) -> Callable[[dict[int, bytes]], None]:
        def change(objects: dict[int, bytes]) -> None:
            number = next(number for number, content in objects.items() if re.search(pattern, content))
            objects[number] = re.sub(pattern, by, objects[number])

        return change

    def more(content: bytes) -> Callable[[dict[int, bytes]], None]:
        return lambda objects: objects.update({FRESH: content})

    base = trailer_of(sealed(), size=2000)
    for name, change in (
        ("a page turned", edit(rb"/Rotate 0", b"/Rotate 180")),
        ("other contents", edit(rb"/Contents \d+ 0 R", b"/Contents 17 0 R")),
        ("an annotation taken away", edit(rb"/Annots \[ \d+ 0 R", b"/Annots [")),
        ("an annotation put first", edit(rb"/Annots \[ (\d+ 0 R) (\d+ 0 R)", rb"/Annots [ \2 \1")),
        ("a visible field", edit(rb"/Rect \[ 0 0 0 0 \]", b"/Rect [ 0 0 500 800 ]")),
        ("a field with an appearance", edit(rb"/F 132", b"/F 132 /AP <</N 17 0 R>>")),
        ("a field with an action", edit(rb"/F 132", b"/F 132 /AA <</E <</S/JavaScript/JS(app.alert(1))>>>>")),
        ("a field of another kind", edit(rb"/FT /Sig", b"/FT /Tx")),
        ("a form with a script", edit(rb"/SigFlags 3", b"/SigFlags 3 /CO [17 0 R]")),
        ("a form without its seal", edit(rb"/Fields \[ \d+ 0 R", b"/Fields [")),
        ("one more object", more(b"<</Type/Page>>")),
        ("one more time stamp field", more(b"<</FT/Sig/T(X)>>")),
        ("a flag that is true instead of one", edit(rb"/SigFlags 3", b"/SigFlags true")),
        ("a remark in an object", edit(rb"/SigFlags 3", b"/SigFlags 3 % endobj")),
        ("a key twice", edit(rb"/SigFlags 3", b"/SigFlags 3 /SigFlags 3")),
        ("a time stamp that is an ordinary signature", edit(rb"/DocTimeStamp", b"/Sig")),
        ("a reason in the time stamp", edit(rb"/Filter /Adobe.PPKLite", b"/Filter /Adobe.PPKLite /Reason (x)")),
    ):
        FORGERIES[f"a time stamp with {name}"] = CHANGED, lambda change=change: hand_stamped(change)  # type: ignore[misc]
    for name, trailer in (
        ("another root", re.sub(rb"/Root \d+", b"/Root 17", base)),
        ("no properties", re.sub(rb"/Info \d+ 0 R", b"", base)),
        ("a size that hides objects", re.sub(rb"/Size \d+", b"/Size 20", base)),
        ("a size that is too large", base),
        ("an earlier table", re.sub(rb"/Prev \d+", b"/Prev %d" % sealing.pages().rindex(b"xref\n0"), base)),
        ("something in its trailer", base[:-2] + b"/XRefStm 15>>"),
        ("another identifier", re.sub(rb"/ID\[<[0-9a-f]+>", b"/ID[<11>", base)),
    ):
        FORGERIES[f"a time stamp with {name}"] = (
            CHANGED,
            lambda trailer=trailer: hand_stamped(trailer=trailer),  # type: ignore[misc]
        )


_stamps()


@expect(CHANGED)
def a_time_stamp_that_frees_a_page() -> bytes:
    return hand_stamped(freed=(page_number() + 1,))


@expect(CHANGED)
def a_time_stamp_whose_table_points_elsewhere() -> bytes:
    return hand_stamped(moved={page_number(): 1})


@expect(CHANGED)
def a_time_stamp_with_something_between_its_objects() -> bytes:
    return hand_stamped(spoil=lambda tail: tail.replace(b"endobj\nxref", b"endobj\n% hidden\nxref"))


@expect(CHANGED)
def a_time_stamp_with_something_before_its_objects() -> bytes:
    return hand_stamped(spoil=lambda tail: b"\n" + tail)


def countersigned(pdf: bytes, who: SealIdentity) -> bytes:
    """An ordinary signature, added by a program that does not mind what the certification forbids."""

    class Careless(PdfSigner):
        def _enforce_certification_constraints(self, *arguments: object) -> None:
            """None of them."""

    metadata = PdfSignatureMetadata(field_name="Autre", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    out: bytes = Careless(metadata, cms_signer(who)).sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf))).getvalue()
    return out
