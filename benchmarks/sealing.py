"""The charter of a provider drawn, given its evidence and sealed, against its words drawn and sealed by pyHanko alone.

Ours is what the last button of a signing does: pages composed, tagged and drawn, evidence attached, PDF/A declared,
sealed, and what comes out verified. The floor draws the same lines, already broken, straight on a canvas in the same
typeface, and signs them as pyHanko's manual shows. Both end with the bytes of a sealed PDF in memory.
"""

from dataclasses import replace
from functools import cache
from io import BytesIO

from asn1crypto import keys, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pypdf import PdfReader
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from benchmarks.stopwatch import Promise, in_turn, promise, seconds
from charte_desktop.documents.charter import signed_charter
from charte_desktop.documents.sealing import seal_charter
from charte_desktop.model.charter_content import SignedBy, SignedCharterContent
from charte_desktop.paths import resources
from tests.documents.charters import AT, a_signed_charter
from tests.documents.sealing import identity
from tests.signings import a_drawing

MUST = 1.3
STROKES, POINTS_OF_A_STROKE = 4, 100


@cache
def charter() -> SignedCharterContent:
    """Read, said and signed with a drawing as long as a person's."""
    drawing = a_drawing(STROKES, POINTS_OF_A_STROKE)
    signer = SignedBy("Camille Exemple", "Responsable légal", "Connu(e) du conseiller", drawing)
    return a_signed_charter(signers=(signer,))


@cache
def lines() -> tuple[tuple[str, ...], ...]:
    """What stands on its pages, line by line."""
    pages = PdfReader(BytesIO(signed_charter(charter()))).pages
    return tuple(tuple(page.extract_text().splitlines()) for page in pages)


def draw() -> bytes:
    """Those lines on as many pages."""
    if "Mesure" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Mesure", str(resources() / "fonts" / "NotoSans-Regular.ttf")))
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1, pageCompression=1, initialFontName="Mesure")
    for page in lines():
        canvas.setFont("Mesure", 9)
        for number, line in enumerate(page):
            canvas.drawString(50, 800 - 10 * number, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def sealed(number: int) -> bytes:
    """One charter, as the program makes it."""
    return seal_charter(replace(charter(), number=f"CE-2026-MES-{number:05}"), identity(), AT).pdf


@cache
def _bare_signer() -> SimpleSigner:
    return SimpleSigner(
        signing_cert=x509.Certificate.load(identity().certificate),
        signing_key=keys.PrivateKeyInfo.load(identity().private_key),
        cert_registry=SimpleCertificateStore(),
    )


def bare() -> bytes:
    """The same lines, sealed as pyHanko's manual shows."""
    metadata = PdfSignatureMetadata(
        field_name="Sceau", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES,
        certify=True, docmdp_permissions=MDPPerm.NO_CHANGES,
    )  # fmt: skip
    signed: bytes = PdfSigner(metadata, _bare_signer()).sign_pdf(IncrementalPdfFileWriter(BytesIO(draw()))).getvalue()
    return signed


def measure() -> Promise:
    """Seal one charter each time."""
    lines()
    timings = in_turn(lambda: seconds(lambda: sealed(1)), lambda: seconds(bare))
    return promise(f"drawing and sealing a charter of {len(lines())} pages", timings, "ms", must=MUST)
