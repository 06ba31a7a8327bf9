"""Sealing a finished PDF: one PAdES certification signature that forbids any change, then, later, a time stamp.

Everything else that a document needs is done before: what comes after a seal is a change, except a time stamp.
pyHanko writes both as incremental updates, so that what the PDF declares (PDF/A, tags, attachments, language) stays
byte for byte. Its interface runs an event loop of its own: call these functions from a worker thread.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from charte_desktop.documents.evidence_attachment import attach_evidence
from charte_desktop.documents.seal_identity import SealIdentity, sign
from charte_desktop.documents.seal_signature import marks
from charte_desktop.documents.verification import Verdict, verify
from charte_desktop.errors import UserError

if TYPE_CHECKING:
    from pyhanko.pdf_utils.content import ImportedPdfPage
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko.sign.timestamps import TimeStamper

__all__ = ["add_timestamp", "attach_evidence", "seal"]

_APPLICATION = "Charte Desktop"
_STAMP_FIELD = "Horodatage"


def seal(
    pdf: bytes,
    identity: SealIdentity,
    *,
    at: datetime,
    reason: str,
    location: str = "",
    field_name: str = "Sceau",
    page: int = 0,
    box: tuple[int, int, int, int] | None = None,
    appearance: bytes | None = None,
) -> bytes:
    """The PDF with its seal, dated `at`.

    With `appearance`, a PDF of one page, the seal is drawn from it inside `box` (points from the bottom left corner) on
    `page` (from 0, or from -1 backwards); otherwise nothing is seen of it. Refused: a certificate out of date, a PDF
    that is already signed, one protected by a password, one that cannot be read.
    """
    if at.utcoffset() is None:
        raise ValueError(f"naive datetime: {at!r}")
    if (box is None) != (appearance is None):
        raise ValueError("a visible seal has both a box and an appearance")
    identity.refuse_unless_valid(at)
    if next(marks(pdf), None):
        raise UserError("Ce document est déjà scellé ou signé : une correction se fait dans une nouvelle version.")

    from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
    from pyhanko.sign.signers.pdf_byterange import BuildProps
    from pyhanko.stamp import StaticStampStyle

    class DatedSigner(PdfSigner):
        """pyHanko's signer, at a given moment instead of the clock's."""

        def init_signing_session(self, *arguments: Any, **named: Any) -> Any:
            session = super().init_signing_session(*arguments, **named)
            session.system_time = at
            return session

    metadata = PdfSignatureMetadata(
        field_name=field_name,
        md_algorithm="sha256",
        reason=reason or None,
        location=location or None,
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        app_build_props=BuildProps(_APPLICATION),
    )
    style = None
    if appearance is not None:
        with _refusing("Le dessin du sceau ne se lit pas comme un PDF d'une page : choisissez-en un autre."):
            style = StaticStampStyle(background=_drawing(appearance), border_width=0)
    with _refusing("Ce PDF ne peut pas être scellé : il est abîmé. Refaites le document."):
        writer = _writer(pdf)
        pages = int(writer.root["/Pages"]["/Count"])
    if writer.prev.encrypted:
        raise UserError("Ce PDF est protégé par un mot de passe : refaites le document sans protection.")
    if not -pages <= page < pages:
        raise ValueError(f"no page {page} among {pages}")
    signer = DatedSigner(
        metadata,
        cms_signer(identity),
        stamp_style=style,
        new_field_spec=SigFieldSpec(field_name, on_page=page, box=box),
    )
    signed: bytes = signer.sign_pdf(writer).getvalue()
    return signed


def add_timestamp(sealed: bytes, timestamper: "TimeStamper") -> bytes:
    """The sealed PDF with a time stamp (RFC 3161) of all its bytes, asked of `timestamper`.

    Refused: a PDF without seal, a service that cannot be reached, or that answers what could not be verified later.
    """
    from aiohttp import ClientError
    from pyhanko.sign.signers import PdfTimeStamper
    from pyhanko.sign.timestamps import TimestampRequestError

    before = verify(sealed, ())
    if before.verdict is not Verdict.INTACT_UNKNOWN:  # no workstation is known here, and it does not matter
        raise UserError(
            "Seul un document scellé, et inchangé depuis, peut être horodaté. Choisissez l'exemplaire scellé."
        )
    total = len(before.time_stamps) + 1
    try:
        stamper = PdfTimeStamper(timestamper, field_name=f"{_STAMP_FIELD} {total}", readable_field_name=_STAMP_FIELD)
        stamped: bytes = stamper.timestamp_pdf(_writer(sealed), "sha256").getvalue()
    except (TimestampRequestError, ClientError, OSError) as fault:
        raise UserError(
            "Le service d'horodatage n'a pas répondu comme il faut. Vérifiez le réseau et l'adresse du service, puis "
            "recommencez ; le document scellé n'a pas changé."
        ) from fault
    after = verify(stamped, ())
    if after.verdict is not before.verdict or len(after.time_stamps) != total:
        raise UserError(
            "Le service d'horodatage a rendu un jeton que ce programme ne sait pas vérifier. Choisissez un autre "
            "service ; le document scellé n'a pas changé."
        )
    return stamped


def _drawing(appearance: bytes) -> "ImportedPdfPage":
    """The one page of `appearance`, to be drawn elsewhere; pyHanko's own importer reads it from a file only."""
    from pyhanko.pdf_utils.content import ImportedPdfPage
    from pyhanko.pdf_utils.layout import BoxConstraints
    from pyhanko.pdf_utils.reader import PdfFileReader

    reader = PdfFileReader(BytesIO(appearance))
    if reader.root["/Pages"]["/Count"] != 1:
        raise ValueError("not one page")

    class Drawing(ImportedPdfPage):
        def __init__(self) -> None:
            super().__init__("")  # type: ignore[no-untyped-call]  # pyHanko is typed in part

        def render(self) -> bytes:
            page = self._ensure_writer.import_page_as_xobject(reader)
            self.resources.xobject["/Sceau"] = page
            left, bottom, right, top = page.get_object()["/BBox"]
            self.box = BoxConstraints(width=abs(right - left), height=abs(top - bottom))
            return b"/Sceau Do"

    return Drawing()


