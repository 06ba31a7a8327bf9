"""An address typed in one text, taken apart into street, postal code and place."""

import re
from functools import lru_cache

from charte_desktop.model import reference
from charte_desktop.model.reading import Place, Reading, plain, says_nothing
from charte_desktop.model.wording import normalise

_POSTAL_CODE = re.compile(r"\(?(?<!\w)(?:F-?)?([0-9]{5}|97 [0-9]{3}|974 [0-9]{2})(?![\w.,][0-9]|\w)\)?")
_POST_BOX = re.compile(r"\b(?:BP|CS|B\.P\.?|C\.S\.?|TSA|n°|no|num[ée]ro)\s*$", re.IGNORECASE)
_CUT = re.compile(r"\s*[,;\n]\s*|\s+-+(?:\s+|$)")
_IN_PARENTHESES = re.compile(r"(.*[^\s])\s*\(([^()]+)\)", re.DOTALL)
_EDGES = " ,;-\n"
_ISLAND = frozenset(("reunion", "la reunion", "ile de la reunion", "ile reunion", "france", "reunion france", "974"))
_STREET_WORDS = frozenset(
    (
        "de du des d la le les l et a au aux rue avenue av boulevard bd blvd chemin che chem route rte allee all place "
        "pl impasse imp quai cite residence res lotissement lot immeuble imm ruelle sentier zone za zac zi lieu dit "
        "eglise mairie stade lycee ecole college hopital centre port"
    ).split()
)
"""Before the name of a town, these make it the name of a street or a building."""
_CEDEX = re.compile(r"\bcedex\b\s*([0-9]{0,2})", re.IGNORECASE)
_NO_PLACE = "Le code postal et la commune n'ont pas été trouvés : ajoutez-les à la fin, par exemple 97410 Saint-Pierre."


def read_place(text: str) -> Reading[Place]:
    """Street lines, postal code, place and commune of an address, in whatever order they stand.

    A place of La Réunion is written as its commune or district writes itself, any other as typed, without commune
    code. The name decides the commune; a postal code that does not go with it is kept and told.
    """
    if says_nothing(text):
        return Reading(Place())
    text = _tidy(plain(text))
    found = _postal_code(text)
    if found is None:
        return _without_code(text)
    code = found[1].replace(" ", "")
    street, city = _split(text[: found.start()], _without(found[1], text[found.end() :]), code)
    commune = reference.find_commune(city, code)
    place = reference.find_place(city, code)
    if place is not None:
        city = _named(city, place)
    elif not city and commune is not None:
        city = commune.name
    return Reading(Place(street, code, city, commune.code if commune else ""), message=_doubt(code, city, commune))


def read_street_and_town(street: str, town: str) -> Reading[Place]:
    """The same as `read_place` of the two on lines of their own: a list that parts them repeats its towns."""
    known = _town_alone(town)
    lines = plain(street)
    if known is None or _POSTAL_CODE.search(lines) or _POST_BOX.search(lines):
        return read_place(f"{street}\n{town}")
    place = known.value
    value = Place(_tidy(lines).strip(_EDGES), place.postal_code, place.city, place.commune_code)
    return Reading(value, message=known.message)


@lru_cache(4096)
def _town_alone(text: str) -> Reading[Place] | None:
    """A postal code and the place known behind it, which no street above can change; None for any other text."""
    text = _tidy(plain(text))
    code = _POSTAL_CODE.match(text)
    if code is None or _CUT.search(text) or _POSTAL_CODE.search(text, code.end()):
        return None
    return (
        read_place(text) if reference.find_place(text[code.end() :].strip(_EDGES), code[1].replace(" ", "")) else None
    )


