"""The services that a workshop is about, to tick by family (C20)."""

from PySide6.QtWidgets import QWidget

from charte_desktop.ui.choice_boxes import ChoiceBoxes
from charte_desktop.ui.companies.need_boxes import service_groups


class WorkshopServices(ChoiceBoxes):
    """One column of boxes."""

    LETTERS = 44

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, service_groups)
        self.setAccessibleName("Prestations dont parle l'atelier")
