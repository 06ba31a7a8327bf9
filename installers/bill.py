"""What is inside, whose it is and under which terms: texts that go with the program, a list to read, an SBOM."""

import json
import re
import shutil
import uuid
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from installers import product, trimming
from installers.product import DIST, OUR_FILES
from installers.wheels import Wheel, plain

_TEXTS = re.compile(r"(^|/)(licen[cs]es?|copying|notice|authors|copyright)[^/]*(/|$)", re.IGNORECASE)

_KNOWN = (
    ("LGPL-3.0", ("LGPLv3", "LGPL-3.0", "Lesser General Public License v3")),
    ("LGPL-2.1-or-later", ("LGPL-2.1", "LGPLv2", "Lesser General Public License v2", "LGPL")),
    ("MPL-2.0", ("MPL-2.0", "Mozilla Public License 2.0")),
    ("Apache-2.0", ("Apache",)),
    ("MIT", ("MIT",)),
    ("BSD-3-Clause", ("BSD",)),
    ("PSF-2.0", ("Python Software Foundation", "PSF")),
    ("ISC", ("ISC",)),
    ("Unlicense", ("Unlicense", "Public Domain")),
    ("Zlib", ("zlib",)),
)
"""For packages that name their licence in their own words."""
_UNSTATED = {"sqlcipher3": "Zlib AND BSD-3-Clause AND Apache-2.0"}
"""For packages that only have its text: of the binding, of SQLCipher, of its OpenSSL."""


@dataclass(frozen=True)
class Component:
    """One thing of others that is inside."""

    name: str
    version: str
    licence: str
    address: str
    """Its package URL: `pkg:pypi/reportlab@5.1.0`."""
    sha256: str = ""
    notes: dict[str, str] = field(default_factory=dict)


def of_resources() -> list[Component]:
    """The entries of what the program itself ships of others: its resources hold the texts of their licences."""
    return [Component(name, "resources", licence, f"pkg:generic/{plain(name)}") for name, licence in _RESOURCES]


_RESOURCES = (
    ("Noto Sans", "OFL-1.1"),
    ("Droid Sans Fallback", "Apache-2.0"),
    ("Symbola", "stated in resources/fonts"),
    ("Lucide", "ISC"),
    ("INSEE and La Poste", "etalab-2.0"),
)


def of_wheels(found: Sequence[Wheel]) -> list[Component]:
    """The entries of the packages of which something is shipped."""
    return [of_wheel(one) for one in found if _is_shipped(one)]


def _is_shipped(wheel: Wheel) -> bool:
    with zipfile.ZipFile(wheel.path) as archive:
        names = [name for name in archive.namelist() if ".dist-info/" not in name and not name.endswith("/")]
    return any(trimming.keeps(name) for name in names)


def of_wheel(wheel: Wheel) -> Component:
    """The entry of a package."""
    return Component(
        wheel.name,
        wheel.version,
        licence_of(wheel),
        f"pkg:pypi/{plain(wheel.name)}@{wheel.version}",
        product.sha256(wheel.path),
        {"file": wheel.path.name},
    )


def licence_of(wheel: Wheel) -> str:
    """The licence a package states: an SPDX expression when it gives one, else the one its words mean."""
    stated = wheel.about.get("License-Expression") or _UNSTATED.get(plain(wheel.name))
    if stated:
        return str(stated)
    words = [str(one) for one in wheel.about.get_all("Classifier") or [] if str(one).startswith("License")]
    words.append((wheel.about.get("License") or "").strip().split("\n")[0][:80])
    for identifier, marks in _KNOWN:
        if any(mark.lower() in word.lower() for mark in marks for word in words):
            return identifier
    raise ValueError(f"{wheel.name} states no licence that is known: {words}")


