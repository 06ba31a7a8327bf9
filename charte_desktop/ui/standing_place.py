"""Where somebody was in a page: the box that has the keyboard, the caret in it, how far each part is scrolled.

Kept with a draft, so that work that was cut short is found again exactly as it was left.
"""

import json
from collections.abc import Mapping
from typing import Any, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLineEdit, QPlainTextEdit, QWidget

KEY = "@place"
"""The name under which a draft keeps it; no field has such a name."""


def place_of(page: QWidget) -> str:
    """Where somebody is now, as a text."""
    place: dict[str, Any] = {}
    held: QWidget | None = QApplication.focusWidget()
    if held is None or not page.isAncestorOf(held):
        held = cast("QWidget | None", page.focusWidget())  # the window is not the one in front
    if held is not None and held.objectName():
        place["focus"] = held.objectName()
        if isinstance(held, QLineEdit):
            place["caret"] = held.cursorPosition()
        elif isinstance(held, QPlainTextEdit):
            place["caret"] = held.textCursor().position()
    place["scroll"] = {
        area.objectName(): area.verticalScrollBar().value()
        for area in page.findChildren(QAbstractScrollArea)
        if area.objectName() and area.verticalScrollBar().maximum() > 0
    }
    return json.dumps(place, ensure_ascii=False)


def stand(page: QWidget, place: str) -> bool:
    """Put the keyboard and the caret back where `place_of` found them; False when the box is not there any more.

    How far it is scrolled comes once the page is laid out, by `scroll_back`.
    """
    kept: Mapping[str, Any] = json.loads(place)
    held = page.findChild(QWidget, kept["focus"]) if kept.get("focus") else None
    if held is None or held.isHidden():
        return False
    held.setFocus(Qt.FocusReason.OtherFocusReason)
    caret = int(kept.get("caret", 0))
    if isinstance(held, QLineEdit):
        held.setCursorPosition(caret)
    elif isinstance(held, QPlainTextEdit):
        cursor = held.textCursor()
        cursor.setPosition(min(caret, max(held.document().characterCount() - 1, 0)))
        held.setTextCursor(cursor)
    return True


def scroll_back(page: QWidget, place: str) -> None:
    """Scroll each part to where it was; the page must be laid out."""
    kept: Mapping[str, int] = json.loads(place).get("scroll", {})
    for area in page.findChildren(QAbstractScrollArea):
        if area.objectName() in kept:
            area.verticalScrollBar().setValue(kept[area.objectName()])
