"""The HTML page in a real browser: the same verdicts, in the same words, as the program's own."""

import base64
import json
import random
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from charte_desktop.documents.html_verifier import html_verifier
from charte_desktop.documents.seal import seal
from charte_desktop.documents.seal_identity import with_certificate
from charte_desktop.documents.verdict_words import moment, words
from charte_desktop.documents.verification import verify
from tests.documents import sealing
from tests.documents.browser import Browser
from tests.documents.forgeries import FORGERIES
from tests.documents.sealing import AT, identity, sealed, stamped, with_evidence
from tests.documents.strange_files import STRANGE
from tests.documents.test_seal import on_a_curve
from tests.documents.test_seal_identity import certificate, issued, pem

MADE_ON = date(2026, 11, 28)


def known() -> list[bytes]:
    return [identity().certificate, on_a_curve().certificate]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("page") / "verifier.html"
    file.write_bytes(html_verifier(known(), MADE_ON))
    return file


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory, page: Path) -> Iterator[Browser]:
    with Browser(tmp_path_factory.mktemp("profile")) as opened:
        opened.open(page)
        yield opened


def said_by_the_page(browser: Browser, pdf: bytes) -> dict[str, Any]:
    """What the page's own function says of a file."""
    content = base64.b64encode(pdf).decode()
    said: dict[str, Any] = browser.evaluate(
        f"verify(Uint8Array.from(atob('{content}'), (sign) => sign.charCodeAt(0))).then((found) => ({{"
        "verdict: found.verdict, heading: found.heading, message: found.message, changes: found.changes,"
        "provider: found.evidence?.provider ?? '', fingerprint: found.evidence?.fingerprint ?? '',"
        "siren: found.evidence?.siren ?? '', signed: found.evidence?.signedAt ?? null, sealed: found.sealedAt,"
        "certificate: found.certificate?.fingerprint ?? '', stamps: found.stamps}))"
    )
    return said


def said_by_the_program(pdf: bytes) -> dict[str, Any]:
    """The same of the program."""
    found = verify(pdf, known())

    def milliseconds(at: Any) -> int | None:
        return None if at is None else round(at.timestamp() * 1000)

    return {
        "verdict": found.verdict.value,
        "heading": found.heading,
        "message": found.message,
        "changes": list(found.changes),
        "provider": found.provider,
        "fingerprint": found.fingerprint,
        "siren": found.evidence.siren if found.evidence else "",
        "signed": milliseconds(found.signed_at),
        "sealed": milliseconds(found.sealed_at),
        "certificate": found.certificate_fingerprint,
        "stamps": [{"at": milliseconds(one.at), "service": one.service} for one in found.time_stamps],
    }


@pytest.mark.parametrize("name", FORGERIES)
def test_each_forgery_gets_the_same_verdict_in_the_same_words(browser: Browser, name: str) -> None:
    wanted, make = FORGERIES[name]
    pdf = make()
    said = said_by_the_page(browser, pdf)
    assert said["verdict"] == wanted
    assert said == said_by_the_program(pdf)


def test_strange_files_get_the_same_verdicts(browser: Browser) -> None:
    for name, make in STRANGE.items():
        pdf = make()
        start = monotonic()
        assert said_by_the_page(browser, pdf) == said_by_the_program(pdf), name
        assert monotonic() - start < 10, name


def test_damaged_files_get_the_same_verdicts(browser: Browser) -> None:
    chance = random.Random(17)
    for whole in (sealed(), stamped()):
        for _ in range(30):
            at = chance.randrange(len(whole))
            flipped = whole[:at] + bytes([whole[at] ^ (1 << chance.randrange(8))]) + whole[at + 1 :]
            for pdf in (flipped, whole[:at], whole[:at] + b"\n" + whole[at:]):
                said = said_by_the_page(browser, pdf)
                assert not said["verdict"].startswith("intact"), at
                assert said == said_by_the_program(pdf), at


def test_seals_of_other_kinds_of_keys_are_verified(browser: Browser) -> None:
    office = with_certificate(identity(), pem(issued(identity()), certificate()), AT)
    for who, wanted in ((on_a_curve(), "intact_known"), (office, "intact_unknown")):
        pdf = seal(with_evidence(), who, at=AT, reason="")
        said = said_by_the_page(browser, pdf)
        assert said["verdict"] == wanted
        assert said == said_by_the_program(pdf)


