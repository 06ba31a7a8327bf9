"""Reading and writing the user's own files, with a sentence when the disk refuses."""

from pathlib import Path

from charte_desktop.errors import UserError
from charte_desktop.result_file import ResultFile


def read_file(file: Path) -> bytes:
    """The bytes of a file that the user named."""
    try:
        return file.read_bytes()
    except OSError as fault:
        raise UserError(
            f"« {file} » ne peut pas être lu : vérifiez qu'il existe encore et qu'il n'est pas ouvert ailleurs."
        ) from fault


def write_file(file: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    with ResultFile(file) as result:
        result.write(content)
