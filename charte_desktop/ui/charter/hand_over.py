"""The laptop in the signer's hands: one window over the whole screen with this document alone, and a code to leave it.

While it stands, the program's own window is hidden: its menus, shortcuts, search and lists cannot be reached, whatever
is pressed. Another program of the computer can: that is the system's to lock.
"""

import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from charte_desktop.errors import UserError
from charte_desktop.ui import icons
from charte_desktop.ui.forms import press_by_enter
from charte_desktop.ui.messages import sentence_in
from charte_desktop.ui.notice import Notice

if TYPE_CHECKING:
    from charte_desktop.store.database import Database

SETTING = "hand_over_code"
SHORTEST, LONGEST = 4, 8
_TRIES = 5
_WAIT = 30_000
"""Milliseconds to wait after so many wrong codes."""
_ROUNDS = 200_000
_DOCUMENT, _CODE = 0, 1


def has_code(database: "Database") -> bool:
    """Whether a code was chosen on this laptop."""
    return bool(database.setting(SETTING))


def choose_code(database: "Database", code: str, again: str) -> None:
    """Keep a code; refused: not four to eight digits, or not twice the same."""
    refuse_weak_code(code)
    if code != again:
        raise UserError("Les deux codes ne sont pas les mêmes : retapez le second.")
    salt = secrets.token_hex(16)
    database.set_setting(SETTING, f"{salt}:{_digest(salt, code)}", "Choisir le code de remise")


def refuse_weak_code(code: str) -> None:
    """Refuse what is no code."""
    if not (code.isascii() and code.isdigit() and SHORTEST <= len(code) <= LONGEST):
        raise UserError(f"Choisissez un code de {SHORTEST} à {LONGEST} chiffres.")


def is_code(database: "Database", code: str) -> bool:
    """Whether this is the code that was chosen."""
    salt, _, kept = database.setting(SETTING).partition(":")
    return bool(kept) and hmac.compare_digest(kept, _digest(salt, code))


def _digest(salt: str, code: str) -> str:
    return hashlib.pbkdf2_hmac("sha256", code.encode(), bytes.fromhex(salt), _ROUNDS).hex()


class CodePad(QWidget):
    """Ten large keys for a finger, and the keyboard's own."""

    given = Signal()
    """The code is right."""
    left = Signal()
    """Back to the document."""

    def __init__(self, database: "Database", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._database = database
        self._wrong = 0
        title = QLabel("Code du conseiller", self)
        title.setProperty("role", "title")
        title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        words = QLabel("Le conseiller tape son code pour reprendre l'ordinateur.", self)
        words.setProperty("role", "muted")
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.code = QLineEdit(self)
        self.code.setEchoMode(QLineEdit.EchoMode.Password)
        self.code.setAccessibleName("Code du conseiller")
        self.code.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.code.setMaxLength(64)
        self.sentence = QLabel(self)
        self.sentence.setProperty("role", "error")
        self.sentence.setWordWrap(True)
        self.sentence.setMinimumHeight(44)
        self.keys = [self._key(str(digit)) for digit in range(10)]
        for digit, key in enumerate(self.keys):
            key.clicked.connect(lambda _=False, digit=digit: self.code.insert(str(digit)))
        self.erase_key, self.ok_key = self._key("Effacer"), self._key("Valider")
        self.ok_key.setProperty("kind", "primary")
        self.erase_key.clicked.connect(self.code.backspace)
        self.ok_key.clicked.connect(self._try)
        self.code.returnPressed.connect(self._try)
        self.forgotten_button = QPushButton("Code oublié ? Tapez la phrase de passe de la base", self)
        self.forgotten_button.setProperty("kind", "link")
        self.forgotten_button.setVisible(not database.is_demonstration)
        self.forgotten_button.clicked.connect(self.code.setFocus)
        self.back_button = QPushButton("Revenir au document", self)
        self.back_button.clicked.connect(self.left)
        press_by_enter(self.back_button)
        grid = QGridLayout()
        grid.setSpacing(8)
        for place, key in enumerate([*self.keys[1:], self.erase_key, self.keys[0], self.ok_key]):
            grid.addWidget(key, place // 3, place % 3)
        column = QVBoxLayout()
        column.setSpacing(12)
        for widget in (title, words, self.code):
            column.addWidget(widget)
        column.addWidget(self.sentence)
        column.addLayout(grid)
        column.addWidget(self.forgotten_button)
        column.addWidget(self.back_button)
        middle = QHBoxLayout(self)
        middle.addStretch(1)
        inner = QVBoxLayout()
        inner.addStretch(1)
        inner.addLayout(column)
        inner.addStretch(1)
        middle.addLayout(inner)
        middle.addStretch(1)

    def _key(self, words: str) -> QPushButton:
        key = QPushButton(words, self)
        key.setMinimumSize(96, 56)
        key.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return key

    def ask(self) -> None:
        """Begin anew."""
        self.code.clear()
        self.sentence.clear()
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def _try(self) -> None:
        typed = self.code.text()
        if not typed:
            return
        with sentence_in(self.sentence):
            if is_code(self._database, typed) or self._is_passphrase(typed):
                self._wrong = 0
                self.code.clear()
                self.given.emit()
                return
            self._wrong += 1
            self.code.clear()
            if self._wrong % _TRIES == 0:
                self._wait()
                raise UserError("Trop d'essais : attendez 30 secondes.")
            raise UserError("Ce n'est pas le code. Réessayez.")

    def _is_passphrase(self, typed: str) -> bool:
        from charte_desktop.store import keys

        if len(typed) <= LONGEST or self._database.is_demonstration:
            return False
        try:
            keys.unlock(self._database.folder, typed)
        except keys.WrongPassphrase:
            return False
        return True

    def _wait(self) -> None:
        self.setEnabled(False)
        QTimer.singleShot(_WAIT, self, self._go_on)

    def _go_on(self) -> None:
        self.setEnabled(True)
        self.ask()


class HandOverWindow(QWidget):
    """The one window of the signer. It is left by the code, and by nothing else."""

    returned = Signal()
    """The adviser has the laptop again."""

    def __init__(self, database: "Database", document: QWidget, title: str) -> None:
        """`document` is lent; whoever lends it takes it back when `returned` says so."""
        super().__init__(
            None,
            Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint,
        )
        self.setWindowTitle(title)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._may_close = False
        self.pages = QStackedWidget(self)
        self.document = document
        self.pages.addWidget(document)
        self.code_pad = CodePad(database, self)
        self.pages.addWidget(self.code_pad)
        self.code_pad.given.connect(self._give_back)
        self.code_pad.left.connect(self._show_document)
        self.notice = Notice(self)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 8, 16, 8)
        lines.addWidget(self.pages)
        self.setWindowIcon(icons.icon("signature"))

    def ask_code(self) -> None:
        """Somebody wants to leave: ask for the code."""
        self.pages.setCurrentIndex(_CODE)
        self.code_pad.ask()

    def _show_document(self) -> None:
        self.pages.setCurrentIndex(_DOCUMENT)
        self.document.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give_back(self) -> None:
        self._may_close = True
        self.pages.removeWidget(self.document)
        self.returned.emit()
        self.close()
        self.deleteLater()

    # What would lead elsewhere leads nowhere

    def closeEvent(self, event: QCloseEvent) -> None:
        """Alt+F4, or the system's own way to close: the code is asked."""
        if self._may_close:
            event.accept()
        else:
            event.ignore()
            self.ask_code()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """No key of the document's leaves it: what nobody took ends here."""
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        """A window manager that made it small is told again."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange and self.isMinimized() and not self._may_close:
            self.showFullScreen()
