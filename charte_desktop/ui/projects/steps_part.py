"""Steps, deliverables and agreed schedules of a project, as lists."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from charte_desktop.model import project_fields as fields
from charte_desktop.model.display import show_date
from charte_desktop.model.project_dates import Punctuality, Standing, agreed_dates, standing_of_deliverable, standings
from charte_desktop.model.project_facts import Baseline, Deliverable, ProjectFacts, Step
from charte_desktop.model.project_kinds import StepKind
from charte_desktop.model.typed_fields import TypedField
from charte_desktop.ui import marks
from charte_desktop.ui.line_form import LineRequest
from charte_desktop.ui.lines_part import LineAct, LineKind, LinesPart
from charte_desktop.ui.record_table import Column

if TYPE_CHECKING:
    from charte_desktop.ui.projects.project_desk import ProjectDesk

STEPS, DELIVERABLES, SCHEDULES = "project_step", "project_deliverable", "project_baseline"


def mark_of(punctuality: Punctuality) -> marks.Mark:
    """The shape and the colour of a punctuality; its word stands beside it."""
    return {
        Punctuality.LATE: ("cross", "error"),
        Punctuality.AT_RISK: ("triangle", "warning"),
        Punctuality.ON_TIME: ("disc", "accent"),
        Punctuality.UNDATED: ("ring", "muted"),
        Punctuality.DONE: ("disc", "done"),
        Punctuality.DONE_LATE: ("half", "done"),
    }[punctuality]


class StepsPart(LinesPart):
    """What is to be done and when: planned, agreed, done."""

    attach_asked = Signal(str)
    """Join a document to this step: its id."""

    def open(self, desk: "ProjectDesk") -> None:
        """Serve this desk from now on."""
        self._desk = desk
        self._standings: dict[str, Standing] = {}
        self.serve(desk.database, [self._step_kind(), self._deliverable_kind(), self._schedule_kind()])

    def show_project(self, facts: ProjectFacts) -> None:
        """Show the steps of the project on the desk."""
        store = self._desk.store
        self._standings = standings(facts.steps, self._desk.today, store.calendar, store.rules)
        self.show_lines(facts.id, is_open=self._desk.is_open)

    # Steps

    def _step_kind(self) -> LineKind[Step]:
        desk = self._desk
        return LineKind(
            STEPS,
            "Étapes et jalons",
            [
                Column("Étape", lambda one: one.name, sample="Contact après livraison", hint=self._with_papers),
                Column("Prévu", lambda one: _span(one.planned_start, one.planned_end), sample="00/00 – 00/00/0000"),
                Column("Convenu", self._agreed, sample="00/00/0000", hint=self._agreed_in_full),
                Column("Fait le", lambda one: _day(one.actual_end), sample="00/00/0000"),
                Column(
                    "Où elle en est",
                    lambda one: self._standing(one).words,
                    sample="en retard de 00 jours ou",
                    signs=lambda one: [mark_of(self._standing(one).punctuality)],
                    most_signs=1,
                    hint=lambda one: self._standing(one).words,
                ),
            ],
            lambda: desk.facts.steps,
            lambda one: one.id,
            "Aucune étape.",
            new_words="Ajouter…",
            new_title="Nouvelle étape, ou nouveau jalon",
            fields=fields.STEP_FIELDS,
            new_fields=fields.NEW_STEP_FIELDS,
            begins_part="actual_start",
            new_begins_part="planned_start",
            line_title=lambda one: f"Étape « {one.name} »",
            keep=self._keep_step,
            drop=lambda one: desk.steps.drop_step(desk.project_id, one.id),
            acts=(
                LineAct("Fait…", "Note le jour où c'est fait", self.note_done, self._may),
                LineAct("Déplacer…", "Change les dates prévues, avec le motif", self.ask_move, self._may),
                LineAct("Joindre…", "Joint un document à cette étape", lambda one: self.attach_asked.emit(one.id)),
                LineAct("Pas encore fait", "Efface le jour où c'était fait", self._undo_done, self._was_done),
            ),
        )

    def _with_papers(self, step: Step) -> str:
        names = [one.name for one in self._desk.facts.documents if one.step_id == step.id]
        return f"{step.name} : {', '.join(names)}" if names else step.name

    def _may(self, step: Step) -> bool:
        return self._desk.is_open and not step.is_done

    def _was_done(self, step: Step) -> bool:
        return self._desk.is_open and step.is_done

    def _standing(self, step: Step) -> Standing:
        return self._standings.get(step.id) or Standing(Punctuality.UNDATED, "")

    def _agreed(self, step: Step) -> str:
        return _day(agreed_dates(self._desk.facts.baseline, step.id)[1])

    def _agreed_in_full(self, step: Step) -> str:
        return _span(*agreed_dates(self._desk.facts.baseline, step.id))

    def _keep_step(self, step_id: str | None, values: dict[str, Any], _: object) -> None:
        desk = self._desk
        if step_id is None:
            kind, title = values.pop("kind"), values.pop("title")
            desk.steps.add_step(desk.project_id, kind, title, **values)
        else:
            desk.steps.save_step(desk.project_id, step_id, **values)

    def note_done(self, step: Step) -> None:
        """Ask for the day on which a step was done, and what came of it."""
        desk = self._desk
        call = step.kind is StepKind.CALL
        intro = "Ce que l'entreprise a dit du fonctionnement de la solution (C27)." if call else ""
        self.ask(
            fields.DONE_FIELDS,
            LineRequest(
                f"« {step.name} » est fait",
                lambda values, _: desk.steps.complete(desk.project_id, step.id, values["on"], values["outcome"]),
                ("project_done", step.id),
                intro=intro,
                proposed={"on": show_date(desk.today)},
            ),
        )

    def _undo_done(self, step: Step) -> None:
        self._desk.steps.save_step(self._desk.project_id, step.id, actual_end=None)
        self.changed.emit()

    def ask_move(
        self, step: Step | Deliverable, start: date | None = None, end: date | None = None, *, following: bool = False
    ) -> None:
        """Ask for other planned dates and why; `start` and `end` are proposed."""
        desk = self._desk
        wanted: Sequence[TypedField] = fields.MOVE_FIELDS
        if isinstance(step, Step):
            name, before = step.name, (step.planned_start, step.planned_end)
        else:
            name, before = step.title, (None, step.planned_on)
            wanted = [one for one in wanted if one.name in ("end", "reason")]
        proposed = {"start": _day(start or before[0]), "end": _day(end or before[1])}
        if following:
            proposed["with_following"] = "FOLLOW"
        agreed = _span(*agreed_dates(desk.facts.baseline, step.id))
        self.ask(
            wanted,
            LineRequest(
                f"Déplacer « {name} »",
                lambda values, _: self._move(step.id, values),
                ("project_move", step.id),
                intro=f"Prévu : {_span(*before) or 'sans date'}."
                + (f" Convenu à deux : {agreed}, et cela reste écrit." if agreed else ""),
                button="Déplacer",
                proposed=proposed,
            ),
        )

    def _move(self, subject_id: str, values: dict[str, Any]) -> None:
        desk = self._desk
        following = values.get("with_following")
        desk.steps.move(
            desk.project_id,
            subject_id,
            values.get("start"),
            values["end"],
            values["reason"],
            with_following=following is not None and following.name == "FOLLOW",
        )

    # Deliverables

    def _deliverable_kind(self) -> LineKind[Deliverable]:
        desk = self._desk

        def standing(one: Deliverable) -> Standing:
            return standing_of_deliverable(one, desk.today)

        return LineKind(
            DELIVERABLES,
            "Livrables",
            [
                Column("Livrable", lambda one: one.title, sample="Mentions légales et politique"),
                Column("Prévu", lambda one: _day(one.planned_on), sample="00/00/0000"),
                Column("Convenu", lambda one: _day(agreed_dates(desk.facts.baseline, one.id)[1]), sample="00/00/0000"),
                Column("Remis le", lambda one: _day(one.delivered_on), sample="00/00/0000"),
                Column(
                    "Où il en est",
                    lambda one: standing(one).words,
                    sample="attendu le 00/00/0000",
                    signs=lambda one: [mark_of(standing(one).punctuality)],
                ),
            ],
            lambda: desk.facts.deliverables,
            lambda one: one.id,
            "La liste claire de ce que le prestataire doit remettre, avec le devis (C13).",
            new_words="Ajouter un livrable…",
            new_title="Nouveau livrable",
            fields=fields.DELIVERABLE_FIELDS,
            new_fields=fields.DELIVERABLE_FIELDS[:4],
            begins_part="note",
            line_title=lambda one: f"Livrable « {one.title} »",
            keep=lambda one, values, _: desk.steps.save_deliverable(desk.project_id, one, **values),
            drop=lambda one: desk.steps.drop_deliverable(desk.project_id, one.id),
            acts=(
                LineAct("Remis…", "Note le jour de la remise", self._ask_handed, self._may_hand),
                LineAct("Déplacer…", "Change la date prévue, avec le motif", self.ask_move, self._may_hand),
            ),
        )

    def _may_hand(self, one: Deliverable) -> bool:
        return self._desk.is_open and one.delivered_on is None

    def _ask_handed(self, one: Deliverable) -> None:
        desk = self._desk
        self.ask(
            fields.HANDED_FIELDS,
            LineRequest(
                f"« {one.title} » est remis",
                lambda values, _: desk.steps.save_deliverable(desk.project_id, one.id, **values),
                ("project_handed", one.id),
                proposed={"delivered_on": show_date(desk.today)},
            ),
        )

    # Agreed schedules

    def _schedule_kind(self) -> LineKind[Baseline]:
        desk = self._desk
        return LineKind(
            SCHEDULES,
            "Planning convenu",
            [
                Column("Planning", lambda one: f"n° {one.number}", sample="n° 00"),
                Column("Convenu le", lambda one: _day(one.agreed_on), sample="00/00/0000"),
                Column("Pour le prestataire", lambda one: one.provider_by, sample="Chef de projet Fictif"),
                Column("Pour l'entreprise", lambda one: one.client_by, sample="Chef de projet Fictif"),
                Column("Livraison", lambda one: self._delivery(one), sample="00/00/0000"),
                Column("Remarque", lambda one: one.note),
            ],
            lambda: desk.facts.baselines,
            lambda one: one.id,
            "Le planning avec sa date de rendu, établi à deux (C25). Datez les étapes, puis convenez-en : ces dates et "
            "ces montants restent écrits, quoi qu'il arrive ensuite.",
            new_words="Convenir du planning…",
            new_title="Convenir du planning",
            new_fields=fields.BASELINE_FIELDS,
            intro="Les dates prévues aujourd'hui, les livrables et les montants deviennent la référence, à côté des "
            "précédentes.",
            button="Convenir",
            keep=lambda _, values, __: desk.steps.agree_schedule(desk.project_id, **values),
            proposed=lambda: {
                "agreed_on": show_date(desk.today),
                "provider_by": desk.facts.provider_lead.name,
                "client_by": desk.facts.client_lead.name,
            },
        )

    def _delivery(self, one: Baseline) -> str:
        delivery = self._desk.facts.step(StepKind.DELIVERY)
        return "" if delivery is None else _day(agreed_dates(one, delivery.id)[1])


def _day(day: date | None) -> str:
    return "" if day is None else show_date(day)


def _span(start: date | None, end: date | None) -> str:
    if start is None or start == end:
        return _day(end)
    if end is not None and start.year == end.year:
        return f"{start:%d/%m} – {_day(end)}"
    return f"{_day(start)} – {_day(end)}"
