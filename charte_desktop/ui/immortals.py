"""Keeps None, True and False alive under a Python that counts their uses.

PySide6 6.12 gives back references to them that it does not own: counted on Python 3.11.7, 65 references to None for
one painting of a table, one to True for one signal without arguments. Since Python 3.12 these objects are immortal and
nothing comes of it; before, their count reaches zero after some minutes of work and the interpreter stops with
"none_dealloc: deallocating None". A count that starts high enough never gets there.
"""

import sys

SHARED = (None, True, False, NotImplemented)
_ENOUGH = 1 << 40
"""Uses; at a million a second, twelve days."""


def keep() -> None:
    """Give the shared objects uses that nothing gives back. Needed once; does nothing since Python 3.12."""
    if sys.version_info < (3, 12) and all(sys.getrefcount(one) < _ENOUGH for one in SHARED):
        from ctypes import c_ssize_t

        for one in SHARED:
            # CPython keeps the count of an object in the first word at its address, which is its `id`.
            c_ssize_t.from_address(id(one)).value += _ENOUGH
