from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charte_desktop.errors import UserError
from charte_desktop.model.questionnaire_file import decoded, read_questionnaire, shipped, shipped_text
from tests.store.questionnaires import OTHER_QUESTIONNAIRE as TEXT


def test_a_questionnaire_of_the_office_is_understood() -> None:
    questionnaire = read_questionnaire(TEXT)
    assert questionnaire.title == "Questionnaire de la CCI"
    assert [one.id for one in questionnaire.questions] == ["site", "sauvegarde", "aisance"]
    assert questionnaire.scores({"site": "oui", "sauvegarde": "non", "aisance": 3}) == {
        "site": 100, "securite": 0, "equipe": 50,
    }  # fmt: skip


def test_its_name_is_its_fingerprint() -> None:
    assert read_questionnaire(TEXT).id != read_questionnaire(TEXT + "\n").id
    assert read_questionnaire(shipped_text()) == shipped()
    assert len(shipped().id) == 64


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('titre = "Questionnaire de la CCI"', "", "Le questionnaire : il manque « titre »"),
        ('titre = "Questionnaire de la CCI"', "titre = 12", "« titre » doit être un texte entre guillemets"),
        ('titre = "Questionnaire de la CCI"', 'titre = "Questionnaire', "ligne 2, caractère"),
        ('id = "equipe"\ntitre', 'id = "site"\ntitre', "L'axe « site » est écrit deux fois"),
        ('[[axe]]\nid = "equipe"\ntitre = "Équipe"\n', "", "trois axes au moins"),
        ('axe = "securite"', 'axe = "secu"', "l'axe « secu » n'existe pas ; choisissez parmi equipe, securite, site"),
        ('famille = "Cybersécurité / Data"', 'famille = "Cyber"', "la famille « Cyber » n'est pas de la charte"),
        ('type = "échelle"', 'type = "jauge"', "ce type n'existe pas ; choisissez parmi"),
        ('type = "échelle"', 'type = "texte"', "une réponse libre ne vaut pas de points"),
        ('type = "échelle"', 'type = "nombre"', "donnez des paliers à ce nombre"),
        ('type = "échelle"', 'type = "échelle"\nde = 5\na = 5', "une échelle va de"),
        ('prestations = ["S11"]', 'prestations = ["S99"]', "la prestation « S99 » n'existe pas"),
        ('quoi = "Sauvegarder"', 'quoi = "Sauvegarder", seuil = 100', "« seuil » va de 0 à 99"),
        ('texte = "Un site ?"', 'texte = "Un site ?"\npoid = 2', "« poid » n'est pas compris. Mots possibles"),
        ('texte = "Un site ?"', 'texte = "Un site ?"\npoids = 0', "« poids » doit être plus grand que 0"),
        ('texte = "Oui", points = 1', 'texte = "Oui", points = 0', "aucune réponse ne vaut de points"),
        ('{ id = "oui"', '{ id = "non"', "le choix « non » est écrit deux fois"),
        ('id = "sauvegarde"', 'id = "site"', "La question « site » est écrite deux fois"),
        ('texte = "Une sauvegarde ?"', 'texte = "?"\nsi = { question = "aisance" }', "n'existe pas plus haut"),
        ('texte = "À l\'aise ?"', 'texte = "?"\nsi = { question = "site", parmi = ["bof"] }', "« bof » n'est pas"),
        ('texte = "À l\'aise ?"', 'texte = "?"\nsi = { question = "site", au_moins = 2 }', "écrivez parmi"),
        ('axe = "equipe"', "", "L'axe « Équipe » n'a aucune question qui compte"),
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_said_with_its_place(old: str, new: str, sentence: str) -> None:
    assert old in TEXT
    with pytest.raises(UserError) as refusal:
        read_questionnaire(TEXT.replace(old, new, 1))
    assert sentence in str(refusal.value)


def test_a_file_of_another_encoding_is_refused_and_a_mark_at_its_beginning_is_not() -> None:
    assert decoded(b"\xef\xbb\xbftitre = 1\r\n") == "titre = 1\n"
    with pytest.raises(UserError, match="UTF-8"):
        decoded("titre = « été »".encode("cp1252"))


@settings(max_examples=60)
@given(st.text(max_size=200), st.integers(0, 1500))
def test_any_damage_is_a_sentence_or_a_questionnaire(damage: str, at: int) -> None:
    text = TEXT[:at] + damage + TEXT[at + len(damage) // 2 :]
    with suppress(UserError):
        assert read_questionnaire(text).questions


@pytest.mark.parametrize(
    "text", ["", "[" * 5000, "a = " + "[" * 3000 + "]" * 3000, "x" * 600_000, "axe = 3", "section = [1]"]
)
def test_absurd_files_are_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(UserError):
        read_questionnaire(text)
