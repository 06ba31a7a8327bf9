"""What is said with a company: calls noted in a line, mails filed with their files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple, Protocol

from charte_desktop.errors import UserError
from charte_desktop.model.attached_file import is_program, plain_name
from charte_desktop.model.display import show_date
from charte_desktop.model.exchange_kind import ExchangeKind
from charte_desktop.store.database import REUNION, Database

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from charte_desktop.model.exchange import Exchange

_LARGEST = 25 * 1024 * 1024


class MailFile(Protocol):
    """A file that came with a mail."""

    @property
    def name(self) -> str: ...
    @property
    def content(self) -> bytes: ...


class Mail(Protocol):
    """A mail that was read; `exchange.mail_message.MailMessage` is one."""

    @property
    def message_id(self) -> str: ...
    @property
    def sent_at(self) -> datetime | None: ...
    @property
    def sender(self) -> str: ...
    @property
    def recipients(self) -> tuple[str, ...]: ...
    @property
    def subject(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def files(self) -> Sequence[MailFile]: ...


class ExchangeRow(NamedTuple):
    """An exchange as it is read."""

    id: str
    kind: ExchangeKind
    held_at: datetime | None
    """On the island; None for a mail without a date."""
    filed_at: datetime
    with_whom: str
    subject: str
    text: str
    adviser: str


@dataclass(frozen=True)
class Filed:
    """What became of a mail."""

    exchange_id: str
    left_out: tuple[str, ...] = ()
    """Programs that came with it and were not kept, by name."""


class Exchanges:
    """The exchanges of the base."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, company_id: str) -> list[ExchangeRow]:
        """The exchanges with a company, the latest first."""
        with self._database.looking() as base:
            lines = base.execute(
                f"{_SHOWN} WHERE company_id = ? AND deleted_at IS NULL ORDER BY coalesce(held_at, filed_at) DESC",
                (company_id,),
            ).fetchall()
        return [_row(line) for line in lines]

    def get(self, exchange_id: str) -> ExchangeRow:
        """One exchange."""
        with self._database.looking() as base:
            line = base.execute(f"{_SHOWN} WHERE id = ?", (exchange_id,)).fetchone()
        if line is None:
            raise UserError(_GONE)
        return _row(line)

    def note(
        self,
        company_id: str,
        kind: ExchangeKind,
        text: str,
        *,
        with_whom: str = "",
        at: datetime | None = None,
    ) -> "Exchange":
        """Note what was said, now or another day; the first line is the title. Refused: no words, a time to come."""
        from charte_desktop.model.exchange import Exchange

        now = self._database.clock()
        words = text.strip()
        if not words:
            raise UserError("Écrivez en quelques mots ce qui s'est dit.")
        if at is not None and at > now:
            raise UserError(f"Le {at.astimezone(REUNION):%d/%m/%Y} n'est pas encore passé : notez l'échange ensuite.")
        title, _, rest = words.partition("\n")
        with self._database.transaction(f"Noter un échange : {kind.value.lower()}") as session:
            _company(session, company_id)
            exchange = Exchange(
                company_id=company_id,
                kind=kind,
                held_at=at or now,
                filed_at=now,
                with_whom=" ".join(with_whom.split()),
                subject=title.strip(),
                text=rest.strip(),
                adviser=self._database.adviser,
            )
            session.add(exchange)
        return exchange

    def file_mail(self, company_id: str, mail: Mail) -> Filed:
        """File a mail with its date, its people and its files, each with its fingerprint.

        A program among its files is left out and named. Refused: a mail that is filed with this company already, files
        of more than 25 MB together.
        """
        from sqlalchemy import select

        from charte_desktop.model.exchange import Exchange
        from charte_desktop.store.attachments import attached

        now = self._database.clock()
        if sum(len(one.content) for one in mail.files) > _LARGEST:
            raise UserError("Les pièces jointes de ce courriel dépassent 25 Mo : enregistrez à part celle qui compte.")
        left_out = tuple(plain_name(one.name) for one in mail.files if is_program(one.name, one.content))
        with self._database.transaction("Classer un courriel") as session:
            _company(session, company_id)
            same = select(Exchange).where(
                Exchange.message_id == mail.message_id,
                Exchange.company_id == company_id,
                Exchange.deleted_at.is_(None),
            )
            known = session.scalar(same)
            if known is not None:
                day = show_date(known.filed_at.astimezone(REUNION).date())
                raise UserError(f"Ce courriel est déjà classé dans cette fiche, depuis le {day}.")
            exchange = Exchange(
                company_id=company_id,
                kind=ExchangeKind.MAIL,
                held_at=mail.sent_at,
                filed_at=now,
                with_whom=_people(mail),
                subject=mail.subject or "(sans objet)",
                text=mail.text,
                adviser=self._database.adviser,
                message_id=mail.message_id,
            )
            session.add(exchange)
            session.flush()
            for one in mail.files:
                if one.content and not is_program(one.name, one.content):
                    session.add(attached(exchange.id, one.name, one.content, now))
        return Filed(exchange.id, left_out)

    def drop(self, exchange_id: str) -> None:
        """Take an exchange off its company's history; undoing puts it back."""
        from charte_desktop.model.exchange import Exchange

        with self._database.transaction("Retirer un échange") as session:
            exchange = session.get(Exchange, exchange_id)
            if exchange is None:
                raise UserError(_GONE)
            exchange.deleted_at = self._database.clock()

    def company_of_addresses(self, addresses: Sequence[str]) -> str:
        """The one company that has one of these e-mails, its own or a contact's; empty for none or several."""
        if not addresses:
            return ""
        marks = ", ".join("?" * len(addresses))
        wanted = tuple(one.casefold() for one in addresses)
        with self._database.looking() as base:
            found = base.execute(
                f"SELECT company.id FROM company, json_each(company.emails) AS mail "
                f"WHERE deleted_at IS NULL AND lower(mail.value) IN ({marks}) "
                f"UNION SELECT company_id FROM company_contact, json_each(company_contact.emails) AS mail "
                f"WHERE deleted_at IS NULL AND lower(mail.value) IN ({marks})",
                wanted * 2,
            ).fetchall()
        return str(found[0][0]) if len(found) == 1 else ""


_GONE = "Cet échange n'existe plus : actualisez la fiche de l'entreprise."
_SHOWN = "SELECT id, kind, held_at, filed_at, with_whom, subject, text, adviser FROM exchange"


def _row(line: "Sequence[str]") -> ExchangeRow:
    exchange_id, kind, held_at, filed_at, *texts = line
    return ExchangeRow(
        exchange_id, ExchangeKind[kind], _moment(held_at) if held_at else None, _moment(filed_at), *texts
    )


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).astimezone(REUNION)


def _company(session: "Session", company_id: str) -> None:
    from charte_desktop.model.company import Company

    if session.get(Company, company_id) is None:
        raise UserError("Cette entreprise n'existe plus : actualisez la liste.")


def _people(mail: Mail) -> str:
    """Who wrote to whom, the first three of them."""
    to = list(mail.recipients[:3])
    if len(mail.recipients) > 3:
        to.append(f"{len(mail.recipients) - 3} autres")
    return " → ".join(filter(None, [mail.sender, ", ".join(to)]))
