"""A mail for the adviser to look at and send, with a PDF attached: a file that the mail program opens as a draft."""

import re
import unicodedata
from collections.abc import Sequence
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256

from charte_desktop.errors import UserError

_LONGEST_FILE_NAME = 120
_NO_FILE_NAME = re.compile(r'[\\/:*?"<>|]+')


def mail_draft(
    to: str | Sequence[str], subject: str, text: str, attachment_name: str = "", pdf: bytes = b"", *, name: str = ""
) -> bytes:
    """An RFC 5322 message with `X-Unsent: 1`, `text` in UTF-8 and `pdf` attached; the same call gives the same bytes.

    An empty `pdf` is no attachment.

    `to` is an e-mail address or several; none leaves the field to be filled in. `name` is that of the first one.
    Sender and date are the mail program's to write. Whatever the texts hold, they add no header. Refused: an address
    that is none.
    """
    wanted = [to] if isinstance(to, str) else list(to)
    recipients = [_address(one, name if place == 0 else "") for place, one in enumerate(wanted) if one.strip()]
    ascii_only = all(one.addr_spec.isascii() for one in recipients)
    message = EmailMessage(policy=SMTP if ascii_only else SMTP.clone(utf8=True))
    if recipients:
        message["To"] = recipients
    message["Subject"] = _in_a_header(subject)
    message["X-Unsent"] = "1"
    body = "".join(one if one == "\n" or _is_printable(one) else " " for one in "\n".join(text.splitlines()))
    message.set_content(body + "\n", charset="utf-8", cte="quoted-printable")
    if pdf:
        message.add_attachment(pdf, maintype="application", subtype="pdf", filename=_file_name(attachment_name))
        message.set_boundary(f"=_charte_{sha256(pdf).hexdigest()[:24]}")
    return message.as_bytes()


def sheet_mail(number: str, company_name: str, adviser: str) -> tuple[str, str]:
    """Subject and text of the mail that brings a directory sheet (C07)."""
    return (
        f"Fiche annuaire n° {number} : prestataires du numérique",
        f"Bonjour,\n\nVous trouverez ci-joint la fiche annuaire n° {number}, établie pour {company_name}.\n\n"
        "Elle nomme des prestataires signataires de la charte d'engagement, dans un ordre tiré au sort. Vous "
        "choisissez librement à qui vous adresser ; ses dernières pages proposent des questions à leur poser.\n\n"
        f"Bien cordialement,\n{adviser}\nCCI Île de la Réunion\n",
    )


def recall_mail(provider_name: str, adviser: str) -> tuple[str, str]:
    """Subject and text of the mail that brings a recall letter (C18), as factual as the letter (C08)."""
    return (
        "Votre fiche annuaire : un prestataire ne figure plus dans la base",
        "Bonjour,\n\nUne fiche annuaire établie pour votre entreprise nomme le prestataire "
        f"{provider_name}, qui ne figure plus dans la base. Le courrier ci-joint donne les dates, et ce que vous "
        f"pouvez faire.\n\nBien cordialement,\n{adviser}\nCCI Île de la Réunion\n",
    )


def _address(text: str, name: str) -> Address:
    address = text.strip()
    local, _, domain = address.rpartition("@")
    refused = UserError(
        f"« {_in_a_header(text)} » n'est pas une adresse e-mail : corrigez-la dans la fiche de l'entreprise."
    )
    if not local or not domain or not all(map(_is_printable, address)) or re.search(r"[\s,;<>()\"]", address):
        raise refused
    try:
        return Address(_in_a_header(name), local, domain if domain.isascii() else domain.encode("idna").decode("ascii"))
    except (MessageError, UnicodeError, ValueError) as error:
        raise refused from error


def _is_printable(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp") or character == "\t"


def _in_a_header(text: str) -> str:
    """On one line, without what no header may hold."""
    return " ".join("".join(one if _is_printable(one) else " " for one in text).split())


def _file_name(text: str) -> str:
    """A name that Windows accepts."""
    stem = _NO_FILE_NAME.sub("-", _in_a_header(text)).removesuffix(".pdf")[:_LONGEST_FILE_NAME].strip(" .")
    return f"{stem or 'document'}.pdf"
