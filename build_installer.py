"""Build what is handed over, into dist/, and try it.

python3.11 build_installer.py                        the folder, the .deb and the archive for Linux, and their checks
python3.11 build_installer.py linux windows verify   everything, then every check
python3.11 build_installer.py windows --fast         less compressed: to try something
python3.11 build_installer.py wheel                  the wheel
python3.11 build_installer.py frozen                 only the Linux folder and its self-test

linux     the program frozen by PyInstaller, as a .deb and a .tar.xz
windows   the official CPython and the packages of requirements.lock, as an installer; built on Linux, without wine
verify    tries what lies in dist/: self-tests, a clean Debian, wine 10; what cannot be tried is SKIPPED
wheel     the wheel, looked through once built

Only the standard library is used; what must be installed besides is named, with the line that installs it. Packages
are fetched by their hash into build/, once; the same commit gives the same SHA-256. The Windows installer is built and
tested under wine 10; it has not yet been run on Windows. Building *on* Windows has not been tried.
"""

import argparse
import sys
import time

from installers.tools import Refusal, say

STEPS = ("wheel", "frozen", "linux", "windows", "verify")


def main(arguments: list[str] | None = None) -> int:
    """Carry out the steps in their order: 0 done, 1 refused with a sentence, 2 wrong usage."""
    parser = argparse.ArgumentParser(
        prog="build_installer.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("steps", nargs="*", metavar="STEP", help=f"any of: {', '.join(STEPS)}")
    parser.add_argument("--fast", action="store_true", help="compress less")
    parser.add_argument("--offline", action="store_true", help="fetch nothing: an earlier build left what is needed")
    parser.add_argument("--sign", default="", metavar="CMD", help="run CMD FILE to sign launchers, un- and installer")
    options = parser.parse_args(arguments)
    steps = options.steps or ["linux", "verify"]
    for step in steps:
        if step not in STEPS:
            parser.error(f"no step is called {step}: {', '.join(STEPS)}")
    start = time.monotonic()
    try:
        for step in STEPS:
            if step in steps:
                _carry_out(step, options, {"linux", "windows"} & set(steps))
    except Refusal as refusal:
        print(f"error: {refusal}", file=sys.stderr)
        return 1
    say(f"{' '.join(steps)}: done in {time.monotonic() - start:.0f} s")
    return 0


def _carry_out(step: str, options: argparse.Namespace, systems: set[str]) -> None:
    # Each step loads what it needs: the wheel is also built where little of the repository is.
    if step == "wheel":
        from installers import verify, wheel

        wheel.build()
        verify.verify_sums()
    elif step == "frozen":
        from installers import linux_folder, verify_linux

        linux_folder.build(offline=options.offline)
        verify_linux.check_self_test()
    elif step == "linux":
        from installers import linux

        linux.build(offline=options.offline, fast=options.fast)
    elif step == "windows":
        from installers import windows

        windows.build(offline=options.offline, fast=options.fast, sign=options.sign)
    else:
        from installers import verify

        verify.verify(frozenset(systems))


if __name__ == "__main__":
    sys.exit(main())
