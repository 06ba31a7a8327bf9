"""A screen that nobody sees, and what stands on it."""

import contextlib
import os
import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from installers.tools import Refusal, find, run

NEEDED = ("Xvfb", "xwininfo", "import")
_SIZE = "1366x768x24"


class Screen:
    """A running display."""

    def __init__(self, number: int) -> None:
        self.display = f":{number}"

    def windows(self) -> list[str]:
        """The titles on the screen."""
        told = run(["xwininfo", "-root", "-tree"], environment={**os.environ, "DISPLAY": self.display})
        return re.findall(r'0x[0-9a-f]+ "([^"]+)"', told)

    def wait_for(self, title: str, seconds: float = 60, *, gone: bool = False) -> bool:
        """Wait until a window bears `title` in its own, or until none does any more."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if any(title in one for one in self.windows()) is not gone:
                return True
            time.sleep(0.3)
        return False

    def picture(self, file: Path) -> Path:
        """What the screen shows, as PNG."""
        file.parent.mkdir(parents=True, exist_ok=True)
        run(["import", "-window", "root", file], environment={**os.environ, "DISPLAY": self.display})
        return file


@contextlib.contextmanager
def screen() -> Iterator[Screen]:
    """A screen of 1366 by 768 points; its number is one that is free."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        [find("Xvfb") or "Xvfb", "-displayfd", str(writing), "-screen", "0", _SIZE, "-nolisten", "tcp"],
        pass_fds=[writing],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        if not number:
            raise Refusal("Xvfb did not start.")
        yield Screen(int(number))
    finally:
        server.terminate()
        server.wait()
