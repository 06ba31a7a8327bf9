from datetime import date, timedelta

import pytest

from charte_desktop.errors import UserError
from charte_desktop.model.charter import Signature
from charte_desktop.model.provider_state import ProviderState
from charte_desktop.store.charter_signatures import CharterSignatures
from charte_desktop.store.database import Database
from charte_desktop.store.provider_register import ProviderRegister
from tests.factory import a_provider, enter, siren


@pytest.fixture
def register(database: Database) -> ProviderRegister:
    return ProviderRegister(database)


def names(register: ProviderRegister, text: str = "", **filters: object) -> list[str]:
    return [row.legal_name for row in register.search(text, **filters)]  # type: ignore[arg-type]  # filters by name


def test_a_provider_comes_back_as_it_was_entered(register: ProviderRegister) -> None:
    entered = register.add(a_provider("S03", "S01", legal_name="Œuvres de l'Étang", references="Un site, une boutique"))

    found = register.get(entered.id)

    assert (found.legal_name, found.references) == ("Œuvres de l'Étang", "Un site, une boutique")
    assert found.service_ids == ["S01", "S03"]
    assert found.created_at is not None


def test_without_text_the_register_is_in_french_alphabetical_order(database: Database) -> None:
    register = ProviderRegister(database)
    enter(database, *(a_provider(legal_name=name) for name in ("Zébu", "Évidence", "eau vive", "Épices", "Abeille")))

    assert names(register) == ["Abeille", "eau vive", "Épices", "Évidence", "Zébu"]


def test_filters_add_up(database: Database) -> None:
    register = ProviderRegister(database)
    enter(
        database,
        a_provider("S01", "S13", legal_name="Les deux"),
        a_provider("S01", legal_name="Un seul"),
        a_provider("S01", "S13", legal_name="Sans charte", signed=None),
        a_provider("S01", "S13", legal_name="Ailleurs", commune_code="97416"),
    )

    assert names(register, service_ids=["S01", "S13"], commune_code="97411") == ["Les deux", "Sans charte"]
    assert names(register, service_ids=["S13"], state=ProviderState.READY) == ["Sans charte"]
    assert names(register, state=ProviderState.SIGNATORY, limit=1, offset=1) == ["Les deux"]


def test_a_row_says_the_state_and_what_is_missing(database: Database) -> None:
    register = ProviderRegister(database)
    enter(database, a_provider("S02", signed=None, siren="", phones=[], emails=[]))

    (row,) = register.search()

    assert (row.state, row.missing, row.service_ids) == (ProviderState.INCOMPLETE, 2, ("S02",))
    assert register.counts_by_state()[ProviderState.INCOMPLETE] == 1


def test_the_row_and_the_record_agree_on_the_state_of_every_provider(database: Database) -> None:
    register = ProviderRegister(database)
    removed, withdrawn, *_ = enter(
        database,
        a_provider(),
        a_provider(),
        a_provider(),
        a_provider(signed=None),
        a_provider(signed=None, ape_code=""),
        a_provider(signed=date(2022, 1, 1)),
    )
    today = database.today()
    register.remove(removed.id, today, ["C11"], "Cahier des charges jamais remis")
    register.withdraw(withdrawn.id, today, "Cessation d'activité")
    database.set_setting("renewal_validity_months", "36")

    for row in register.search():
        assert row.state is register.get(row.id).state_on(today, register.rule), row.legal_name


def test_a_second_record_with_the_same_siren_is_refused(register: ProviderRegister) -> None:
    first = register.add(a_provider(legal_name="La première"))

    with pytest.raises(UserError, match="La première"):
        register.add(a_provider(siren=first.siren))
    assert register.count() == 1


def test_a_siren_may_be_taken_again_once_its_record_is_in_the_bin_but_not_restored_beside_it(
    register: ProviderRegister,
) -> None:
    first = register.add(a_provider())
    register.delete(first.id)
    register.add(a_provider(siren=first.siren, legal_name="La seconde"))

    with pytest.raises(UserError, match="La seconde"):
        register.restore(first.id)
    assert names(register) == ["La seconde"]


def test_what_is_in_the_bin_is_found_nowhere_and_comes_back_whole(register: ProviderRegister) -> None:
    provider = register.add(a_provider("S04", legal_name="Kaz Pixel"))

    register.delete(provider.id)
    assert (names(register), names(register, "pixel"), register.find("Kaz Pixel"), register.all()) == ([], [], [], [])

    register.restore(provider.id)
    assert names(register, "pixel") == ["Kaz Pixel"]


