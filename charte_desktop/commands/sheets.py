"""Directory sheets: from an accompaniment to a PDF that is handed over."""

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from charte_desktop.commands.answer import Answer, WrongUse, ending_in, some
from charte_desktop.commands.opened_base import base_of
from charte_desktop.errors import UserError
from charte_desktop.result_file import ResultFile

if TYPE_CHECKING:
    from charte_desktop.model.company import Company
    from charte_desktop.model.reference import Commune
    from charte_desktop.store.database import Database


def directory(options: argparse.Namespace) -> Answer:
    """A directory sheet for a company that is accompanied, noted as handed over (C03, C07)."""
    from charte_desktop.documents import directory_sheet
    from charte_desktop.model.sheet import Criteria
    from charte_desktop.store.directory_sheets import DirectorySheets, SheetOptions

    services, commune = tuple(dict.fromkeys(options.service)), options.commune
    if options.on is not None and options.accompaniment is None:
        raise WrongUse("--on est le jour d'un accompagnement : ajoutez --accompaniment.")
    with ResultFile(ending_in(options.output, ".pdf")) as file, base_of(options) as database:
        company = _company(options, database, commune)
        accompaniment_id = _accompaniment(options, database, company, services)
        sheets = DirectorySheets(database)
        sheet = sheets.issue(
            accompaniment_id,
            Criteria(services, commune.code if commune else company.commune_code, company.headcount_band),
            directory_sheet.directory_sheet,
            directory_sheet.page_count,
            SheetOptions(layout=options.layout, qr=not options.no_qr),
        )
        file.write(sheets.pdf(sheet.id))
        sheets.hand_over(sheet.id, options.handed_to or company.legal_name, "fichier PDF")
    result = {
        "number": sheet.number,
        "company": company.legal_name,
        "providers": len(sheet.lines),
        "pages": sheet.page_count,
        "file": str(options.output),
        "sha256": sheet.pdf_sha256,
    }
    count = len(sheet.lines)
    said = some(count, "prestataire", "prestataires") if count else "aucun prestataire ne répond"
    pages = some(sheet.page_count, "page", "pages")
    return Answer(result, f"Fiche {sheet.number} : {said}, {pages}, dans {options.output}")


def _company(options: argparse.Namespace, database: "Database", commune: "Commune | None") -> "Company":
    """The company named by `--company`; a new one is entered only together with its first accompaniment (C03)."""
    from charte_desktop.model import identifiers
    from charte_desktop.model.company import new_company
    from charte_desktop.store.company_records import CompanyRecords

    records = CompanyRecords(database)
    found = records.find(options.company)
    if len(found) > 1:
        raise UserError(f"{len(found)} entreprises se nomment « {options.company} » : donnez le SIREN.")
    if found:
        return found[0]
    reading = identifiers.read_siren(options.company)
    number = reading.value
    if not number.siren and sum(map(str.isdigit, options.company)) >= _MEANT_AS_A_NUMBER:
        raise UserError(f"« {options.company} » : {reading.message}")
    if options.accompaniment is None:
        raise UserError(
            f"« {options.company} » n'est pas une entreprise accompagnée : une fiche ne se remet que lors d'un "
            "accompagnement (C03). Ajoutez --accompaniment diagnostic, individual ou workshop pour le noter."
        )
    name = options.name or ("" if number.siren else options.company)
    if not name:
        raise UserError(f"Aucune entreprise n'a le SIREN {options.company} : ajoutez son nom par --name.")
    company = new_company(legal_name=name, siren=number.siren, siret=number.siret)
    if commune is not None:
        company.city, company.commune_code = commune.name, commune.code
    return records.add(company)


_MEANT_AS_A_NUMBER = 7
"""Digits; fewer may be a name ("Garage 974"), as many are a SIREN typed wrong."""


def _accompaniment(
    options: argparse.Namespace, database: "Database", company: "Company", services: Sequence[str]
) -> str:
    """The accompaniment the sheet comes from: the one asked for, else the latest; none is a refusal (C03, C07)."""
    from charte_desktop.store.company_records import CompanyRecords

    records = CompanyRecords(database)
    if options.accompaniment is not None:
        on = options.on or database.today()
        for held in company.accompaniments:
            if held.kind is options.accompaniment and held.held_on == on:
                break
        else:
            return records.accompany(company.id, options.accompaniment, on, services).id
    elif company.accompaniments:
        held = company.accompaniments[-1]
    else:
        raise UserError(
            f"{company.legal_name} n'a encore eu aucun accompagnement : une fiche ne se remet pas sans (C03, C07). "
            "Ajoutez --accompaniment diagnostic, individual ou workshop pour le noter."
        )
    records.note_needs(held.id, services)
    return held.id
