"""The first window painted on a large base, against a bare PySide6 window with four tabs and a table.

Each run is a new process, timed from its start to its first paint: the interpreter, the imports and the window are all
in it. Ours is the command `charte-desktop` itself; a line on its output says that the window stands on the screen.
"""

import os
import subprocess
import sys
from time import perf_counter

from benchmarks.base import big_base
from benchmarks.stopwatch import Promise, in_turn, promise

_OURS = """
import sys
from charte_desktop import cli
from charte_desktop.ui.main_window import MainWindow

show = MainWindow.show
def show_and_tell(window):
    window.painted.connect(lambda: print("painted", flush=True))
    show(window)
MainWindow.show = show_and_tell
cli.main(sys.argv[1:])
"""

_FLOOR = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QTableWidget, QTabWidget, QWidget

class Window(QMainWindow):
    told = False
    def paintEvent(self, event):
        super().paintEvent(event)
        if not self.told:
            self.told = True
            QTimer.singleShot(0, lambda: print("painted", flush=True))

application = QApplication(sys.argv[:1])
window = Window()
tabs = QTabWidget()
tabs.addTab(QTableWidget(50, 5), "1")
for name in "234":
    tabs.addTab(QWidget(), name)
window.setCentralWidget(tabs)
window.resize(1366, 768)
window.show()
application.exec()
"""

_WORDS = "the first window painted, 20,000 providers and 50,000 companies"


def measure() -> Promise:
    """Seven processes of each side in turn, after two of each that fill the caches."""
    database = big_base()
    folder = str(database.folder)
    database.close()
    timings = in_turn(
        lambda: _until_painted(_OURS, "--data-dir", folder), lambda: _until_painted(_FLOOR), runs=9, warm_up=2
    )
    return promise(_WORDS, timings, "ms", must=1.5)


def _until_painted(program: str, *arguments: str) -> float:
    """Seconds from the start of the process to its word that it is painted; the process is then stopped."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode; a checkout makes it once
    start = perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        seconds = perf_counter() - start
        process.kill()
    if line.strip() != b"painted":
        raise RuntimeError("the window was not painted")
    return seconds
