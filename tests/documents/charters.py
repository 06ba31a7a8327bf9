"""Charters to draw, without a base."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from charte_desktop.documents.page_style import REUNION
from charte_desktop.documents.sealing import seal_charter
from charte_desktop.model.charter import fingerprint
from charte_desktop.model.charter_content import (
    Corrected,
    FicheLine,
    PaperCharterContent,
    ReadSection,
    SignedBy,
    SignedCharterContent,
    StampPicture,
    Told,
)
from charte_desktop.model.charter_evidence import CharterFacts, charter_evidence
from charte_desktop.model.charter_text import sections_of
from charte_desktop.model.fingerprint import short_fingerprint
from charte_desktop.model.identity_text import FIELD_LABELS
from charte_desktop.model.signing import Identification, Showing, Signer, SigningState
from charte_desktop.paths import resources
from tests.documents.sealing import identity
from tests.signings import a_drawing, a_stamp_png

AT = datetime(2026, 11, 23, 14, 2, tzinfo=REUNION)
TEXT = (resources() / "charter" / "v1.md").read_bytes().decode()


def fiche(**values: str) -> tuple[FicheLine, ...]:
    usual = {
        "legal_name": "Piton Web & Co",
        "siren": "900 000 003",
        "legal_representative": "Camille Exemple",
        "address": "3 rue des Filaos\n97410 Saint-Pierre",
        "emails": "bonjour@piton.example",
        "phones": "0262 00 00 01",
        "ape": "62.01Z",
        "headcount": "3 salariés",
        "services": "Création / refonte site internet\nRGPD",
        "references": "Site d'une boulangerie",
    }
    return tuple(FicheLine(FIELD_LABELS[field], value) for field, value in {**usual, **values}.items())


def a_signed_charter(text: str = TEXT, **changes: Any) -> SignedCharterContent:
    """Signed by one person, with a cachet."""
    sections = sections_of(text)
    state = SigningState("id", "provider", fingerprint(text), AT.isoformat(), signers=[Signer("Camille Exemple")])
    state.place = "Saint-Pierre"
    state.showings = [Showing(one.key, 0, 0, 20_000, AT.isoformat()) for one in sections]
    state.signers = [Signer("Camille Exemple", identification=Identification.KNOWN)]
    signers = (SignedBy("Camille Exemple", "Responsable légal", "Connu(e) du conseiller", a_drawing()),)
    stamp = StampPicture(a_stamp_png(), 40, 23.3)
    lines = changes.get("fiche", fiche())
    evidence = charter_evidence(
        CharterFacts(
            number="CE-2026-K7Q-00012",
            provider_name="Piton Web & Co",
            siren="900000003",
            fiche=lines,
            version_id=fingerprint(text),
            version_label="Charte v1",
            text=text,
            sections=sections,
            signed_at=AT,
            signers=signers,
            adviser="Dominique Avis",
            device="K7Q",
            stamp=stamp,
            state=state,
            corrects=None,
            demonstration=False,
        )
    )
    usual: dict[str, Any] = {
        "provider_name": "Piton Web & Co",
        "fiche": lines,
        "version_label": "Charte v1",
        "version_id": fingerprint(text),
        "text": text,
        "at": AT,
        "adviser": "Dominique Avis",
        "number": "CE-2026-K7Q-00012",
        "signers": signers,
        "place": "Saint-Pierre",
        "stamp": stamp,
        "device": "K7Q",
        "sections": tuple(ReadSection(one.title, 1, 20.0, AT) for one in sections),
        "read_together": "",
        "acknowledged": (),
        "told": (Told("Ordinateur remis au signataire", "23/11/2026 à 14:00"),),
        "corrects": None,
        "evidence": evidence,
        "fingerprint": short_fingerprint(evidence),
    }
    return SignedCharterContent(**{**usual, **changes})


def a_charter_to_sign(**changes: Any) -> PaperCharterContent:
    """To be printed."""
    usual: dict[str, Any] = {
        "provider_name": "Piton Web & Co",
        "fiche": fiche(),
        "version_label": "Charte v1",
        "version_id": fingerprint(TEXT),
        "text": TEXT,
        "at": AT,
        "adviser": "Dominique Avis",
        "code": "K7Q4F8D2",
    }
    return PaperCharterContent(**{**usual, **changes})


@cache
def a_sealed_charter() -> bytes:
    """Signed and sealed."""
    return seal_charter(a_signed_charter(), identity(), AT + timedelta(minutes=1)).pdf


CORRECTED = Corrected("CE-2026-K7Q-00011", "3f2a 09bc 71de 4410", "Nom mal écrit")
