"""Projects of the demonstration, each led to another point: prepared, running, late, delivered, interrupted, closed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from charte_desktop.model.project_facts import ProjectFacts
from charte_desktop.model.project_kinds import (
    Between,
    DocumentKind,
    EvidenceNature,
    Means,
    NoticeKind,
    Period,
    PriceKind,
    StepKind,
)
from charte_desktop.model.provider_state import ProviderState
from charte_desktop.store.database import Database
from charte_desktop.store.project_incapacity import ProjectIncapacity
from charte_desktop.store.project_log import ProjectLog
from charte_desktop.store.project_money import ProjectMoney
from charte_desktop.store.project_overruns import ProjectOverruns
from charte_desktop.store.project_papers import ProjectPapers
from charte_desktop.store.project_steps import ProjectSteps
from charte_desktop.store.project_timelines import ProjectTimelines
from charte_desktop.store.provider_rows import ProviderRows

_BINDER = "Classeur Charte, bureau de l'antenne Ouest"


@dataclass(frozen=True)
class Plot:
    """How far a project of the demonstration has come, and what happens in it."""

    service: str
    title: str
    need: str
    begun: int
    """Days before today when its quote was asked for."""
    steps: int
    """How many of the charter's steps are done."""
    setup: int
    """Cents."""
    monthly: int = 0
    happenings: Sequence[str] = field(default_factory=tuple)
    """Names of what befalls it, in order."""


PLOTS = (
    Plot("S01", "Site vitrine et réservation", "Être trouvée en ligne et prendre des réservations sans téléphone.",
         74, 4, 320_000, 2_900, ("news", "notice", "overrun", "party", "advice")),
    Plot("S01", "Boutique en ligne", "Vendre les coffrets toute l'année, avec retrait sur place.",
         66, 4, 540_000, 4_500, ("late",)),
    Plot("S07", "Six mois de réseaux sociaux", "Publier deux fois par semaine sans y passer ses soirées.",
         95, 6, 180_000, 0, ("news", "notice", "end")),
    Plot("S15", "Logiciel de devis et factures", "Ne plus ressaisir les chantiers trois fois.",
         120, 4, 260_000, 6_900, ("frozen",)),
    Plot("S14", "Caisse et stocks", "Connaître le stock sans inventaire hebdomadaire.",
         20, 2, 410_000, 3_500, ()),
    Plot("S05", "Identité visuelle", "Un logo lisible sur les emballages et l'enseigne.",
         5, 0, 150_000, 0, ()),
    Plot("S08", "Campagne de saison", "Remplir les mois creux.",
         150, 7, 220_000, 0, ("news", "notice", "end", "closed")),
    Plot("S11", "Sauvegardes et postes", "Ne plus perdre de fichiers.",
         52, 4, 190_000, 2_000, ("news", "price")),
)  # fmt: skip
"""In the order in which they are opened."""
_LENGTHS = {StepKind.QUOTE: 6, StepKind.ORDER: 12, StepKind.SPECIFICATION: 20, StepKind.SCHEDULE: 24}


def demonstration_projects(database: Database, plots: Sequence[Plot] = PLOTS) -> list[ProjectFacts]:
    """Lead these projects in the base, whose companies and providers are those of the demonstration."""
    pairs = _pairs(database, plots)
    return [_Lead(database, plot).lead(company, provider) for plot, (company, provider) in pairs]


def _pairs(database: Database, plots: Sequence[Plot]) -> list[tuple[Plot, tuple[str, str]]]:
    """A company accompanied in time and a signatory that declares the service, another for each plot."""
    today, taken, rows = database.today(), set[str](), ProviderRows(database)
    found = []
    with database.looking() as base:
        for plot in plots:
            day = (today - timedelta(plot.begun)).isoformat()
            company = base.execute(
                "SELECT company_id FROM accompaniment WHERE held_on <= ? AND company_id NOT IN (SELECT value FROM "
                "json_each(?)) ORDER BY held_on DESC, company_id LIMIT 1",
                (day, _json(taken)),
            ).fetchone()[0]
            provider = next(
                row.id
                for row in rows.search(state=ProviderState.SIGNATORY, service_ids=[plot.service])
                if row.id not in taken and _signed_by(row.id, rows, day)
            )
            taken |= {company, provider}
            found.append((plot, (company, provider)))
    return found


def _signed_by(provider_id: str, rows: ProviderRows, day: str) -> bool:
    """Whether the provider was a signatory on that day already."""
    return any(one.binds_on(date.fromisoformat(day), rows.rule) for one in rows.facts(provider_id).signatures)


def _json(ids: set[str]) -> str:
    import json

    return json.dumps(sorted(ids))


