"""A hundred sealed charters verified, against pyHanko's bare validation of the same signatures.

The floor reads each file and validates its signature with the workstation's certificate as its trust root, difference
analysis included, as pyHanko's manual shows. Ours judges the same, reads the evidence and says it in words.
"""

from io import BytesIO

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from benchmarks.sealing import sealed
from benchmarks.stopwatch import Promise, in_turn, promise, seconds
from charte_desktop.documents.verification import Verdict, verify
from tests.documents.charters import AT
from tests.documents.sealing import identity

CHARTERS = 100
MUST = 1.2


def measure() -> Promise:
    """Verify a hundred different charters; making them is not counted."""
    charters = [sealed(number) for number in range(CHARTERS)]
    timings = in_turn(lambda: seconds(lambda: _ours(charters)), lambda: seconds(lambda: _floor(charters)), runs=3)
    return promise(f"verifying {CHARTERS} sealed charters", timings, "s", must=MUST)


def _ours(charters: list[bytes]) -> None:
    for pdf in charters:
        if verify(pdf, [identity().certificate]).verdict is not Verdict.INTACT_KNOWN:
            raise AssertionError("an honest charter is not found intact")


def _floor(charters: list[bytes]) -> None:
    root = x509.Certificate.load(identity().certificate)
    for pdf in charters:
        context = ValidationContext(trust_roots=[root], allow_fetching=False, moment=AT)
        (signature,) = PdfFileReader(BytesIO(pdf)).embedded_signatures
        if not validate_pdf_signature(signature, context).bottom_line:
            raise AssertionError("pyHanko does not find an honest charter intact")
