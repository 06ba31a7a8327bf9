"""What a sealed revision of this program is: certified against any change, with one piece of evidence."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from charte_desktop.documents.pdf_revision import Revision
from charte_desktop.documents.pdf_values import BrokenPdf, Name, Reference, Stream, Value
from charte_desktop.documents.seal_signature import Mark
from charte_desktop.documents.verdict_words import shown
from charte_desktop.model.fingerprint import short_fingerprint

FORMAT = "charte-desktop/preuve/1"
_LARGEST_EVIDENCE = 8 * 2**20
_ATTACHMENTS = 64
_TREE_NODES = 64
_FIELDS = 256
_YEARS = range(1970, 2200)
_SEALED_AT = re.compile(r"D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z|([+-])(\d\d)'(\d\d)'?)", re.ASCII)
_SIGNED_AT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(?:Z|([+-])(\d\d):(\d\d))", re.ASCII
)


@dataclass(frozen=True)
class Evidence:
    """The machine-readable evidence of a document; texts as they are fit to be shown."""

    fingerprint: str
    """The short one, printed on the pages."""
    kind: str
    provider: str
    siren: str
    charter_version: str
    signed_at: datetime | None
    signer: str


class SeveralEvidences(Exception):
    """More than one attachment says it is the evidence."""


def sealing_moment(revision: Revision, mark: Mark) -> datetime | None:
    """When the seal says it was made; None when the signature at `mark` is no seal of this program.

    A seal is the only signature, and certifies the document against any change (DocMDP 1).
    """
    root = revision.root
    reference = revision.entries(root.get("Perms")).get("DocMDP")
    if not isinstance(reference, Reference):
        return None
    seal = revision.entries(reference)
    is_seal = (
        seal.get("Type") == "Sig"
        and seal.get("SubFilter") == "ETSI.CAdES.detached"
        and seal.get("ByteRange") == [0, mark.start, mark.end, mark.total - mark.end]
        and seal.get("Contents") == mark.contents(revision.pdf)
        and _forbids_changes(revision, seal)
        and _signed_fields(revision) == [reference]
    )
    at = seal.get("M")
    found = _SEALED_AT.fullmatch(at.decode("latin-1")) if is_seal and isinstance(at, bytes) else None
    return _moment([one or "0" for one in found.groups()]) if found else None


def _forbids_changes(revision: Revision, seal: dict[str, Value]) -> bool:
    rules = revision.items(seal.get("Reference"))
    if len(rules) != 1:
        return False
    rule = revision.entries(rules[0])
    return rule.get("TransformMethod") == "DocMDP" and revision.entries(rule.get("TransformParams")).get("P") == 1


def _signed_fields(revision: Revision) -> list[Value]:
    """The signatures that the fields of the form hold."""
    fields = revision.items(revision.entries(revision.root.get("AcroForm")).get("Fields"))
    if len(fields) > _FIELDS:
        raise BrokenPdf("far too many fields")
    entries = [revision.entries(one) for one in fields]
    return [one["V"] for one in entries if one.get("FT") == "Sig" and "V" in one]


def find_evidence(revision: Revision) -> Evidence | None:
    """The one piece of evidence among the attachments of this revision; None when there is none."""
    found = [evidence for content in _attached_json(revision) if (evidence := read_evidence(content))]
    if len(found) > 1:
        raise SeveralEvidences
    return found[0] if found else None


def _attached_json(revision: Revision) -> Iterator[bytes]:
    """The content of each attachment that is JSON."""
    names = revision.resolve(revision.root.get("Names"))
    tree = names.get("EmbeddedFiles") if isinstance(names, dict) else None
    for total, attached in enumerate(_leaves(revision, tree)):
        if total == _ATTACHMENTS:
            raise BrokenPdf("far too many attachments")
        entries = revision.entries(attached)
        if "EF" not in entries:
            continue
        stream = revision.resolve(revision.entries(entries["EF"]).get("F"))
        if isinstance(stream, Stream) and stream.entries.get("Subtype") == Name("application/json"):
            yield revision.inflated(stream, _LARGEST_EVIDENCE)


def _leaves(revision: Revision, tree: Value) -> Iterator[Value]:
    """The values of a name tree, in their order."""
    if tree is None:
        return
    waiting: list[Value] = [tree]
    nodes = 0
    while waiting:
        nodes += 1
        if nodes > _TREE_NODES:
            raise BrokenPdf("a name tree that loops, or far too large")
        node = revision.entries(waiting.pop())
        yield from revision.items(node.get("Names"))[1::2]
        waiting += revision.items(node.get("Kids"))[::-1]


def read_evidence(content: bytes) -> Evidence | None:
    """What the evidence says; None when `content` is not evidence of this program."""
    try:
        said = json.loads(content.decode("utf-8"), parse_constant=_no_json)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        return None
    texts = {key: shown(one) if isinstance(one := said.get(key), str) else "" for key in _TEXTS}
    signed_at = _SIGNED_AT.fullmatch(said["signed_at"]) if isinstance(said.get("signed_at"), str) else None
    return Evidence(
        fingerprint=short_fingerprint(content),
        signed_at=_moment([one or "0" for one in signed_at.groups()]) if signed_at else None,
        **texts,
    )


def _no_json(word: str) -> None:
    """Refuse `NaN` and its like, which Python's reader takes and a browser's does not."""
    raise ValueError(word)


_TEXTS = ("kind", "provider", "siren", "charter_version", "signer")


def _moment(parts: list[str]) -> datetime | None:
    """A moment from year, month, day, hour, minute, second, sign, hours and minutes of the zone."""
    year, month, day, hour, minute, second = map(int, parts[:6])
    offset = timedelta(hours=int(parts[7]), minutes=int(parts[8]))
    if offset >= timedelta(days=1):
        return None
    zone = timezone(-offset if parts[6] == "-" else offset) if offset else UTC
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=zone) if year in _YEARS else None
    except ValueError:
        return None
