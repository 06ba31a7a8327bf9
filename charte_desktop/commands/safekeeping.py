"""The base as a whole: backed up, put back, checked, shown on invented data."""

import argparse

from charte_desktop.commands.answer import DONE, REFUSED, Answer
from charte_desktop.commands.opened_base import base_of, folder_of, passphrase_of


def back_up(options: argparse.Namespace) -> Answer:
    """A checked copy of the base and its key file."""
    from charte_desktop.store import backup

    with base_of(options) as database:
        made = backup.back_up(database, options.output)
    return Answer({"file": str(made)}, f"Sauvegarde faite et contrôlée : {made}")


def restore(options: argparse.Namespace) -> Answer:
    """Put a backup in place; the base that was there is kept aside."""
    from charte_desktop.store import backup

    folder = folder_of(options)
    aside = backup.restore(folder, options.file, passphrase=passphrase_of(options))
    kept = f" L'ancienne base est gardée dans {aside}." if aside else ""
    return Answer({"folder": str(folder), "kept": str(aside) if aside else None}, f"La sauvegarde est en place.{kept}")


def check(options: argparse.Namespace) -> Answer:
    """What is wrong with the base."""
    from charte_desktop.store import backup

    with base_of(options) as database:
        findings = backup.check(database)
    return Answer(
        {"sound": not findings, "findings": findings},
        "\n".join([*findings, _MEND]) if findings else "La base est saine.",
        REFUSED if findings else DONE,
    )


_MEND = "Restaurez la dernière sauvegarde (commande « restore »), ou appelez l'assistance avec ces lignes."


def demo(options: argparse.Namespace) -> Answer:
    """A demonstration base, its documents, a picture of each tab."""
    from charte_desktop import demonstration

    made = demonstration.show(options.output)
    result = {
        "base": str(made.base),
        "list": str(made.list_file),
        "report": str(made.report),
        "sheet": str(made.sheet),
        "charters": [str(file) for file in made.charters],
        "projects": [str(file) for file in made.projects],
        "companies": [str(one) for one in made.company_papers],
        "pictures": [str(picture) for picture in made.pictures],
    }
    told = [
        f"Base de démonstration : {made.base}",
        f"Liste importée : {made.list_file}",
        f"Rapport d'import : {made.report}",
        f"Fiche annuaire : {made.sheet}",
        *(f"Charte : {file}" for file in made.charters),
        *(f"Projet : {file}" for file in made.projects),
        *(f"Image : {picture}" for picture in made.pictures),
    ]
    return Answer(result, "\n".join(told))
