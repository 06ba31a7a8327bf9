"""A charter being signed, behind its screens: what is kept of it, at each change, and what its clock says."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from charte_desktop.model.charter_text import Section, sections_of
from charte_desktop.model.signing import ClockJump, HandOverMoment, Showing, Signer

if TYPE_CHECKING:
    from charte_desktop.model.drawing import Drawing
    from charte_desktop.model.facts import ProviderFacts
    from charte_desktop.model.signing import SigningState
    from charte_desktop.store.database import Database

_TICK = 5_000
"""Milliseconds between two writings of how long a section was shown; a kill loses no more."""
_JUMP = 3.0
"""Seconds by which the laptop's clock may go another way than the steady one, unsaid."""

Steady = Callable[[], int]
"""Milliseconds on a clock that nobody sets."""


def steady() -> int:
    """The steady clock of this computer."""
    return time.monotonic_ns() // 1_000_000


class SigningDesk(QObject):
    """One signing, opened or begun; every change is on the disk when the method returns."""

    changed = Signal()
    """What may be done next is perhaps not the same any more."""

    def __init__(
        self, database: "Database", provider_id: str, parent: QObject | None = None, *, clock: Steady = steady
    ) -> None:
        """Open what was begun for this provider, or begin.

        A signing of a text that was replaced since is read anew; what was said of the signers stays.
        """
        super().__init__(parent)
        from charte_desktop.store.charter_signatures import CharterSignatures
        from charte_desktop.store.signing_sessions import SigningSessions

        self.database = database
        self.sessions = SigningSessions(database)
        texts = CharterSignatures(database)
        texts.ensure_shipped()
        version = texts.current_version
        known = self.sessions.of(provider_id)
        self.state: SigningState = known or self.sessions.begin(provider_id, version)
        self.is_other_text = self.state.version_id != version
        """True when the text was replaced since the signing was begun."""
        if self.is_other_text:
            self.state.version_id, self.state.showings, self.state.read_together_at = version, [], ""
            self.state.acknowledged, self.state.signed_at, self.state.step = [], "", "lecture"
        self.sections: Sequence[Section] = sections_of(texts.text(version))
        self.version_label = next(one.label for one in texts.versions() if one.id == version)
        self._steady = clock
        self._began = clock()
        self._wall_began = self._wall()
        self._off = 0.0
        """Seconds by which the two clocks are known to differ."""
        self.state.runs.append(self._wall_began.isoformat(timespec="seconds"))
        self._is_over = False
        self._shown_since: int | None = None
        self._ticks = QTimer(self)
        self._ticks.setInterval(_TICK)
        self._ticks.timeout.connect(self.tick)
        self.keep()

    @property
    def provider(self) -> "ProviderFacts":
        """Who signs, as the register knows it now."""
        from charte_desktop.store.provider_rows import ProviderRows

        return ProviderRows(self.database).facts(self.state.provider_id)

    def keep(self) -> None:
        """Write down how far it is; what is over is not begun again by a screen that closes."""
        if not self._is_over:
            self.sessions.keep(self.state)

    def go_to(self, step: str) -> None:
        """Note the step on the screen."""
        if self.state.step != step:
            self.state.step = step
            self.keep()

    def give_up(self) -> None:
        """Forget this signing: nothing of it remains."""
        self.stop_for_good()
        self.sessions.drop(self.state.id)

    def stop(self) -> None:
        """The screens are left; what was begun waits."""
        self.end_showing()
        self._ticks.stop()

    def stop_for_good(self) -> None:
        """The document is sealed, or the signing given up: nothing is left to be kept."""
        self._is_over = True
        self._shown_since = None
        self._ticks.stop()

    # Reading

    @property
    def is_read(self) -> bool:
        """True when every section was shown, or the adviser noted that it was read together."""
        return self.state.may_be_signed(self.sections)

    def unread(self) -> list[Section]:
        """The sections that have not been on the screen yet."""
        return self.state.unread(self.sections)

    def show_section(self, section: Section) -> None:
        """A section is on the screen from now on, in place of the one before."""
        self.end_showing()
        self._note_jump()
        self._shown_since = self._elapsed()
        self.state.section = section.key
        moment = self._wall().isoformat(timespec="seconds")
        self.state.showings.append(Showing(section.key, len(self.state.runs) - 1, self._shown_since, 0, moment))
        self._ticks.start()
        self.keep()
        self.changed.emit()

    def end_showing(self) -> None:
        """No section is on the screen any more: another step, another window, the lid."""
        if self._shown_since is not None:
            self.tick()
            self._shown_since = None
            self._ticks.stop()

    def tick(self) -> None:
        """Write down how long the section has been on the screen until now."""
        if self._shown_since is None:
            return
        self._note_jump()
        last = self.state.showings[-1]
        self.state.showings[-1] = replace(last, lasted_ms=self._elapsed() - self._shown_since)
        self.keep()

    def read_together(self, together: bool) -> None:
        """Note that the adviser and the signer read the charter together, or that they did not."""
        self.state.read_together_at = self._moment() if together else ""
        self.keep()
        self.changed.emit()

    def acknowledge(self, clause_id: str, ticked: bool) -> None:
        """Note that the signer ticked a clause, or took the tick back."""
        others = [one for one in self.state.acknowledged if one != clause_id]
        self.state.acknowledged = sorted([*others, clause_id]) if ticked else others
        self.keep()

    # Who signs

    def say_signer(self, number: int, signer: Signer) -> None:
        """What is known of one signer changed; under another name, what was drawn must be kept again."""
        before = self.state.signers[number]
        if before == signer:
            return
        self.state.signers[number] = signer
        if before.name.split() != signer.name.split():
            self.state.signed_at = ""
        self.keep()
        self.changed.emit()

    def add_signer(self) -> None:
        """Somebody else signs too."""
        self.state.signers.append(Signer())
        self.state.signed_at = ""
        self.keep()
        self.changed.emit()

    def drop_signer(self, number: int) -> None:
        """This one does not sign; at least one stays."""
        if len(self.state.signers) > 1:
            del self.state.signers[number]
            self.sessions.forget_signer(self.state.id, number)
            self.keep()
            self.changed.emit()

    def say_place(self, place: str) -> None:
        """Where it is signed."""
        self.state.place = place
        self.keep()
        self.changed.emit()

    def use_stamp(self, stamp_id: str) -> None:
        """Which cachet is printed; empty for none."""
        self.state.stamp_id = stamp_id
        self.keep()

    def hand_over(self, to_signer: bool) -> None:
        """Note that the laptop was turned to the signer, or given back."""
        self.state.hand_overs.append(HandOverMoment(self._moment(), to_signer))
        self.keep()

    # What is drawn

    def drawings(self) -> "list[Drawing | None]":
        """What each signer has drawn."""
        return [self.sessions.drawing(self.state.id, number) for number in range(len(self.state.signers))]

    def keep_drawing(self, number: int, drawing: "Drawing") -> None:
        """A signer keeps what is drawn."""
        self.sessions.take(self.state.id, number, drawing)
        if all(one is not None for one in self.drawings()):
            self.state.signed_at = self._moment()
        self.keep()
        self.changed.emit()

    def redraw(self) -> None:
        """A signature changes: it is not signed until it is kept again."""
        if self.state.signed_at:
            self.state.signed_at = ""
            self.keep()
            self.changed.emit()

    @property
    def signed_at(self) -> datetime | None:
        """When the last signature was kept; None while one is missing."""
        return datetime.fromisoformat(self.state.signed_at) if self.state.signed_at else None

    # Clocks

    def _wall(self) -> datetime:
        return self.database.clock()

    def _moment(self) -> str:
        return self._wall().isoformat(timespec="seconds")

    def _elapsed(self) -> int:
        return self._steady() - self._began

    def _note_jump(self) -> None:
        """Note that the laptop's clock was set, or that the laptop slept."""
        elapsed = self._elapsed()
        off = (self._wall() - self._wall_began).total_seconds() - elapsed / 1000
        if abs(off - self._off) > _JUMP:
            self.state.jumps.append(ClockJump(len(self.state.runs) - 1, elapsed, round(off - self._off, 1)))
            self._off = off
