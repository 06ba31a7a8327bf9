"""The Windows program as a folder: two small launchers, and `runtime` with the interpreter and every package."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from installers import bill, markers, pe, product, trimming, wheel, wheels, windows_python
from installers.product import BUILD, OUR_FILES, WINDOWS_FOLDER
from installers.tools import Refusal, need, run, step

LAUNCHERS = {"charte-desktop-window.exe": True, "charte-desktop.exe": False}
"""Name of each launcher, and whether it is for the window; the other one has a console for the command line."""
PLUGINS = (
    "platforms/qwindows.dll",
    "platforms/qoffscreen.dll",
    "styles/*.dll",
    "imageformats/qico.dll",
    "imageformats/qjpeg.dll",
    "imageformats/qsvg.dll",
    "imageformats/qgif.dll",
    "iconengines/qsvgicon.dll",
    "printsupport/*.dll",
)


def build(offline: bool, sign: str) -> None:
    """Make the folder anew; the same commit gives the same bytes."""
    need("x86_64-w64-mingw32-gcc", "x86_64-w64-mingw32-windres")
    wheels.refuse_other_python()
    found = wheels.needed(wheels.read(wheels.fetch("windows", offline)), markers.WINDOWS)
    official = BUILD / "windows" / "python"
    windows_python.unpack(windows_python.fetch(offline), official)
    windows_python.check_signatures(official)
    runtime = WINDOWS_FOLDER / "runtime"
    library = runtime / "lib"
    with step("laying out the Windows folder"):
        shutil.rmtree(WINDOWS_FOLDER, ignore_errors=True)
        windows_python.lay_runtime(official, runtime)
        stage = BUILD / "windows" / "unpacked"
        shutil.rmtree(stage, ignore_errors=True)
        for one in found:
            wheels.unpack(one.path, stage)
        bill.write_licences(WINDOWS_FOLDER / "licences", found, stage, windows_python.VERSION, official / "LICENSE.txt")
        _take(stage, library)
        wheel.stage(BUILD / "windows" / "stage")
        shutil.copytree(BUILD / "windows" / "stage", library, dirs_exist_ok=True)
    with step("compiling its modules"):
        _compile(library)
    with step("compiling the launchers"):
        for name, is_window in LAUNCHERS.items():
            _launcher(name, is_window)
            if sign:
                sign_file(sign, WINDOWS_FOLDER / name)
    product.set_times(WINDOWS_FOLDER)


def sign_file(command: str, file: Path) -> None:
    """Have a file signed by the command of `--sign`, which is given its path."""
    import shlex

    run([*shlex.split(command), file])


def _take(stage: Path, library: Path) -> None:
    """Copy what the program needs of the unpacked wheels."""
    qt = stage / "PySide6"
    wanted_qt = _qt_closure(stage)
    for path in sorted(stage.rglob("*")):
        if not path.is_file():
            continue
        name = path.relative_to(stage).as_posix()
        if qt in path.parents:
            if path not in wanted_qt:
                continue
        elif not trimming.keeps(name):
            continue
        target = library / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)


def _qt_closure(stage: Path) -> set[Path]:
    """The files of PySide6 that are wanted: its modules, their plugins, and every library these load."""
    qt = stage / "PySide6"
    libraries = {path.name.lower(): path for path in [*qt.glob("*.dll"), *(stage / "shiboken6").glob("*.dll")]}
    roots = [qt / f"{name}.pyd" for name in trimming.qt_modules()]
    roots += [path for pattern in PLUGINS for path in (qt / "plugins").glob(pattern)]
    wanted: set[Path] = set()
    waiting = list(roots)
    while waiting:
        path = waiting.pop()
        if path in wanted:
            continue
        if not path.exists():
            raise Refusal(f"PySide6 has no {path.name}.")
        wanted.add(path)
        waiting += [libraries[name] for name in pe.read(path).all_wanted if name in libraries]
    wanted.update(qt.glob("*.py"))
    wanted.update(path for path in (qt / "support").rglob("*") if path.suffix == ".py")
    wanted.update(qt / "translations" / f"{name}.qm" for name in trimming.TRANSLATIONS)
    return wanted


def _compile(library: Path) -> None:
    """Compile every module in its place and remove its source; migrations stay, Alembic reads them as they are.

    In a process of its own, which knows nothing of this one: what is written may depend on what is in memory.
    """
    script = (
        "import py_compile, sys\n"
        "for line in sys.stdin.read().splitlines():\n"
        "    py_compile.compile(line, line + 'c', dfile=line, doraise=True, quiet=1, optimize=0,\n"
        "        invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)\n"
    )
    sources = [path.relative_to(library).as_posix() for path in _modules(library)]
    done = subprocess.run(
        [sys.executable, "-I", "-W", "ignore", "-c", script],
        input="\n".join(sources),
        text=True,
        cwd=library,
        env=product.environment(),
        check=False,
        capture_output=True,
    )
    if done.returncode:
        raise Refusal(f"a module does not compile:\n{done.stderr}")
    for source in sources:
        (library / source).unlink()


def _modules(library: Path) -> Iterator[Path]:
    for path in sorted(library.rglob("*.py")):
        if not trimming.stays_source(path.relative_to(library).as_posix()):
            yield path


def _launcher(name: str, is_window: bool) -> None:
    place = BUILD / "windows" / "launcher"
    place.mkdir(parents=True, exist_ok=True)
    for file in ("launcher.c", "launcher.rc", "launcher.manifest", "charte.ico"):
        shutil.copyfile(OUR_FILES / file, place / file)
    version = product.version()
    resource = place / f"{name}.res"
    facts: Iterable[str] = (
        f"-DVERSION_NUMBERS={version.replace('.', ',')},0",
        f'-DVERSION_WORDS=\\"{version}\\"',
        f'-DPROGRAM_NAME=\\"{name}\\"',
    )
    environment = product.environment()
    run(
        ["x86_64-w64-mingw32-windres", *facts, "-c", "65001", "launcher.rc", "-O", "coff", "-o", resource],
        folder=place,
        environment=environment,
    )
    hardened = "-Wl,--dynamicbase,--nxcompat,--high-entropy-va,--no-insert-timestamp"
    kind = ["-mwindows", "-DWINDOW"] if is_window else ["-mconsole"]
    run(
        [
            *("x86_64-w64-mingw32-gcc", "-O2", "-s", "-Wall", "-Wextra", "-Werror", "-municode", *kind, hardened),
            *("launcher.c", resource, "-lshell32", "-o", WINDOWS_FOLDER / name),
        ],
        folder=place,
        environment=environment,
    )
    os.chmod(WINDOWS_FOLDER / name, 0o644)  # noqa: PTH101
