"""The Linux folder as a Debian package, and as an archive for other systems."""

import lzma
import re
import shutil
import tarfile
from pathlib import Path

from installers import linux_folder, product
from installers.product import BUILD, DIST, LINUX_FOLDER, OUR_FILES
from installers.tools import need, run, step

PLACE = f"opt/{product.COMMAND}"
MAINTAINER = "CCI Île de la Réunion <numerique@reunion.cci.fr>"
_ALWAYS = ("fontconfig", "fonts-dejavu-core")
"""Without a font every letter is an empty box, and nothing says so."""
_RECOMMENDED = ("libwayland-cursor0", "libwayland-egl1", "libcups2", "shared-mime-info", "desktop-file-utils")
_GLIBC = re.compile(r"lib(c|m|dl|pthread|rt|resolv|util)\.so\.\d+$|ld-linux")


def build(fast: bool) -> Path:
    """Make the package and the archive in dist/; `fast` compresses less. Returns the package."""
    need("dpkg-deb", "dpkg", "ldconfig")
    product.clear_dist(f"{product.COMMAND}_*.deb", f"{product.COMMAND}-*-linux-x86_64.tar.*")
    tree = BUILD / "deb"
    package = DIST / product.deb_name()
    with step(f"packing {package.name}"):
        _lay(tree)
        squeeze = ["-Zzstd", "-z3"] if fast else ["-Zxz", "-z6"]
        run(["dpkg-deb", "--root-owner-group", *squeeze, "--build", tree, package], environment=product.environment())
    with step(f"packing {product.archive_name()}"):
        _archive(DIST / product.archive_name(), 0 if fast else 6)
    return package


def _lay(tree: Path) -> None:
    """The files of the package where they are installed."""
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(LINUX_FOLDER, tree / PLACE, symlinks=True)
    places = {
        "charte-desktop.desktop": "usr/share/applications/charte-desktop.desktop",
        "charte-desktop.xml": "usr/share/mime/packages/charte-desktop.xml",
        "charte.png": "usr/share/icons/hicolor/256x256/apps/charte-desktop.png",
    }
    for name, place in places.items():
        target = tree / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(OUR_FILES / name, target)
    link = tree / "usr/bin" / product.COMMAND
    link.parent.mkdir(parents=True)
    link.symlink_to(f"/{PLACE}/{product.COMMAND}")
    drawing = tree / "usr/share/icons/hicolor/scalable/apps/charte-desktop.svg"
    drawing.parent.mkdir(parents=True)
    shutil.copyfile(product.ROOT / "resources/icons/application.svg", drawing)
    legal = tree / "usr/share/doc" / product.COMMAND / "copyright"
    legal.parent.mkdir(parents=True)
    legal.write_text(f"The licences of what is inside: /{PLACE}/licences\n", encoding="utf-8")
    control = tree / "DEBIAN"
    control.mkdir()
    (control / "control").write_text(_control(tree), encoding="utf-8")
    (control / "md5sums").write_text(_md5sums(tree), encoding="utf-8")
    for path in tree.rglob("*"):
        if not path.is_symlink():
            runs = path.is_dir() or (path.name == product.COMMAND and path.parent == tree / PLACE)
            path.chmod(0o755 if runs else 0o644)
    product.set_times(tree)


def _control(tree: Path) -> str:
    fields = {
        "Package": product.COMMAND,
        "Version": product.version(),
        "Architecture": "amd64",
        "Maintainer": MAINTAINER,
        "Installed-Size": str(-(-product.size(tree) // 1024)),
        "Depends": ", ".join(depends()),
        "Recommends": ", ".join(_RECOMMENDED),
        "Section": "office",
        "Priority": "optional",
        "Description": f"{product.SUMMARY}\n"
        " Registre, fiches annuaire, signature de la charte, projets : sur un poste,\n"
        " sans réseau, dans une base chiffrée.",
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items())


def depends() -> list[str]:
    """The packages of Debian that bring what the folder asks of the system, and what it draws with."""
    outside = linux_folder.outside_libraries(LINUX_FOLDER) - linux_folder.optional_libraries(LINUX_FOLDER)
    packages = {linux_folder.package_of(name) for name in outside if not _GLIBC.match(name)}
    glibc = linux_folder.glibc(linux_folder.libraries(LINUX_FOLDER).values())
    return sorted({f"libc6 (>= {glibc})", *_ALWAYS, *packages})


def _md5sums(tree: Path) -> str:
    from hashlib import md5

    lines = [
        f"{md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  {path.relative_to(tree).as_posix()}\n"
        for path in sorted(tree.rglob("*"))
        if path.is_file() and not path.is_symlink() and "DEBIAN" not in path.parts
    ]
    return "".join(lines)


def _archive(file: Path, level: int) -> None:
    """The folder as .tar.xz: names in order, one owner, one time."""

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = "root"
        entry.mtime = product.build_time()
        return entry

    with lzma.open(file, "w", preset=level) as packed, tarfile.open(fileobj=packed, mode="w") as archive:
        for path in [LINUX_FOLDER, *sorted(LINUX_FOLDER.rglob("*"))]:
            name = f"{product.COMMAND}-{product.version()}/{path.relative_to(LINUX_FOLDER).as_posix()}"
            archive.add(path, name.removesuffix("/."), recursive=False, filter=plain)
