"""Steps, deliverables and their dates: planned, agreed by both parties (C25), moved with a reason, done (C13, C14)."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from charte_desktop.errors import UserError
from charte_desktop.model.display import show_date
from charte_desktop.model.project import BaselineRecord, DeliverableRecord, MoveRecord, StepRecord
from charte_desktop.model.project_dates import snapshot
from charte_desktop.model.project_facts import Deliverable, ProjectFacts, Step
from charte_desktop.model.project_kinds import CHARTER_STEPS, StepKind
from charte_desktop.model.project_money import HORIZONS, project_totals
from charte_desktop.model.project_rules import require_in_order, require_past, require_plausible
from charte_desktop.model.project_state import missing_to_complete
from charte_desktop.store.project_store import ProjectStore, keep_line, line_of, next_position

if TYPE_CHECKING:
    from charte_desktop.store.journal import JournalledSession

WHY = "Écrivez pourquoi cette date change : le motif reste avec le projet."


class ProjectSteps(ProjectStore):
    """The dates of a project."""

    def add_step(
        self,
        project_id: str,
        kind: StepKind,
        title: str,
        *,
        planned_start: date | None = None,
        planned_end: date | None = None,
    ) -> str:
        """Add a step or a milestone before the delivery; its id. A milestone has its end only."""
        if kind in CHARTER_STEPS:
            raise UserError(f"Le projet a déjà l'étape « {kind.value} » : ajoutez une étape ou un jalon.")
        words = " ".join(title.split())
        if not words:
            raise UserError("Donnez un nom à cette étape ou à ce jalon.")
        if kind is StepKind.MILESTONE:
            planned_start, planned_end = None, planned_end or planned_start
        with self._changing(f"Ajouter « {words} »", project_id) as (session, facts):
            self._require_dates(words, planned_start, planned_end)
            place = _place(facts, planned_end or planned_start)
            for step in facts.steps:
                if step.position >= place:
                    session.get_one(StepRecord, step.id).position = step.position + 1
            values = {
                "kind": kind,
                "title": words,
                "position": place,
                "planned_start": planned_start,
                "planned_end": planned_end,
            }
            made = keep_line(session, StepRecord, project_id, None, values)
        return made.id

    def save_step(self, project_id: str, step_id: str, *, reason: str = "", **values: Any) -> None:
        """Keep what changed in a step: `title`, planned and actual dates, `outcome`.

        Refused: an end before its start, a real date to come, a step of the charter done without what it needs (C11,
        C17, C21, C24, C25), a call without its outcome (C27), an agreed date moved without a reason.
        """
        with self._changing("Modifier une étape", project_id) as (session, facts):
            step = _step(facts, step_id)
            record = line_of(session, StepRecord, project_id, step_id)
            after = {name: values.get(name, getattr(step, name)) for name in _DATED}
            if step.kind is StepKind.MILESTONE:
                after["planned_start"] = None
            self._require_dates(step.name, after["planned_start"], after["planned_end"])
            _require_real_dates(facts, step, after, self._database.today())
            if after["actual_end"] is not None and step.actual_end is None:
                self._require_complete(facts, step, str(values.get("outcome", step.outcome)))
            planned = after["planned_start"], after["planned_end"]
            if planned != (step.planned_start, step.planned_end):
                self._move(session, facts, step, planned, reason, is_wanted=facts.baseline is not None)
            for name, value in {**values, **after}.items():
                setattr(record, name, value)

    def complete(self, project_id: str, step_id: str, on: date, outcome: str = "") -> None:
        """Note that a step was done on `on`; refused as `save_step` refuses."""
        values: dict[str, Any] = {"actual_end": on}
        if outcome.strip():
            values["outcome"] = outcome.strip()
        self.save_step(project_id, step_id, **values)

    def drop_step(self, project_id: str, step_id: str) -> None:
        """Take out a step or a milestone that was added; those of the charter stay."""
        with self._changing("Retirer une étape", project_id) as (session, facts):
            if _step(facts, step_id).kind in CHARTER_STEPS:
                raise UserError("Cette étape est une de celles de la charte : elle reste. Laissez-la sans date.")
            if any(document.step_id == step_id for document in facts.documents):
                raise UserError("Un document tient à cette étape : changez d'abord son étape.")
            session.delete(line_of(session, StepRecord, project_id, step_id))

    def save_deliverable(self, project_id: str, deliverable_id: str | None, *, reason: str = "", **values: Any) -> str:
        """A new deliverable, or what changed in one (C13); its id. An agreed date moves with a reason."""
        title = " ".join(str(values.get("title", "")).split())
        if not title and (deliverable_id is None or "title" in values):
            raise UserError("Nommez ce qui doit être remis.")
        with self._changing("Noter un livrable", project_id) as (session, facts):
            require_plausible(values.get("planned_on"), self._database.today(), "La date prévue")
            require_past(values.get("delivered_on"), self._database.today(), "La remise")
            if deliverable_id is None:
                values["position"] = next_position([one.position for one in facts.deliverables])
            else:
                before = _deliverable(facts, deliverable_id)
                planned = values.get("planned_on", before.planned_on)
                if planned != before.planned_on:
                    is_wanted = facts.baseline is not None
                    self._move(session, facts, before, (planned, planned), reason, is_wanted=is_wanted)
            made = keep_line(session, DeliverableRecord, project_id, deliverable_id, values)
        return made.id

    def drop_deliverable(self, project_id: str, deliverable_id: str) -> None:
        """Take a deliverable off the list; refused once it is agreed on with both parties."""
        with self._changing("Retirer un livrable", project_id) as (session, facts):
            if facts.baseline is not None and deliverable_id in facts.baseline.dates:
                raise UserError(
                    "Ce livrable fait partie du planning convenu : il reste. Convenez d'abord d'un nouveau planning."
                )
            session.delete(line_of(session, DeliverableRecord, project_id, deliverable_id))

    def move(
        self,
        project_id: str,
        subject_id: str,
        start: date | None,
        end: date | None,
        reason: str,
        *,
        with_following: bool = False,
    ) -> None:
        """Move the planned dates of a step or a deliverable, with the reason; the agreed ones stay (C25, C34).

        `with_following` moves the steps after it that are not done by as many worked days.
        """
        if not reason.strip():
            raise UserError(WHY)
        with self._changing("Déplacer une date", project_id) as (session, facts):
            deliverable = next((one for one in facts.deliverables if one.id == subject_id), None)
            if deliverable is not None:
                self._move(session, facts, deliverable, (end, end), reason, is_wanted=True)
                line_of(session, DeliverableRecord, project_id, subject_id).planned_on = end
                return
            step = _step(facts, subject_id)
            if step.is_done:
                raise UserError(f"« {step.name} » est fait : sa date prévue ne bouge plus.")
            self._require_dates(step.name, start, end)
            moved = [(step, None if step.kind is StepKind.MILESTONE else start, end)]
            if with_following and step.planned_end is not None and end is not None:
                moved += self._following(facts, step, end)
            for one, new_start, new_end in moved:
                self._move(session, facts, one, (new_start, new_end), reason, is_wanted=True)
                record = line_of(session, StepRecord, project_id, one.id)
                record.planned_start, record.planned_end = new_start, new_end

    def agree_schedule(
        self, project_id: str, *, agreed_on: date, provider_by: str, client_by: str, note: str = ""
    ) -> str:
        """Keep the planned dates and the money as both parties agreed on them (C25); the baseline's id.

        Refused: somebody missing on one side, the work or the delivery without its dates.
        """
        with self._changing("Convenir du planning", project_id) as (session, facts):
            require_past(agreed_on, self._database.today(), "L'accord sur le planning")
            if not provider_by.strip() or not client_by.strip():
                raise UserError("Le planning est établi à deux : nommez qui s'est engagé de chaque côté (C25).")
            for kind in (StepKind.WORK, StepKind.DELIVERY):
                step = facts.step(kind)
                if step is None or step.planned_end is None:
                    raise UserError(f"Datez d'abord l'étape « {kind.value} » : un planning a une date de rendu (C25).")
            return keep_baseline(
                session,
                facts,
                self._database.today(),
                agreed_on=agreed_on,
                provider_by=provider_by,
                client_by=client_by,
                note=note,
            )

    # What is behind

    def _require_dates(self, what: str, start: date | None, end: date | None) -> None:
        today = self._database.today()
        for day in (start, end):
            require_plausible(day, today, f"« {what} »")
        require_in_order(start, end, f"« {what} »")

    def _require_complete(self, facts: ProjectFacts, step: Step, outcome: str) -> None:
        missing = missing_to_complete(facts, step.kind)
        if missing:
            raise UserError(f"« {step.name} » n'est pas fait : il manque {', '.join(missing)}.")
        if step.kind in (StepKind.WORK, StepKind.DELIVERY) and facts.started_on is None:
            raise UserError("Le projet n'a pas commencé : démarrez-le d'abord.")
        if step.kind is StepKind.CALL:
            if facts.delivered_on is None:
                raise UserError("Le contact suit la livraison : notez d'abord quand elle a eu lieu (C27).")
            if not outcome.strip():
                raise UserError("Écrivez ce que l'entreprise a dit du fonctionnement de la solution (C27).")

    def _following(self, facts: ProjectFacts, moved: Step, end: date) -> list[tuple[Step, date | None, date | None]]:
        """The steps after the one moved that are not done, each as many worked days later or earlier."""
        assert moved.planned_end is not None
        calendar, before = self.calendar, moved.planned_end
        first, last = min(before, end), max(before, end)
        shift = calendar.count(first, last) - calendar.is_working(first)
        shift = shift if end > before else -shift
        found: list[tuple[Step, date | None, date | None]] = []
        for step in facts.steps[facts.steps.index(moved) + 1 :]:
            if step.is_done or (step.planned_end is None and step.planned_start is None):
                continue
            days = [None if day is None else calendar.add(day, shift) for day in (step.planned_start, step.planned_end)]
            found.append((step, days[0], days[1]))
        return found

    def _move(
        self,
        session: "JournalledSession",
        facts: ProjectFacts,
        subject: Step | Deliverable,
        planned: tuple[date | None, date | None],
        reason: str,
        *,
        is_wanted: bool,
    ) -> None:
        if is_wanted and not reason.strip():
            raise UserError(WHY)
        if isinstance(subject, Step):
            before = subject.planned_start, subject.planned_end
            title = subject.name
        else:
            before, title = (subject.planned_on, subject.planned_on), subject.title
        if planned == before or not (reason.strip() or is_wanted):
            return
        session.add(
            MoveRecord(
                project_id=facts.id,
                subject_id=subject.id,
                title=title,
                start_before=before[0],
                end_before=before[1],
                start_after=planned[0],
                end_after=planned[1],
                reason=" ".join(reason.split()),
                moved_at=self._database.clock(),
                adviser=self._database.adviser,
            )
        )


def keep_baseline(
    session: "JournalledSession",
    facts: ProjectFacts,
    today: date,
    *,
    agreed_on: date,
    provider_by: str,
    client_by: str,
    note: str = "",
) -> str:
    """One more baseline from the planned dates and the money of `facts`; its id."""
    delivery = facts.step(StepKind.DELIVERY)
    totals = [project_totals(facts, months, today).whole for months in HORIZONS]
    made = BaselineRecord(
        project_id=facts.id,
        number=len(facts.baselines) + 1,
        agreed_on=agreed_on,
        provider_by=" ".join(provider_by.split()),
        client_by=" ".join(client_by.split()),
        note=note.strip(),
        budget=facts.budget,
        end_on=(delivery.planned_end if delivery is not None else None) or facts.end_on,
        dates=snapshot(facts.steps, facts.deliverables),
        total_12=totals[0],
        total_36=totals[1],
    )
    session.add(made)
    return made.id


_DATED = ("planned_start", "planned_end", "actual_start", "actual_end")


def _step(facts: ProjectFacts, step_id: str) -> Step:
    found = next((step for step in facts.steps if step.id == step_id), None)
    if found is None:
        raise UserError("Cette étape n'existe plus : actualisez le projet.")
    return found


def _deliverable(facts: ProjectFacts, deliverable_id: str) -> Deliverable:
    found = next((one for one in facts.deliverables if one.id == deliverable_id), None)
    if found is None:
        raise UserError("Ce livrable n'existe plus : actualisez le projet.")
    return found


def _place(facts: ProjectFacts, day: date | None) -> int:
    """The place of a new step: by its date within the work, before the delivery."""
    steps: Sequence[Step] = facts.steps
    delivery = next((step.position for step in steps if step.kind is StepKind.DELIVERY), len(steps) + 1)
    for step in steps:
        later = day is not None and step.planned_end is not None and step.planned_end > day
        if step.position < delivery and later and step.kind in (StepKind.STEP, StepKind.MILESTONE):
            return step.position
    return delivery


def _require_real_dates(facts: ProjectFacts, step: Step, after: dict[str, Any], today: date) -> None:
    start, end = after["actual_start"], after["actual_end"]
    require_past(start, today, f"Le début de « {step.name} »")
    require_past(end, today, f"La fin de « {step.name} »")
    require_in_order(start, end, f"« {step.name} »")
    if step.kind is StepKind.WORK and start is not None and facts.started_on is None:
        raise UserError("Le projet n'a pas commencé : démarrez-le d'abord, avec son budget et son délai (C33, C39).")
    if step.kind is StepKind.CALL and end is not None and facts.delivered_on is not None and end < facts.delivered_on:
        raise UserError(
            f"Le contact suit la livraison du {show_date(facts.delivered_on)} : il ne peut pas la précéder (C27)."
        )
