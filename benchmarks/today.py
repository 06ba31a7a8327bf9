"""Aujourd'hui on 20,000 companies and 60,000 accompaniments, until it is painted, against its bare aggregate queries.

Each run begins with a base just opened. The floor asks, with the bare driver, for what the baskets, the counts and the
charts are made of; it makes no record, no sentence and no ink of it.
"""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

from benchmarks.base import a_company, big_base, sirens
from benchmarks.open_window import application
from benchmarks.stopwatch import Promise, promise, seconds
from charte_desktop.model.accompaniment import Accompaniment, Need
from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.activity import year_of
from charte_desktop.model.follow_up import NeedState, Outcome
from charte_desktop.store import activity, company_lines
from charte_desktop.store.cipher import raw_connection
from charte_desktop.store.database import Database

FOLDER = Path("build/bench/today")
COMPANIES, ACCOMPANIMENTS = 20_000, 60_000
RUNS = 7
MUST = 3.0
_SERVICES = ("S01", "S03", "S05", "S08", "S13", "S14", "S16")
_AT_A_TIME = 5_000


def base_of_years() -> Database:
    """The base, made the first time."""
    if Database.exists(FOLDER):
        return Database.open(FOLDER)
    database = big_base(FOLDER, providers=200, companies=0)
    random, today = Random(7), database.today()
    numbers = iter(sirens(random, COMPANIES))
    for _ in range(0, COMPANIES, _AT_A_TIME):
        companies = [a_company(random, next(numbers)) for _ in range(_AT_A_TIME)]
        with database.transaction("Préparer la mesure") as session:
            session.add_all(companies)
            session.flush()
            for company in companies:
                session.add_all(_held(random, company.id, today))
                session.flush()
    return database


def _held(random: Random, company_id: str, today: date) -> list[Accompaniment | Need]:
    records: list[Accompaniment | Need] = []
    for place in range(ACCOMPANIMENTS // COMPANIES):
        day = today - timedelta(days=random.randrange(1_500) + 10)
        is_closed = place < 2 or random.random() < 0.85
        held = Accompaniment(
            company_id=company_id,
            kind=random.choice(tuple(AccompanimentKind)),
            held_on=day,
            adviser="Mesure",
            notes="Ce qui s'est dit.",
            next_on=None if is_closed or random.random() < 0.5 else day + timedelta(days=14),
        )
        if is_closed:
            held.outcome, held.closed_on = Outcome.HELPED, min(day + timedelta(days=30), today)
        records.append(held)
        records.append(
            Need(
                company_id=company_id,
                accompaniment_id=held.id,
                service_id=random.choice(_SERVICES),
                noted_on=day,
                state=NeedState.MET if is_closed else NeedState.SHEET_HANDED,
                settled_on=held.closed_on,
            )
        )
    return sorted(records, key=lambda one: isinstance(one, Need))


def measure() -> Promise:
    """Both in turn, each on connections of its own."""
    base_of_years().close()
    running = application()
    ours, floor = [], []
    for number in range(RUNS + 1):
        mine, bare = _shown(running.processEvents), _asked()
        if number:
            ours.append(mine)
            floor.append(bare)
    words = f"Aujourd'hui on {COMPANIES:,} companies, {ACCOMPANIMENTS:,} accompaniments, painted"
    return promise(words, (median(ours), median(floor)), "ms", must=MUST)


def _shown(step: Callable[[], object]) -> float:
    """Seconds from the base being there to the tab painted with everything."""
    from charte_desktop.ui.today.today_tab import TodayTab

    database = Database.open(FOLDER)
    tab = TodayTab()
    tab.resize(1366, 660)
    tab.show()
    step()
    tab.open(database)
    start = perf_counter()
    tab.reload()
    while not tab.has_counted:
        step()
    tab.repaint()
    for chart in (tab.months, tab.families, tab.island, tab.baskets.viewport(), tab.lines.viewport()):
        chart.repaint()
    took = perf_counter() - start
    tab.close()
    tab.deleteLater()
    step()
    database.close()
    return took


def _asked() -> float:
    database = Database.open(FOLDER)
    bare = raw_connection(database.path, database.key)
    year = year_of(database.today())
    days = (year.first.isoformat(), year.last.isoformat())

    def ask() -> None:
        lines = company_lines
        for query in (lines._HELD, lines._NEEDED, lines._HEARD, lines._HANDED, lines._ASKED):
            bare.execute(query.format(condition="1")).fetchall()
        bare.execute(f"{lines._LINES} 1").fetchall()
        for query in (activity._BY_MONTH, activity._BY_SERVICE, activity._BY_COMMUNE):
            bare.execute(query, days).fetchall()
        bare.execute("SELECT id FROM directory_sheet").fetchall()
        bare.execute("SELECT id, held_on FROM workshop_session").fetchall()
        bare.execute("SELECT id, deleted_at, withdrawn_on FROM provider").fetchall()
        bare.execute("SELECT provider_id, signed_on, cancelled_on, version_id FROM signature").fetchall()

    took = seconds(ask)
    bare.close()
    database.close()
    return took
