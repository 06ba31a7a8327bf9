"""Short lists of providers, as an adviser keeps them."""

from pathlib import Path
from typing import Any

from openpyxl import Workbook


def a_list(path: Path, *rows: tuple[Any, ...]) -> Path:
    """A workbook of `rows` under the usual headers."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(("Raison sociale", "SIREN", "Responsable légal", "Adresse", "E-mail", "Téléphone", "Code APE",
                  "Nombre d'employés", "Prestations", "Charte signée le"))  # fmt: skip
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


SIGNED = ("Kaz'Octets SARL", "002 000 008", "Responsable", "1 rue de l'Exemple 97400 Saint-Denis", "a@kaz.example",
          "0262 00 00 01", "62.01Z", "3", "Création de site internet, RGPD", "12/03/2025")  # fmt: skip
UNSIGNED = ("Lagon Réseau", "002 000 016", "Responsable", "2 rue de l'Exemple 97460 Saint-Paul", "a@lagon.example",
            "0262 00 00 02", "62.02A", "1", "RGPD", None)  # fmt: skip
