"""The Linux program as a folder, made by PyInstaller, then rid of what nothing in it loads."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from installers import bill, elf, markers, product, trimming, wheel, wheels
from installers.product import BUILD, LINUX_FOLDER, OUR_FILES, ROOT
from installers.tools import Refusal, find, need, run, step

EXCLUDED = (
    "IPython",
    "PIL.ImageQt",
    "PIL.ImageTk",
    "dns",
    "lxml.html",
    "lxml.isoschematron",
    "lxml.objectify",
    "pycparser",
    "matplotlib",
    "numpy",
    "pip",
    "pkg_resources",
    "pytest",
    "rapidfuzz.distance.metrics_cpp_avx2",
    "rapidfuzz.fuzz_cpp_avx2",
    "setuptools",
    "sqlalchemy.dialects.mssql",
    "sqlalchemy.dialects.mysql",
    "sqlalchemy.dialects.oracle",
    "tkinter",
    "unittest",
)
"""Modules that packages name and the program never reaches."""
WHOLE = ("icalendar", "phonenumbers", "reportlab.graphics.barcode", "stdnum.fr")
"""Packages that choose their own modules by name while they run."""

_LEFT_OUT = tuple(
    re.compile(pattern)
    for pattern in (
        r"libQt6(Quick|Qml|VirtualKeyboard|Eglfs|EglFS|WaylandEgl|WaylandCompositor|Labs|Sql|Test|Designer)",
        r"PySide6/Qt/plugins/platforms/lib(qeglfs|qlinuxfb|qminimal|qminimalegl|qvnc|qvkkhrdisplay)",
        r"PySide6/Qt/plugins/(platforminputcontexts/libqtvirtualkeyboard|platformthemes/libqgtk3|generic/|egldeviceinteg)",
        r"PySide6/Qt/plugins/(tls|networkinformation|sqldrivers|qmltooling|vectorimageformats)/",
        r"PySide6/Qt/plugins/imageformats/libq(tga|icns|wbmp|pdf|tiff|webp)",
        r"PySide6/Qt/(qml|resources|metatypes|libexec)/",
        r"PySide6/Qt/translations/(?!(qtbase_fr|qt_fr|qtbase_en)\.qm)",
        r"^share/",
        r"^libcups\.so",  # printing takes the system's; with it go TLS, Kerberos and systemd
    )
)


def keeps(name: str) -> bool:
    """Whether a file that PyInstaller collected, named from the root of the folder, is shipped."""
    module = re.search(r"PySide6/(Qt\w+)\.abi3\.so$", name)
    if module and module[1] not in trimming.qt_modules():
        return False
    return trimming.keeps(name) and not any(pattern.search(name) for pattern in _LEFT_OUT)


def own_files(stage: Path) -> tuple[list[str], list[tuple[str, str]]]:
    """The modules of the staged program, and its other files as PyInstaller wants them: where from, which folder."""
    modules, data = [], []
    for path in sorted((stage / "charte_desktop").rglob("*")):
        name = path.relative_to(stage)
        if not path.is_file():
            continue
        if path.suffix == ".py" and not trimming.stays_source(name.as_posix()):
            modules.append(".".join(name.with_suffix("").parts).removesuffix(".__init__"))
        else:
            data.append((str(path), name.parent.as_posix()))
    return modules, data


def build(offline: bool) -> None:
    """Make the folder anew; the same commit, on the same system, gives the same bytes."""
    need("strip", "ldconfig")
    wheels.refuse_other_python()
    _refuse_static_python()
    folder = wheels.fetch("linux", offline)
    lock = BUILD / "requirements-linux.lock"
    python = wheels.tool_venv("freeze", wheels.PLAIN_LOCKS / "freeze.lock", offline, (lock, folder))
    stage, work = BUILD / "linux-stage", BUILD / "linux"
    wheel.stage(stage)
    (stage / "start.py").write_text(
        "import sys\n\nfrom charte_desktop.cli import main\n\nsys.exit(main())\n", encoding="utf-8"
    )
    with step("freezing the program with PyInstaller"):
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        shutil.copyfile(OUR_FILES / "charte.spec", work / "charte.spec")
        places = {"CHARTE_ROOT": str(ROOT), "CHARTE_STAGE": str(stage)}
        run(
            [
                *(python, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"),
                *("--distpath", work, "--workpath", work / "work", work / "charte.spec"),
            ],
            folder=work,
            environment={**product.environment(), **places, "PYINSTALLER_CONFIG_DIR": str(work / "cache")},
            log=work / "pyinstaller.log",
        )
    with step("leaving out what nothing loads"):
        dropped = prune(LINUX_FOLDER)
        print(f"   {len(dropped)} libraries", flush=True)
    found = wheels.needed(wheels.read(folder), markers.LINUX)
    unpacked = work / "unpacked"
    for one in found:
        wheels.unpack(one.path, unpacked)
    bill.write_licences(LINUX_FOLDER / "licences", found, unpacked, sys.version.split()[0], _licence_of_python())
    for name, version in system_packages():
        legal = Path("/usr/share/doc") / name / "copyright"
        if legal.exists():
            place = LINUX_FOLDER / "licences" / f"{name}-{version.replace(':', '_')}"
            place.mkdir()
            shutil.copyfile(legal, place / "copyright")
    for path in LINUX_FOLDER.rglob("*"):
        if not path.is_symlink():
            runs = path.is_dir() or path.name == product.COMMAND
            path.chmod(0o755 if runs else 0o644)
    product.set_times(LINUX_FOLDER)


def libraries(folder: Path) -> dict[Path, elf.Library]:
    """Every program and library of a folder."""
    return {path: elf.read(path) for path in sorted(folder.rglob("*")) if elf.is_elf(path)}


def prune(folder: Path) -> list[Path]:
    """Delete the libraries that no program, module or plug-in of the folder loads; returns them."""
    known = libraries(folder)
    by_name: dict[str, list[Path]] = {}
    for path, read in known.items():
        for name in {read.name, path.name}:
            by_name.setdefault(name, []).append(path)
    waiting = [path for path in known if _is_root(path)]
    reached: set[Path] = set()
    while waiting:
        path = waiting.pop()
        if path not in reached:
            reached.add(path)
            waiting += [other for name in known[path].wanted for other in by_name.get(name, [])]
    dropped = sorted(set(known) - reached)
    for path in dropped:
        path.unlink()
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_symlink() and not path.exists():
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    return dropped


def _is_root(path: Path) -> bool:
    """Loaded by Python or by Qt by its place or its name, not by another library."""
    return (
        path.name == product.COMMAND
        or "plugins" in path.parts
        or ".cpython-" in path.name
        or path.name.endswith(".abi3.so")
        or "lib-dynload" in path.parts
        or path.name.startswith("libpython")
    )


def outside_libraries(folder: Path) -> set[str]:
    """The libraries that the folder asks of the system."""
    known = libraries(folder)
    inside = {read.name for read in known.values()} | {path.name for path in folder.rglob("*")}
    return {name for read in known.values() for name in read.wanted} - inside


def optional_libraries(folder: Path) -> set[str]:
    """Those that only plug-ins of Wayland and of printing ask for: the program works without."""
    known = libraries(folder)
    optional = {
        name
        for path, read in known.items()
        if "plugins" in path.parts and re.search(r"wayland|cups", path.as_posix())
        for name in read.wanted
    }
    plain = {
        name
        for path, read in known.items()
        if not ("plugins" in path.parts and re.search(r"wayland|cups", path.as_posix()))
        for name in read.wanted
    }
    return (optional - plain) & outside_libraries(folder)


def glibc(paths: Iterable[elf.Library]) -> str:
    """The oldest glibc that all of them accept: `2.36`."""
    numbers = [
        tuple(int(part) for part in version.removeprefix("GLIBC_").split("."))
        for read in paths
        for version in read.versions
        if re.fullmatch(r"GLIBC_[\d.]+", version)
    ]
    return ".".join(map(str, max(numbers)))


def package_of(library: str) -> str:
    """The package that brings a library, asked of the Debian of this machine."""
    listed = run(["ldconfig", "-p"])
    found = re.search(rf"^\s*{re.escape(library)} \(.*x86-64.*\) => (\S+)$", listed, re.MULTILINE)
    if found is None:
        raise Refusal(f"the folder needs {library}, which this machine does not have: its package is not known.")
    path = Path(found[1])
    for name in {
        str(path),
        str(path.resolve()),
        str(path).removeprefix("/usr"),
        str(path.resolve()).removeprefix("/usr"),
    }:
        said = subprocess.run([find("dpkg") or "dpkg", "-S", name], capture_output=True, text=True, check=False).stdout
        if said:
            return said.split(":")[0]
    raise Refusal(f"no package of this machine brings {path}.")


def system_packages() -> list[tuple[str, str]]:
    """Name and version of the packages of this Debian whose libraries were copied into the folder."""
    found = set()
    for path in (LINUX_FOLDER / "_internal").glob("*.so*"):
        if elf.is_elf(path):
            try:
                found.add(package_of(elf.read(path).name or path.name))
            except Refusal:
                continue  # of a Python that no package of Debian brought
    return [(name, run(["dpkg-query", "-W", "-f", "${Version}", f"{name}:amd64"]).strip()) for name in sorted(found)]


def _refuse_static_python() -> None:
    import sysconfig

    if not sysconfig.get_config_var("Py_ENABLE_SHARED"):
        raise Refusal(
            f"{sys.executable} has no shared library, which PyInstaller needs: use Debian's python3.11 "
            "(apt-get install python3 python3-venv libpython3.11) or one built with --enable-shared."
        )
    if find("ldconfig") is None:
        raise Refusal("ldconfig is missing: the Linux folder is built on Linux.")


def _licence_of_python() -> Path | None:
    import sysconfig

    for place in (Path(sysconfig.get_path("stdlib")) / "LICENSE.txt", Path("/usr/share/doc/python3.11/copyright")):
        if place.exists():
            return place
    return None
