"""One company, one record: what two records may not share."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from charte_desktop.errors import UserError
from charte_desktop.model import display
from charte_desktop.model.company import Company
from charte_desktop.model.provider import Provider


def refuse_twin(session: Session, record: Provider | Company) -> None:
    """Refuse a second record of the same kind, outside the recycle bin, with the same SIREN."""
    if not record.siren or record.deleted_at is not None:
        return
    kind = type(record)
    with session.no_autoflush:
        twin = session.scalar(
            select(kind.legal_name).where(kind.siren == record.siren, kind.id != record.id, kind.deleted_at.is_(None))
        )
    if twin is not None:
        siren = display.show_siren(record.siren)
        raise UserError(f"Le SIREN {siren} est déjà celui de « {twin} » : ouvrez cette fiche au lieu d'en créer une.")
