"""What waits: baskets of records, each with its reason, each one click from where it is settled.

A subject adds a basket by a function of its own, `(Asked) -> Iterable[Basket]`, in its own module, and a line in
`BASKETS`. The function finds who waits, by id and day; what a line says is read only for those that are shown, by the
basket's `describe`. Lines that somebody put off are taken out here, whatever their basket.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from charte_desktop.errors import UserError
from charte_desktop.store.company_lines import last_worked_day
from charte_desktop.store.database import Database
from charte_desktop.store.office_rules import reminder_rule, working_calendar
from charte_desktop.store.waiting_charters import waiting_charters
from charte_desktop.store.waiting_companies import waiting_companies
from charte_desktop.store.waiting_projects import waiting_projects
from charte_desktop.store.waiting_sheets import waiting_sheets
from charte_desktop.store.waiting_words import Asked, Basket, Entry, Waiting
from charte_desktop.store.waiting_workshops import waiting_workshops

if TYPE_CHECKING:
    from charte_desktop.model.snooze import Snooze

BASKETS: tuple[Callable[[Asked], Iterable[Basket]], ...] = (
    waiting_companies,
    waiting_sheets,
    waiting_workshops,
    waiting_charters,
    waiting_projects,
)
"""In the order in which Aujourd'hui shows them."""

PUT_OFF = "put_off"
"""The key of the basket of what was put off."""


@dataclass(frozen=True)
class PutOff:
    """A line that waits for another day."""

    snooze_id: str
    basket: str
    record_id: str
    until: date
    reason: str


class Reminders:
    """What waits today."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def baskets(self) -> list[Basket]:
        """Every basket, the empty ones too; the last one holds what was put off."""
        today, calendar = self._database.today(), working_calendar(self._database)
        with self._database.looking() as base:
            asked = Asked(
                self._database,
                base,
                today,
                last_worked_day(self._database),
                reminder_rule(self._database),
                calendar,
            )
            found = [basket for source in BASKETS for basket in source(asked)]
            put_off = _put_off(base, today)
        away = {(one.basket, one.record_id): one for one in put_off}
        if not away:
            return [*found, _of_put_off(found, [])]
        shown, waiting = [], list[tuple[PutOff, Entry]]()
        for basket in found:
            entries = []
            for one in basket.entries:
                put = away.get((basket.key, one.record_id))
                if put is None:
                    entries.append(one)
                else:
                    waiting.append((put, one))
            shown.append(replace(basket, entries=entries))
        return [*shown, _of_put_off(found, waiting)]

    def lines(self, basket: Basket, limit: int | None = None, offset: int = 0) -> Sequence[Waiting]:
        """Some lines of a basket, in words."""
        wanted = basket.entries[offset : None if limit is None else offset + limit]
        if not wanted:
            return ()
        with self._database.looking() as base:
            return basket.describe(base, wanted)

    def put_off(self, basket: str, record_id: str, until: date, reason: str) -> "Snooze":
        """Show a line again on `until` only. Refused: a day that is not to come, no reason."""
        from sqlalchemy import select

        from charte_desktop.model.snooze import Snooze

        today = self._database.today()
        if until <= today:
            raise UserError("Choisissez un jour à venir : c'est ce jour-là que la ligne reviendra.")
        if not reason.strip():
            raise UserError("Écrivez pourquoi cela attend : le motif est montré avec la date.")
        with self._database.transaction("Reporter un rappel") as session:
            same = select(Snooze).where(Snooze.basket == basket, Snooze.record_id == record_id)
            snooze = session.scalar(same)
            if snooze is None:
                snooze = Snooze(
                    basket=basket,
                    record_id=record_id,
                    until=until,
                    reason=reason.strip(),
                    adviser=self._database.adviser,
                    put_off_on=today,
                )
                session.add(snooze)
            else:
                snooze.until, snooze.reason, snooze.put_off_on = until, reason.strip(), today
                snooze.adviser = self._database.adviser
        return snooze

    def bring_back(self, snooze_id: str) -> None:
        """Show a line that was put off again today."""
        from charte_desktop.model.snooze import Snooze

        with self._database.transaction("Reprendre un rappel reporté") as session:
            snooze = session.get(Snooze, snooze_id)
            if snooze is None:
                raise UserError("Ce rappel n'est plus reporté : actualisez la liste.")
            session.delete(snooze)


def _put_off(base: Any, today: date) -> list[PutOff]:
    lines = base.execute(
        "SELECT id, basket, record_id, until, reason FROM snooze WHERE until > ? ORDER BY until", (today.isoformat(),)
    )
    return [PutOff(one, basket, record, date.fromisoformat(until), why) for one, basket, record, until, why in lines]


def _of_put_off(baskets: Sequence[Basket], waiting: Sequence[tuple[PutOff, Entry]]) -> Basket:
    """What was put off and would wait by now, the first to come back first; a line is named by its snooze."""
    by_key = {basket.key: basket for basket in baskets}
    put_off = sorted(waiting, key=lambda one: one[0].until)
    by_id = {one.snooze_id: (one, entry) for one, entry in put_off}

    def describe(base: Any, entries: Sequence[Entry]) -> list[Waiting]:
        lines = []
        for named in entries:
            one, entry = by_id[named.record_id]
            (line,) = by_key[one.basket].describe(base, [entry])
            when = f"revient le {one.until:%d/%m/%Y}"
            lines.append(line._replace(record_id=one.snooze_id, detail=one.reason, when=when))
        return lines

    return Basket(
        PUT_OFF,
        "Reporté",
        "Ces lignes reviendront d'elles-mêmes le jour dit ; « Reprendre » les ramène aujourd'hui.",
        [Entry(one.snooze_id, one.until) for one, _ in put_off],
        describe,
    )
