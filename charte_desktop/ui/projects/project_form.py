"""The form of a project: what the charter wants known of it, who leads it on each side."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from charte_desktop.model.project_fields import PROJECT_FIELDS
from charte_desktop.model.typed_fields import TypedLine
from charte_desktop.ui.identity_form import FormField
from charte_desktop.ui.line_form import form_field
from charte_desktop.ui.providers.provider_fields import service_groups

if TYPE_CHECKING:
    from charte_desktop.model.project import ProjectRecord
    from charte_desktop.model.project_facts import ProjectFacts

_SECTIONS = {"provider_lead_name": "Qui mène le projet", "method": "Le suivi"}
_AWAITED = ("budget", "end_on", "provider_lead_name")


class ShownProject(TypedLine):
    """What was read of a project, as its form shows it."""

    def __init__(self, facts: "ProjectFacts") -> None:
        super().__init__(tuple(PROJECT_FIELDS.values()), _kept(facts), facts.id)
        self.facts = facts
        self.unread = dict(facts.unread)

    def shown(self, name: str) -> str:
        return self.unread.get(name) or super().shown(name)


def project_fields() -> list[FormField]:
    """The boxes of the form, in their order; the second column is that of people and of the follow-up."""
    made = []
    for field in PROJECT_FIELDS.values():
        box = replace(form_field(field, "provider_lead_name"), section=_SECTIONS.get(field.name, ""))
        if field.name == "service_ids":
            box = FormField(field.name, field.label, choices=service_groups, folded="Aucune prestation")
        made.append(box)
    return made


def scratch() -> TypedLine:
    """An empty project, to read a text without keeping it."""
    return TypedLine(tuple(PROJECT_FIELDS.values()))


def awaited_fields(project: "ShownProject | ProjectRecord") -> Sequence[str]:
    """What the charter wants known before the project starts, and is not (C33, C39)."""
    missing = [name for name in _AWAITED if not project.shown(name)]
    if not project.shown("provider_lead_phone") and not project.shown("provider_lead_email"):
        missing += ["provider_lead_phone", "provider_lead_email"]
    return missing


def _kept(facts: "ProjectFacts") -> dict[str, Any]:
    kept: dict[str, Any] = {
        name: getattr(facts, name)
        for name in ("title", "need", "budget", "tax_basis", "end_on", "method", "notes", "service_ids")
    }
    for side, lead in (("provider", facts.provider_lead), ("client", facts.client_lead)):
        for part in ("name", "phone", "email"):
            kept[f"{side}_lead_{part}"] = getattr(lead, part)
    return kept
