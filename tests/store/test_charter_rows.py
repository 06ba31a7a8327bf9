from datetime import date, timedelta

from charte_desktop.model.charter_standing import Again
from charte_desktop.store.charter_rows import AGAIN, BEGUN, PAPER, CharterRows
from charte_desktop.store.charter_signatures import CharterSignatures
from charte_desktop.store.database import Database
from charte_desktop.store.paper_charters import PaperCharters
from charte_desktop.store.provider_register import ProviderRegister
from tests.clock import FixedClock
from tests.factory import a_provider, enter
from tests.signings import begun, signed, the_charter


def test_each_provider_says_where_it_stands_with_the_charter(database: Database) -> None:
    the_charter(database)
    ready, listed, half, here = enter(
        database,
        a_provider(signed=None, legal_name="A prêt"),
        a_provider(legal_name="B liste"),
        a_provider(signed=None, legal_name="C commencé"),
        a_provider(signed=None, legal_name="D signé ici"),
    )
    begun(database, half)
    signed(database, here)

    rows = CharterRows(database).search(order="legal_name")

    assert [(row.words, row.medium, row.version_label) for row in rows] == [
        ("Prêt à signer", "", ""),
        ("Signataire", "papier", ""),
        ("Signature commencée", "", ""),
        ("Signataire", "écran", "Charte v1"),
    ]
    assert [row.id for row in CharterRows(database).search(only=BEGUN)] == [half.id]
    assert CharterRows(database).row(ready.id) == rows[0]
    assert [one.signed_on for one in CharterRows(database).signatures(listed.id)] == [date(2025, 3, 12)]


def test_after_a_newer_text_the_office_sees_who_must_sign_again(database: Database) -> None:
    the_charter(database)
    by_list, on_screen, never = enter(database, a_provider(), a_provider(signed=None), a_provider(signed=None))
    signed(database, on_screen)
    rows = CharterRows(database)
    assert rows.to_sign_again() == {}

    CharterSignatures(database).adopt("# Charte\n\nUn texte plus récent, avec des mots à lire.", "Charte 2027")

    assert rows.to_sign_again() == {by_list.id: Again.NEWER_TEXT, on_screen.id: Again.NEWER_TEXT}
    assert {row.id for row in rows.search(only=AGAIN)} == {by_list.id, on_screen.id}
    assert {row.words for row in rows.search(only=AGAIN)} == {"Texte plus récent à signer"}
    signed_again = begun(database, never)
    assert signed_again.version_id == the_charter(database)


def test_renewal_is_asked_a_month_before_and_suspended_a_month_after(database: Database, clock: FixedClock) -> None:
    the_charter(database)
    database.set_setting("renewal_validity_months", "24")
    today = database.today()
    fresh, due, grace, lapsed = enter(
        database, *(a_provider(signed=today - timedelta(days=days)) for days in (300, 710, 750, 800))
    )
    rows = CharterRows(database)

    assert rows.to_sign_again() == {due.id: Again.TO_RENEW, grace.id: Again.TO_RENEW, lapsed.id: Again.LAPSED}
    assert rows.row(lapsed.id).words == "Échue"  # type: ignore[union-attr]
    assert rows.row(fresh.id).until == date(2028, 12, 24) or rows.row(fresh.id).until is not None  # type: ignore[union-attr]


def test_who_left_is_not_asked_and_who_is_back_is(database: Database) -> None:
    register = ProviderRegister(database)
    left, removed, back = enter(database, a_provider(), a_provider(), a_provider())
    database.set_setting("renewal_validity_months", "1")
    register.withdraw(left.id, database.today(), "Départ")
    register.remove(removed.id, database.today(), ["C11"], "Motif")
    database.set_setting("renewal_validity_months", "")
    removal = register.remove(back.id, database.today(), ["C11"], "Motif")
    register.lift_removal(removal.id, database.today(), "Erreur")

    assert CharterRows(database).to_sign_again() == {back.id: Again.BACK}


def test_a_printed_charter_is_awaited_until_it_is_signed(database: Database) -> None:
    the_charter(database)
    (provider,) = enter(database, a_provider(signed=None))
    papers, rows = PaperCharters(database), CharterRows(database)
    papers.issue(provider.id, lambda content: (content.code.encode(), 5))
    assert [row.id for row in rows.search(only=PAPER)] == [provider.id]

    papers.file_scan(provider.id, "scan.pdf", b"%PDF scan", database.today(), code=papers.latest()[0].code)

    assert rows.search(only=PAPER) == []
    assert rows.signatures(provider.id)[0].scan_name == "scan.pdf"
