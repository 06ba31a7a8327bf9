"""A mail kept as a file (.eml), read whatever its state: date, people, subject, words, files.

Mails are written by every program there ever was: headers without a date or in a wrong encoding, parts that say one
thing and hold another, mails inside mails. Nothing here raises for what a mail says; a file that is no mail at all is
told from one by its headers.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email import policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.utils import getaddresses, parsedate_to_datetime
from hashlib import sha256
from html.parser import HTMLParser

from charte_desktop.errors import UserError

LARGEST = 25 * 1024 * 1024
"""Bytes of a mail with its files."""
_MOST_PARTS = 500
_DEEPEST = 20
"""Mails inside mails, beyond which what is inside is one file."""
_LONGEST_TEXT = 200_000
"""Characters of what a mail says; longer ones are cut, and say so."""
_LONGEST_HEADER = 2_000
_TELLING = ("from", "to", "subject", "date", "message-id", "received", "mime-version", "return-path", "cc")
"""Headers of which a mail has two at least."""
_BLANK_LINES = re.compile(r"\n{3,}")
_NO_FILE_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_ENDINGS = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "text/plain": ".txt",
    "text/html": ".html",
    "text/calendar": ".ics",
    "message/rfc822": ".eml",
    "application/zip": ".zip",
}


@dataclass(frozen=True)
class MailFile:
    """A file that came with a mail."""

    name: str
    content: bytes


@dataclass(frozen=True)
class MailMessage:
    """What a mail says of itself."""

    message_id: str
    """The name that it gives itself; without one, the SHA-256 of its file."""
    sent_at: datetime | None
    """Aware of its zone; None when it does not say, or says nonsense."""
    sender: str
    """Name and address as they are read."""
    recipients: tuple[str, ...]
    subject: str
    text: str
    files: tuple[MailFile, ...] = ()

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every address it names, in lower case."""
        found = re.findall(r"[^\s<>,;\"()]+@[^\s<>,;\"()]+", " ".join((self.sender, *self.recipients)))
        return tuple(dict.fromkeys(one.casefold().strip(".") for one in found))


def read_mail(content: bytes) -> MailMessage:
    """The mail of a file. Refused: a file that is no mail, and one of more than 25 MB."""
    if len(content) > LARGEST:
        raise UserError("Ce courriel dépasse 25 Mo : enregistrez à part la pièce jointe dont vous avez besoin.")
    try:
        message = BytesParser(policy=policy.compat32).parsebytes(content.lstrip(b"\r\n\t "))
    except RecursionError as fault:
        raise UserError(
            "Ce courriel en contient trop les uns dans les autres : enregistrez à part celui qui compte."
        ) from fault
    if sum(bool(_all(message, name)) for name in _TELLING) < 2:
        raise UserError("Ce fichier n'est pas un courriel : enregistrez-le au format .eml dans la messagerie.")
    found = _Found()
    found.walk(message, 0)
    text = found.text.strip()
    if len(text) > _LONGEST_TEXT:
        text = f"{text[:_LONGEST_TEXT]}\n[…] La suite est trop longue pour être gardée."
    return MailMessage(
        message_id=_header(message, "message-id").strip("<> ")[:255] or sha256(content).hexdigest(),
        sent_at=_moment(message),
        sender=", ".join(_people(message, "from")) or ", ".join(_people(message, "sender")),
        recipients=tuple(dict.fromkeys([*_people(message, "to"), *_people(message, "cc")])),
        subject=_header(message, "subject"),
        text=_BLANK_LINES.sub("\n\n", text),
        files=tuple(found.files),
    )


class _Found:
    """What the parts of a mail hold."""

    def __init__(self) -> None:
        self.text = ""
        self.files: list[MailFile] = []
        self._parts = 0

    def walk(self, part: Message, depth: int) -> None:
        self._parts += 1
        if self._parts > _MOST_PARTS:
            return
        kind = part.get_content_type()
        if kind == "message/rfc822" and depth:
            self._keep_mail(part)
        elif part.is_multipart() and depth < _DEEPEST:
            inside = [one for one in part.get_payload() if isinstance(one, Message)]
            for one in _preferred(inside) if kind == "multipart/alternative" else inside:
                self.walk(one, depth + 1)
        else:
            self._keep(part, kind)

    def _keep(self, part: Message, kind: str) -> None:
        name = _file_name(part)
        if kind in ("text/plain", "text/html") and not name and part.get_content_disposition() != "attachment":
            words = _words(part)
            self.text += ("\n\n" if self.text else "") + (_plain(words) if kind == "text/html" else words)
            return
        content = _payload(part)
        if not content or (not name and part.get("content-id") and kind.startswith("image/")):
            return  # a picture of the signature says nothing
        self.files.append(MailFile(name or f"pièce {len(self.files) + 1}{_ENDINGS.get(kind, '')}", content))

    def _keep_mail(self, part: Message) -> None:
        inside = part.get_payload()
        whole = inside[0] if isinstance(inside, list) and inside else part
        content = _as_bytes(whole) if isinstance(whole, Message) else _payload(part)
        subject = _header(whole, "subject") if isinstance(whole, Message) else ""
        name = _safe(_file_name(part) or subject or "courriel joint")
        self.files.append(MailFile(name if name.lower().endswith(".eml") else f"{name}.eml", content))


