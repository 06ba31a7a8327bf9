from datetime import date

import pytest

from charte_desktop.errors import UserError
from charte_desktop.model.accompaniment_entry import AccompanimentEntry, Advised, Person
from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.exchange_kind import ExchangeKind
from charte_desktop.model.follow_up import Outcome, Priority
from charte_desktop.model.sheet import Criteria
from charte_desktop.store.accompaniments import Accompaniments, Satisfaction
from charte_desktop.store.attachments import Attachments
from charte_desktop.store.attestations import Attestations
from charte_desktop.store.company_timeline import CompanyTimeline
from charte_desktop.store.database import Database
from charte_desktop.store.directory_sheets import DirectorySheets
from charte_desktop.store.exchanges import Exchanges
from tests.clock import FixedClock
from tests.factory import enter_company
from tests.store.mails import a_mail


@pytest.fixture
def company(database: Database, clock: FixedClock) -> str:
    """A company with one line of each kind, one a day."""
    company = enter_company(database, legal_name="Garage Oliflore").id
    accompaniments = Accompaniments(database)
    entry = AccompanimentEntry(
        kind=AccompanimentKind.DIAGNOSTIC,
        held_on=date(2026, 10, 20),
        met=[Person("Gérante Fictive")],
        notes="Veut vendre en ligne",
        needs={"S01": Priority.HIGH},
        recommendations=[Advised("Sauvegarder", "Un seul poste", "Deux copies")],
        next_on=date(2026, 11, 30),
    )
    held = accompaniments.record(company, entry)
    clock.advance(days=1)
    sheets = DirectorySheets(database)
    sheet = sheets.issue(held.id, Criteria(("S01",)), lambda one: one.number.encode(), lambda _: 1)
    sheets.hand_over(sheet.id, "La gérante")
    clock.advance(days=1)
    Attestations(database).issue(company, lambda one: one.number.encode())
    clock.advance(days=1)
    Exchanges(database).note(company, ExchangeKind.CALL, "A reçu deux devis\nLe second est plus clair")
    clock.advance(days=1)
    Attachments(database).attach(company, "kbis.pdf", b"%PDF" * 1000)
    clock.advance(days=1)
    accompaniments.follow_up(company, Satisfaction(4, False, "Bravo"))
    clock.advance(days=1)
    accompaniments.close(company, Outcome.HELPED, "Site en ligne")
    return company


def test_everything_is_one_dated_line_the_latest_first(database: Database, company: str) -> None:
    lines = CompanyTimeline(database).lines(company)
    number = f"2026-{database.device}-00001"
    assert [(line.kind, f"{line.day:%d/%m}", line.title, line.detail) for line in lines] == [
        ("closing", "26/10", "Suivi clos : aidée", "Site en ligne"),
        (
            "follow_up",
            "25/10",
            "Point de suivi",
            "L'accompagnement vous a-t-il aidé à avancer ? Beaucoup. "
            "Le conseilleriez-vous à une autre entreprise ? Non. Bravo",
        ),
        ("document", "24/10", "Document : kbis.pdf", "4 ko"),
        ("exchange", "23/10", "Appel : A reçu deux devis", ""),
        ("attestation", "22/10", f"Attestation AT-{number}", ""),
        ("sheet", "21/10", f"Fiche annuaire FA-{number}", "0 prestataire · remise à La gérante"),
        ("accompaniment", "20/10", "Diagnostic", "Création / refonte site internet"),
    ]


def test_some_kinds_only_and_some_lines_only(database: Database, company: str) -> None:
    timeline = CompanyTimeline(database)
    assert [line.kind for line in timeline.lines(company, ["sheet", "exchange"])] == ["exchange", "sheet"]
    assert [line.kind for line in timeline.lines(company, limit=2, offset=1)] == ["follow_up", "document"]
    assert timeline.lines("inconnue") == []


def test_a_line_is_read_whole_beside_the_others(database: Database, company: str) -> None:
    timeline = CompanyTimeline(database)
    by_kind = {line.kind: timeline.whole(line) for line in timeline.lines(company)}
    assert by_kind["exchange"].endswith("\n\nLe second est plus clair")
    assert (
        "Gérante Fictive\n\nVeut vendre en ligne\n\n– Sauvegarder\n   Pourquoi : Un seul poste"
        in by_kind["accompaniment"]
    )
    assert "Empreinte (SHA-256) : " in by_kind["document"]
    assert by_kind["closing"] == "Suivi clos : aidée\nSite en ligne"


def test_a_mail_names_its_files(database: Database) -> None:
    company = enter_company(database).id
    Exchanges(database).file_mail(company, a_mail(files={"devis.pdf": b"%PDF", "plan.png": b"\x89PNG"}))
    timeline = CompanyTimeline(database)
    (line,) = timeline.lines(company)
    assert (line.title, line.at) == ("Courriel : Devis du site", "2026-10-19 12:15")
    assert line.detail.endswith("· 2 pièces jointes")
    assert "📎 devis.pdf\n📎 plan.png" in timeline.whole(line)
    Exchanges(database).drop(line.record_id)
    assert timeline.lines(company) == []


def test_a_line_that_is_gone_says_so(database: Database, company: str) -> None:
    timeline = CompanyTimeline(database)
    line = timeline.lines(company, ["accompaniment"])[0]._replace(record_id="inconnu")
    with pytest.raises(UserError, match="actualisez"):
        timeline.whole(line)
