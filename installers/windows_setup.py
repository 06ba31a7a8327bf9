"""The installer of the Windows folder: per user, silent when asked, made by NSIS."""

import shutil
from pathlib import Path

from installers import pe, product
from installers.product import BUILD, DIST, OUR_FILES, WINDOWS_FOLDER
from installers.tools import need, run, step


def build(fast: bool, sign: str) -> Path:
    """Pack the folder into dist/; `fast` compresses less. Returns the installer."""
    need("makensis")
    product.clear_dist("Charte-Desktop-*-win64.exe")
    output = DIST / product.setup_name()
    with step(f"packing {output.name}"):
        pack(WINDOWS_FOLDER, output, product.version(), fast=fast, sign=sign)
    return output


def pack(
    source: Path, output: Path, version: str, *, fast: bool = False, sign: str = "", oldest_windows: int = 0
) -> None:
    """Make the installer of any folder, as `version`; `oldest_windows` is a build of Windows, 18362 when it is 0."""
    place = BUILD / "windows"
    place.mkdir(parents=True, exist_ok=True)
    unlist = place / f"unlist-{output.stem}.nsh"
    unlist.write_text(removals(source), encoding="utf-8")
    facts = {"VERSION": version, "SOURCE": source, "UNLIST": unlist, "OUTPUT": output, "ICON": OUR_FILES / "charte.ico"}
    facts["PICTURE"] = OUR_FILES / "welcome.bmp"
    if fast:
        facts["FAST"] = "1"
    if sign:
        facts["SIGN"] = sign
    if oldest_windows:
        facts["OLDEST"] = str(oldest_windows)
    script = place / "installer.nsi"
    shutil.copyfile(OUR_FILES / "installer.nsi", script)
    product.set_times(source)
    run(
        [
            "makensis",
            "-V2",
            "-WX",
            "-INPUTCHARSET",
            "UTF8",
            *(f"-D{name}={value}" for name, value in facts.items()),
            script,
        ],
        folder=place,
        environment=product.environment(),
    )
    if not sign:  # a signature covers the sum, and signing writes it
        pe.mend_checksum(output)


def removals(source: Path) -> str:
    """The lines of the uninstaller: every file that is packed, then every folder once it is empty."""
    lines = []
    for path in sorted(source.rglob("*"), key=lambda one: (-len(one.parts), one.is_dir(), one.as_posix())):
        name = path.relative_to(source).as_posix().replace("/", "\\").replace("$", "$$")
        lines.append(f'{"RMDir" if path.is_dir() else "Delete"} "$INSTDIR\\{name}"\n')
    return "".join(lines)
