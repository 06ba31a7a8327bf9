"""A document is sealed as a workstation does, found intact, and found changed once a byte is."""

import json
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path

from charte_desktop.self_test.trials import Failure

_AT = datetime(2026, 11, 23, 14, 2, tzinfo=timezone(timedelta(hours=4), "Indian/Reunion"))
_OFFICE = "CCI Île de la Réunion"


def seal(_: Path) -> str:
    """Identity, evidence, seal, verdict: by the same functions as a signature."""
    from charte_desktop.documents import seal as seals
    from charte_desktop.documents.html_verifier import html_verifier
    from charte_desktop.documents.seal_identity import make_identity, signing_request
    from charte_desktop.documents.verification import Verdict, verify

    identity = make_identity(_OFFICE, "K7Q", _AT)
    told = {
        "format": "charte-desktop/preuve/1",
        "kind": "charter",
        "provider": "Piton Web & Cœur",
        "siren": "900000003",
        "charter_version": sha256(b"charte").hexdigest(),
        "signed_at": _AT.isoformat(),
        "signer": "Zoé Élan",
    }
    evidence = json.dumps(told, ensure_ascii=False).encode()
    ready = seals.attach_evidence(_pages(), evidence, title="Charte", author=_OFFICE, subject="Piton Web & Cœur")
    sealed = seals.seal(ready, identity, at=_AT, reason="Scellement", location="Saint-Denis")
    changed = bytearray(sealed)
    changed[len(changed) // 3] ^= 1
    verdicts = [
        verify(sealed, [identity.certificate]).verdict,
        verify(sealed, []).verdict,
        verify(bytes(changed), [identity.certificate]).verdict,
    ]
    if verdicts != [Verdict.INTACT_KNOWN, Verdict.INTACT_UNKNOWN, Verdict.CHANGED]:
        raise Failure(f"les verdicts sont {[one.value for one in verdicts]}")
    if not html_verifier([identity.certificate], _AT.date()) or not signing_request(identity):
        raise Failure("le vérificateur ou la demande de certificat est vide")
    return f"{len(sealed) // 1024} Kio scellés, vérifiés ; un octet changé se voit"


def _pages() -> bytes:
    from charte_desktop.documents.exposure_report import ExposurePeriod, exposure_pdf

    return exposure_pdf([], ExposurePeriod(made_at=_AT, adviser="Zoé Élan"))
