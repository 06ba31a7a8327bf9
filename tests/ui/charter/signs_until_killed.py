"""A program that draws a signature and seals it again and again, until somebody kills it: run by test_signing.py."""

import json
import sys
import time
from pathlib import Path

from charte_desktop.documents.sealing import seal_charter
from charte_desktop.model.drawing import Drawing, Stroke
from charte_desktop.store.charter_signing import CharterSigning
from charte_desktop.store.database import Database
from charte_desktop.store.provider_rows import ProviderRows
from charte_desktop.store.signing_sessions import SigningSessions
from charte_desktop.ui.charter.workstation import workstation_identity
from tests.conftest import PASSPHRASE
from tests.signings import a_drawing


def main(folder: Path) -> None:
    """Say what is kept, line by line, once it is kept."""
    database = Database.open(folder, passphrase=PASSPHRASE)
    (row,) = ProviderRows(database).search("tué")
    sessions = SigningSessions(database)
    state = sessions.of(row.id)
    assert state is not None
    identity = workstation_identity(database)
    seal_charter(CharterSigning(database).compose(state, [a_drawing()], database.clock()), identity, database.clock())
    whole = a_drawing(4, 48)
    print("ready", flush=True)
    for number, stroke in enumerate(whole.strokes):
        sessions.begin_stroke(state.id, 0, number, Stroke(stroke.tool, stroke.began), whole.aspect)
        for at in range(0, 48, 16):
            sessions.add_points(state.id, 0, number, stroke.points[at : at + 16])
            time.sleep(0.004)
        sessions.take(state.id, 0, Drawing(whole.aspect, whole.strokes[: number + 1]))
        print("drawn", json.dumps(48), flush=True)
    signing = CharterSigning(database)
    content = signing.compose(state, [whole], database.clock())
    sealed = seal_charter(content, identity, database.clock())
    signing.keep(state, content, sealed)
    print("signed", flush=True)
    time.sleep(0.05)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
