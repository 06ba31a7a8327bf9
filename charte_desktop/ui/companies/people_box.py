"""Who was met: the company's contacts to tick, and a line for somebody new."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from charte_desktop.ui.field_editors import LineEditor

if TYPE_CHECKING:
    from charte_desktop.model.accompaniment_entry import Person


class PeopleBox(QWidget):
    """Boxes to tick; Enter in the line under them adds whoever is typed there as "Nom, fonction"."""

    edited = Signal()
    stepped = Signal()
    """Enter in an empty line: on to what comes next."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known: list[Person] = []
        self._boxes: list[QCheckBox] = []
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(4)
        self.line = LineEditor(self)
        self.line.setObjectName("person_line")
        self.line.setPlaceholderText("Nom, fonction")
        self.line.setAccessibleName("Autre personne rencontrée : nom, fonction")
        self.line.setToolTip("Entrée ajoute la personne ; elle devient un contact de l'entreprise")
        self._lines.addWidget(self.line)
        self.line.edited.connect(self.edited)
        self.line.stepped.connect(self._add_typed)

    def offer(self, people: "Sequence[Person]") -> None:
        """Propose these, none of them ticked."""
        for box in self._boxes:
            self._lines.removeWidget(box)
            box.deleteLater()
        self._known, self._boxes = [], []
        for person in people:
            self._add(person, ticked=False)

    def met(self) -> "list[Person]":
        """Who is ticked, and whoever is typed in the line."""
        from charte_desktop.model.accompaniment_entry import read_person

        typed = read_person(self.line.text())
        return [*self.ticked(), typed] if typed is not None else self.ticked()

    def ticked(self) -> "list[Person]":
        """Who is ticked."""
        return [person for person, box in zip(self._known, self._boxes, strict=True) if box.isChecked()]

    def show_met(self, people: "Sequence[Person]") -> None:
        """Tick these; whoever is not proposed yet gets a box."""
        for person in people:
            box = self._box_of(person)
            if box is None:
                self._add(person, ticked=True)
            else:
                box.setChecked(True)

    def boxes(self) -> list[QCheckBox]:
        """The boxes, in their order."""
        return self._boxes

    def _box_of(self, person: "Person") -> QCheckBox | None:
        from charte_desktop.model.wording import normalise

        for known, box in zip(self._known, self._boxes, strict=True):
            same_contact = person.contact_id and person.contact_id == known.contact_id
            if same_contact or normalise(person.name) == normalise(known.name):
                return box
        return None

    def _add(self, person: "Person", *, ticked: bool) -> None:
        box = QCheckBox(person.in_words.replace("&", "&&"), self)
        box.setObjectName(f"person_{len(self._boxes)}")
        box.setChecked(ticked)
        box.setToolTip(person.in_words)
        box.clicked.connect(lambda _: self.edited.emit())
        self._known.append(person)
        self._boxes.append(box)
        self._lines.insertWidget(len(self._boxes) - 1, box)
        QWidget.setTabOrder(box, self.line)

    def _add_typed(self) -> None:
        from charte_desktop.model.accompaniment_entry import read_person

        person = read_person(self.line.text())
        if person is None:
            self.stepped.emit()
            return
        self.line.clear()
        self.show_met([person])
        self.edited.emit()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
