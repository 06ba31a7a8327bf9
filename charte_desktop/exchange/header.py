"""What the words of a column's header say it holds, and where a sheet's header stands."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from charte_desktop.exchange import service_cells
from charte_desktop.exchange.tables import Table, cell_text
from charte_desktop.model.wording import normalise

SERVICE = "service:"
"""Prefix of the field of a column that stands for one service of the charter: `service:S03`."""
FIELDS = {
    "legal_name": "Raison sociale",
    "trade_name": "Nom commercial",
    "acronym": "Sigle",
    "legal_form": "Forme juridique",
    "siren": "SIREN ou SIRET",
    "legal_representative": "Responsable légal",
    "first_name": "Prénom du responsable",
    "last_name": "Nom du responsable",
    "address": "Adresse",
    "postal_code": "Code postal",
    "city": "Commune",
    "emails": "E-mail",
    "phones": "Téléphone",
    "contact_details": "Coordonnées (e-mail et téléphone)",
    "ape": "Code APE",
    "headcount": "Nombre d'employés",
    "services": "Services & prestations",
    "references": "Références",
    "website": "Site internet",
    "charter_signed_on": "Charte signée le",
    "notes": "Notes",
}
"""What a column may be, with its name on screen; beside these, `service:S01` … and "" for a column that is not read."""

_NOT_READ = re.compile(
    r"\b(fonctions?|qualite|civilite|telecopies?|insee|code commune|epci|region|pays|logo|photo|latitude|longitude|"
    r"annee|exterieures?|dispensant|capital|qualiopi|libelle (ape|naf|code|activite)|(libelle|intitule) .*(ape|naf)|"
    r"date de (creation|naissance|delivrance|maj|mise a jour|saisie|relance|envoi|fin|debut|visite|contact)|"
    r"cree le|maj le|mis a jour)\b|^(fax|n fax|numero de fax|n|no|num|numero|ndeg|nr|id|ordre|n ordre|rang|"
    r"ligne|titre|poste)$"
)
_WORDS: tuple[tuple[str, int, str], ...] = (
    ("emails", 10, r"e ?mails?|mails?|mels?|courriels?|couriels?|adresses? electroniques?|messagerie"),
    ("siren", 10, r"sirene?s?|sirets?|siren siret|rcs"),
    ("siren", 6, r"tva( intra\w*)?|immatriculation"),
    ("website", 9, r"sites? (web|internet)|adresse (web|internet)|urls?|www|page web|website|sites?|web"),
    ("phones", 10, r"telephones?|tels?|telephonique|portables?|mobiles?|gsm|phones?|whatsapp|numero d appel"),
    ("phones", 7, r"fixes?|standard|ligne directe|num tel"),
    ("postal_code", 10, r"codes? posta(l|ux)|cp|c p|codepostal|code post|postal|zip"),
    ("city", 9, r"villes?|communes?|localites?|ville commune"),
    (
        "charter_signed_on",
        9,
        r"charte signee?|charte (signee )?(le|date)|date (de )?(la )?(signature|charte)|signature (de )?(la )?charte|"
        r"signee? le|(date d )?(adhesion|engagement) (a la )?charte|charte",
    ),
    ("charter_signed_on", 5, r"signatures?"),
    ("ape", 10, r"codes? (ape|naf)|ape|naf|ape naf|naf ape|code activite|code ape naf"),
    ("ape", 4, r"activites?( principales?)?|secteurs? d activites?"),
    (
        "headcount",
        9,
        r"effectifs?|nombre d employe( s|s|e s)?|nombre de (salaries?|collaborateurs|personnes)|nb?r?e? ?(d )?(de )?"
        r"(employes?|salaries?|sal|collab|collaborateurs)|salaries?|employes?|tranches? (d )?effectifs?|"
        r"collaborateurs|etp|taille( de l entreprise)?",
    ),
    ("references", 9, r"references?|realisations?|principaux clients|references clients?|clients|"
                      r"travaux( realises)?|refs?"),
    (
        "services",
        9,
        r"services?|prestations?|competences?|offres?( de services?)?|specialites?|expertises?|savoir faire|"
        r"domaines?( d (intervention|expertise|activite|activites|competence|competences))?|metiers?|"
        r"solutions?( proposees)?|thematiques?",
    ),
    (
        "legal_representative",
        9,
        r"(responsables?|representants?)( lega(l|ux))?|gerante?s?|dirigeante?s?|presidente?s?|directeurs?|directrices?|"
        r"chefs? d entreprise|mandataire( social)?|exploitante?s?",
    ),
    ("legal_representative", 5, r"interlocut(eur|rice)s?|referente?s?|personnes? (a contacter|referente)|"
                                r"signataires?|contacts?"),
    ("contact_details", 6, r"coordonnees"),
    ("legal_form", 8, r"formes? juridiques?|statuts? juridiques?|categorie juridique|nature juridique|forme"),
    ("acronym", 8, r"sigles?|acronymes?"),
    ("trade_name", 8, r"noms? commercia(l|ux)|enseignes?|marques?|noms? d usage"),
    ("legal_name", 10, r"raisons? sociales?|raison soc|rs|denominations?( sociales?| usuelles?)?"),
    (
        "legal_name",
        8,
        r"(noms? )?(de )?(la |l |du )?(entreprises?|societes?|prestataires?|structures?|organismes?|"
        r"offreurs?( de solutions?)?)",
    ),
    ("legal_name", 6, r"etablissements?|fournisseurs?|associations?|cabinets?|agences?|partenaires?|company|"
                      r"organisations?"),
    ("first_name", 6, r"prenoms?"),
    ("legal_name", 3, r"noms?|intitule|libelle|designation"),
    ("address", 8, r"adresses?( postales?)?|siege( social)?|rue|voie|n voie|complement( d adresse)?|lieu dit|"
                   r"localisation|quartier"),
    ("notes", 7, r"observations?|obs|notes?|commentaires?|remarques?|divers|infos?|informations?( complementaires)?|"
                 r"precisions?"),
)  # fmt: skip
_COMPILED = tuple((field, strength, re.compile(rf"\b(?:{words})\b")) for field, strength, words in _WORDS)
_MAIL = re.compile(r"\b(e ?mails?|mails?|mels?|courriels?)\b")
_TELEPHONE = re.compile(r"\b(telephones?|tels?|portables?|mobiles?|gsm)\b")
_SPOILS_NAME = re.compile(
    r"\b(type|categorie|date|statut|etat|code|id|identifiant|numero|nombre|nb|taille|chiffre|ca|est)\b"
)
_OF_A_PERSON = re.compile(
    r"\b(responsables?|representants?|gerants?|dirigeants?|presidents?|contacts?|interlocuteurs?|referents?)\b"
)
_DATA = re.compile(r"\d{5}|@|https?:|^\d+$|^\d\d[/.-]\d\d[/.-]")
_LONGEST_HEADER = 90


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a header says: a field, and how surely (1 to 10)."""

    field: str
    strength: int


