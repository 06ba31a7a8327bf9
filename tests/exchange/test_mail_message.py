"""Mails as they come: every program there ever was has written some."""

from datetime import UTC, datetime, timedelta, timezone
from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import sha256

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from charte_desktop.errors import UserError
from charte_desktop.exchange.mail_message import LARGEST, MailMessage, read_mail

SENT = datetime(2026, 10, 19, 12, 15, tzinfo=timezone(timedelta(hours=4)))


def a_message(text: str = "Bonjour,\nVoici le devis.\n", **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Éloïse Prestataire <eloise@prestataire.example>"
    message["To"] = "Conseil CCI <conseil@cci.example>, autre@cci.example"
    message["Subject"] = "Devis « site » : 1 200 €"
    message["Date"] = format_datetime(SENT)
    message["Message-ID"] = "<abc@prestataire.example>"
    message.set_content(text)
    for name, value in headers.items():
        del message[name]
        message[name] = value
    return message


def raw(*lines: str | bytes) -> bytes:
    return b"\r\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)


def test_a_mail_says_when_who_and_what() -> None:
    mail = read_mail(a_message().as_bytes())
    assert mail == MailMessage(
        "abc@prestataire.example",
        SENT,
        "Éloïse Prestataire <eloise@prestataire.example>",
        ("Conseil CCI <conseil@cci.example>", "autre@cci.example"),
        "Devis « site » : 1 200 €",
        "Bonjour,\nVoici le devis.",
    )
    assert mail.addresses == ("eloise@prestataire.example", "conseil@cci.example", "autre@cci.example")


def test_its_files_come_with_their_names_and_bytes() -> None:
    message = a_message()
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="Devis n° 1/2 : été.pdf")
    message.add_attachment("a;b\n", subtype="csv", filename="liste.csv")
    mail = read_mail(message.as_bytes())
    assert [(one.name, one.content) for one in mail.files] == [
        ("Devis n° 1-2 - été.pdf", b"%PDF-1.7"),
        ("liste.csv", b"a;b\n"),
    ]
    assert mail.text == "Bonjour,\nVoici le devis."


def test_a_page_is_read_as_words_when_there_is_no_plain_text() -> None:
    message = a_message()
    message.set_content(
        "<html><head><style>p{color:red}</style><title>x</title></head><body><p>Bonjour&nbsp;!</p>"
        "<div>Le devis<br>est <b>joint</b>.</div><script>alert(1)</script></body></html>",
        subtype="html",
    )
    assert read_mail(message.as_bytes()).text == "Bonjour !\n\nLe devis\nest joint."


def test_of_the_same_words_in_two_forms_the_plain_one_is_kept() -> None:
    message = a_message()
    message.add_alternative("<p>Bonjour en couleur</p>", subtype="html")
    message.add_attachment(b"x", maintype="image", subtype="png", filename="logo.png")
    mail = read_mail(message.as_bytes())
    assert mail.text == "Bonjour,\nVoici le devis."
    assert [one.name for one in mail.files] == ["logo.png"]


def test_a_picture_inside_a_signature_is_no_file() -> None:
    message = a_message()
    message.add_alternative("<p>Bonjour<img src='cid:logo'></p>", subtype="html")
    message.get_payload()[1].add_related(b"\x89PNG", "image", "png", cid="<logo>")  # type: ignore[union-attr,index]
    assert read_mail(message.as_bytes()).files == ()


