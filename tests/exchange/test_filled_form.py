import json
import subprocess
import tempfile
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader, PdfWriter

from charte_desktop.documents.charter import signed_charter
from charte_desktop.documents.fillable_fiche import fillable_fiche
from charte_desktop.documents.page_style import REUNION
from charte_desktop.errors import UserError
from charte_desktop.exchange import provider_import, provider_list, tables
from charte_desktop.exchange.filled_form import is_filled_form, read_filled_form
from charte_desktop.model import reference
from charte_desktop.model.fiche_form import OTHER_SERVICES, SERVICE_BOX, TEXT_BOXES
from charte_desktop.model.identity_text import FIELD_LABELS
from charte_desktop.model.import_plan import ListKind
from charte_desktop.store.database import Database
from charte_desktop.store.local_services import LocalServices
from charte_desktop.store.provider_import import carry_out, known_providers
from charte_desktop.store.provider_register import ProviderRegister
from tests.documents.charters import a_signed_charter
from tests.factory import a_provider, enter

AT = datetime(2026, 11, 23, 14, 2, tzinfo=REUNION)
TYPED = {
    "raison_sociale": "Œuvre & Cœur (Réunion)",
    "siren": "489 487 926",
    "responsable_legal": "Camille Exemple",
    "adresse": "12 rue de Paris\n97400 Saint-Denis",
    "emails": "contact@oeuvre.example",
    "telephones": "0692 12 34 56",
    "code_ape": "62.01Z",
    "nombre_employes": "3",
    "references": "Site d'une boulangerie\nBoutique d'un marché",
    "autres_services": "Vidéo par drone",
}
TICKED = ("service_S01", "service_S12")


def by_pikepdf(pdf: bytes) -> bytes:
    result = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        for field in document.Root.AcroForm.Fields:
            name = str(field.T)
            if name in TYPED:
                field.V = pikepdf.String(TYPED[name])
            elif name in TICKED:
                field.V = field.AS = pikepdf.Name("/Oui")
        document.save(result)
    return result.getvalue()


def by_pypdf(pdf: bytes) -> bytes:
    writer = PdfWriter()
    writer.append(PdfReader(BytesIO(pdf)))
    for page in writer.pages:
        writer.update_page_form_field_values(page, {**TYPED, **dict.fromkeys(TICKED, "/Oui")}, auto_regenerate=False)
    result = BytesIO()
    writer.write(result)
    return result.getvalue()


def by_mutool(pdf: bytes) -> bytes:
    """MuPDF's own form engine, as its viewer fills a form: it knows a box by the words that a reader shows."""
    words = {box: FIELD_LABELS[field] for field, (box, _) in TEXT_BOXES.items()}
    words[OTHER_SERVICES] = "Autres prestations, en quelques mots"
    typed = {words[box]: text for box, text in TYPED.items()}
    ticked = [reference.service_label(one.removeprefix(SERVICE_BOX)) for one in TICKED]
    with tempfile.TemporaryDirectory() as folder:
        source, script, filled = (Path(folder) / name for name in ("fiche.pdf", "fill.js", "remplie.pdf"))
        source.write_bytes(pdf)
        script.write_text(
            f"var typed = {json.dumps(typed)}, ticked = {json.dumps(ticked)};\n"
            f"var doc = new PDFDocument({json.dumps(str(source))});\n"
            "for (var n = 0; n < doc.countPages(); n++) {\n"
            "  doc.loadPage(n).getWidgets().forEach(function (one) {\n"
            "    var label = one.getLabel();\n"
            "    if (label in typed) one.setTextValue(typed[label]);\n"
            "    else if (ticked.indexOf(label) >= 0) one.toggle();\n"
            "    one.update();\n"
            "  });\n"
            "}\n"
            f"doc.save({json.dumps(str(filled))});\n",
            encoding="utf-8",
        )
        subprocess.run(["mutool", "run", str(script)], check=True, capture_output=True)
        return filled.read_bytes()


FILLERS: dict[str, Callable[[bytes], bytes]] = {"pikepdf": by_pikepdf, "pypdf": by_pypdf, "mutool": by_mutool}


