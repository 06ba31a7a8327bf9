from dataclasses import replace

from charte_desktop.documents.attendance_sheet import TITLE, attendance_sheet, with_spare_lines
from charte_desktop.model.attendance_sheet import Attendee
from tests.documents.companies import ATTENDANCE
from tests.documents.reading import (
    alternatives_of,
    faults_of,
    opened,
    page_total,
    pictures_of,
    sentences_of,
    structure_of,
    words_of,
)


def test_a_blank_sheet_names_who_is_expected_and_leaves_room_to_sign() -> None:
    blank = replace(ATTENDANCE, attendees=[replace(one, signed={}) for one in ATTENDANCE.attendees])
    pdf = attendance_sheet(blank)
    text = sentences_of(pdf)
    assert "Vendre en ligne Maison des entreprises, Le Port · 20/10/2026, 09:00 à 12:00 · 27/10/2026" in text
    for words in ("Garage Oliflore Marie-Noëlle PAYET", "Snack Bertelina Jean HOAREAU", "Boutik Letchi"):
        assert words in text
    assert {"1", "2", "3", "4", "5"} <= {one.text for one in words_of(pdf)}
    assert "Présent" not in text
    first, second = (next(one.top for one in words_of(pdf) if one.text == name) for name in ("PAYET", "HOAREAU"))
    assert second - first >= 34


def test_what_was_signed_on_the_screen_is_drawn_and_named() -> None:
    pdf = attendance_sheet(ATTENDANCE)
    assert sentences_of(pdf).count("Présent (papier)") == 2
    assert alternatives_of(pdf) == ["Signature de Marie-Noëlle PAYET"]
    assert pictures_of(pdf) == 0


def test_thirty_people_and_five_sessions_go_on_in_tables_of_their_own() -> None:
    many = replace(
        ATTENDANCE,
        sessions=[f"{day:02d}/10/2026" for day in range(1, 6)],
        attendees=[Attendee(f"Entreprise {number}", "Une personne") for number in range(30)],
    )
    pdf = attendance_sheet(many)
    assert faults_of(pdf) == []
    assert structure_of(pdf).count("Table (block)") == 2
    assert "Séances 4 à 5" in sentences_of(pdf)
    assert page_total(pdf) >= 4


def test_it_is_tagged_titled_always_the_same_and_keeps_odd_characters() -> None:
    odd = replace(ATTENDANCE, theme="🚀 <b> " + "long " * 80, attendees=[Attendee("שלום " + "X" * 300, "Œ" * 200)])
    pdf = attendance_sheet(odd)
    assert faults_of(pdf) == []
    assert pdf == attendance_sheet(odd)
    with opened(pdf) as document:
        assert str(document.docinfo.Title).startswith(f"{TITLE} : 🚀 <b>")


def test_a_workshop_that_nobody_joined_yet_has_its_lines() -> None:
    pdf = attendance_sheet(replace(ATTENDANCE, attendees=[], spare=12))
    assert " 12 " in sentences_of(pdf)


def test_empty_lines_fill_the_page_and_never_begin_another() -> None:
    for count in range(0, 40, 3):
        content = replace(ATTENDANCE, attendees=[Attendee(f"Boutik {number}") for number in range(count)])
        spared = with_spare_lines(content)
        assert 3 <= spared.spare <= 12
        fewest = page_total(attendance_sheet(replace(content, spare=3)))
        assert page_total(attendance_sheet(spared)) == fewest
