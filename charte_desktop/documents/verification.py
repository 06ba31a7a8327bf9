"""Whether a PDF is still what a workstation sealed: the verdict, in words, on any file at all.

A file is intact when one seal covers it from its first byte to its last, but for the seal itself, and holds. Time
stamps may follow; anything else that follows is a change, whatever it does. Nothing of a file is repaired, and nothing
of it is walked through without a bound, so that a file made to harm costs little more than reading it once.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from charte_desktop.documents.certificate import Certificate
from charte_desktop.documents.later_changes import later_changes
from charte_desktop.documents.pdf_revision import Revision
from charte_desktop.documents.pdf_values import BrokenPdf
from charte_desktop.documents.seal_signature import LARGEST_CONTENTS, BrokenSeal, Mark, SealSignature, marks, read_seal
from charte_desktop.documents.sealed_document import Evidence, SeveralEvidences, find_evidence, sealing_moment
from charte_desktop.documents.time_stamp_token import TimeStamp
from charte_desktop.documents.time_stamps import time_stamps
from charte_desktop.documents.verdict_words import byte_count, moment, words

LARGEST = 256 * 2**20
"""Bytes of a file that is looked at."""
APPLICATION = b"/Charte#20Desktop"
"""How a seal names the program, in the bytes of its dictionary."""
_TRIED = 3
"""Signatures whose digest is computed, at most."""
_AROUND = 4096
"""Bytes around a mark in which its signature's dictionary is looked for."""
_NEXT = 256
_CONTENTS = re.compile(rb"/Contents[\x00\t\n\x0c\r ]{0,64}<(?!<)")


class Verdict(Enum):
    """The five answers."""

    INTACT_KNOWN = "intact_known"
    INTACT_UNKNOWN = "intact_unknown"
    CHANGED = "changed"
    FOREIGN = "foreign"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, kw_only=True)
class Verification:
    """The verdict on a file. What was not sealed, or not as it stands, is not told: it may be a lie."""

    verdict: Verdict
    message: str
    """In French, ending with what to do."""
    changes: tuple[str, ...] = ()
    """What changed, sentence by sentence."""
    evidence: Evidence | None = None
    """Read from the sealed part, when that part is intact."""
    sealed_at: datetime | None = None
    certificate: Certificate | None = None
    time_stamps: tuple[TimeStamp, ...] = ()

    @property
    def heading(self) -> str:
        """The verdict in a few words."""
        return words().headings[self.verdict.value]

    @property
    def fingerprint(self) -> str:
        """The short one, that the pages bear; empty when the sealed part is not intact."""
        return self.evidence.fingerprint if self.evidence else ""

    @property
    def signed_at(self) -> datetime | None:
        return self.evidence.signed_at if self.evidence else None

    @property
    def provider(self) -> str:
        return self.evidence.provider if self.evidence else ""

    @property
    def charter_version(self) -> str:
        return self.evidence.charter_version if self.evidence else ""

    @property
    def certificate_fingerprint(self) -> str:
        return self.certificate.fingerprint if self.certificate else ""

    @property
    def certificate_name(self) -> str:
        return self.certificate.name if self.certificate else ""


