from dataclasses import replace
from datetime import date

import pytest

from charte_desktop.errors import UserError
from charte_desktop.model.accompaniment_entry import AccompanimentEntry, Advised, Person
from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.follow_up import Priority
from charte_desktop.model.questionnaire_file import shipped
from charte_desktop.model.sheet import Criteria
from charte_desktop.store.accompaniments import Accompaniments
from charte_desktop.store.database import Database
from charte_desktop.store.directory_sheets import DirectorySheets
from charte_desktop.store.restitutions import Restitutions
from tests.factory import enter_company

ENTRY = AccompanimentEntry(
    kind=AccompanimentKind.DIAGNOSTIC,
    held_on=date(2026, 10, 20),
    met=[Person("Gérante Fictive", "Dirigeante")],
    notes="Difficile de caractère",
    needs={"S13": Priority.LOW, "S01": Priority.HIGH},
    recommendations=[
        Advised("Plus tard", priority=Priority.LOW),
        Advised("D'abord", "Parce que", "Ainsi", Priority.HIGH),
    ],
    next_step="Relire les devis",
    next_on=date(2026, 11, 10),
    questionnaire_id=shipped().id,
    answers={"site": "vitrine", "sauvegarde": "non", "aisance": 3},
)


def test_it_gathers_what_was_seen_what_comes_first_and_who_can_help(database: Database) -> None:
    company = enter_company(database, legal_name="Garage Oliflore")
    accompaniments = Accompaniments(database)
    accompaniments.record(company.id, replace(ENTRY, held_on=date(2025, 10, 1), next_on=None))
    held = accompaniments.record(company.id, ENTRY)
    sheet = DirectorySheets(database).issue(held.id, Criteria(("S01",)), lambda one: one.number.encode(), lambda _: 1)
    accompaniments.summarise(held.id, "Un site à rafraîchir")
    content = Restitutions(database).content(held.id)
    assert (content.company_name, content.company_place) == ("Garage Oliflore", "97460 Saint-Paul")
    assert content.met == ["Gérante Fictive (Dirigeante)"]
    assert [one.what for one in content.advice] == ["D'abord", "Plus tard"]
    assert [(one.service, one.sheet_number) for one in content.help] == [
        ("Création / refonte site internet", sheet.number),
        ("RGPD", ""),
    ]
    assert content.radar is not None
    assert [line.words for line in content.radar.lines] == [
        "Votre diagnostic du 20/10/2026",
        "Votre premier diagnostic, du 01/10/2025",
    ]
    assert content.summary == "Un site à rafraîchir"


def test_what_was_said_for_the_ccir_alone_never_leaves_it(database: Database) -> None:
    held = Accompaniments(database).record(enter_company(database).id, ENTRY)
    content = Restitutions(database).content(held.id)
    assert "Difficile" not in repr(content)
    assert Restitutions(database).content(held.id, "Relu ensemble").summary == "Relu ensemble"


def test_a_visit_without_a_questionnaire_shows_no_radar_of_another_day(database: Database) -> None:
    company = enter_company(database)
    Accompaniments(database).record(company.id, replace(ENTRY, held_on=date(2025, 10, 1), next_on=None))
    visit = replace(ENTRY, kind=AccompanimentKind.INDIVIDUAL, questionnaire_id="", answers={})
    held = Accompaniments(database).record(company.id, visit)
    assert Restitutions(database).content(held.id).radar is None


def test_an_accompaniment_that_is_gone_says_so(database: Database) -> None:
    with pytest.raises(UserError, match="n'existe plus"):
        Restitutions(database).content("inconnu")