def _tidy(text: str) -> str:
    """The text without blank lines and repeated spaces."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))


def _postal_code(text: str) -> re.Match[str] | None:
    """The last postal code of the text, one of La Réunion first; the number of a post box is none.

    Of a code written twice, the first: "97431 La Plaine des Palmistes (97431)".
    """
    codes = [one for one in _POSTAL_CODE.finditer(text) if not _POST_BOX.search(text[: one.start()])]
    last = next((one for one in reversed(codes) if one[1].startswith("97")), codes[-1] if codes else None)
    return next((one for one in codes if last is not None and one[1] == last[1]), None)


def _without(code: str, text: str) -> str:
    """The text without a postal code that it repeats."""
    return re.sub(rf"\(?(?<!\w){code}(?!\w)\)?", "", text) if code in text else text


def _split(before: str, after: str, code: str) -> tuple[str, str]:
    """Street and place, from what stands before and after the postal code."""
    adjacent = bool(after) and not _CUT.match(after)
    following, *others = _CUT.split(after.strip(_EDGES), maxsplit=1)
    rest = "" if not others or normalise(others[0]) in _ISLAND else others[0]
    head, preceding = _last_segment(before)
    ahead = reference.find_place(following, code)
    if ahead and adjacent:
        return _joined(before, rest), following
    behind = reference.find_place(preceding, code)
    if ahead and (behind is None or behind.commune_code not in reference.communes_served(code)):
        return _joined(before, rest), following
    if behind:
        return _joined(head, "" if normalise(after) in _ISLAND else after), preceding
    name, words = _known_beginning(following, code)
    if name:
        return _joined(before, words, rest), name
    street, name = _known_end(before, code)
    if name:
        return _joined(street, after), name
    if following and (adjacent or not before) and not any(map(str.isdigit, _CEDEX.sub("", following))):
        return _joined(before, rest), following
    # A code alone on its line is how an address without place is shown: the line above is no place.
    elsewhere = not reference.communes_served(code) and not before.endswith("\n")
    if elsewhere and not after.strip(_EDGES) and preceding and not any(map(str.isdigit, preceding)):
        return _joined(head), preceding
    return _joined(before, after), ""


def _without_code(text: str) -> Reading[Place]:
    """Read an address without postal code: the place must stand apart, last or first."""
    apart = _IN_PARENTHESES.fullmatch(text)
    if apart and reference.find_place(apart[2]):
        text = f"{apart[1]}, {apart[2]}"
    segments = _CUT.split(text.strip(_EDGES))
    while len(segments) > 1 and normalise(segments[-1]) in _ISLAND:
        segments.pop()
    text = text[: text.rindex(segments[-1]) + len(segments[-1])]
    head, last = _last_segment(text)
    place = reference.find_place(last)
    if place:
        return Reading(Place(_joined(head), "", _named(last, place), place.commune_code))
    place = reference.find_place(segments[0])
    if place:
        return Reading(Place(_joined(text[len(segments[0]) :]), "", _named(segments[0], place), place.commune_code))
    return Reading(Place(address=text), message=_NO_PLACE)


def _last_segment(text: str) -> tuple[str, str]:
    """What stands before the last separator, and after it."""
    text = text.rstrip(_EDGES)
    cuts = list(_CUT.finditer(text))
    return (text[: cuts[-1].start()], text[cuts[-1].end() :]) if cuts else ("", text)


def _known_beginning(segment: str, code: str) -> tuple[str, str]:
    """The longest known place that begins a segment, and the rest."""
    words = segment.split()
    for count in range(min(len(words), 6), 0, -1):
        name = " ".join(words[:count])
        if reference.find_place(name, code):
            return name, " ".join(words[count:])
    return "", segment


def _known_end(text: str, code: str) -> tuple[str, str]:
    """The street and the longest known place that ends it without separator, unless the place names the street."""
    words = text.rstrip(_EDGES).rsplit(maxsplit=6)
    for start in range(1, len(words)):
        name = " ".join(words[start:])
        if reference.find_place(name, code):
            named_after = normalise(words[start - 1]).rpartition(" ")[2] in _STREET_WORDS
            return ("", "") if named_after else (text.rstrip(_EDGES)[: -len(name)], name)
    return "", ""


def _joined(*parts: str) -> str:
    return "\n".join(filter(None, (part.strip(_EDGES) for part in parts)))


def _named(city: str, place: reference.PlaceName) -> str:
    """The place as it writes itself, with its CEDEX."""
    cedex = _CEDEX.search(city)
    return f"{place.label} CEDEX {cedex[1]}".rstrip() if cedex else place.label


def _doubt(code: str, city: str, commune: reference.Commune | None) -> str:
    """What to tell of a postal code beside its place, if anything."""
    if commune is None:
        return "" if city else f"Aucune commune n'a été trouvée avec le code postal {code} : ajoutez-la."
    served = reference.communes_served(code)
    if commune.code in served or (not served and code.startswith(("974", "977", "978"))):
        return ""
    return f"Le code postal {code} ne va pas avec {commune.name} : vérifiez-le."
