"""The fields of the charter's form as a record shows them, with the sentence of each value that was not understood."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from charte_desktop.ui.record_sheet import ShownField

if TYPE_CHECKING:
    from charte_desktop.model.identity import Identity


def shown_fields(
    record: "Identity", scratch: "Identity", fields: Sequence[str], awaited: Sequence[str] = ()
) -> list[ShownField]:
    """`fields` of a record, in this order; `awaited` are those the form still needs.

    `scratch` is an empty record of the same kind: the kept text is read again into it, to say its sentence.
    """
    from charte_desktop.model import reference
    from charte_desktop.model.identity import FIELD_LABELS

    shown = []
    for field in fields:
        text = record.shown(field)
        if field == "ape" and record.ape_code and field not in record.unread:
            words = reference.ape_label(record.ape_code, record.ape_nomenclature)
            text = " · ".join(filter(None, [text, words]))
        problems = scratch.enter(field, record.shown(field)) if field in record.unread else []
        sentence = " ".join(problem.message for problem in problems)
        shown.append(ShownField(FIELD_LABELS[field], text, sentence, field in awaited))
    return shown


def service_text(service_ids: Sequence[str]) -> str:
    """Services as a record lists them: one a line, in the charter's order."""
    from charte_desktop.model import reference

    return "\n".join(f"• {reference.service_label(one)}" for one in service_ids)
