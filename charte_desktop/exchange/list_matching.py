"""Which provider or company a line speaks of: one of the register, one of an earlier line, or a new one."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from charte_desktop.exchange.line_reading import LineRead
from charte_desktop.model.base import new_id
from charte_desktop.model.company import Company
from charte_desktop.model.identity_text import bare_name
from charte_desktop.model.import_plan import Known, KnownRecords, PlannedLine
from charte_desktop.model.provider import Provider
from charte_desktop.model.wording import normalise


@dataclass(slots=True, eq=False)
class Subject:
    """A provider that at least one line of the list speaks of."""

    id: str
    line: LineRead
    """What the list says of it: its first line, completed by those that repeat it."""
    known: Known | None
    lines: list[PlannedLine] = field(default_factory=list)
    signature_row: tuple[str, int] = ("", 0)
    """Sheet and line of the signature's date."""
    untouchable: str = ""
    """French: why an import may not change it."""

    @property
    def siren(self) -> str:
        """The SIREN known of it."""
        return self.line.siren or (self.known.siren if self.known else "")


class Matcher:
    """Finds the subject of each line: by SIREN; without one by bare name, if what else is known does not contradict."""

    def __init__(self, known: KnownRecords, today: date) -> None:
        """`known` is the register, its bin included."""
        self._known = known
        self._today = today
        self.subjects: list[Subject] = []
        self._by_siren: dict[str, Subject] = {}
        self._by_name: dict[str, list[Subject]] = {}
        self._by_contact: dict[str, Subject] = {}
        self._by_id: dict[str, Subject] = {}

    def subject_of(self, line: LineRead) -> tuple[Subject, bool]:
        """The subject of a line, and whether it was met before in this list. Makes a new one when there is none."""
        bare = bare_name(line.legal_name) or line.legal_name
        subject = self._by_siren.get(line.siren) if line.siren else None
        if subject is not None:
            return subject, True
        provider = self._known.of_siren(line.siren) if line.siren else None
        if provider is not None and provider.id in self._by_id:
            return self._by_id[provider.id], True
        if provider is None:
            found = self._by_words(line, bare)
            if isinstance(found, Subject):
                return found, True
            provider = found
        return self._enter(line, bare, provider), False

    def completed(self, subject: Subject) -> None:
        """Index again a subject that a later line gave a SIREN."""
        if subject.siren:
            self._by_siren.setdefault(subject.siren, subject)

    def _enter(self, line: LineRead, bare: str, provider: Known | None) -> Subject:
        subject = Subject(provider.id if provider else new_id(), line, provider)
        if provider is not None:
            self._by_id[provider.id] = subject
            subject.untouchable = self._why_untouchable(provider)
            if provider.siren:
                self._by_siren.setdefault(provider.siren, subject)
        if line.siren:
            self._by_siren.setdefault(line.siren, subject)
        self._by_name.setdefault(bare, []).append(subject)
        if not bare:
            for contact in _contacts(line):
                self._by_contact.setdefault(contact, subject)
        self.subjects.append(subject)
        return subject

    def _by_words(self, line: LineRead, bare: str) -> Subject | Known | None:
        if not bare:
            if line.siren:
                return None
            for contact in _contacts(line):
                if contact in self._by_contact:
                    return self._by_contact[contact]
            near = [one for one in self._known.of_contacts(_contacts(line)) if not one.legal_name and not one.siren]
            return self._entered(near[0]) if near else None
        if bare not in self._by_name and not self._known.of_name(bare):
            return None
        candidates: list[Subject | Known] = [
            *self._by_name.get(bare, ()),
            *(one for one in self._known.of_name(bare) if one.id not in self._by_id),
        ]
        likely = []
        for candidate in candidates:
            siren = candidate.siren
            if siren and line.siren:
                continue
            agreed, contradicted = compare(line, candidate)
            if agreed or not contradicted:
                if not isinstance(candidate, Subject) and candidate.deleted_at is not None and not agreed:
                    continue
                likely.append((agreed, -contradicted, not siren, candidate))
        if not likely:
            return None
        best = max(likely, key=lambda one: one[:3])
        if not best[0] and not best[2] and len(likely) > 1:
            return None  # several companies of that name, and nothing tells which
        return best[3]

    def _entered(self, provider: Known) -> Subject | Known:
        return self._by_id.get(provider.id, provider)

    def _why_untouchable(self, provider: Known) -> str:
        if provider.deleted_at is not None:
            which, it = ("cette entreprise", "la") if isinstance(provider, Company) else ("ce prestataire", "le")
            return f"{which} est dans la corbeille : restaurez-{it} pour {it} mettre à jour"
        if isinstance(provider, Provider) and any(removal.stands_on(self._today) for removal in provider.removals):
            return "ce prestataire est radié : l'import ne le change pas"
        return ""


