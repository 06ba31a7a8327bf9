"""Everything of Windows, in its order."""

from installers import bill, markers, product, wheels, windows_folder, windows_python, windows_setup


def build(*, offline: bool, fast: bool, sign: str) -> None:
    """The folder, the installer, their bill of materials and the sums."""
    windows_folder.build(offline, sign)
    windows_setup.build(fast, sign)
    product.mark_fast("windows", fast)
    bill.write("windows", components())
    product.write_sums()


def components() -> list[bill.Component]:
    """What of others is inside: packages of PyPI, the interpreter with its libraries, Microsoft's runtime."""
    found = wheels.needed(wheels.read(wheels.fetch("windows", offline=True)), markers.WINDOWS)
    python = windows_python.VERSION
    source = {
        "from": f"{windows_python.PACKAGE} {windows_python.PACKAGE_VERSION}",
        "signed by": "Python Software Foundation",
    }
    return [
        *bill.of_wheels(found),
        *bill.of_resources(),
        bill.Component(
            "CPython",
            python,
            "PSF-2.0",
            f"pkg:generic/cpython@{python}?os=windows",
            windows_python.PACKAGE_SHA256,
            source,
        ),
        *(
            bill.Component(name, version, licence, f"pkg:generic/{name.lower()}@{version}", notes=_IN_PYTHON)
            for name, version, licence in windows_python.INSIDE
        ),
        bill.Component(
            "Microsoft Visual C++ runtime",
            "14",
            "Microsoft Visual Studio redistributable",
            "pkg:generic/vcruntime@14",
            notes={"files": "vcruntime140.dll, msvcp140.dll …"},
        ),
    ]


_IN_PYTHON = {"part of": "CPython"}
