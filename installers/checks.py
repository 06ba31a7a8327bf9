"""What was checked of what was built, and what could not be."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from installers.tools import Refusal, say

PASSED, FAILED, SKIPPED = "passed", "FAILED", "SKIPPED"


@dataclass(frozen=True)
class Check:
    """One line of the table."""

    subject: str
    name: str
    state: str
    seen: str
    seconds: float


@dataclass
class Table:
    """The checks of a run, in their order."""

    subject: str = ""
    checks: list[Check] = field(default_factory=list)

    @contextmanager
    def about(self, subject: str) -> Iterator[None]:
        """What follows is about this; a failure in it ends it, and not the rest."""
        self.subject = subject
        say(f"checking {subject}")
        try:
            yield
        except Stopped:
            pass
        except Refusal as refusal:
            self._add("its preparation", FAILED, str(refusal), 0.0)

    def check(self, name: str, carry_out: Callable[[], str], *, needed: bool = False) -> None:
        """Carry out one check: what it returns was seen, what it refuses failed. `needed` ends the subject."""
        start = time.monotonic()
        try:
            seen, state = carry_out(), PASSED
        except Refusal as refusal:
            seen, state = str(refusal), FAILED
        self._add(name, state, seen, time.monotonic() - start)
        if needed and state is FAILED:
            raise Stopped

    def skip(self, name: str, why: str) -> None:
        """Something that cannot be checked here: never counted as passed."""
        self._add(name, SKIPPED, why, 0.0)

    def count(self, state: str) -> int:
        """How many checks ended so."""
        return sum(one.state == state for one in self.checks)

    def _add(self, name: str, state: str, seen: str, seconds: float) -> None:
        self.checks.append(Check(self.subject, name, state, seen, seconds))
        first = seen.splitlines()[0] if seen else ""
        shown = first if state is PASSED else seen
        print(f"   {state:<7} {name}: {shown} ({seconds:.1f} s)", flush=True)


class Stopped(Exception):
    """The rest of a subject cannot be checked."""


def expect(holds: bool, otherwise: str) -> None:
    """Refuse, with a sentence, when something does not hold."""
    if not holds:
        raise Refusal(otherwise)