def _writer(pdf: bytes) -> Any:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    for name in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # it logs the trace of every ordinary refusal

    class UntouchedProperties(IncrementalPdfFileWriter):
        """pyHanko's writer, that leaves properties and XMP as they are: PDF/A wants them to agree."""

        def _update_meta(self) -> None:
            """Nothing to bring up to date."""

    return UntouchedProperties(BytesIO(pdf))


def cms_signer(identity: SealIdentity) -> "SimpleSigner":
    """The signer of this identity, that signs for every certificate it brings and not only for its own."""
    from asn1crypto import tsp, x509
    from asn1crypto.keys import PrivateKeyInfo
    from pyhanko.sign.attributes import SigningCertificateV2Provider
    from pyhanko.sign.general import as_signing_certificate_v2
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    own = x509.Certificate.load(identity.certificate)
    chain = [x509.Certificate.load(one) for one in identity.chain]

    class EveryCertificate(SigningCertificateV2Provider):
        async def build_attr_value(self, dry_run: bool = False) -> tsp.SigningCertificateV2:
            identifiers = [as_signing_certificate_v2(one)["certs"][0] for one in (own, *chain)]
            return tsp.SigningCertificateV2({"certs": identifiers})

    class Signer(SimpleSigner):
        async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
            return sign(identity, data)

        def _signed_attr_providers(self, *arguments: Any, **named: Any) -> Iterator[Any]:
            for provider in super()._signed_attr_providers(*arguments, **named):
                yield EveryCertificate(own) if isinstance(provider, SigningCertificateV2Provider) else provider

    return Signer(
        signing_cert=own,
        signing_key=PrivateKeyInfo.load(identity.private_key),
        cert_registry=SimpleCertificateStore.from_certs(chain),
    )


@contextmanager
def _refusing(sentence: str) -> Iterator[None]:
    """Refuse with `sentence` a file that pyHanko cannot read, whichever way it fails to."""
    from pyhanko.pdf_utils.misc import PdfError

    try:
        yield
    except (PdfError, ValueError, KeyError, IndexError, TypeError, RecursionError) as fault:
        raise UserError(sentence) from fault
