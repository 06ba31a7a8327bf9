"""A charter signed on screen by nobody, and the papers around it: what the demonstration shows of signing."""

from dataclasses import dataclass
from datetime import timedelta

from charte_desktop.model.provider_state import ProviderState
from charte_desktop.model.signing import HandOverMoment, Identification, Showing, Signer
from charte_desktop.store.database import Database


@dataclass(frozen=True)
class CharterPapers:
    """What signing gives, as files."""

    signed: bytes
    to_sign: bytes
    form: bytes
    verifier: bytes
    """The page that verifies the signed one in a browser."""


def sign_charters(database: Database) -> CharterPapers:
    """Sign the charter of the first provider that is ready, and prepare those of the next ones."""
    from charte_desktop.documents import charter
    from charte_desktop.documents.fillable_fiche import fillable_fiche
    from charte_desktop.documents.html_verifier import html_verifier
    from charte_desktop.documents.sealing import seal_charter
    from charte_desktop.model.charter_text import sections_of
    from charte_desktop.store.charter_signatures import CharterSignatures
    from charte_desktop.store.charter_signing import CharterSigning
    from charte_desktop.store.paper_charters import PaperCharters
    from charte_desktop.store.provider_register import ProviderRegister
    from charte_desktop.store.seal_certificates import SealCertificates
    from charte_desktop.store.signing_sessions import SigningSessions
    from charte_desktop.ui.charter.workstation import workstation_identity
    from charte_desktop.ui.charter_pictures import example_signature

    register, signing, sessions = ProviderRegister(database), CharterSigning(database), SigningSessions(database)
    first, second, third = (register.get(row.id) for row in register.search(state=ProviderState.READY, limit=3))
    signatures = CharterSignatures(database)
    version = signatures.current_version
    now = database.clock()
    state = sessions.begin(first.id, version)
    began = now - timedelta(minutes=14)
    state.began_at = began.isoformat(timespec="seconds")
    state.runs = [state.began_at]
    for number, section in enumerate(sections_of(signatures.text(version))):
        at = began + timedelta(seconds=55 * number)
        state.showings.append(Showing(section.key, 0, 55_000 * number, 52_000, at.isoformat(timespec="seconds")))
    state.signers = [Signer(first.legal_representative, identification=Identification.DOCUMENT_SEEN)]
    state.place = first.city or "Saint-Denis"
    state.hand_overs = [HandOverMoment((now - timedelta(minutes=4)).isoformat(timespec="seconds"), True)]
    content = signing.compose(state, [example_signature()], now)
    sealed = seal_charter(content, workstation_identity(database), now)
    signing.keep(state, content, sealed)
    paper = PaperCharters(database).issue(second.id, lambda one: (charter.paper_charter(one), charter.page_count(one)))
    form = fillable_fiche(third, database.adviser, now, demonstration=True)
    verifier = html_verifier(SealCertificates(database).known(), database.today())
    return CharterPapers(sealed.pdf, paper, form, verifier)