def test_a_changed_field_is_saved_and_found(register: ProviderRegister) -> None:
    provider = register.get(register.add(a_provider("S01", "S02", legal_name="Avant")).id)
    provider.enter("legal_name", "Après l'été")
    provider.enter("phones", "0692 12 34 56 ou 06 93")
    provider.offer(["S02", "S16"])
    register.save(provider)

    saved = register.get(provider.id)

    assert names(register, "apres ete") == ["Après l'été"]
    assert names(register, "avant") == []
    assert (saved.phones, saved.unread["phones"]) == (["+262692123456"], "06 93")
    assert saved.service_ids == ["S02", "S16"]


def test_a_provider_is_found_by_siren_typed_any_way_or_by_its_name_without_its_form(register: ProviderRegister) -> None:
    number = siren()
    provider = register.add(a_provider(siren=number, legal_name="Kaz'Octets SARL"))

    for text in (number, f"{number[:3]} {number[3:6]} {number[6:]}", "kaz octets", "KAZ'OCTETS sas"):
        assert [one.id for one in register.find(text)] == [provider.id], text
    assert register.find("Kaz") == []


def test_c06_only_a_valid_signature_makes_a_signatory(database: Database) -> None:
    register, today = ProviderRegister(database), database.today()
    (provider,) = enter(database, a_provider(signed=None))
    assert not register.get(provider.id).may_be_listed_on(today, register.rule)

    signature = CharterSignatures(database).record_paper(provider.id, today, source="Original papier")
    assert register.get(provider.id).may_be_listed_on(today, register.rule)

    CharterSignatures(database).cancel(signature.id, today, "Saisie sur la mauvaise fiche")
    assert not register.get(provider.id).may_be_listed_on(today, register.rule)


def test_c06_a_signature_expires_only_when_the_office_has_set_a_term(database: Database) -> None:
    register, today = ProviderRegister(database), database.today()
    (provider,) = enter(database, a_provider(signed=today - timedelta(days=500)))
    assert register.get(provider.id).state_on(today, register.rule) is ProviderState.SIGNATORY

    database.set_setting("renewal_validity_months", "12")

    assert register.get(provider.id).state_on(today, register.rule) is ProviderState.READY


def test_c18_a_removal_keeps_its_clauses_reason_date_and_author(database: Database) -> None:
    register, today = ProviderRegister(database), database.today()
    (provider,) = enter(database, a_provider(legal_name="Hors charte"))

    register.remove(provider.id, today, ["C36", "C11"], "  Dépassement facturé sans accord ")

    found = register.get(provider.id)
    (removal,) = found.removals
    assert found.state_on(today, register.rule) is ProviderState.REMOVED
    assert (removal.clauses, removal.reason) == (["C11", "C36"], "Dépassement facturé sans accord")
    assert (removal.removed_on, removal.adviser) == (today, database.adviser)
    assert [signature.signed_on for signature in found.signatures] == [date(2025, 3, 12)]


@pytest.mark.parametrize(
    ("clause_ids", "reason", "sentence"),
    [([], "Motif", "article"), (["C99"], "Motif", "article"), (["C11"], "  ", "motif")],
)
def test_c18_a_removal_without_a_clause_or_a_reason_is_refused(
    database: Database, clause_ids: list[str], reason: str, sentence: str
) -> None:
    register = ProviderRegister(database)
    (provider,) = enter(database, a_provider())

    with pytest.raises(UserError, match=sentence):
        register.remove(provider.id, database.today(), clause_ids, reason)
    assert register.get(provider.id).removals == []


def test_c18_a_removed_provider_is_not_removed_twice_and_a_removal_can_be_lifted(database: Database) -> None:
    register, today = ProviderRegister(database), database.today()
    (provider,) = enter(database, a_provider())
    removal = register.remove(provider.id, today, ["C11"], "Motif")

    with pytest.raises(UserError, match="déjà radié"):
        register.remove(provider.id, today, ["C12"], "Autre motif")
    register.lift_removal(removal.id, today, "Erreur sur la personne")

    found = register.get(provider.id)
    assert found.state_on(today, register.rule) is ProviderState.READY, "coming back means signing again"
    assert found.removals[0].lifting_reason == "Erreur sur la personne"


def test_records_that_leave_the_store_are_loaded_and_detached(database: Database) -> None:
    (provider,) = enter(database, a_provider())
    found = ProviderRegister(database).get(provider.id)
    found.signatures.append(Signature(provider_id=found.id, signed_on=date(2026, 1, 2)))

    assert len(ProviderRegister(database).get(provider.id).signatures) == 1


def test_a_record_that_is_gone_gets_a_sentence(register: ProviderRegister) -> None:
    with pytest.raises(UserError, match="n'existe plus"):
        register.get("inconnu")
