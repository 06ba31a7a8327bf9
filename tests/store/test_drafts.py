import subprocess
import sys
import textwrap
from datetime import timedelta

import pytest

from charte_desktop.store.database import Database
from charte_desktop.store.drafts import Drafts
from charte_desktop.store.provider_register import ProviderRegister
from tests.clock import FixedClock
from tests.conftest import PASSPHRASE
from tests.factory import a_provider, enter, enter_company


@pytest.fixture
def drafts(database: Database) -> Drafts:
    return Drafts(database)


def test_a_draft_comes_back_as_it_was_typed(drafts: Drafts, clock: FixedClock) -> None:
    typed = {"legal_name": "Kaz'Œuvre ", "siren": "12 34", "notes": "ligne\nligne « 2 »"}

    drafts.keep("provider", "", typed)

    found = drafts.of("provider", "")
    assert found is not None
    assert (found.values, found.title, found.kept_at) == (typed, "Kaz'Œuvre", clock())


def test_the_last_text_replaces_the_one_before(drafts: Drafts) -> None:
    drafts.keep("provider", "", {"legal_name": "K", "siren": "4"})
    drafts.keep("provider", "", {"legal_name": "Ka"})

    assert [draft.values for draft in drafts.all()] == [{"legal_name": "Ka"}]


def test_each_record_and_each_kind_has_its_own_draft_the_latest_first(
    database: Database, drafts: Drafts, clock: FixedClock
) -> None:
    (provider,) = enter(database, a_provider(legal_name="Kaz Octets"))
    company = enter_company(database, legal_name="Snack du Port")
    for kind, record_id, values in (
        ("provider", "", {"siren": "483"}),
        ("provider", provider.id, {"phones": ""}),
        ("company", company.id, {"notes": "rappeler"}),
        ("company", "", {"city": "Le Port"}),
    ):
        clock.moment += timedelta(minutes=1)
        drafts.keep(kind, record_id, values)

    assert [draft.title for draft in drafts.all()] == [
        "Nouvelle entreprise",
        "Snack du Port",
        "Kaz Octets",
        "Nouveau prestataire",
    ]


def test_a_new_record_with_nothing_typed_leaves_no_draft_but_an_emptied_field_does(
    database: Database, drafts: Drafts
) -> None:
    (provider,) = enter(database, a_provider())
    drafts.keep("provider", "", {"legal_name": "K"})
    drafts.keep("provider", "", {"legal_name": " ", "siren": ""})
    drafts.keep("provider", provider.id, {"legal_name": ""})

    assert [(draft.record_id, draft.values) for draft in drafts.all()] == [(provider.id, {"legal_name": ""})]


def test_a_dropped_draft_is_forgotten(drafts: Drafts) -> None:
    drafts.keep("provider", "", {"legal_name": "K"})
    drafts.drop("provider", "")
    drafts.drop("provider", "")

    assert drafts.of("provider", "") is None


def test_a_draft_changes_neither_the_record_nor_its_history(database: Database, drafts: Drafts) -> None:
    (provider,) = enter(database, a_provider(legal_name="Avant"))

    drafts.keep("provider", provider.id, {"legal_name": "Après"})

    register = ProviderRegister(database)
    assert register.get(provider.id).legal_name == "Avant"
    assert [row.legal_name for row in register.search("apres")] == []


def test_a_draft_survives_a_program_that_is_killed(database: Database) -> None:
    database.close()
    program = f"""
        import os
        from pathlib import Path
        from charte_desktop.store.database import Database
        from charte_desktop.store.drafts import Drafts
        database = Database.open(Path({str(database.folder)!r}), passphrase={PASSPHRASE!r})
        Drafts(database).keep("provider", "", {{"legal_name": "À moitié"}})
        os.kill(os.getpid(), 9)
    """
    killed = subprocess.run([sys.executable, "-c", textwrap.dedent(program)], check=False)
    assert killed.returncode != 0

    reopened = Database.open(database.folder, passphrase=PASSPHRASE)
    found = Drafts(reopened).of("provider", "")
    reopened.close()
    assert found is not None
    assert found.values == {"legal_name": "À moitié"}
