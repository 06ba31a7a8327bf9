"""Time every promise, print the table, write build/bench.json: `python -m benchmarks [PART OF A NAME…]`."""

import json
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks import (
    base,
    company_history,
    directory_sheet,
    first_window,
    importing,
    projects,
    restitution,
    saving,
    sealing,
    search,
    signature_pad,
    today,
    verifying,
    window_use,
)
from benchmarks.stopwatch import seconds

Line = Mapping[str, Any]
MEASURES: dict[str, Callable[[], Line | Sequence[Line]]] = {
    "search": search.measure,
    "saving": saving.measure,
    "directory_sheet": directory_sheet.measure,
    "importing": importing.measure,
    "first_window": first_window.measure,
    "window_use": window_use.measure,
    "signature_pad": signature_pad.measure,
    "sealing": sealing.measure,
    "verifying": verifying.measure,
    "projects": projects.measure,
    "company_history": company_history.measure,
    "today": today.measure,
    "restitution": restitution.measure,
}
REPORT = Path("build/bench.json")


def main(wanted: list[str]) -> int:
    """Measure what is wanted, or everything. 0 when every promise holds, 1 otherwise."""
    chosen = [name for name in MEASURES if not wanted or any(part in name for part in wanted)]
    shutil.rmtree(base.FOLDER.parent, ignore_errors=True)
    made = seconds(lambda: base.big_base().close())
    print(f"base of {base.PROVIDERS:,} providers and {base.COMPANIES:,} companies made in {made:.0f} s\n", flush=True)
    print(f"{'promise':<66} {'ours':>10} {'floor':>10} {'ratio':>7} {'must be':>8}")
    lines: list[Line] = []
    for name in chosen:
        measured = MEASURES[name]()
        for line in [measured] if isinstance(measured, Mapping) else measured:
            lines.append(line)
            times = f"{line['ours']:>7.2f} {line['unit']:<2} {line['floor']:>7.2f} {line['unit']:<2}"
            verdict = "" if line["ratio"] <= line["must"] else "   NOT KEPT"
            print(
                f"{line['name']:<66} {times} {line['ratio']:>7.2f} {'≤ ' + str(line['must']):>8}{verdict}", flush=True
            )
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps(lines, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(f"\n{REPORT}")
    return 0 if all(line["ratio"] <= line["must"] for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
