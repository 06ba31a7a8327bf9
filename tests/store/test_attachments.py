import pytest

from charte_desktop.errors import UserError
from charte_desktop.store.attachments import Attachments
from charte_desktop.store.database import Database
from tests.factory import a_provider, enter, enter_company


def test_attachments_are_kept_byte_for_byte_in_the_base(database: Database) -> None:
    attachments = Attachments(database)
    (provider,) = enter(database, a_provider())
    content = bytes(range(256)) * 10

    kept = attachments.attach(provider.id, "Kbis é.pdf", content)

    assert [(one.name, one.size) for one in attachments.of(provider.id)] == [("Kbis é.pdf", 2560)]
    assert attachments.content(kept.id) == content
    attachments.detach(kept.id)
    assert attachments.of(provider.id) == []


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("vide.pdf", b"", "vide"),
        ("gros.pdf", bytes(25 * 1024 * 1024 + 1), "25 Mo"),
        ("Facture.PDF.EXE", b"MZ", "programme"),
    ],
)
def test_an_attachment_that_does_not_belong_in_a_base_is_refused(
    database: Database, name: str, content: bytes, sentence: str
) -> None:
    attachments = Attachments(database)
    (provider,) = enter(database, a_provider())

    with pytest.raises(UserError, match=sentence):
        attachments.attach(provider.id, name, content)


def test_a_company_has_files_too_and_a_record_that_is_gone_has_none(database: Database) -> None:
    attachments, company = Attachments(database), enter_company(database)

    attachments.attach(company.id, "plan.png", b"\x89PNG")

    assert [one.name for one in attachments.of(company.id)] == ["plan.png"]
    with pytest.raises(UserError, match="n'existe plus"):
        attachments.attach("inconnue", "plan.png", b"\x89PNG")
