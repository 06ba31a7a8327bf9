"""The command line: the window's use cases without a window, for IT, scripts and measurements.

Names in English, messages in French. Exit code 0: done; 1: refused, with a sentence; 2: wrong usage, or a file that
is no list.
"""

import argparse
import json
import os
import re
import sys
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from charte_desktop import __version__, paths
from charte_desktop.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from charte_desktop.model.accompaniment import AccompanimentKind
    from charte_desktop.model.company import Company
    from charte_desktop.model.import_plan import ImportPlan
    from charte_desktop.model.provider import Provider
    from charte_desktop.model.reference import Commune
    from charte_desktop.store.database import Database

DONE, REFUSED, WRONG_USE = 0, 1, 2


class WrongUse(UserError):
    """The command cannot be carried out as it was typed, or the file given is no list: exit code 2."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command; without one, open the window. Returns the exit code."""
    _speak_utf8()
    options = _parser().parse_args(arguments)
    if options.command is None:
        from charte_desktop import app

        return app.run(options.data_dir or paths.user_data(), passphrase=_passphrase(options))
    try:
        command: Callable[[argparse.Namespace], int] = options.command
        return command(options)
    except WrongUse as refusal:
        print(refusal, file=sys.stderr)
        return WRONG_USE
    except UserError as refusal:
        print(refusal, file=sys.stderr)
        return REFUSED


