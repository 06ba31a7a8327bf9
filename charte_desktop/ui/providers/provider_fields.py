"""The provider's form: exactly the charter's fields in its order, then what the register adds."""

from typing import TYPE_CHECKING

from charte_desktop.ui import marks
from charte_desktop.ui.choice_boxes import ChoiceGroup
from charte_desktop.ui.identity_form import FormField, identity_fields

if TYPE_CHECKING:
    from charte_desktop.model.facts import ProviderFacts
    from charte_desktop.model.provider import Provider

_PUBLISHED = {
    "listed": "Figure sur les fiches annuaire",
    "address": "Adresse",
    "emails": "E-mail",
    "phones": "Téléphone",
    "references": "Références",
    "website": "Site internet",
}


def provider_fields() -> list[FormField]:
    """The boxes of the form, in their order."""
    from charte_desktop.model.identity_text import FIELD_LABELS

    form = identity_fields(
        "legal_name", "siren", "legal_representative", "address", "emails", "phones", "ape", "headcount"
    )
    references, website, notes = identity_fields("references", "website", "notes")
    return [
        *form,
        FormField("services", FIELD_LABELS["services"], choices=service_groups, begins_part=True),
        references,
        FormField("website", website.label, hint="www.entreprise.re", section="Pour l'annuaire"),
        FormField("territory", "Territoire desservi", choices=_communes, columns=2, folded="Toute l'île"),
        FormField(
            "sizes_served", "Taille des entreprises servies", choices=_sizes, columns=2, folded="Toutes les tailles"
        ),
        FormField("published", "Ce qui peut être publié", choices=_publication, columns=2),
        notes,
    ]


def awaited_fields(provider: "ProviderFacts | Provider") -> list[str]:
    """The fields that the charter's form still needs; an e-mail or a telephone is enough."""
    missing = provider.missing()
    return [*missing, *(("emails", "phones") if "contact" in missing else ())]


def service_groups() -> list[ChoiceGroup]:
    """The sixteen services and those added to them, by family (C20), each family with its mark."""
    from charte_desktop.model import reference

    groups = []
    for family in reference.FAMILIES:
        own = [(one.id, one.label) for one in reference.services_of(family)]
        groups.append(ChoiceGroup(family, own, marks.of_services([own[0][0]])[0]))
    return groups


def _communes() -> list[ChoiceGroup]:
    from charte_desktop.model import reference
    from charte_desktop.model.wording import collation_key

    by_name = sorted(reference.communes().values(), key=lambda one: collation_key(one.name))
    return [ChoiceGroup("", [(one.code, one.name) for one in by_name])]


def _sizes() -> list[ChoiceGroup]:
    from charte_desktop.model import reference

    sizes = [code for code in reference.bands() if code != "NN"]
    return [ChoiceGroup("", [(code, reference.band_label(code)) for code in sizes])]


def _publication() -> list[ChoiceGroup]:
    return [ChoiceGroup("", list(_PUBLISHED.items()))]
