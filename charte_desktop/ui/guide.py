"""The guide, inside the program: no network needed."""

from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QPushButton, QTextBrowser, QWidget

from charte_desktop import paths
from charte_desktop.ui.forms import load_form

PICTURE_WIDTH = 720
"""Pixels; pictures of the whole window are shown smaller."""


class GuideText(QTextBrowser):
    """The guide's text with its pictures, found beside it."""

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        address = name if isinstance(name, QUrl) else QUrl(name)
        if not address.isRelative():
            return super().loadResource(kind, address)
        picture = QImage(str(paths.guide().parent / address.path()))
        if picture.width() <= PICTURE_WIDTH:
            return picture
        return picture.scaledToWidth(PICTURE_WIDTH, Qt.TransformationMode.SmoothTransformation)


class GuideDialog(QDialog):
    """Shows the guide's text, beside the window."""

    text: GuideText
    close_button: QPushButton

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "guide", GuideText)
        self.text.document().setDocumentMargin(20)
        self.text.setMarkdown(paths.guide().read_text(encoding="utf-8"))
        self.close_button.clicked.connect(self.accept)