def rewritten(pdf: bytes) -> bytes:
    """Saved once more by another program, as a mail system or an archive may do."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "fiche.pdf"
        source.write_bytes(pdf)
        command = ["qpdf", "--object-streams=generate", "--linearize", str(source), "-"]
        return subprocess.run(command, capture_output=True, check=True).stdout


@pytest.mark.parametrize("again", [lambda pdf: pdf, rewritten], ids=["as it came", "saved again"])
@pytest.mark.parametrize("filler", FILLERS)
def test_a_form_filled_by_any_reader_becomes_a_provider(
    filler: str, again: Callable[[bytes], bytes], database: Database, tmp_path: Path
) -> None:
    file = tmp_path / "fiche.pdf"
    file.write_bytes(again(FILLERS[filler](fillable_fiche(None, "Camille", AT))))

    lists = provider_list.recognise(tables.read_workbook(file), kind=ListKind.PROVIDERS)
    plan = provider_import.plan(lists, known_providers(database), file.name, database.today())
    carry_out(database, plan)

    (provider,) = ProviderRegister(database).find("489487926")
    assert provider.legal_name == "Œuvre & Cœur (Réunion)"
    assert (provider.address, provider.postal_code, provider.city) == ("12 rue de Paris", "97400", "Saint-Denis")
    assert (provider.emails, provider.phones) == (["contact@oeuvre.example"], ["+262692123456"])
    assert (provider.ape_code, provider.headcount) == ("62.01Z", 3)
    assert provider.service_ids == ["S01", "S12"]
    assert provider.references.splitlines()[:2] == ["Site d'une boulangerie", "Boutique d'un marché"]
    whole = f"{provider.notes} {provider.unread} {provider.references}"
    assert "Vidéo par drone" in whole, "what is no service of the list is kept in words"


def test_a_form_that_went_out_filled_and_comes_back_changed_is_an_update(database: Database, tmp_path: Path) -> None:
    (known,) = enter(database, a_provider("S01", signed=None, legal_name="Piton Web", siren="489487926"))
    pdf = fillable_fiche(ProviderRegister(database).get(known.id), "Camille", AT)
    file = tmp_path / "fiche.pdf"
    file.write_bytes(pdf)
    lists = provider_list.recognise(tables.read_workbook(file), kind=ListKind.PROVIDERS)
    same = provider_import.plan(lists, known_providers(database), file.name, database.today())
    assert same.counts()["unchanged"] == 1

    with pikepdf.open(BytesIO(pdf)) as document:
        for field in document.Root.AcroForm.Fields:
            if str(field.T) == "telephones":
                field.V = pikepdf.String("0693 00 00 01")
            if str(field.T) == "siren":
                field.V = pikepdf.String("489487926")
        document.save(file)
    lists = provider_list.recognise(tables.read_workbook(file), kind=ListKind.PROVIDERS)
    plan = provider_import.plan(lists, known_providers(database), file.name, database.today())
    assert plan.counts()["updated"] == 1
    carry_out(database, plan)
    assert ProviderRegister(database).get(known.id).phones == ["+262262000001", "+262693000001"], "as any import"


def test_a_service_that_the_office_added_has_its_box(database: Database) -> None:
    added = LocalServices(database).add("Prises de vue par drone", "Ressources humaines")
    (provider,) = enter(database, a_provider("S01", added.id, signed=None))
    titles, cells = read_filled_form("fiche.pdf", fillable_fiche(provider, "Camille", AT))
    services = dict(zip(titles, cells, strict=True))["Services & prestations proposés"]
    assert services == "Création / refonte site internet\nPrises de vue par drone"


def _protected(pdf: bytes) -> bytes:
    result = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        document.save(result, encryption=pikepdf.Encryption(owner="a", user="b"))
    return result.getvalue()


def _looping(pdf: bytes) -> bytes:
    result = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        field = document.Root.AcroForm.Fields[0]
        field.Kids = pikepdf.Array([field])
        document.save(result)
    return result.getvalue()


def test_what_is_no_filled_form_is_refused_with_what_to_do() -> None:
    empty = fillable_fiche(None, "Camille", AT)
    for content, sentence in (
        (empty, "est vide"),
        (_protected(empty), "mot de passe"),
        (b"%PDF-1.7\nnothing", "abîmé"),
        (signed_charter(a_signed_charter()), "n'est pas une fiche à remplir"),
        (empty[: len(empty) // 2], "abîmé|n'est pas une fiche|est vide"),
    ):
        with pytest.raises(UserError, match=sentence):
            read_filled_form("fiche.pdf", content)


def test_a_form_that_loops_or_repeats_itself_ends() -> None:
    pdf = _looping(by_pikepdf(fillable_fiche(None, "Camille", AT)))
    titles, cells = read_filled_form("fiche.pdf", pdf)
    assert len(titles) == len(cells)
    assert is_filled_form(pdf)


def test_only_a_form_of_ours_is_taken_for_one() -> None:
    assert is_filled_form(fillable_fiche(None, "Camille", AT))
    assert not is_filled_form(signed_charter(a_signed_charter()))
    assert not is_filled_form(b"PK\x03\x04")
    assert not is_filled_form(_protected(fillable_fiche(None, "Camille", AT)))