def _speak_utf8() -> None:
    """A console of another code page, or a pipe, must not stop an accent."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


# The base


def _passphrase(options: argparse.Namespace) -> str | None:
    if options.passphrase_file is not None:
        try:
            text = Path(options.passphrase_file).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as fault:
            raise UserError(f"Le fichier de phrase de passe « {options.passphrase_file} » ne se lit pas.") from fault
        return text.strip("\r\n")
    return os.environ.get("CHARTE_PASSPHRASE")


@contextmanager
def _base(options: argparse.Namespace) -> "Iterator[Database]":
    """The base of the command, made with the passphrase when its folder is empty."""
    from charte_desktop.store.database import Database

    folder = options.data_dir or paths.user_data()
    passphrase = _passphrase(options)
    if Database.exists(folder):
        database = Database.open(folder, passphrase=passphrase)
    elif passphrase is None:
        raise UserError(
            "Une nouvelle base demande une phrase de passe : donnez-la par --passphrase-file FICHIER ou par la "
            "variable CHARTE_PASSPHRASE."
        )
    else:
        database = Database.create(folder, passphrase=passphrase, adviser=options.adviser or _user_name())
    try:
        if options.adviser and options.adviser != database.adviser:
            database.adviser = options.adviser
        yield database
    finally:
        database.close()


def _user_name() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a service account without a name
        return "conseiller"


def _print(options: argparse.Namespace, result: object, sentence: str) -> None:
    print(json.dumps(result, ensure_ascii=False, default=str) if options.json else sentence)


def _write(path: Path, content: bytes) -> None:
    """Write a result whole or not at all."""
    draft = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(content)
        draft.replace(path)
    except OSError as fault:
        draft.unlink(missing_ok=True)
        raise UserError(
            f"« {path} » ne peut pas être écrit : fermez-le s'il est ouvert, ou choisissez un autre dossier."
        ) from fault


# Commands


def _demo(options: argparse.Namespace) -> int:
    from charte_desktop import demonstration

    made = demonstration.show(options.output)
    _print(options, {name: str(path) for name, path in made.items()}, "\n".join(f"{k} : {v}" for k, v in made.items()))
    return DONE


def _import_providers(options: argparse.Namespace) -> int:
    from charte_desktop.documents import workbooks
    from charte_desktop.store import backup
    from charte_desktop.store.provider_import import carry_out, known_providers

    with _base(options) as database:
        try:
            plan = _plan(options, known_providers(database), database.today())
        except UserError as unusable:
            raise WrongUse(str(unusable)) from unusable
        if not options.dry_run:
            backup.automatic_backup(database, "import")
            carry_out(database, plan)
        if options.report is not None:
            _write(options.report, workbooks.import_report(plan))
    _print(options, plan.to_json(), _import_summary(plan, options))
    return DONE


def _plan(options: argparse.Namespace, known: Any, today: date) -> "ImportPlan":
    from charte_desktop.exchange import provider_import, provider_list, tables

    lists = provider_list.recognise(
        tables.read_workbook(options.file),
        sheet=options.sheet,
        header_row=options.header_row,
        mapping=_mapping(options.map),
    )
    return provider_import.plan(lists, known, options.file.name, today)


def _mapping(pairs: Sequence[str] | None) -> dict[str, str] | None:
    if not pairs:
        return None
    if not all("=" in pair for pair in pairs):
        raise WrongUse("--map s'écrit COLONNE=CHAMP, par exemple --map « Nom commercial=legal_name ».")
    return {column: name for column, _, name in (pair.rpartition("=") for pair in pairs)}


def _import_summary(plan: "ImportPlan", options: argparse.Namespace) -> str:
    counts = plan.counts()
    words = {
        "read": "lignes lues",
        "created": "créés",
        "updated": "mis à jour",
        "unchanged": "inchangés",
        "incomplete": "à compléter",
        "duplicate": "doublons",
        "left_out": "laissées de côté",
    }
    lines = [*plan.findings, ", ".join(f"{counts[name]} {word}" for name, word in words.items()) + "."]
    if options.dry_run:
        lines.append("Essai à blanc : rien n'a été écrit.")
    for line in plan.lines:
        told = "; ".join([line.reason, *(problem.message for problem in line.problems)]).strip("; ")
        if told:
            lines.append(f"  {line.sheet} ligne {line.row} : {line.legal_name or '—'} : {told}")
    return "\n".join(lines)


def _export_providers(options: argparse.Namespace) -> int:
    from charte_desktop.documents import workbooks
    from charte_desktop.store.provider_register import ProviderRegister

    makers = {".csv": workbooks.provider_export_csv, ".xlsx": workbooks.provider_export_xlsx}
    make = makers.get(options.output.suffix.lower())
    if make is None:
        raise WrongUse("L'export s'écrit en .xlsx ou en .csv : terminez le nom du fichier ainsi.")
    with _base(options) as database:
        register = ProviderRegister(database)
        providers = register.all()
        _write(options.output, make(providers, database.today(), register.rule))
    result = {"providers": len(providers), "file": str(options.output)}
    _print(options, result, f"{len(providers)} prestataires écrits dans {options.output}")
    return DONE


def _directory(options: argparse.Namespace) -> int:
    from charte_desktop.documents import directory_sheet
    from charte_desktop.model.sheet import Criteria
    from charte_desktop.store.directory_sheets import DirectorySheets, SheetOptions

    services = tuple(dict.fromkeys(_service(text) for text in options.service))
    commune = _commune(options.commune) if options.commune else None
    with _base(options) as database:
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
        _write(options.output, sheets.pdf(sheet.id))
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
    said = f"{count} prestataire{'s' if count > 1 else ''}" if count else "aucun prestataire ne répond"
    _print(options, result, f"Fiche {sheet.number} : {said}, {sheet.page_count} pages, dans {options.output}")
    return DONE


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
    number = identifiers.read_siren(options.company).value
    name = options.name or ("" if number.siren else options.company)
    if options.accompaniment is None:
        raise UserError(
            f"« {options.company} » n'est pas une entreprise accompagnée : une fiche ne se remet que lors d'un "
            "accompagnement (C03). Ajoutez --accompaniment diagnostic, individual ou workshop pour le noter."
        )
    if not name:
        raise UserError(f"Aucune entreprise n'a le SIREN {options.company} : ajoutez son nom par --name.")
    company = new_company(legal_name=name, siren=number.siren, siret=number.siret)
    if commune is not None:
        company.city, company.commune_code = commune.name, commune.code
    return records.add(company)


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


def _service(text: str) -> str:
    from charte_desktop.model import reference

    if text.upper() not in reference.services():
        raise WrongUse(f"La prestation « {text} » n'existe pas : choisissez de S01 à S16.")
    return text.upper()


def _commune(text: str) -> "Commune":
    from charte_desktop.model import reference

    commune = reference.communes().get(text) or reference.find_commune(text, "")
    if commune is None:
        raise WrongUse(f"« {text} » n'est pas une commune de La Réunion : vérifiez l'orthographe.")
    return commune


def _provider(options: argparse.Namespace, database: "Database") -> "Provider":
    from charte_desktop.store.provider_register import ProviderRegister

    found = ProviderRegister(database).find(options.provider)
    if not found:
        raise UserError(f"Aucun prestataire ne répond à « {options.provider} » : vérifiez le SIREN ou le nom.")
    if len(found) > 1:
        raise UserError(f"{len(found)} prestataires se nomment « {options.provider} » : donnez le SIREN.")
    return found[0]


def _sign_status(options: argparse.Namespace) -> int:
    from charte_desktop.store.provider_register import ProviderRegister

    with _base(options) as database:
        provider = _provider(options, database)
        rule, today = ProviderRegister(database).rule, database.today()
    signed = [one.signed_on for one in provider.signatures if one.binds_on(today, rule)]
    state = provider.state_on(today, rule)
    result = {
        "legal_name": provider.legal_name,
        "siren": provider.siren,
        "state": state.name.lower(),
        "signed_on": max(signed).isoformat() if signed else None,
        "listed": provider.may_be_listed_on(today, rule),
    }
    since = f", charte signée le {max(signed):%d/%m/%Y}" if signed else ""
    _print(options, result, f"{provider.legal_name} : {state.value}{since}")
    return DONE


def _remove_provider(options: argparse.Namespace) -> int:
    from charte_desktop.store.provider_register import ProviderRegister

    with _base(options) as database:
        provider = _provider(options, database)
        on = options.on or database.today()
        ProviderRegister(database).remove(provider.id, on, options.clause, options.reason)
        return _tell_recall(options, database, provider, f"{provider.legal_name} est radié le {on:%d/%m/%Y}.\n")


def _recall(options: argparse.Namespace) -> int:
    with _base(options) as database:
        return _tell_recall(options, database, _provider(options, database), "")


def _tell_recall(options: argparse.Namespace, database: "Database", provider: "Provider", before: str) -> int:
    """Every company that was handed the provider's name (C18)."""
    from dataclasses import asdict

    from charte_desktop.store.directory_sheets import DirectorySheets

    lines = DirectorySheets(database).recall_list(provider.id)
    told = [
        f"  {one.sheet_number} du {one.issued_on:%d/%m/%Y} : {one.company_name}"
        + (f", remise à {one.to_whom}" if one.to_whom else ", remise non notée")
        + (f" ({one.contact})" if one.contact else "")
        for one in lines
    ]
    holders = len({one.company_id for one in lines})
    head = f"{before}{holders} entreprise{'s' if holders > 1 else ''} à prévenir pour {provider.legal_name}."
    _print(options, [asdict(one) for one in lines], "\n".join([head, *told]))
    return DONE


