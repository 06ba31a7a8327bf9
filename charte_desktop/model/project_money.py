"""What a project costs: the charter's three kinds of prices, totals over a time, what was billed (C39 to C41)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from charte_desktop.model.project_facts import Invoice, Overrun, PriceChange, PriceLine, ProjectFacts
from charte_desktop.model.project_kinds import Answer, PriceKind

HORIZONS = (12, 36)
"""Months over which totals are told."""


@dataclass(frozen=True)
class Totals:
    """What is paid over a time, by kind; cents."""

    setup: int = 0
    recurring: int = 0
    external: int = 0

    @property
    def whole(self) -> int:
        """Everything."""
        return self.setup + self.recurring + self.external

    def of(self, kind: PriceKind) -> int:
        """What one kind takes."""
        return {PriceKind.SETUP: self.setup, PriceKind.RECURRING: self.recurring, PriceKind.EXTERNAL: self.external}[
            kind
        ]


def add_months(day: date, months: int) -> date:
    """The same day of a later month; the month's last day when it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(day.day - 1), following - timedelta(1))


def amount_on(line: PriceLine, day: date, changes: Iterable[PriceChange]) -> int:
    """The price of one payment on `day`: the last change that the client accepted and that had its effect (C41)."""
    amount = line.amount
    for change in sorted(changes, key=lambda one: one.effective_on):
        if change.price_line_id == line.id and change.answer is Answer.ACCEPTED and change.effective_on <= day:
            amount = change.new_amount
    return amount


def total_of_line(line: PriceLine, changes: Sequence[PriceChange], months: int, begins_on: date) -> int:
    """What a price takes over `months` from its first payment; a single payment counts once, whenever it is."""
    first = line.begins_on or begins_on
    if not line.period.months:
        return amount_on(line, first, changes)
    payments = range(0, months, line.period.months)
    return sum(amount_on(line, add_months(first, at), changes) for at in payments)


def totals(lines: Iterable[PriceLine], changes: Sequence[PriceChange], months: int, begins_on: date) -> Totals:
    """The totals of some prices over `months`; recurring ones without a first day begin on `begins_on`."""
    found = dict.fromkeys(PriceKind, 0)
    for line in lines:
        found[line.kind] += total_of_line(line, changes, months, begins_on)
    return Totals(found[PriceKind.SETUP], found[PriceKind.RECURRING], found[PriceKind.EXTERNAL])


def agreed_lines(facts: ProjectFacts) -> list[PriceLine]:
    """The prices that count: those of the quote, and those of the overruns that the client agreed to (C38)."""
    agreed = {one.id for one in facts.overruns if one.answer is Answer.ACCEPTED}
    return [line for line in facts.prices if line.overrun_id is None or line.overrun_id in agreed]


def lines_of(facts: ProjectFacts, overrun: Overrun) -> list[PriceLine]:
    """The prices of an overrun (C37)."""
    return [line for line in facts.prices if line.overrun_id == overrun.id]


def first_payment(facts: ProjectFacts, today: date) -> date:
    """The day from which recurring prices run when nothing else is said: the start of the project."""
    return facts.started_on or today


def project_totals(facts: ProjectFacts, months: int, today: date) -> Totals:
    """The totals of what was agreed, over `months`."""
    return totals(agreed_lines(facts), facts.price_changes, months, first_payment(facts, today))


def cost_of(facts: ProjectFacts, overrun: Overrun, today: date) -> int:
    """What an overrun adds to the global budget: its prices, the recurring ones over the first twelve months."""
    return totals(lines_of(facts, overrun), (), HORIZONS[0], first_payment(facts, today)).whole


@dataclass(frozen=True)
class BudgetState:
    """The budget against what happened; cents."""

    first: int | None
    """As agreed before the start (C39)."""
    now: int | None
    """With the overruns that were agreed."""
    invoiced: int

    @property
    def beyond(self) -> int:
        """What was billed beyond the budget."""
        return max(0, self.invoiced - self.now) if self.now is not None else 0

    @property
    def left(self) -> int | None:
        """What may still be billed within the budget."""
        return None if self.now is None else self.now - self.invoiced


def budget_state(facts: ProjectFacts) -> BudgetState:
    """The budget first agreed, the budget now, and what was billed."""
    first = facts.baselines[0].budget if facts.baselines else facts.budget
    return BudgetState(first, facts.budget, invoiced(facts.invoices))


def invoiced(invoices: Iterable[Invoice], line_id: str | None = None) -> int:
    """What was billed in all, credit notes taken off; for one price with `line_id`."""
    return sum(one.amount for one in invoices if line_id is None or one.price_line_id == line_id)
