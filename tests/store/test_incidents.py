from datetime import date, timedelta

import pytest

from charte_desktop.errors import UserError
from charte_desktop.store.attachments import Attachments
from charte_desktop.store.database import Database
from charte_desktop.store.incidents import Incidents
from charte_desktop.store.provider_register import ProviderRegister
from tests.factory import a_provider, enter


def test_c08_an_incident_is_a_fact_with_its_date_its_words_and_its_documents(database: Database) -> None:
    (provider,) = enter(database, a_provider())
    incidents = Incidents(database)

    noted = incidents.note(
        provider.id, date(2026, 10, 1), "Devis jamais reçu", clause_ids=["C21"], told_by="Gérante de l'entreprise"
    )
    Attachments(database).attach(noted.id, "courriel.eml", b"Bonjour")

    (fact,) = incidents.of(provider.id)
    assert (fact.happened_on, fact.clauses, fact.statement, fact.told_by) == (
        date(2026, 10, 1),
        ["C21"],
        "Devis jamais reçu",
        "Gérante de l'entreprise",
    )
    assert [one.name for one in Attachments(database).of(fact.id)] == ["courriel.eml"]
    register = ProviderRegister(database)
    before = register.get(provider.id).state_on(database.today(), register.rule)
    assert before.value == "Signataire", "a fact changes nothing of where a provider stands"


def test_c08_a_fact_without_words_or_to_come_is_refused(database: Database) -> None:
    (provider,) = enter(database, a_provider())
    incidents, today = Incidents(database), database.today()
    for day, words, clauses, sentence in (
        (today, " ", [], "Écrivez"),
        (today + timedelta(days=1), "Fait", [], "pas encore passé"),
        (today, "Fait", ["C99"], "C01 à C41"),
    ):
        with pytest.raises(UserError, match=sentence):
            incidents.note(provider.id, day, words, clause_ids=clauses)
    with pytest.raises(UserError, match="n'existe plus"):
        incidents.note("nobody", today, "Fait")
    noted = incidents.note(provider.id, today, "Fait")
    incidents.drop(noted.id)
    assert incidents.of(provider.id) == []
