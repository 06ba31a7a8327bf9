"""The command line: what can be typed, and how an answer is printed.

Names in English, messages in French. Exit code 0: done; 1: refused, with a sentence; 2: wrong usage, or a file that
is no list.
"""

import argparse
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NoReturn, cast

from charte_desktop import __version__
from charte_desktop.commands import (
    companies,
    documents,
    installation,
    lists,
    opened_base,
    providers,
    safekeeping,
    sheets,
    typed,
)
from charte_desktop.commands.answer import REFUSED, WRONG_USE, Answer, WrongUse
from charte_desktop.errors import UserError


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command; without one, open the window. Returns the exit code."""
    _speak_utf8()
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given and given[0].lower().endswith(FILE_ENDING):  # double-clicked: the system gives the file alone
        given.insert(0, "open")
    options = _parser().parse_args(given)
    try:
        if options.command in (None, _window):
            return _window(options)
        command: Callable[[argparse.Namespace], Answer] = options.command
        answer = command(options)
        _print(json.dumps(answer.result, ensure_ascii=False, default=str) if options.json else answer.sentence)
        return answer.code
    except WrongUse as refusal:
        print(refusal, file=sys.stderr)
        return WRONG_USE
    except UserError as refusal:
        print(refusal, file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        print("Interrompu : ce qui n'était pas fini n'a pas été gardé.", file=sys.stderr)
        return REFUSED


def _speak_utf8() -> None:
    """A console of another code page, or a pipe, must not stop an accent."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def _print(text: str) -> None:
    """Print now: what fails at the interpreter's exit can no longer be said."""
    try:
        print(text, flush=True)
    except BrokenPipeError:  # the reader has read enough: `| head -1`
        _drop_output()
    except OSError as fault:
        _drop_output()
        raise UserError(
            "La commande est faite, mais sa réponse n'a pas pu être écrite : vérifiez le disque où elle va."
        ) from fault


