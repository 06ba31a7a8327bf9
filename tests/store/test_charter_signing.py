import json
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from charte_desktop.documents.sealing import seal_charter
from charte_desktop.documents.verification import Verdict, verify
from charte_desktop.errors import UserError
from charte_desktop.model.charter import Signature
from charte_desktop.model.drawing import Drawing
from charte_desktop.model.fingerprint import short_fingerprint
from charte_desktop.model.provider_state import ProviderState
from charte_desktop.model.sealed import Signing
from charte_desktop.model.sheet import Criteria
from charte_desktop.model.signing import Capacity, ClockJump, Identification, Signer
from charte_desktop.store import backup
from charte_desktop.store.charter_signatures import CharterSignatures
from charte_desktop.store.charter_signing import CharterSigning
from charte_desktop.store.database import Database
from charte_desktop.store.directory_sheets import DirectorySheets
from charte_desktop.store.provider_register import ProviderRegister
from charte_desktop.store.seal_certificates import SealCertificates
from charte_desktop.store.sealed_documents import SealedDocuments
from charte_desktop.store.signing_sessions import SigningSessions
from charte_desktop.store.stamps import Stamps
from tests.clock import FixedClock
from tests.factory import a_provider, enter
from tests.signings import a_drawing, a_stamp_png, begun, identity_of, ready, signed, the_charter


def test_c06_a_charter_signed_on_screen_puts_the_provider_on_the_sheets_at_once(database: Database) -> None:
    (provider,) = enter(database, a_provider("S01", signed=None))
    sheets = DirectorySheets(database)
    assert sheets.propose(Criteria(("S01",))) == []

    signature = signed(database, provider)

    register = ProviderRegister(database)
    found = register.get(provider.id)
    assert found.state_on(database.today(), register.rule) is ProviderState.SIGNATORY
    assert [one.provider.id for one in sheets.propose(Criteria(("S01",)))] == [provider.id]
    assert (signature.medium, signature.signer, signature.capacity) == ("écran", "Camille Exemple", "Responsable légal")
    assert SigningSessions(database).of(provider.id) is None
    assert backup.check(database) == []


def test_the_document_is_kept_with_what_is_needed_to_judge_it(database: Database) -> None:
    (provider,) = enter(database, a_provider(signed=None, legal_name="Œuvre & fils"))

    signed(database, provider)

    documents = SealedDocuments(database)
    (document,) = documents.of(provider.id)
    pdf = documents.pdf(document.id)
    judged = verify(pdf, SealCertificates(database).known())
    assert judged.verdict is Verdict.INTACT_KNOWN
    assert judged.fingerprint == document.fingerprint
    assert (judged.provider, judged.charter_version) == ("Œuvre & fils", the_charter(database))
    assert document.number == f"CE-2026-{database.device}-00001"
    found = documents.find(pdf)
    assert found is not None
    assert found.id == document.id
    assert documents.find(pdf + b"\n") is None
    with database.reading() as session:
        signing = session.scalars(select(Signing)).one()
    assert (signing.document_id, signing.place, signing.adviser) == (document.id, "Saint-Denis", database.adviser)


def test_the_evidence_says_who_read_said_and_drew_what(database: Database) -> None:
    (provider,) = enter(database, a_provider(signed=None))
    state = ready(
        database,
        provider,
        Signer("Camille Exemple", identification=Identification.DOCUMENT_SEEN),
        Signer(
            "Dominique Exemple", Capacity.MANDATED, Identification.OTHER, "par sa collègue", "mandat.pdf", "ab" * 32
        ),
    )
    state.stamp_id = Stamps(database).add(provider.id, a_stamp_png(), 40, 23.3).id
    state.jumps = [ClockJump(0, 1000, -120.0)]
    state.acknowledged = ["C09", "C36"]
    drawings = [a_drawing(), a_drawing(3)]

    content = CharterSigning(database).compose(state, drawings, database.clock())

    said = json.loads(content.evidence)
    assert content.fingerprint == short_fingerprint(content.evidence)
    assert said["signer"] == "Camille Exemple et Dominique Exemple"
    assert [one["identification"] for one in said["signataires"]] == [
        "Pièce d'identité vue, sans copie",
        "par sa collègue",
    ]
    assert said["signataires"][1]["mandat_sha256"] == "ab" * 32
    assert [Drawing.from_json(json.dumps(one["trace"])) for one in said["signataires"]] == drawings
    assert said["charte"]["texte"] == CharterSignatures(database).text(state.version_id)
    assert len(said["lecture"]["affichages"]) == len(said["lecture"]["sections"]) == 10
    assert said["ecarts_d_horloge"] == [{"seance": 0, "a_ms": 1000, "secondes": -120.0}]
    assert said["cachet"]["largeur_mm"] == 40
    assert said["lecture"]["engagements_coches"] == ["C09", "C36"]
    assert CharterSigning(database).compose(state, drawings, database.clock()).evidence == content.evidence


def test_what_is_not_finished_is_refused_with_what_to_do(database: Database) -> None:
    (provider,) = enter(database, a_provider(signed=None))
    signing, at = CharterSigning(database), database.clock()
    state = begun(database, provider)

    with pytest.raises(UserError, match="reste à lire : « PREAMBULE »"):
        signing.compose(state, [a_drawing()], at)
    state.read_together_at = at.isoformat()
    with pytest.raises(UserError, match="le nom de la personne qui signe, comment vous savez qui c'est, le lieu"):
        signing.compose(state, [a_drawing()], at)
    state.signers, state.place = [Signer("Camille Exemple", identification=Identification.OTHER)], "Le Port"
    with pytest.raises(UserError, match="en quelques mots"):
        signing.compose(state, [a_drawing()], at)
    state.signers = [Signer("Camille Exemple", identification=Identification.KNOWN)]
    for blank in (None, Drawing(2.5)):
        with pytest.raises(UserError, match="manque une signature"):
            signing.compose(state, [blank], at)
    assert signing.compose(state, [a_drawing()], at).read_together


