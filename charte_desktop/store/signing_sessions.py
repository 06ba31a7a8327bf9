"""Charters being signed: kept at each change on this laptop, and found again after a crash (product rule 2).

Nothing of the register has changed before the seal, so nothing of this is in the journal. Strokes are written while
they are drawn; the disk is waited for when a stroke ends.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from charte_desktop.model.base import new_id
from charte_desktop.model.drawing import Drawing, Point, Stroke, Tool, points_as_json, points_from_json
from charte_desktop.model.signing import SigningState
from charte_desktop.store.database import Database

_KEEP = """
    INSERT INTO signing_session (id, provider_id, state, kept_at) VALUES (?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET state = excluded.state, kept_at = excluded.kept_at
"""
_STROKE = """
    INSERT INTO signing_stroke (session_id, signer, stroke, chunk, aspect, tool, began, points)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""


@dataclass(frozen=True)
class WaitingSigning:
    """A charter whose signing was begun and is not finished."""

    provider_id: str
    provider_name: str
    kept_at: datetime
    step: str


class SigningSessions:
    """The charters being signed on this laptop, one for each provider."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, provider_id: str) -> SigningState | None:
        """What was begun for this provider; None when nothing was."""
        with self._database.looking() as base:
            line = base.execute("SELECT state FROM signing_session WHERE provider_id = ?", (provider_id,)).fetchone()
        return None if line is None else SigningState.from_json(line[0])

    def waiting(self) -> list[WaitingSigning]:
        """What was begun and is not finished, the latest first."""
        with self._database.looking() as base:
            lines = base.execute(
                "SELECT provider_id, legal_name, kept_at, json_extract(state, '$.step') FROM signing_session "
                "JOIN provider ON provider.id = provider_id ORDER BY kept_at DESC"
            ).fetchall()
        return [
            WaitingSigning(one, name, datetime.fromisoformat(at).replace(tzinfo=UTC), step)
            for one, name, at, step in lines
        ]

    def begin(self, provider_id: str, version_id: str) -> SigningState:
        """A new signing of this version; kept at once. Only where `of` gives none."""
        began = self._database.clock().isoformat(timespec="seconds")
        state = SigningState(new_id(), provider_id, version_id, began)
        self.keep(state)
        return state

    def keep(self, state: SigningState) -> None:
        """Keep how far it is; on the disk when this returns."""
        kept_at = self._database.clock().astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
        with self._database.jotting() as base:
            base.execute(_KEEP, (state.id, state.provider_id, state.as_json(), kept_at))

    def drop(self, session_id: str) -> None:
        """Forget it: the document is sealed, or the signing was given up."""
        with self._database.jotting() as base:
            base.execute("DELETE FROM signing_stroke WHERE session_id = ?", (session_id,))
            base.execute("DELETE FROM signing_session WHERE id = ?", (session_id,))

    # What is drawn

    def begin_stroke(self, session_id: str, signer: int, number: int, stroke: Stroke, aspect: float) -> None:
        """A stroke begins; it takes the place of every one of this signer with its number or a higher one."""
        with self._database.jotting(lasting=False) as base:
            _drop_from(base, session_id, signer, number)
            points = points_as_json(stroke.points)
            base.execute(_STROKE, (session_id, signer, number, 0, aspect, stroke.tool.value, stroke.began, points))

    def add_points(self, session_id: str, signer: int, number: int, points: Iterable[Point]) -> None:
        """More of a stroke that began."""
        with self._database.jotting(lasting=False) as base:
            base.execute(
                "INSERT INTO signing_stroke SELECT session_id, signer, stroke, max(chunk) + 1, aspect, tool, began, ? "
                "FROM signing_stroke WHERE session_id = ? AND signer = ? AND stroke = ? GROUP BY stroke",
                (points_as_json(points), session_id, signer, number),
            )

    def take(self, session_id: str, signer: int, drawing: Drawing) -> None:
        """Keep exactly this drawing: a stroke ended, was taken back or put back. On the disk when this returns."""
        with self._database.jotting() as base:
            kept = base.execute(
                "SELECT count(DISTINCT stroke) FROM signing_stroke WHERE session_id = ? AND signer = ?",
                (session_id, signer),
            ).fetchone()[0]
            count = len(drawing.strokes)
            _drop_from(base, session_id, signer, count)
            base.executemany(
                _STROKE,
                [
                    (
                        session_id,
                        signer,
                        number,
                        0,
                        drawing.aspect,
                        one.tool.value,
                        one.began,
                        points_as_json(one.points),
                    )
                    for number, one in enumerate(drawing.strokes)
                    if number >= kept
                ],
            )

    def drawing(self, session_id: str, signer: int) -> Drawing | None:
        """What this signer has drawn, a stroke that was interrupted included; None when nothing is."""
        with self._database.looking() as base:
            lines = base.execute(
                "SELECT stroke, aspect, tool, began, points FROM signing_stroke WHERE session_id = ? AND signer = ? "
                "ORDER BY stroke, chunk",
                (session_id, signer),
            ).fetchall()
        strokes: dict[int, Stroke] = {}
        for number, _, tool, began, points in lines:
            before = strokes.get(number, Stroke(Tool(tool), began))
            strokes[number] = Stroke(before.tool, before.began, (*before.points, *points_from_json(points)))
        drawn = tuple(one for one in strokes.values() if one.points)
        return Drawing(lines[0][1], drawn) if drawn else None

    def forget_signer(self, session_id: str, signer: int) -> None:
        """Forget what this signer drew; those after move up one place."""
        with self._database.jotting() as base:
            _drop_from(base, session_id, signer, 0)
            base.execute(
                "UPDATE signing_stroke SET signer = signer - 1 WHERE session_id = ? AND signer > ?",
                (session_id, signer),
            )


def _drop_from(base: Any, session_id: str, signer: int, number: int) -> None:
    base.execute(
        "DELETE FROM signing_stroke WHERE session_id = ? AND signer = ? AND stroke >= ?", (session_id, signer, number)
    )
