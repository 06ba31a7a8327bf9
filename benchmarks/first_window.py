"""The window on a large base, against a bare PySide6 window with four tabs and a table: painted, rows shown, memory.

Each run is a new process, timed from its start: the interpreter, the imports and the window are all in it. Ours is the
command `charte-desktop` itself, left on the register the time before; lines on its output say how far it is.
"""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.base import big_base
from benchmarks.stopwatch import Promise, promise

_OURS = """
import sys
from PySide6.QtCore import QTimer
from charte_desktop import cli
from charte_desktop.ui.main_window import MainWindow

def tell(word):
    print(word, flush=True)

show = MainWindow.show
def show_and_tell(window):
    window.painted.connect(lambda: tell("painted"))
    window.ready.connect(lambda: QTimer.singleShot(0, lambda: tell("rows")))  # the rows are painted before the timer
    window.prepared.connect(lambda: tell("prepared"))
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

_LARGE = "20,000 providers and 50,000 companies"
_RUNS, _WARM_UP = 9, 2


def measure() -> Sequence[Promise]:
    """Nine processes of each side in turn, after two of each that fill the caches; the medians count."""
    database = big_base()
    folder = database.folder
    database.close()
    (folder / "fenetre.ini").write_text("[General]\ntab=1\n", encoding="utf-8")
    pairs = [(_run(_OURS, "prepared", "--data-dir", str(folder)), _run(_FLOOR, "painted")) for _ in range(_RUNS + 2)]
    ours, floor = zip(*pairs[_WARM_UP:], strict=True)

    def line(words: str, step: str, bare: str, unit: str, must: float) -> Promise:
        return promise(words, (_middle(ours, step), _middle(floor, bare)), unit, must)

    return [
        line(f"the first window painted, {_LARGE}", "painted", "painted", "ms", 1.5),
        line("its first rows shown", "rows", "painted", "ms", 2.5),
        line("most memory of the open window, rows shown", "rows memory", "painted memory", "MB", 2.0),
        line("most memory, every list ready to be sorted", "prepared memory", "painted memory", "MB", 2.0),
    ]


def _middle(runs: Sequence[Mapping[str, float]], step: str) -> float:
    return median(run[step] for run in runs)


def _run(program: str, last: str, *arguments: str) -> dict[str, float]:
    """Seconds from the start of the process to each of its words, and the most memory it had by then, in megabytes.

    The process is stopped after its word `last`.
    """
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode; a checkout makes it once
    reached: dict[str, float] = {}
    start = perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        while last not in reached:
            word = process.stdout.readline().strip()
            if not word:
                raise RuntimeError(f"the window ended before it was {last}")
            reached[word] = perf_counter() - start
            reached[f"{word} memory"] = _most_memory(process.pid)
        process.kill()
    return reached


def _most_memory(process: int) -> float:
    """The most that a process has held in memory so far, in megabytes."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024
