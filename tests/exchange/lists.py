"""How tests make lists and plan their import."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from zipfile import ZipFile

from openpyxl import Workbook

from charte_desktop.exchange import provider_import, provider_list, tables
from charte_desktop.model.charter import Signature
from charte_desktop.model.import_plan import ImportPlan, KnownRecords, NewRecord
from charte_desktop.model.provider import Provider, ProviderService

TODAY = date(2026, 11, 23)
LISTS = Path(__file__).parents[1] / "data" / "lists"


def planned(
    path: Path,
    known: Sequence[Provider] = (),
    *,
    sheet: str | None = None,
    header_row: int | None = None,
    mapping: Mapping[str, str] | None = None,
) -> ImportPlan:
    """The plan of importing the list of a file into a register that holds `known`."""
    lists = provider_list.recognise(tables.read_workbook(path), sheet, header_row, mapping)
    return provider_import.plan(lists, KnownRecords(list(known)), path.name, TODAY)


def book(path: Path, *rows: Sequence[object], title: str = "Feuil1", merged: Sequence[str] = ()) -> Path:
    """A workbook of one sheet."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for cells in merged:
        sheet.merge_cells(cells)
    workbook.save(path)
    return path


def open_document(path: Path, rows: Sequence[Sequence[str | float]]) -> Path:
    """A workbook of LibreOffice, of one sheet, written by hand."""

    def cell(value: str | float) -> str:
        if value == "":
            return "<table:table-cell/>"
        if isinstance(value, str):
            return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
        kind = f'office:value-type="float" office:value="{value}"'
        return f"<table:table-cell {kind}><text:p>{value}</text:p></table:table-cell>"

    lines = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    namespaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<office:document-content {namespaces} office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="Feuille1">{lines}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><manifest:manifest '
            'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return path


def as_kept(plan: ImportPlan, known: Sequence[Provider] = ()) -> list[Provider]:
    """The register after the plan is carried out."""
    kept = {one.id: one for one in known}
    for new in plan.new:
        provider = Provider(**new.values)
        _add(provider, new)
        kept[provider.id] = provider
    for update in plan.updated:
        provider = kept[update.record_id]
        for column, value in update.values.items():
            setattr(provider, column, value)
        provider.offer({*provider.service_ids, *update.add_service_ids})
        if update.signed_on:
            provider.signatures = [*provider.signatures, Signature(provider_id=provider.id, signed_on=update.signed_on)]
    return list(kept.values())


def _add(provider: Provider, new: NewRecord) -> None:
    provider.services = [ProviderService(provider_id=provider.id, service_id=one) for one in new.service_ids]
    if new.signed_on:
        provider.signatures = [Signature(provider_id=provider.id, signed_on=new.signed_on, source=new.signature_source)]


def new_by_name(plan: ImportPlan) -> dict[str, NewRecord]:
    """The providers to create, by name."""
    return {one.values["legal_name"]: one for one in plan.new}


def actions(plan: ImportPlan) -> list[tuple[int, str, str]]:
    """Row, action and reason of each line."""
    return [(line.row, line.action.value, line.reason) for line in plan.lines]
