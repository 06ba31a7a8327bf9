"""The base: encrypted, of today's schema whatever it came from, searchable, saved and put back."""

import shutil
from contextlib import closing
from pathlib import Path

from charte_desktop import paths
from charte_desktop.errors import UserError
from charte_desktop.self_test.trials import Failure

_PASSPHRASE = "cœur de filao à l'Étang"
_COMPANY = "Œuvres & Lumières de l'Étang-Salé"


def encrypted(place: Path) -> str:
    """A base under an accented path: a wrong passphrase is refused, and nothing in its file can be read."""
    from charte_desktop.model.company import new_company
    from charte_desktop.store import keys
    from charte_desktop.store.cipher import FILE_NAME, raw_connection
    from charte_desktop.store.company_records import CompanyRecords
    from charte_desktop.store.database import Database

    folder = place / "Données du conseil œuvré"
    with closing(Database.create(folder, passphrase=_PASSPHRASE, adviser="Zoé Élan")) as database:
        CompanyRecords(database).add(new_company(legal_name=_COMPANY))
    try:
        Database.open(folder, passphrase="une autre phrase").close()
    except UserError:
        pass
    else:
        raise Failure("une mauvaise phrase de passe a ouvert la base")
    with closing(Database.open(folder, passphrase=_PASSPHRASE)) as database:
        names = [row.legal_name for row in CompanyRecords(database).search()]
        key = database.key
    content = (folder / FILE_NAME).read_bytes()
    if names != [_COMPANY] or _COMPANY.encode() in content or content.startswith(b"SQLite"):
        raise Failure("la base n'est pas chiffrée, ou ne garde pas ce qu'on lui confie")
    with closing(raw_connection(folder / FILE_NAME, key)) as connection:
        version = connection.execute("PRAGMA cipher_version").fetchone()[0]
    return f"SQLCipher {version}, clé par {keys.FILE_NAME}"


def migrations(place: Path) -> str:
    """From an empty file, the migrations lead to the tables that a new base has."""
    from charte_desktop.store import schema
    from charte_desktop.store.cipher import raw_connection
    from charte_desktop.store.engine import single_connection_engine
    from charte_desktop.store.version import HEAD

    key = bytes(range(32))
    migrated, made = place / "migrée.db", place / "neuve.db"
    schema.migrate(migrated, key)
    engine = single_connection_engine(made, key)
    with engine.begin() as connection:
        schema.create(connection)
    engine.dispose()
    tables = []
    for file in (migrated, made):
        with closing(raw_connection(file, key)) as connection:
            rows = connection.execute("SELECT name FROM pragma_table_list WHERE schema = 'main'").fetchall()
            tables.append({name for (name,) in rows})
    if tables[0] != tables[1]:
        raise Failure(f"les migrations et le modèle diffèrent : {sorted(tables[0] ^ tables[1])}")
    return f"{len(tables[0])} tables, schéma {HEAD}"


def stored(place: Path) -> str:
    """Each base of an older program opens, brought to today's schema, and is sound."""
    from charte_desktop.store import backup
    from charte_desktop.store.company_records import CompanyRecords
    from charte_desktop.store.database import Database

    seen = []
    for folder in sorted(one for one in paths.stored_bases().iterdir() if one.is_dir()):
        copy = place / folder.name
        shutil.copytree(folder, copy)
        for path in [copy, *copy.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)
        with closing(Database.open(copy)) as database:
            findings = backup.check(database)
            companies = len(CompanyRecords(database).search())
        if findings or not companies:
            raise Failure(f"base {folder.name} : {companies} entreprises ; {' '.join(findings)}")
        seen.append(folder.name)
    if not seen:
        raise Failure("aucune base d'autrefois n'est fournie avec le programme")
    return ", ".join(seen)


def backup(place: Path) -> str:
    """A base that was saved comes back whole in another folder."""
    from charte_desktop.store import backup as backups
    from charte_desktop.store.company_records import CompanyRecords
    from charte_desktop.store.database import Database

    with closing(_filled(place / "base")) as database:
        saved = backups.back_up(database, place / "sauvegarde.zip")
    backups.restore(place / "retour", saved)
    with closing(Database.open(place / "retour")) as database:
        if len(CompanyRecords(database).search()) != 1:
            raise Failure("la base restaurée n'est pas celle qui a été sauvegardée")
    return f"{saved.stat().st_size:,} octets".replace(",", " ")


def search(place: Path) -> str:
    """Search ignores accents, case and ligatures."""
    from charte_desktop.store.company_records import CompanyRecords
    from charte_desktop.store.everything import search_everything

    with closing(_filled(place / "base")) as database:
        for text in ("etang sale", "oeuvres", "LUMIÈRES", "lumi"):
            if len(CompanyRecords(database).search(text)) != 1 or len(search_everything(database, text)) != 1:
                raise Failure(f"« {text} » ne trouve pas « {_COMPANY} »")
    return "accents, majuscules, ligatures"


def _filled(folder: Path):  # type: ignore[no-untyped-def]  # a Database, imported where it is used
    from charte_desktop.model.company import new_company
    from charte_desktop.store.company_records import CompanyRecords
    from charte_desktop.store.database import Database

    database = Database.create(folder, demonstration=True, adviser="Zoé Élan")
    CompanyRecords(database).add(new_company(legal_name=_COMPANY))
    return database
