"""Somebody is entered by keyboard alone: a few letters of the company, Enter, the person, Enter.

A company that is not known is made on the fly: "Nom, commune", a SIREN among the words is understood.
"""

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QListWidget, QListWidgetItem, QPushButton, QWidget

from charte_desktop.ui import icons

if TYPE_CHECKING:
    from collections.abc import Sequence

    from charte_desktop.store.company_rows import CompanyRow
    from charte_desktop.store.database import Database

_MOST = 4
"""Companies proposed; a fifth line makes a new one."""
_SIREN = re.compile(r"(?<!\d)(\d{3})\s?(\d{3})\s?(\d{3})(?!\d)")
_ID = int(Qt.ItemDataRole.UserRole)
NEW = ""
"""The id of a company that is not known yet."""


class _CompanyBox(QLineEdit):
    """Arrows walk through what is proposed while the letters stay."""

    stepped = Signal(int)
    made = Signal()
    """Ctrl+Enter: a new company, whatever looks like it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = event.key(), event.modifiers()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.stepped.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and held & Qt.KeyboardModifier.ControlModifier:
            self.made.emit()
        else:
            super().keyPressEvent(event)


class EntryLine(QWidget):
    """Two boxes and what is proposed under them."""

    entered = Signal(str, str)
    """The id of a known company, and the person."""
    entered_new = Signal(str, str, str, str)
    """Name, person, SIREN and place of a company to make."""
    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._database: Database | None = None
        self._company = NEW
        self.company, self.person = _CompanyBox(self), QLineEdit(self)
        self.company.setObjectName("entry_company")
        self.person.setObjectName("entry_person")
        self.company.setPlaceholderText("Entreprise, ou son SIREN")
        self.company.setAccessibleName("Entreprise à inscrire")
        self.company.setToolTip("Entrée : prendre la ligne choisie · Ctrl+Entrée : créer l'entreprise")
        self.person.setPlaceholderText("Personne")
        self.person.setAccessibleName("Personne qui vient")
        self.person.setToolTip("Entrée : inscrire")
        self.enter_button = QPushButton("Inscrire", self)
        self.enter_button.setIcon(icons.icon("user-plus"))
        self.enter_button.setIconSize(icons.BESIDE_WORDS)
        self.list = QListWidget(self)
        self.list.setProperty("kind", "lines")
        self.list.setAccessibleName("Entreprises proposées")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hint = QLabel(self)
        self.hint.setProperty("role", "muted")
        self.hint.setWordWrap(True)
        self.hint.setText("Tapez quelques lettres : Entrée choisit, la personne, Entrée inscrit.")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        grid.addWidget(self.company, 0, 0)
        grid.addWidget(self.person, 0, 1)
        grid.addWidget(self.enter_button, 0, 2)
        grid.addWidget(self.list, 1, 0, 1, 3)
        grid.addWidget(self.hint, 2, 0, 1, 3)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        self.list.hide()
        self.setFocusProxy(self.company)
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.setInterval(0)
        self._looking.timeout.connect(self.look)
        self.company.textEdited.connect(self._typed)
        self.person.textEdited.connect(lambda _: self.edited.emit())
        self.company.stepped.connect(self._step)
        self.company.returnPressed.connect(self._take)
        self.company.made.connect(self._take_new)
        self.list.itemClicked.connect(lambda _: self._take())
        self.person.returnPressed.connect(self.enter)
        self.enter_button.clicked.connect(self.enter)

    def open(self, database: "Database") -> None:
        """Propose the companies of this base."""
        self._database = database

    def typed(self) -> dict[str, str]:
        """What a draft keeps; `show_typed` reads it."""
        return {"company": self.company.text(), "person": self.person.text(), "company_id": self._company}

    def show_typed(self, typed: dict[str, str]) -> None:
        """Show what was typed."""
        self.company.setText(typed.get("company", ""))
        self.person.setText(typed.get("person", ""))
        self._company = typed.get("company_id", NEW)

    def clear(self) -> None:
        """Ready for the next one."""
        self.company.clear()
        self.person.clear()
        self._company = NEW
        self.list.hide()
        self.hint.show()
        self.company.setFocus(Qt.FocusReason.OtherFocusReason)

    def look(self) -> None:
        """Propose who answers what is typed; the first one is chosen."""
        from charte_desktop.model.display import show_siren
        from charte_desktop.store.company_rows import CompanyRows

        self._looking.stop()
        text = self.company.text().strip()
        assert self._database is not None
        found: Sequence[CompanyRow] = CompanyRows(self._database).search(text, limit=_MOST) if text else ()
        self.list.clear()
        for row in found:
            words = " · ".join(filter(None, [row.legal_name or "(sans nom)", row.city, show_siren(row.siren)]))
            self._propose(words, row.id)
        if text:
            name = parts_of(text)[0]
            self._propose(f"Nouvelle entreprise « {name or text} »", NEW)
            self.list.setCurrentRow(0)
        self.list.setVisible(bool(text))
        self.hint.setVisible(not text)
        self.list.setFixedHeight(self.list.sizeHintForRow(0) * self.list.count() + 6)

    def enter(self) -> None:
        """Enter who is typed."""
        if self._looking.isActive():
            self.look()
        if self._company:
            self.entered.emit(self._company, self.person.text())
            return
        name, siren, place = parts_of(self.company.text())
        self.entered_new.emit(name, self.person.text(), siren, place)

    def _propose(self, words: str, company_id: str) -> None:
        item = QListWidgetItem(words)
        item.setData(_ID, company_id)
        self.list.addItem(item)

    def _typed(self) -> None:
        self._company = NEW
        self._looking.start()
        self.edited.emit()

    def _step(self, step: int) -> None:
        if self._looking.isActive():
            self.look()
        self.list.setCurrentRow(min(max(self.list.currentRow() + step, 0), self.list.count() - 1))

    def _take(self) -> None:
        """Take the chosen line: the company's name, and its manager proposed as the person."""
        from charte_desktop.store.company_rows import CompanyRows

        if self._looking.isActive():
            self.look()
        if not self.list.count() or not self.company.text().strip():
            return
        company_id = str(self.list.currentItem().data(_ID))
        if not company_id:
            self._take_new()
            return
        assert self._database is not None
        company = CompanyRows(self._database).facts(company_id)
        self._company = company_id
        self.company.setText(company.legal_name or company.siren)
        self._go_to_person(company.legal_representative)

    def _take_new(self) -> None:
        self._company = NEW
        self._go_to_person("")

    def _go_to_person(self, proposed: str) -> None:
        self.list.hide()
        self.hint.show()
        if not self.person.text():
            self.person.setText(proposed)
        self.person.setFocus(Qt.FocusReason.TabFocusReason)
        self.person.selectAll()
        self.edited.emit()


def parts_of(text: str) -> tuple[str, str, str]:
    """Name, SIREN and place of "Boutik Letchi 123 456 782, Saint-Leu"."""
    found = _SIREN.search(text)
    siren = "".join(found.groups()) if found else ""
    bare = _SIREN.sub(" ", text)
    name, _, place = bare.partition(",")
    return " ".join(name.split()), siren, " ".join(place.replace(",", " ").split())
