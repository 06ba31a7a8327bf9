"""Imports as Python does them, without PySide6's look into each module.

PySide6 6.12 reads the source of every module imported after it, to learn whether it uses PySide6: 50 ms and 20 MB for
SQLAlchemy alone, between the first paint and the first rows. The answer only serves `from __feature__ import`, which is
not used here.
"""

import builtins


def keep() -> None:
    """Import plainly from now on. Does nothing when PySide6 did not change how modules are imported."""
    plain = getattr(builtins, "__orig_import__", None)
    if plain is not None:
        builtins.__import__ = plain
