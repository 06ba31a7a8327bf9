"""The base's tables: made at once for a new base, migrated for an older one."""

from sqlalchemy import Connection

from charte_desktop.model import accompaniment, charter, company, provider, setting, sheet
from charte_desktop.model.base import Record

HEAD = "0001"
"""The last migration's number; a base that says more comes from a newer program."""

MODEL = (accompaniment, charter, company, provider, setting, sheet)
"""The modules that declare tables: naming them here makes their tables known."""


def create(connection: Connection) -> None:
    """Make every table of this version in an empty base; the result equals that of all migrations."""
    Record.metadata.create_all(connection)
    connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (HEAD,))
