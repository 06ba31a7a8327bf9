"""Whether everything that the program is made of is there: its files, its modules, what these ask of others."""

import dis
import importlib
import pkgutil
import sys
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from types import CodeType

import charte_desktop
from charte_desktop import paths
from charte_desktop.self_test.trials import Failure, is_installed

_OF_ANOTHER_SYSTEM = {"_winapi", "fcntl", "grp", "msvcrt", "pwd", "resource", "termios", "winreg", "winsound"}
"""Modules of Python that are there on one system only."""


def interpreter(_: Path) -> str:
    """The interpreter is the one that the program was tried with, and its shared objects cannot die."""
    from charte_desktop.ui import immortals

    if sys.version_info < (3, 11) or sys.maxsize < 2**32:
        raise Failure(f"Python 3.11 ou plus récent, en 64 bits, est attendu ; c'est {sys.version}")
    immortals.keep()
    uses = sys.getrefcount(None)
    if sys.version_info < (3, 12) and uses < 1 << 32:
        raise Failure(f"None n'a que {uses} références : PySide6 arrêterait le programme après quelques minutes")
    return f"Python {sys.version.split()[0]}, {'installé' if is_installed() else 'dépôt'}"


def files(_: Path) -> str:
    """Each file that is not a module is there, as it was packed."""
    if not is_installed():
        return "dépôt : pas de liste"
    listed = _listed()
    wrong = [
        name
        for name, sum_of_file in listed.items()
        if sum_of_file != "module" and _sum(paths.package() / name) != sum_of_file
    ]
    if wrong:
        raise Failure(
            f"{len(wrong)} fichiers manquent ou ont changé : {', '.join(wrong[:5])}. Réinstallez le programme."
        )
    return f"{sum(kind != 'module' for kind in listed.values())} fichiers"


def modules(_: Path) -> str:
    """Every module of the program can be imported."""
    names = module_names()
    for name in names:
        importlib.import_module(name)
    return f"{len(names)} modules"


def imports(_: Path) -> str:
    """Every module that any line of the program imports, be it inside a function, is there."""
    wanted: set[str] = set()
    for name in module_names():
        spec = find_spec(name)
        assert spec is not None
        assert spec.loader is not None
        code = spec.loader.get_code(name)  # type: ignore[attr-defined]  # every loader of modules has it
        wanted |= set(_imported(code))
    missing = []
    for name in sorted(wanted):
        try:
            importlib.import_module(name)
        except ImportError as fault:
            if name.partition(".")[0] not in _OF_ANOTHER_SYSTEM:
                missing.append(f"{name} ({fault})")
    if missing:
        raise Failure(f"{len(missing)} modules manquent : {', '.join(missing)}")
    return f"{len(wanted)} modules"


def module_names() -> list[str]:
    """The modules of the program: those its installer listed, or those that lie in the checkout."""
    if is_installed():
        files = [Path(name) for name, kind in _listed().items() if kind == "module"]
        names = [".".join(("charte_desktop", *file.with_suffix("").parts)) for file in files]
    else:
        walked = pkgutil.walk_packages(charte_desktop.__path__, "charte_desktop.")
        names = [one.name for one in walked]
    return sorted(
        name.removesuffix(".__init__")
        for name in names
        # Running it ends the process; migrations only run under Alembic.
        if not name.endswith("__main__") and ".migrations." not in name
    )


def _listed() -> dict[str, str]:
    lines = paths.contents().read_text(encoding="utf-8").splitlines()
    return {name: kind for kind, name in (line.split("  ", 1) for line in lines)}


def _sum(file: Path) -> str:
    try:
        return sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""


def _imported(code: CodeType) -> list[str]:
    """The names after `import` and `from`, in a code and in all those inside it."""
    found = []
    before: list[object] = []
    for instruction in dis.get_instructions(code):
        if instruction.opname == "IMPORT_NAME":
            level = before[-2] if len(before) > 1 else 0
            if not level:
                found.append(str(instruction.argval))
        before.append(instruction.argval)
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            found += _imported(constant)
    return found
