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


def user_data() -> Path:
    """The folder of the user's base when the command line names none."""
    from platformdirs import user_data_path

    return user_data_path("Charte Desktop", appauthor="CCI Reunion")
