from datetime import date, timedelta
from hashlib import sha256

import pytest

from charte_desktop import paths
from charte_desktop.errors import UserError
from charte_desktop.store.charter_signatures import CharterSignatures
from charte_desktop.store.database import Database
from tests.factory import a_provider, enter


def test_a_version_is_named_by_the_fingerprint_of_its_text_and_entered_once(database: Database) -> None:
    signatures = CharterSignatures(database)
    (file,) = (paths.resources() / "charter").glob("*.md")
    text = file.read_bytes().decode()

    first, second = (signatures.ensure_version(text, "Charte") for _ in range(2))

    assert first == second == sha256(file.read_bytes()).hexdigest()
    assert [version.label for version in signatures.versions()] == ["Charte"]
    assert signatures.text(first) == text


def test_a_paper_signature_is_dated_and_says_where_it_is_known_from(database: Database) -> None:
    signatures = CharterSignatures(database)
    (provider,) = enter(database, a_provider(signed=None, legal_name="Signataire"))
    version = signatures.ensure_version("Texte", "Version d'essai")

    signatures.record_paper(provider.id, date(2025, 6, 1), version_id=version, source="Original classé")

    (row,) = signatures.all()
    assert (row.provider_name, row.signed_on, row.version_label) == ("Signataire", date(2025, 6, 1), "Version d'essai")
    assert (row.medium, row.source) == ("papier", "Original classé")


def test_a_day_to_come_and_a_day_entered_already_are_refused(database: Database) -> None:
    signatures = CharterSignatures(database)
    (provider,) = enter(database, a_provider(signed=date(2025, 6, 1)))

    with pytest.raises(UserError, match="pas encore passé"):
        signatures.record_paper(provider.id, database.today() + timedelta(days=1))
    with pytest.raises(UserError, match="déjà enregistrée"):
        signatures.record_paper(provider.id, date(2025, 6, 1))
    assert len(signatures.all()) == 1


def test_a_cancelled_signature_stays_readable_and_asks_for_a_reason(database: Database) -> None:
    signatures = CharterSignatures(database)
    enter(database, a_provider())
    (row,) = signatures.all()

    with pytest.raises(UserError, match="pourquoi"):
        signatures.cancel(row.id, database.today(), " ")
    signatures.cancel(row.id, database.today(), "Erreur de saisie")

    assert signatures.all()[0].cancelled_on == database.today()


def test_the_shipped_texts_are_entered_once(database: Database) -> None:
    signatures = CharterSignatures(database)
    assert signatures.current_version == ""

    for _ in range(2):
        signatures.ensure_shipped()

    (version,) = signatures.versions()
    assert (version.label, version.id) == ("Charte v1", signatures.current_version)
