"""The providers as the tab Charte lists them: who signed what, who must sign again, what is begun."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from charte_desktop.model.charter_standing import Again, KnownSignature, last_day, why_again
from charte_desktop.model.provider_state import ProviderState, RemovalDates
from charte_desktop.store.current_charter import current_version
from charte_desktop.store.database import Database
from charte_desktop.store.provider_rows import ProviderRow, ProviderRows

BEGUN, AGAIN, PAPER = "begun", "again", "paper"
"""What can be asked beside a state: a signing that was begun, a charter to sign again, a paper that is awaited."""


@dataclass(frozen=True)
class CharterRow:
    """A provider and its charter, as a line shows them."""

    id: str
    legal_name: str
    siren: str
    city: str
    state: ProviderState
    again: Again | None
    """Why it is asked to sign again."""
    until: date | None
    """The last day on which its signature binds."""
    is_begun: bool
    signed_on: date | None
    medium: str
    version_label: str
    """Empty when only the date is known."""

    @property
    def words(self) -> str:
        """Where it stands, as the table says it."""
        if self.is_begun:
            return "Signature commencée"
        if self.again is not None and self.state in (ProviderState.SIGNATORY, ProviderState.TO_RENEW):
            return self.again.value
        if self.again is not None and self.state in (ProviderState.READY, ProviderState.INCOMPLETE):
            return self.again.value
        return self.state.value


@dataclass(frozen=True)
class SignatureFacts:
    """A signature as the record of its provider shows it."""

    id: str
    signed_on: date
    medium: str
    version_label: str
    """Empty when only the date is known."""
    signer: str
    capacity: str
    source: str
    cancelled_on: date | None
    cancellation_reason: str
    place: str
    adviser: str
    document_id: str | None
    """The sealed document, when it was signed on screen."""
    number: str
    fingerprint: str
    """The short one, printed on the document's pages."""
    stamped_at: str
    """When a time stamp was added; empty when there is none."""
    scan_id: str | None
    scan_name: str
    scan_sha256: str


@dataclass(frozen=True)
class _Given:
    dates: KnownSignature
    medium: str
    version_label: str