def _preferred(parts: list[Message]) -> list[Message]:
    """Of the same words in several forms, the plain one; files that stand beside them stay."""
    plain = [one for one in parts if one.get_content_type() == "text/plain" and _payload(one).strip()]
    return plain[:1] or parts[-1:]


def _as_bytes(message: Message) -> bytes:
    try:
        return message.as_bytes(policy=policy.compat32)
    except (UnicodeError, LookupError, ValueError, TypeError, AttributeError, KeyError):
        return str(message.get_payload()).encode("utf-8", "replace")


def _payload(part: Message) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError):
        content = None
    if isinstance(content, bytes):
        return content
    raw = part.get_payload()
    return raw.encode("utf-8", "surrogateescape") if isinstance(raw, str) else b""


def _words(part: Message) -> str:
    content = _payload(part)
    declared = str(part.get_param("charset", "", unquote=True) or "")
    for charset in (declared.strip("'\" "), "utf-8", "cp1252"):
        try:
            return content.decode(charset).replace("\r\n", "\n").replace("\x00", "")
        except (LookupError, ValueError):
            continue
    return content.decode("latin-1").replace("\r\n", "\n").replace("\x00", "")


class _Words(HTMLParser):
    """The words of a page, a line for each paragraph."""

    _BREAKS = frozenset(("p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "table", "ul", "ol", "blockquote", "hr"))
    _SILENT = frozenset(("style", "script", "head", "title", "template"))

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in self._SILENT:
            self._silent += 1
        elif tag in self._BREAKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._SILENT:
            self._silent = max(self._silent - 1, 0)
        elif tag in self._BREAKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(re.sub(r"\s+", " ", data))


def _plain(page: str) -> str:
    reader = _Words()
    reader.feed(page)
    reader.close()
    lines = (line.strip() for line in "".join(reader.words).split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def _all(message: Message, name: str) -> list[str]:
    """The values of a header as they stand in the file: bytes that are no ASCII are read as most programs mean them."""
    return [_readable(value) for key, value in message.raw_items() if key.lower() == name]


def _readable(value: object) -> str:
    raw = str(value)
    if raw.isascii():
        return raw
    content = raw.encode("utf-8", "surrogateescape")
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _header(message: Message, name: str) -> str:
    return _decoded(next(iter(_all(message, name)), ""))


def _decoded(raw: str) -> str:
    try:
        text = str(make_header(decode_header(raw)))
    except (ValueError, LookupError, UnicodeError, MessageError):
        text = raw
    clean = "".join(one if one.isprintable() else " " for one in text)
    return " ".join(clean.split())[:_LONGEST_HEADER]


def _people(message: Message, name: str) -> list[str]:
    people = []
    for value in _all(message, name):
        found = [one for one in getaddresses([value]) if any(one)]
        # A header without any address is read whole; Python of late gives nothing at all for one with a fault.
        people += [_person(*one) for one in found] if any("@" in one for _, one in found) else [_decoded(value)]
    return list(filter(None, people))


def _person(called: str, address: str) -> str:
    called = _decoded(called).strip("\"' ")
    return f"{called} <{address}>" if called and address and called != address else address or called


def _moment(message: Message) -> datetime | None:
    """When it was sent: its own date, else that of the last server that had it in hand."""
    received = [one.rpartition(";")[2] for one in _all(message, "received")]
    for text in filter(None, (_header(message, "date"), *received[:1])):
        try:
            at = parsedate_to_datetime(text.strip())
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        if 1990 <= at.year <= 2100:
            return _aware(at)
    return None


def _aware(at: datetime) -> datetime:
    offset = at.utcoffset()
    if offset is None:
        return at.replace(tzinfo=UTC)
    return at.replace(tzinfo=timezone(offset)) if abs(offset) < timedelta(hours=24) else at.replace(tzinfo=UTC)


def _file_name(part: Message) -> str:
    try:
        name = part.get_filename()
    except (ValueError, LookupError, TypeError, AttributeError):
        name = None
    return _safe(_decoded(_readable(name))) if isinstance(name, str) else ""


def _safe(name: str) -> str:
    return _NO_FILE_NAME.sub("-", name).strip(" .")[:150]
