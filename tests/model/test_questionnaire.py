import pytest
from hypothesis import given
from hypothesis import strategies as st

from charte_desktop.model import reference
from charte_desktop.model.questionnaire import QuestionKind
from charte_desktop.model.questionnaire_file import shipped

ANSWERS = st.dictionaries(
    st.sampled_from([one.id for one in shipped().questions]),
    st.one_of(
        st.text(max_size=12),
        st.integers(-10, 200),
        st.floats(allow_nan=False, width=32),
        st.lists(st.text(max_size=8), max_size=3),
        st.none(),
        st.booleans(),
        *(st.just([choice.id]) | st.just(choice.id) for one in shipped().questions for choice in one.choices),
    ),
)


def test_the_shipped_one_asks_of_the_four_families_and_says_that_it_is_not_the_official_one() -> None:
    questionnaire = shipped()
    assert len(questionnaire.questions) >= 24
    assert {axis.family for axis in questionnaire.axes} == set(reference.FAMILIES)
    assert {one.kind for one in questionnaire.questions} == set(QuestionKind)
    assert any(one.condition for one in questionnaire.questions)
    assert "n'est pas le questionnaire officiel" in questionnaire.introduction
    assert "questionnaire de Charte Desktop" in questionnaire.title


def test_every_service_of_the_charter_can_be_proposed_and_no_advice_judges() -> None:
    questionnaire = shipped()
    advised = {service for one in questionnaire.questions if one.advice for service in one.advice.service_ids}
    assert advised == set(reference.services())
    words = " ".join(
        f"{one.advice.what} {one.advice.why} {one.advice.how}" for one in questionnaire.questions if one.advice
    )
    assert not [word for word in ("certifié", "labellisé", "vérifié", "garanti", "agréé") if word in words.casefold()]


def test_a_question_is_asked_only_after_the_answer_that_leads_to_it() -> None:
    questionnaire = shipped()

    def asked(**answers: object) -> set[str]:
        return {one.id for one in questionnaire.asked(answers)}

    assert "site_mobile" not in asked()
    assert "site_mobile" not in asked(site="aucun")
    assert "site_mobile" in asked(site="vitrine")
    assert "mises_a_jour" not in asked(postes=0)
    assert "mises_a_jour" in asked(postes=1)
    assert "rythme" in asked(reseaux=["facebook", "linkedin"])
    assert "rythme" not in asked(reseaux=["aucune"])


def test_scores_go_from_nought_to_a_hundred_and_only_count_what_was_answered() -> None:
    questionnaire = shipped()
    assert questionnaire.scores({}) == {}
    assert questionnaire.scores({"site": "aucun"}) == {"site": 0}
    assert questionnaire.scores({"site": "actif", "site_mobile": "non"}) == {"site": 67}
    assert questionnaire.scores({"aisance": 3, "referent": "nomme", "formation": "non"}) == {"competences": 50}
    # What is not asked any more does not count.
    assert questionnaire.scores({"site": "aucun", "site_mobile": "oui"}) == {"site": 0}


def test_the_first_priorities_are_those_that_lose_most_and_each_says_why() -> None:
    findings = shipped().findings({"site": "aucun", "sauvegarde": "non", "avis": "repond", "documents": "partage"})
    assert [one.question_id for one in findings] == ["sauvegarde", "site"]
    assert findings[0].service_ids == ("S11",)
    assert "la réponse est « Non, ou on ne sait pas »" in findings[0].why


def test_progress_counts_the_questions_that_are_asked() -> None:
    questionnaire = shipped()
    before, after = questionnaire.progress({}), questionnaire.progress({"site": "vitrine"})
    assert (before.answered, after.answered) == (0, 1)
    assert after.asked == before.asked + 3


def test_answers_are_read_in_words() -> None:
    by_id = shipped().by_id
    assert by_id["site"].in_words("vitrine") == "Un site qui présente l'activité"
    assert by_id["reseaux"].in_words(["linkedin", "facebook"]) == "Facebook, LinkedIn"
    assert by_id["aisance"].in_words(4) == "4 sur 5"
    assert by_id["commandes_ligne"].in_words(12.5) == "12,5 %"
    assert by_id["site"].in_words("inconnu") == ""
    assert by_id["aisance"].in_words(True) == ""


@given(ANSWERS)
def test_any_answers_have_scores_between_nought_and_a_hundred(answers: dict[str, object]) -> None:
    questionnaire = shipped()
    scores = questionnaire.scores(answers)
    assert all(0 <= score <= 100 for score in scores.values())
    assert questionnaire.scores(questionnaire.known(answers)) == scores
    progress = questionnaire.progress(answers)
    assert 0 <= progress.answered <= progress.asked <= len(questionnaire.questions)
    assert len(questionnaire.findings(answers)) <= 6


@pytest.mark.parametrize("answer", [float("inf"), -1e300, 10**40, float("nan")])
def test_an_absurd_number_is_no_answer(answer: float) -> None:
    assert shipped().by_id["commandes_ligne"].share(answer) is None
    assert shipped().by_id["aisance"].share(answer) is None
