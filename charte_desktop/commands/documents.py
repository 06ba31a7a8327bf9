"""Sealed documents, judged."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from charte_desktop.commands.answer import DONE, REFUSED, Answer
from charte_desktop.commands.opened_base import folder_of, opened
from charte_desktop.errors import UserError

if TYPE_CHECKING:
    from charte_desktop.documents.verification import Verification


def verify(options: argparse.Namespace) -> Answer:
    """The verdict on a PDF. Done: unchanged since its seal; refused: anything else, with its sentence.

    The workstations known are those of the base; without one, a seal that holds is that of an unknown workstation.
    """
    from charte_desktop.documents import verification

    content = _content(options.file)
    known, roots = _certificates(options)
    judged = verification.verify(content, known, roots)
    result = {
        "verdict": judged.verdict.value,
        "message": judged.message,
        "fingerprint": judged.fingerprint,
        "signed_at": judged.signed_at.isoformat() if judged.signed_at else None,
        "provider": judged.provider,
        "charter_version": judged.charter_version,
        "changes": list(judged.changes),
        "sealed_at": judged.sealed_at.isoformat() if judged.sealed_at else None,
        "certificate": judged.certificate_fingerprint,
        "time_stamps": [one.at.isoformat() for one in judged.time_stamps],
    }
    return Answer(result, _sentence(judged), DONE if _is_intact(judged) else REFUSED)


def _is_intact(judged: "Verification") -> bool:
    return judged.verdict.value in ("intact_known", "intact_unknown")


def _content(file: Path) -> bytes:
    """The bytes of the file; one that is far too large is read as far as it takes to say so."""
    from charte_desktop.documents.verification import LARGEST

    try:
        with file.open("rb") as opened_file:
            return opened_file.read(LARGEST + 1)
    except OSError as fault:
        raise UserError(
            f"« {file} » ne se lit pas : vérifiez son nom, et que vous avez le droit de le lire."
        ) from fault


def _certificates(options: argparse.Namespace) -> tuple[list[bytes], list[bytes]]:
    """The workstations and authorities that the base knows; none where there is no base."""
    from charte_desktop.store.database import Database

    if not Database.exists(folder_of(options)):
        return [], []
    from charte_desktop.store.seal_certificates import SealCertificates

    database = opened(options)
    try:
        certificates = SealCertificates(database)
        return certificates.known(), certificates.roots()
    finally:
        database.close()


def _sentence(judged: "Verification") -> str:
    lines = [judged.heading, judged.message, *judged.changes]
    if judged.evidence is not None:
        lines.append(f"Prestataire : {judged.provider} · empreinte imprimée : {judged.fingerprint}")
    return "\n".join(lines)
