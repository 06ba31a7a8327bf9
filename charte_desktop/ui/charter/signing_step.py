"""What every step of a signing answers to."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from charte_desktop.ui.charter.signing_desk import SigningDesk


class SigningStep(QWidget):
    """One screen of a signing; it reads and changes the desk, and knows no other step."""

    NAME = ""
    """As the desk keeps it."""

    moved = Signal()
    """What is lacking here is perhaps not the same any more."""
    finished = Signal()
    """The user is done with this step."""
    said = Signal(str, str)
    """Tone and sentence for the window's own place."""

    desk: "SigningDesk"

    def show_step(self) -> None:
        """The step comes onto the screen."""

    def leave_step(self) -> None:
        """The step leaves the screen: what is typed is kept."""

    def lacking(self) -> str:
        """What must be done here before the next step, as a sentence; empty when nothing must."""
        return ""

    def set_handed(self, handed: bool) -> None:
        """The signer has the laptop: large targets, and nothing that is the adviser's to say."""
