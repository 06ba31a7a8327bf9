"""A verification as the window shows it."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from charte_desktop.ui import icons

if TYPE_CHECKING:
    from charte_desktop.documents.verification import Verification

_SIGNS = {
    "intact_known": ("shield-check", "done"),
    "intact_unknown": ("circle-help", "warning"),
    "changed": ("triangle-alert", "error"),
    "foreign": ("info", "muted"),
    "unreadable": ("circle-x", "error"),
}


def show_sign(label: QLabel, judged: "Verification", side: int = 28) -> None:
    """The sign of a verdict: its shape tells it, and not its colour alone."""
    label.setPixmap(icons.icon(*_SIGNS[judged.verdict.value]).pixmap(side, side))


def details(judged: "Verification") -> str:
    """What the sealed part says, line by line; empty when nothing of it can be believed."""
    from charte_desktop.documents.verdict_words import moment, words
    from charte_desktop.documents.verification import grouped
    from charte_desktop.model.display import show_siren

    evidence = judged.evidence
    if evidence is None:
        return ""
    said = words().details
    lines = [
        (said["provider"], evidence.provider),
        (said["siren"], show_siren(evidence.siren)),
        (said["signer"], evidence.signer),
        (said["signed_at"], moment(evidence.signed_at) if evidence.signed_at else ""),
        (said["sealed_at"], moment(judged.sealed_at) if judged.sealed_at else ""),
        (said["fingerprint"], evidence.fingerprint),
        (said["charter_version"], grouped(evidence.charter_version)),
        (said["workstation"], judged.certificate_name),
        (said["certificate"], grouped(judged.certificate_fingerprint)),
    ]
    lines += [
        (said["time_stamp"], said["time_stamp_value"].format(moment=moment(one.at), service=one.service))
        for one in judged.time_stamps
    ]
    return "\n".join(f"{label} : {value}" for label, value in lines if value)
