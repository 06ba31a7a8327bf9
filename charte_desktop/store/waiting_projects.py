"""Projects that wait: late, silent, not called, without notice, to hand over (C02, C14, C18, C19, C26 to C38)."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from charte_desktop.store.project_reminders import BASKETS, ProjectReminder, baskets
from charte_desktop.store.waiting_words import Asked, Basket, Entry, Waiting

_ADVICE = {
    "late": "Demandez au prestataire où il en est, puis notez l'échange ou déplacez la date, avec son motif.",
    "deliveries": "Rappelez la date aux deux parties.",
    "silent": "Personne n'a rien noté depuis longtemps : appelez l'un ou l'autre.",
    "calls": "La charte prévoit un contact après la livraison : appelez l'entreprise.",
    "notices": "Le prestataire doit informer la CCIR : demandez-lui l'avis, un courriel est prêt dans le projet.",
    "unannexed": "La charte s'annexe au contrat ou au devis signé : demandez la pièce.",
    "overruns": "Contact, motif, chiffrage, accord : il manque une étape avant de facturer.",
    "removed": "Dites à l'entreprise que son prestataire est radié ; son projet continue.",
    "frozen": "Proposez un repreneur à l'entreprise.",
}
_LATE = {"late", "notices", "calls"}
"""Baskets that should be empty by now."""


def waiting_projects(asked: Asked) -> Iterable[Basket]:
    """One basket for each thing that may wait in a project; a project is there once, with all its reasons."""
    found = baskets(asked.database, asked.today, asked.base)
    for name, (title, _) in BASKETS.items():
        by_project: dict[str, list[ProjectReminder]] = {}
        for line in found[name]:
            by_project.setdefault(line.project_id, []).append(line)
        yield Basket(
            f"project_{name}",
            title,
            _ADVICE[name],
            [Entry(project, min(line.since for line in lines)) for project, lines in by_project.items()],
            partial(_described, by_project),
            is_late=name in _LATE,
        )


def _described(by_project: Mapping[str, Sequence[ProjectReminder]], _: Any, entries: Sequence[Entry]) -> list[Waiting]:
    waiting = []
    for project, _day in entries:
        lines = by_project[project]
        first = lines[0]
        detail = " · ".join(filter(None, [first.number, first.company, first.provider]))
        waiting.append(
            Waiting(project, "project", project, first.title, detail, ", ".join(line.words for line in lines))
        )
    return waiting
