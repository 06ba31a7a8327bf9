"""Designer files at run time: one loader that checks every widget a class declares."""

from inspect import get_annotations

from PySide6.QtCore import QBuffer, QByteArray, QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtUiTools import QUiLoader
from PySide6.QtWidgets import QAbstractSpinBox, QDialog, QLabel, QLineEdit, QPushButton, QWidget

from charte_desktop import paths

FORM = "form"
"""The property that holds the name of a widget's form, by which the guide knows what is asked about."""


class FormError(Exception):
    """A form and its class disagree: a bug, found when the form is loaded and not when a button is clicked."""


def load_form(target: QWidget, name: str, *ours: type[QWidget]) -> None:
    """Build `forms/<name>.ui` into `target` and give it the widgets its class declares.

    Each annotation of the class that names a Qt type (`search: QLineEdit`) must be in the form under that name and
    with that type. `ours` are the promoted widgets of the form. Raises FormError.
    """
    loader = _Loader(target, ours)
    buffer = QBuffer()
    buffer.setData(QByteArray((paths.forms() / f"{name}.ui").read_bytes()))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    if loader.load(buffer) is None:
        raise FormError(f"{name}.ui: {loader.errorString()}")
    target.setProperty(FORM, name)
    for box in target.findChildren(QAbstractSpinBox):
        # The style sheet's padding does not reach the line inside.
        box.findChildren(QLineEdit)[0].setTextMargins(6, 0, 0, 0)
    if isinstance(target, QDialog):
        _ask_the_guide_by_f1(target)
    else:
        for button in target.findChildren(QPushButton):
            press_by_enter(button)
    for child_name, kind in declared(type(target)).items():
        child = target.findChild(kind, child_name)
        if child is None:
            raise FormError(f"{name}.ui has no {kind.__name__} named {child_name}")
        setattr(target, child_name, child)


def press_by_enter(button: QPushButton) -> None:
    """Let Enter press the button that has the keyboard: Qt does it in dialogs only."""
    enter = QShortcut(button)
    enter.setKeys([QKeySequence(Qt.Key.Key_Return), QKeySequence(Qt.Key.Key_Enter)])
    enter.setContext(Qt.ShortcutContext.WidgetShortcut)
    enter.activated.connect(button.click)


def _ask_the_guide_by_f1(dialog: QDialog) -> None:
    """F1 in a dialog: the window's own F1 is out of reach while a dialog stands before it."""

    def show() -> None:
        from charte_desktop.ui.guide import show_guide

        show_guide(dialog)

    QShortcut(QKeySequence(Qt.Key.Key_F1), dialog).activated.connect(show)


def declared(kind: type[QWidget]) -> dict[str, type[QObject]]:
    """The widgets that a class and its ancestors declare, by name."""
    return {
        name: annotation
        for ancestor in reversed(kind.__mro__)
        for name, annotation in get_annotations(ancestor).items()
        if isinstance(annotation, type) and issubclass(annotation, QObject)
    }


class _Loader(QUiLoader):
    """Fills an existing widget instead of making a new one."""

    def __init__(self, target: QWidget, ours: tuple[type[QWidget], ...]) -> None:
        super().__init__()
        # Designer's own plug-ins draw in Qt Quick and more: 7 ms at start for nothing.
        self.clearPluginPaths()
        self._target = target
        self._ours = {kind.__name__: kind for kind in ours}

    def createWidget(self, class_name: str, parent: QWidget | None = None, name: str = "") -> QWidget:
        if parent is None:
            return self._target
        if class_name in self._ours:
            widget = self._ours[class_name](parent)
            widget.setObjectName(name)
            return widget
        widget = super().createWidget(class_name, parent, name)
        if isinstance(widget, QLabel):
            # A name that holds « <b> » is shown as it was typed.
            widget.setTextFormat(Qt.TextFormat.PlainText)
        return widget
