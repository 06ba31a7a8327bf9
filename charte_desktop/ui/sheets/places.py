"""Pages over a tab: one takes the whole room of the tab, and gives it back when it is left. No window over a window."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget


class Page(QWidget):
    """What a page over a tab says."""

    left = Signal()
    """Back to where the page was opened from; nothing is lost."""
    changed = Signal()
    """The base changed."""
    said = Signal(str, str)
    """Tone and sentence for the window's own place."""

    def start(self) -> None:
        """Put the keyboard where work begins; called once the page stands on the screen."""

    def refresh(self) -> None:
        """The base changed elsewhere, an undone act for instance: show it as it is now."""

    def finish(self) -> None:
        """Let go of the base: the page is left, or the base closes."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back one step."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class Places(QStackedWidget):
    """The tab's own page first, the pages opened over it after."""

    changed = Signal()
    said = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._focus: list[QWidget | None] = []

    def open_page(self, page: Page) -> None:
        """Show a page in the whole room."""
        self._focus.append(QApplication.focusWidget())
        page.left.connect(lambda: self.leave(page))
        page.changed.connect(self.changed)
        page.said.connect(self.said)
        self.addWidget(page)
        self.setCurrentWidget(page)
        page.start()

    def replace(self, page: Page) -> None:
        """Show a page in place of the one that stands on top."""
        before = self.page
        self.open_page(page)
        if before is not None:
            self._focus.pop()
            self._drop(before)

    def leave(self, page: Page) -> None:
        """Go back to what stood under `page`."""
        self._drop(page)
        before = self._focus.pop() if self._focus else None
        self.setCurrentIndex(self.count() - 1)
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def lend(self, page: Page) -> None:
        """Let a page stand in another window for a while; its place here is kept."""
        self.removeWidget(page)

    def take_back(self, page: Page) -> None:
        """A page that was lent stands on top again."""
        self.addWidget(page)
        self.setCurrentWidget(page)

    def leave_all(self) -> None:
        """Go back to the tab's own page: the base is another one."""
        while self.page is not None:
            self._drop(self.page)
        self._focus.clear()

    def pages(self) -> list[Page]:
        """The pages that are open, the one on top last."""
        widgets = (self.widget(number) for number in range(self.count()))
        return [one for one in widgets if isinstance(one, Page)]

    @property
    def page(self) -> Page | None:
        """The page on top, None when the tab itself is seen."""
        top = self.widget(self.count() - 1)
        return top if isinstance(top, Page) else None

    def _drop(self, page: Page) -> None:
        page.finish()
        self.removeWidget(page)
        page.deleteLater()
