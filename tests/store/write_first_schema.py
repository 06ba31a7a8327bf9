"""Write the first migration and its stored base again, from the model: `python -m tests.store.write_first_schema`.

Only until the first release. A released migration is never changed: write the next one, and store a base beside it.
"""

import shutil
import tempfile
from datetime import date
from pathlib import Path

from charte_desktop import paths
from charte_desktop.model.accompaniment import Accompaniment
from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.charter import Signature
from charte_desktop.model.company import new_company
from charte_desktop.model.provider import new_provider
from charte_desktop.store import keys
from charte_desktop.store.cipher import FILE_NAME, raw_connection
from charte_desktop.store.database import Database
from charte_desktop.store.search import FULL_TEXT
from tests.clock import FixedClock

BASES = Path(__file__).parents[1] / "data" / "bases"
MIGRATION = Path(paths.__file__).parent / "store" / "migrations" / "versions" / "0001_first_schema.py"

_HEAD = '''"""The first tables of the base."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STATEMENTS = (
'''
_FOOT = """)


def upgrade() -> None:
    connection = op.get_bind()
    for statement in STATEMENTS:
        connection.exec_driver_sql(statement)
"""


def make_base(folder: Path) -> None:
    """A demonstration base with a little of everything."""
    database = Database.create(folder, demonstration=True, adviser="Conseillère Ouest", clock=FixedClock())
    provider = new_provider(legal_name="Œuvre numérique", siren="489487926", emails=["contact@oeuvre.example"])
    provider.offer(["S01", "S02"])
    company = new_company(legal_name="Boulangerie de L'Étang-Salé")
    with database.transaction("Remplir la base") as session:
        session.add_all([provider, company])
        session.flush()
        session.add(Signature(provider_id=provider.id, signed_on=date(2026, 9, 1)))
        session.add(
            Accompaniment(
                company_id=company.id,
                kind=AccompanimentKind.DIAGNOSTIC,
                held_on=date(2026, 10, 1),
                adviser="Conseillère Ouest",
            )
        )
    database.close()


def statements(folder: Path) -> list[str]:
    """What makes the tables of the base of `folder`."""
    key = keys.unlock(folder, keys.DEMONSTRATION_PASSPHRASE)
    connection = raw_connection(folder / FILE_NAME, key)
    shadows = {name for (name,) in connection.execute("SELECT name FROM pragma_table_list WHERE type <> 'table'")}
    rows = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'alembic_version' ORDER BY rowid"
    ).fetchall()
    connection.close()
    return [sql for name, sql in rows if name not in shadows] + list(FULL_TEXT)


def _written(sql: str) -> str:
    lines = "\n".join(line.rstrip() for line in sql.replace("\t", "    ").replace(" USING", "\n    USING").splitlines())
    return f'    """{lines}""",\n'


def main() -> None:
    """Write both."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "base"
        make_base(folder)
        MIGRATION.write_text(_HEAD + "".join(map(_written, statements(folder))) + _FOOT, encoding="utf-8")
        stored = BASES / "0001"
        stored.mkdir(parents=True, exist_ok=True)
        for name in (FILE_NAME, keys.FILE_NAME):
            shutil.copy2(folder / name, stored / name)


if __name__ == "__main__":
    main()
