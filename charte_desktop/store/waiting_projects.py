"""What waits in projects, for Aujourd'hui: the baskets of `project_reminders`, each line one click from its project."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from charte_desktop.store.project_reminders import BASKETS, ProjectReminder, baskets
from charte_desktop.store.waiting_words import Asked, Basket, Entry, Waiting, ago

_ADVICE = {
    "late": "Une date est passée ou le sera : déplacez-la avec son motif, ou notez ce qui est fait.",
    "deliveries": "La livraison est pour ces jours-ci : voyez avec l'entreprise si tout est prêt.",
    "silent": "Aucun échange n'est noté depuis longtemps : prenez des nouvelles.",
    "calls": "Livré, et l'entreprise n'a pas encore été contactée (C27).",
    "notices": "La CCIR attend cet avis : demandez-le au prestataire, le courriel est prêt.",
    "unannexed": "Un contrat ou un devis est signé sans la charte : annexez-la (C02, C05).",
    "overruns": "Rien n'est facturable avant l'accord du client (C36, C37, C38).",
    "removed": "Le prestataire n'est plus au registre : prévenez l'entreprise (C18).",
    "frozen": "Le prestataire ne peut pas continuer : cherchez un repreneur (C19).",
}
_NOT_LATE = ("deliveries", "overruns")


def waiting_projects(asked: Asked) -> Iterable[Basket]:
    """Each basket of the projects, the oldest line first; a project stands once in a basket."""
    found = baskets(asked.database, asked.today, asked.base)
    for name, (title, _) in BASKETS.items():
        lines: dict[str, ProjectReminder] = {}
        for one in found[name]:
            lines.setdefault(one.project_id, one)
        yield Basket(
            f"project_{name}",
            title,
            _ADVICE[name],
            [Entry(one.project_id, one.since) for one in lines.values()],
            partial(_describe, lines, asked),
            is_late=name not in _NOT_LATE,
        )


def _describe(lines: Mapping[str, ProjectReminder], asked: Asked, _: Any, entries: Sequence[Entry]) -> list[Waiting]:
    told = []
    for project_id, day in entries:
        one = lines[project_id]
        when = f"pour le {day:%d/%m/%Y}" if day is not None and day > asked.today else ago(day, asked.today)
        told.append(Waiting(project_id, "project", project_id, one.company, f"{one.title} : {one.words}", when))
    return told