def _drop_output() -> None:
    """What is still waiting to be printed goes nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _window(options: argparse.Namespace) -> int:
    passphrase = opened_base.passphrase_of(options)
    if sys.platform == "linux" and not any(os.environ.get(name) for name in _DISPLAYS):
        raise UserError(
            "Il n'y a pas d'écran pour ouvrir la fenêtre : donnez une commande (charte-desktop --help les dit toutes)."
        )
    from charte_desktop import app

    file = getattr(options, "opened", None)
    return app.run(opened_base.folder_of(options), passphrase=passphrase, file=file)


FILE_ENDING = ".charte"
"""Of the files that the system opens with this program."""
_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
"""Without one of them Qt does not refuse: it ends the process."""


class _Help(argparse.HelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: "Iterable[argparse._MutuallyExclusiveGroup]",
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "Usage : " if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """argparse, speaking French when it helps and when it refuses."""

    def __init__(self, **settings: Any) -> None:
        shows_help = settings.pop("add_help", True)
        super().__init__(**settings, add_help=False, formatter_class=_Help)
        self._positionals.title, self._optionals.title = "À donner", "Options"
        if shows_help:
            self.add_argument("-h", "--help", action="help", help="afficher cette aide")

    def error(self, message: str) -> NoReturn:
        for pattern, words in _REFUSALS:
            message = re.sub(pattern, words, message)
        self.exit(WRONG_USE, f"{message}. Voir : {self.prog} --help\n")


_REFUSALS = (
    (r"^the following arguments are required: (.*)", r"Il manque : \1"),
    (r"^unrecognized arguments: (.*)", r"Argument inconnu : \1"),
    (r"^ambiguous option: (\S+) could match (.*)", r"\1 est incomplet : écrivez \2"),
    (r"^argument (\S+): expected (?:one|at least one) argument$", r"\1 attend une valeur"),
    (r"^argument (\S+): ignored explicit argument .*$", r"\1 n'attend pas de valeur"),
    (
        r"^argument (.*?): invalid choice: '?(.*?)'? \(choose from (.*)\)",
        r"\1 : « \2 » n'existe pas ; choisissez parmi \3",
    ),
    (r"^argument (.*?): invalid \S+ value: '?(.*?)'?$", r"\1 : « \2 » ne convient pas"),
    (r"^argument (.*?): (.*)", r"\1 : \2"),
)


def _parser() -> _Parser:
    common = _Parser(add_help=False)
    _add_common(common, argparse.SUPPRESS)
    parser = _Parser(prog="charte-desktop", description="Le registre de la charte ; sans commande, ouvre la fenêtre.")
    parser.add_argument(
        "--version", action="version", version=f"Charte Desktop {__version__}", help="dire la version du programme"
    )
    _add_common(parser, None)
    parser.set_defaults(command=None, json=False)
    commands = parser.add_subparsers(metavar="COMMANDE", parser_class=_Parser, title="Commandes")

    def add(name: str, command: Callable[[argparse.Namespace], Answer], words: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=words, description=words, parents=[common])
        made.set_defaults(command=command)
        return made

    demo = add("demo", safekeeping.demo, "une base de démonstration, ses documents et une image de chaque onglet")
    demo.add_argument("--output", type=typed.path, required=True, metavar="DOSSIER")

    for imported in (
        add("import-providers", lists.import_providers, "reprendre une liste (xlsx, xls, ods, csv, txt)"),
        add("import-companies", lists.import_companies, "reprendre une liste d'entreprises, de la même façon"),
    ):
        imported.add_argument("file", type=typed.path, metavar="FICHIER")
        imported.add_argument("--sheet", type=typed.words, metavar="FEUILLE", help="ne lire que cette feuille")
        imported.add_argument(
            "--header-row", type=int, metavar="N", help="ligne de l'en-tête, comme le tableur la numérote ; 0 : aucune"
        )
        imported.add_argument(
            "--map", type=typed.words, action="append", metavar="COLONNE=CHAMP", help="ce que contient une colonne"
        )
        imported.add_argument("--dry-run", action="store_true", help="dire ce qui serait fait, sans rien écrire")
        imported.add_argument("--report", type=typed.path, metavar="RAPPORT.xlsx", help="la liste et les motifs")

    for exported in (
        add("export-providers", lists.export_providers, "écrire le registre dans un fichier .xlsx ou .csv"),
        add("export-companies", lists.export_companies, "écrire les entreprises dans un fichier .xlsx ou .csv"),
    ):
        exported.add_argument("output", type=typed.path, metavar="SORTIE")

    directory = add("directory", sheets.directory, "la fiche annuaire d'une entreprise accompagnée, en PDF")
    directory.add_argument("--company", type=typed.words, required=True, metavar="SIREN|NOM")
    directory.add_argument(
        "--service", type=typed.service, required=True, nargs="+", action="extend", metavar="S01", help="S01 à S16"
    )
    directory.add_argument(
        "--commune", type=typed.commune, metavar="NOM", help="lieu des travaux ; sinon, la commune de l'entreprise"
    )
    directory.add_argument(
        "--accompaniment", type=typed.accompaniment, metavar="TYPE", help="diagnostic, individual ou workshop"
    )
    directory.add_argument(
        "--on", type=typed.day, metavar="JJ/MM/AAAA", help="jour de l'accompagnement ; sinon, ce jour"
    )
    directory.add_argument(
        "--name", type=typed.words, metavar="NOM", help="nom d'une entreprise nouvelle donnée par son SIREN"
    )
    directory.add_argument(
        "--layout",
        choices=("cards", "table", "large", "booklet"),
        default="cards",
        help="cartes (cards), tableau, gros caractères ou livret",
    )
    directory.add_argument("--no-qr", action="store_true", help="sans code QR")
    directory.add_argument(
        "--handed-to", type=typed.words, metavar="NOM", help="à qui la fiche est remise ; sinon, l'entreprise"
    )
    directory.add_argument("--output", type=typed.path, required=True, metavar="FICHE.pdf")

    status = add("sign-status", providers.sign_status, "dire si un prestataire est signataire, et depuis quand")
    status.add_argument("provider", type=typed.words, metavar="SIREN|NOM")

    signed = add("sign-paper", providers.sign_paper, "enregistrer une charte signée sur papier (C06)")
    signed.add_argument("provider", type=typed.words, metavar="SIREN|NOM")
    signed.add_argument("--on", type=typed.day, required=True, metavar="JJ/MM/AAAA", help="jour de la signature")
    signed.add_argument("--source", type=typed.words, metavar="TEXTE", help="d'où la signature est connue")

    removed = add("remove-provider", providers.remove_provider, "radier un prestataire (C18) et dire qui prévenir")
    removed.add_argument("provider", type=typed.words, metavar="SIREN|NOM")
    removed.add_argument(
        "--clause", type=typed.clause, required=True, nargs="+", metavar="C11", help="articles non respectés"
    )
    removed.add_argument("--reason", type=typed.words, required=True, metavar="MOTIF")
    removed.add_argument("--on", type=typed.day, metavar="JJ/MM/AAAA", help="jour de la radiation ; sinon, ce jour")

    recall = add("recall", providers.recall, "les entreprises qui ont reçu le nom d'un prestataire (C18)")
    recall.add_argument("provider", type=typed.words, metavar="SIREN|NOM")

    right = add("charter-right", companies.charter_right, "dire si une entreprise a droit à la charte (C03, C04)")
    right.add_argument("siren", type=typed.siren, metavar="SIREN")
    right.add_argument("--on", type=typed.day, metavar="JJ/MM/AAAA", help="le droit à ce jour ; sinon, aujourd'hui")

    attested = add("attestation", companies.attestation, "l'attestation d'accompagnement d'une entreprise, numérotée")
    attested.add_argument("company", type=typed.words, metavar="SIREN|NOM")
    attested.add_argument("--output", type=typed.path, required=True, metavar="ATTESTATION.pdf")

    report = add("activity-report", companies.activity_report, "le rapport d'activité d'une période (pdf ou xlsx)")
    report.add_argument("--from", dest="since", type=typed.day, metavar="JJ/MM/AAAA", help="sinon, le 1er janvier")
    report.add_argument("--to", dest="until", type=typed.day, metavar="JJ/MM/AAAA", help="sinon, le 31 décembre")
    report.add_argument("--output", type=typed.path, required=True, metavar="RAPPORT.{pdf,xlsx}")

    verified = add("verify", documents.verify, "dire si un PDF scellé est inchangé depuis le scellement")
    verified.add_argument("file", type=typed.path, metavar="FICHIER.pdf")

    saved = add("backup", safekeeping.back_up, "sauvegarder la base")
    saved.add_argument("output", type=typed.path, metavar="SORTIE", help="un fichier à écrire, ou un dossier")
    restored = add("restore", safekeeping.restore, "remettre une sauvegarde en place")
    restored.add_argument("file", type=typed.path, metavar="FICHIER")
    add("check", safekeeping.check, "contrôler la base")
    opened = add("open", cast(Any, _window), "ouvrir la fenêtre sur un fichier .charte ou une sauvegarde")
    opened.add_argument("opened", type=typed.path, metavar="FICHIER")
    tested = add("self-test", installation.self_test, "éprouver le programme installé, sans toucher à la base")
    tested.add_argument("--report", type=typed.path, metavar="FICHIER", help="le compte rendu, en JSON")
    tested.add_argument("--paint", action="store_true", help="seulement dessiner la fenêtre et s'en aller")
    updated = add("update", installation.update, "reconnaître un installateur plus récent, et l'installer")
    updated.add_argument("file", type=typed.path, metavar="FICHIER")
    updated.add_argument("--dry-run", action="store_true", help="dire ce que c'est, sans rien installer")
    guided = add("guide", installation.write_guide, "le guide en PDF")
    guided.add_argument("output", type=typed.path, metavar="GUIDE.pdf")
    guided.add_argument("--on", type=typed.day, metavar="JJ/MM/AAAA", help="jour que porte le guide ; sinon, ce jour")
    return parser


def _add_common(parser: argparse.ArgumentParser, default: Any) -> None:
    """Options that may stand before the command or after it."""
    parser.add_argument("--data-dir", type=typed.path, default=default, metavar="DOSSIER", help="où est la base")
    parser.add_argument(
        "--passphrase-file", type=typed.path, default=default, metavar="FICHIER", help="la phrase de passe, en texte"
    )
    parser.add_argument(
        "--adviser", type=typed.words, default=default, metavar="NOM", help="qui travaille : écrit dans le journal"
    )
    parser.add_argument("--json", action="store_true", default=default, help="répondre en JSON")
