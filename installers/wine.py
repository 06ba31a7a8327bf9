"""Windows programs run in wine 10, in a Debian 13 of its own: the nearest to Windows that there is here."""

import re
import shutil
from pathlib import Path

from installers import chroot, pe, product
from installers.chroot import Done
from installers.product import BUILD, OUR_FILES, WINDOWS_FOLDER
from installers.screen import Screen
from installers.tools import Refusal, run, step

SUITE, PACKAGES = "trixie", ("wine", "wine64")
PREFIX = BUILD / "wine" / "prefix"
USER = PREFIX / "drive_c" / "users" / "root"
LOCAL = USER / "AppData" / "Local"
START_MENU = USER / "AppData" / "Roaming" / "Microsoft" / "Windows" / "Start Menu" / "Programs"

_STUBBED = ("icuuc.dll", "mscms.dll")
"""Libraries of Windows 10 that wine 10 does not have whole, which Qt 6.12 asks for. Never shipped: they only fill the
test's own Windows, and answer nothing, so that Qt goes on without."""
_QUIET = "-all"


class Wine:
    """A Windows that was just installed, on a screen."""

    def __init__(self, screen: Screen) -> None:
        self.system = chroot.system("wine", SUITE, PACKAGES)
        self.system.keeps_processes = True
        self.system.shared = {product.ROOT: str(product.ROOT)}
        self.system.environment = {
            "WINEPREFIX": str(PREFIX),
            "WINEDEBUG": _QUIET,
            "DISPLAY": screen.display,
            "WINEDLLOVERRIDES": "winemenubuilder.exe=d;mscms=n;icuuc=n;mscoree=d;mshtml=d",
        }
        with step("making a Windows in wine"):
            shutil.rmtree(PREFIX, ignore_errors=True)
            PREFIX.mkdir(parents=True)
            made = self.run("wineboot", "--init", seconds=300)
            self.settle()
            if made.code or not (PREFIX / "system.reg").exists():
                raise Refusal(f"wine made no Windows:\n{made.printed}")
            _stub(PREFIX / "drive_c" / "windows" / "system32")
            source, program = OUR_FILES / "run_line.c", PREFIX / "drive_c" / "run_line.exe"
            run(["x86_64-w64-mingw32-gcc", "-O2", "-s", "-municode", "-mconsole", source, "-o", program])

    def run(self, *words: str | Path, seconds: float = 300, network: str = "loopback", **environment: str) -> Done:
        """Run one Windows program to its end. `words[0]` is its path here, or a program of wine."""
        asked = dict(self.system.environment)
        self.system.environment = {**asked, **environment}
        try:
            program = [] if str(words[0]).startswith("wine") else ["wine"]
            return self.system.run([*program, *words], network=network, seconds=seconds)
        finally:
            self.system.environment = asked

    def run_line(self, line: str, seconds: float = 300) -> Done:
        """Run a command line as it stands: installers want what is last on it without quotes, be there blanks in it."""
        place = PREFIX / "drive_c"
        (place / "line.txt").write_text(line, encoding="utf-8")
        return self.run(place / "run_line.exe", windows_path(place / "line.txt"), seconds=seconds)

    def settle(self) -> None:
        """Wait until every program has ended, and what they wrote to the registry is in its files."""
        self.run("wineserver", "-w", seconds=60)

    def end(self) -> None:
        """End what still runs."""
        self.run("wineserver", "-k", seconds=60)

    def registry(self, key: str) -> dict[str, str]:
        """The values of a key of the registry; empty when there is no such key."""
        told = self.run("wine", "reg", "query", key)
        return {
            name.strip(): value.strip()
            for name, value in re.findall(r"^\s{4}(.+?)\s{4}REG_\w+\s{4}(.*)$", told.printed, re.MULTILINE)
        }


def windows_path(path: Path) -> str:
    """How Windows names a file of this machine."""
    if path.is_relative_to(PREFIX / "drive_c"):
        return "C:\\" + path.relative_to(PREFIX / "drive_c").as_posix().replace("/", "\\")
    return "Z:" + str(path).replace("/", "\\")


def _stub(system32: Path) -> None:
    place = BUILD / "wine" / "stubs"
    place.mkdir(parents=True, exist_ok=True)
    files = [path for path in WINDOWS_FOLDER.rglob("*") if path.is_file() and pe.is_pe(path)]
    for library in _STUBBED:
        names = sorted({name for path in files for name in pe.functions(path, library)})
        source = place / f"{library}.c"
        source.write_text("".join(_function(name) for name in names), encoding="ascii")
        run(["x86_64-w64-mingw32-gcc", "-shared", "-O1", "-s", source, "-o", place / library])
        shutil.copyfile(place / library, system32 / library)


def _function(name: str) -> str:
    if name == "ucnv_open":  # says that it has no such converter
        return f"__declspec(dllexport) void *{name}(const char *n, int *e) {{ (void)n; if (e) *e = 4; return 0; }}\n"
    return f"__declspec(dllexport) long long {name}(void) {{ return 0; }}\n"
