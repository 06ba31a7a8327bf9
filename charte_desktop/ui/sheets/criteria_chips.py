"""What a sheet asks of providers, as chips that one click removes, and a menu that adds."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QLayout, QLayoutItem, QMenu, QPushButton, QWidget

from charte_desktop.ui import icons, marks

if TYPE_CHECKING:
    from charte_desktop.model.sheet import Criteria


class CriteriaChips(QWidget):
    """Services first, then commune and size; the last one is the button that adds."""

    changed = Signal(object)
    """The criteria as they are now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._criteria: Criteria | None = None
        self._chips: list[QPushButton] = []
        self._line = ChipLayout(self)
        self.add_button = QPushButton("Critère", self)
        self.add_button.setIcon(icons.icon("plus"))
        self.add_button.setIconSize(icons.BESIDE_WORDS)
        self.add_button.setProperty("kind", "chip")
        self.add_button.setAccessibleName("Ajouter un critère")
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.add_button.setMenu(self.menu)
        self._line.addWidget(self.add_button)

    def show_criteria(self, criteria: "Criteria") -> None:
        """Show these criteria."""
        from charte_desktop.model import reference

        self._criteria = criteria
        for chip in self._chips:
            self._line.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [
            self._chip(reference.service_label(one), marks.of_services([one]), partial(self._drop_service, one))
            for one in criteria.service_ids
        ]
        commune = reference.communes().get(criteria.commune_code)
        if commune is not None:
            self._chips.append(self._chip(commune.name, [], lambda: self._replace(commune_code="")))
        if criteria.headcount_band:
            label = reference.band_label(criteria.headcount_band)
            self._chips.append(self._chip(label, [], lambda: self._replace(headcount_band="")))
        self._line.removeWidget(self.add_button)
        for widget in (*self._chips, self.add_button):
            self._line.addWidget(widget)
        before: QWidget = self._chips[0] if self._chips else self.add_button
        for widget in (*self._chips[1:], self.add_button):
            if widget is not before:
                QWidget.setTabOrder(before, widget)
                before = widget

    def chip(self, words: str) -> QPushButton:
        """The chip that says these words."""
        return self._chips[self.words().index(words)]

    def words(self) -> list[str]:
        """What the chips say, in their order."""
        return [one.text().replace("&&", "&") for one in self._chips]

    def _chip(self, words: str, signs: list[marks.Mark], drop: object) -> QPushButton:
        chip = QPushButton(words.replace("&", "&&"), self)
        chip.setProperty("kind", "chip")
        # From right to left, the icon stands after the words.
        chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        chip.setIcon(icons.icon("x", "muted"))
        chip.setIconSize(QSize(14, 14))
        chip.setAccessibleName(f"Retirer le critère {words}")
        chip.setToolTip("Cliquer pour retirer ce critère")
        chip.clicked.connect(drop)
        chip.show()
        return chip

    def _drop_service(self, service_id: str) -> None:
        assert self._criteria is not None
        self._replace(service_ids=tuple(one for one in self._criteria.service_ids if one != service_id))

    def _add_service(self, service_id: str) -> None:
        assert self._criteria is not None
        self._replace(service_ids=(*self._criteria.service_ids, service_id))

    def _replace(self, **fields: object) -> None:
        from dataclasses import replace

        assert self._criteria is not None
        self._criteria = replace(self._criteria, **fields)  # type: ignore[arg-type]  # one of its own fields
        self.show_criteria(self._criteria)
        self.changed.emit(self._criteria)

    def _fill_menu(self) -> None:
        from charte_desktop.model import reference
        from charte_desktop.model.wording import collation_key

        assert self._criteria is not None
        self.menu.clear()
        families = {family: self.menu.addMenu(family.replace("&", "&&")) for family in reference.FAMILIES}
        for service in reference.offered_services().values():
            action = families[service.family].addAction(service.label.replace("&", "&&"))
            action.setIcon(marks.icon(marks.of_services([service.id])))
            action.setEnabled(service.id not in self._criteria.service_ids)
            action.triggered.connect(partial(self._add_service, service.id))
        self.menu.addSeparator()
        communes = self.menu.addMenu("Commune des travaux")
        for commune in sorted(reference.communes().values(), key=lambda one: collation_key(one.name)):
            action = communes.addAction(commune.name)
            action.triggered.connect(partial(self._set, "commune_code", commune.code))
        sizes = self.menu.addMenu("Taille de l'entreprise")
        for band in reference.bands().values():
            action = sizes.addAction(reference.band_label(band.code))
            action.triggered.connect(partial(self._set, "headcount_band", band.code))

    def _set(self, field: str, value: str) -> None:
        self._replace(**{field: value})


class ChipLayout(QLayout):
    """Widgets in lines, as words in a paragraph."""

    GAP = 6

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self._items: list[QLayoutItem] = []

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        hints = [item.sizeHint() for item in self._items]
        return QSize(max((one.width() for one in hints), default=0), max((one.height() for one in hints), default=0))

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        """Place the items in `rect`; the height they take."""
        x, y, height = rect.x(), rect.y(), 0
        for item in self._items:
            size = item.sizeHint()
            width = min(size.width(), rect.width())
            if x > rect.x() and x + width > rect.right() + 1:
                x, y, height = rect.x(), y + height + self.GAP, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), QSize(width, size.height())))
            x += width + self.GAP
            height = max(height, size.height())
        return y + height - rect.y()