_NOTHING = Meaning("", 0)


@lru_cache(4096)
def meaning(header: str) -> Meaning:
    """What a column of this header holds; an empty field when its words say nothing."""
    words = normalise(header)
    if not words or len(header) > _LONGEST_HEADER:
        return _NOTHING
    service = service_cells.service_of_header(header)
    if service:
        return Meaning(SERVICE + service, 7)
    fullest = _fullest(words)
    if fullest is not None:
        return fullest
    if _NOT_READ.search(words):
        return _NOTHING
    if _MAIL.search(words) and _TELEPHONE.search(words):
        return Meaning("contact_details", 9)
    for field, strength, pattern in _COMPILED:
        found = pattern.search(words)
        if found is None or strength < 5:
            continue
        if field in ("legal_name", "trade_name") and _SPOILS_NAME.search(words):
            continue
        if field == "address" and "electronique" in words:
            continue
        if field == "legal_representative" and "prenom" in words.split() and "nom" not in words.split():
            return Meaning("first_name", strength)
        covered = len(found[0].split()) / len(words.split())
        return Meaning(field, max(2, round(strength * (0.5 + covered / 2))))
    return _NOTHING


def _fullest(words: str) -> Meaning | None:
    for field, strength, pattern in _COMPILED:
        if pattern.fullmatch(words):
            return Meaning(field, strength)
    return None


def combined(group: str, under: str) -> Meaning:
    """What a column of a two-line header holds: the group above, its own words below."""
    if not under or not group:
        return meaning(under or group)
    own, above = meaning(under), meaning(group)
    if _OF_A_PERSON.search(normalise(group)) and own.field in ("legal_name", "first_name", "last_name", ""):
        words = set(normalise(under).split())
        if {"nom", "noms"} & words and not {"prenom", "prenoms"} & words:
            return Meaning("last_name", 8)
        if {"prenom", "prenoms"} & words and not {"nom", "noms"} & words:
            return Meaning("first_name", 8)
        return Meaning("legal_representative", 8) if words & {"nom", "noms"} else _NOTHING
    if above.field == "services" and own.field in ("website", "references", ""):
        group_label = service_cells.group_of_header(under)
        return Meaning("services", 5) if group_label else own
    if own.field and own.strength >= 5:
        return own
    together = meaning(f"{group} {under}")
    return max(own, together, above, key=lambda one: one.strength)


@dataclass(frozen=True, slots=True)
class Header:
    """Where a header stands in a table, and its words by column."""

    rows: tuple[int, ...]
    """One or two lines, from 0."""
    texts: tuple[str, ...]
    meanings: tuple[Meaning, ...]
    score: float


_SEARCHED_LINES = 80


_UNKNOWN_AT_MOST = 6.0
"""What the columns that say nothing to us may take from a header's score, all together."""


def find_header(table: Table) -> Header | None:
    """The line, or two lines, whose cells read most like headers; None when no line names two columns of a list.

    Lines above it are titles. The first of several equals is taken: a header repeated at each page comes later.
    """
    best = poor = None
    for row in range(min(len(table.rows), _SEARCHED_LINES)):
        for rows in ((row,), (row, row + 1)):
            header = header_at(table, rows)
            if header is not None and names_a_list(header) and (best is None or header.score > best.score):
                best = header
        poor = poor or _poor_header(table, row)
    return best or poor


