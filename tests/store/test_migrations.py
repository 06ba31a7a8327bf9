import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from charte_desktop.errors import UserError
from charte_desktop.store import backup, keys, schema, version
from charte_desktop.store.cipher import FILE_NAME, raw_connection
from charte_desktop.store.database import Database
from charte_desktop.store.provider_register import ProviderRegister

KEY = bytes(range(32))
STORED = sorted(path for path in (Path(__file__).parents[1] / "data" / "bases").iterdir() if path.is_dir())


def _shape(connection: Any) -> dict[str, Any]:
    """What the tables are, whatever the order in which columns came and the way their making was written."""
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
    kinds = dict(connection.execute("SELECT name, type FROM pragma_table_list WHERE schema = 'main'").fetchall())
    shape: dict[str, Any] = {}
    for kind, name, owner, sql in rows:
        if kind == "table" and kinds[name] == "table":
            shape[name] = {
                "columns": set(
                    connection.execute(
                        'SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_info(?)', (name,)
                    )
                ),
                "references": set(
                    connection.execute(
                        'SELECT "from", "table", "to", on_update, on_delete FROM pragma_foreign_key_list(?)', (name,)
                    )
                ),
                "unique": {
                    tuple(connection.execute("SELECT name FROM pragma_index_info(?) ORDER BY seqno", (index,)))
                    for (index,) in connection.execute(
                        'SELECT name FROM pragma_index_list(?) WHERE "unique" = 1', (name,)
                    ).fetchall()
                },
                "without rowid": "WITHOUT ROWID" in sql,
            }
        elif sql is not None and kinds.get(name) != "shadow":
            shape[name] = (kind, owner, re.sub(r"[\s\"]+", " ", sql))
        if name.endswith("_config"):
            shape[name] = set(connection.execute(f'SELECT * FROM "{name}"'))
    return shape


def _shape_of_base(folder: Path) -> dict[str, Any]:
    connection = raw_connection(folder / FILE_NAME, keys.unlock(folder, keys.DEMONSTRATION_PASSPHRASE))
    try:
        return _shape(connection)
    finally:
        connection.close()


@pytest.fixture
def todays_shape(tmp_path: Path) -> dict[str, Any]:
    Database.create(tmp_path / "nouvelle", demonstration=True).close()
    return _shape_of_base(tmp_path / "nouvelle")


def test_the_migrations_make_the_tables_of_the_model(tmp_path: Path, todays_shape: dict[str, Any]) -> None:
    schema.migrate(tmp_path / FILE_NAME, KEY)
    connection = raw_connection(tmp_path / FILE_NAME, KEY)
    migrated = _shape(connection)
    connection.close()
    assert migrated == todays_shape, "write a migration (python -m tests.store.write_schema)"
    assert version.version_of(tmp_path / FILE_NAME, KEY) == version.HEAD


def test_the_programs_version_is_that_of_the_last_migration() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", "charte_desktop.store:migrations")
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_heads() == [version.HEAD]
    numbers = [script.revision for script in scripts.walk_revisions()]
    assert numbers == sorted(numbers, reverse=True)
    assert all(re.fullmatch(r"\d{4}", number) for number in numbers)


def test_each_released_schema_has_its_stored_base() -> None:
    revisions = sorted((Path(schema.__file__).parent / "migrations" / "versions").glob("0*.py"))
    assert [folder.name for folder in STORED] == [file.name[:4] for file in revisions]


@pytest.mark.parametrize("stored", STORED, ids=lambda folder: folder.name)
def test_a_base_of_every_released_schema_opens_and_is_sound(
    stored: Path, tmp_path: Path, todays_shape: dict[str, Any]
) -> None:
    shutil.copytree(stored, tmp_path / "base")
    database = Database.open(tmp_path / "base")
    assert backup.check(database) == []
    (row,) = ProviderRegister(database).search("oeuvre")
    assert row.siren == "489487926"
    database.adviser = "Conseiller Sud"
    database.close()
    assert _shape_of_base(tmp_path / "base") == todays_shape


def test_no_migration_imports_the_program() -> None:
    folder = Path(schema.__file__).parent / "migrations" / "versions"
    files = list(folder.glob("*.py"))
    assert files
    for file in files:
        assert "charte_desktop" not in file.read_text(encoding="utf-8")


def test_an_older_base_is_backed_up_before_it_is_migrated(database: Database) -> None:
    database.close()
    connection = raw_connection(database.path, database.key)
    connection.execute("UPDATE alembic_version SET version_num = '0000'")
    connection.close()
    before = database.path.read_bytes()
    # The only base older than the first schema is one that never was: its migration fails, and nothing may change.
    with pytest.raises(Exception, match="0000"):
        Database.open(database.folder, passphrase="filaos et vétiver")
    assert database.path.read_bytes() == before
    (made,) = (database.folder / "sauvegardes").iterdir()
    assert made.suffix == ".zip"


# The traps, on a base of two tables: a provider and its services, found by a trigger


