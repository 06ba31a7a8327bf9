"""Write the last migration and its stored base again, from the model: `python -m tests.store.write_schema`.

Only until that migration is released; a released one is never changed. Raise `HEAD` in `store/version.py` first: the
migration is then what the model has and the stored base of the version before has not. Tables that only changed are
left to whoever writes the migration.
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
from charte_desktop.store.version import HEAD
from tests.clock import FixedClock

BASES = Path(__file__).parents[1] / "data" / "bases"
VERSIONS = Path(paths.__file__).parent / "store" / "migrations" / "versions"

_BEGINNING = '''"""{title}"""

from alembic import op

revision = "{number}"
down_revision = {before}
branch_labels = None
depends_on = None

STATEMENTS = (
'''
_END = """)


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


def statements(folder: Path) -> dict[str, str]:
    """What makes each table and index of the base of `folder`, by name."""
    key = keys.unlock(folder, keys.DEMONSTRATION_PASSPHRASE)
    connection = raw_connection(folder / FILE_NAME, key)
    shadows = {name for (name,) in connection.execute("SELECT name FROM pragma_table_list WHERE type <> 'table'")}
    rows = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'alembic_version' ORDER BY rowid"
    ).fetchall()
    connection.close()
    return {name: sql for name, sql in rows if name not in shadows}


def _written(sql: str) -> str:
    lines = "\n".join(line.rstrip() for line in sql.replace("\t", "    ").replace(" USING", "\n    USING").splitlines())
    return f'    """{lines}""",\n'


def main() -> None:
    """Write both."""
    number = int(HEAD)
    before = statements(BASES / f"{number - 1:04}") if number > 1 else {}
    known = list(VERSIONS.glob(f"{HEAD}_*.py"))
    migration = known[0] if known else VERSIONS / f"{HEAD}_tables.py"
    title = migration.read_text(encoding="utf-8").split('"""')[1] if known else "More tables."
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "base"
        make_base(folder)
        new = [sql for name, sql in statements(folder).items() if name not in before]
        full_text = list(FULL_TEXT) if number == 1 else []
        beginning = _BEGINNING.format(title=title, number=HEAD, before=f'"{number - 1:04}"' if number > 1 else None)
        migration.write_text(beginning + "".join(map(_written, new + full_text)) + _END, encoding="utf-8")
        stored = BASES / HEAD
        stored.mkdir(parents=True, exist_ok=True)
        for name in (FILE_NAME, keys.FILE_NAME):
            shutil.copy2(folder / name, stored / name)


if __name__ == "__main__":
    main()
