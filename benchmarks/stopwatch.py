"""Timing us and the floor in turn, so that a busy machine is busy for both."""

import gc
from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import TypedDict

RUNS = 7
"""Runs of each side; the median is kept."""


class Promise(TypedDict):
    """One line of the table and of `build/bench.json`: our time, the floor's, and the most that the ratio may be."""

    name: str
    ours: float
    floor: float
    unit: str
    ratio: float
    must: float


def promise(name: str, timings: tuple[float, float], unit: str, must: float) -> Promise:
    """A line from two values, ours and the floor's: seconds shown in `unit` "s" or "ms", or megabytes in "MB"."""
    ours, floor = (value * {"s": 1, "ms": 1000, "MB": 1}[unit] for value in timings)
    return Promise(
        name=name, ours=round(ours, 4), floor=round(floor, 4), unit=unit, ratio=round(ours / floor, 3), must=must
    )


def seconds(action: Callable[[], object]) -> float:
    """How long `action` takes, once."""
    start = perf_counter()
    action()
    return perf_counter() - start


def in_turn(
    ours: Callable[[], float], floor: Callable[[], float], runs: int = RUNS, warm_up: int = 1
) -> tuple[float, float]:
    """The medians of `runs` timings of each side, taken in turn; `warm_up` rounds before them do not count.

    Each side times itself, so that it can prepare what is not to be counted.
    """
    pairs = []
    for _ in range(warm_up + runs):
        gc.collect()
        mine = ours()
        gc.collect()
        pairs.append((mine, floor()))
    counted = pairs[warm_up:]
    return median(mine for mine, _ in counted), median(bare for _, bare in counted)
