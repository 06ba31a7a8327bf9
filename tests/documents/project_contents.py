"""Projects to print: an ordinary one, and one whose every text is long or odd."""

from dataclasses import replace
from datetime import date, datetime

from charte_desktop.documents.project_timeline import TimelineOccasion
from charte_desktop.model.calendar import WorkingCalendar
from charte_desktop.model.charter_content import SignedBy
from charte_desktop.model.overrun_content import AgreementContent, agreement_content
from charte_desktop.model.project_dates import snapshot
from charte_desktop.model.project_facts import Baseline, Deliverable, Lead, Notice, Party, ProjectFacts, Step
from charte_desktop.model.project_kinds import (
    CHARTER_STEPS,
    DocumentKind,
    Means,
    NoticeKind,
    Period,
    PriceKind,
    StepKind,
)
from charte_desktop.model.project_rules import ProjectRules
from charte_desktop.model.project_templates import propose_steps, template_of
from charte_desktop.store.database import REUNION
from tests.project_facts import STARTED, a_document, a_price, a_project, an_exchange, an_overrun
from tests.signings import a_drawing

AT = datetime(2026, 11, 23, 14, 2, tzinfo=REUNION)
TODAY = AT.date()
CALENDAR, RULES = WorkingCalendar(), ProjectRules()
OCCASION = TimelineOccasion(TODAY, AT, "Camille Conseil", CALENDAR, RULES)
ODD = "Ets « Cœur » 🚀 <b>& שלום\x00\n\ud800 " + "Trèslongnom" * 40


def a_running_project(**changes: object) -> ProjectFacts:
    """A website under way: half done, one date late, one overrun, a baseline."""
    template = template_of(["S01"])
    steps = [
        Step(
            id=str(number), kind=one.kind, title=one.title, position=number, planned_start=one.start,
            planned_end=one.end, actual_end=one.end if one.kind in CHARTER_STEPS[:4] else None,
            actual_start=one.start if one.kind is StepKind.WORK else None,
        )
        for number, one in enumerate(propose_steps(template, date(2026, 9, 1), CALENDAR), 1)
    ]  # fmt: skip
    deliverables = [
        Deliverable(id=f"d{number}", title=words, position=number, planned_on=date(2026, 11, 2 + 4 * number))
        for number, words in enumerate(template.deliverables, 1)
    ]
    baseline = Baseline(
        id="b", number=1, agreed_on=STARTED, provider_by="Chef", client_by="Gérante", note="", budget=348_000,
        end_on=date(2026, 12, 15), dates=snapshot(steps, deliverables), total_12=348_000, total_36=444_000,
    )  # fmt: skip
    ordinary = a_project(
        steps=steps,
        deliverables=deliverables,
        baselines=[baseline],
        started_on=STARTED,
        charter_version="Charte v1",
        budget=348_000,
        end_on=date(2026, 12, 15),
        need="Un site pour vendre en ligne",
        adviser="Camille Conseil",
        provider_lead=Lead(name="Chef de projet Fictif", email="chef@piton.example"),
        prices=[
            a_price(),
            a_price(PriceKind.RECURRING, label="Maintenance", amount=3_000, period=Period.MONTH),
            a_price(PriceKind.SETUP, label="Boutique en ligne", amount=60_000, overrun_id="o"),
        ],
        overruns=[
            an_overrun(
                contacted_on=date(2026, 10, 5), contact_how=Means.PHONE, contact_who="Chef de projet Fictif",
                reason="La boutique n'était pas prévue.", reason_told_on=date(2026, 10, 5),
                costed_on=date(2026, 10, 8), new_end_on=date(2027, 1, 15),
            )
        ],
        exchanges=[an_exchange(date(2026, 10, 5)), an_exchange(date(2026, 11, 2))],
        notices=[Notice(id="n", kind=NoticeKind.SPECIFICATION, received_on=date(2026, 9, 21), from_whom="Chef")],
        parties=[Party(id="p", name="Photographe Fictif", role="photos")],
    )  # fmt: skip
    return replace(ordinary, **changes)  # type: ignore[arg-type]  # fields of a project


def an_odd_project() -> ProjectFacts:
    """The same with long and odd texts everywhere."""
    facts = a_running_project()
    return replace(
        facts,
        title=ODD,
        need=ODD,
        company=replace(facts.company, name=ODD),
        provider=replace(facts.provider, name=ODD),
        provider_lead=Lead(name=ODD, phone="+262692000001"),
        steps=[replace(step, title=ODD, outcome=ODD) for step in facts.steps],
        deliverables=[replace(one, title=f"{number} {ODD}") for number, one in enumerate(facts.deliverables)],
        overruns=[replace(facts.overruns[0], reason=ODD, contact_who=ODD)],
        prices=[replace(one, label=ODD) for one in facts.prices],
        documents=[a_document(one, title=ODD) for one in DocumentKind],
    )


def an_agreement(facts: ProjectFacts | None = None, *, signed: bool = True) -> AgreementContent:
    """The agreement to the overrun of a project."""
    project = facts or a_running_project()
    content = agreement_content(
        project, project.overruns[0], at=AT, adviser="Camille Conseil", device="K7Q", today=TODAY
    )
    if not signed:
        return content
    signer = SignedBy("Gérante Fictive", "Responsable légal", "Connu(e) du conseiller", a_drawing())
    return content.signed(signer, "Saint-Denis", "AD-2026-K7Q-00001")
