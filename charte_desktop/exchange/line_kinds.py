"""Lines of a list that are no provider: totals, notes, section titles, headers repeated; and why."""

import re
from collections.abc import Sequence

from charte_desktop.exchange import service_cells
from charte_desktop.exchange.tables import Cell
from charte_desktop.model import reference
from charte_desktop.model.wording import normalise

REPEATED_HEADER = "en-tête répété"
TOTAL = "ligne de total"
SUBTOTAL = "ligne de sous-total"
NOTE = "note"
SECTION = "titre de section"
NUMBER_ONLY = "ligne numérotée, mais vide"

_COUNTED = (
    r"(?: (?:des |de |du |de la )?(?:prestataires?|fiches?|entreprises?|societes?|lignes?|liste|page|section|"
    r"inscrits|signataires?))?"
)
_TOTAL = re.compile(
    rf"(?:grand )?tota(?:l|ux)(?: generale?(?:s|aux)?| general)?{_COUNTED}(?: \d+)*{_COUNTED}|"
    rf"total (?:nord|sud|est|ouest|n)\b.*|"
    rf"(?:nombre|nb|effectif) (?:total )?(?:de |d |des )?(?:prestataires?|fiches?|entreprises?|lignes?|total)(?: \d+)*|"
    rf"(?:soit )?\d+ (?:prestataires?|fiches?|entreprises?|lignes?)(?: au total)?|(?:.+ )?total(?: \d+)*|"
    rf"moyennes?|somme|nb val(?:eurs)? .*"
)
_SUBTOTAL = re.compile(r"(?:sous|s) tota(?:l|ux)\b.*")
_NOTE_START = re.compile(
    r"(?:n b|nb|note|notes|nota|nota bene|remarque|remarques|attention|source|sources|legende|important|rappel|"
    r"page \d+|p \d+|"
    r"suite(?: page)?|mise a jour|maj|mis a jour|edite|editee|imprime|extraction|extrait|fin de liste|"
    r"fin de la liste|fin|liste arretee|"
    r"document|fichier|voir|cf|ps|p s|merci|ne pas|les lignes|en rouge|en jaune|en gras|en vert)\b"
)
_SECTION_START = re.compile(
    r"(?:secteur|zone|groupe|section|chapitre|partie|famille|categorie|territoire|arrondissement|micro ?region|"
    r"bassin|lot|annexe|"
    r"theme|thematique|rubrique|(?:nouveaux |anciens )?prestataires?|offreurs?|signataires?|non signataires?|"
    r"liste|en attente|en cours|radies?|a relancer|"
    r"a contacter|a verifier|a completer|communes? d[eu]|commune)\b"
)
_SECTION_WHOLE = re.compile(
    r"[a-z]|nord|sud|est|ouest|centre|hauts|reunion|ile|(?:nord|sud|est|ouest)(?: (?:nord|sud|est|ouest))+|"
    r"(?:19|20)\d\d|(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|"
    r"decembre)(?: (?:19|20)\d\d)?|"
    r"(?:1er|[1-4]e(?:me)?|t[1-4]) (?:trimestre|semestre)?(?: ?(?:19|20)\d\d)?|cinor|tco|cirest|civis|casud"
)
_COUNT = re.compile(r"\d{1,4}")
_RULED = re.compile(r"^\s*[-–—=*_#.~<>«]{2,}.*|^[\s*]+\S.*", re.DOTALL)


def kind_of(
    cells: Sequence[tuple[int, str]],
    *,
    name_column: int | None,
    has_identity: bool,
    merged_across: bool,
    numbered: bool | None,
) -> str:
    """Why a line is no provider, in French; empty when it may be one.

    `cells` are its filled cells with their columns. `has_identity` says that a column such as the SIREN, the e-mail or
    the address is filled: nothing but a provider has these. `numbered` says whether the line has its order number, in a
    list whose lines have one; None in another list.
    """
    if has_identity:
        return ""
    column, text = next(((at, said) for at, said in cells if re.search(r"[^\W\d_]", said)), cells[0])
    words = normalise(text)
    if _SUBTOTAL.fullmatch(words):
        return SUBTOTAL
    if _TOTAL.fullmatch(words):
        return TOTAL
    alone = len({said for _, said in cells}) == 1
    if len(words) < 1 or (alone and _RULED.match(text) and not merged_across):
        return NOTE
    if not re.search(r"[a-z]", words) and words.isascii() and alone and column != name_column:
        return NUMBER_ONLY
    if _NOTE_START.match(words) and (alone or len(words.split()) > 6):
        return NOTE
    if not alone:
        return ""
    if _SECTION_WHOLE.fullmatch(words) or _SECTION_START.match(words) or _is_heading(text):
        return SECTION
    if len(words.split()) > 14 or (text.rstrip().endswith(".") and len(words.split()) > 6):
        return NOTE
    if merged_across or text.rstrip().endswith(":") or numbered is False:
        return SECTION
    if column != name_column:
        return NOTE if len(words.split()) > 6 else SECTION
    return ""


def is_count(text: str) -> bool:
    """True for what a total's line has under a column: a number too short for a telephone, a SIREN or an address."""
    return len(text) <= 4 and _COUNT.fullmatch(text) is not None


def _is_heading(text: str) -> bool:
    """True for the name of a service, of a family of services or of a place of the island."""
    if service_cells.group_of_header(text) or service_cells.service_of_header(text):
        return True
    place = reference.find_place(text)
    return place is not None


def is_merged_across(merged: Sequence[tuple[int, int, int, int]], row: int) -> bool:
    """True when cells of the line are merged over several columns."""
    return any(top <= row <= bottom and right > left for top, bottom, left, right in merged)


def order_column(rows: Sequence[Sequence[Cell]], columns: Sequence[int]) -> int | None:
    """The column, among those that are not read, that numbers the lines; None when there is none."""
    for column in columns:
        values = [row[column] for row in rows[:300] if column < len(row) and row[column] != ""]
        numbers = [value for value in values if isinstance(value, int | float) or str(value).strip().isdigit()]
        if len(values) >= 3 and len(numbers) >= 0.9 * len(values) and len(set(map(str, numbers))) == len(numbers):
            return column
    return None
