"""From finished pages to a sealed document: evidence attached, PDF/A declared, sealed, and judged like a stranger's."""

from datetime import datetime

from charte_desktop.documents.charter import page_count, signed_charter
from charte_desktop.documents.seal import attach_evidence, seal
from charte_desktop.documents.seal_identity import SealIdentity
from charte_desktop.documents.text_layout import clean
from charte_desktop.documents.verification import Verdict, verify
from charte_desktop.model.charter_content import SignedCharterContent
from charte_desktop.model.fingerprint import short_fingerprint
from charte_desktop.model.sealed_pdf import Sealed

_REASON = "Scellement par le poste du conseiller : aucun changement n'est permis"


def seal_charter(content: SignedCharterContent, identity: SealIdentity, at: datetime) -> Sealed:
    """The charter that was read again, sealed at `at`; to be called from a worker thread (see `seal`)."""
    return sealed_document(
        signed_charter(content),
        content.evidence,
        identity,
        at=at,
        page_count=page_count(content),
        title=f"Charte d'engagement n° {content.number}, {clean(content.provider_name)}",
        author=f"CCI Île de la Réunion, {clean(content.adviser)}",
        subject="Charte d'engagement des offreurs de solutions numériques, signée",
        place=clean(content.place),
    )


def sealed_document(
    pages: bytes,
    evidence: bytes,
    identity: SealIdentity,
    *,
    at: datetime,
    page_count: int,
    title: str,
    author: str,
    subject: str,
    place: str = "",
) -> Sealed:
    """`pages` with their evidence and their seal.

    What comes out is verified before it is given: a document that nobody could verify later must not be kept.
    """
    pdf = attach_evidence(pages, evidence, title=title, author=author, subject=subject)
    pdf = seal(pdf, identity, at=at, reason=_REASON, location=place)
    judged = verify(pdf, [identity.certificate])
    if judged.verdict is not Verdict.INTACT_KNOWN or judged.fingerprint != short_fingerprint(evidence):
        raise RuntimeError(f"the document just sealed is judged {judged.verdict}: {judged.message}")
    return Sealed(
        pdf=pdf,
        page_count=page_count,
        sealed_at=at,
        fingerprint=judged.fingerprint,
        certificate_sha256=identity.facts.fingerprint,
    )