def test_a_mail_inside_a_mail_is_a_file_that_can_be_filed_in_turn() -> None:
    inside = a_message("Le premier message.\n", Subject="Demande")
    inside.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="demande.pdf")
    message = a_message()
    message.add_attachment(inside)
    mail = read_mail(message.as_bytes())
    assert [one.name for one in mail.files] == ["Demande.eml"]
    again = read_mail(mail.files[0].content)
    assert (again.subject, again.text, [one.name for one in again.files]) == (
        "Demande", "Le premier message.", ["demande.pdf"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("date", "sent_at"),
    [
        ("Mon, 19 Oct 2026 12:15:00 +0400", SENT),
        ("19 Oct 2026 08:15:00 GMT", datetime(2026, 10, 19, 8, 15, tzinfo=UTC)),
        ("Mon, 19 Oct 2026 08:15:00 -0000", datetime(2026, 10, 19, 8, 15, tzinfo=UTC)),
        ("lundi 19 octobre 2026", None),
        ("Mon, 99 Oct 2026 08:15:00 +0000", None),
        ("Mon, 19 Oct 1889 08:15:00 +0000", None),
        ("", None),
    ],
)
def test_a_date_that_is_none_stays_empty(date: str, sent_at: datetime | None) -> None:
    lines = [
        "From: a@b.example",
        "Subject: Devis",
        "To: c@d.example",
        f"Date: {date}" if date else "X-Rien: 1",
        "",
        "Bonjour",
    ]
    assert read_mail(raw(*lines)).sent_at == sent_at


def test_without_its_own_date_that_of_the_last_server_counts() -> None:
    mail = read_mail(
        raw(
            "Received: from x by y; Mon, 19 Oct 2026 12:15:00 +0400",
            "Received: from w by x; Mon, 19 Oct 2026 12:14:00 +0400",
            "From: a@b.example",
            "Subject: Devis",
            "",
            "Bonjour",
        )
    )
    assert mail.sent_at == SENT


@pytest.mark.parametrize(
    ("header", "body"),
    [
        ("text/plain; charset=iso-8859-1", "Été à l'Étang-Salé".encode("latin-1")),
        ("text/plain; charset=windows-1252", "Été à l'Étang-Salé".encode("cp1252")),
        ("text/plain; charset=utf-8", "Été à l'Étang-Salé".encode("cp1252")),
        ("text/plain; charset=us-ascii", "Été à l'Étang-Salé".encode()),
        ("text/plain; charset=inconnu-8", "Été à l'Étang-Salé".encode()),
        ("text/plain; charset=\"utf-8'", "Été à l'Étang-Salé".encode()),
        ("text/plain", "Été à l'Étang-Salé".encode("cp1252")),
        ("n'importe quoi", "Été à l'Étang-Salé".encode()),
    ],
)
def test_words_are_read_whatever_encoding_they_say(header: str, body: bytes) -> None:
    mail = read_mail(
        raw("From: a@b.example", "Subject: x", f"Content-Type: {header}", "Content-Transfer-Encoding: 8bit", "", body)
    )
    assert mail.text == "Été à l'Étang-Salé"


@pytest.mark.parametrize(
    ("header", "subject"),
    [
        (b"=?utf-8?B?RGV2aXMgw6l0w6k=?=", "Devis été"),
        (b"=?iso-8859-1?Q?Devis_=E9t=E9?=", "Devis été"),
        ("Devis été".encode(), "Devis été"),
        (b"=?inconnu?Q?Devis?=", "=?inconnu?Q?Devis?="),
        (b"=?utf-8?B?pas du base64?=", "=?utf-8?B?pas du base64?="),
        (b"Devis\x00 \x07bizarre", "Devis bizarre"),
        (b"D" * 5000, "D" * 2000),
    ],
)
def test_a_subject_is_read_whatever_its_state(header: bytes, subject: str) -> None:
    assert (
        read_mail(raw("From: a@b.example", b"Subject: " + header, "To: c@d.example", "", "Bonjour")).subject == subject
    )


@pytest.mark.parametrize(
    ("header", "sender"),
    [
        ("eloise@prestataire.example", "eloise@prestataire.example"),
        ('"PAYET, Marie" <m@p.example>', "PAYET, Marie <m@p.example>"),
        ("Marie (au bureau) <m@p.example>", "Marie (au bureau) <m@p.example>"),
        ("une personne sans adresse", "une personne sans adresse"),
        ("<m@p.example>, , ;", "m@p.example"),
        ("", ""),
    ],
)
def test_who_wrote_is_read_as_it_stands(header: str, sender: str) -> None:
    mail = read_mail(raw(f"From: {header}", "Subject: x", "Date: x", "MIME-Version: 1.0", "", "Bonjour"))
    assert mail.sender == sender


def test_a_mail_that_names_itself_by_nothing_is_named_by_its_bytes() -> None:
    content = raw("From: a@b.example", "Subject: x", "", "Bonjour")
    assert read_mail(content).message_id == sha256(content).hexdigest()


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7 ...", b"\x89PNG" + bytes(500), b"Bonjour", bytes(1000), b"a: 1\nb: 2\n\nx"]
)
def test_a_file_that_is_no_mail_gets_a_sentence(content: bytes) -> None:
    with pytest.raises(UserError, match=r"n'est pas un courriel : enregistrez-le au format \.eml"):
        read_mail(content)


