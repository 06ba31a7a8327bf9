"""A charter read, signed with a pen, sealed by this workstation, kept, found intact; another one printed to sign."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path

from charte_desktop.self_test.trials import Failure


def charters(place: Path) -> str:
    """By the same steps as the window, on invented providers."""
    from charte_desktop import demonstration
    from charte_desktop.documents import charter
    from charte_desktop.documents.safe_pages import safe_pages
    from charte_desktop.documents.seal_identity import make_identity
    from charte_desktop.documents.sealing import seal_charter
    from charte_desktop.documents.verification import Verdict, verify
    from charte_desktop.model.charter_text import sections_of
    from charte_desktop.model.drawing import Drawing, Point, Stroke, Tool
    from charte_desktop.model.provider_state import ProviderState
    from charte_desktop.model.sealed_pdf import KeyPair
    from charte_desktop.model.signing import Identification, Showing, Signer
    from charte_desktop.store.charter_signatures import CharterSignatures
    from charte_desktop.store.charter_signing import CharterSigning
    from charte_desktop.store.paper_charters import PaperCharters
    from charte_desktop.store.provider_register import ProviderRegister
    from charte_desktop.store.seal_certificates import SealCertificates
    from charte_desktop.store.signing_sessions import SigningSessions

    with closing(demonstration.build(place / "base", place / "liste.xlsx")) as database:
        register, at = ProviderRegister(database), database.clock()
        ready = [one for one in register.all() if one.state_on(database.today(), register.rule) is ProviderState.READY]
        [version] = CharterSignatures(database).versions()
        identity = make_identity("CCI Île de la Réunion", "K7Q", at)
        if SealCertificates(database).own() is None:
            SealCertificates(database).seal_with(
                KeyPair(identity.certificate, identity.private_key), identity.facts.name
            )
        state = SigningSessions(database).begin(ready[0].id, version.id)
        state.runs = [at.isoformat()]
        state.showings = [
            Showing(one.key, 0, 20_000 * number, 15_000, (at + timedelta(seconds=20 * number)).isoformat())
            for number, one in enumerate(sections_of(CharterSignatures(database).text(version.id)))
        ]
        state.signers = [Signer("Zoé Élan", identification=Identification.KNOWN)]
        state.place = "L'Étang-Salé"
        SigningSessions(database).keep(state)
        stroke = Stroke(Tool.PEN, 0, tuple(Point(100 + 6 * at, 200 + 9 * (at % 7), 0.5, 12 * at) for at in range(40)))
        signing = CharterSigning(database)
        content = signing.compose(state, [Drawing(2.5, (stroke,))], at)
        sealed = seal_charter(content, identity, at)
        signing.keep(state, content, sealed)
        judged = verify(sealed.pdf, [identity.certificate]).verdict
        signatory = register.get(ready[0].id).state_on(database.today(), register.rule)
        if judged is not Verdict.INTACT_KNOWN or signatory is not ProviderState.SIGNATORY:
            raise Failure(f"la charte signée est jugée {judged.value}, le prestataire {signatory.value}")
        (place / "charte.pdf").write_bytes(sealed.pdf)
        if not safe_pages(sealed.pdf).startswith(b"%PDF"):
            raise Failure("la charte signée ne peut pas être dessinée")
        paper = PaperCharters(database).issue(
            ready[1].id, lambda content: (charter.paper_charter(content), charter.page_count(content))
        )
        if not paper.startswith(b"%PDF"):
            raise Failure("la charte à signer sur papier est vide")
    return f"{sealed.page_count} pages signées, scellées et vérifiées ; une à signer sur papier"
