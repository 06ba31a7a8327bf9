import pytest

from charte_desktop.documents.seal_identity import make_identity
from charte_desktop.errors import UserError
from charte_desktop.model.sealed_pdf import KeyPair
from charte_desktop.store.database import Database
from charte_desktop.store.seal_certificates import SealCertificates
from tests.clock import FixedClock
from tests.conftest import PASSPHRASE


def test_the_key_of_the_workstation_is_kept_and_its_forebears_stay_known(database: Database, clock: FixedClock) -> None:
    certificates = SealCertificates(database)
    assert certificates.own() is None
    first, second = (make_identity("CCI", code, clock()) for code in ("AAA", "BBB"))
    certificates.seal_with(KeyPair(first.certificate, first.private_key), first.facts.name)
    clock.advance(days=1)
    certificates.seal_with(KeyPair(second.certificate, second.private_key, (b"\x01\x02",)), second.facts.name)

    own = certificates.own()
    assert own == KeyPair(second.certificate, second.private_key, (b"\x01\x02",))
    assert set(certificates.known()) == {first.certificate, second.certificate}
    assert [one.retired_at is None for one in certificates.all()] == [True, False]
    assert repr(second.private_key) not in repr(own)

    certificates.seal_with(KeyPair(first.certificate, first.private_key), first.facts.name)
    again = certificates.own()
    assert again is not None
    assert again.certificate == first.certificate
    database.close()
    reopened = Database.open(database.folder, passphrase=PASSPHRASE)
    kept = SealCertificates(reopened).own()
    assert kept is not None
    assert kept.private_key == first.private_key
    reopened.close()


def test_other_workstations_and_authorities_are_known_and_forgotten(database: Database, clock: FixedClock) -> None:
    certificates = SealCertificates(database)
    other, root = (make_identity("CCI", code, clock()) for code in ("CCC", "DDD"))
    certificates.trust(other.certificate, "poste CCC", root=False)
    certificates.trust(root.certificate, "Autorité", root=True)
    assert (certificates.known(), certificates.roots()) == ([other.certificate], [root.certificate])
    with pytest.raises(UserError, match="déjà reconnu"):
        certificates.trust(other.certificate, "poste CCC", root=False)

    for one in certificates.all():
        certificates.forget(one.id)
    assert (certificates.known(), certificates.roots()) == ([], [])
    certificates.trust(other.certificate, "poste CCC", root=False)
    assert certificates.known() == [other.certificate]

    own = make_identity("CCI", "EEE", clock())
    certificates.seal_with(KeyPair(own.certificate, own.private_key), own.facts.name)
    with pytest.raises(UserError, match="reste reconnu"):
        certificates.forget(own.facts.fingerprint)
