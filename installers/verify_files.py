"""What can be seen of the files themselves: nothing missing, nothing too much, no trace of the building."""

import json
from collections.abc import Iterator
from pathlib import Path

from installers import elf, linux_folder, pe, product, trimming
from installers.checks import Table, expect
from installers.product import DIST, LINUX_FOLDER, OUR_FILES, WINDOWS_FOLDER
from installers.tools import find, install_line, run

CEILINGS = {
    "Linux folder": 225_000_000,
    "Debian package": 75_000_000,
    "Windows folder": 175_000_000,
    "Windows installer": 45_000_000,
}
"""Bytes; what goes over was let in by mistake, or on purpose and then this changes too."""

_WINDOWS_ITSELF = frozenset(
    f"{name}.dll"
    for name in (
        "advapi32 authz avrt bcrypt bcryptprimitives cfgmgr32 combase comctl32 comdlg32 crypt32 d2d1 d3d11 "
        "d3d12 d3d9 d3dcompiler_47 dbghelp dcomp dnsapi dwmapi dwrite dxgi gdi32 gdiplus icuin icuuc imm32 "
        "iphlpapi kernel32 kernelbase mpr mscms msi msvcrt ncrypt netapi32 normaliz ntdll ole32 oleacc "
        "oleaut32 opengl32 powrprof propsys psapi rpcrt4 secur32 setupapi shcore shell32 shlwapi ucrtbase "
        "uiautomationcore user32 userenv usp10 uxtheme version wevtapi winhttp wininet winmm winspool ws2_32 "
        "wtsapi32"
    ).split()
) | {"winspool.drv"}
"""Libraries that every Windows 10 since 1903 has. The runtime of Visual C++ is not among them: it is brought along."""


def check(table: Table, systems: set[str]) -> None:
    """Sizes, libraries, licences, traces."""
    with table.about("files"):
        if "windows" in systems:
            table.check("every library that a Windows file asks for", _windows_libraries)
            table.check("64-bit Intel, every Windows file", _machines)
            table.check("checksum of the Windows installer", _installer_checksum)
            table.check("only compiled modules for Windows", lambda: _compiled(WINDOWS_FOLDER))
            table.check("no trace of this machine in the Windows folder", lambda: _no_trace(WINDOWS_FOLDER))
            table.check("licences and SBOM, Windows", lambda: _bill("windows", WINDOWS_FOLDER))
            table.check("size of the Windows folder", lambda: _size("Windows folder", WINDOWS_FOLDER))
            setup = DIST / product.setup_name()
            _size_unless_fast(table, "windows", "Windows installer", setup)
        if "linux" in systems:
            table.check("every library that a Linux file asks for", _linux_libraries)
            table.check("no trace of this machine in the Linux folder", lambda: _no_trace(LINUX_FOLDER))
            table.check("licences and SBOM, Linux", lambda: _bill("linux", LINUX_FOLDER))
            table.check("size of the Linux folder", lambda: _size("Linux folder", LINUX_FOLDER))
            package = DIST / product.deb_name()
            _size_unless_fast(table, "linux", "Debian package", package)
            if find("desktop-file-validate") is None:
                table.skip("desktop entry", install_line(["desktop-file-validate"]))
            else:
                table.check("desktop entry", _desktop_entry)


def _pe_files() -> Iterator[Path]:
    for path in sorted(WINDOWS_FOLDER.rglob("*")):
        if path.is_file() and pe.is_pe(path):
            yield path


def _windows_libraries() -> str:
    files = list(_pe_files())
    inside = {path.name.lower() for path in files}
    missing = {}
    for path in files:
        wanted = pe.read(path).all_wanted - inside - _WINDOWS_ITSELF
        unknown = {name for name in wanted if not name.startswith(("api-ms-win-", "ext-ms-win-"))}
        if unknown:
            missing[path.name] = sorted(unknown)
    expect(not missing, f"asked for and nowhere: {missing}")
    return f"{len(files)} files, none unresolved"


def _machines() -> str:
    odd = [path.name for path in _pe_files() if pe.read(path).machine != 0x8664]
    expect(not odd, f"not 64-bit Intel: {odd}")
    return "all"


def _installer_checksum() -> str:
    data = (DIST / product.setup_name()).read_bytes()
    expect(pe.checksum(data) == pe.stored_checksum(data), "the checksum in its header is wrong")
    return f"{pe.checksum(data):#010x}"


def _compiled(folder: Path) -> str:
    sources = [path.relative_to(folder).as_posix() for path in folder.rglob("*.py")]
    odd = [name for name in sources if not trimming.stays_source(name)]
    expect(not odd, f"shipped as source: {odd[:5]}")
    expect(not list(folder.rglob("__pycache__")), "shipped with __pycache__")
    return f"{sum(1 for _ in folder.rglob('*.pyc'))} modules; sources: {len(sources)} migrations"


def _no_trace(folder: Path) -> str:
    marks = [str(product.ROOT).encode()]
    marked = [
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink() and any(mark in path.read_bytes() for mark in marks)
    ]
    expect(not marked, f"the path of the build is in {marked[:5]}")
    return "none"


def _linux_libraries() -> str:
    outside = linux_folder.outside_libraries(LINUX_FOLDER)
    glibc = linux_folder.glibc(linux_folder.libraries(LINUX_FOLDER).values())
    strange = [path.name for path in LINUX_FOLDER.rglob("*.so*") if not path.is_symlink() and not elf.is_elf(path)]
    expect(not strange, f"no libraries: {strange}")
    return f"glibc {glibc}; of the system: {', '.join(sorted(outside))}"


def _bill(system: str, folder: Path) -> str:
    base = f"{product.COMMAND}-{product.version()}-{system}"
    document = json.loads((DIST / f"{base}.cdx.json").read_text(encoding="utf-8"))
    components = document["components"]
    references = [one["bom-ref"] for one in components]
    expect(document["bomFormat"] == "CycloneDX" and document["specVersion"] == "1.5", "no CycloneDX 1.5")
    expect(len(set(references)) == len(references) > 0, "components without a name of their own")
    expect(all(one["licenses"] for one in components), "a component without a licence")
    listed = (DIST / f"{base}-licences.txt").read_text(encoding="utf-8")
    expect(all(one["name"] in listed for one in components), "the list and the SBOM differ")
    texts = [path for path in (folder / "licences").rglob("*") if path.is_file()]
    expect(len(texts) >= len(components) // 2, "licence texts are missing")
    return f"{len(components)} components, {len(texts)} texts"


def _size_unless_fast(table: Table, system: str, name: str, path: Path) -> None:
    if product.is_fast(system):
        table.skip(f"size of the {name}", "built with --fast")
    else:
        table.check(f"size of the {name}", lambda: _size(name, path))


def _size(name: str, path: Path) -> str:
    size = product.size(path)
    expect(size <= CEILINGS[name], f"{size / 1e6:.1f} MB, more than {CEILINGS[name] / 1e6:.0f}")
    return f"{size / 1e6:.1f} MB (at most {CEILINGS[name] / 1e6:.0f})"


def _desktop_entry() -> str:
    run(["desktop-file-validate", OUR_FILES / "charte-desktop.desktop"])
    return "valid"
