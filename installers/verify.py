"""Tries what was built, as those who get it will. What cannot be tried here is said to be SKIPPED, never passed."""

import json
from pathlib import Path

from installers import product, wheel
from installers.checks import FAILED, PASSED, SKIPPED, Table
from installers.product import BUILD, DIST, LINUX_FOLDER, WINDOWS_FOLDER
from installers.tools import Refusal

REPORTS = BUILD / "verify"
"""Reports and pictures of the run."""


def verify(only: frozenset[str] = frozenset()) -> None:
    """Check everything that lies in dist/, or what `only` names. Refuses when a check failed."""
    verify_sums()
    from installers import verify_deb, verify_files, verify_linux, verify_windows

    table = Table()
    built = {
        "linux": (DIST / product.deb_name()).exists() and LINUX_FOLDER.exists(),
        "windows": (DIST / product.setup_name()).exists() and WINDOWS_FOLDER.exists(),
    }
    wanted = {system for system, is_there in built.items() if is_there and (not only or system in only)}
    if wanted:
        REPORTS.mkdir(parents=True, exist_ok=True)
        verify_files.check(table, wanted)
        if "linux" in wanted:
            verify_linux.check(table, REPORTS)
            verify_deb.check(table, DIST / product.deb_name(), REPORTS)
        if "windows" in wanted:
            verify_windows.check(table, DIST / product.setup_name(), REPORTS)
        _tell(table)


def verify_sums() -> None:
    """Every file of SHA256SUMS is there as it says; a wheel holds the program and nothing else."""
    sums = DIST / "SHA256SUMS"
    if not sums.exists():
        raise Refusal("dist/ holds nothing yet: run `build_installer.py wheel`, `linux` or `windows` first.")
    for line in sums.read_text(encoding="ascii").splitlines():
        expected, _, name = line.partition("  ")
        path = DIST / name
        if not path.exists():
            raise Refusal(f"dist/{name} is missing: build it again.")
        if product.sha256(path) != expected:
            raise Refusal(f"dist/{name} is not the file that SHA256SUMS names: build it again.")
        if path.suffix == ".whl":
            wheel.look_through(path)
        print(f"dist/{name}: {path.stat().st_size:,} bytes, SHA-256 {expected}", flush=True)


def _tell(table: Table) -> None:
    """The table, for the eye and for a script; pictures are named, for somebody to look at."""
    width = max(len(one.name) for one in table.checks)
    print()
    subject = ""
    for one in table.checks:
        if one.subject != subject:
            subject = one.subject
            print(subject)
        seen = one.seen.splitlines()[0] if one.seen else ""
        print(f"  {one.state:<7}  {one.name:<{width}}  {seen}")
    report: Path = REPORTS / "checks.json"
    report.write_text(json.dumps([vars(one) for one in table.checks], indent=1, ensure_ascii=False), encoding="utf-8")
    pictures = sorted(REPORTS.glob("*.png"))
    if pictures:
        print(f"\nLook at: {', '.join(str(one.relative_to(product.ROOT)) for one in pictures)}")
    if WINDOWS_FOLDER.exists():
        print(f"Windows: {product.NOT_YET_ON_WINDOWS}.")
    counts = {state: table.count(state) for state in (PASSED, FAILED, SKIPPED)}
    print(f"\n{counts[PASSED]} passed, {counts[FAILED]} failed, {counts[SKIPPED]} skipped")
    if counts[FAILED]:
        raise Refusal(f"{counts[FAILED]} checks failed; {report.relative_to(product.ROOT)} has them.")
