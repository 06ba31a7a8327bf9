"""Companies that wait: a next step that is due, no news for too long, a follow-up some months after."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import Any

from charte_desktop.model import reference
from charte_desktop.model.follow_up import FollowUpState, is_to_ask, months_after, state_of
from charte_desktop.store.company_lines import CompanyLine, refreshed
from charte_desktop.store.waiting_words import Asked, Basket, Entry, Waiting, ago

STEPS, FIRST, SECOND, THIRD, FOLLOW_UP = "steps", "first", "second", "third", "follow_up"
"""The keys of the baskets; what was put off is named by them."""


def waiting_companies(asked: Asked) -> Iterable[Basket]:
    """A company stands in one basket at most: the next step that was planned counts before its silence."""
    rule, day = asked.rule, asked.day
    found: dict[str, list[Entry]] = {key: [] for key in (STEPS, FIRST, SECOND, THIRD, FOLLOW_UP)}
    for line in refreshed(asked.database, asked.base).lines():
        match state_of(line, day, rule):
            case FollowUpState.TO_CONTACT if line.next_on is not None:
                found[STEPS].append(Entry(line.id, line.next_on))
            case FollowUpState.TO_CONTACT:
                news = line.last_news or day
                silence = (day - news).days
                key = THIRD if silence >= rule.third else SECOND if silence >= rule.second else FIRST
                found[key].append(Entry(line.id, news))
            case FollowUpState.TO_ASK if is_to_ask(line, day, rule):
                found[FOLLOW_UP].append(Entry(line.id, _due(line, rule.follow_up_months)))
            case _:
                pass
    for entries in found.values():
        entries.sort(key=lambda one: one.day or day)
    silent = partial(_describe, asked.today, "sans nouvelles")
    return (
        Basket(
            STEPS,
            "Suites promises",
            "Ce qui était convenu pour aujourd'hui ou avant : faites-le, ou convenez d'un autre jour.",
            found[STEPS],
            partial(_steps, asked.today),
            is_late=True,
        ),
        Basket(
            FIRST,
            f"{rule.first} jours sans nouvelles",
            "Un appel suffit : la fiche a-t-elle servi, un prestataire a-t-il répondu ?",
            found[FIRST],
            silent,
        ),
        Basket(
            SECOND,
            f"{rule.second} jours sans nouvelles",
            "Relancez encore, par un autre moyen que la dernière fois.",
            found[SECOND],
            silent,
        ),
        Basket(
            THIRD,
            f"{rule.third} jours sans nouvelles",
            "Reprenez l'accompagnement, ou closez-le avec son issue.",
            found[THIRD],
            silent,
            is_late=True,
        ),
        Basket(
            FOLLOW_UP,
            f"Point à {rule.follow_up_months} mois",
            "Demandez ce que l'accompagnement a changé : deux questions suffisent.",
            found[FOLLOW_UP],
            partial(_describe, asked.today, "à demander"),
        ),
    )


def _due(line: CompanyLine, months: int) -> date | None:
    return months_after(line.last_held, months) if line.last_held else None


_SHOWN = """
    SELECT company.id, legal_name, city,
        (SELECT group_concat(service_id, ' ') FROM (SELECT DISTINCT service_id FROM need
            WHERE company_id = company.id AND settled_on IS NULL AND state NOT IN ('MET', 'DROPPED'))),
        (SELECT next_step FROM accompaniment WHERE company_id = company.id AND next_on IS NOT NULL
            AND next_done_on IS NULL ORDER BY next_on LIMIT 1)
    FROM company WHERE id IN (SELECT value FROM json_each(?))
"""


def _read(base: Any, entries: Sequence[Entry]) -> dict[str, Sequence[Any]]:
    ids = json.dumps([one.record_id for one in entries])
    return {line[0]: line for line in base.execute(_SHOWN, (ids,))}


def _steps(today: date, base: Any, entries: Sequence[Entry]) -> list[Waiting]:
    lines = _read(base, entries)
    waiting = []
    for record_id, day in entries:
        _, name, city, _, step = lines[record_id]
        when = f"prévu le {day:%d/%m/%Y}" if day is not None and day < today else "prévu aujourd'hui"
        waiting.append(Waiting(record_id, "company", record_id, _name(name), step or city, when))
    return waiting


def _describe(today: date, words: str, base: Any, entries: Sequence[Entry]) -> list[Waiting]:
    lines = _read(base, entries)
    waiting = []
    for record_id, day in entries:
        _, name, city, needs, _ = lines[record_id]
        wanted = ", ".join(map(reference.service_label, (needs or "").split()))
        when = f"{words} {ago(day, today)}"
        waiting.append(Waiting(record_id, "company", record_id, _name(name), wanted or city, when))
    return waiting


def _name(legal_name: str) -> str:
    return legal_name or "(sans nom)"
