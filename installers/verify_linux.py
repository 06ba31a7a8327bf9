"""The Linux folder as it stands: its self-test with the network cut, and what a start costs."""

import json
import os
import statistics
import subprocess
import time
from pathlib import Path

from installers import chroot, product, wheels
from installers.checks import Table, expect
from installers.product import BUILD, LINUX_FOLDER
from installers.tools import Refusal, find

PROGRAM = LINUX_FOLDER / product.COMMAND
HIGHEST_RATIO = 1.3
"""Of the start time of the frozen program to that of the program that is not."""
_STARTS = 11


def check(table: Table, reports: Path) -> None:
    """Version, self-test, start time."""
    with table.about("Linux folder"):
        table.check("--version", _version, needed=True)
        if chroot.cannot():
            table.skip("self-test, network cut", chroot.cannot())
            table.check("self-test", lambda: self_test(reports, cut=False))
        else:
            table.check("self-test, network cut", lambda: self_test(reports, cut=True))
        table.check("guide as PDF", lambda: _guide(reports))
        table.check("start time", start_time)


def self_test(reports: Path, *, cut: bool) -> str:
    """Run it on the frozen folder; `cut` takes every network away, but what the machine is to itself."""
    report = reports / "self-test-linux.json"
    report.unlink(missing_ok=True)
    environment = {**_plain(), "QT_QPA_PLATFORM": "offscreen", "LANG": "C.UTF-8"}
    words: list[str | Path] = [PROGRAM, "self-test", "--report", report]
    if cut and find("unshare") is not None and os.geteuid() == 0:
        done = chroot.here(environment).run(words, network="none", seconds=300)
        code, printed = done.code, done.printed
    else:
        ran = subprocess.run(words, env=environment, capture_output=True, text=True, timeout=300, check=False)
        code, printed = ran.returncode, ran.stdout + ran.stderr
    return judged(report, code, printed)


def judged(report: Path, code: int, printed: str) -> str:
    """What a self-test said, refused unless every trial passed."""
    if not report.exists():
        raise Refusal(f"no report; it ended with {code}:\n{printed[-2000:]}")
    told = json.loads(report.read_text(encoding="utf-8"))
    failed = [f"{one['name']}: {one['seen']}" for one in told["trials"] if not one["passed"]]
    expect(told["frozen"], "it does not know that it was installed")
    expect(not failed and code == 0, f"ended with {code}; {len(failed)} trials failed:\n" + "\n".join(failed))
    expect(told["version"] == product.version(), f"it is of version {told['version']}")
    return f"{len(told['trials'])}/{len(told['trials'])}, Python {told['python']}"


def check_self_test() -> None:
    """The self-test alone, of a folder that was just built; refuses when it fails."""
    reports = BUILD / "verify"
    reports.mkdir(parents=True, exist_ok=True)
    print(f"   self-test: {self_test(reports, cut=not chroot.cannot())}", flush=True)


def start_time() -> str:
    """The middle of several starts, frozen and not, in turn, so that both meet the same machine."""
    python = wheels.tool_venv_python("freeze")
    stage = BUILD / "linux-start"
    from installers import wheel

    wheel.stage(stage)
    environment = {**_plain(), "QT_QPA_PLATFORM": "offscreen", "LANG": "C.UTF-8", "PYTHONPATH": str(stage)}
    frozen: list[str | Path] = [PROGRAM, "self-test", "--paint"]
    plain: list[str | Path] = [python, "-m", "charte_desktop", "self-test", "--paint"]
    times: dict[str, list[float]] = {"frozen": [], "plain": []}
    for turn in range(_STARTS + 1):
        for name, words in (("frozen", frozen), ("plain", plain)):
            start = time.perf_counter()
            done = subprocess.run(words, env=environment, cwd=stage, capture_output=True, timeout=120, check=False)
            expect(done.returncode == 0, f"the window was not painted: {done.stderr.decode(errors='replace')[-500:]}")
            if turn:  # the first fills the caches
                times[name].append(time.perf_counter() - start)
    middles = {name: statistics.median(several) for name, several in times.items()}
    ratio = middles["frozen"] / middles["plain"]
    said = f"ratio {ratio:.2f} ({middles['frozen'] * 1000:.0f} ms against {middles['plain'] * 1000:.0f} ms)"
    expect(ratio <= HIGHEST_RATIO, f"{said}, more than {HIGHEST_RATIO}")
    return f"{said}, at most {HIGHEST_RATIO}"


def _version() -> str:
    done = subprocess.run([PROGRAM, "--version"], env=_plain(), capture_output=True, text=True, timeout=60, check=False)
    expect(done.stdout.strip() == f"{product.NAME} {product.version()}", done.stdout + done.stderr)
    return done.stdout.strip()


def _guide(reports: Path) -> str:
    file = reports / "guide.pdf"
    done = subprocess.run(
        [PROGRAM, "guide", file], env=_plain(), capture_output=True, text=True, timeout=60, check=False
    )
    expect(done.returncode == 0 and file.read_bytes().startswith(b"%PDF"), done.stdout + done.stderr)
    return f"{file.stat().st_size // 1024} KiB"


def _plain() -> dict[str, str]:
    """This environment without what tells Python or Qt where to look."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "QT_", "LD_", "VIRTUAL_ENV", "CHARTE_"))
    }
