"""Which text of the charter is signed now; asked by what is only shown, so that no record is made for it."""

from charte_desktop.store.database import Database

CURRENT_VERSION = "charter_version"
"""The setting that names the text to sign."""


def current_version(database: Database) -> str:
    """The id of the text to sign now: the one chosen as such, else the latest known; empty when none is."""
    chosen = database.setting(CURRENT_VERSION)
    if chosen:
        return chosen
    with database.looking() as base:
        line = base.execute("SELECT id FROM charter_version ORDER BY added_at DESC, label DESC LIMIT 1").fetchone()
    return str(line[0]) if line else ""
