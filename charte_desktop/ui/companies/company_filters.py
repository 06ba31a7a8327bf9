"""What can be asked of the companies with a chip: what they wait for, what they need, where they are, their size."""

from collections.abc import Iterable
from typing import Any

from charte_desktop.ui import marks
from charte_desktop.ui.filter_chips import Filter, Offer


def company_offers() -> list[Offer]:
    """The menu "+ filtre"."""
    from charte_desktop.model import reference
    from charte_desktop.model.follow_up import FollowUpState
    from charte_desktop.model.wording import collation_key

    services = [one for family in reference.FAMILIES for one in reference.services_of(family)]
    communes = sorted(reference.communes().values(), key=lambda one: collation_key(one.name))
    return [
        Offer("Suivi", [Filter("state", state, state.value) for state in FollowUpState]),
        Offer(
            "Besoin",
            [Filter("need", one.id, one.label, marks.of_services([one.id])[0]) for one in services],
        ),
        Offer(
            "Famille de besoins",
            [
                Filter("family", family, family, marks.of_services([reference.services_of(family)[0].id])[0])
                for family in reference.FAMILIES
            ],
        ),
        Offer("Commune", [Filter("commune", one.code, one.name) for one in communes]),
        Offer(
            "Effectif",
            [Filter("band", code, reference.band_label(code)) for code in reference.bands()],
        ),
    ]


def asked(filters: Iterable[Filter]) -> dict[str, Any]:
    """The chips as `CompanyRows.search` takes them."""
    names = {"commune": "commune_code", "band": "headcount_band"}
    return {names.get(one.kind, one.kind): one.value for one in filters}
