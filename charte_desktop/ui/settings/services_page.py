"""The services that the CCIR added to the charter's list (C20)."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHeaderView, QLineEdit, QPushButton, QTableWidget, QTableWidgetItem

from charte_desktop.errors import UserError
from charte_desktop.ui.settings.settings_page import SettingsPage

if TYPE_CHECKING:
    from charte_desktop.model.reference import Service

_ID = int(Qt.ItemDataRole.UserRole)


class ServicesPage(SettingsPage):
    """Local services: added, renamed in place, dropped when nobody declares them."""

    services: QTableWidget
    label: QLineEdit
    family: QComboBox
    add_button: QPushButton
    drop_button: QPushButton

    TITLE = "Prestations ajoutées"
    FORM = "services_page"

    def fill(self) -> None:
        from charte_desktop.model import reference
        from charte_desktop.store.local_services import LocalServices

        self._store = LocalServices(self.database)
        self._dropped: list[Service] = []
        self.family.addItems(reference.FAMILIES)
        self.services.setColumnCount(2)
        self.services.setHorizontalHeaderLabels(["Prestation", "Famille"])
        self.services.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.services.verticalHeader().hide()
        self.services.setShowGrid(False)
        self.services.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        for service in self._store.all():
            self._show(service.label, service.family, service.id)
        self.services.resizeColumnToContents(1)
        self.add_button.clicked.connect(self._add)
        self.label.returnPressed.connect(self._add)
        self.drop_button.clicked.connect(self._drop)

    def typed(self) -> list[tuple[str, str, str]]:
        """The id (empty for a new one), the words and the family of each line."""
        lines = []
        for row in range(self.services.rowCount()):
            label, family = self.services.item(row, 0), self.services.item(row, 1)
            assert label is not None
            assert family is not None
            lines.append((str(label.data(_ID)), " ".join(label.text().split()), family.text()))
        return lines

    def check(self) -> None:
        if self.label.text().strip():
            self._add()
        self._store.refuse([(words, one) for one, words, _ in self.typed()])

    def save(self) -> list[str]:
        kept = {service.id: service for service in self._store.all()}
        done = []
        for one, words, family in self.typed():
            if not one:
                self._store.add(words, family)
                done.append(f"prestation ajoutée : {words}")
            elif kept[one].label != words:
                self._store.rename(one, words)
                done.append(f"prestation renommée : {words}")
        for service in self._dropped:
            self._store.drop(service.id)
            done.append(f"prestation retirée : {service.label}")
        return done

    def _add(self) -> None:
        words = " ".join(self.label.text().split())
        if not words:
            self.label.setFocus()
            return
        self._show(words, self.family.currentText(), "")
        self.label.clear()
        self.label.setFocus()

    def _show(self, words: str, family: str, service_id: str) -> None:
        row = self.services.rowCount()
        self.services.insertRow(row)
        label, of_family = QTableWidgetItem(words), QTableWidgetItem(family)
        label.setData(_ID, service_id)
        of_family.setFlags(of_family.flags() & ~Qt.ItemFlag.ItemIsEditable)
        self.services.setItem(row, 0, label)
        self.services.setItem(row, 1, of_family)

    def _drop(self) -> None:
        row = self.services.currentRow()
        if row < 0:
            return
        one, _, _ = self.typed()[row]
        if one:
            service = next(service for service in self._store.all() if service.id == one)
            declared = self._store.declared(one)
            if declared:
                who = f"{declared} prestataires la déclarent" if declared > 1 else "un prestataire la déclare"
                raise UserError(f"« {service.label} » reste : {who}. Décochez-la d'abord sur leur fiche.")
            self._dropped.append(service)
        self.services.removeRow(row)
