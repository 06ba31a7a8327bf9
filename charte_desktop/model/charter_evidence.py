"""The machine-readable evidence of a charter signed on screen: all that was known when it was signed, as JSON.

It is attached to the document before the seal. Its keys are French words without accents, for whoever opens it; what
`documents.sealed_document` reads of it keeps its English names.
"""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from charte_desktop.model.charter_content import Corrected, FicheLine, SignedBy, StampPicture, listed_names
from charte_desktop.model.charter_text import Section
from charte_desktop.model.signing import SigningState

FORMAT = "charte-desktop/preuve/1"


@dataclass(frozen=True, kw_only=True)
class CharterFacts:
    """What the evidence is made of."""

    number: str
    provider_name: str
    siren: str
    fiche: Sequence[FicheLine]
    version_id: str
    version_label: str
    text: str
    sections: Sequence[Section]
    signed_at: datetime
    signers: Sequence[SignedBy]
    adviser: str
    device: str
    stamp: StampPicture | None
    state: SigningState
    corrects: Corrected | None
    demonstration: bool


def charter_evidence(facts: CharterFacts) -> bytes:
    """The evidence in UTF-8; the same facts give the same bytes."""
    state = facts.state
    said = {
        "format": FORMAT,
        "kind": "charter",
        "number": facts.number,
        "provider": facts.provider_name,
        "siren": facts.siren,
        "charter_version": facts.version_id,
        "signed_at": facts.signed_at.isoformat(timespec="seconds"),
        "signer": listed_names([one.name for one in facts.signers]),
        "demonstration": facts.demonstration,
        "fiche": {line.label: line.value for line in facts.fiche},
        "signataires": [
            {
                "nom": one.name,
                "qualite": one.capacity,
                "identification": one.identified,
                "mandat": one.mandate,
                "mandat_sha256": signer.mandate_sha256,
                "trace": json.loads(one.drawing.as_json()),
            }
            for one, signer in zip(facts.signers, state.signers, strict=True)
        ],
        "lieu": state.place,
        "conseiller": facts.adviser,
        "poste": facts.device,
        "cachet": None
        if facts.stamp is None
        else {
            "sha256": sha256(facts.stamp.png).hexdigest(),
            "largeur_mm": facts.stamp.width_mm,
            "hauteur_mm": facts.stamp.height_mm,
            "png_base64": base64.b64encode(facts.stamp.png).decode(),
        },
        "charte": {"version": facts.version_label, "sha256": facts.version_id, "texte": facts.text},
        "lecture": {
            "commencee_le": state.began_at,
            "seances": state.runs,
            "sections": [{"cle": one.key, "titre": one.title, "mots": one.words} for one in facts.sections],
            "affichages": [
                {
                    "section": one.section,
                    "seance": one.run,
                    "debut_ms": one.began_ms,
                    "duree_ms": one.lasted_ms,
                    "le": one.at,
                }
                for one in state.showings
            ],
            "lu_avec_le_conseiller_le": state.read_together_at,
            "engagements_coches": state.acknowledged,
        },
        "ecarts_d_horloge": [{"seance": one.run, "a_ms": one.at_ms, "secondes": one.seconds} for one in state.jumps],
        "remises": [{"le": one.at, "au_signataire": one.to_signer} for one in state.hand_overs],
        "corrige": None
        if facts.corrects is None
        else {
            "numero": facts.corrects.number,
            "empreinte": facts.corrects.fingerprint,
            "motif": facts.corrects.reason,
        },
    }
    return json.dumps(said, ensure_ascii=False, indent=1, allow_nan=False).encode("utf-8", "replace")
