"""Files dropped on a company: a mail is filed as an exchange, anything else is kept as a document."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from charte_desktop.errors import UserError
from charte_desktop.ui import messages
from charte_desktop.ui.files import read_file

if TYPE_CHECKING:
    from charte_desktop.store.database import Database

MAILS = frozenset({".eml"})
_LARGEST = 26 * 1024 * 1024
"""Bytes of a file that is read at all: a film is refused by its size, not by its content."""


class DroppedFiles:
    """What becomes of files dropped on a company."""

    def __init__(self, database: "Database") -> None:
        self._database = database

    def file(self, company_id: str, files: Sequence[Path]) -> tuple[str, str]:
        """Keep what can be kept; tone and sentence say what was, and why something was not."""
        kept: list[str] = []
        refused: list[str] = []
        for file in files:
            try:
                kept.append(self._file(company_id, file))
            except UserError as refusal:
                refused.append(str(refusal))
        said = [f"Classé : {', '.join(kept)}."] if kept else []
        return (messages.WARNING if kept else messages.ERROR) if refused else messages.DONE, " ".join(said + refused)

    def company_of(self, file: Path) -> str:
        """The company that a mail is from or to; empty when its addresses do not tell."""
        from charte_desktop.exchange.mail_message import read_mail
        from charte_desktop.store.exchanges import Exchanges

        return Exchanges(self._database).company_of_addresses(read_mail(_content(file)).addresses)

    def _file(self, company_id: str, file: Path) -> str:
        from charte_desktop.exchange.mail_message import read_mail
        from charte_desktop.store.attachments import Attachments
        from charte_desktop.store.exchanges import Exchanges

        content = _content(file)
        if file.suffix.lower() not in MAILS:
            Attachments(self._database).attach(company_id, file.name, content)
            return f"« {file.name} »"
        mail = read_mail(content)
        filed = Exchanges(self._database).file_mail(company_id, mail)
        words = f"le courriel « {mail.subject or 'sans objet'} »"
        if filed.left_out:
            words += f" (programme non gardé : {', '.join(filed.left_out)})"
        return words


def _content(file: Path) -> bytes:
    if file.is_dir():
        raise UserError(f"« {file.name} » est un dossier : déposez les fichiers qu'il contient.")
    try:
        size = file.stat().st_size
    except OSError:
        size = 0  # reading says what is wrong
    if size > _LARGEST:
        raise UserError(f"« {file.name} » dépasse 25 Mo : joignez-en une version plus légère.")
    return read_file(file)
