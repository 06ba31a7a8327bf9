"""Filters that one sees: a chip for each, its cross takes it away; "+ filtre" adds one."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from charte_desktop.ui import icons, marks

_WIDEST = 190
"""Pixels of a chip; longer words end in "…" and are said on hover."""

_NARROWEST = 120
"""Pixels below which a chip says nothing any more."""


@dataclass(frozen=True)
class Filter:
    """One thing asked of a list."""

    kind: str
    """What it is about: a list can be asked one thing of each kind, unless the kind is offered as several."""
    value: object
    words: str
    mark: marks.Mark | None = None

    @property
    def key(self) -> str:
        """The value as a text that is the same tomorrow."""
        return self.value.name if isinstance(self.value, Enum) else str(self.value)


@dataclass(frozen=True)
class Offer:
    """A part of the menu "+ filtre"."""

    words: str
    filters: Sequence[Filter]
    several: bool = False
    """True when filters of this kind add up; otherwise a new one takes the place of the old one."""


class FilterChips(QWidget):
    """The filters in force, side by side, and the button that adds one."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offers: Callable[[], Sequence[Offer]] = tuple
        self._chips: list[_Chip] = []
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(6)
        self.add_button = QPushButton("filtre", self)
        self.add_button.setIcon(icons.icon("plus"))
        self.add_button.setIconSize(icons.BESIDE_WORDS)
        self.add_button.setAccessibleName("Ajouter un filtre")
        self.add_button.setToolTip("Ajouter un filtre (Ctrl+Maj+F)")
        self.add_button.setShortcut("Ctrl+Shift+F")
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.add_button.setMenu(self._menu)
        self._line.addWidget(self.add_button)
        self._line.addStretch(1)

    def offer(self, offers: Callable[[], Sequence[Offer]]) -> None:
        """Say what can be asked; read when the menu opens."""
        self._offers = offers

    def filters(self) -> list[Filter]:
        """What is asked now."""
        return [chip.filter for chip in self._chips]

    def values(self, kind: str) -> list[object]:
        """What is asked of one kind."""
        return [one.value for one in self.filters() if one.kind == kind]

    def words(self) -> list[str]:
        """What the chips say."""
        return [one.words for one in self.filters()]

    def add(self, wanted: Filter, *, several: bool = False) -> None:
        """Ask one thing more."""
        if wanted in self.filters():
            return
        for chip in list(self._chips):
            if chip.filter.kind == wanted.kind and not several:
                self._drop(chip)
        chip = _Chip(wanted, self)
        chip.removed.connect(lambda: self._remove(chip))
        self._line.insertWidget(len(self._chips), chip)
        self._chips.append(chip)
        self.changed.emit()

    def kept(self) -> str:
        """What is asked, as a text that `resume` understands."""
        return json.dumps([[one.kind, one.key] for one in self.filters()], ensure_ascii=False)

    def resume(self, kept: str) -> None:
        """Ask what was asked when `kept` was written, as far as it can still be asked. Nothing is told."""
        if not kept:
            return
        wanted: list[list[str]] = json.loads(kept)
        offered = {(one.kind, one.key): (one, offer.several) for offer in self._offers() for one in offer.filters}
        self.blockSignals(True)
        for kind, key in wanted:
            if (kind, key) in offered:
                one, several = offered[kind, key]
                self.add(one, several=several)
        self.blockSignals(False)

    def clear(self) -> None:
        """Ask nothing any more."""
        if self._chips:
            for chip in list(self._chips):
                self._drop(chip)
            self.changed.emit()

    def _remove(self, chip: "_Chip") -> None:
        place = self._chips.index(chip)
        self._drop(chip)
        following = self._chips[place] if place < len(self._chips) else self.add_button
        following.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _drop(self, chip: "_Chip") -> None:
        self._chips.remove(chip)
        self._line.removeWidget(chip)
        chip.hide()
        chip.deleteLater()

    def _fill_menu(self) -> None:
        self._menu.clear()
        chosen = self.filters()
        for offer in self._offers():
            part = self._menu.addMenu(offer.words)
            for wanted in offer.filters:
                sign = marks.icon([wanted.mark]) if wanted.mark else QIcon()
                action = part.addAction(sign, wanted.words.replace("&", "&&"))
                action.setEnabled(wanted not in chosen)
                action.triggered.connect(partial(self._add, wanted, offer.several))

    def _add(self, wanted: Filter, several: bool, _: bool = False) -> None:
        self.add(wanted, several=several)


class _Chip(QPushButton):
    """One filter; a click, Suppr or Retour arrière takes it away."""

    removed = Signal()

    def __init__(self, wanted: Filter, parent: QWidget) -> None:
        super().__init__(parent)
        self.filter = wanted
        self.setProperty("kind", "chip")
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setIcon(icons.icon("x", "muted"))
        self.setIconSize(QSize(14, 14))
        self.setAccessibleName(f"Retirer le filtre {wanted.words}")
        self.setToolTip(f"{wanted.words} : cliquer, ou Suppr, retire ce filtre")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(min(self.sizeHint().width(), _NARROWEST))
        self.clicked.connect(self.removed)
        self._fit(_WIDEST)

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self.filter.words)
        return QSize(min(words + 46, _WIDEST), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(event.size().width())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def _fit(self, width: int) -> None:
        words = self.fontMetrics().elidedText(self.filter.words, Qt.TextElideMode.ElideRight, width - 44)
        self.setText(words.replace("&", "&&"))
