"""A filled form of the charter, in whichever reader it was filled: read as a table of one line, like any list."""

from io import BytesIO
from typing import TYPE_CHECKING, Any

from charte_desktop.errors import UserError
from charte_desktop.model import reference
from charte_desktop.model.fiche_form import FORM_MARK, OTHER_SERVICES, SERVICE_BOX, TEXT_BOXES
from charte_desktop.model.identity_text import FIELD_LABELS

if TYPE_CHECKING:
    from charte_desktop.exchange.tables import Cell

LARGEST = 32 * 2**20
"""Bytes of a file that is looked into."""
_MOST_FIELDS = 2_000
_DEEPEST = 8
_LONGEST = 20_000


def is_filled_form(content: bytes) -> bool:
    """Whether these bytes are a PDF with the boxes of the charter's form."""
    if not content.startswith(b"%PDF") or len(content) > LARGEST:
        return False
    try:
        return _is_ours(_values(content))
    except UserError:
        return False


def read_filled_form(name: str, content: bytes) -> "list[list[Cell]]":
    """The rows of a table: the titles of the form's fields, and what was filled in.

    Raises `UserError` for a PDF that is damaged, protected by a password, too large, or none of our forms.
    """
    values = _values(content, name)
    if not _is_ours(values):
        raise UserError(
            f"« {name} » n'est pas une fiche à remplir de ce programme. Envoyez au prestataire la fiche que prépare "
            "l'onglet Charte, et déposez ici celle qu'il renvoie."
        )
    titles: list[Cell] = []
    cells: list[Cell] = []
    for field, (box, _) in TEXT_BOXES.items():
        if field == "references":
            titles.append(FIELD_LABELS["services"])
            cells.append("\n".join(_services(values)))
        titles.append(FIELD_LABELS[field])
        cells.append(values.get(box, "").strip())
    if not any(cells):
        raise UserError(f"La fiche « {name} » est vide : le prestataire ne l'a pas remplie, ou pas enregistrée.")
    return [titles, cells]


def _is_ours(values: dict[str, str]) -> bool:
    """The mark, or enough of the boxes: some programs drop what is hidden."""
    boxes = {box for box, _ in TEXT_BOXES.values()}
    return FORM_MARK in values or len(boxes & values.keys()) >= len(boxes) - 1


def _services(values: dict[str, str]) -> list[str]:
    offered = reference.offered_services()
    ticked = [
        one.removeprefix(SERVICE_BOX)
        for one, value in values.items()
        if one.startswith(SERVICE_BOX) and value.strip("/").lower() not in ("", "off", "non", "0", "false")
    ]
    named = [offered[one].label for one in ticked if one in offered]
    return named + [line.strip() for line in values.get(OTHER_SERVICES, "").splitlines() if line.strip()]


def _values(content: bytes, name: str = "ce fichier") -> dict[str, str]:
    """What every box holds, by its full name."""
    from pikepdf import PasswordError, PdfError
    from pikepdf import open as open_pdf

    if len(content) > LARGEST:
        raise UserError(f"« {name} » est démesuré pour une fiche : choisissez le fichier que le prestataire a renvoyé.")
    try:
        with open_pdf(BytesIO(content)) as document:
            form = document.Root.get("/AcroForm")
            fields = form.get("/Fields") if form is not None else None
            values: dict[str, str] = {}
            _walk(fields, "", values, 0)
            return values
    except PasswordError as protected:
        raise UserError(
            f"« {name} » est protégé par un mot de passe : demandez au prestataire de l'enregistrer sans protection."
        ) from protected
    except (PdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as damaged:
        raise UserError(f"« {name} » est abîmé ou n'est pas un PDF : redemandez-le au prestataire.") from damaged


def _walk(fields: Any, above: str, values: dict[str, str], depth: int) -> None:
    if fields is None or depth > _DEEPEST:
        return
    for field in fields:
        if len(values) >= _MOST_FIELDS:
            return
        own = str(field.get("/T", ""))
        full = ".".join(filter(None, (above, own)))
        value = field.get("/V")
        if value is not None and full:
            values[full.rpartition(".")[2]] = _text(value)
        elif full and "/Kids" not in field:
            values.setdefault(full.rpartition(".")[2], _text(field.get("/AS", "")))
        kids = field.get("/Kids")
        if kids is not None:
            _walk(kids, full, values, depth + 1)


def _text(value: Any) -> str:
    """A value of any kind: a text, a name, a text kept as a stream."""
    from pikepdf import Array, Stream

    if isinstance(value, Stream):
        raw = value.read_bytes()[: 2 * _LONGEST]
        text = raw.decode("utf-16") if raw.startswith((b"\xfe\xff", b"\xff\xfe")) else raw.decode("latin-1")
    elif isinstance(value, Array):
        text = "\n".join(map(str, value))
    else:
        text = str(value)
    return text.replace("\r\n", "\n").replace("\r", "\n")[:_LONGEST]
