"""Installers on a key: recognised, proved, or refused in a sentence."""

import gzip
import io
import shutil
import tarfile
from hashlib import sha256
from pathlib import Path

import pytest

from charte_desktop import __version__
from charte_desktop.errors import UserError
from charte_desktop.exchange import update_file
from charte_desktop.exchange.authenticode import BrokenSignature, publisher_of
from charte_desktop.exchange.update_file import recognise

GIVEN = Path(__file__).parents[1] / "data" / "installers"
RUNNING = GIVEN / "running-publisher.exe"


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """A key that was put in."""
    folder = tmp_path / "clé USB"
    folder.mkdir()
    return folder


def bring(key: Path, name: str, *, sums: bool = True) -> Path:
    file = key / f"Charte-Desktop {name}"
    shutil.copyfile(GIVEN / name, file)
    if sums:
        write_sums(key)
    return file


def write_sums(key: Path) -> None:
    lines = [f"{sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in key.iterdir()]
    (key / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def package(version: str = "9.1.0", name: str = "charte-desktop") -> bytes:
    """A Debian package that holds nothing."""
    fields = f"Package: {name}\nVersion: {version}\nArchitecture: amd64\n".encode()
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        entry = tarfile.TarInfo("./control")
        entry.size = len(fields)
        archive.addfile(entry, io.BytesIO(fields))
    control = gzip.compress(packed.getvalue())
    out = b"!<arch>\n"
    for member, content in (("debian-binary", b"2.0\n"), ("control.tar.gz", control), ("data.tar.gz", b"")):
        head = f"{member:<16}{0:<12}{0:<6}{0:<6}{100644:<8}{len(content):<10}`\n".encode("ascii")
        out += head + content + b"\n" * (len(content) % 2)
    return out


def test_an_installer_that_its_sums_announce_is_recognised(key: Path) -> None:
    found = recognise(bring(key, "update-9.1.0.exe"), system="windows")
    assert found.version == "9.1.0"
    assert found.is_newer
    assert found.sha256 == sha256((GIVEN / "update-9.1.0.exe").read_bytes()).hexdigest()
    assert found.proof == "L'empreinte est celle que SHA256SUMS annonce."


def test_an_installer_that_the_same_publisher_signed_needs_no_sums(key: Path) -> None:
    file = bring(key, "update-9.1.0-publisher.exe", sums=False)
    found = recognise(file, system="windows", running=RUNNING)
    assert found.proof == "Signé par CCI publisher, comme le programme de ce poste."


def test_where_the_program_is_not_signed_a_signature_is_told_and_the_sums_prove(key: Path) -> None:
    file = bring(key, "update-9.1.0-stranger.exe")
    found = recognise(file, system="windows", running=GIVEN / "update-0.0.1.exe")
    assert found.proof == "Signé par CCI stranger ; l'empreinte est celle que SHA256SUMS annonce."


@pytest.mark.parametrize("name", ["update-9.1.0-stranger.exe", "update-9.1.0.exe"])
def test_where_the_program_is_signed_another_publisher_is_refused_whatever_the_sums_say(key: Path, name: str) -> None:
    with pytest.raises(UserError, match=r"n'est pas signé par l'éditeur de ce programme \(CCI publisher\)"):
        recognise(bring(key, name), system="windows", running=RUNNING)


def test_a_file_that_was_changed_after_it_was_signed_is_refused(key: Path) -> None:
    file = bring(key, "update-9.1.0-publisher.exe")
    content = bytearray(file.read_bytes())
    content[5000] ^= 1
    file.write_bytes(content)
    write_sums(key)
    with pytest.raises(UserError, match="a été modifié depuis sa signature"):
        recognise(file, system="windows", running=RUNNING)


def test_every_byte_that_is_run_is_covered_by_the_signature() -> None:
    whole = (GIVEN / "update-9.1.0-publisher.exe").read_bytes()
    signed = len((GIVEN / "update-9.1.0.exe").read_bytes())
    assert publisher_of(whole) is not None
    for place in range(0, signed, 499):
        changed = bytearray(whole)
        changed[place] ^= 0x10
        try:
            found = publisher_of(bytes(changed))
        except BrokenSignature:
            continue
        # What says where the signature is, and the sum that signing writes, are not run.
        assert found is None or changed[:0x200] != whole[:0x200], place


def test_what_follows_the_signature_is_refused() -> None:
    whole = (GIVEN / "update-9.1.0-publisher.exe").read_bytes()
    with pytest.raises(BrokenSignature):
        publisher_of(whole + b"something to run")
    with pytest.raises(BrokenSignature):
        publisher_of(whole[:-40])


def test_without_any_proof_it_is_refused_and_told_what_to_bring(key: Path) -> None:
    with pytest.raises(UserError, match="copiez à côté de lui le fichier SHA256SUMS"):
        recognise(bring(key, "update-9.1.0.exe", sums=False), system="windows")


def test_a_damaged_copy_is_refused(key: Path) -> None:
    file = bring(key, "update-9.1.0.exe")
    content = bytearray(file.read_bytes())
    content[-100] ^= 1
    file.write_bytes(content)
    with pytest.raises(UserError, match="n'est pas le fichier que SHA256SUMS annonce"):
        recognise(file, system="windows")


def test_an_older_version_is_refused(key: Path) -> None:
    with pytest.raises(UserError, match=r"version 0\.0\.1, plus ancienne"):
        recognise(bring(key, "update-0.0.1.exe"), system="windows")


def test_the_same_version_may_be_put_back(key: Path) -> None:
    file = key / "charte.deb"
    file.write_bytes(package(__version__))
    write_sums(key)
    assert not recognise(file, system="linux").is_newer


def test_a_debian_package_is_recognised(key: Path) -> None:
    file = key / "charte-desktop_9.1.0_amd64.deb"
    file.write_bytes(package())
    write_sums(key)
    assert recognise(file, system="linux").version == "9.1.0"


def test_an_installer_of_another_system_is_refused(key: Path) -> None:
    with pytest.raises(UserError, match=r"fait pour un autre système.*_amd64\.deb"):
        recognise(bring(key, "update-9.1.0.exe"), system="linux")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ",
        b"MZ" + bytes(5000),
        b"PK\x03\x04 a backup",
        b"!<arch>\n",
        b"!<arch>\n" + b"x" * 200,
        package(name="other-program"),
        package("1:9-1"),
        package()[:150],
    ],
    ids=["empty", "two letters", "zeros", "zip", "ar alone", "ar of noise", "other", "odd version", "cut"],
)
def test_anything_else_is_refused_in_a_sentence(key: Path, content: bytes) -> None:
    file = key / "fichier.exe"
    file.write_bytes(content)
    write_sums(key)
    with pytest.raises(UserError, match="n'est pas un installateur de Charte Desktop"):
        recognise(file, system="windows")


def test_a_file_that_is_gone_or_a_folder_is_refused(key: Path) -> None:
    for file in (key / "parti.exe", key):
        with pytest.raises(UserError, match="ne se lit pas"):
            recognise(file, system="windows")


def test_the_copy_that_is_run_is_the_file_that_was_looked_at(key: Path) -> None:
    file = bring(key, "update-9.1.0.exe")
    found = recognise(file, system="windows")
    copy = update_file.prepare(found)
    assert copy.read_bytes() == file.read_bytes()
    assert copy.parent != key
    shutil.rmtree(copy.parent)
    file.write_bytes(b"another file, put there meanwhile")
    with pytest.raises(UserError, match="a changé pendant la lecture"):
        update_file.prepare(found)
    file.unlink()
    with pytest.raises(UserError, match="remettez la clé en place"):
        update_file.prepare(found)


def test_a_copy_that_no_installer_made_is_not_replaced() -> None:
    assert update_file.installed_program() is None
    with pytest.raises(UserError, match="lancez vous-même l'installateur"):
        update_file.refuse_unless_installed()
