"""A project as bars in lanes, and where it stands against its dates."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from charte_desktop.model.calendar import WorkingCalendar
from charte_desktop.model.project_dates import Punctuality, standing_of, standing_of_project
from charte_desktop.model.project_facts import Deliverable, Notice, Step
from charte_desktop.model.project_kinds import NoticeKind, StepKind
from charte_desktop.model.timeline import BarKind, extent, lanes
from charte_desktop.store.database import REUNION
from tests.project_facts import a_baseline, a_project, an_exchange, an_overrun, done

TODAY = date(2026, 10, 20)
CALENDAR = WorkingCalendar()
NOVEMBER = date(2026, 11, 12)
NOON = datetime(2026, 10, 20, 12, tzinfo=REUNION)


def a_step(**fields: object) -> Step:
    return Step(**{"id": "s", "kind": StepKind.WORK, "title": "", "position": 1, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "punctuality", "words"),
    [
        ({}, Punctuality.UNDATED, "aucune date prévue"),
        ({"planned_end": date(2026, 10, 19)}, Punctuality.LATE, "en retard de 1 jour ouvré sur le 19/10/2026"),
        ({"planned_end": date(2026, 10, 16)}, Punctuality.LATE, "en retard de 2 jours ouvrés sur le 16/10/2026"),
        ({"planned_end": TODAY}, Punctuality.AT_RISK, "pas commencé, 1 jour ouvré avant la fin prévue"),
        (
            {"planned_start": date(2026, 10, 12), "planned_end": date(2026, 11, 12)},
            Punctuality.AT_RISK,
            "devait commencer le 12/10/2026",
        ),
        (
            {
                "planned_start": date(2026, 10, 12),
                "actual_start": date(2026, 10, 14),
                "planned_end": date(2026, 11, 12),
            },
            Punctuality.ON_TIME,
            "prévu pour le 12/11/2026",
        ),
        (
            {"planned_end": date(2026, 10, 9), "actual_end": date(2026, 10, 13)},
            Punctuality.DONE_LATE,
            "fait le 13/10/2026, 2 jours ouvrés après la date",
        ),
        ({"planned_end": date(2026, 10, 9), "actual_end": date(2026, 10, 9)}, Punctuality.DONE, "fait le 09/10/2026"),
    ],
)
def test_c34_a_step_is_on_time_at_risk_or_late_in_worked_days(
    fields: dict[str, object], punctuality: Punctuality, words: str
) -> None:
    found = standing_of(a_step(**fields), (), TODAY, CALENDAR)
    assert (found.punctuality, found.words) == (punctuality, words)


def test_a_step_that_waits_for_a_late_one_is_at_risk() -> None:
    late = a_step(id="a", kind=StepKind.SPECIFICATION, planned_end=date(2026, 10, 9))
    step = a_step(actual_start=TODAY, planned_end=date(2026, 12, 1))
    assert standing_of(step, [late], TODAY, CALENDAR).words == "attend « Cahier des charges », en retard"


def test_the_gravest_of_what_is_not_done_is_the_projects() -> None:
    facts = a_project(deliverables=[Deliverable(id="d", title="Guide", position=1, planned_on=date(2026, 10, 1))])
    found = standing_of_project(facts, TODAY, CALENDAR)
    assert (found.punctuality, found.words) == (Punctuality.LATE, "« Guide » attendu le 01/10/2026")


def test_c25_a_delivery_beyond_the_agreed_end_is_a_risk() -> None:
    facts = a_project(baselines=[a_baseline()])
    steps = [
        replace(step, planned_end=date(2026, 12, 15)) if step.kind is StepKind.DELIVERY else step
        for step in facts.steps
    ]
    found = standing_of_project(replace(facts, steps=steps), TODAY, CALENDAR)
    assert found.words == "livraison prévue le 15/12/2026, convenue le 01/12/2026"


def test_each_step_and_deliverable_has_its_lane_and_notices_exchanges_and_overruns_have_theirs() -> None:
    facts = done(a_project(), StepKind.SPECIFICATION)
    facts = replace(
        facts,
        deliverables=[Deliverable(id="d", title="Guide", position=1, planned_on=date(2026, 11, 6))],
        exchanges=[an_exchange(date(2026, 10, 1)), an_exchange(date(2026, 10, 8))],
        overruns=[an_overrun(contacted_on=date(2026, 10, 2))],
        notices=[Notice(id="n", kind=NoticeKind.END_OF_WORK, received_on=TODAY, from_whom="Chef")],
        baselines=[a_baseline()],
    )
    found = lanes(facts, TODAY, CALENDAR)
    groups = [lane.group for lane in found]
    assert groups == ["Étapes"] * 7 + ["Livrables", "Avis à la CCIR", "Échanges", "Dépassements"]
    work = next(lane.bars[0] for lane in found if lane.title == "Réalisation")
    assert work.agreed == (date(2026, 9, 1), date(2026, 11, 20))
    assert work.kind is BarKind.STEP
    notices = next(lane.bars for lane in found if lane.title == "Avis à la CCIR")
    assert [bar.standing.punctuality for bar in notices] == [Punctuality.LATE, Punctuality.DONE]
    assert len(next(lane.bars for lane in found if lane.title == "Échanges")) == 2
    first, last = extent(found, TODAY)
    assert first < date(2026, 9, 1) < TODAY < date(2026, 11, 20) < last


def test_a_bar_can_be_read_aloud() -> None:
    facts = a_project(baselines=[a_baseline()])
    steps = [
        replace(step, planned_start=date(2026, 9, 7), planned_end=date(2026, 11, 27), actual_start=date(2026, 9, 8))
        if step.kind is StepKind.WORK
        else step
        for step in facts.steps
    ]
    work = next(
        lane.bars[0] for lane in lanes(replace(facts, steps=steps), TODAY, CALENDAR) if lane.title == "Réalisation"
    )
    assert work.words() == (
        "Réalisation, prévu du 07/09/2026 au 27/11/2026, convenu du 01/09/2026 au 20/11/2026, "
        "réel du 08/09/2026 au 20/10/2026, prévu pour le 27/11/2026"
    )
    assert work.can_move


def test_a_project_without_any_date_still_has_something_to_show() -> None:
    found = lanes(a_project(), TODAY, CALENDAR)
    first, last = extent(found, TODAY)
    assert first < TODAY < last
