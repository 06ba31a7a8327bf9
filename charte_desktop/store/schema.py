"""The base's tables: made at once for a new base, migrated for an older one.

Alembic's migrations are the truth; `create` makes the same tables without loading Alembic, and a test compares both.
"""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from charte_desktop.model import (
    accompaniment,
    attestation,
    charter,
    company,
    company_contact,
    diagnostic,
    distinct_pair,
    draft_table,
    exchange,
    project,
    provider,
    sealed,
    setting,
    sheet,
    signing_table,
    snooze,
    workshop,
)
from charte_desktop.model.base import Record
from charte_desktop.store import journal, search
from charte_desktop.store.engine import single_connection_engine
from charte_desktop.store.version import HEAD

MODEL = (
    accompaniment,
    attestation,
    charter,
    company,
    company_contact,
    diagnostic,
    distinct_pair,
    draft_table,
    exchange,
    journal,
    project,
    provider,
    sealed,
    search,
    setting,
    sheet,
    signing_table,
    snooze,
    workshop,
)
"""The modules that declare tables: naming them here makes their tables known."""

_MIGRATIONS = "charte_desktop.store:migrations"


def create(connection: Connection) -> None:
    """Make every table of this version in an empty base."""
    Record.metadata.create_all(connection)
    connection.exec_driver_sql(
        "CREATE TABLE alembic_version (\n\tversion_num VARCHAR(32) NOT NULL, \n"
        "\tCONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)\n)"
    )
    connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (HEAD,))


def migrate(path: Path, key: bytes, *, scripts: str = _MIGRATIONS, target: str = "head") -> None:
    """Take the base at `path` through the missing migrations: all of them, or none.

    Foreign keys are off meanwhile, since rebuilding a parent table would empty its children; they are checked before
    anything is kept, and no trigger may be lost on the way.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", scripts)
    engine = single_connection_engine(path, key)
    try:
        with engine.begin() as connection:
            triggers = _triggers(connection)
            config.attributes["connection"] = connection
            command.upgrade(config, target)
            lost = triggers - _triggers(connection)
            if lost:
                raise RuntimeError(f"the migration lost triggers: {sorted(lost)}")
            orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if orphans:
                raise RuntimeError(f"the migration left orphans in: {sorted({row[0] for row in orphans})}")
    finally:
        engine.dispose()


def _triggers(connection: Connection) -> set[str]:
    rows: Any = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    return set(rows.scalars())