def _contacts(line: LineRead) -> list[str]:
    unread = line.unread.get("siren", "")
    return [*line.emails, *line.phones, *([unread] if unread else [])]


def compare(line: LineRead, other: Subject | Known) -> tuple[int, int]:
    """How many of e-mail, telephone, place and activity agree, and how many are given on both sides and differ."""
    agreed = contradicted = 0
    for theirs_and_mine in _compared(line, other):
        mine, theirs = theirs_and_mine
        if mine and theirs:
            if mine & theirs:
                agreed += 1
            else:
                contradicted += 1
    return agreed, contradicted


def _compared(line: LineRead, other: Subject | Known) -> Iterable[tuple[set[str], set[str]]]:
    sides: list[LineRead | Known] = [other.line] if isinstance(other, Subject) else [other]
    if isinstance(other, Subject) and other.known is not None:
        sides.append(other.known)
    yield set(line.emails), {one for side in sides for one in side.emails}
    yield set(line.phones), {one for side in sides for one in side.phones}
    yield _place(line), {one for side in sides for one in _place(side)}
    yield {line.ape_code} - {""}, {side.ape_code for side in sides} - {""}


def _place(side: LineRead | Known) -> set[str]:
    if side.commune_code:
        return {side.commune_code}
    return {side.postal_code or normalise(side.city)} - {""}


def bare_site(website: str) -> str:
    """A site as people compare it: with or without `https://`, `www.` and a last slash, it is the same."""
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", website.lower()).rstrip("/")


def says_the_same(line: LineRead, first: LineRead) -> bool:
    """True when nothing of `line` contradicts `first`: the same company, one line per service."""
    pairs = (
        (line.siren or line.unread.get("siren", ""), first.siren or first.unread.get("siren", "")),
        (normalise(line.legal_representative), normalise(first.legal_representative)),
        (normalise(line.address), normalise(first.address)),
        (line.commune_code or line.postal_code, first.commune_code or first.postal_code),
        (line.ape_code, first.ape_code),
        (line.headcount_band, first.headcount_band),
        (bare_site(line.website), bare_site(first.website)),
    )
    if any(mine and theirs and mine != theirs for mine, theirs in pairs):
        return False
    return all(
        not mine or not theirs or set(mine) & set(theirs)
        for mine, theirs in ((line.emails, first.emails), (line.phones, first.phones))
    )


def complete(first: LineRead, line: LineRead) -> None:
    """Fill what `first` leaves empty from a later line of the same company; unite its lists."""
    gained = set()
    for name in ("legal_name", "legal_representative", "website", "references", "legal_category"):
        if not getattr(first, name) and getattr(line, name):
            setattr(first, name, getattr(line, name))
            gained.add(name)
    if line.references and line.references not in first.references:
        first.references = f"{first.references}\n{line.references}"
    for field_name, columns in GROUPS.items():
        if not any(_given(first, column) for column in columns) and any(_given(line, column) for column in columns):
            for column in columns:
                setattr(first, column, getattr(line, column))
            gained.add(field_name)
    if not first.siret and line.siret and line.siren == first.siren:
        first.siret = line.siret
    for name in ("emails", "phones", "services"):
        mine, theirs = getattr(first, name), getattr(line, name)
        if not mine and theirs:
            gained.add(name)
        if theirs:
            setattr(first, name, tuple(dict.fromkeys([*mine, *theirs])))
    for note in line.notes.splitlines():
        if note not in first.notes.splitlines():
            first.notes = f"{first.notes}\n{note}".strip()
    first.signed_on = first.signed_on or line.signed_on
    for name, text in line.unread.items():
        if not says(first, name):
            first.unread.setdefault(name, text)
    for name in gained & first.unread.keys() - line.unread.keys():
        del first.unread[name]


GROUPS = {
    "siren": ("siren", "siret"),
    "address": ("address", "postal_code", "city", "commune_code"),
    "ape": ("ape_code", "ape_nomenclature"),
    "headcount": ("headcount", "headcount_band"),
}
"""Fields of the form that several columns of the record keep."""


def _given(side: LineRead | Known, column: str) -> bool:
    value = getattr(side, column)
    return value is not None and value not in ("", [], ())


def says(side: LineRead | Known, name: str) -> bool:
    """True when `side` has a good value for a field of the form."""
    if name == "charter_signed_on":
        return (
            bool(side.signed_on) if isinstance(side, LineRead) else isinstance(side, Provider) and bool(side.signatures)
        )
    return any(_given(side, column) for column in GROUPS.get(name, (name,)))
