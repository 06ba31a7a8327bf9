"""What a list changes in a provider of the register: it fills, adds and corrects, and never empties a field."""

from typing import Any

from charte_desktop.exchange.line_reading import LineRead
from charte_desktop.exchange.list_matching import GROUPS, bare_site, says
from charte_desktop.model import identifiers, reference
from charte_desktop.model.identity import bare_name
from charte_desktop.model.import_plan import ProviderUpdate
from charte_desktop.model.provider import Provider
from charte_desktop.model.wording import normalise

Changes = dict[str, tuple[str, str]]


def update_of(provider: Provider, line: LineRead, source: str) -> tuple[ProviderUpdate, Changes]:
    """The new values of `provider`, and before and after of each field as shown; both empty when nothing changes.

    A cell that could not be read replaces nothing. A name that differs only by its legal form or its capitals, and
    a representative that differs only by its capitals, are no change.
    """
    values: dict[str, Any] = {}
    if line.legal_name and bare_name(line.legal_name) != bare_name(provider.legal_name):
        values["legal_name"] = line.legal_name
    if line.legal_representative and normalise(line.legal_representative) != normalise(provider.legal_representative):
        values["legal_representative"] = line.legal_representative
    if line.siren and not provider.siren:
        values["siren"] = line.siren
    if line.siret and line.siret != provider.siret:
        values["siret"] = line.siret
    if line.references and normalise(line.references) != normalise(provider.references):
        values["references"] = line.references
    if line.website and bare_site(line.website) != bare_site(provider.website):
        values["website"] = line.website
    values |= _place(provider, line)
    if line.ape_code and line.ape_code != provider.ape_code:
        values |= {"ape_code": line.ape_code, "ape_nomenclature": line.ape_nomenclature}
    values |= _headcount(provider, line)
    for column in ("emails", "phones"):
        before: list[str] = getattr(provider, column)
        added = [one for one in getattr(line, column) if one not in before]
        if added:
            values[column] = [*before, *added]
    new_notes = [note for note in line.notes.splitlines() if not _is_noted(note, provider)]
    if new_notes:
        values["notes"] = "\n".join(filter(None, [provider.notes, *new_notes]))
    unread = _unread(provider, line, values)
    if unread != provider.unread:
        values["unread"] = unread
    services = sorted(set(line.services) - set(provider.service_ids))
    signed_on = line.signed_on
    if signed_on is not None and any(one.signed_on == signed_on for one in provider.signatures):
        signed_on = None
    update = ProviderUpdate(provider.id, values, services, signed_on, source if signed_on else "")
    return update, _shown(provider, update)


def _is_noted(note: str, provider: Provider) -> bool:
    """True when the record says `note` already, in its notes or, after an export of ours, among its unread values."""
    said = normalise(" ".join([provider.notes, *provider.unread.values()]))
    parts = (part.partition(" non compris : ")[2] or part for part in note.split(" / "))
    return all(normalise(part) in said for part in parts)


def _place(provider: Provider, line: LineRead) -> dict[str, str]:
    """A new place, whole; what the list says less precisely than the register changes nothing."""
    columns = GROUPS["address"]
    new = {column: getattr(line, column) for column in columns}
    old = {column: getattr(provider, column) for column in columns}
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


def _headcount(provider: Provider, line: LineRead) -> dict[str, Any]:
    if line.headcount_band in _NOBODY and provider.headcount_band in _NOBODY:
        return {}
    if line.headcount is not None:
        same = line.headcount == provider.headcount
        return {} if same else {"headcount": line.headcount, "headcount_band": line.headcount_band}
    if not line.headcount_band or line.headcount_band == provider.headcount_band:
        return {}
    return {"headcount": None, "headcount_band": line.headcount_band}


def _unread(provider: Provider, line: LineRead, values: dict[str, Any]) -> dict[str, str]:
    unread = dict(provider.unread)
    for name, text in line.unread.items():
        if name in unread or not says(provider, name):
            unread[name] = text
    for name in list(unread):
        filled = any(column in values for column in GROUPS.get(name, (name,)))
        if (
            (filled and name not in line.unread and not says(provider, name))
            or (name == "services" and line.services and not provider.services and name not in line.unread)
            or (name == "charter_signed_on" and line.signed_on and name not in line.unread)
        ):
            del unread[name]
    return unread


def _shown(provider: Provider, update: ProviderUpdate) -> Changes:
    values = update.values
    changes: Changes = {}
    for column in ("legal_name", "legal_representative", "website", "references", "notes"):
        if column in values:
            changes[column] = getattr(provider, column), values[column]
    if "siren" in values or "siret" in values:
        siren, siret = values.get("siren", provider.siren), values.get("siret", provider.siret)
        changes["siren"] = (
            identifiers.show_siren(provider.siret or provider.siren),
            identifiers.show_siren(siret or siren),
        )
    if any(column in values for column in GROUPS["address"]):
        before = [getattr(provider, column) for column in GROUPS["address"][:3]]
        after = [values.get(column, old) for column, old in zip(GROUPS["address"], before, strict=False)]
        changes["address"] = " ".join(filter(None, before)), " ".join(filter(None, after))
    if "ape_code" in values:
        changes["ape"] = provider.ape_code, values["ape_code"]
    if "headcount_band" in values:
        changes["headcount"] = (
            identifiers.show_headcount(provider.headcount, provider.headcount_band),
            identifiers.show_headcount(values["headcount"], values["headcount_band"]),
        )
    if "emails" in values:
        changes["emails"] = ", ".join(provider.emails), ", ".join(values["emails"])
    if "phones" in values:
        before_and_after = [", ".join(map(identifiers.show_phone, one)) for one in (provider.phones, values["phones"])]
        changes["phones"] = before_and_after[0], before_and_after[1]
    if update.add_service_ids:
        before_ids = provider.service_ids
        changes["services"] = _labels(before_ids), _labels(sorted({*before_ids, *update.add_service_ids}))
    if update.signed_on is not None:
        signed = sorted(one.signed_on for one in provider.signatures)
        changes["charter_signed_on"] = (
            ", ".join(map(identifiers.show_date, signed)),
            ", ".join(map(identifiers.show_date, sorted([*signed, update.signed_on]))),
        )
    for name, text in values.get("unread", {}).items():
        if provider.unread.get(name) != text and name not in changes:
            changes[name] = provider.unread.get(name, ""), text
    return changes


def _labels(service_ids: list[str]) -> str:
    return ", ".join(map(reference.service_label, service_ids))