def verify(pdf: bytes, known: Sequence[bytes], roots: Sequence[bytes] = ()) -> Verification:
    """Judge a file.

    `known` are the certificates (DER) of the workstations, `roots` those of authorities whose workstations are known
    too. A document that somebody sealed anew with a certificate of his own is `INTACT_UNKNOWN` at best.
    """
    if not pdf:
        return _refusal(Verdict.UNREADABLE, "empty")
    if len(pdf) > LARGEST:
        return _refusal(Verdict.UNREADABLE, "too_large", size=len(pdf) // 2**20)
    if b"%PDF-" not in pdf[:1024]:
        return _refusal(Verdict.UNREADABLE, "not_a_pdf")
    found = list(marks(pdf))
    fitting = [mark for mark in found if mark.fits(pdf)][:_TRIED]
    broken: list[tuple[Mark, SealSignature | None]] = []
    for mark in fitting:
        try:
            signature = read_seal(mark.contents(pdf))
        except BrokenSeal:
            broken.append((mark, None))
            continue
        if signature.digest == mark.digest(pdf):
            return _intact_part(pdf, mark, signature, known, roots)
        broken.append((mark, signature))
    return _no_intact_part(pdf, found, broken, known)


def _intact_part(
    pdf: bytes, mark: Mark, signature: SealSignature, known: Sequence[bytes], roots: Sequence[bytes]
) -> Verification:
    """The verdict on a file of which the part that `mark` covers is what its signature says."""
    try:
        sealed = Revision(pdf, mark.total)
        sealed_at = sealing_moment(sealed, mark)
        evidence = find_evidence(sealed) if sealed_at else None
    except SeveralEvidences:
        return _refusal(Verdict.FOREIGN, "several_evidences")
    except BrokenPdf:
        return _refusal(Verdict.FOREIGN, "another_signature")
    if not sealed_at:
        return _refusal(Verdict.FOREIGN, "another_signature")
    if not evidence:
        return _refusal(Verdict.FOREIGN, "no_evidence")
    stamps, end = time_stamps(pdf, mark.total)
    verdict, kind, changes = Verdict.INTACT_UNKNOWN, "intact_unknown", list[str]()
    if end < len(pdf):
        verdict, kind = Verdict.CHANGED, "changed_after"
        changes = later_changes(pdf, end, Revision(pdf, end))
    elif is_known(signature, known, roots, sealed_at):
        verdict, kind = Verdict.INTACT_KNOWN, "intact_known"
    elif not signature.certificate.covers(sealed_at):
        kind = "out_of_date"
    certificate = signature.certificate
    return Verification(
        verdict=verdict,
        message=words()
        .messages[kind]
        .format(moment=moment(sealed_at), name=certificate.name, certificate=grouped(certificate.fingerprint)),
        changes=tuple(changes),
        evidence=evidence,
        sealed_at=sealed_at,
        certificate=certificate,
        time_stamps=tuple(stamps),
    )


def is_known(signature: SealSignature, known: Sequence[bytes], roots: Sequence[bytes], at: datetime) -> bool:
    """Whether a workstation of ours made the seal, while its certificate was valid."""
    if not signature.certificate.covers(at):
        return False
    if signature.certificate.der in known:
        return True
    if not roots:
        return False
    from charte_desktop.documents.certificate_chain import leads_to

    return leads_to(signature.certificate.der, signature.others, roots, at)


def grouped(fingerprint: str) -> str:
    """A long fingerprint in groups of four."""
    return " ".join(fingerprint[at : at + 4] for at in range(0, len(fingerprint), 4))


# -- no seal holds ---------------------------------------------------------------------------------------------------


def _no_intact_part(
    pdf: bytes, found: list[Mark], broken: list[tuple[Mark, SealSignature | None]], known: Sequence[bytes]
) -> Verification:
    for mark, signature in broken:
        if (signature and signature.certificate.der in known) or _is_ours(pdf, mark):
            return _changed(pdf, mark, signature)
    for mark in found:
        if _is_ours(pdf, mark):
            return _changed(pdf, mark, None)
    if APPLICATION in pdf:
        return _altered_seal()
    try:
        whole = Revision(pdf, len(pdf))
        is_encrypted = "Encrypt" in whole.trailer
        holds_evidence = not is_encrypted and _holds_evidence(whole)
    except BrokenPdf:
        if b"/Encrypt" in pdf[-_AROUND:]:
            return _refusal(Verdict.UNREADABLE, "encrypted")
        if broken or found:
            return _refusal(Verdict.FOREIGN, "another_signature")
        return _refusal(Verdict.UNREADABLE, "broken")
    if is_encrypted:
        return _refusal(Verdict.UNREADABLE, "encrypted")
    if holds_evidence:
        for mark, signature in broken:
            if signature:
                return _changed(pdf, mark, signature)
    if found:
        return _refusal(Verdict.FOREIGN, "another_signature")
    return _refusal(Verdict.FOREIGN, "no_seal_left" if holds_evidence else "no_seal")


def _holds_evidence(whole: Revision) -> bool:
    try:
        return find_evidence(whole) is not None
    except BrokenPdf:
        return False
    except SeveralEvidences:
        return True


def _is_ours(pdf: bytes, mark: Mark) -> bool:
    """Whether the dictionary around a mark says that this program sealed: good enough to speak of a change."""
    length = min(max(mark.end - mark.start, 0), LARGEST_CONTENTS)
    return APPLICATION in pdf[max(0, mark.position - _AROUND) : mark.position + length + _AROUND]


def _changed(pdf: bytes, mark: Mark, signature: SealSignature | None) -> Verification:
    """The sealed part is not what was sealed: say what can be seen of it."""
    said = words().changes
    place = _contents_near(pdf, mark.position)
    shift = place[0] - mark.start if place else 0
    if not place or not mark.begins_at_zero or (shift and place[1] - place[0] != mark.end - mark.start):
        return _altered_seal()
    changes = []
    after = len(pdf) - place[1] - (mark.total - mark.end)
    if shift:
        changes.append(said["moved"].format(count=byte_count("added" if shift > 0 else "removed", abs(shift))))
    elif place[1] != mark.end:
        changes.append(said["resized"])
    elif signature:
        changes.append(said["altered"])
    elif after >= 0:
        changes.append(said["seal_altered"])
    if after > 0 and not shift:
        changes.append(said["appended"].format(count=byte_count("added", after)))
    elif after < 0 and not shift:
        changes.append(said["cut"].format(count=byte_count("missing", -after)))
    return Verification(verdict=Verdict.CHANGED, message=words().messages["changed"], changes=tuple(changes))


def _contents_near(pdf: bytes, position: int) -> tuple[int, int] | None:
    """Where the hexadecimal string of a signature whose byte range is at `position` really stands."""
    after = _CONTENTS.search(pdf, position, position + _NEXT)
    before = [] if after else list(_CONTENTS.finditer(pdf, max(0, position - LARGEST_CONTENTS), position))
    opening = after or (before[-1] if before else None)
    closing = pdf.find(b">", opening.end(), opening.end() + LARGEST_CONTENTS) if opening else -1
    return (opening.end() - 1, closing + 1) if opening and closing >= 0 else None


def _altered_seal() -> Verification:
    changes = (words().changes["seal_altered"],)
    return Verification(verdict=Verdict.CHANGED, message=words().messages["changed"], changes=changes)


def _refusal(verdict: Verdict, kind: str, **values: object) -> Verification:
    return Verification(verdict=verdict, message=words().messages[kind].format(**values))
