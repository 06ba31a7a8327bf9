"""Charters being signed, for tests: read, said and drawn."""

from datetime import datetime, timedelta
from functools import cache
from io import BytesIO

from charte_desktop.documents.seal_identity import SealIdentity, make_identity
from charte_desktop.documents.sealing import seal_charter
from charte_desktop.model.charter import Signature
from charte_desktop.model.charter_text import sections_of
from charte_desktop.model.drawing import Drawing, Point, Stroke, Tool
from charte_desktop.model.provider import Provider
from charte_desktop.model.sealed_pdf import KeyPair
from charte_desktop.model.signing import Identification, Showing, Signer, SigningState
from charte_desktop.paths import resources
from charte_desktop.store.charter_signatures import CharterSignatures
from charte_desktop.store.charter_signing import CharterSigning
from charte_desktop.store.database import Database
from charte_desktop.store.seal_certificates import SealCertificates
from charte_desktop.store.signing_sessions import SigningSessions
from tests.clock import FixedClock


def a_drawing(strokes: int = 2, length: int = 40) -> Drawing:
    """A signature drawn with a pen: waves, one after the other."""
    return Drawing(
        2.5,
        tuple(
            Stroke(
                Tool.PEN,
                900 * number,
                tuple(
                    Point(100 + 300 * number + 6 * at, 200 + 30 * ((at * 7) % 5), 0.2 + 0.1 * (at % 6), 12 * at)
                    for at in range(length)
                ),
            )
            for number in range(strokes)
        ),
    )


def a_stamp_png() -> bytes:
    """A blue frame on nothing."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGBA", (240, 140), (0, 0, 0, 0))
    ImageDraw.Draw(picture).rectangle((6, 6, 233, 133), outline=(20, 40, 150, 220), width=6)
    file = BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def the_charter(database: Database) -> str:
    """The shipped text, known to the base; its version's id."""
    text = (resources() / "charter" / "v1.md").read_bytes().decode()
    return CharterSignatures(database).ensure_version(text, "Charte v1")


def begun(database: Database, provider: Provider) -> SigningState:
    """A signing of the shipped text that has only begun."""
    return SigningSessions(database).begin(provider.id, the_charter(database))


def ready(database: Database, provider: Provider, *signers: Signer) -> SigningState:
    """A signing of which only the drawing is missing."""
    state = begun(database, provider)
    text = CharterSignatures(database).text(state.version_id)
    at = database.clock()
    state.runs = [at.isoformat()]
    state.showings = [
        Showing(one.key, 0, 20_000 * number, 15_000, (at + timedelta(seconds=20 * number)).isoformat())
        for number, one in enumerate(sections_of(text))
    ]
    state.signers = list(signers) or [Signer("Camille Exemple", identification=Identification.KNOWN)]
    state.place = "Saint-Denis"
    SigningSessions(database).keep(state)
    return state


@cache
def an_identity() -> SealIdentity:
    """A workstation's key and certificate: making one takes as long as twenty seals."""
    return make_identity("CCI Île de la Réunion", "ESS", FixedClock().moment)


def identity_of(database: Database) -> SealIdentity:
    """What this base seals with."""
    certificates, identity = SealCertificates(database), an_identity()
    if certificates.own() is None:
        certificates.seal_with(KeyPair(identity.certificate, identity.private_key), identity.facts.name)
    return identity


def signed(
    database: Database, provider: Provider, state: SigningState | None = None, at: datetime | None = None
) -> Signature:
    """A charter signed and sealed, from the first page to the register."""
    state = state or ready(database, provider)
    signing = CharterSigning(database)
    at = at or database.clock()
    content = signing.compose(state, [a_drawing() for _ in state.signers], at)
    return signing.keep(state, content, seal_charter(content, identity_of(database), at))
