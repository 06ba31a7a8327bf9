"""The programs of others that a build runs, and the line that installs a missing one."""

import shlex
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

PACKAGES = {
    "debootstrap": "debootstrap",
    "desktop-file-validate": "desktop-file-utils",
    "dpkg": "dpkg",
    "dpkg-deb": "dpkg",
    "import": "imagemagick",
    "ip": "iproute2",
    "ldconfig": "libc-bin",
    "makensis": "nsis",
    "osslsigncode": "osslsigncode",
    "setpriv": "util-linux",
    "strip": "binutils",
    "unshare": "util-linux",
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64-posix",
    "x86_64-w64-mingw32-windres": "binutils-mingw-w64-x86-64",
    "xdotool": "xdotool",
    "xwininfo": "x11-utils",
    "Xvfb": "xvfb",
}
"""The Debian package of each program."""

SYSTEM_FOLDERS = ("/sbin", "/usr/sbin")


class Refusal(Exception):
    """What stops the build, in a sentence."""


def find(program: str) -> str | None:
    """The path of a program, also among those of the administrator; None when it is missing."""
    for folder in (None, *SYSTEM_FOLDERS):
        found = shutil.which(program, path=folder)
        if found:
            return found
    return None


def missing(*programs: str) -> list[str]:
    """Those that are not installed."""
    return [program for program in programs if find(program) is None]


def install_line(programs: Sequence[str]) -> str:
    """What to type to have them."""
    packages = sorted({PACKAGES[program] for program in programs})
    return f"apt-get install --no-install-recommends {' '.join(packages)}"


def need(*programs: str) -> None:
    """Refuse, naming the line that installs them, when programs are missing."""
    absent = missing(*programs)
    if absent:
        raise Refusal(f"missing: {', '.join(absent)}. Run: {install_line(absent)}")


def run(
    command: Sequence[object],
    *,
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
    seconds: float = 1800,
    log: Path | None = None,
) -> str:
    """Run a program to its end; returns what it printed. Refuses, with its last words, when it failed or hung.

    The words of the command are texts and paths.
    """
    words = [str(word) for word in command]
    words[0] = find(words[0]) or words[0]
    try:
        done = subprocess.run(
            words,
            cwd=folder,
            env=None if environment is None else dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=seconds,
            check=False,
        )
    except OSError as fault:
        raise Refusal(f"{words[0]} cannot be run: {fault}") from fault
    except subprocess.TimeoutExpired as hung:
        raise Refusal(f"{shlex.join(words)} did not end within {seconds:.0f} s") from hung
    printed = done.stdout.decode("utf-8", errors="replace")
    if log is not None:
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text(printed, encoding="utf-8")
    if done.returncode:
        last = "\n".join(printed.splitlines()[-25:])
        raise Refusal(f"{shlex.join(words)} failed ({done.returncode}):\n{last}")
    return printed


def say(words: str) -> None:
    """One line of progress."""
    print(f"== {words}", flush=True)


@contextmanager
def step(words: str) -> Iterator[None]:
    """Say what is being done, then how long it took."""
    say(words)
    start = time.monotonic()
    yield
    print(f"   {time.monotonic() - start:.1f} s", flush=True)
