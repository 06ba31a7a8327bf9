"""The rights of somebody who is not the administrator."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def ordinary_user() -> Iterator[Path]:
    """A folder of an ordinary user, and that user's rights: the administrator may write everywhere."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        administrator = os.geteuid() == 0
        if administrator:
            os.chown(folder, 65534, 65534)
            os.seteuid(65534)
        try:
            yield folder
        finally:
            if administrator:
                os.seteuid(0)
