from dataclasses import replace
from datetime import date

from charte_desktop.documents.activity_report import HOW_TO_READ, _counted, activity_pdf, communes_of
from charte_desktop.model.activity import Activity, Period
from tests.documents.companies import ACTIVITY, OCCASION
from tests.documents.reading import alternatives_of, faults_of, page_total, pictures_of, sentences_of, structure_of


def test_the_report_has_its_numbers_its_charts_and_the_tables_behind_them() -> None:
    text = sentences_of(activity_pdf(ACTIVITY, OCCASION))
    for words in (
        "L'année 2026",
        "janvier 3 0 1 4",
        "mars 0 2 0 2",
        "Saint-Denis 1 Saint-Paul 4 Ailleurs ou non renseignée 1",
        "L'entreprise a été aidée 1",
        "Beaucoup 1",
        HOW_TO_READ,
    ):
        assert words in text


def test_a_number_and_what_it_counts_are_read_together() -> None:
    tree = structure_of(activity_pdf(ACTIVITY, OCCASION))
    assert '"6 accompagnements "' in tree
    assert '"5 entreprises accompagnées "' in tree


def test_each_chart_says_its_numbers_in_words() -> None:
    pdf = activity_pdf(ACTIVITY, OCCASION)
    assert pictures_of(pdf) == 0
    told = alternatives_of(pdf)
    assert any(one.startswith("Accompagnements par mois : janvier 4, février 0, mars 2") for one in told)
    assert any("Transformation de l'offre 4, Cybersécurité / Data 2" in one for one in told)
    assert told[2] == "Accompagnements par commune : Saint-Denis 1, Saint-Paul 4, Ailleurs ou non renseignée 1"


def test_each_table_is_a_table_of_its_own() -> None:
    pdf = activity_pdf(ACTIVITY, OCCASION)
    assert structure_of(pdf).count("Table (block)") == 7
    assert faults_of(pdf) == []


def test_c08_nobody_is_ranked_communes_and_advisers_stand_by_name() -> None:
    names = [name for name, _ in communes_of(ACTIVITY)]
    assert names == ["Saint-Denis", "Saint-Paul", "Ailleurs ou non renseignée"]
    text = sentences_of(activity_pdf(replace(ACTIVITY, by_adviser={"Éloïse": 9, "Camille": 1}), OCCASION))
    assert text.index("Camille 1") < text.index("Éloïse 9")


def test_an_empty_period_and_five_years_are_drawn_too() -> None:
    nothing = Activity(
        period=Period(date(2020, 1, 1), date(2020, 1, 1)),
        by_month=[{}],
        by_family=dict.fromkeys(ACTIVITY.by_family, 0),
        by_commune={},
    )
    pdf = activity_pdf(nothing, OCCASION)
    assert page_total(pdf) >= 1
    assert faults_of(pdf) == []
    five_years = Period(date(2022, 1, 1), date(2026, 12, 31))
    years = replace(ACTIVITY, period=five_years, by_month=[ACTIVITY.by_month[0]] * 60)
    pdf = activity_pdf(years, OCCASION)
    assert "décembre 2026 3 0 1 4" in sentences_of(pdf)
    assert faults_of(pdf) == []


def test_one_is_counted_in_the_singular() -> None:
    assert _counted(1, "fiches annuaires éditées") == "fiche annuaire éditée"
    assert _counted(0, "remises notées (C07)") == "remise notée (C07)"
    assert _counted(1, "pour la première fois") == "pour la première fois"
    assert _counted(2, "ateliers") == "ateliers"
