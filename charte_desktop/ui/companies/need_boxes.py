"""The services of the charter as needs to tick, each with how much it matters (C20)."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from charte_desktop.model.follow_up import Priority
from charte_desktop.ui import marks
from charte_desktop.ui.choice_boxes import ChoiceBoxes, ChoiceGroup

_KEYS = {
    Qt.Key.Key_1: Priority.HIGH,
    Qt.Key.Key_2: Priority.MEDIUM,
    Qt.Key.Key_3: Priority.LOW,
    Qt.Key.Key_Ampersand: Priority.HIGH,
    Qt.Key.Key_Eacute: Priority.MEDIUM,
    Qt.Key.Key_QuoteDbl: Priority.LOW,
}
"""With the signs that the same keys give on a French keyboard without Shift."""


def service_groups() -> list[ChoiceGroup]:
    """The charter's services by family (C20)."""
    from charte_desktop.model import reference

    return [
        ChoiceGroup(
            family,
            [(one.id, one.label) for one in reference.services_of(family)],
            marks.of_services([reference.services_of(family)[0].id])[0],
        )
        for family in reference.FAMILIES
    ]


class NeedBoxes(ChoiceBoxes):
    """Ticked services with their priority: keys 1, 2 and 3 on a box, or a click on its mark, change it."""

    LETTERS = 38

    def __init__(self, parent: QWidget | None = None) -> None:
        self._priorities: dict[str, Priority] = {}
        self._pills: dict[str, QPushButton] = {}
        super().__init__(parent, service_groups)
        self.setAccessibleName("Besoins de l'entreprise")
        self.edited.connect(self._show_pills)

    def needs(self) -> dict[str, Priority]:
        """The ticked services, each with its priority."""
        return {one: self._priorities.get(one, Priority.MEDIUM) for one in self.typed().split()}

    def show_needs(self, needs: Mapping[str, Priority]) -> None:
        """Tick these and no other."""
        self._priorities = dict(needs)
        self.show_typed(" ".join(needs))
        self._show_pills()

    def tick(self, service_id: str, priority: Priority = Priority.MEDIUM) -> None:
        """Tick one more; one that is ticked already keeps its priority."""
        if service_id not in self.typed().split():
            self.show_needs({**self.needs(), service_id: priority})
            self.edited.emit()

    def as_text(self) -> str:
        """What a draft keeps; `show_text` reads it."""
        return " ".join(f"{one}:{int(priority)}" for one, priority in sorted(self.needs().items()))

    def show_text(self, text: str) -> None:
        """Tick what `as_text` said; an id alone has the usual priority."""
        parts = (one.partition(":") for one in text.split())
        self.show_needs({one: Priority(int(rank)) if rank else Priority.MEDIUM for one, _, rank in parts})

    def set_priority(self, service_id: str, priority: Priority) -> None:
        """Say how much a need matters; it is ticked when it was not."""
        self._priorities[service_id] = priority
        if service_id not in self.typed().split():
            self.show_typed(f"{self.typed()} {service_id}".strip())
        self._show_pills()
        self.edited.emit()

    def pill(self, service_id: str) -> QPushButton:
        """The mark that says and changes the priority of a need."""
        return self._pills[service_id]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        held = next((one for one, box in self._boxes.items() if box.hasFocus()), "")
        if key in _KEYS and held:
            self.set_priority(held, _KEYS[key])
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        super()._build()
        assert self._page is not None
        grid = self._page.layout()
        assert isinstance(grid, QGridLayout)
        for service_id, box in self._boxes.items():
            box.setObjectName(f"need_{service_id}")
            pill = QPushButton(self._page)
            pill.setProperty("kind", "pill")
            pill.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            pill.setCursor(Qt.CursorShape.PointingHandCursor)
            pill.clicked.connect(partial(self._turn_priority, service_id))
            policy = pill.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            pill.setSizePolicy(policy)
            self._pills[service_id] = pill
            row = grid.getItemPosition(grid.indexOf(box))[0]  # type: ignore[index]
            grid.addWidget(pill, row, 1)
        grid.setColumnStretch(0, 1)
        self._show_pills()

    def _turn_priority(self, service_id: str, _: bool = False) -> None:
        """The next priority, the highest after the lowest."""
        now = self.needs().get(service_id, Priority.MEDIUM)
        self.set_priority(service_id, Priority(now % 3 + 1))

    def _show_pills(self) -> None:
        needs = self.needs()
        for service_id, pill in self._pills.items():
            priority = needs.get(service_id)
            pill.setVisible(priority is not None)
            if priority is not None:
                pill.setText(priority.words)
                pill.setToolTip("Priorité : 1 haute, 2 moyenne, 3 basse (touches 1, 2, 3 sur la case)")
                words = self._boxes[service_id].toolTip()
                pill.setAccessibleName(f"Priorité de « {words} » : {priority.words}")
                self._boxes[service_id].setAccessibleDescription(f"priorité {priority.words}")
            else:
                self._boxes[service_id].setAccessibleDescription("")