PARENT = """
from alembic import op
import sqlalchemy as sa
revision, down_revision, branch_labels, depends_on = "0001", None, None, None
def upgrade():
    for statement in (
        "CREATE TABLE parent (id INTEGER PRIMARY KEY, name VARCHAR NOT NULL)",
        "CREATE TABLE child (id INTEGER PRIMARY KEY, parent_id INTEGER NOT NULL "
        "REFERENCES parent (id) ON DELETE CASCADE)",
        "CREATE TABLE seen (name VARCHAR)",
        "CREATE TRIGGER parent_seen AFTER INSERT ON parent BEGIN INSERT INTO seen VALUES (new.name); END",
        "INSERT INTO parent VALUES (1, 'un'), (2, 'deux')",
        "INSERT INTO child VALUES (10, 1), (20, 2), (21, 2)",
    ):
        op.execute(statement)
"""
NEXT = """
from alembic import op
import sqlalchemy as sa
revision, down_revision, branch_labels, depends_on = "0002", "0001", None, None
def upgrade():
    {body}
"""
REBUILD = """with op.batch_alter_table("parent", recreate="always") as batch:
        batch.alter_column("name", new_column_name="label")"""
TRIGGER = """op.execute(
        "CREATE TRIGGER parent_seen AFTER INSERT ON parent BEGIN INSERT INTO seen VALUES (new.label); END"
    )"""


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    shutil.copy(Path(schema.__file__).parent / "migrations" / "env.py", folder)
    (folder / "versions" / "one.py").write_text(PARENT)
    return folder


@pytest.fixture
def small_base(tmp_path: Path, scripts: Path) -> Path:
    path = tmp_path / FILE_NAME
    schema.migrate(path, KEY, scripts=str(scripts), target="0001")
    return path


def _migrate(small_base: Path, scripts: Path, body: str) -> None:
    (scripts / "versions" / "two.py").write_text(NEXT.format(body=body))
    schema.migrate(small_base, KEY, scripts=str(scripts))


def _rows(path: Path, query: str) -> list[Any]:
    connection = raw_connection(path, KEY)
    rows: list[Any] = connection.execute(query).fetchall()
    connection.close()
    return rows


def _is_as_it_was(path: Path) -> bool:
    tables = _rows(path, "SELECT name FROM sqlite_master WHERE type IN ('table', 'trigger') ORDER BY name")
    return (
        tables == [("alembic_version",), ("child",), ("parent",), ("parent_seen",), ("seen",)]
        and _rows(path, "SELECT id, name FROM parent") == [(1, "un"), (2, "deux")]
        and _rows(path, "SELECT id FROM child") == [(10,), (20,), (21,)]
        and _rows(path, "SELECT version_num FROM alembic_version") == [("0001",)]
    )


def test_rebuilding_a_parent_table_keeps_its_children(small_base: Path, scripts: Path) -> None:
    _migrate(small_base, scripts, f"{REBUILD}\n    {TRIGGER}")
    assert _rows(small_base, "SELECT label FROM parent") == [("un",), ("deux",)]
    assert _rows(small_base, "SELECT id FROM child") == [(10,), (20,), (21,)]
    assert _rows(small_base, "SELECT version_num FROM alembic_version") == [("0002",)]


def test_a_migration_that_loses_a_trigger_is_refused_whole(small_base: Path, scripts: Path) -> None:
    with pytest.raises(RuntimeError, match="parent_seen"):
        _migrate(small_base, scripts, REBUILD)
    assert _is_as_it_was(small_base)


def test_a_migration_that_leaves_orphans_is_refused_whole(small_base: Path, scripts: Path) -> None:
    with pytest.raises(RuntimeError, match="orphans in: \\['child'\\]"):
        _migrate(small_base, scripts, 'op.execute("DELETE FROM parent WHERE id = 2")')
    assert _is_as_it_was(small_base)


def test_a_migration_that_fails_half_way_leaves_nothing(small_base: Path, scripts: Path) -> None:
    body = 'op.create_table("half", sa.Column("id", sa.Integer))\n    op.execute("DROP TABLE seen")\n    1 / 0'
    with pytest.raises(ZeroDivisionError):
        _migrate(small_base, scripts, body)
    assert _is_as_it_was(small_base)


def test_the_migrations_before_a_failing_one_are_not_kept_either(small_base: Path, scripts: Path) -> None:
    (scripts / "versions" / "three.py").write_text(
        NEXT.format(body="1 / 0").replace('"0002", "0001"', '"0003", "0002"')
    )
    with pytest.raises(ZeroDivisionError):
        _migrate(small_base, scripts, 'op.create_table("whole", sa.Column("id", sa.Integer))')
    assert _is_as_it_was(small_base)


def test_a_base_without_version_is_no_base_of_ours(tmp_path: Path) -> None:
    connection = raw_connection(tmp_path / FILE_NAME, KEY)
    connection.execute("CREATE TABLE alembic_version (version_num)")
    connection.close()
    with pytest.raises(UserError, match="n'est pas une base de ce programme"):
        version.version_of(tmp_path / FILE_NAME, KEY)
