"""A page of a tab lent to somebody who signs: the code is chosen first, the page comes back by the code."""

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

if TYPE_CHECKING:
    from charte_desktop.store.database import Database
    from charte_desktop.ui.charter.hand_over import HandOverWindow
    from charte_desktop.ui.sheets.places import Page, Places


class Handed(Protocol):
    """What a page that is lent answers to."""

    def set_handed(self, handed: bool) -> None:
        """The signer has the laptop, or the adviser has it again."""


class LentPage(QObject):
    """Shows one page in the signer's window, and takes it back."""

    returned = Signal(object)
    """The page is back in its tab; whoever takes it tells it that the adviser has it again, or puts it away."""

    def __init__(self, tab: QWidget, places: "Places", database: "Database", title: str) -> None:
        super().__init__(tab)
        self._tab, self._places, self._database, self._title = tab, places, database, title
        self.dialog: QDialog | None = None
        """The choice of a code, the first time."""
        self.window: HandOverWindow | None = None
        """The signer's window, while the signer has the laptop."""

    def turn(self, page: "Page", handed: Handed) -> None:
        """Give the laptop to the signer; from the signer's hands, ask for the code. `handed` is the page itself."""
        from charte_desktop.ui.charter.code_dialog import CodeDialog
        from charte_desktop.ui.charter.hand_over import HandOverWindow, has_code

        if self.window is not None:
            self.window.ask_code()
            return
        if not has_code(self._database):
            dialog = CodeDialog(self._tab, self._database)
            dialog.accepted.connect(lambda: self.turn(page, handed))
            self.dialog = dialog
            dialog.open()
            return
        own = self._tab.window()
        self._places.lend(page)
        handed.set_handed(True)
        window = self.window = HandOverWindow(self._database, page, self._title)
        page.said.connect(window.notice.say)
        window.returned.connect(lambda: self._take_back(page))
        window.showFullScreen()
        window.activateWindow()
        own.hide()

    def _take_back(self, page: "Page") -> None:
        own = self._tab.window()
        self.window = None
        self._places.take_back(page)
        own.show()
        own.activateWindow()
        self.returned.emit(page)
