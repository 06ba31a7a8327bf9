"""Long work beside the window: a thread, a progress with its count, a cancel; shown in the status bar."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

if TYPE_CHECKING:
    from concurrent.futures import Future


T = TypeVar("T")


class Progress:
    """What a job tells and asks while it runs."""

    def __init__(self, tell: Callable[[int, int], None]) -> None:
        self._tell = tell
        self._stop = threading.Event()

    def __call__(self, done: int, total: int) -> None:
        """Say how many are done, of how many; 0 of 0 means that nobody knows."""
        self._tell(done, total)

    def cancelled(self) -> bool:
        """True once the user pressed Annuler: stop, and raise `Cancelled`."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the job to stop."""
        self._stop.set()


class Background(QWidget):
    """One job at a time, with its line in the status bar."""

    started = Signal()
    ended = Signal()
    _told = Signal(int, int)
    _finished = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = QLabel(self)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._count = QLabel(self)
        self._bar = QProgressBar(self)
        self._bar.setFixedWidth(160)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Avancement")
        self._count.setMinimumWidth(self.fontMetrics().horizontalAdvance("00000 sur 00000") + 16)
        self.cancel_button = QPushButton("Annuler", self)
        self.cancel_button.clicked.connect(self.cancel)
        line = QHBoxLayout(self)
        line.setContentsMargins(4, 2, 4, 2)
        line.addWidget(self._label)
        line.addWidget(self._bar)
        line.addWidget(self._count)
        line.addWidget(self.cancel_button)
        self._progress: Progress | None = None
        self._told.connect(self._show_count)
        self._finished.connect(self._end)
        self.hide()

    @property
    def is_busy(self) -> bool:
        """True while a job runs."""
        return self._progress is not None

    @property
    def count_text(self) -> str:
        """What is said of the progress: "120 sur 436", or nothing."""
        return self._count.text()

    def run(
        self,
        label: str,
        job: Callable[[Progress], T],
        done: Callable[[T], None],
        *,
        can_cancel: bool = True,
        otherwise: Callable[[], None] = lambda: None,
    ) -> None:
        """Run `job` in a thread, then `done` with its result in the window's thread.

        What the job raises is raised again in the window's thread, so that it reaches the boundary; `otherwise` is
        then called, once it was said, instead of `done`.
        """
        assert self._progress is None, "one job at a time"
        from concurrent.futures import ThreadPoolExecutor

        self._progress = progress = Progress(self._told.emit)
        self._label.setText(label)
        self._count.clear()
        self._bar.setRange(0, 0)
        self.cancel_button.setVisible(can_cancel)
        self.cancel_button.setEnabled(True)
        self.show()
        self.started.emit()
        executor = ThreadPoolExecutor(1, thread_name_prefix="charte")
        future = executor.submit(job, progress)
        future.add_done_callback(lambda ended: self._finished.emit(ended, (done, otherwise)))
        executor.shutdown(wait=False)

    def _show_count(self, done: int, total: int) -> None:
        if self._progress is not None:
            self._bar.setRange(0, total)
            self._bar.setValue(done)
            self._count.setText(f"{done} sur {total}" if total else "")

    def cancel(self) -> None:
        """Ask the job that runs to stop; it says when it has."""
        if self._progress is not None:
            self._progress.cancel()
            self.cancel_button.setEnabled(False)
            self._count.setText("Arrêt…")

    def _end(self, future: "Future[Any]", then: tuple[Callable[[Any], None], Callable[[], None]]) -> None:
        done, otherwise = then
        self._progress = None
        self.hide()
        self.ended.emit()
        if future.exception() is not None:
            QTimer.singleShot(0, otherwise)
        done(future.result())
