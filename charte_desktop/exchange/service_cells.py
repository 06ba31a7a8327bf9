"""Which of the charter's services a cell declares (C20): several in one cell, or a mark in a service's own column."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache

from charte_desktop.exchange import service_words
from charte_desktop.exchange.service_words import key
from charte_desktop.model import reference
from charte_desktop.model.reading import says_nothing
from charte_desktop.model.wording import normalise

_CHECKED = "\ue001"
_UNCHECKED = "\ue002"
_BOXES = (
    (re.compile(r"[☑☒✓✔🗹■]|\[\s*[xX✓✔]\s*\]|\(\s*[xX]\s*\)"), f"\n{_CHECKED}"),
    (re.compile(r"[☐❑❏]|\[\s*\]"), f"\n{_UNCHECKED}"),
)
_CUTS = re.compile(r"[\n\r\t;|•·▪◦●○►▶➢➤→⇒✦★*+,/\\_]+|\s[-–—]+\s|^\s*[-–—]+|(?<=\S)\s{3,}(?=\S)")
_NUMBERING = re.compile(r"^\s*(?:\(?\d{1,2}\s*[.)°-]\)?|[a-hA-H]\)|[-–—>]+|\d{1,2}\s(?=\D))\s*(?=\S)")
_LINE_NUMBERS = re.compile(r"(?:^|[\n\r])\s*\(?\d{1,2}\s*[-–.)°]\)?\s+(?=\S)")
_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_ID = re.compile(r"s ?0?(\d{1,2})")
_IDS = re.compile(r"s\d{1,2}(?: s\d{1,2})+")
_JOINED = re.compile(r"\s+(?:et|ou)\s+|\s*&\s*", re.IGNORECASE)
_BETWEEN_LABELS = re.compile(r" ?[,;\n] ?")
_LONGEST_LABEL = 6
"""Parts that one label may be cut into by the separators it holds itself."""
_UNSURE = re.compile(
    r"\b(non|pas|sans|sauf|hors|aucune?|sous traite\w*|en cours|a venir|prevue?|bientot|arrete\w*|ex)\b"
)


@dataclass(frozen=True, slots=True)
class ServicesRead:
    """What a cell declares."""

    ids: tuple[str, ...]
    unread: str = ""
    """The parts that name no service of the charter, or several, as typed."""
    message: str = ""
    """French: what to do with them."""


class Mark(Enum):
    """What a cell of a service's own column says."""

    YES = "oui"
    NO = "non"
    DOUBTFUL = "?"


@lru_cache(8192)
def read_services(text: str) -> ServicesRead:
    """The services that `text` declares, whatever parts them; what is not certain stays in `unread`, never guessed."""
    labels = _labels_alone(text)
    if labels or says_nothing(text):
        return ServicesRead(labels)
    for boxes, sign in _BOXES:
        text = boxes.sub(sign, text)
    parts = _parts(text)
    introducing = {place for place, part in enumerate(parts) if part.endswith(":")}
    parts = [part.rstrip(" :") for part in parts]
    found: dict[str, None] = {}
    unread: list[str] = []
    groups: list[str] = []
    place = 0
    while place < len(parts):
        taken, ids = _longest(parts, place)
        if not ids:
            group = service_words.groups_by_key().get(key(parts[place]))
            following = _longest(parts, place + 1)[1] if place + 1 < len(parts) else ()
            # "Site internet : création, maintenance": the group only introduces its services.
            introduces = group is not None and place in introducing
            if not (introduces and any(_belongs(one, str(group)) for one in following)):
                unread.append(parts[place])
                groups += [group] if group else []
        found.update(dict.fromkeys(ids))
        place += taken
    return ServicesRead(tuple(found), " ; ".join(unread), _message(unread, groups))