def _backup(options: argparse.Namespace) -> int:
    from charte_desktop.store import backup

    with _base(options) as database:
        made = backup.back_up(database, options.output)
    _print(options, {"file": str(made)}, f"Sauvegarde faite et contrôlée : {made}")
    return DONE


def _restore(options: argparse.Namespace) -> int:
    from charte_desktop.store import backup

    folder = options.data_dir or paths.user_data()
    aside = backup.restore(folder, options.file, passphrase=_passphrase(options))
    kept = f" L'ancienne base est gardée dans {aside}." if aside else ""
    _print(options, {"folder": str(folder), "kept": str(aside or "")}, f"La sauvegarde est en place.{kept}")
    return DONE


def _check(options: argparse.Namespace) -> int:
    from charte_desktop.store import backup

    with _base(options) as database:
        findings = backup.check(database)
    _print(options, findings, "\n".join(findings) or "La base est saine.")
    return REFUSED if findings else DONE


# What can be typed


class _Parser(argparse.ArgumentParser):
    """argparse, speaking French when it refuses."""

    def error(self, message: str) -> NoReturn:
        for pattern, words in _REFUSALS:
            message = re.sub(pattern, words, message)
        self.exit(WRONG_USE, f"{message}. Voir : {self.prog} --help\n")


_REFUSALS = (
    (r"^the following arguments are required: (.*)", r"Il manque : \1"),
    (r"^unrecognized arguments: (.*)", r"Argument inconnu : \1"),
    (r"^argument (\S+): expected (?:one|at least one) argument$", r"\1 attend une valeur"),
    (r"^argument (.*?): invalid choice: (\S+) \(choose from (.*)\)", r"\1 : \2 n'existe pas ; choisissez parmi \3"),
    (r"^argument (.*?): invalid \S+ value: (.*)", r"\1 : \2 ne convient pas"),
    (r"^argument (.*?): (.*)", r"\1 : \2"),
)


def _day(text: str) -> date:
    from charte_desktop.model import identifiers

    day = identifiers.read_date(text).value
    if day is None:
        raise argparse.ArgumentTypeError(f"« {text} » n'est pas une date jj/mm/aaaa")
    return day


def _kind(text: str) -> "AccompanimentKind":
    from charte_desktop.model.accompaniment import AccompanimentKind

    french = {"individuel": "INDIVIDUAL", "atelier": "WORKSHOP"}
    try:
        return AccompanimentKind[french.get(text.lower(), text.upper())]
    except KeyError as unknown:
        raise argparse.ArgumentTypeError("diagnostic, individual ou workshop") from unknown


