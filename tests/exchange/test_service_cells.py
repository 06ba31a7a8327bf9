import pytest
from hypothesis import given
from hypothesis import strategies as st

from charte_desktop.exchange.service_cells import Mark, read_mark, read_services, service_of_header
from charte_desktop.model import reference

SHORT = {
    "Création / refonte": "S01", "Maintenance / Mise à jour": "S02", "Référencement": "S03", "Webdesign": "S04",
    "E-réputation": "S05", "Stratégie de communication": "S06", "Pages professionnelles": "S07",
    "Acquisition de clients": "S08", "Chatbot": "S09", "Protection des SI": "S10", "Sécurisation des données": "S11",
    "Cybermenaces": "S12", "RGPD": "S13", "Dématérialisation": "S14", "Équipements / logiciels / CRM": "S15",
    "Compétences & formations": "S16",
}  # fmt: skip
"""The short forms that advisers write."""
SEPARATORS = (", ", " / ", "/", "\n", "\n- ", " ; ", " | ", " - ", " • ", "\t", "\r\n\r\n", " + ", " – ", "\n* ", " · ")


@pytest.mark.parametrize("service", reference.services().values(), ids=lambda one: one.id)
def test_c20_the_charters_own_words_are_read(service: reference.Service) -> None:
    for text in (
        service.label,
        service.label.upper(),
        service.label.replace("é", "e"),
        f"  {service.label} ;",
        service.id,
    ):
        assert read_services(text).ids == (service.id,), text
        assert read_services(text).unread == ""


@given(
    st.lists(st.sampled_from(list(reference.services().values())), min_size=1, max_size=8),
    st.sampled_from([", ", ",", ";", " ; ", "\n", "\n\n", " , ", ",\t"]),
)
def test_c20_a_forms_labels_are_read_whole_though_they_hold_separators(
    services: list[reference.Service], separator: str
) -> None:
    read = read_services(separator.join(one.label for one in services))
    assert read.ids == tuple(dict.fromkeys(one.id for one in services))
    assert read.unread == ""


@pytest.mark.parametrize("separator", SEPARATORS)
@given(labels=st.lists(st.sampled_from(sorted(SHORT)), min_size=1, max_size=16, unique=True), upper=st.booleans())
def test_c20_short_forms_are_read_in_any_order_with_any_separator(
    separator: str, labels: list[str], upper: bool
) -> None:
    text = separator.join(labels)
    read = read_services(text.upper() if upper else text)
    assert read.ids == tuple(SHORT[label] for label in labels)
    assert read.unread == ""


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("ÉQUIPEMENTS / LOGICIELS / CRM / RGPD / STRATÉGIE DE COMMUNICATION", "S15 S13 S06"),
        ("1. Référencement\n2) Chatbot\n3 - RGPD", "S03 S09 S13"),
        ("Strat. de com., Sécu. des données, dématérialis.", "S06 S11 S14"),
        ("SEO, logos et chatbots", "S03 S04 S09"),
        ("S01 S12, s3", "S01 S12 S03"),
        ("Stratégie de\ncommunication", "S06"),
        ("☑ Référencement ☐ Chatbot ☒ RGPD", "S03 S13"),
        ("[x] Webdesign [ ] RGPD", "S04"),
        ("Site internet : création, maintenance, SEO", "S01 S02 S03"),
        ("Référencemant ; Cyber-menaces", "S03 S12"),
        ("Référencement Chatbot RGPD", "S03 S09 S13"),
        ("NC", ""),
        ("-", ""),
        ("", ""),
    ],
)
def test_services_are_read_as_people_write_them(text: str, ids: str) -> None:
    assert read_services(text).ids == tuple(ids.split())
    assert read_services(text).unread == ""


@pytest.mark.parametrize(
    ("text", "ids", "unread"),
    [
        ("Création", "", "Création"),
        ("Protection, RGPD", "S13", "Protection"),
        ("Hébergement ; Chatbot", "S09", "Hébergement"),
        ("Pas de RGPD", "", "Pas de RGPD"),
        ("RGPD (en cours)", "", "RGPD (en cours)"),
        ("Formation à la cybersécurité", "", "Formation à la cybersécurité"),
        ("Formation RGPD", "", "Formation RGPD"),
        ("Community management, SEO", "S03", "Community management"),
        ("Cybersécurité", "", "Cybersécurité"),
        ("S17", "", "S17"),
    ],
)
def test_what_is_not_certain_is_kept_as_typed_and_never_guessed(text: str, ids: str, unread: str) -> None:
    read = read_services(text)
    assert read.ids == tuple(ids.split())
    assert read.unread == unread
    assert read.message.endswith(".")


def test_a_group_of_services_is_named_with_its_services() -> None:
    message = read_services("community manager").message
    assert "Community Management" in message
    assert "Chatbot" in message


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading_of_services(text: str) -> None:
    read = read_services(text)
    assert set(read.ids) <= set(reference.services())
    assert bool(read.unread) == bool(read.message)
    assert read_mark(text) in Mark
    service_of_header(text)


@pytest.mark.parametrize("text", ["x", "X", "✓", "☑", "✔", "1", "oui", "Oui", "VRAI", "true", "●", " x ", "✔️"])
def test_marks_of_a_services_column(text: str) -> None:
    assert read_mark(text) is Mark.YES


@pytest.mark.parametrize("text", ["", " ", "-", "–", "0", "non", "NON", "faux", "☐", "n", "NC"])
def test_no_marks_of_a_services_column(text: str) -> None:
    assert read_mark(text) is Mark.NO


@pytest.mark.parametrize("text", ["en cours", "?", "2", "à voir avec lui"])
def test_other_words_in_a_services_column_are_to_look_at(text: str) -> None:
    assert read_mark(text) is Mark.DOUBTFUL
