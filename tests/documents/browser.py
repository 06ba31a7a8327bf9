"""A real browser without a window, driven through the pipe that it offers for it."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from select import select
from types import TracebackType
from typing import Any

PROGRAM = "chromium"
_PATIENCE = 60
"""Seconds after which the browser is held to be stuck."""
_OPTIONS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--disable-extensions",
    "--remote-debugging-pipe",
)  # fmt: skip
_LAUNCH = "import os, sys; [os.dup2(int(sys.argv[at]), at + 2) for at in (1, 2)]; os.execvp(sys.argv[3], sys.argv[3:])"
"""It reads requests from descriptor 3 and answers on 4."""


class Browser:
    """Chromium with one page."""

    def __init__(self, folder: Path) -> None:
        """Keep its profile in `folder`."""
        there, self._requests = os.pipe()
        self._answers, back = os.pipe()
        self._process = subprocess.Popen(
            [sys.executable, "-c", _LAUNCH, str(there), str(back), PROGRAM, *_OPTIONS, f"--user-data-dir={folder}"],
            pass_fds=(there, back),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(there)
        os.close(back)
        self._received = bytearray()
        self._last = 0
        self._page = ""

    def __enter__(self) -> "Browser":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._page = ""
        try:
            self.command("Browser.close")
            self._process.wait(_PATIENCE)
        finally:
            self._process.kill()
            self._process.wait()
            os.close(self._requests)
            os.close(self._answers)

    def open(self, page: Path, *, first: str = "") -> None:
        """Show a file, in a fresh tab; `first` is a script that runs before any of its own."""
        self._page = ""
        target = self.command("Target.createTarget", url="about:blank")["targetId"]
        self._page = self.command("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.command("Page.enable")
        if first:
            self.command("Page.addScriptToEvaluateOnNewDocument", source=first)
        self.command("Page.navigate", url=page.as_uri())
        self.evaluate("new Promise((go) => document.readyState === 'complete' ? go() : addEventListener('load', go))")

    def evaluate(self, expression: str) -> Any:
        """What a JavaScript expression of the page gives, once it is settled."""
        answer = self.command("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def choose(self, selector: str, files: Sequence[Path]) -> None:
        """Choose files as in the dialog of a file field."""
        root = self.command("DOM.getDocument")["root"]["nodeId"]
        node = self.command("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self.command("DOM.setFileInputFiles", nodeId=node, files=[str(one) for one in files])

    def drop(self, files: Sequence[Path]) -> None:
        """Drag files over the page and let them go."""
        data = {"items": [], "files": [str(one) for one in files], "dragOperationsMask": 1}
        for kind in ("dragEnter", "dragOver", "drop"):
            self.command("Input.dispatchDragEvent", type=kind, x=200, y=200, data=data)

    def command(self, method: str, **parameters: object) -> dict[str, Any]:
        """One command of the DevTools protocol, and its answer."""
        self._last += 1
        request: dict[str, Any] = {"id": self._last, "method": method, "params": parameters}
        if self._page:
            request["sessionId"] = self._page
        content = memoryview(json.dumps(request).encode() + b"\0")
        while content:
            content = content[os.write(self._requests, content) :]
        while (answer := self._next()).get("id") != self._last:
            pass  # an event
        assert "error" not in answer, answer["error"]
        result: dict[str, Any] = answer["result"]
        return result

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._received:
            ready, _, _ = select([self._answers], [], [], _PATIENCE)
            assert ready, "the browser does not answer"
            more = os.read(self._answers, 1 << 20)
            assert more, "the browser is gone"
            self._received += more
        message, _, self._received = self._received.partition(b"\0")
        answer: dict[str, Any] = json.loads(message)
        return answer
