"""Hebrew and Arabic as they are read: joined letters, and the order in which they stand on the line.

A short form of the Unicode bidirectional algorithm, enough for names, addresses and sentences: the controls that
embed or override a direction are not obeyed (they are removed with the other invisible characters).
"""

import re
import unicodedata

_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")


def reads_from_the_right(text: str) -> bool:
    """True when any letter of `text` belongs to a script written from the right."""
    return _RIGHT.search(text) is not None


def _presentation_forms() -> dict[str, dict[str, str]]:
    forms: dict[str, dict[str, str]] = {}
    for code in range(0xFE70, 0xFEFD):
        position, _, letters = unicodedata.decomposition(chr(code)).partition(" ")
        if letters and " " not in letters:
            forms.setdefault(chr(int(letters, 16)), {})[position] = chr(code)
    return forms


_FORMS = _presentation_forms()
_LETTERS = {form: letter for letter, forms in _FORMS.items() for form in forms.values()}
_LAM_ALEF = {"\u0622": "\ufef5", "\u0623": "\ufef7", "\u0625": "\ufef9", "\u0627": "\ufefb"}
_LETTERS |= {
    chr(ord(form) + joined): f"\u0644{alef}" for alef, form in _LAM_ALEF.items() for joined in (0, 1)
}  # fmt: skip
_AS_WRITTEN = str.maketrans(_LETTERS)


def join(text: str) -> str:
    """`text` with each Arabic letter in the form that its neighbours ask for; still in the order of reading."""
    out: list[str] = []
    joins_on = False
    skip = False
    for here, letter in enumerate(text):
        if skip:
            skip = False
            continue
        if unicodedata.combining(letter):
            out.append(letter)
            continue
        after = next((one for one in text[here + 1 :] if not unicodedata.combining(one)), "")
        if letter == "\u0644" and text[here + 1 : here + 2] in _LAM_ALEF:
            out.append(chr(ord(_LAM_ALEF[text[here + 1]]) + joins_on))
            joins_on, skip = False, True
            continue
        forms = _FORMS.get(letter, {})
        before, onward = joins_on and "<final>" in forms, "<initial>" in forms and "<final>" in _FORMS.get(after, {})
        position = {(True, True): "<medial>", (True, False): "<final>", (False, True): "<initial>"}.get(
            (before, onward), "<isolated>"
        )
        out.append(forms.get(position, letter))
        joins_on = onward
    return "".join(out)


def as_written(text: str) -> str:
    """Joined letters back to plain ones: what a reader of the file finds behind the drawn form."""
    return text.translate(_AS_WRITTEN)


def in_order_of_the_line(text: str, base_is_right: bool) -> str:
    """One line of `text` in the order in which its characters stand on paper, from left to right."""
    base = 1 if base_is_right else 0
    levels = _levels(text, base)
    order = list(range(len(text)))
    for level in range(max(levels, default=0), 0, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and levels[order[end]] >= level:
                end += 1
            order[start:end] = order[start:end][::-1]
            start = end + 1
    return "".join(text[one].translate(_MIRRORED) if levels[one] % 2 else text[one] for one in order)


def starts_from_the_right(text: str) -> bool:
    """The direction of a paragraph: that of its first letter."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return False


def _levels(text: str, base: int) -> list[int]:
    strong = "R" if base else "L"
    kinds: list[str] = []
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind == "NSM":
            kind = kinds[-1] if kinds else strong
        kinds.append({"AL": "R", "AN": "N", "EN": "N"}.get(kind, kind if kind in "LR" else "?"))
    for here, kind in enumerate(kinds):
        # "12.50" and "06-92" are one number: a separator between digits reads with them.
        inside = 0 < here < len(kinds) - 1 and kinds[here - 1] == kinds[here + 1] == "N"
        if kind == "?" and inside and unicodedata.bidirectional(text[here]) in ("CS", "ES"):
            kinds[here] = "N"
    resolved: list[str] = []
    last = strong
    for here, kind in enumerate(kinds):
        if kind in "LR":
            last = kind
        elif kind == "?":
            following = next((one for one in kinds[here + 1 :] if one != "?"), strong)
            following = "R" if following == "N" and last == "R" else "L" if following == "N" else following
            kind = last if last == following else strong
        elif last == "L":
            kind = "L"
        resolved.append(kind)
    left = base + 1 if base else 0
    return [1 if kind == "R" else 2 if kind == "N" else left for kind in resolved]
