"""The trials, one after the other, each in a folder of its own; what one finds wrong keeps none from running."""

import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from charte_desktop import __version__
from charte_desktop.errors import UserError
from charte_desktop.result_file import ResultFile

Trial = Callable[[Path], str]
"""Given a folder of its own to work in; returns what was seen, in a few words, or raises."""


class Failure(Exception):
    """What a trial found wrong, in a sentence."""


@dataclass(frozen=True)
class Outcome:
    """What one trial found."""

    name: str
    passed: bool
    seen: str
    seconds: float


def run(report: Path | None = None, told: Callable[[Outcome], None] = lambda _: None) -> list[Outcome]:
    """Carry out every trial; `told` hears of each as it ends, and `report` (JSON) is written once all have."""
    from charte_desktop.self_test.network import Watch

    if sys.platform == "linux" and not any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    outcomes = []
    with Watch() as watch, tempfile.TemporaryDirectory(prefix="Été à l'Étang-Salé ", ignore_cleanup_errors=True) as top:
        for number, (name, trial) in enumerate([*_trials(), ("aucune connexion", watch.trial)]):
            place = Path(top) / f"{number} {name}"
            place.mkdir()
            outcomes.append(_carry_out(name, trial, place))
            told(outcomes[-1])
    if report is not None:
        with ResultFile(report) as file:
            file.write(json.dumps(to_json(outcomes), ensure_ascii=False, indent=1).encode())
    return outcomes


def to_json(outcomes: list[Outcome]) -> dict[str, object]:
    """The report, for a script."""
    return {
        "program": "Charte Desktop",
        "version": __version__,
        "python": sys.version.split()[0],
        "system": platform.platform(),
        "frozen": is_installed(),
        "passed": all(one.passed for one in outcomes),
        "trials": [asdict(one) for one in outcomes],
    }


def is_installed() -> bool:
    """True for what an installer made: it lists its own files."""
    from charte_desktop import paths

    return paths.contents().exists()


def _carry_out(name: str, trial: Trial, place: Path) -> Outcome:
    start = time.perf_counter()
    try:
        seen, passed = trial(place), True
    except (Failure, UserError) as found:
        seen, passed = str(found), False
    except Exception as fault:  # noqa: BLE001  (whatever goes wrong in a trial is what the trial is for)
        seen, passed = f"{type(fault).__name__}: {fault}", False
    return Outcome(name, passed, seen, round(time.perf_counter() - start, 2))


def _trials() -> list[tuple[str, Trial]]:
    from charte_desktop.self_test import bases, charters, contents, documents, lists, seals, window

    return [
        ("interpréteur", contents.interpreter),
        ("fichiers du programme", contents.files),
        ("modules", contents.modules),
        ("paquets appelés", contents.imports),
        ("base chiffrée", bases.encrypted),
        ("schéma", bases.migrations),
        ("bases d'autrefois", bases.stored),
        ("sauvegarde", bases.backup),
        ("recherche", bases.search),
        ("listes", lists.lists),
        ("fuseaux et jours fériés", lists.calendar),
        ("sceau", seals.seal),
        ("charte signée", charters.charters),
        ("fenêtre", window.application),
        ("textes français de Qt", window.french),
        ("formats d'image", window.pictures),
        ("lettres", window.glyphs),
        ("impression", window.printing),
        ("formulaires", window.forms),
        ("démonstration", documents.demonstration),
        ("documents", documents.documents),
        ("aperçu", documents.preview),
    ]