def test_what_a_stranger_writes_is_shown_as_the_program_shows_it(browser: Browser) -> None:
    odd = "Piton\u202e\x00\n Web 𝄞 <b> שלום\ud800 \u00a0\u2028" + "é" * 300
    for provider in (odd, "", " "):
        said = {**json.loads(sealing.evidence()), "provider": provider, "signed_at": "2026-02-30T00:00Z"}
        objects, reference = sealing.attached(json.dumps(said).encode())
        pdf = sealing.hand_sealed(objects, identity(copy=1), catalog=sealing.names(reference))
        assert said_by_the_page(browser, pdf) == said_by_the_program(pdf)


# -- the page itself --------------------------------------------------------------------------------------------------


def settled(browser: Browser, articles: int) -> list[dict[str, Any]]:
    """The verdicts shown, once there are as many as that."""
    shown: list[dict[str, Any]] = browser.evaluate(
        "new Promise((go) => { const look = () => {"
        "  const all = [...document.querySelectorAll('article')];"
        f"  if (all.length < {articles}) return setTimeout(look);"
        "  go(all.map((one) => ({file: one.querySelector('h2').textContent, verdict: one.dataset.verdict,"
        "    text: one.innerText})));"
        "}; look(); })"
    )
    return shown


def test_files_are_chosen_and_each_gets_its_verdict(browser: Browser, page: Path, tmp_path: Path) -> None:
    browser.open(page)
    files = {
        "scellé.pdf": sealed(),
        "horodaté.pdf": stamped(),
        "modifié.pdf": FORGERIES["the contents of a page replaced"][1](),
        "faux.pdf": FORGERIES["sealed anew by a forger of the same name"][1](),
        "sans sceau.pdf": sealing.pages(),
        "vide.pdf": b"",
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    browser.choose("#files", [tmp_path / name for name in files])
    shown = settled(browser, len(files))
    assert [(one["file"], one["verdict"]) for one in shown] == [
        (name, verify(content, known()).verdict.value) for name, content in files.items()
    ]
    plain = [" ".join(one["text"].replace("\u00a0", " ").split()) for one in shown]
    for wanted in ("Piton Web & Cœur", "900000003", moment(AT), verify(sealed(), []).fingerprint):
        assert wanted in plain[0]
    assert "par « Service d'horodatage, poste TSA »" in plain[1]
    assert "Page 1 : contenu modifié." in plain[2]
    for text, content in zip(plain, files.values(), strict=True):
        assert verify(content, known()).message in text
    assert "vide.pdf" in browser.evaluate("document.getElementById('status').textContent")
    assert browser.evaluate("document.activeElement.textContent") == "scellé.pdf"
    again = len(files) + 1
    browser.choose("#files", [tmp_path / "vide.pdf"])
    assert settled(browser, again)[0]["file"] == "vide.pdf"


def test_a_file_is_dropped_anywhere_on_the_page(browser: Browser, page: Path, tmp_path: Path) -> None:
    browser.open(page)
    (tmp_path / "scellé.pdf").write_bytes(sealed())
    browser.drop([tmp_path / "scellé.pdf"])
    (shown,) = settled(browser, 1)
    assert (shown["file"], shown["verdict"]) == ("scellé.pdf", "intact_known")
    assert browser.evaluate("location.protocol") == "file:"


def test_a_huge_file_is_refused_without_being_read(browser: Browser) -> None:
    said = browser.evaluate("judged({size: 300 * 2 ** 20, name: 'x'}).then((found) => found.message)")
    assert said == words().messages["too_large"].format(size=300)


def test_what_goes_wrong_is_never_intact(browser: Browser) -> None:
    for file in ("{size: 5, arrayBuffer: async () => { throw new DOMException('gone'); }}",
                 "{size: 5, arrayBuffer: async () => { throw new Error('?'); }}"):  # fmt: skip
        said = browser.evaluate(f"judged({file})")
        assert (said["verdict"], said["message"]) == ("unreadable", words().page["not_read"])
    said = browser.evaluate(
        "(async () => { const before = crypto.subtle.digest; crypto.subtle.digest = () => { throw new TypeError(); };"
        f"const file = new File([Uint8Array.from(atob('{base64.b64encode(sealed()).decode()}'),"
        "(sign) => sign.charCodeAt(0))], 'x.pdf');"
        "try { return await judged(file); } finally { crypto.subtle.digest = before; } })()"
    )
    assert (said["verdict"], said["message"]) == ("unreadable", words().page["not_checked"])


@pytest.mark.parametrize(
    "missing", ["delete globalThis.DecompressionStream", "Object.defineProperty(crypto, 'subtle', {value: undefined})"]
)
def test_a_browser_that_cannot_verify_says_so(browser: Browser, page: Path, missing: str) -> None:
    browser.open(page, first=missing)
    assert (
        browser.evaluate("document.getElementById('status').innerText.replaceAll('\u00a0', ' ')")
        == (words().page["no_cryptography"])
    )
    assert browser.evaluate("document.getElementById('files').disabled")


def test_the_page_names_the_workstations_it_knows(browser: Browser, page: Path) -> None:
    browser.open(page)
    text = browser.evaluate("document.getElementById('known').parentElement.textContent")
    assert "Cette page connaît 2 postes, à la date du 28/11/2026." in text
    assert "CCI Île de la Réunion, poste K7Q, valable du 22/11/2026 au 23/11/2036" in text
    assert identity().facts.fingerprint in text.replace(" ", "")


@pytest.mark.parametrize(("certificates", "sentence"), [(0, "ne connaît aucun poste"), (1, "connaît 1 poste,")])
def test_the_page_says_how_many_it_knows(browser: Browser, tmp_path: Path, certificates: int, sentence: str) -> None:
    (tmp_path / "page.html").write_bytes(html_verifier(known()[:certificates], MADE_ON))
    browser.open(tmp_path / "page.html")
    assert sentence in browser.evaluate("document.getElementById('known-total').textContent")
    assert said_by_the_page(browser, sealed())["verdict"] == ("intact_known" if certificates else "intact_unknown")


def test_the_page_is_one_file_that_asks_nothing_of_any_network() -> None:
    text = html_verifier([], MADE_ON).decode()
    reaches_out = r"https?:|//[a-z]|\bsrc=|\bhref=|@import|url\(|import\(|fetch\(|XMLHttp|WebSocket|sendBeacon"
    assert not re.search(reaches_out, text)
    assert not re.search(r"@[A-Z_]+@", text)
    assert "default-src 'none'" in text
    assert text.startswith("<!doctype html>")
    assert '<html lang="fr">' in text
    assert html_verifier(known(), MADE_ON) == html_verifier(known(), MADE_ON)


def test_its_policy_runs_no_other_script(browser: Browser, page: Path) -> None:
    browser.open(page)
    browser.evaluate(
        "(() => { const script = document.createElement('script'); script.textContent = 'globalThis.intruder = 1';"
        "document.head.append(script); })()"
    )
    assert browser.evaluate("globalThis.intruder ?? 'none'") == "none"


def test_the_page_works_without_a_mouse_and_with_a_screen_reader(browser: Browser, page: Path, tmp_path: Path) -> None:
    browser.open(page)
    (tmp_path / "scellé.pdf").write_bytes(sealed())
    browser.choose("#files", [tmp_path / "scellé.pdf"])
    settled(browser, 1)
    nodes = browser.command("Accessibility.getFullAXTree")["nodes"]
    named = {(one["role"]["value"], one["name"]["value"]) for one in nodes if one.get("name", {}).get("value")}
    assert ("heading", "Vérifier un document scellé") in named
    assert ("heading", "scellé.pdf") in named
    assert any(role == "button" and "Choisir un ou plusieurs PDF" in name for role, name in named)
    assert any(role == "status" for role in (one["role"]["value"] for one in nodes if not one.get("ignored")))
    assert not any("✓" in name for _, name in named)
    browser.command("Input.dispatchKeyEvent", type="keyDown", key="Tab", code="Tab", windowsVirtualKeyCode=9)
    assert browser.evaluate("document.activeElement !== document.body")
