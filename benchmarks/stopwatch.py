"""Timing us and the floor in turn, so that a busy machine is busy for both."""

import gc
from collections.abc import Callable
from dataclasses import asdict, dataclass
from statistics import median
from time import perf_counter

RUNS = 7
"""Runs of each side; the median is kept."""


@dataclass(frozen=True)
class Measure:
    """One line of the table: a promise, what we take, what the floor takes, and what the ratio must be at most."""

    name: str
    ours: float
    floor: float
    unit: str
    must: float

    @property
    def ratio(self) -> float:
        """How many times the floor we take."""
        return self.ours / self.floor

    @property
    def holds(self) -> bool:
        """True when the promise is kept."""
        return self.ratio <= self.must

    def as_json(self) -> dict[str, object]:
        """The line as `build/bench.json` keeps it."""
        line = asdict(self)
        return {**{key: line[key] for key in ("name", "ours", "floor", "unit")}, "ratio": self.ratio, "must": self.must}


def seconds(action: Callable[[], object]) -> float:
    """How long `action` takes, once, with nobody else's rubbish to collect."""
    gc.collect()
    start = perf_counter()
    action()
    return perf_counter() - start


def in_turn(
    ours: Callable[[], object], floor: Callable[[], object], runs: int = RUNS, warm_up: int = 1
) -> tuple[float, float]:
    """The medians of `runs` timings of each side, in seconds, taken in turn; `warm_up` rounds before do not count."""
    for _ in range(warm_up):
        ours()
        floor()
    pairs = [(seconds(ours), seconds(floor)) for _ in range(runs)]
    return median(mine for mine, _ in pairs), median(bare for _, bare in pairs)
