from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, insert, select, text

from charte_desktop.errors import UserError
from charte_desktop.model.accompaniment import Accompaniment, Need
from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.charter import Signature
from charte_desktop.model.company import new_company
from charte_desktop.model.provider import Attachment, LocalService, Provider, ProviderService, new_provider
from charte_desktop.store.database import Database
from charte_desktop.store.history import History
from charte_desktop.store.search import ordered
from tests.clock import FixedClock
from tests.conftest import PASSPHRASE


@pytest.fixture
def history(database: Database) -> History:
    return History(database)


def added(database: Database, *records: Any, label: str = "Ajouter", undoable: bool = True) -> None:
    with database.transaction(label, undoable=undoable) as session:
        session.add_all(records)


def change(database: Database, provider_id: str, label: str = "Modifier", **fields: Any) -> None:
    with database.transaction(label) as session:
        provider = session.get_one(Provider, provider_id)
        for field, value in fields.items():
            setattr(provider, field, value)


def base_as_it_stands(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Every business row and what the search holds; the journal aside."""
    tables = ("provider", "provider_service", "signature", "attachment", "company", "accompaniment", "need",
              "local_service", "setting")  # fmt: skip
    with database.reading() as session:
        state = {one: sorted(map(tuple, session.execute(text(f"SELECT * FROM {one}"))), key=repr) for one in tables}
        found = session.execute(ordered(select(Provider.id), Provider, "alize")).all()
        state["found"] = sorted(map(tuple, found))
    return state


def shown(history: History, record_id: str) -> list[tuple[str, str, str, str]]:
    return [(line.action, line.field, line.before, line.after) for line in history.of(record_id)]


# The history of a record


def test_a_history_is_told_in_words_field_by_field_the_latest_first(
    database: Database, history: History, clock: FixedClock
) -> None:
    provider = new_provider(legal_name="Alizé", siren="123456782", phones=["+262692123456"], created_at=clock())
    provider.offer(["S01"])
    added(database, provider, label="Créer la fiche")
    clock.advance(days=1)
    change(
        database, provider.id, listed=False, withdrawn_on=date(2026, 3, 1), commune_code="97411", unread={"ape": "62"}
    )
    lines = history.of(provider.id)
    assert (lines[0].at, lines[0].adviser, lines[0].device) == (clock(), "Conseillère Ouest", database.device)
    assert shown(history, provider.id) == [
        ("Modifier", "Figure sur les fiches annuaire", "oui", "non"),
        ("Modifier", "Retiré du registre le", "", "01/03/2026"),
        ("Modifier", "Commune", "", "Saint-Denis"),
        ("Modifier", "Saisi et non compris", "", "Code APE : 62"),
        ("Créer la fiche", "Figure sur les fiches annuaire", "", "oui"),
        ("Créer la fiche", "Raison sociale", "", "Alizé"),
        ("Créer la fiche", "SIREN", "", "123 456 782"),
        ("Créer la fiche", "Téléphone", "", "0692 12 34 56"),
        ("Créer la fiche", "Services & prestations proposés", "", history.of(provider.id)[-1].after),
    ]
    assert len(history.of(provider.id)[-1].after) > len("S01")


def test_what_hangs_on_a_provider_is_in_its_history(database: Database, history: History, clock: FixedClock) -> None:
    provider = new_provider(legal_name="Alizé")
    local = LocalService(label="Impression 3D")
    added(database, provider, local)
    added(database, Signature(provider_id=provider.id, signed_on=date(2026, 1, 2)), label="Signer")
    file = Attachment(owner_id=provider.id, name="kbis.pdf", sha256="x", size=4, content=b"%PDF", added_at=clock())
    added(database, file, label="Joindre")
    with database.transaction("Offrir") as session:
        session.add(ProviderService(provider_id=provider.id, service_id=local.id))
    assert ("Signer", "Charte signée le", "", "02/01/2026") in shown(history, provider.id)
    assert ("Joindre", "Fichier joint", "", "kbis.pdf") in shown(history, provider.id)
    assert ("Offrir", "Services & prestations proposés", "", "Impression 3D") in shown(history, provider.id)


def test_a_company_s_history_holds_its_accompaniments_and_needs(database: Database, history: History) -> None:
    company = new_company(legal_name="Boulangerie du Port")
    visit = Accompaniment(company_id=company.id, kind=AccompanimentKind.WORKSHOP, held_on=date(2026, 5, 4), adviser="A")
    added(database, company, visit)
    need = Need(company_id=company.id, accompaniment_id=visit.id, service_id="S01", noted_on=date(2026, 5, 4))
    added(database, need, label="Noter")
    fields = [field for _, field, _, _ in shown(history, company.id)]
    assert ("Ajouter", "Accompagnement", "", "Atelier") in shown(history, company.id)
    assert fields[:2] == ["Besoin", "Besoin noté le"]


def test_the_history_of_another_record_is_not_told(database: Database, history: History) -> None:
    one, other = new_provider(legal_name="Un"), new_provider(legal_name="Deux")
    added(database, one, other)
    assert [line.after for line in history.of(one.id) if line.field == "Raison sociale"] == ["Un"]


def test_every_field_that_a_form_shows_has_a_name_in_the_history() -> None:
    from charte_desktop.store.history_words import _LABELS

    own_business = {"id", "created_at", "provider_id", "company_id"}
    for record in (Provider, type(new_company())):
        columns = {column.name for column in record.__table__.columns}
        assert columns - own_business <= set(_LABELS[record.__tablename__])


# Undo and redo


def test_a_change_is_undone_and_redone(database: Database, history: History) -> None:
    provider = new_provider(legal_name="Alizé", notes="avant", emails=["a@b.example"])
    provider.offer(["S01", "S02"])
    added(database, provider)
    before = base_as_it_stands(database)
    with database.transaction("Modifier la fiche") as session:
        session.add(provider)
        provider.notes, provider.emails, provider.headcount = "après", [], 4
        provider.legal_name = "Bora"
        provider.offer(["S02", "S03"])
    after = base_as_it_stands(database)
    assert after != before
    assert history.undo() == "Modifier la fiche"
    assert base_as_it_stands(database) == before
    assert history.redo() == "Modifier la fiche"
    assert base_as_it_stands(database) == after


def test_undoing_is_an_action_of_the_history(database: Database, history: History) -> None:
    provider = new_provider(legal_name="Alizé", notes="un")
    added(database, provider)
    change(database, provider.id, notes="deux")
    history.undo()
    assert shown(history, provider.id)[0] == ("Annuler : Modifier", "Notes", "deux", "un")
    history.redo()
    assert shown(history, provider.id)[0] == ("Rétablir : Modifier", "Notes", "un", "deux")


def test_undo_walks_back_and_redo_forward(database: Database, history: History) -> None:
    provider = new_provider(legal_name="Alizé", notes="0")
    added(database, provider)
    states = [base_as_it_stands(database)]
    for step in "1234":
        change(database, provider.id, label=f"Pas {step}", notes=step)
        states.append(base_as_it_stands(database))
    for step in "4321":
        assert history.undo_label() == f"Pas {step}"
        history.undo()
        assert base_as_it_stands(database) == states[int(step) - 1]
    for step in "12":
        assert history.redo_label() == f"Pas {step}"
        history.redo()
    assert base_as_it_stands(database) == states[2]
    history.undo()
    history.undo()
    assert (history.undo_label(), history.redo_label()) == ("Ajouter", "Pas 1")


def test_a_new_action_empties_what_could_be_redone(database: Database, history: History) -> None:
    provider = new_provider(legal_name="Alizé", notes="0")
    added(database, provider)
    change(database, provider.id, notes="1")
    history.undo()
    change(database, provider.id, label="Autre chose", notes="2")
    assert (history.undo_label(), history.redo_label()) == ("Autre chose", None)
    with pytest.raises(UserError, match="rien à rétablir"):
        history.redo()


def test_nothing_to_undo_is_a_sentence(history: History) -> None:
    assert history.undo_label() is None
    with pytest.raises(UserError, match="rien à annuler"):
        history.undo()


def test_a_creation_with_a_file_is_undone_and_its_content_comes_back(
    database: Database, history: History, clock: FixedClock
) -> None:
    content = b"%PDF" + bytes(range(256)) * 400
    provider = new_provider(legal_name="Alizé")
    file = Attachment(owner_id=provider.id, name="kbis.pdf", sha256="x", size=4, content=content, added_at=clock())
    added(database, provider, file)
    after = base_as_it_stands(database)
    history.undo()
    assert not base_as_it_stands(database)["attachment"]
    history.redo()
    assert base_as_it_stands(database) == after
    with database.reading() as session:
        assert session.scalar(select(Attachment.content)) == content


def test_a_deletion_with_its_cascade_is_undone(database: Database, history: History) -> None:
    provider = new_provider(
        legal_name="Alizé", notes="n", headcount=3, unread={"ape": "x"}, withdrawn_on=date(2026, 1, 1)
    )
    provider.offer(["S01", "S02"])
    added(database, provider)
    before = base_as_it_stands(database)
    with database.transaction("Supprimer") as session:
        session.delete(session.get_one(Provider, provider.id))
    assert not base_as_it_stands(database)["found"]
    history.undo()
    assert base_as_it_stands(database) == before
    assert before["found"]


def test_a_change_of_the_same_field_by_somebody_else_refuses_the_undo(database: Database, history: History) -> None:
    provider = new_provider(legal_name="Alizé", notes="0")
    added(database, provider)
    change(database, provider.id, notes="1", address="ici")
    with database.transaction("Numéroter", undoable=False) as session:
        session.get_one(Provider, provider.id).notes = "2"
    before = base_as_it_stands(database)
    with pytest.raises(UserError, match="« Modifier » ne peut plus être défait"):
        history.undo()
    assert base_as_it_stands(database) == before


def test_a_change_of_another_field_does_not_refuse_the_undo(database: Database, history: History) -> None:
    provider = new_provider(legal_name="Alizé", notes="0")
    added(database, provider)
    change(database, provider.id, notes="1")
    with database.transaction("Numéroter", undoable=False) as session:
        session.get_one(Provider, provider.id).address = "ailleurs"
    history.undo()
    with database.reading() as session:
        kept = session.get_one(Provider, provider.id)
        assert (kept.notes, kept.address) == ("0", "ailleurs")


@pytest.mark.parametrize("user", ["signature", "attachment", "service"])
def test_a_creation_that_serves_elsewhere_is_not_undone(
    database: Database, history: History, clock: FixedClock, user: str
) -> None:
    provider = new_provider(legal_name="Alizé")
    added(database, provider)
    uses: dict[str, Any] = {
        "signature": Signature(provider_id=provider.id, signed_on=date(2026, 1, 1)),
        "attachment": Attachment(owner_id=provider.id, name="a", sha256="x", size=1, content=b"a", added_at=clock()),
        "service": ProviderService(provider_id=provider.id, service_id="S01"),
    }
    added(database, uses[user], label="Signer", undoable=False)
    with pytest.raises(UserError, match="sert ailleurs"):
        history.undo()
    with database.reading() as session:
        assert session.get(Provider, provider.id) is not None


def test_what_cannot_be_undone_any_more_does_not_bar_the_way_to_what_was_done_before(
    database: Database, history: History
) -> None:
    first, second = new_provider(legal_name="Alizé"), new_provider(legal_name="Brise")
    added(database, first, label="Créer Alizé")
    added(database, second, label="Créer Brise")
    added(database, Signature(provider_id=second.id, signed_on=date(2026, 1, 1)), label="Signer", undoable=False)
    with pytest.raises(UserError, match="l'action d'avant"):
        history.undo()
    assert history.undo_label() == "Créer Alizé"
    assert history.undo() == "Créer Alizé"
    with database.reading() as session:
        assert session.get(Provider, first.id) is None
        assert session.get(Provider, second.id) is not None
    assert history.redo() == "Créer Alizé"


def test_a_deletion_is_not_undone_when_what_it_hung_on_is_gone(database: Database, history: History) -> None:
    provider = new_provider(legal_name="Alizé")
    provider.offer(["S01"])
    added(database, provider)
    with database.transaction("Ne plus offrir") as session:
        session.delete(session.get_one(ProviderService, (provider.id, "S01")))
    with database.transaction("Effacer", undoable=False) as session:
        session.delete(session.get_one(Provider, provider.id))
    with pytest.raises(UserError, match="n'existe plus"):
        history.undo()
    assert not base_as_it_stands(database)["provider_service"]


def test_undo_works_after_the_program_was_closed(database: Database) -> None:
    provider = new_provider(legal_name="Alizé", notes="un")
    added(database, provider)
    change(database, provider.id, notes="deux")
    database.close()
    again = Database.open(database.folder, passphrase=PASSPHRASE)
    try:
        assert History(again).undo() == "Modifier"
        with again.reading() as session:
            assert session.get_one(Provider, provider.id).notes == "un"
        assert History(again).redo_label() == "Modifier"
    finally:
        again.close()


def test_what_cannot_be_taken_back_is_passed_over(database: Database, history: History) -> None:
    provider = new_provider(legal_name="Alizé")
    added(database, provider)
    added(database, Signature(provider_id=provider.id, signed_on=date(2026, 1, 1)), label="Signer", undoable=False)
    database.set_setting("rule", "36")
    assert history.undo_label() == "Ajouter"


def test_the_actions_of_another_laptop_are_not_undone_here(database: Database, history: History) -> None:
    added(database, new_provider(legal_name="Alizé"))
    database.set_setting("device", "ZZZ")
    assert history.undo_label() is None


def test_an_import_of_10_000_rows_is_undone_and_redone_as_one_action(database: Database, history: History) -> None:
    empty = Provider()
    columns = {column.name: getattr(empty, column.name) for column in Provider.__table__.columns}
    with database.transaction("Importer") as session:
        session.execute(
            insert(Provider), [{**columns, "id": f"p{n}", "legal_name": f"Société {n}"} for n in range(10_000)]
        )
        services = [{"provider_id": f"p{n}", "service_id": f"S0{1 + k}"} for n in range(10_000) for k in range(2)]
        session.execute(insert(ProviderService), services)
    history.undo()
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Provider)) == 0
        assert session.scalar(select(func.count()).select_from(ProviderService)) == 0
    history.redo()
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Provider)) == 10_000
        assert session.scalar(select(func.count()).select_from(ProviderService)) == 20_000
        assert len(session.execute(ordered(select(Provider.id), Provider, "societe 9999")).all()) == 1
