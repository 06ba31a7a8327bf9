"""The third step: who signs, in what capacity, how that is known, where; and the cachet, for who wants one."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QSize, QStandardPaths, Qt, QTimer
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from charte_desktop.model.signing import Capacity, Identification, Signer
from charte_desktop.ui import icons
from charte_desktop.ui.charter.signing_desk import SigningDesk
from charte_desktop.ui.charter.signing_step import SigningStep
from charte_desktop.ui.charter.stamp_editor import StampEditor
from charte_desktop.ui.files import read_file
from charte_desktop.ui.forms import load_form

LAST_PLACE = "signing_place"
"""The setting that keeps where a charter was signed last."""
FORM, STAMP = 0, 1
_PICTURE = QSize(120, 70)
_PAUSE = 400
"""Milliseconds without a key after which what is typed is kept."""
_MANDATES = "Documents et images (*.pdf *.png *.jpg *.jpeg *.tif *.tiff);;Tous les fichiers (*)"


class SignerStep(SigningStep):
    """Each person in turn; what is typed is kept while it is typed."""

    pages: QStackedWidget
    people: QComboBox
    add_button: QPushButton
    drop_button: QPushButton
    name: QLineEdit
    legal: QRadioButton
    mandated: QRadioButton
    mandate_button: QPushButton
    mandate_words: QLabel
    known: QRadioButton
    seen: QRadioButton
    otherwise: QRadioButton
    otherwise_words: QLineEdit
    place: QLineEdit
    adviser_words: QLabel
    stamps: QListWidget
    new_stamp_button: QPushButton
    drop_stamp_button: QPushButton
    stamp_lines: QVBoxLayout
    stamp_page: QWidget

    NAME = "signataire"

    def __init__(self, desk: SigningDesk) -> None:
        super().__init__()
        load_form(self, "signer_step")
        from PySide6.QtWidgets import QButtonGroup

        self.desk = desk
        self.dialog: QFileDialog | None = None
        self._editor: StampEditor | None = None
        self._is_filling = False
        self._capacity, self._how = QButtonGroup(self), QButtonGroup(self)
        for group, buttons in (
            (self._capacity, (self.legal, self.mandated)),
            (self._how, (self.known, self.seen, self.otherwise)),
        ):
            for button in buttons:
                group.addButton(button)
                button.toggled.connect(lambda _: self._keep())
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_PAUSE)
        self._typing.timeout.connect(self._keep)
        for field in (self.name, self.otherwise_words, self.place):
            field.textEdited.connect(lambda _: self._typing.start())
            field.editingFinished.connect(self._keep)
        self.otherwise_words.textEdited.connect(lambda _: self.otherwise.setChecked(True))
        self.people.currentIndexChanged.connect(lambda _: self._fill())
        self.add_button.clicked.connect(self._add)
        self.drop_button.clicked.connect(self._drop)
        self.mandate_button.clicked.connect(self.ask_mandate)
        self.stamps.setIconSize(_PICTURE)
        self.stamps.currentRowChanged.connect(lambda _: self._choose_stamp())
        self.new_stamp_button.clicked.connect(self.edit_stamp)
        self.drop_stamp_button.clicked.connect(self._drop_stamp)
        for one, icon in (
            (self.add_button, "plus"),
            (self.new_stamp_button, "stamp"),
            (self.mandate_button, "file-text"),
        ):
            one.setIcon(icons.icon(icon))
            one.setIconSize(icons.BESIDE_WORDS)

    def show_step(self) -> None:
        provider = self.desk.provider
        first = self.desk.state.signers[0]
        if not first.name.strip() and provider.legal_representative:
            self.desk.say_signer(0, replace(first, name=provider.legal_representative))
        if not self.desk.state.place.strip():
            self.desk.say_place(self.desk.database.setting(LAST_PLACE) or provider.city)
        self.adviser_words.setText(f"En présence de {self.desk.database.adviser or '(votre nom : voir les réglages)'}.")
        self._fill_people(max(self.people.currentIndex(), 0))
        self._fill_stamps()
        QTimer.singleShot(0, self.name.setFocus)

    def leave_step(self) -> None:
        self._keep()

    def lacking(self) -> str:
        missing = self.desk.state.missing()
        return f"Il manque : {', '.join(missing)}." if missing else ""

    # People

    def _fill_people(self, number: int) -> None:
        signers = self.desk.state.signers
        self.people.blockSignals(True)
        self.people.clear()
        for place, signer in enumerate(signers, 1):
            self.people.addItem(f"{place}. {signer.name or 'Personne à nommer'}")
        self.people.setCurrentIndex(min(number, len(signers) - 1))
        self.people.blockSignals(False)
        for one in (self.people, self.drop_button):
            one.setVisible(len(signers) > 1)
        self._fill()

    def _fill(self) -> None:
        self._is_filling = True
        signer = self._signer
        self.name.setText(signer.name)
        self.legal.setChecked(signer.capacity is Capacity.LEGAL)
        self.mandated.setChecked(signer.capacity is Capacity.MANDATED)
        self._how.setExclusive(False)
        for button, how in (
            (self.known, Identification.KNOWN),
            (self.seen, Identification.DOCUMENT_SEEN),
            (self.otherwise, Identification.OTHER),
        ):
            button.setChecked(signer.identification is how)
        self._how.setExclusive(True)
        self.otherwise_words.setText(signer.identified_otherwise)
        self.place.setText(self.desk.state.place)
        self._say_mandate()
        self._is_filling = False
        self.moved.emit()

    @property
    def _number(self) -> int:
        return min(max(self.people.currentIndex(), 0), len(self.desk.state.signers) - 1)

    @property
    def _signer(self) -> Signer:
        return self.desk.state.signers[self._number]

    def _keep(self) -> None:
        self._typing.stop()
        if self._is_filling:
            return
        how = None
        if self.known.isChecked():
            how = Identification.KNOWN
        elif self.seen.isChecked():
            how = Identification.DOCUMENT_SEEN
        elif self.otherwise.isChecked():
            how = Identification.OTHER
        signer = replace(
            self._signer,
            name=" ".join(self.name.text().split()),
            capacity=Capacity.MANDATED if self.mandated.isChecked() else Capacity.LEGAL,
            identification=how,
            identified_otherwise=self.otherwise_words.text().strip(),
        )
        self.desk.say_signer(self._number, signer)
        if self.place.text().strip() != self.desk.state.place:
            self.desk.say_place(self.place.text().strip())
        self.people.setItemText(self._number, f"{self._number + 1}. {signer.name or 'Personne à nommer'}")
        self._say_mandate()
        self.moved.emit()

    def _add(self) -> None:
        self._keep()
        self.desk.add_signer()
        self._fill_people(len(self.desk.state.signers) - 1)
        self.name.setFocus()

    def _drop(self) -> None:
        self.desk.drop_signer(self._number)
        self._fill_people(0)

    # The mandate

    def _say_mandate(self) -> None:
        signer = self._signer
        is_mandated = self.mandated.isChecked()
        self.mandate_button.setVisible(is_mandated)
        self.mandate_words.setVisible(is_mandated)
        self.mandate_words.setText(signer.mandate_name or "Sans fichier, la page de preuve dira « mandat non joint ».")

    def ask_mandate(self) -> None:
        """Let the adviser choose the mandate's file."""
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, "Joindre le mandat", documents, _MANDATES)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.attach_mandate(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    def attach_mandate(self, file: Path) -> None:
        """Keep the mandate with the provider's files, and its fingerprint with the evidence."""
        from charte_desktop.store.attachments import Attachments

        content = read_file(file)
        Attachments(self.desk.database).attach(self.desk.state.provider_id, file.name, content)
        digest = sha256(content).hexdigest()
        self.desk.say_signer(self._number, replace(self._signer, mandate_name=file.name, mandate_sha256=digest))
        self._say_mandate()

    # The cachet

    def _fill_stamps(self) -> None:
        from charte_desktop.store.stamps import Stamps

        self.stamps.blockSignals(True)
        self.stamps.clear()
        none = QListWidgetItem("Sans cachet", self.stamps)
        none.setData(Qt.ItemDataRole.UserRole, "")
        for stamp in Stamps(self.desk.database).of(self.desk.state.provider_id):
            picture = QPixmap()
            picture.loadFromData(stamp.png)
            paper, look = _on_white(picture), QIcon()
            for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):  # a chosen line would tint the ink
                look.addPixmap(paper, mode)
            item = QListWidgetItem(look, "", self.stamps)
            item.setText(f"{stamp.width_mm:.0f} × {stamp.height_mm:.0f} mm")
            item.setData(Qt.ItemDataRole.UserRole, stamp.id)
        rows = [self.stamps.item(row).data(Qt.ItemDataRole.UserRole) for row in range(self.stamps.count())]
        wanted = self.desk.state.stamp_id
        self.stamps.setCurrentRow(rows.index(wanted) if wanted in rows else 0)
        self.stamps.blockSignals(False)
        self._choose_stamp()

    def _choose_stamp(self) -> None:
        row = self.stamps.currentRow()
        chosen = str(self.stamps.item(row).data(Qt.ItemDataRole.UserRole)) if row >= 0 else ""
        self.drop_stamp_button.setEnabled(bool(chosen))
        if chosen != self.desk.state.stamp_id:
            self.desk.use_stamp(chosen)

    def edit_stamp(self) -> StampEditor:
        """Take a cachet from a file, a photo or a scan."""
        self._keep()
        editor = self._editor = StampEditor(self.stamp_page)
        self.stamp_lines.addWidget(editor)
        editor.stamp_made.connect(self._stamp_made)
        editor.cancelled.connect(self._leave_editor)
        self.pages.setCurrentIndex(STAMP)
        return editor

    def _stamp_made(self, png: bytes, width_mm: float, height_mm: float) -> None:
        from charte_desktop.store.stamps import Stamps

        stamp = Stamps(self.desk.database).add(self.desk.state.provider_id, png, width_mm, height_mm)
        self.desk.use_stamp(stamp.id)
        self._leave_editor()
        self._fill_stamps()

    def _leave_editor(self) -> None:
        self.pages.setCurrentIndex(FORM)
        if self._editor is not None:
            self.stamp_lines.removeWidget(self._editor)
            self._editor.deleteLater()
            self._editor = None

    def _drop_stamp(self) -> None:
        from charte_desktop.store.stamps import Stamps

        Stamps(self.desk.database).drop(self.desk.state.stamp_id)
        self._fill_stamps()


def _on_white(picture: QPixmap) -> QPixmap:
    """The cachet as it looks on paper, whatever the window's colours."""
    from PySide6.QtGui import QPainter

    paper = QPixmap(_PICTURE * 2)
    paper.fill(Qt.GlobalColor.white)
    room = paper.size() * 0.9
    ink = picture.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    painter = QPainter(paper)
    painter.drawPixmap((paper.width() - ink.width()) // 2, (paper.height() - ink.height()) // 2, ink)
    painter.end()
    return paper
