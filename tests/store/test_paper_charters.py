from datetime import date, timedelta
from hashlib import sha256

import pytest

from charte_desktop.documents import charter
from charte_desktop.errors import UserError
from charte_desktop.model.charter_content import PaperCharterContent
from charte_desktop.model.provider_state import ProviderState
from charte_desktop.store.charter_rows import CharterRows
from charte_desktop.store.charter_signatures import CharterSignatures
from charte_desktop.store.database import Database
from charte_desktop.store.paper_charters import PaperCharters
from charte_desktop.store.provider_register import ProviderRegister
from tests.factory import a_provider, enter
from tests.signings import the_charter


def drawn(content: PaperCharterContent) -> tuple[bytes, int]:
    return charter.paper_charter(content), charter.page_count(content)


def test_a_printed_charter_leads_its_scan_back_to_its_provider_and_its_text(database: Database) -> None:
    version = the_charter(database)
    (provider,) = enter(database, a_provider(signed=None, headcount_band=""))
    papers = PaperCharters(database)
    pdf = papers.issue(provider.id, drawn)
    (paper,) = papers.latest()
    assert pdf.startswith(b"%PDF")
    assert papers.find(paper.code) == paper
    assert papers.find("ZZZZZZZZ") is None

    scan = b"\xff\xd8 scan"
    signature = papers.file_scan(
        provider.id, "scan.jpg", scan, database.today(), code=paper.code, signer="Camille Exemple"
    )

    assert (signature.medium, signature.version_id, signature.signer) == ("papier", version, "Camille Exemple")
    (facts,) = CharterRows(database).signatures(provider.id)
    assert facts.scan_sha256 == sha256(scan).hexdigest()
    register = ProviderRegister(database)
    assert register.get(provider.id).state_on(database.today(), register.rule) is ProviderState.SIGNATORY


def test_a_signature_known_by_its_date_gets_its_scan(database: Database) -> None:
    the_charter(database)
    (provider,) = enter(database, a_provider(signed=date(2026, 9, 1)))
    papers = PaperCharters(database)

    papers.file_scan(provider.id, "scan.pdf", b"%PDF", date(2026, 9, 1))

    (facts,) = CharterRows(database).signatures(provider.id)
    assert facts.scan_name == "scan.pdf"
    with pytest.raises(UserError, match="déjà enregistrée"):
        papers.file_scan(provider.id, "autre.pdf", b"%PDF 2", date(2026, 9, 1))


def test_what_cannot_be_filed_is_refused_and_nothing_is_kept(database: Database) -> None:
    the_charter(database)
    (provider, removed) = enter(database, a_provider(signed=None), a_provider(signed=None))
    ProviderRegister(database).remove(removed.id, database.today(), ["C11"], "Motif")
    papers, today = PaperCharters(database), database.today()

    for owner, content, day, sentence in (
        (provider.id, b"%PDF", today + timedelta(days=1), "pas encore passé"),
        (provider.id, b"", today, "est vide"),
        (removed.id, b"%PDF", today, "radié"),
        ("nobody", b"%PDF", today, "n'existe plus"),
    ):
        with pytest.raises(UserError, match=sentence):
            papers.file_scan(owner, "scan.pdf", content, day)
    assert CharterSignatures(database).all() == []
    with pytest.raises(UserError, match="n'existe plus"):
        papers.issue("nobody", drawn)


def test_without_the_text_nothing_is_printed(database: Database) -> None:
    (provider,) = enter(database, a_provider(signed=None))
    with pytest.raises(UserError, match="texte de la charte manque"):
        PaperCharters(database).issue(provider.id, drawn)
    CharterSignatures(database).ensure_shipped()
    assert PaperCharters(database).issue(provider.id, drawn)
