"""Pictures to look at: each tab in light and dark colours and at 200 %, and the pages of a directory sheet.

python .ci/screenshots.py DEMONSTRATION FOLDER    DEMONSTRATION as `charte-desktop demo` made it
"""

import subprocess
import sys
from pathlib import Path

from charte_desktop.demonstration.base import LIST_NAME
from charte_desktop.store.database import Database
from charte_desktop.ui.pictures import draw_pictures


def main(demonstration: Path, folder: Path) -> None:
    """Draw everything into `folder`, and say where."""
    database = Database.open(demonstration / "base")
    draw_pictures(database, folder / "clair", import_list=demonstration / LIST_NAME)
    draw_pictures(database, folder / "sombre", dark=True)
    draw_pictures(database, folder / "200-pour-cent", scale=2.0)
    database.close()
    sheet = str(demonstration / "annuaire.pdf")
    subprocess.run(["pdftoppm", "-r", "100", "-png", sheet, str(folder / "fiche-annuaire")], check=True)
    page = str(folder / "clair" / "fiche-annuaire")
    subprocess.run(["pdftoppm", "-r", "70", "-png", "-singlefile", sheet, page], check=True)
    print(f"{len(list(folder.rglob('*.png')))} pictures in {folder}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
