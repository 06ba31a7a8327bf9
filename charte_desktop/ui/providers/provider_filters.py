"""What can be asked of the register with a chip: an état, a famille or prestations, a commune."""

from collections.abc import Iterable
from typing import Any

from charte_desktop.ui import marks
from charte_desktop.ui.filter_chips import Filter, Offer


def provider_offers() -> list[Offer]:
    """The menu "+ filtre"."""
    from charte_desktop.model import reference
    from charte_desktop.model.provider_state import ProviderState
    from charte_desktop.model.wording import collation_key

    services = [one for family in reference.FAMILIES for one in reference.services_of(family)]
    families = []
    for family in reference.FAMILIES:
        first = next(one.id for one in services if one.family == family)
        families.append(Filter("family", family, family, marks.of_services([first])[0]))
    communes = sorted(reference.communes().values(), key=lambda one: collation_key(one.name))
    return [
        Offer("État", [Filter("state", state, state.value, marks.of_state(state)) for state in ProviderState]),
        Offer("Famille de prestations", families),
        Offer(
            "Prestation",
            [
                Filter("service", one.id, reference.service_label(one.id), marks.of_services([one.id])[0])
                for one in services
            ],
            several=True,
        ),
        Offer("Commune", [Filter("commune", one.code, one.name) for one in communes]),
    ]


def asked(filters: Iterable[Filter]) -> dict[str, Any]:
    """The chips as `ProviderRegister.search` takes them."""
    words: dict[str, Any] = {"service_ids": []}
    for one in filters:
        match one.kind:
            case "service":
                words["service_ids"].append(one.value)
            case "commune":
                words["commune_code"] = one.value
            case kind:
                words[kind] = one.value
    return words
