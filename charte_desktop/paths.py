"""Where the program finds its own files, and where it keeps the user's."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _shipped(folder: str) -> Path:
    """A checkout keeps `folder` beside the package; a wheel and a frozen program keep it inside."""
    inside = _PACKAGE / folder
    return inside if inside.is_dir() else _PACKAGE.parent / folder


def resources() -> Path:
    """The folder of what is shipped: reference lists, charter text, fonts, icons, style sheet."""
    return _shipped("resources")


def forms() -> Path:
    """The folder of the Designer files."""
    return _shipped("forms")


def guide() -> Path:
    """The guide that F1 shows, with its pictures beside it."""
    return _shipped("docs") / "guide.md"


def stored_bases() -> Path:
    """One base for each schema that was ever released, by which a self-test tries the migrations."""
    inside = _PACKAGE / "bases"
    return inside if inside.is_dir() else _PACKAGE.parent / "tests" / "data" / "bases"


def contents() -> Path:
    """The list of the program's own files that an installer leaves beside them; a checkout has none."""
    return _PACKAGE / "contents.txt"


def package() -> Path:
    """The folder of the program itself, from which `contents` names its files."""
    return _PACKAGE


def user_data() -> Path:
    """The folder of the user's base when the command line names none."""
    from platformdirs import user_data_path

    return user_data_path("Charte Desktop", appauthor="CCI Reunion")
