"""The program as it was installed: whether it is whole and does its work."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from charte_desktop import __version__
from charte_desktop.commands.answer import DONE, REFUSED, Answer, ending_in
from charte_desktop.errors import UserError

if TYPE_CHECKING:
    from charte_desktop.self_test import Outcome


def self_test(options: argparse.Namespace) -> Answer:
    """Try everything that the program does, in a folder of its own; the user's base is not looked at."""
    if options.paint:
        return _paint()
    from charte_desktop.self_test import trials

    def tell(outcome: "Outcome") -> None:
        if not options.json and sys.stdout is not None:
            print(_line(outcome), flush=True)

    outcomes = trials.run(options.report, tell)
    failed = [one for one in outcomes if not one.passed]
    told = f"{len(outcomes) - len(failed)} essais réussis sur {len(outcomes)}."
    if failed:
        told += " Réinstallez le programme ; si cela recommence, envoyez le compte rendu (--report) à l'assistance."
    return Answer(trials.to_json(outcomes), told, REFUSED if failed else DONE)


def _paint() -> Answer:
    """Paint the window of a folder without a base, and leave: what a start costs is measured from outside."""
    from tempfile import TemporaryDirectory

    from charte_desktop import app
    from charte_desktop.ui import messages

    application = app.make_application(sys.argv[:1])
    with TemporaryDirectory() as folder:
        window = app.make_window(application, Path(folder), messages.Boundary(Path(folder)))
        window.settled.disconnect()  # nothing of a base is opened
        window.painted.connect(application.quit)
        window.show()
        application.exec()
    return Answer({"painted": True}, "La fenêtre est dessinée.")


def update(options: argparse.Namespace) -> Answer:
    """Say what an installer is and what proves it; unless it is a dry run, back up and start it."""
    from charte_desktop.commands.opened_base import base_of, folder_of
    from charte_desktop.exchange import update_file
    from charte_desktop.policy import policy
    from charte_desktop.store import backup
    from charte_desktop.store.database import Database

    found = update_file.recognise(options.file)
    result = {"version": found.version, "running": __version__, "sha256": found.sha256, "proof": found.proof}
    told = f"Version {found.version} (ce poste : {__version__}). {found.proof}\nSHA-256 {found.sha256}"
    if options.dry_run:
        return Answer(result, told)
    if not policy().updates_itself:
        raise UserError("Le service informatique met lui-même ce programme à jour : adressez-vous à lui.")
    update_file.refuse_unless_installed()
    prepared = update_file.prepare(found)
    if Database.exists(folder_of(options)):
        with base_of(options) as database:
            backup.automatic_backup(database, "mise à jour")
    update_file.start(prepared)
    return Answer({**result, "started": str(prepared)}, f"{told}\nL'installation commence ; le programme se ferme.")


def write_guide(options: argparse.Namespace) -> Answer:
    """The guide as one PDF."""
    from datetime import datetime, time

    from charte_desktop.documents.guide_booklet import guide_booklet
    from charte_desktop.result_file import ResultFile
    from charte_desktop.store.database import REUNION, now

    at = datetime.combine(options.on, time(12), REUNION) if options.on else now()
    with ResultFile(ending_in(options.output, ".pdf")) as file:
        file.write(guide_booklet(at))
    return Answer({"file": str(options.output)}, f"Guide écrit : {options.output}")


def _line(outcome: "Outcome") -> str:
    return f"{'oui' if outcome.passed else 'NON'}  {outcome.name} : {outcome.seen} ({outcome.seconds:.1f} s)"
