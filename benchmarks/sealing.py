"""A charter drawn, given its evidence and sealed, against the same pages drawn and sealed by pyHanko alone.

The floor draws the very pages with the same calls and signs them as pyHanko's manual shows: no evidence, no PDF/A, no
check. Both sides end with the bytes of a sealed PDF in memory, and load their key from memory once.
"""

import json
from datetime import datetime, timedelta
from functools import cache
from io import BytesIO

from asn1crypto import keys, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from benchmarks.stopwatch import Promise, in_turn, promise, seconds
from charte_desktop.documents.page_style import REUNION
from charte_desktop.documents.seal import attach_evidence, seal
from charte_desktop.documents.seal_identity import SealIdentity, make_identity
from charte_desktop.paths import resources

PAGES = 8
DRAWN_ON_A_PAGE = 52
MUST = 1.3
AT = datetime(2026, 11, 23, 14, 2, tzinfo=REUNION)


@cache
def identity() -> SealIdentity:
    """The workstation that seals."""
    return make_identity("CCI Île de la Réunion", "MES", AT - timedelta(days=1))


def draw(number: int) -> bytes:
    """The pages of a charter: the text of the resource, repeated, in the embedded typeface; one `number` differs."""
    if "Mesure" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Mesure", str(resources() / "fonts" / "NotoSans-Regular.ttf")))
    lines = [one[:95] for one in (resources() / "charter" / "v1.md").read_text(encoding="utf-8").splitlines() if one]
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1, pageCompression=1, initialFontName="Mesure")
    for page in range(PAGES):
        canvas.setFont("Mesure", 9)
        for line in range(DRAWN_ON_A_PAGE):
            canvas.drawString(50, 800 - 14 * line, lines[(page * DRAWN_ON_A_PAGE + line) % len(lines)])
        canvas.drawString(50, 40, f"Prestataire numéro {number}, page {page + 1}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def evidence(number: int) -> bytes:
    """Evidence with a signature of 400 points."""
    said = {
        "format": "charte-desktop/preuve/1",
        "kind": "charter",
        "provider": f"Prestataire numéro {number}",
        "siren": f"{900000000 + number}",
        "charter_version": "0" * 64,
        "signed_at": AT.isoformat(),
        "signer": "Camille Exemple",
        "strokes": [[point, (point * 7919) % 500 / 10, 0.5] for point in range(400)],
    }
    return json.dumps(said, ensure_ascii=False).encode()


def sealed(number: int) -> bytes:
    """One charter, as the program makes it."""
    pdf = attach_evidence(draw(number), evidence(number), title="Charte", author="CCI Réunion", subject="Mesure")
    return seal(pdf, identity(), at=AT, reason="Scellement")


@cache
def _bare_signer() -> SimpleSigner:
    return SimpleSigner(
        signing_cert=x509.Certificate.load(identity().certificate),
        signing_key=keys.PrivateKeyInfo.load(identity().private_key),
        cert_registry=SimpleCertificateStore(),
    )


def bare(number: int) -> bytes:
    """The same pages, sealed as pyHanko's manual shows."""
    metadata = PdfSignatureMetadata(
        field_name="Sceau", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES,
        certify=True, docmdp_permissions=MDPPerm.NO_CHANGES,
    )  # fmt: skip
    signed: bytes = (
        PdfSigner(metadata, _bare_signer()).sign_pdf(IncrementalPdfFileWriter(BytesIO(draw(number)))).getvalue()
    )
    return signed


def measure() -> Promise:
    """Seal one charter each time."""
    timings = in_turn(lambda: seconds(lambda: sealed(1)), lambda: seconds(lambda: bare(1)))
    return promise(f"drawing and sealing a charter of {PAGES} pages", timings, "ms", must=MUST)