class _Lead:
    """One project, from its first day to where its plot leaves it."""

    def __init__(self, database: Database, plot: Plot) -> None:
        self.database, self.plot = database, plot
        self.timelines, self.steps = ProjectTimelines(database), ProjectSteps(database)
        self.papers, self.log = ProjectPapers(database), ProjectLog(database)
        self.money = ProjectMoney(database)
        self.first = database.today() - timedelta(plot.begun)
        self.id = ""

    @property
    def facts(self) -> ProjectFacts:
        return self.timelines.facts(self.id)

    def day(self, after: int) -> date:
        """A day after the first one, never to come."""
        return min(self.first + timedelta(after), self.database.today())

    def lead(self, company_id: str, provider_id: str) -> ProjectFacts:
        plot = self.plot
        self.id = self.timelines.open(
            company_id, provider_id, [plot.service], title=plot.title, need=plot.need, first_day=self.first
        ).id
        if plot.steps:
            self._quote()
        if plot.steps > 1:
            self._order()
        if plot.steps > 3:
            self._begin()
            if "late" not in plot.happenings and "frozen" not in plot.happenings:
                self._milestones()
        if plot.steps > 5:
            self._deliver()
        for one in plot.happenings:
            getattr(self, f"_{one}")()
        return self.facts

    def _done(self, kind: StepKind, on: date, outcome: str = "") -> None:
        step = self.facts.step(kind)
        assert step is not None
        self.steps.complete(self.id, step.id, on, outcome)

    def _paper(self, kind: DocumentKind, after: int, **values: Any) -> str:
        return self.papers.add_document(self.id, kind, dated_on=self.day(after), source=_BINDER, **values)

    def _quote(self) -> None:
        plot = self.plot
        self.money.save_price(self.id, None, kind=PriceKind.SETUP, label="Mise en place", amount=plot.setup)
        if plot.monthly:
            self.money.save_price(
                self.id, None, kind=PriceKind.RECURRING, label="Maintenance et assistance", amount=plot.monthly,
                period=Period.MONTH,
            )  # fmt: skip
            self.money.save_price(
                self.id, None, kind=PriceKind.EXTERNAL, label="Nom de domaine et hébergement", amount=14_400,
                period=Period.YEAR, supplier="Hébergeur Fictif",
            )  # fmt: skip
        self._paper(DocumentKind.QUOTE, 5, title="Devis détaillé", clause_ids=["C21"])
        self._done(StepKind.QUOTE, self.day(6))

    def _order(self) -> None:
        contract = self._paper(DocumentKind.CONTRACT, 11, signed_on=self.day(11))
        self.papers.annex(self.id, contract, self.day(11), source=_BINDER)
        self._paper(DocumentKind.SPECIFICATION, 12)
        self._done(StepKind.ORDER, self.day(12))

    def _begin(self) -> None:
        plot, facts = self.plot, self.facts
        project = self.timelines.get(self.id)
        delivery = facts.step(StepKind.DELIVERY)
        assert delivery is not None
        assert delivery.planned_end is not None
        budget = plot.setup + 12 * plot.monthly + (14_400 if plot.monthly else 0)
        lead = f"Chef de projet {facts.provider.name.split()[0]}"
        for name, text in (
            ("budget", f"{budget // 100}"),
            ("end_on", f"{delivery.planned_end:%d/%m/%Y}"),
            ("provider_lead_name", lead),
            ("provider_lead_phone", "0692 00 00 07"),
            ("provider_lead_email", "projet@prestataire.example"),
            ("method", "Un point de vingt minutes chaque lundi, noté dans le planning partagé."),
        ):
            project.enter(name, text)
        self.timelines.save(project)
        self._done(StepKind.SPECIFICATION, self.day(20))
        client = facts.client_lead.name or facts.company.name
        self.steps.agree_schedule(self.id, agreed_on=self.day(23), provider_by=lead, client_by=client)
        self._done(StepKind.SCHEDULE, self.day(24))
        self.timelines.start(self.id, self.day(25))
        work = facts.step(StepKind.WORK)
        assert work is not None
        self.steps.save_step(self.id, work.id, actual_start=self.day(25))
        self.log.note_exchange(
            self.id, self.day(26), Means.MEETING, Between.ALL, "Lancement : qui fait quoi, et le premier point lundi."
        )

    def _milestones(self) -> None:
        """What was due by yesterday is done, but in a project that nobody follows."""
        facts, today = self.facts, self.database.today()
        for step in facts.steps:
            if step.kind is StepKind.MILESTONE and step.planned_end is not None and step.planned_end < today:
                self.steps.complete(self.id, step.id, step.planned_end)
        schedule = facts.step(StepKind.WORK)
        assert schedule is not None
        for place, one in enumerate(facts.deliverables):
            if schedule.planned_end is not None:
                day = schedule.planned_end - timedelta(7 * max(len(facts.deliverables) - place - 1, 0))
                done = day if day < today else None
                self.steps.save_deliverable(
                    self.id, one.id, title=one.title, planned_on=day, delivered_on=done, reason="Prévu au planning"
                )

    def _deliver(self) -> None:
        facts = self.facts
        work, delivery = facts.step(StepKind.WORK), facts.step(StepKind.DELIVERY)
        assert work is not None
        assert delivery is not None
        for one in facts.deliverables:
            self.steps.save_deliverable(self.id, one.id, title=one.title, delivered_on=self.day(60))
        self.steps.complete(self.id, work.id, self.day(58))
        self._paper(DocumentKind.DELIVERY, 61, title="Procès-verbal de livraison", signed_on=self.day(61))
        self.steps.complete(self.id, delivery.id, self.day(61))

    # What befalls it

    def _news(self) -> None:
        days = [self.database.today() - timedelta(one) for one in (19, 12, 5)]
        if self.facts.delivered_on:
            days = [self.day(one) for one in (32, 40, 50)]
        told = (
            "Maquettes montrées, deux retouches demandées.",
            "Textes et photos reçus.",
            "Essai sur place : tout suit.",
        )
        for day, words in zip(days, told, strict=True):
            self.log.note_exchange(self.id, day, Means.VIDEO, Between.PROVIDER_CLIENT, words)

    def _notice(self) -> None:
        lead = self.facts.provider_lead.name
        self.papers.note_notice(self.id, NoticeKind.SPECIFICATION, self.day(22), lead, note="reçu par courriel")

    def _end(self) -> None:
        lead = self.facts.provider_lead.name
        self.papers.note_notice(self.id, NoticeKind.END_OF_WORK, self.day(62), lead)
        setup = self.facts.prices[0]
        self.money.save_invoice(
            self.id, None, number="FA-2026-118", issued_on=self.day(62), amount=setup.amount, price_line_id=setup.id
        )

    def _party(self) -> None:
        self.log.save_party(
            self.id, None, name="Photographe Fictif", role="Photos des produits", contact="0692 00 00 08"
        )

    def _advice(self) -> None:
        for clause_id, words in (
            ("C16", "Une réservation simple suffit : le module complet est déconseillé."),
            ("C12", "Limite dite : dix mille visites par mois avec cet hébergement."),
        ):
            self.papers.note_evidence(self.id, clause_id, EvidenceNature.FACT, self.day(21), words)

    def _overrun(self) -> None:
        """Two overruns whose costing is done: one is agreed to when the papers are made, the other one waits."""
        self._costed(10, "Le paiement en ligne n'était pas au cahier des charges.", "Paiement en ligne", 60_000)
        self._costed(4, "Le client demande une version anglaise.", "Traduction de douze pages", 38_000)

    def _costed(self, ago: int, reason: str, label: str, amount: int) -> None:
        overruns = ProjectOverruns(self.database)
        lead = self.facts.provider_lead.name
        one = overruns.open(self.id)
        today = self.database.today()
        overruns.note_contact(self.id, one, today - timedelta(ago), Means.PHONE, lead)
        overruns.note_reason(self.id, one, reason, today - timedelta(ago))
        self.money.save_price(self.id, None, overrun_id=one, kind=PriceKind.SETUP, label=label, amount=amount)
        end = self.facts.end_on
        assert end is not None
        overruns.cost(self.id, one, today - timedelta(ago - 2), max(end, today) + timedelta(14))

    def _late(self) -> None:
        """Nobody says anything: late on its dates, silent, notice overdue."""

    def _price(self) -> None:
        today, monthly = self.database.today(), self.facts.prices[1]
        self.money.announce_price(
            self.id, None, price_line_id=monthly.id, new_amount=monthly.amount + 500,
            notified_on=today - timedelta(10), notified_how=Means.LETTER, effective_on=today + timedelta(45),
            reason="Hausse du prix des licences",
        )  # fmt: skip

    def _frozen(self) -> None:
        ProjectIncapacity(self.database).declare(
            self.id, self.database.today() - timedelta(6), "Arrêt de l'activité du prestataire pour trois mois."
        )

    def _closed(self) -> None:
        self._done(
            StepKind.CALL, self.day(80), "La gérante est contente de la campagne ; deux questions sur les statistiques."
        )
        self.timelines.close(self.id, self.day(82))