def _labels_alone(text: str) -> tuple[str, ...]:
    """The services of a text made of the charter's own labels, as a form writes it, ten times as fast; or none."""
    label, ids = _labels()
    found: dict[str, None] = {}
    end = 0
    while one := label.match(text, end):
        found[ids[one[0]]] = None
        if one.end() == len(text):
            return tuple(found)
        cut = _BETWEEN_LABELS.match(text, one.end())
        if cut is None:
            return ()
        end = cut.end()
    return ()


@cache
def _labels() -> tuple[re.Pattern[str], dict[str, str]]:
    ids = {service.label: service.id for service in reference.services().values()}
    return re.compile("|".join(map(re.escape, ids))), ids


def _parts(text: str) -> list[str]:
    kept: list[str] = []
    brackets: list[str] = []

    def aside(match: re.Match[str]) -> str:
        brackets.append(match[0])
        return f"\ue003{len(brackets) - 1}\ue004"

    shown = _BRACKETS.sub(aside, _LINE_NUMBERS.sub("\n", text)).replace(":", ":\n")
    for part in _CUTS.split(shown):
        whole = re.sub("\ue003(\\d+)\ue004", lambda match: brackets[int(match[1])], part)
        if _UNCHECKED in whole:
            continue
        bare = _NUMBERING.sub("", whole.replace(_CHECKED, "")).strip(" .'\"«»“”")
        if _says_something(bare):
            kept.append(" ".join(bare.split()))
    return kept


@lru_cache(4096)
def _says_something(part: str) -> bool:
    return bool(normalise(part)) and not says_nothing(part.rstrip(" :"))


def _longest(parts: Sequence[str], place: int) -> tuple[int, tuple[str, ...]]:
    """How many parts from `place` on make services, and which: the longest label first."""
    longest = min(_LONGEST_LABEL, len(parts) - place)
    for length in range(longest if _begins_a_way(parts[place]) else 1, 0, -1):
        one = _exactly(" ".join(parts[place : place + length]))
        # "Site internet (création), maintenance": what ends in brackets is no beginning of a longer label.
        if one and not any(_BRACKETS.search(part) for part in parts[place : place + length - 1]):
            return length, (one,)
    for length in range(min(_LONGEST_LABEL, len(parts) - place), 0, -1):
        one = _shortened(" ".join(parts[place : place + length]))
        if one:
            return length, (one,)
    return 1, _joined(parts[place])


@lru_cache(4096)
def _begins_a_way(part: str) -> bool:
    """True when `part` may begin a longer way of writing a service; trying them all took half of an import."""
    words = [word for word in normalise(part).split() if word not in service_words.EMPTY_WORDS]
    return words in ([], ["s"]) or " ".join(words) in _beginnings()


@cache
def _beginnings() -> frozenset[str]:
    ways = [way.split() for way in service_words.ids_by_key()]
    return frozenset(" ".join(words[:count]) for words in ways for count in range(1, len(words)))


@lru_cache(4096)
def _exactly(part: str) -> str:
    number = _ID.fullmatch(normalise(part))
    if number:
        service_id = f"S{int(number[1]):02d}"
        return service_id if service_id in reference.services() else ""
    one = service_words.ids_by_key().get(key(part), "")
    if one or "(" not in part:
        return one
    outside, inside = _BRACKETS.sub(" ", part), " ".join(a or b for a, b in _BRACKETS.findall(part))
    if _UNSURE.search(normalise(inside)) or "?" in inside:
        return ""
    return service_words.ids_by_key().get(key(outside), "")


def _shortened(part: str) -> str:
    """A service whose words are cut ("Strat. de com.", "Sécurisation des donn"), or typed with one slip; else empty."""
    words = key(part).split()
    if len("".join(words)) < 4 or _UNSURE.search(normalise(part)):
        return ""
    beginnings = {
        service_id for way, service_id in _ways_by_first_letter().get(words[0][:1], ()) if _is_beginning(words, way)
    }
    if beginnings:
        return beginnings.pop() if len(beginnings) == 1 and not _names_group(words) else ""
    return _nearly(" ".join(words))


