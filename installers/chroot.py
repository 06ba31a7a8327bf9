"""Small Debian systems to try things in, and programs run in them, or here, with the network cut.

Everything is mounted in a namespace of its own: it is gone with the program that was run, and removing the folder of a
system can never reach outside it.
"""

import os
import shlex
import shutil
import subprocess
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from installers.product import ROOT
from installers.tools import Refusal, find, missing, run, step

CHROOTS = ROOT / "build" / "chroots"
MIRROR = "http://deb.debian.org/debian"
NEEDED = ("unshare", "debootstrap", "ip")


@dataclass(frozen=True)
class Done:
    """How a program ended."""

    code: int
    printed: str


@dataclass
class System:
    """A Debian system in a folder, or this one when `root` is None."""

    root: Path | None
    shared: dict[Path, str] = field(default_factory=dict)
    """Folders of this machine, and where they are seen inside."""
    environment: dict[str, str] = field(default_factory=dict)
    keeps_processes: bool = False
    """What a program starts beside stays when it ends: wine's programs share a server."""

    def command(self, words: Sequence[str | Path], *, network: str = "none") -> list[str]:
        """What to run here so that `words` run there. `network` is `none`, `loopback` or `here`."""
        lines = ["set -e", "mount --make-rprivate /"]
        if self.root is None:
            lines.append("mount -t proc proc /proc")
        else:
            root = shlex.quote(str(self.root))
            lines += [
                f"mkdir -p {root}/tmp/.X11-unix",
                f"mount -t proc proc {root}/proc",
                f"mount --rbind /dev {root}/dev",
                f"[ ! -d /tmp/.X11-unix ] || mount --bind /tmp/.X11-unix {root}/tmp/.X11-unix",
            ]
            for here, there in self.shared.items():
                place = shlex.quote(f"{self.root}{there}")
                lines += [f"mkdir -p {place}", f"mount --bind {shlex.quote(str(here))} {place}"]
        if network == "loopback":
            lines.append("ip link set lo up")
        given = [f"{name}={value}" for name, value in self.environment.items()]
        inner = ["env", *given, *map(str, words)]
        if self.root is not None:
            inner = ["chroot", str(self.root), "env", "-i", "HOME=/root", "LANG=C.UTF-8", f"PATH={_PATH}", *inner[1:]]
        lines.append(f"exec {shlex.join(inner)}")
        cut = [] if network == "here" else ["--net"]
        unshare = find("unshare") or "unshare"
        apart = [] if self.keeps_processes else ["--pid"]
        return [unshare, "--mount", *apart, "--fork", "--kill-child", *cut, "sh", "-c", "\n".join(lines)]

    def run(self, words: Sequence[str | Path], *, network: str = "none", seconds: float = 300) -> Done:
        """Run to the end; a program that hangs is ended, and that is said. What it started beside may go on."""
        printed = bytearray()

        def read(pipe: IO[bytes]) -> None:
            while part := os.read(pipe.fileno(), 65536):
                printed.extend(part)

        started = subprocess.Popen(
            self.command(words, network=network),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        assert started.stdout is not None
        reader = threading.Thread(target=read, args=(started.stdout,), daemon=True)
        reader.start()
        try:
            code = started.wait(seconds)
        except subprocess.TimeoutExpired:
            started.kill()
            started.wait()
            code = -1
            printed.extend(f"\ndid not end within {seconds:.0f} s".encode())
        reader.join(_LAST_WORDS)  # what was started beside may hold the pipe as long as it runs
        return Done(code, printed.decode(errors="replace"))

    @contextmanager
    def running(self, words: Sequence[str | Path], *, network: str = "none") -> Iterator[subprocess.Popen[bytes]]:
        """Run beside; it is ended, with all that it started, on leaving."""
        started = subprocess.Popen(
            self.command(words, network=network),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield started
        finally:
            started.kill()
            started.wait()


_LAST_WORDS = 2.0
"""Seconds to read what a program that has ended still said."""
_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def cannot(*more: str) -> str:
    """Why no system can be made here; empty when one can."""
    if os.geteuid() != 0:
        return "root is needed for chroots"
    absent = missing(*NEEDED, *more)
    if absent:
        from installers.tools import install_line

        return f"missing {', '.join(absent)} (run: {install_line(absent)})"
    return ""


def system(name: str, suite: str, packages: Sequence[str] = (), *, fresh: bool = False) -> System:
    """The Debian of `suite` with `packages`, made once and kept; `fresh` gives a copy that nothing was done in."""
    place = CHROOTS / name
    ready = place / ".ready"
    wanted = " ".join([suite, *packages])
    if not ready.exists() or ready.read_text() != wanted:
        with step(f"making a Debian {suite} in {place.relative_to(ROOT)}"):
            shutil.rmtree(place, ignore_errors=True)
            place.parent.mkdir(parents=True, exist_ok=True)
            include = [f"--include={','.join(packages)}"] if packages else []
            run(["debootstrap", "--variant=minbase", *include, suite, place, MIRROR], seconds=1800)
        ready.write_text(wanted)
    if not fresh:
        return System(place)
    copy = CHROOTS / f"{name}-fresh"
    shutil.rmtree(copy, ignore_errors=True)
    run(["cp", "-a", place, copy])
    return System(copy)


def here(environment: Mapping[str, str]) -> System:
    """This machine, its network cut."""
    if find("unshare") is None:
        raise Refusal("unshare is missing. Run: apt-get install util-linux")
    return System(None, environment=dict(environment))
