"""Duplicates seen while a form is typed: the same number, telephone or e-mail, or nearly the same name."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from rapidfuzz import fuzz, process
from sqlalchemy import select

from charte_desktop.model.display import show_phone
from charte_desktop.model.distinct_pair import DistinctPair
from charte_desktop.model.identity_text import bare_name
from charte_desktop.model.wording import normalise
from charte_desktop.store.database import Database
from charte_desktop.store.raw_rows import driver

MOST = 8
"""Look-alikes shown at once: more would hide the form."""

_SHORTEST = 5
"""Letters of a name below which a letter more or less makes another company: EDI is not EDF."""
_NEAR = 87.0
"""Per cent of letters in common, legal form aside, from which two names are near."""
_LENIENT = 64.0
"""The same with the legal forms: "selarl" takes a name of eight letters down to 70."""
_MOST_COMPARED = 200


class Typed(Protocol):
    """What a form holds of a company; a `Provider` or a `Company` will do."""

    @property
    def legal_name(self) -> str: ...
    @property
    def siren(self) -> str: ...
    @property
    def emails(self) -> Sequence[str]: ...
    @property
    def phones(self) -> Sequence[str]: ...


@dataclass(frozen=True)
class LookAlike:
    """A record of the base that may be the one being typed."""

    record_id: str
    legal_name: str
    why: str
    """French: "même SIREN", "même téléphone (0692 12 34 56), nom proche"."""
    certain: bool
    """True for the same SIREN: one company, one record."""


@dataclass
class _Candidate:
    legal_name: str
    siren: str
    emails: Sequence[str]
    phones: Sequence[str]


class LookAlikes:
    """Finds who a form may be about already; remembers what an adviser said of it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_provider(self, typed: Typed, exclude_id: str = "") -> list[LookAlike]:
        """The providers that may be the one typed, the surest first; the record `exclude_id` is the form's own.

        The recycle bin is not looked at, nor the pairs that `not_a_duplicate` named.
        """
        return self._of("provider", typed, exclude_id)

    def of_company(self, typed: Typed, exclude_id: str = "") -> list[LookAlike]:
        """The same among the companies."""
        return self._of("company", typed, exclude_id)

    def not_a_duplicate(self, one_id: str, other_id: str) -> None:
        """Remember that two records are two companies: neither is proposed for the other again."""
        first, second = sorted((one_id, other_id))
        with self._database.transaction("Noter que ce n'est pas un doublon") as session:
            pair = select(DistinctPair).where(DistinctPair.first_id == first, DistinctPair.second_id == second)
            if session.scalar(pair.limit(1)) is None:
                session.add(DistinctPair(first_id=first, second_id=second))

    def _of(self, kind: str, typed: Typed, exclude_id: str) -> list[LookAlike]:
        with self._database.reading() as session:
            base = driver(session.connection())
            left_out = {exclude_id, *_said_distinct(base, exclude_id)}
            found = [
                *_with_siren(base, kind, typed.siren),
                *_with_contact(base, kind, typed),
                *_with_near_name(base, kind, typed.legal_name),
            ]
            candidates = _read(base, kind, dict.fromkeys(one for one in found if one not in left_out))
        bare = bare_name(typed.legal_name)
        alike = [
            (record_id, candidate, reasons)
            for record_id, candidate in candidates.items()
            if (reasons := _reasons(typed, bare, candidate))
        ]
        alike.sort(key=lambda one: (not _is_same(typed, one[1]), -len(one[2]), normalise(one[1].legal_name)))
        return [
            LookAlike(record_id, candidate.legal_name, ", ".join(reasons), _is_same(typed, candidate))
            for record_id, candidate, reasons in alike[:MOST]
        ]


def near_names(base: Any, kind: str, name: str) -> list[str]:
    """The ids of the records whose name is `name` or nearly so, legal form and small slips aside, the nearest first."""
    bare = bare_name(name)
    if len(bare) < 2:
        return []
    known = base.execute("SELECT group_concat(name, char(10)) FROM search_document WHERE kind = ?", (kind,))
    names = (known.fetchone()[0] or "").split("\n")
    close = {
        one
        for one, _, _ in process.extract(bare, names, scorer=fuzz.ratio, score_cutoff=_LENIENT, limit=_MOST_COMPARED)
    }
    close |= _with_the_words(base, kind, bare)
    scores = {one: nearness(bare, bare_name(one)) for one in close}
    near = sorted((one for one in scores if scores[one]), key=lambda one: (-scores[one], one))
    marks = ", ".join("?" * len(near))
    rows = base.execute(
        f"SELECT name, record_id FROM search_document WHERE kind = ? AND name IN ({marks})", (kind, *near)
    ).fetchall()
    rows.sort(key=lambda row: (-scores[row[0]], row[0]))
    return [record_id for _, record_id in rows]


