from hashlib import sha256

from charte_desktop.model.fingerprint import short_fingerprint


def test_the_short_fingerprint_is_the_beginning_of_the_sha_256_in_groups_of_four() -> None:
    evidence = '{"provider": "Cœur de Lave"}'.encode()
    short = short_fingerprint(evidence)
    assert short.replace(" ", "") == sha256(evidence).hexdigest()[:16]
    assert [len(one) for one in short.split(" ")] == [4, 4, 4, 4]


def test_one_byte_more_is_another_fingerprint() -> None:
    assert short_fingerprint(b"{}") != short_fingerprint(b"{} ")
    assert short_fingerprint(b"") == "e3b0 c442 98fc 1c14"
