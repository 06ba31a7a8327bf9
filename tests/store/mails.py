"""Mails as they are filed, made by hand."""

from collections.abc import Mapping
from datetime import UTC, datetime

from charte_desktop.exchange.mail_message import MailFile, MailMessage


def a_mail(
    subject: str = "Devis du site",
    *,
    message_id: str = "1@prestataire.example",
    sent_at: datetime | None = datetime(2026, 10, 19, 8, 15, tzinfo=UTC),
    sender: str = "Prestataire Fictif <contact@prestataire.example>",
    files: Mapping[str, bytes] | None = None,
) -> MailMessage:
    """A mail of yesterday."""
    return MailMessage(
        message_id,
        sent_at,
        sender,
        ("Conseillère Ouest <conseil@cci.example>",),
        subject,
        "Bonjour,\nVoici le devis.",
        tuple(MailFile(name, content) for name, content in (files or {}).items()),
    )