class CharterRows:
    """What the tab Charte shows."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._providers = ProviderRows(database)

    def search(
        self,
        text: str = "",
        *,
        state: ProviderState | None = None,
        only: str = "",
        order: str = "",
        descending: bool = False,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[CharterRow]:
        """The providers that answer; `only` is BEGUN, AGAIN or PAPER, and `order` one of `provider_rows.ORDERS`."""
        rows = self._providers.search(
            text,
            state=state,
            among=self._among(only) if only else None,
            order=order,
            descending=descending,
            limit=limit,
            offset=offset,
        )
        return self._with_charters(rows)

    def count(self) -> int:
        """How many providers there are."""
        return self._providers.count()

    def holds(self, provider_id: str) -> bool:
        """True while the record is there and not in the recycle bin."""
        return self._providers.holds(provider_id)

    def row(self, provider_id: str) -> CharterRow | None:
        """One provider; None when it is gone."""
        rows = self._providers.search(among={provider_id})
        return self._with_charters(rows)[0] if rows else None

    def signatures(self, provider_id: str) -> list[SignatureFacts]:
        """The signatures of a provider, the latest first, with their documents."""
        with self._database.looking() as base:
            lines = base.execute(_SIGNATURES, (provider_id,)).fetchall()
        return [_facts(line) for line in lines]

    def to_sign_again(self) -> dict[str, Again]:
        """The providers of the register that are asked to sign again, and why."""
        judge = self._judge()
        with self._database.looking() as base:
            given, removed = _given(base, "1", ()), _removed(base, "1", ())
            kept = {line[0] for line in base.execute("SELECT id FROM provider WHERE deleted_at IS NULL")}
            left = {
                line[0]
                for line in base.execute(
                    "SELECT id FROM provider WHERE withdrawn_on <= ?", (self._database.today().isoformat(),)
                )
            }
        found = {}
        today = self._database.today()
        for provider_id, signatures in given.items():
            removals = removed.get(provider_id, ())
            if provider_id not in kept or provider_id in left or any(one.stands_on(today) for one in removals):
                continue
            again = judge([one.dates for one in signatures], removals)
            if again is not None:
                found[provider_id] = again
        return found

    def _among(self, only: str) -> set[str]:
        if only == AGAIN:
            return set(self.to_sign_again())
        query = "SELECT provider_id FROM signing_session"
        if only == PAPER:
            query = (
                "SELECT provider_id FROM paper_charter GROUP BY provider_id HAVING max(printed_at) > coalesce("
                "(SELECT max(signed_on) || 'x' FROM signature WHERE signature.provider_id = paper_charter.provider_id "
                "AND cancelled_on IS NULL), '')"
            )
        with self._database.looking() as base:
            return {line[0] for line in base.execute(query)}

    def _judge(self) -> Callable[[Sequence[KnownSignature], Sequence[RemovalDates]], Again | None]:
        today, rule = self._database.today(), self._providers.rule
        current = current_version(self._database)
        with self._database.looking() as base:
            several = base.execute("SELECT count(*) FROM charter_version").fetchone()[0] > 1
        return lambda signatures, removals: why_again(signatures, removals, today, rule, current, several_texts=several)

    def _with_charters(self, rows: Sequence[ProviderRow]) -> list[CharterRow]:
        judge, rule = self._judge(), self._providers.rule
        ids = (json.dumps([row.id for row in rows]),)
        among = "provider_id IN (SELECT value FROM json_each(?))"
        with self._database.looking() as base:
            given, removed = _given(base, among, ids), _removed(base, among, ids)
            begun = {line[0] for line in base.execute(f"SELECT provider_id FROM signing_session WHERE {among}", ids)}
        found = []
        for row in rows:
            signatures = given.get(row.id, [])
            standing = [one for one in signatures if one.dates.cancelled_on is None]
            latest = standing[-1] if standing else None
            dates = [one.dates for one in signatures]
            found.append(
                CharterRow(
                    id=row.id,
                    legal_name=row.legal_name,
                    siren=row.siren,
                    city=row.city,
                    state=row.state,
                    again=judge(dates, removed.get(row.id, ())),
                    until=last_day(dates, rule),
                    is_begun=row.id in begun,
                    signed_on=latest.dates.signed_on if latest else None,
                    medium=latest.medium if latest else "",
                    version_label=latest.version_label if latest else "",
                )
            )
        return found


_SIGNATURES = """
    SELECT signature.id, signed_on, medium, coalesce(label, ''), signature.signer, capacity, source, cancelled_on,
        cancellation_reason, coalesce(place, ''), coalesce(signing.adviser, ''), document_id, coalesce(number, ''),
        coalesce(fingerprint, ''), coalesce(stamped_at, ''), scan_id, coalesce(attachment.name, ''),
        coalesce(attachment.sha256, '')
    FROM signature
    LEFT JOIN charter_version ON charter_version.id = version_id
    LEFT JOIN signing ON signing.signature_id = signature.id
    LEFT JOIN sealed_document ON sealed_document.id = document_id
    LEFT JOIN attachment ON attachment.id = scan_id
    WHERE signature.provider_id = ? ORDER BY signed_on DESC, signature.rowid DESC
"""


_day = date.fromisoformat


def _facts(line: Sequence[Any]) -> SignatureFacts:
    values = list(line)
    values[1], values[7] = _day(values[1]), values[7] and _day(values[7])
    return SignatureFacts(*values)


def _given(base: Any, condition: str, ids: Iterable[str]) -> dict[str, list[_Given]]:
    """The signatures of each provider, in the order of their days."""
    found: dict[str, list[_Given]] = {}
    for owner, start, end, version, medium, label in base.execute(
        "SELECT provider_id, signed_on, cancelled_on, version_id, medium, coalesce(label, '') FROM signature "
        f"LEFT JOIN charter_version ON charter_version.id = version_id WHERE {condition} ORDER BY signed_on",
        tuple(ids),
    ):
        dates = KnownSignature(date.fromisoformat(start), end and date.fromisoformat(end), version)
        found.setdefault(owner, []).append(_Given(dates, medium, label))
    return found


def _removed(base: Any, condition: str, ids: Iterable[str]) -> dict[str, list[RemovalDates]]:
    found: dict[str, list[RemovalDates]] = {}
    for owner, start, end in base.execute(
        f"SELECT provider_id, removed_on, lifted_on FROM removal WHERE {condition}", tuple(ids)
    ):
        found.setdefault(owner, []).append(RemovalDates(date.fromisoformat(start), end and date.fromisoformat(end)))
    return found
