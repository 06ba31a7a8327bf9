"""What was added to a file after it was sealed, in plain words: by how much, and on which pages."""

import re
from collections.abc import Iterator

from charte_desktop.documents.pdf_revision import Revision
from charte_desktop.documents.pdf_values import BrokenPdf, Reference, Value, is_same
from charte_desktop.documents.verdict_words import byte_count, words

_OBJECTS = 2000
_PAGES_NAMED = 12
_RESOURCES = 200
_HEAD = re.compile(rb"(?<!\d)\d{1,10} \d{1,5} obj(?![A-Za-z])")


def later_changes(pdf: bytes, end: int, sealed: Revision) -> list[str]:
    """Sentences on what stands after byte `end`; `sealed` is the revision that ended there."""
    said = words().changes
    found = [said["appended"].format(count=byte_count("added", len(pdf) - end))]
    if not pdf[end:].strip(b"\0\t\n\x0c\r "):
        return [*found, said["blank"]]
    try:
        return [*found, *_differences(sealed, Revision(pdf, len(pdf)))]
    except BrokenPdf:
        found.append(said["another_pdf" if pdf.startswith(b"%PDF-", end) else "unreadable_end"])
        total = sum(1 for _, _ in zip(_HEAD.finditer(pdf, end), range(_OBJECTS + 1), strict=False))
        return [*found, *_objects(total)]


def _objects(total: int) -> list[str]:
    if not total:
        return []
    kind = "many_objects" if total > _OBJECTS else "objects"
    return [words().changes[kind].format(number=min(total, _OBJECTS))]


def _differences(sealed: Revision, now: Revision) -> list[str]:
    said = words().changes
    later = now.later_numbers(sealed.end, _OBJECTS + 1)
    return [
        *_objects(len(later)),
        *_page_differences(sealed, now, later),
        *([said["signature_added"]] if any(_is_signature(now.load(number)) for number in sorted(later)) else []),
        *([said["form_changed"]] if _form(sealed, now, later) else []),
        *([said["attachments_changed"]] if _differs(sealed, now, later, "Names", "AF") else []),
        *([said["document_changed"]] if _document(sealed, now, later) else []),
    ]


def _page_differences(sealed: Revision, now: Revision, later: set[int]) -> list[str]:
    said = words().changes
    before, after = sealed.pages(), now.pages()
    known = set(before)
    found: list[str] = []
    for place, number in enumerate(after, 1):
        if len(found) >= _PAGES_NAMED:
            found.append(said["more_pages"])
            break
        if number not in known:
            found.append(said["page_added"].format(page=place))
        else:
            found += _page(sealed, now, later, number, place)
    removed = len(known.difference(after))
    if removed:
        found.append(said["pages_removed"].format(number=removed))
    kept = set(after)
    if [one for one in before if one in kept] != [one for one in after if one in known]:
        found.append(said["pages_moved"])
    return found


def _page(sealed: Revision, now: Revision, later: set[int], number: int, place: int) -> Iterator[str]:
    said = words().changes
    old, new = sealed.entries(Reference(number, 0)), now.entries(Reference(number, 0))
    if not is_same(old.get("Contents"), new.get("Contents")) or _touches(now, new.get("Contents"), later):
        yield said["page_changed"].format(page=place)
    others = {key for key in (*old, *new) if key not in ("Contents", "Annots", "Parent")}
    if any(not is_same(old.get(key), new.get(key)) for key in others) or _touches(now, new.get("Resources"), later):
        yield said["page_replaced"].format(page=place)
    were, are = _references(sealed, old.get("Annots")), _references(now, new.get("Annots"))
    for kind, total in (
        ("annotations_added", len(are - were)),
        ("annotations_removed", len(were - are)),
        ("annotations_changed", len(are & were & later)),
    ):
        if total:
            yield said[kind].format(page=place, number=total)


def _references(revision: Revision, value: Value) -> set[int]:
    return {one.number for one in revision.items(value) if isinstance(one, Reference)}


def _touches(now: Revision, value: Value, later: set[int]) -> bool:
    """Whether a value leads, within reason, to an object that was added or replaced."""
    waiting, seen = [value], set[int]()
    while waiting and len(seen) < _RESOURCES:
        one = waiting.pop()
        if isinstance(one, Reference):
            if one.number in later:
                return True
            if one.number not in seen:
                seen.add(one.number)
                waiting.append(now.load(one.number))
        elif isinstance(one, dict):
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
    return False


def _is_signature(value: Value) -> bool:
    return isinstance(value, dict) and "ByteRange" in value and "Contents" in value


def _form(sealed: Revision, now: Revision, later: set[int]) -> bool:
    """Whether the fields of the form, or their values, differ; a new signature counts for itself."""
    fields = _references(now, now.entries(now.root.get("AcroForm") or {}).get("Fields"))
    known = _references(sealed, sealed.entries(sealed.root.get("AcroForm") or {}).get("Fields"))
    if known - fields or known & later:
        return True
    return any(now.entries(Reference(number, 0)).get("FT") != "Sig" for number in fields - known)


def _differs(sealed: Revision, now: Revision, later: set[int], *keys: str) -> bool:
    return any(
        not is_same(sealed.root.get(key), now.root.get(key)) or _touches(now, now.root.get(key), later) for key in keys
    )


def _document(sealed: Revision, now: Revision, later: set[int]) -> bool:
    """Whether anything else of the catalog, or the document's properties, differ."""
    told_apart = {"Pages", "AcroForm", "Names", "AF", "StructTreeRoot", "Outlines"}
    if {key for key in sealed.root if key not in told_apart} != {key for key in now.root if key not in told_apart}:
        return True
    keys = [key for key in now.root if key not in told_apart]
    information = now.trailer.get("Info")
    if not is_same(sealed.trailer.get("Root"), now.trailer.get("Root")) or _touches(now, information, later):
        return True
    return any(
        not is_same(sealed.root[key], now.root[key])
        or (isinstance(now.root[key], Reference) and now.root[key] in [Reference(one, 0) for one in later])
        for key in keys
    )