@cache
def _ways_by_first_letter() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for way, service_id in service_words.ids_by_key().items():
        table.setdefault(way[:1], []).append((tuple(way.split()), service_id))
    for way, name in service_words.groups_by_key().items():
        table.setdefault(way[:1], []).append((tuple(way.split()), name))
    return table


def _is_beginning(words: Sequence[str], way: Sequence[str]) -> bool:
    """True when every word begins the word of the way in its place; a way may go on after the last."""
    return len(words) <= len(way) and all(
        full == word or (len(word) >= 3 and full.startswith(word)) for word, full in zip(words, way, strict=False)
    )


def _names_group(words: Sequence[str]) -> bool:
    return " ".join(words) in service_words.groups_by_key()


def _nearly(words: str) -> str:
    if len(words) < 8:
        return ""
    from rapidfuzz import fuzz, process

    ways = service_words.ids_by_key()
    close = process.extract(words, list(ways), scorer=fuzz.ratio, score_cutoff=86, limit=8)
    ids = {ways[way] for way, _, _ in close}
    return ids.pop() if len(ids) == 1 and close[0][1] >= 91 else ""


def _joined(part: str) -> tuple[str, ...]:
    """Services that stand in one part without a separator: joined by "et" or "&", or labels of the charter."""
    if _IDS.fullmatch(normalise(part)):
        ids = [_exactly(one) for one in normalise(part).split()]
        return tuple(ids) if all(ids) else ()
    halves = [half for half in _JOINED.split(part) if half.strip()]
    if len(halves) > 1:
        ids = [_exactly(half) or _shortened(half) for half in halves]
        if all(ids):
            return tuple(ids)
    return _row_of_labels(tuple(key(part).split()))


def _row_of_labels(words: tuple[str, ...]) -> tuple[str, ...]:
    found: list[str] = []
    place = 0
    while place < len(words):
        for end in range(min(len(words), place + 8), place, -1):
            label = " ".join(words[place:end])
            if label in service_words.official_keys():
                found.append(service_words.ids_by_key()[label])
                place = end
                break
        else:
            return ()
    return tuple(found)


def _belongs(service_id: str, name: str) -> bool:
    service = reference.services()[service_id]
    return name in (service.family, service.group)


def _message(unread: Sequence[str], groups: Sequence[str]) -> str:
    if not unread:
        return ""
    if groups:
        named = groups[0]
        return (
            f"« {named} » désigne plusieurs prestations ({', '.join(service_words.members(named))}) : "
            "cochez celles que le prestataire propose."
        )
    return (
        "Ce n'est pas une prestation de la charte, ou elle n'est pas certaine : "
        "cochez celles que le prestataire propose."
    )


def service_of_header(text: str) -> str:
    """The one service that a column's header names, or empty; a bare "Compétences" heads a column of texts."""
    if normalise(text) in ("competences", "competence", "services", "logiciels", "nouveaux clients"):
        return ""
    bare = _NUMBERING.sub("", text)
    number = re.match(r"s ?(0?[1-9]|1[0-6])\b", normalise(text))
    if number:
        return f"S{int(number[1]):02d}"
    return _exactly(bare)


def group_of_header(text: str) -> str:
    """The family or group of services that a column's header names, or empty."""
    return service_words.groups_by_key().get(key(text), "")


_YES = frozenset("x xx o oui yes y vrai true ok 1".split()) | frozenset("✓✔☑☒✗✘●■🗹√⬤•*+v")
_NO = frozenset("nc n/c nd na n/a néant neant aucun aucune so s.o. rien sans".split()) | frozenset(
    ["", "-", "--", "–", "—", "_", "/", ".", "0", "non", "n", "no", "faux", "false", "☐", "□", "○", "❑"]
)


@lru_cache(1024)
def read_mark(text: str) -> Mark:
    """What a cell of a service's column says: a mark, none, or something to look at."""
    sign = text.strip().casefold().replace("\ufe0f", "").replace("\ufe0e", "")
    if sign in _YES:
        return Mark.YES
    return Mark.NO if sign in _NO else Mark.DOUBTFUL