def _parser() -> _Parser:
    common = _Parser(add_help=False)
    _add_common(common, argparse.SUPPRESS)
    parser = _Parser(prog="charte-desktop", description="Le registre de la charte ; sans commande, ouvre la fenêtre.")
    parser.add_argument("--version", action="version", version=f"Charte Desktop {__version__}")
    _add_common(parser, None)
    parser.set_defaults(command=None, json=False)
    commands = parser.add_subparsers(metavar="COMMANDE", parser_class=_Parser)

    def add(name: str, command: Callable[[argparse.Namespace], int], words: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=words, description=words, parents=[common])
        made.set_defaults(command=command)
        made.add_argument("--json", action="store_true", help="répondre en JSON")
        return made

    demo = add("demo", _demo, "une base de démonstration, ses documents et une image de chaque onglet")
    demo.add_argument("--output", type=Path, required=True, metavar="DOSSIER")

    imported = add("import-providers", _import_providers, "reprendre une liste de prestataires (xlsx, xls, ods, csv)")
    imported.add_argument("file", type=Path, metavar="FICHIER")
    imported.add_argument("--sheet", metavar="FEUILLE", help="ne lire que cette feuille")
    imported.add_argument(
        "--header-row", type=int, metavar="N", help="ligne de l'en-tête, comme le tableur la numérote"
    )
    imported.add_argument("--map", action="append", metavar="COLONNE=CHAMP", help="ce que contient une colonne")
    imported.add_argument("--dry-run", action="store_true", help="dire ce qui serait fait, sans rien écrire")
    imported.add_argument("--report", type=Path, metavar="RAPPORT.xlsx", help="la liste et les motifs")

    exported = add("export-providers", _export_providers, "écrire le registre dans un fichier .xlsx ou .csv")
    exported.add_argument("output", type=Path, metavar="SORTIE")

    directory = add("directory", _directory, "la fiche annuaire d'une entreprise accompagnée, en PDF")
    directory.add_argument("--company", required=True, metavar="SIREN|NOM")
    directory.add_argument("--service", required=True, nargs="+", action="extend", metavar="S01", help="S01 à S16")
    directory.add_argument("--commune", metavar="NOM", help="lieu des travaux ; sinon, la commune de l'entreprise")
    directory.add_argument("--accompaniment", type=_kind, metavar="TYPE", help="diagnostic, individual ou workshop")
    directory.add_argument("--on", type=_day, metavar="JJ/MM/AAAA", help="jour de l'accompagnement ; sinon, ce jour")
    directory.add_argument("--name", metavar="NOM", help="nom d'une entreprise nouvelle donnée par son SIREN")
    directory.add_argument("--layout", choices=("cards", "table", "large", "booklet"), default="cards")
    directory.add_argument("--no-qr", action="store_true", help="sans code QR")
    directory.add_argument("--handed-to", metavar="NOM", help="à qui la fiche est remise ; sinon, l'entreprise")
    directory.add_argument("--output", type=Path, required=True, metavar="FICHE.pdf")

    status = add("sign-status", _sign_status, "dire si un prestataire est signataire, et depuis quand")
    status.add_argument("provider", metavar="SIREN|NOM")

    removed = add("remove-provider", _remove_provider, "radier un prestataire (C18) et dire qui prévenir")
    removed.add_argument("provider", metavar="SIREN|NOM")
    removed.add_argument("--clause", required=True, nargs="+", metavar="C11", help="articles non respectés")
    removed.add_argument("--reason", required=True, metavar="MOTIF")
    removed.add_argument("--on", type=_day, metavar="JJ/MM/AAAA")

    recall = add("recall", _recall, "les entreprises qui ont reçu le nom d'un prestataire (C18)")
    recall.add_argument("provider", metavar="SIREN|NOM")

    saved = add("backup", _backup, "sauvegarder la base")
    saved.add_argument("output", type=Path, metavar="SORTIE")
    restored = add("restore", _restore, "remettre une sauvegarde en place")
    restored.add_argument("file", type=Path, metavar="FICHIER")
    add("check", _check, "contrôler la base")
    return parser


def _add_common(parser: argparse.ArgumentParser, default: Any) -> None:
    """Options that may stand before the command or after it."""
    parser.add_argument("--data-dir", type=Path, default=default, metavar="DOSSIER", help="où se trouve la base")
    parser.add_argument("--passphrase-file", type=Path, default=default, metavar="FICHIER")
    parser.add_argument("--adviser", default=default, metavar="NOM", help="qui travaille : écrit dans le journal")
