"""Work beside the window that only its last result is wanted of: a preview while criteria change."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

T = TypeVar("T")


class Desk(QObject):
    """One thread and one pile: what is asked later makes what was asked before needless."""

    _ended = Signal(object, object, int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._thread: ThreadPoolExecutor | None = None
        self._last = 0
        self._ended.connect(self._deliver)

    @property
    def is_busy(self) -> bool:
        """True until the last thing asked is delivered."""
        return self._waits

    _waits = False

    def ask(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Do `work` in the thread, then `done` with its result in the window's; only for the last one asked.

        What `work` raises is raised again in the window's thread, so that it reaches the boundary.
        """
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, thread_name_prefix="fiche")
        self._last += 1
        number = self._last
        self._waits = True
        future = self._thread.submit(lambda: work() if number == self._last else None)
        future.add_done_callback(lambda ended: self._ended.emit(ended, done, number))

    def clear(self) -> None:
        """Want nothing any more, and wait until the thread is at rest: the base may then be closed."""
        self._last += 1
        self._waits = False
        if self._thread is not None:
            self._thread.shutdown(wait=True)
            self._thread = None

    def _deliver(self, future: "Future[Any]", done: Callable[[Any], None], number: int) -> None:
        if number == self._last:
            self._waits = False
            done(future.result())
