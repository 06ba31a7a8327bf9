"""The program as it was installed: whether it is whole and does its work."""

import argparse
import sys
from typing import TYPE_CHECKING

from charte_desktop.commands.answer import DONE, REFUSED, Answer

if TYPE_CHECKING:
    from charte_desktop.self_test import Outcome


def self_test(options: argparse.Namespace) -> Answer:
    """Try everything that the program does, in a folder of its own; the user's base is not looked at."""
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


def _line(outcome: "Outcome") -> str:
    return f"{'oui' if outcome.passed else 'NON'}  {outcome.name} : {outcome.seen} ({outcome.seconds:.1f} s)"
