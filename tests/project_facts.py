"""Projects as facts, made for the rules alone: no base, no file."""

from dataclasses import replace
from datetime import date, datetime
from itertools import count
from typing import Any

from charte_desktop.model.project_facts import (
    Baseline,
    Document,
    Evidence,
    Exchange,
    Overrun,
    Partner,
    PriceLine,
    ProjectFacts,
    Step,
)
from charte_desktop.model.project_kinds import (
    CHARTER_STEPS,
    Between,
    DocumentKind,
    EvidenceNature,
    Means,
    Period,
    PriceKind,
    StepKind,
)
from charte_desktop.model.validity import SignatureDates
from charte_desktop.store.database import REUNION

STARTED = date(2026, 9, 1)
_ids = count(1)


def new_id() -> str:
    return f"id-{next(_ids)}"


def a_project(**fields: Any) -> ProjectFacts:
    """A project just opened: a website, a signatory, the charter's steps without dates."""
    ordinary: dict[str, Any] = {
        "id": "project",
        "number": "PR-2026-TST-00001",
        "title": "Site",
        "company": Partner(id="company", name="Boulangerie du Volcan"),
        "provider": Partner(
            id="provider",
            name="Piton Web",
            services=["S01"],
            references={"S01": "Un gîte"},
            signatures=[SignatureDates(date(2025, 3, 12), None)],
        ),
        "accompaniment_id": "held",
        "accompanied_on": date(2026, 8, 3),
        "accompaniment": "Diagnostic du 03/08/2026",
        "service_ids": ["S01"],
        "steps": [Step(id=kind.name, kind=kind, title="", position=place) for place, kind in enumerate(CHARTER_STEPS)],
    }
    return ProjectFacts(**{**ordinary, **fields})


def done(facts: ProjectFacts, *kinds: StepKind, on: date = date(2026, 9, 30)) -> ProjectFacts:
    steps = [replace(step, actual_end=on) if step.kind in kinds else step for step in facts.steps]
    return replace(facts, steps=steps, started_on=facts.started_on or STARTED)


def a_document(kind: DocumentKind, **fields: Any) -> Document:
    return Document(**{"id": new_id(), "kind": kind, "title": "", "source": "Classeur du projet", **fields})


def an_evidence(clause_id: str, nature: EvidenceNature = EvidenceNature.FACT, **fields: Any) -> Evidence:
    ordinary = {"id": new_id(), "noted_on": date(2026, 9, 2), "statement": "Écrit au compte rendu."}
    return Evidence(**{**ordinary, "clause_id": clause_id, "nature": nature, **fields})


def a_price(kind: PriceKind = PriceKind.SETUP, **fields: Any) -> PriceLine:
    ordinary = {"id": new_id(), "label": "Site", "amount": 300_000, "period": Period.ONCE}
    return PriceLine(**{**ordinary, "kind": kind, **fields})


def an_exchange(on: date, between: Between = Between.PROVIDER_CLIENT) -> Exchange:
    at = datetime(2026, 10, 1, tzinfo=REUNION)
    return Exchange(
        id=new_id(), held_on=on, means=Means.PHONE, between=between, summary="Point", adviser="A", noted_at=at
    )


def a_baseline(number: int = 1) -> Baseline:
    return Baseline(
        id=new_id(), number=number, agreed_on=date(2026, 8, 26), provider_by="Chef", client_by="Gérante", note="",
        budget=348_000, end_on=date(2026, 12, 1), dates={"WORK": ["2026-09-01", "2026-11-20"]}, total_12=0, total_36=0,
    )  # fmt: skip


def an_overrun(**fields: Any) -> Overrun:
    return Overrun(**{"id": "o", "number": 1, "opened_on": STARTED, **fields})
