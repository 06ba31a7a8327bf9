"""Builds everything twice from nothing but the packages that were fetched, and compares. Takes half an hour.

.venv/bin/python -m installers.reproducible
"""

import shutil
import sys

from installers import linux, product, windows
from installers.product import DIST, LINUX_FOLDER, WINDOWS_FOLDER
from installers.tools import Refusal, say


def main() -> int:
    """0 when both builds are the same to the byte, else 1 with the files that differ."""
    try:
        first, second = _built(), _built()
    except Refusal as refusal:
        print(f"error: {refusal}", file=sys.stderr)
        return 1
    differ = sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))
    for name in sorted(first):
        print(f"{'differs' if name in differ else 'same   '}  {first[name]}  {name}")
    say("not the same" if differ else "the same, twice")
    return bool(differ)


def _built() -> dict[str, str]:
    shutil.rmtree(product.BUILD, ignore_errors=True)
    linux.build(offline=False, fast=False)
    windows.build(offline=False, fast=False, sign="")
    sums = {path.name: product.sha256(path) for path in DIST.iterdir() if path.is_file()}
    return {
        **sums,
        "Linux folder": product.tree_sha256(LINUX_FOLDER),
        "Windows folder": product.tree_sha256(WINDOWS_FOLDER),
    }


if __name__ == "__main__":
    sys.exit(main())