def header_at(table: Table, rows: tuple[int, ...]) -> Header | None:
    """The header that these lines make; None for a second line that cannot be one."""
    if rows[-1] >= len(table.rows):
        return None
    last = [cell_text(cell) for cell in table.rows[rows[-1]]]
    if len(rows) == 1:
        texts = tuple(" ".join(text.split()) for text in last)
        return _scored(table, rows, texts, tuple(map(meaning, texts)))
    if not _may_be_header(table, rows[0]) or not _may_be_header(table, rows[1]):
        return None
    known = sum(bool(meaning(text).field or service_cells.group_of_header(text)) for text in last if text)
    if not known or known * 2 < sum(map(bool, last)):
        return None
    groups = group_texts(table, rows[0])
    width = max(len(groups), len(last))
    groups += [""] * (width - len(groups))
    last += [""] * (width - len(last))
    texts = tuple(
        " ".join(dict.fromkeys(filter(None, [*g.split("\n"), *u.split("\n")])))
        for g, u in zip(groups, last, strict=True)
    )
    own = [cell_text(cell) for cell in table.rows[rows[0]]] + [""] * width
    meanings = tuple(
        combined(group, under) if under or own[column] else _NOTHING
        for column, (group, under) in enumerate(zip(groups, last, strict=True))
    )
    return _scored(table, rows, texts, meanings)


def _may_be_header(table: Table, row: int) -> bool:
    filled = [cell for cell in table.rows[row] if cell != ""]
    texts = [cell_text(cell) for cell in filled]
    return (
        len(set(texts)) >= 2
        and all(isinstance(cell, str) for cell in filled)
        and not any(_DATA.search(text) or len(text) > _LONGEST_HEADER for text in texts)
    )


def group_texts(table: Table, row: int) -> list[str]:
    """The words of a group line over each column: through its merged cells, else to the right up to the next group."""
    texts = [cell_text(cell) for cell in table.rows[row]]
    texts += [""] * (max((len(one) for one in table.rows[row : row + 2]), default=0) - len(texts))
    spans = [(left, right) for top, bottom, left, right in table.merged if top <= row <= bottom]
    if spans:
        for left, right in spans:
            for column in range(left, min(right + 1, len(texts))):
                texts[column] = texts[column] or texts[left]
        return texts
    group = ""
    for column, text in enumerate(texts):
        group = text or group
        texts[column] = group
    return texts


def _scored(table: Table, rows: tuple[int, ...], texts: tuple[str, ...], meanings: tuple[Meaning, ...]) -> Header:
    score, unknown, seen = 0.0, 0.0, set()
    for text, one in zip(texts, meanings, strict=True):
        if one.field:
            score += one.strength if one.field not in seen else one.strength / 2
            seen.add(one.field)
        elif text:
            like_data = _DATA.search(text) or len(text) > _LONGEST_HEADER
            score, unknown = (score - 6, unknown) if like_data else (score, unknown + 0.5)
    wrong = sum(not isinstance(cell, str) for row in rows for cell in table.rows[row])
    # A wide export has hundreds of columns that are nobody's business: they do not outweigh those that are.
    return Header(rows, texts, meanings, score - min(unknown, _UNKNOWN_AT_MOST) - 6 * wrong - 3 * (len(rows) - 1))


def _poor_header(table: Table, row: int) -> Header | None:
    """A line that names the company and nothing else we know ("Société | Couleur"); only where no line does better."""
    header = header_at(table, (row,))
    if header is None or header.score <= 0:
        return None
    names = [one.strength for one in header.meanings if one.field in ("legal_name", "siren", "trade_name")]
    alone = max((len(one) for one in table.rows), default=0) == 1
    return header if names and (max(names) >= 8 or alone) else None


def names_a_list(header: Header) -> bool:
    """True when the header names at least two columns, or the one column there is."""
    fields = {one.field for one in header.meanings if one.strength >= 3 and one.field}
    strong = [one for one in header.meanings if one.strength >= 8]
    filled = sum(map(bool, header.texts))
    if len(fields) >= 2:
        enough = len(fields) * 4 >= filled or len({one.field for one in strong}) >= 2
        return bool(strong) and header.score > 0 and enough
    return filled == 1 and len(strong) == 1 and strong[0].field in ("legal_name", "siren", "trade_name")


def repeats(header: Header, texts: Sequence[str]) -> bool:
    """True when a line of the list says the header again, as at the top of a printed page."""
    said = {normalise(text) for text in texts if text}
    return len(said) >= 2 and len(said & _words_of(header)) * 5 >= len(said) * 3


@lru_cache(64)
def _words_of(header: Header) -> frozenset[str]:
    return frozenset(normalise(text) for text in header.texts if text)


def fields_of(header: Header) -> Iterable[str]:
    """The fields the header names, in the order of its columns."""
    return (one.field for one in header.meanings if one.field)