def test_nobody_reads_and_draws_for_nothing(database: Database) -> None:
    incomplete, removed, bound = enter(
        database, a_provider(signed=None, ape_code="", headcount_band=""), a_provider(), a_provider(signed=None)
    )
    register, signing = ProviderRegister(database), CharterSigning(database)
    register.remove(removed.id, database.today(), ["C11"], "Motif")
    signed(database, bound)

    for provider, sentence in (
        (incomplete, "remplissez sur la fiche : Code APE, Nombre d'employés"),
        (removed, "radié depuis le .* : levez d'abord la radiation"),
        (bound, "a signé ce texte le .* vaut toujours"),
    ):
        with pytest.raises(UserError, match=sentence):
            signing.refuse_unless_open(begun(database, provider))
    gone = begun(database, *enter(database, a_provider(signed=None)))
    register.delete(gone.provider_id)
    with pytest.raises(UserError, match="n'existe plus"):
        signing.refuse_unless_open(gone)


def test_c18_coming_back_after_a_removal_means_signing_again(database: Database, clock: FixedClock) -> None:
    register = ProviderRegister(database)
    (provider,) = enter(database, a_provider())
    removal = register.remove(provider.id, database.today(), ["C11"], "Motif")
    clock.advance(days=40)
    register.lift_removal(removal.id, database.today(), "Devis remis")

    assert register.get(provider.id).state_on(database.today(), register.rule) is ProviderState.READY
    signed(database, provider)

    assert register.get(provider.id).state_on(database.today(), register.rule) is ProviderState.SIGNATORY
    day_before = database.today() - timedelta(days=50)
    assert register.get(provider.id).state_on(day_before, register.rule) is ProviderState.SIGNATORY


def test_a_provider_that_had_left_is_back_when_it_signs(database: Database) -> None:
    register = ProviderRegister(database)
    (provider,) = enter(database, a_provider(signed=None))
    register.withdraw(provider.id, database.today(), "Cessation")

    signed(database, provider)

    assert register.get(provider.id).withdrawn_on is None
    assert register.get(provider.id).state_on(database.today(), register.rule) is ProviderState.SIGNATORY


def test_a_correction_is_a_new_document_that_cites_the_old_one(database: Database, clock: FixedClock) -> None:
    (provider,) = enter(database, a_provider(signed=None))
    signed(database, provider)
    documents = SealedDocuments(database)
    (old,) = documents.of(provider.id)
    clock.advance(days=1)
    state = ready(database, provider)
    state.corrects_id = old.id
    with pytest.raises(UserError, match="pourquoi le document est corrigé"):
        CharterSigning(database).refuse_unless_open(state)
    state.correction_reason = "Nom mal écrit"

    signed(database, provider, state)

    new, kept = documents.of(provider.id)
    assert (new.corrects_id, new.correction_reason, kept.id) == (old.id, "Nom mal écrit", old.id)
    third = ready(database, provider)
    third.corrects_id, third.correction_reason = new.id, "Encore"
    content = CharterSigning(database).compose(third, [a_drawing()], database.clock())
    assert json.loads(content.evidence)["corrige"] == {
        "numero": new.number,
        "empreinte": new.fingerprint,
        "motif": "Encore",
    }
    with database.reading() as session:
        first = session.scalars(select(Signature).where(Signature.cancelled_on.is_not(None))).one()
    assert first.cancelled_on == database.today()
    assert new.number in first.cancellation_reason


def test_either_everything_is_kept_or_nothing(database: Database) -> None:
    (provider,) = enter(database, a_provider(signed=None))
    state = ready(database, provider)
    signing, at = CharterSigning(database), database.clock()
    content = signing.compose(state, [a_drawing()], at)
    sealed = seal_charter(content, identity_of(database), at)
    (other,) = enter(database, a_provider(signed=None))
    signed(database, other)  # takes the number

    with pytest.raises(UserError, match="vient d'être pris"):
        signing.keep(state, content, sealed)

    assert SealedDocuments(database).of(provider.id) == []
    assert ProviderRegister(database).get(provider.id).signatures == []
    assert SigningSessions(database).of(provider.id) == state


def test_two_signers_in_a_row_are_both_kept(database: Database) -> None:
    first, second = enter(database, a_provider(signed=None), a_provider(signed=None))
    signed(database, first)
    signed(database, second)

    documents = SealedDocuments(database)
    numbers = [documents.of(one.id)[0].number for one in (first, second)]
    assert numbers == [f"CE-2026-{database.device}-0000{number}" for number in (1, 2)]


def test_old_signatures_stay_bound_to_their_text(database: Database) -> None:
    (provider,) = enter(database, a_provider(signed=None))
    signature = signed(database, provider)
    signatures = CharterSignatures(database)

    newer = signatures.adopt("# Charte\n\nUn texte plus récent que tous attendaient.", "Charte 2027")

    assert signatures.current_version == newer
    with database.reading() as session:
        assert session.get_one(Signature, signature.id).version_id == the_charter(database)
    with pytest.raises(UserError, match="déjà la version à signer"):
        signatures.adopt("# Charte\r\n\r\nUn texte plus récent que tous attendaient.", "Charte 2027")
    with pytest.raises(UserError, match="vide"):
        signatures.adopt(" \n", "Vide")
    assert date(2026, 1, 1) < database.today()