def _with_the_words(base: Any, kind: str, bare: str) -> set[str]:
    """The names that hold every word of `bare`, in whatever order."""
    expression = " AND ".join(f'"{word}"' for word in bare.split())
    rows = base.execute(
        f"SELECT name FROM search_document WHERE id IN "
        f"(SELECT rowid FROM {kind}_search WHERE {kind}_search MATCH ? LIMIT ?)",
        (f"name : ({expression})", _MOST_COMPARED),
    )
    return {row[0] for row in rows}


def nearness(one: str, other: str) -> float:
    """How near two bare names are, in per cent; 0 when they are those of two companies.

    Words may come in another order. A number is never a slip: "Agence 1" is not "Agence 2".
    """
    if one == other:
        return 100.0
    if min(len(one), len(other)) < _SHORTEST or _numbers(one) != _numbers(other):
        return 0.0
    score = max(fuzz.ratio(one, other), fuzz.token_sort_ratio(one, other))
    return min(score, 99.0) if score >= _NEAR else 0.0


def _numbers(bare: str) -> list[str]:
    return sorted(word for word in bare.split() if not word.isalpha())


def _said_distinct(base: Any, record_id: str) -> Iterable[str]:
    if not record_id:
        return ()
    rows = base.execute(
        "SELECT second_id FROM distinct_pair WHERE first_id = ? UNION ALL "
        "SELECT first_id FROM distinct_pair WHERE second_id = ?",
        (record_id, record_id),
    )
    return [other for (other,) in rows]


def _with_siren(base: Any, kind: str, siren: str) -> list[str]:
    if not siren:
        return []
    return [row[0] for row in base.execute(f"SELECT id FROM {kind} WHERE siren = ? AND deleted_at IS NULL", (siren,))]


def _with_contact(base: Any, kind: str, typed: Typed) -> list[str]:
    """Whoever has a telephone or an e-mail of the form; by the full-text tables, that hold both."""
    phrases = [f'"{phone.lstrip("+")}"' for phone in typed.phones]
    phrases += [f'"{normalise(email)}"' for email in typed.emails]
    if not phrases:
        return []
    rows = base.execute(
        f"SELECT record_id FROM {kind}_search JOIN search_document ON search_document.id = {kind}_search.rowid "
        f"WHERE {kind}_search MATCH ? LIMIT ?",
        (f"rest : ({' OR '.join(phrases)})", _MOST_COMPARED),
    )
    return [row[0] for row in rows]


def _with_near_name(base: Any, kind: str, name: str) -> list[str]:
    return near_names(base, kind, name)[: 2 * MOST]


def _read(base: Any, kind: str, ids: Iterable[str]) -> dict[str, _Candidate]:
    wanted = tuple(ids)
    rows = base.execute(
        f"SELECT id, legal_name, siren, emails, phones FROM {kind} WHERE id IN ({', '.join('?' * len(wanted))})", wanted
    )
    return {
        record_id: _Candidate(name, siren, json.loads(emails), json.loads(phones))
        for record_id, name, siren, emails, phones in rows
    }


def _is_same(typed: Typed, candidate: _Candidate) -> bool:
    return bool(typed.siren) and typed.siren == candidate.siren


def _reasons(typed: Typed, bare: str, candidate: _Candidate) -> list[str]:
    """What is the same, in French. Near names with two SIRENs are two companies, and say nothing."""
    reasons = ["même SIREN"] if _is_same(typed, candidate) else []
    reasons += [f"même téléphone ({show_phone(phone)})" for phone in typed.phones if phone in candidate.phones]
    theirs = {email.casefold() for email in candidate.emails}
    reasons += [f"même e-mail ({email})" for email in typed.emails if email.casefold() in theirs]
    near = nearness(bare, bare_name(candidate.legal_name)) if bare else 0.0
    two_companies = typed.siren and candidate.siren and not _is_same(typed, candidate)
    if near == 100:
        reasons.append("même nom, autre SIREN" if two_companies else "même nom")
    elif near and (reasons or not two_companies):
        reasons.append("nom proche")
    return reasons
