from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charte_desktop.documents.mail_draft import mail_draft, recall_mail, sheet_mail
from charte_desktop.errors import UserError

PDF = b"%PDF-1.7\n\xe2\xe3\xcf\xd3\n" + bytes(range(256)) * 20


def read(draft: bytes) -> EmailMessage:
    message = message_from_bytes(draft, policy=SMTP)
    assert isinstance(message, EmailMessage)
    assert message.defects == []
    return message


def body_of(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert isinstance(part, EmailMessage)
    return str(part.get_content()).replace("\r\n", "\n")


def attached(message: EmailMessage) -> tuple[str, bytes]:
    (part,) = message.iter_attachments()
    assert part.get_content_type() == "application/pdf"
    return part.get_filename() or "", part.get_payload(decode=True)  # type: ignore[return-value]  # one part, bytes


def test_a_draft_is_read_back_whole() -> None:
    subject, text = sheet_mail("FA-2026-K7Q-00042", "Cœur d'Étang « & Fils »", "Camille Conseil")
    draft = mail_draft(
        "contact@volcan.example", subject, text, "Fiche n° 42 – Étang.pdf", PDF, name='Boulangerie "Le Four", SARL'
    )
    message = read(draft)
    assert message["X-Unsent"] == "1"
    assert message["To"].addresses[0].addr_spec == "contact@volcan.example"
    assert message["To"].addresses[0].display_name == 'Boulangerie "Le Four", SARL'
    assert message["Subject"] == "Fiche annuaire n° FA-2026-K7Q-00042 : prestataires du numérique"
    assert body_of(message).strip() == text.strip()
    part = message.get_body(("plain",))
    assert part is not None
    assert part.get_content_charset() == "utf-8"
    assert attached(message) == ("Fiche n° 42 – Étang.pdf", PDF)


def test_lines_end_as_mail_wants_and_none_is_too_long() -> None:
    draft = mail_draft("a@b.example", "É" * 500, "mot " * 2000, "nom" * 200, PDF)
    assert draft.count(b"\n") == draft.count(b"\r\n")
    assert max(map(len, draft.split(b"\r\n"))) <= 998
    assert draft.isascii()


@pytest.mark.parametrize("break_", ["\r\n", "\n", "\r", "\u2028", "\x0b", "\x00\n"])
def test_nothing_typed_becomes_a_header(break_: str) -> None:
    bad = f"Fiche{break_}Bcc: espion@mal.example{break_}{break_}<html>"
    message = read(mail_draft("a@b.example", bad, bad, bad, PDF, name=bad))
    assert set(message.keys()) == {"To", "Subject", "X-Unsent", "MIME-Version", "Content-Type"}
    assert message["Subject"] == "Fiche Bcc: espion@mal.example <html>"
    assert [one.addr_spec for one in message["To"].addresses] == ["a@b.example"]
    with pytest.raises(UserError, match="adresse e-mail"):
        mail_draft(f"a@b.example{break_}Bcc: espion@mal.example", "S", "T", "f.pdf", PDF)


@pytest.mark.parametrize(
    "address", ["personne", "@b.example", "a@", "a b@c.example", "a@b.example, c@d.example", "<a@b>"]
)
def test_what_is_no_address_is_refused_with_what_to_do(address: str) -> None:
    with pytest.raises(UserError, match="corrigez-la"):
        mail_draft(address, "S", "T", "f.pdf", PDF)


def test_several_recipients_none_and_names_with_accents_in_the_address() -> None:
    several = read(mail_draft(["a@b.example", "", "c@d.example"], "S", "T", "f.pdf", PDF))
    assert [one.addr_spec for one in several["To"].addresses] == ["a@b.example", "c@d.example"]
    assert read(mail_draft([], "S", "T", "f.pdf", PDF))["To"] is None
    accents = read(mail_draft("a@société.example", "S", "T", "f.pdf", PDF))
    assert accents["To"].addresses[0].addr_spec == "a@xn--socit-esab.example"
    assert "josé@b.example".encode() in mail_draft("josé@b.example", "Étang", "T", "f.pdf", PDF)


def test_the_name_of_the_file_is_one_that_windows_accepts() -> None:
    assert attached(read(mail_draft("", "S", "T", 'Fiche: "A/B" <x>?', PDF)))[0] == "Fiche- -A-B- -x-.pdf"
    assert attached(read(mail_draft("", "S", "T", "", PDF)))[0] == "document.pdf"


def test_the_same_draft_gives_the_same_bytes() -> None:
    assert mail_draft("a@b.example", "S", "T", "f", PDF) == mail_draft("a@b.example", "S", "T", "f", PDF)


def test_c08_the_mail_of_a_recall_judges_nobody() -> None:
    text = " ".join(recall_mail("Piton Web", "Camille Conseil")).casefold()
    assert "ne figure plus dans la base" in text
    for word in ("radi", "faute", "sanction", "exclu", "supprim"):
        assert word not in text


any_text = st.text(st.characters(exclude_categories=()), max_size=80)


@settings(deadline=None, max_examples=150)
@given(any_text, any_text, any_text, any_text)
def test_any_texts_make_a_draft_that_reads_back(subject: str, text: str, file_name: str, name: str) -> None:
    message = read(mail_draft("a@b.example", subject, text, file_name, PDF, name=name))
    assert set(message.keys()) == {"To", "Subject", "X-Unsent", "MIME-Version", "Content-Type"}
    assert [one.addr_spec for one in message["To"].addresses] == ["a@b.example"]
    assert attached(message)[1] == PDF
