"""A part of a record whose lines are typed in forms: a form takes the place of what it was asked from."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from charte_desktop.model.typed_fields import TypedField
from charte_desktop.ui.line_form import LineForm, LineRequest

if TYPE_CHECKING:
    from charte_desktop.store.database import Database

LIST = 0
"""The page that the part shows when nothing is typed."""


class FormsPart(QWidget):
    """A page, and the forms that may stand in its place; each form is built once."""

    changed = Signal()
    """Something was kept or taken off."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._database: Database | None = None
        self._about = ""
        """The id of the record."""
        self._forms: dict[object, LineForm] = {}
        self.pages = QStackedWidget(self)
        self.list_page = QWidget(self.pages)
        self.pages.addWidget(self.list_page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 12, 12, 12)
        whole.addWidget(self.pages)

    def begin_with(self, about: str) -> None:
        """Serve this record; another one leaves the form that is open."""
        if about != self._about:
            self._about = about
            self.leave_form()

    def ask(
        self, fields: Sequence[TypedField], request: LineRequest, *, begins_part: str = "", with_file: str = ""
    ) -> None:
        """Show a form in place of the page; it comes back when the form is done."""
        assert self._database is not None
        built = (tuple((one.name, one.label) for one in fields), with_file)
        if built not in self._forms:
            form = LineForm(fields, self.pages, begins_part=begins_part, with_file=with_file)
            form.kept.connect(self._kept)
            form.left.connect(self.leave_form)
            self.pages.addWidget(form)
            self._forms[built] = form
        form = self._forms[built]
        self.pages.setCurrentWidget(form)
        form.ask(self._database, request)

    def leave_form(self) -> None:
        """Go back to the page; what is typed stays a draft."""
        if self.is_in_form:
            form = self.line_form
            self.pages.setCurrentIndex(LIST)
            form.form.take()
            if self.isVisible():
                self.take_keyboard()

    def take_keyboard(self) -> None:
        """Put the keyboard where the part begins."""
        self.setFocus()

    @property
    def is_in_form(self) -> bool:
        """True while a form stands in place of the page."""
        return self.pages.currentIndex() != LIST

    @property
    def line_form(self) -> LineForm:
        """The form on the screen."""
        form = self.pages.currentWidget()
        assert isinstance(form, LineForm), "no line is being typed"
        return form

    def _kept(self) -> None:
        self.leave_form()
        self.changed.emit()
