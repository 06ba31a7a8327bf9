"""The cachets of the providers, kept to be used again; never required (a cachet alone has no legal value)."""

from sqlalchemy import select

from charte_desktop.model.charter_content import StampPicture
from charte_desktop.model.sealed import Stamp
from charte_desktop.store.database import Database


class Stamps:
    """One provider may have several: a new one does not replace what was printed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, provider_id: str, png: bytes, width_mm: float, height_mm: float) -> Stamp:
        """Keep a cachet."""
        with self._database.transaction("Ajouter un cachet") as session:
            stamp = Stamp(
                provider_id=provider_id,
                png=png,
                width_mm=width_mm,
                height_mm=height_mm,
                added_at=self._database.clock(),
            )
            session.add(stamp)
        return stamp

    def of(self, provider_id: str) -> list[Stamp]:
        """The cachets of a provider, the latest first."""
        query = select(Stamp).where(Stamp.provider_id == provider_id, Stamp.deleted_at.is_(None))
        with self._database.reading() as session:
            return list(session.scalars(query.order_by(Stamp.added_at.desc())))

    def picture(self, stamp_id: str) -> StampPicture | None:
        """A cachet as it is printed; None when it is gone."""
        with self._database.reading() as session:
            stamp = session.get(Stamp, stamp_id)
        return None if stamp is None else StampPicture(stamp.png, stamp.width_mm, stamp.height_mm)

    def drop(self, stamp_id: str) -> None:
        """Propose a cachet no more; documents that bear it keep it."""
        with self._database.transaction("Retirer un cachet") as session:
            session.get_one(Stamp, stamp_id).deleted_at = self._database.clock()
