"""Everything of Linux, in its order."""

import sys
from datetime import UTC, datetime

from installers import bill, linux_folder, linux_package, markers, product, wheels
from installers.product import DIST, LINUX_FOLDER
from installers.tools import run


def build(*, offline: bool, fast: bool) -> None:
    """The folder, the package, the archive, their bill of materials and the sums."""
    linux_folder.build(offline)
    linux_package.build(fast)
    _write_guide()
    product.mark_fast("linux", fast)
    bill.write("linux", components())
    product.write_sums()


def _write_guide() -> None:
    """The guide as PDF beside the installers, made by the program that was just built, dated as the commit."""
    product.clear_dist("Charte-Desktop-*-guide.pdf")
    day = datetime.fromtimestamp(product.build_time(), UTC)
    guide = DIST / f"Charte-Desktop-{product.version()}-guide.pdf"
    run([LINUX_FOLDER / product.COMMAND, "guide", guide, "--on", f"{day:%d/%m/%Y}"], environment=product.environment())


def components() -> list[bill.Component]:
    """What of others is inside: packages of PyPI, the interpreter, libraries of the Debian that built it."""
    found = wheels.needed(wheels.read(wheels.fetch("linux", offline=True)), markers.LINUX)
    python = sys.version.split()[0]
    freezer = next(one for one in wheels.read(product.ROOT / "build" / "wheels-freeze") if one.name == "pyinstaller")
    notes = {"part": "the loader of the frozen program"}
    return [
        *bill.of_wheels(found),
        *bill.of_resources(),
        bill.Component(
            "PyInstaller bootloader",
            freezer.version,
            "GPL-2.0-or-later WITH Bootloader-exception",
            f"pkg:pypi/pyinstaller@{freezer.version}",
            product.sha256(freezer.path),
            notes,
        ),
        bill.Component("CPython", python, "PSF-2.0", f"pkg:generic/cpython@{python}"),
        *(
            bill.Component(
                name, version, "stated in the folder licences", f"pkg:deb/debian/{name}@{version}?arch=amd64"
            )
            for name, version in linux_folder.system_packages()
        ),
    ]
