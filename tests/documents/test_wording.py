"""What no document may say, whatever it is: none of its own words is a judgement (C01, C08)."""

import re
from collections.abc import Callable

import pytest

from charte_desktop.documents.activity_report import activity_pdf
from charte_desktop.documents.attendance_sheet import attendance_sheet
from charte_desktop.documents.attestation import attestation
from charte_desktop.documents.charter import paper_charter, signed_charter
from charte_desktop.documents.clause_matrix import MatrixOccasion, clause_matrix
from charte_desktop.documents.directory_sheet import directory_sheet
from charte_desktop.documents.exposure_report import exposure_pdf
from charte_desktop.documents.fillable_fiche import printed_fiche
from charte_desktop.documents.incapacity_sheet import IncapacityOccasion, incapacity_sheet
from charte_desktop.documents.mail_draft import recall_mail, sheet_mail
from charte_desktop.documents.overrun_agreement import amendment, overrun_agreement
from charte_desktop.documents.page_style import C08_WORDING, SHORT_WORDING
from charte_desktop.documents.project_timeline import project_timeline
from charte_desktop.documents.recall_letter import recall_letters
from charte_desktop.documents.removal_letter import removal_letter
from charte_desktop.documents.restitution import restitution
from charte_desktop.model.engagements import matrix
from tests.documents import (
    companies,
    test_clause_matrix,
    test_exposure_report,
    test_recall_letter,
    test_removal_letter,
)
from tests.documents.charters import AT, a_charter_to_sign, a_signed_charter
from tests.documents.project_contents import OCCASION, TODAY, a_running_project, an_agreement
from tests.documents.reading import sentences_of
from tests.documents.sheet_contents import content, entry
from tests.factory import a_provider

FORBIDDEN = re.compile(
    r"\b(certifié|labellisé|labélisé|vérifié|garanti|agréé|recommandé)e?s?\b|[★⭐]|signature (avancée|qualifiée)"
)

PROJECT = a_running_project()
SHEET = [entry(n) for n in range(1, 9)]
DOCUMENTS: dict[str, Callable[[], bytes]] = {
    "cards": lambda: directory_sheet(content(SHEET)),
    "table": lambda: directory_sheet(content(SHEET, layout="table")),
    "large print": lambda: directory_sheet(content(SHEET, layout="large")),
    "booklet": lambda: directory_sheet(content(SHEET, layout="booklet")),
    "nobody": lambda: directory_sheet(content()),
    "recall letter": lambda: recall_letters([test_recall_letter.line("Boulangerie")], test_recall_letter.OCCASION),
    "attestation": lambda: attestation(companies.ATTESTATION),
    "restitution": lambda: restitution(companies.RESTITUTION),
    "attendance sheet": lambda: attendance_sheet(companies.ATTENDANCE),
    "activity report": lambda: activity_pdf(companies.ACTIVITY, companies.OCCASION),
    "overrun agreement": lambda: overrun_agreement(an_agreement()),
    "overrun to sign": lambda: overrun_agreement(an_agreement(signed=False)),
    "amendment": lambda: amendment(an_agreement(), "n° 1", AT, "Camille"),
    "clauses of a project": lambda: clause_matrix(PROJECT, matrix(PROJECT, TODAY), MatrixOccasion(AT, "Camille")),
    "hand-over of a project": lambda: incapacity_sheet(
        PROJECT, test_clause_matrix.FROZEN, matrix(PROJECT, TODAY), [], IncapacityOccasion(AT, "Camille")
    ),
    "signed charter": lambda: signed_charter(a_signed_charter()),
    "charter to sign": lambda: paper_charter(a_charter_to_sign()),
    "form to fill": lambda: printed_fiche(a_provider(), "Camille", AT),
    "removal letter": lambda: removal_letter(test_removal_letter.NOTICE),
    "exposure report": lambda: exposure_pdf(test_exposure_report.LINES, test_exposure_report.PERIOD),
}


@pytest.mark.parametrize("make", DOCUMENTS.values(), ids=DOCUMENTS)
def test_c01_no_document_says_that_a_provider_is_approved(make: Callable[[], bytes]) -> None:
    assert FORBIDDEN.findall(sentences_of(make()).casefold()) == []


@pytest.mark.parametrize("make", DOCUMENTS.values(), ids=DOCUMENTS)
def test_c08_every_document_says_that_the_ccir_is_neither_arbiter_nor_expert(make: Callable[[], bytes]) -> None:
    text = sentences_of(make())
    assert C08_WORDING in text
    assert SHORT_WORDING in text


def test_c01_no_mail_says_that_a_provider_is_approved() -> None:
    text = " ".join((*sheet_mail("FA-1", "Boulangerie", "Camille"), *recall_mail("Piton Web", "Camille"))).casefold()
    assert FORBIDDEN.findall(text) == []


def test_c01_no_timeline_says_that_a_provider_is_approved() -> None:
    text = sentences_of(project_timeline(PROJECT, OCCASION)).casefold()
    assert SHORT_WORDING.casefold() in text
    assert FORBIDDEN.findall(text) == []
