"""What followed the accompaniments of the demonstration: who was met, what was said, how it ended, what still waits.

Days count back from the one on which the base is made, so that something always waits.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from charte_desktop.demonstration import names
from charte_desktop.demonstration.companies import Accompanied
from charte_desktop.demonstration.identities import identifier, phone
from charte_desktop.model.accompaniment import Accompaniment, FollowUp, Need, Recommendation
from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.base import Record
from charte_desktop.model.calendar import WorkingCalendar
from charte_desktop.model.company import Company
from charte_desktop.model.company_contact import CompanyContact
from charte_desktop.model.diagnostic import Diagnostic, QuestionnaireText
from charte_desktop.model.exchange import Exchange
from charte_desktop.model.exchange_kind import ExchangeKind
from charte_desktop.model.follow_up import NeedState, Outcome, Priority, months_after
from charte_desktop.model.questionnaire import Question, QuestionKind, Questionnaire
from charte_desktop.model.questionnaire_file import shipped, shipped_text
from charte_desktop.store.database import REUNION

RECENT = 44
"""Companies that were accompanied lately."""
_AGO = (0, 1, 2, 3, 5, 6, 8, 10, 12, 13, 15, 17, 20, 22, 24, 27, 30, 34, 39, 44, 48, 53)
"""Days since the visit, in turn; a week-end or a holiday goes back to the working day before."""
_STILL_OPEN = 0.06
"""Part of the old accompaniments that nobody closed."""
_STEPS = (
    "Rappeler pour les devis", "Passer voir le logiciel de caisse", "Relire le devis du prestataire",
    "Fixer une date pour le diagnostic", "Envoyer la liste des aides", "Faire le point sur la boutique en ligne",
)  # fmt: skip
_SAID = (
    "Tout est sur l'ordinateur de la caisse. Veut être trouvé par les touristes avant la haute saison.",
    "A déjà un site, plus personne ne sait le modifier. Budget de 3 000 € cette année.",
    "Perd deux heures par semaine à recopier les factures. Le comptable demande un format électronique.",
    "Réseau faible sur place : tout doit marcher sans connexion. Deux salariés à former.",
    "Mot de passe unique pour toute l'équipe, pas de sauvegarde hors du local. Prêt à commencer vite.",
)  # fmt: skip
_CALLS = (
    ("Devis reçu", "Un seul devis reçu sur deux ; rappelle vendredi."),
    ("Rendez-vous pris", "Le prestataire passe mardi matin."),
    ("Question sur les aides", "Envoyé le lien de la Région ; dossier à déposer avant la fin du mois."),
    ("Pas de réponse", "Message laissé sur le répondeur."),
)  # fmt: skip


def what_followed(seed: int, accompanied: Sequence[Accompanied], today: date) -> Iterator[Record]:
    """The records to add to the base; those of `accompanied` are completed in place."""
    random = Random(f"{seed}/follow-up")
    questionnaire = shipped()
    yield QuestionnaireText(
        id=questionnaire.id,
        title=questionnaire.title,
        text=shipped_text(),
        added_at=datetime(2024, 1, 2, 9, tzinfo=REUNION),
    )
    step = len(accompanied) // RECENT
    for index, (company, accompaniments, needs) in enumerate(accompanied):
        yield from _contacts(seed, random, index, company)
        _settle_what_is_old(random, accompaniments, needs, today)
        yield from _asked_again(seed, random, company, accompaniments, today)
        first = accompaniments[0]
        if index % 2 == 0 and first.kind is AccompanimentKind.DIAGNOSTIC:
            yield _diagnostic(seed, random, questionnaire, first, random.uniform(0.15, 0.7))
        if index % step == 0 and index // step < RECENT:
            yield from _lately(seed, random, questionnaire, company, index // step, today)


def _contacts(seed: int, random: Random, index: int, company: Company) -> Iterator[Record]:
    if index % 3:
        return
    yield CompanyContact(
        id=identifier(seed, "contact", company.id, 0),
        company_id=company.id,
        name=company.legal_representative,
        role="Direction",
        emails=company.emails,
        phones=company.phones,
    )
    if index % 2 == 0:
        yield CompanyContact(
            id=identifier(seed, "contact", company.id, 1),
            company_id=company.id,
            name=names.person(random, 900 + index),
            role=random.choice(("Comptabilité", "Communication", "Informatique")),
            phones=[phone("692", 5000 + index)],
        )


def _settle_what_is_old(random: Random, accompaniments: list[Accompaniment], needs: list[Need], today: date) -> None:
    """Close what goes back more than ten weeks, but for a few that were forgotten."""
    last = accompaniments[-1].held_on
    closed_on = last + timedelta(days=random.randint(25, 60))
    outcome = random.choices(
        (Outcome.HELPED, Outcome.NO_PROVIDER, Outcome.UNREACHABLE, Outcome.NOT_OUR_FIELD), (72, 8, 14, 6)
    )[0]
    is_open = random.random() < _STILL_OPEN
    for need in needs:
        need.priority = int(random.choice(tuple(Priority)))
        need.state, need.state_on = NeedState.SHEET_HANDED, min(last + timedelta(days=3), closed_on)
    if is_open or closed_on >= today:
        return
    for held in accompaniments:
        held.outcome, held.closed_on = outcome, closed_on
    for need in needs:
        need.settled_on = closed_on
        if outcome is Outcome.HELPED:
            need.state, need.state_on = (
                random.choice((NeedState.MET, NeedState.MET, NeedState.PROVIDER_CHOSEN)),
                closed_on,
            )
        elif outcome is Outcome.NOT_OUR_FIELD:
            need.state, need.state_on, need.reason = NeedState.DROPPED, closed_on, "N'est pas du ressort de la charte"


def _asked_again(
    seed: int, random: Random, company: Company, accompaniments: list[Accompaniment], today: date
) -> Iterator[Record]:
    """Most of those that were helped said what became of it."""
    last = accompaniments[-1]
    asked_on = months_after(last.held_on, 6) + timedelta(days=random.randint(0, 20))
    if last.outcome is not Outcome.HELPED or asked_on > today or random.random() < 0.15:
        return
    yield FollowUp(
        id=identifier(seed, "follow-up", company.id),
        company_id=company.id,
        accompaniment_id=last.id,
        asked_on=asked_on,
        adviser=last.adviser,
        helpfulness=random.choices((4, 3, 2, 1), (45, 40, 10, 5))[0],
        would_advise=random.random() < 0.9,
    )


def _lately(
    seed: int, random: Random, questionnaire: Questionnaire, company: Company, number: int, today: date
) -> Iterator[Record]:
    """A visit of the last weeks, with what came of it."""
    calendar = WorkingCalendar()
    held_on = calendar.on_or_before(today - timedelta(days=_AGO[number % len(_AGO)]))
    diagnosed = number % 2 == 0
    next_on = None
    if number % 3 == 0:
        next_on = calendar.on_or_after(held_on + timedelta(days=7 if number % 2 else 21))
    held = Accompaniment(
        id=identifier(seed, "visit", company.id),
        company_id=company.id,
        kind=AccompanimentKind.DIAGNOSTIC if diagnosed else AccompanimentKind.INDIVIDUAL,
        held_on=held_on,
        adviser=names.ADVISERS[number % len(names.ADVISERS)],
        notes=_SAID[number % len(_SAID)],
        met=[{"name": company.legal_representative, "role": "Direction"}],
        next_step=_STEPS[number % len(_STEPS)] if next_on else "",
        next_on=next_on,
    )
    yield held
    wanted = _SERVICES[number % len(_SERVICES)]
    for place, service_id in enumerate(wanted):
        yield Need(
            id=identifier(seed, "visit-need", company.id, service_id),
            company_id=company.id,
            accompaniment_id=held.id,
            service_id=service_id,
            noted_on=held_on,
            priority=place + 1,
            state=NeedState.SHEET_HANDED if held_on < today - timedelta(days=2) else NeedState.NEW,
            state_on=held_on,
        )
    if diagnosed:
        told = _diagnostic(seed, random, questionnaire, held, random.uniform(0.35, 0.75))
        yield told
        for position, found in enumerate(questionnaire.findings(told.answers, most=3), 1):
            yield Recommendation(
                id=identifier(seed, "advice", held.id, position),
                company_id=company.id,
                accompaniment_id=held.id,
                position=position,
                what=found.what,
                why=found.why,
                how=found.how,
                priority=position,
                question_id=found.question_id,
            )
    yield from _exchanges(seed, random, company, held, number, today)


_SERVICES = (("S01", "S03"), ("S13",), ("S14", "S16"), ("S02",), ("S08", "S01"), ("S05", "S13"), ("S07",))


def _exchanges(
    seed: int, random: Random, company: Company, held: Accompaniment, number: int, today: date
) -> Iterator[Record]:
    """A call, some days after most of the visits."""
    on = held.held_on + timedelta(days=random.randint(2, 8))
    if number % 3 == 2 or on >= today:
        return
    subject, text = _CALLS[number % len(_CALLS)]
    at = datetime.combine(on, time(9, 40), REUNION)
    yield Exchange(
        id=identifier(seed, "exchange", company.id),
        company_id=company.id,
        kind=ExchangeKind.CALL if number % 2 else ExchangeKind.MAIL,
        held_at=at,
        filed_at=at,
        with_whom=company.legal_representative,
        subject=subject,
        text=text,
        adviser=held.adviser,
    )


def _diagnostic(
    seed: int, random: Random, questionnaire: Questionnaire, held: Accompaniment, level: float
) -> Diagnostic:
    """Answers of a company that is so far, from 0 to 1."""
    answers: dict[str, Any] = {}
    for question in questionnaire.questions:
        if questionnaire.is_asked(question, answers) and random.random() < 0.96:
            answer = _answer(random, question, min(max(random.gauss(level, 0.22), 0), 1))
            if answer is not None:
                answers[question.id] = answer
    return Diagnostic(
        id=identifier(seed, "diagnostic", held.id),
        company_id=held.company_id,
        accompaniment_id=held.id,
        questionnaire_id=questionnaire.id,
        answered_on=held.held_on,
        answers=answers,
        scores=dict(questionnaire.scores(answers)),
    )


def _answer(random: Random, question: Question, level: float) -> Any:
    match question.kind:
        case QuestionKind.SINGLE:
            ranked = sorted(question.choices, key=lambda one: one.points)
            return ranked[round(level * (len(ranked) - 1))].id
        case QuestionKind.MULTIPLE:
            together = [one for one in question.choices if not one.alone]
            count = round(level * len(together))
            alone = next((one.id for one in question.choices if one.alone), "")
            chosen = set(random.sample([one.id for one in together], count))
            return [one.id for one in question.choices if one.id in chosen] or ([alone] if alone else None)
        case QuestionKind.SCALE:
            return question.low + round(level * (question.high - question.low))
        case QuestionKind.NUMBER:
            ranked_steps = sorted(question.steps, key=lambda one: one.points)
            return (
                int(ranked_steps[round(level * (len(ranked_steps) - 1))].up_to)
                if ranked_steps
                else random.randint(1, 9)
            )
        case _:
            return None
