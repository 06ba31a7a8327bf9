"""What a list changes in a record of the register: it fills, adds and corrects, and never empties a field."""

from datetime import date
from typing import Any

from charte_desktop.exchange.line_reading import LineRead
from charte_desktop.exchange.list_matching import GROUPS, bare_site, says
from charte_desktop.model import display, reference
from charte_desktop.model.identity_text import bare_name
from charte_desktop.model.import_plan import Known, RecordUpdate
from charte_desktop.model.provider import Provider
from charte_desktop.model.wording import normalise

Changes = dict[str, tuple[str, str]]


def update_of(known: Known, line: LineRead, source: str) -> tuple[RecordUpdate, Changes]:
    """The new values of `known`, and before and after of each field as shown; both empty when nothing changes.

    A cell that could not be read replaces nothing. A name that differs only by its legal form or its capitals, and
    a representative that differs only by its capitals, are no change.
    """
    values: dict[str, Any] = {}
    if line.legal_name and bare_name(line.legal_name) != bare_name(known.legal_name):
        values["legal_name"] = line.legal_name
    if line.legal_representative and normalise(line.legal_representative) != normalise(known.legal_representative):
        values["legal_representative"] = line.legal_representative
    if line.siren and not known.siren:
        values["siren"] = line.siren
    if line.siret and line.siret != known.siret:
        values["siret"] = line.siret
    if isinstance(known, Provider):
        if line.references and normalise(line.references) != normalise(known.references):
            values["references"] = line.references
    elif line.legal_category and line.legal_category != known.legal_category:
        values["legal_category"] = line.legal_category
    if line.website and bare_site(line.website) != bare_site(known.website):
        values["website"] = line.website
    values |= _place(known, line)
    if line.ape_code and line.ape_code != known.ape_code:
        values |= {"ape_code": line.ape_code, "ape_nomenclature": line.ape_nomenclature}
    values |= _headcount(known, line)
    for column in ("emails", "phones"):
        before: list[str] = getattr(known, column)
        added = [one for one in getattr(line, column) if one not in before]
        if added:
            values[column] = [*before, *added]
    new_notes = [note for note in line.notes.splitlines() if not _is_noted(note, known)]
    if new_notes:
        values["notes"] = "\n".join(filter(None, [known.notes, *new_notes]))
    unread = _unread(known, line, values)
    if unread != known.unread:
        values["unread"] = unread
    services = sorted(set(line.services) - set(_service_ids(known)))
    signed_on = line.signed_on
    if signed_on is not None and signed_on in _signed(known):
        signed_on = None
    update = RecordUpdate(known.id, values, services, signed_on, source if signed_on else "")
    return update, _shown(known, update)


def _is_noted(note: str, known: Known) -> bool:
    """True when the record says `note` already, in its notes or, after an export of ours, among its unread values."""
    said = normalise(" ".join([known.notes, *known.unread.values()]))
    parts = (part.partition(" non compris : ")[2] or part for part in note.split(" / "))
    return all(normalise(part) in said for part in parts)


def _place(known: Known, line: LineRead) -> dict[str, str]:
    """A new place, whole; what the list says less precisely than the register changes nothing."""
    columns = GROUPS["address"]
    new = {column: getattr(line, column) for column in columns}
    old = {column: getattr(known, column) for column in columns}
    if not any(new.values()) or all(
        not value or normalise(value) == normalise(old[name]) for name, value in new.items()
    ):
        return {}
    elsewhere = bool(new["commune_code"] and old["commune_code"] and new["commune_code"] != old["commune_code"])
    if not elsewhere:
        return {name: value for name, value in new.items() if value and value != old[name]}
    # Another commune without its street, or without its postal code, would leave a mixture of two addresses.
    if (old["address"] and not new["address"]) or (old["postal_code"] and not new["postal_code"]):
        return {}
    return {name: value for name, value in new.items() if value}


_NOBODY = frozenset({"NN", "00"})
"""No employee, said in two ways."""


def _headcount(known: Known, line: LineRead) -> dict[str, Any]:
    if line.headcount_band in _NOBODY and known.headcount_band in _NOBODY:
        return {}
    if line.headcount is not None:
        same = line.headcount == known.headcount
        return {} if same else {"headcount": line.headcount, "headcount_band": line.headcount_band}
    if not line.headcount_band or line.headcount_band == known.headcount_band:
        return {}
    return {"headcount": None, "headcount_band": line.headcount_band}


def _unread(known: Known, line: LineRead, values: dict[str, Any]) -> dict[str, str]:
    unread = dict(known.unread)
    for name, text in line.unread.items():
        if name in unread or not says(known, name):
            unread[name] = text
    for name in list(unread):
        filled = any(column in values for column in GROUPS.get(name, (name,)))
        if (
            (filled and name not in line.unread and not says(known, name))
            or (name == "services" and line.services and not _service_ids(known) and name not in line.unread)
            or (name == "charter_signed_on" and line.signed_on and name not in line.unread)
        ):
            del unread[name]
    return unread


def _shown(known: Known, update: RecordUpdate) -> Changes:
    values = update.values
    changes: Changes = {}
    for column in ("legal_name", "legal_representative", "website", "references", "notes"):
        if column in values:
            changes[column] = getattr(known, column), values[column]
    if "siren" in values or "siret" in values:
        siren, siret = values.get("siren", known.siren), values.get("siret", known.siret)
        changes["siren"] = (
            display.show_siren(known.siret or known.siren),
            display.show_siren(siret or siren),
        )
    if any(column in values for column in GROUPS["address"]):
        before = [getattr(known, column) for column in GROUPS["address"][:3]]
        after = [values.get(column, old) for column, old in zip(GROUPS["address"], before, strict=False)]
        changes["address"] = " ".join(filter(None, before)), " ".join(filter(None, after))
    if "legal_category" in values and not isinstance(known, Provider):
        categories = reference.legal_categories()
        before_and_after = [known.legal_category, values["legal_category"]]
        changes["legal_category"] = categories.get(before_and_after[0], ""), categories[before_and_after[1]]
    if "ape_code" in values:
        changes["ape"] = known.ape_code, values["ape_code"]
    if "headcount_band" in values:
        changes["headcount"] = (
            display.show_headcount(known.headcount, known.headcount_band),
            display.show_headcount(values["headcount"], values["headcount_band"]),
        )
    if "emails" in values:
        changes["emails"] = ", ".join(known.emails), ", ".join(values["emails"])
    if "phones" in values:
        before_and_after = [", ".join(map(display.show_phone, one)) for one in (known.phones, values["phones"])]
        changes["phones"] = before_and_after[0], before_and_after[1]
    if update.add_service_ids:
        before_ids = _service_ids(known)
        changes["services"] = _labels(before_ids), _labels(sorted({*before_ids, *update.add_service_ids}))
    if update.signed_on is not None:
        signed = _signed(known)
        changes["charter_signed_on"] = (
            ", ".join(map(display.show_date, signed)),
            ", ".join(map(display.show_date, sorted([*signed, update.signed_on]))),
        )
    for name, text in values.get("unread", {}).items():
        if known.unread.get(name) != text and name not in changes:
            changes[name] = known.unread.get(name, ""), text
    return changes


def _service_ids(known: Known) -> list[str]:
    return known.service_ids if isinstance(known, Provider) else []


def _signed(known: Known) -> list[date]:
    return sorted(one.signed_on for one in known.signatures) if isinstance(known, Provider) else []


def _labels(service_ids: list[str]) -> str:
    return ", ".join(map(reference.service_label, service_ids))