def write_licences(
    folder: Path, found: Sequence[Wheel], unpacked: Path, python: str, python_licence: Path | None
) -> None:
    """Put the texts of every licence into `folder`, one folder a package."""
    shutil.rmtree(folder, ignore_errors=True)
    for wheel in found:
        place = folder / f"{plain(wheel.name)}-{wheel.version}"
        texts = _texts_of(wheel, unpacked)
        for text in texts:
            target = place / re.sub(r"[^\w.-]+", "_", text.relative_to(unpacked).as_posix().split("/", 1)[1])
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(text, target)
        if not texts:
            place.mkdir(parents=True)
            (place / "licence.txt").write_text(licence_of(wheel) + "\n", encoding="utf-8")
    if python_licence is not None:
        (folder / f"cpython-{python}").mkdir(parents=True)
        shutil.copyfile(python_licence, folder / f"cpython-{python}" / "LICENSE.txt")
    shutil.copytree(OUR_FILES / "licences", folder, dirs_exist_ok=True)
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)


def _texts_of(wheel: Wheel, unpacked: Path) -> list[Path]:
    about = next(
        path
        for path in unpacked.glob("*.dist-info")
        if plain(path.name.removesuffix(".dist-info").rpartition("-")[0]) == plain(wheel.name)
    )
    inside = [path for path in about.rglob("*") if path.is_file()]
    return sorted(path for path in inside if _TEXTS.search(path.relative_to(about).as_posix()))


def write(system: str, components: Sequence[Component]) -> None:
    """Write the list and the SBOM of what was built for `system` into dist/."""
    ordered = sorted(components, key=lambda one: (one.name.lower(), one.version))
    base = f"{product.COMMAND}-{product.version()}-{system}"
    widths = [max(len(getattr(one, name)) for one in ordered) for name in ("name", "version")]
    lines = [f"{one.name:<{widths[0]}}  {one.version:<{widths[1]}}  {one.licence}\n" for one in ordered]
    head = f"{product.NAME} {product.version()}, {system}: {len(ordered)} packages of others.\n"
    head += "The text of each licence is in the folder `licences` of the installed program.\n\n"
    (DIST / f"{base}-licences.txt").write_text(head + "".join(lines), encoding="utf-8", newline="\n")
    document = json.dumps(sbom(system, ordered), ensure_ascii=False, indent=1) + "\n"
    (DIST / f"{base}.cdx.json").write_text(document, encoding="utf-8", newline="\n")


def sbom(system: str, components: Sequence[Component]) -> dict[str, Any]:
    """A bill of materials in the format CycloneDX 1.5."""
    ourselves = f"pkg:generic/{product.COMMAND}@{product.version()}?os={system}"
    listed = [_entry(one) for one in components]
    content = json.dumps(listed, sort_keys=True)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, ourselves + content)}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(product.build_time(), UTC).isoformat(),
            "component": {
                "type": "application",
                "bom-ref": ourselves,
                "name": product.NAME,
                "version": product.version(),
                "publisher": product.PUBLISHER,
                "purl": ourselves,
            },
        },
        "components": listed,
        "dependencies": [{"ref": ourselves, "dependsOn": [one["bom-ref"] for one in listed]}],
    }


def _entry(one: Component) -> dict[str, Any]:
    is_expression = " " in one.licence
    entry: dict[str, Any] = {
        "type": "library",
        "bom-ref": one.address,
        "name": one.name,
        "version": one.version,
        "purl": one.address,
        "licenses": [{"expression": one.licence} if is_expression else {"license": _licence(one.licence)}],
    }
    if one.sha256:
        entry["hashes"] = [{"alg": "SHA-256", "content": one.sha256}]
    if one.notes:
        entry["properties"] = [{"name": f"charte:{name}", "value": value} for name, value in sorted(one.notes.items())]
    return entry


def _licence(stated: str) -> dict[str, str]:
    is_identifier = re.fullmatch(r"[A-Za-z0-9.+-]+", stated)
    return {"id": stated} if is_identifier else {"name": stated}