def test_a_huge_mail_gets_a_sentence() -> None:
    with pytest.raises(UserError, match="25 Mo"):
        read_mail(a_message().as_bytes() + bytes(LARGEST))


def test_a_long_mail_is_cut_and_says_so() -> None:
    mail = read_mail(a_message("Bonjour " * 40_000).as_bytes())
    assert mail.text.endswith("[…] La suite est trop longue pour être gardée.")


def nested(depth: int) -> bytes:
    lines: list[str] = ["From: a@b.example", "Subject: x"]
    for number in range(depth):
        lines += [f'Content-Type: multipart/mixed; boundary="b{number}"', "", f"--b{number}"]
    return raw(*lines, "Content-Type: text/plain", "", "au fond")


@pytest.mark.parametrize("depth", [3, 19, 60, 2000])
def test_parts_inside_parts_end_somewhere(depth: int) -> None:
    try:
        mail = read_mail(nested(depth))
    except UserError as refusal:
        assert "trop les uns dans les autres" in str(refusal)  # noqa: PT017  (either answer will do)
    else:
        assert ("au fond" in mail.text) == (depth < 20)


@pytest.mark.parametrize(
    "content",
    [
        raw(
            "From: a@b.example", "Subject: x", 'Content-Type: multipart/mixed; boundary="z"', "", "--z", "", "sans fin"
        ),
        raw("From: a@b.example", "Subject: x", "Content-Type: multipart/mixed", "", "pas de bornes"),
        raw("From: a@b.example", "Subject: x", "Content-Transfer-Encoding: base64", "", "@@@@ pas du base64 !"),
        raw("From: a@b.example", "Subject: x", "Content-Type: message/rfc822", "", ""),
        raw("From: a@b.example", "Subject: x", "Content-Transfer-Encoding: uuencode", "", "begin 644 x", "M", "end"),
        raw("From: a@b.example", "Subject: x", "Content-Disposition: attachment; filename*=utf-8''%ZZ", "", "x"),
    ],
)
def test_a_broken_mail_is_filed_all_the_same(content: bytes) -> None:
    mail = read_mail(content)
    assert (mail.subject, mail.sender) == ("x", "a@b.example")


@settings(max_examples=150, deadline=None)
@example(b"Content-Type: text/plain; charset*=x''y\r\n\r\n")
@given(st.binary(max_size=400))
def test_whatever_follows_the_headers_never_stops_the_program(content: bytes) -> None:
    read_mail(b"From: a@b.example\r\nSubject: x\r\n" + content)


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 900), st.binary(max_size=30))
def test_a_damaged_mail_is_read_or_refused(at: int, damage: bytes) -> None:
    message = a_message()
    message.add_alternative("<p>Bonjour</p>", subtype="html")
    message.add_attachment(a_message("dedans"))
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="été.pdf")
    whole = message.as_bytes()
    try:
        read_mail(whole[:at] + damage + whole[at + len(damage) :])
    except UserError as refusal:
        assert str(refusal)  # noqa: PT017  (either answer will do)
