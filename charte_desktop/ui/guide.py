"""The guide, inside the program: no network needed."""

from PySide6.QtWidgets import QDialog, QPushButton, QTextBrowser, QWidget

from charte_desktop import paths
from charte_desktop.ui.forms import load_form


class GuideDialog(QDialog):
    """Shows the guide's text, beside the window."""

    text: QTextBrowser
    close_button: QPushButton

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "guide")
        self.text.setMarkdown(paths.guide().read_text(encoding="utf-8"))
        self.close_button.clicked.connect(self.accept)
