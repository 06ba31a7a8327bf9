"""Whether the program spoke to anybody: every socket that Python opens during the trials is seen."""

import sys
from pathlib import Path
from types import TracebackType
from typing import Any

_EVENTS = ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo")
_HERE = ("127.0.0.1", "::1", "localhost", "")


class Watch:
    """Sees what is connected to while it is entered. The loop that seals asks for 127.0.0.1, on Windows alone."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self._looks = False

    def __enter__(self) -> "Watch":
        self._looks = True
        sys.addaudithook(self._hear)  # for the life of the process: Python lets nobody take one away
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._looks = False

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self._looks or event not in _EVENTS:
            return
        address = arguments[0] if event == "socket.getaddrinfo" else arguments[1]
        # A path is a socket of this machine: the session's bus, the display.
        if isinstance(address, str | bytes) and event != "socket.getaddrinfo":
            return
        host = address[0] if isinstance(address, tuple) else address
        if str(host or "") not in _HERE:
            self.seen.append(f"{event} {address}")

    def trial(self, _: Path) -> str:
        """Nothing but this machine was spoken to."""
        from charte_desktop.self_test.trials import Failure

        if self.seen:
            raise Failure(f"connexions demandées : {', '.join(self.seen)}")
        return "aucune, hors de ce poste"
