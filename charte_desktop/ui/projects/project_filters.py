"""What can be asked of the projects with a chip: a state, a punctuality, a service, what is not over."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from charte_desktop.ui import marks
from charte_desktop.ui.filter_chips import Filter, Offer
from charte_desktop.ui.projects.project_panel import STATES
from charte_desktop.ui.projects.steps_part import mark_of

if TYPE_CHECKING:
    from charte_desktop.store.project_rows import Question

OPEN_ONLY = Filter("is_open", "open", "Pas encore clos")


def project_offers() -> list[Offer]:
    """The menu "+ filtre"."""
    from charte_desktop.model import reference
    from charte_desktop.model.project_dates import Punctuality
    from charte_desktop.model.project_state import ProjectState

    services = [one for family in reference.FAMILIES for one in reference.services_of(family)]
    told = (Punctuality.LATE, Punctuality.AT_RISK, Punctuality.ON_TIME, Punctuality.UNDATED)
    return [
        Offer("État", [OPEN_ONLY, *(Filter("state", one, one.value, STATES[one]) for one in ProjectState)]),
        Offer("Ponctualité", [Filter("punctuality", one, _capital(one.value), mark_of(one)) for one in told]),
        Offer(
            "Prestation",
            [
                Filter("service_id", one.id, reference.service_label(one.id), marks.of_services([one.id])[0])
                for one in services
            ],
        ),
    ]


def question(text: str, filters: Iterable[Filter], order: str = "", *, descending: bool = False) -> "Question":
    """The words and the chips as the store takes them."""
    from charte_desktop.store.project_rows import Question

    wanted: dict[str, Any] = {}
    for one in filters:
        wanted[one.kind] = True if one.kind == "is_open" else one.value
    return Question(text=text, order=order, descending=descending, **wanted)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
