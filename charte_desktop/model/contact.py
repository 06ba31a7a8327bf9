"""Telephones, e-mail addresses and sites as people type them: several in a cell, with labels, in any writing."""

import re
from collections.abc import Callable
from functools import cache, lru_cache

from charte_desktop.model.reading import Reading, plain, says_nothing
from charte_desktop.model.wording import normalise

# ---------------------------------------------------------------------------------------------------- telephones

_NOT_DIGITS = re.compile(r"[^0-9+]+")
_NUMBER_ONLY = re.compile(r"'?\+?[0-9\s.,()/_*-]+")
_STRONG_SEPARATORS = re.compile(r"(?:[;,|\n•]|\b(?:ou|et|puis)\b|&)+", re.IGNORECASE)
_WEAK_SEPARATORS = re.compile(r"\s*/\s*|\s+-+\s+|\s{2,}")
_NUMBER = re.compile(r"(?<![^\W_])\+?\s?\(?\+?[0-9](?:[\s.()/_*-]*[0-9])*\)?")
_TEL_AND_FAX = re.compile(r"t[ée]l[a-zé]*\.?\s*(?:[/&-]|et)\s*fax", re.IGNORECASE)
_EXTENSION = re.compile(r"\b(?:poste|ext(?:ension)?)\s*:?\s*[0-9]{1,5}\b", re.IGNORECASE)
_FAX = frozenset("fax telecopie telecopieur telefax telecop f".split())
_LABELS = frozenset(
    (
        "tel telephone telephones tels phone port portable portables mobile mobiles gsm cell fixe fixes std standard "
        "bureau bur domicile dom pro perso personnel professionnel siege accueil secretariat commercial direction "
        "whatsapp whats app wa sms n no num numero numeros de du le la au appel contact ligne directe direct t m p "
        "ou et puis sav urgence astreinte agence boutique magasin atelier gerant gerante assistante assistant"
    ).split()
)
_FAX_AFTER = re.compile(r"[\s(:-]*(?:télé?)?(?:fax|copie)[)\s]*", re.IGNORECASE)
_CUT_BY_EXCEL = re.compile(r"[0-9](?:[.,][0-9]+)?E\+?[0-9]{1,2}", re.IGNORECASE)
_FLOAT = re.compile(r"([0-9]{9,13})[.,]0")
_BESIDE = "« {} » n'est pas un numéro : ce texte reste écrit à côté."
_NO_PHONE = "Ce n'est pas un numéro de téléphone : écrivez ses dix chiffres, par exemple 0692 12 34 56."


def read_phones(text: str) -> Reading[tuple[str, ...]]:
    """Every telephone of a cell, in E.164, in the order typed.

    A number without country code is looked for in the plan of La Réunion, then of Mayotte, which shares its +262,
    then of the mainland. A wrong one is never corrected: it stays in `unread` with its sentence. A fax is no
    telephone: it stays in `unread`, without a sentence.
    """
    number = _e164(text)
    if number:
        return Reading((number,))
    if says_nothing(text):
        return Reading(())
    typed, text = text.strip(), _FLOAT.sub(r"\1", plain(text))
    if _CUT_BY_EXCEL.fullmatch(text):
        return Reading(
            (), typed, "Excel a coupé ce numéro, ses derniers chiffres sont perdus : recopiez-le de sa source."
        )
    found: dict[str, None] = {}
    unread: list[str] = []
    messages: dict[str, None] = {}
    for part in _parts(text):
        numbers, left, message = _of_part(part)
        found |= dict.fromkeys(numbers)
        if left:
            unread.append(left)
        if message:
            messages[message] = None
    if found:
        return Reading(tuple(found), " ; ".join(unread), " ".join(messages))
    return Reading((), typed, " ".join(messages) if unread else _NO_PHONE)


def _parts(text: str) -> list[str]:
    """Cut a cell where one number ends and the next begins, never inside a number."""
    text = _TEL_AND_FAX.sub("Tél", text)
    parts: list[str] = []
    for strong in _STRONG_SEPARATORS.split(text):
        parts += [strong] if _e164(strong) else _WEAK_SEPARATORS.split(strong)
    return [part.strip() for part in parts if part.strip(" -/.:")]


def _of_part(part: str) -> tuple[list[str], str, str]:
    """The numbers of a part, what is left of it, and the sentence for what is left."""
    if _EXTENSION.search(part):
        return [], part, "Un numéro avec un poste interne ne s'appelle pas tel quel : écrivez le numéro direct."
    numbers: list[str] = []
    left: list[str] = []
    messages: list[str] = []
    end = 0
    for found in _NUMBER.finditer(part):
        words, number = part[end : found.start()].strip(" -:."), found[0].strip()
        label = normalise(words).split()
        if label and label[-1] in _FAX:
            left.append(part[end : found.end()].strip(" -"))
            end = found.end()
            continue
        if _FAX_AFTER.fullmatch(part[found.end() :]):
            left.append(part[end:].strip(" -"))
            end = len(part)
            break
        end = found.end()
        if not _LABELS.issuperset(label):
            left.append(words)
            messages.append(_BESIDE.format(words.strip("() ")))
        read = _numbers_of(number)
        numbers += read
        if not read:
            left.append(number)
            messages.append(_why_not(number))
    rest = part[end:].strip(" -:.")
    if not _LABELS.issuperset(normalise(rest).split()):
        left.append(rest)
        messages.append(_BESIDE.format(rest.strip("() ")) if numbers else _NO_PHONE)
    return numbers, " ".join(left), " ".join(dict.fromkeys(messages))


def _numbers_of(chunk: str) -> list[str]:
    """One number, or several glued together without a separator."""
    number = _e164(chunk)
    if number:
        return [number]
    digits = _NOT_DIGITS.sub("", chunk)
    if len(digits) % 10 == 0 and digits.isdigit():
        tens = [_e164(digits[start : start + 10]) for start in range(0, len(digits), 10)]
        if all(tens):
            return tens
    return []


def _why_not(chunk: str) -> str:
    digits = _NOT_DIGITS.sub("", chunk).replace("+", "00", 1)
    if digits.startswith("0033"):
        local = digits[4:].lstrip("0")
        if len(local) == 9 and _is_valid("RE", local):
            return (
                "+33 ne convient pas à un numéro de La Réunion : vérifiez-le, puis écrivez "
                f"+262 {local[:3]} {local[3:5]} {local[5:7]} {local[7:]}."
            )
    if len(digits) < 9 or (len(digits) == 9 and digits.startswith("0")):
        return f"Il manque des chiffres à ce numéro ({len(digits)} au lieu de dix) : écrivez-le en entier."
    if digits.startswith("0") and not digits.startswith("00") and len(digits) > 10:
        return f"Ce numéro a trop de chiffres ({len(digits)} au lieu de dix) : vérifiez-le."
    return "Ce numéro n'existe pas dans le plan de numérotation : vérifiez-le."


@lru_cache(20_000)
def _e164(text: str) -> str:
    """The number that `text` is, or empty."""
    if not _NUMBER_ONLY.fullmatch(text):
        return ""
    digits = _NOT_DIGITS.sub("", text)
    if len(digits) == 10 and digits[0] == "0" and _is_valid("RE", digits[1:]):
        return f"+262{digits[1:]}"
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    if digits.startswith("+"):
        for prefix, regions in (("+262", ("RE", "YT")), ("+33", ("FR",))):
            if digits.startswith(prefix):
                local = digits[len(prefix) :].removeprefix("0")
                return f"{prefix}{local}" if any(_is_valid(region, local) for region in regions) else ""
        return _foreign(digits)
    local = digits.removeprefix("0")
    for region, prefix in (("RE", "+262"), ("YT", "+262"), ("FR", "+33")):
        if _is_valid(region, local):
            return f"{prefix}{local}"
        if not digits.startswith("0") and _is_valid(region, digits.removeprefix(prefix[1:])):
            return f"+{digits}"
    return ""


def _is_valid(region: str, local: str) -> bool:
    return any(matches(local) for matches in _plans()[region])


@cache
def _plans() -> dict[str, list[Callable[[str], re.Match[str] | None]]]:
    """The numbers of each region's plan, without leading zero, from the tables of phonenumberslite.

    Asked directly: parsing and checking by the library's own functions costs a hundred microseconds a number.
    """
    from phonenumbers import PhoneMetadata

    plans: dict[str, list[Callable[[str], re.Match[str] | None]]] = {}
    for region in ("RE", "FR", "YT"):
        plan = PhoneMetadata.metadata_for_region(region)
        assert plan is not None
        assert plan.general_desc is not None
        kinds = (
            plan.mobile, plan.fixed_line, plan.toll_free, plan.premium_rate, plan.shared_cost, plan.voip,
            plan.personal_number, plan.pager, plan.uan, plan.voicemail,
        )  # fmt: skip
        every = plan.general_desc.national_number_pattern
        patterns = [
            f"(?=(?:{every})$)(?:{kind.national_number_pattern})"
            for kind in kinds
            if kind and kind.national_number_pattern
        ]
        plans[region] = [re.compile(pattern).fullmatch for pattern in patterns]
    return plans


def _foreign(digits: str) -> str:
    import phonenumbers

    try:
        number = phonenumbers.parse(digits)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


# ------------------------------------------------------------------------------------------------ e-mails and sites

_PLAIN_EMAIL = re.compile(
    r"[a-z0-9]+(?:[._+-][a-z0-9]+)*@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+(?!(?:arpa|invalid|local|localhost|onion|test)$)"
    r"[a-z]{2,24}"
)
_EMAIL_CELL_CUTS = re.compile(r"[;,|\n]+|\s(?:ou|et)\s")
_EMAIL_CUTS = re.compile(r"[\s/<>()\[\]\"«»“”]+")
_EMAIL_LABELS = frozenset(
    "ou et puis mail mails email emails e courriel courriels adresse mel contact a mailto".split()
)
_AT_IN_WORDS = re.compile(
    r"[\[({]\s*(?:at|arobase|a|chez|@)\s*[\])}]|\s(?:at|arobase|chez)\s|\S\s+@|@\s+\S", re.IGNORECASE
)
_NO_AT = "L'arobase est remplacée ou isolée : réécrivez l'adresse, par exemple nom@domaine.re."
_SITE = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_HOST = re.compile(r"(?:[\w-]+\.)+[^\W0-9_]{2,24}(?::[0-9]{1,5})?")


def read_emails(text: str) -> Reading[tuple[str, ...]]:
    """Every e-mail address of a cell, in lower case, in the order typed; an address is never guessed."""
    typed, text = text.strip(), plain(text)
    lower = text.lower()
    if len(lower) <= 64 and _PLAIN_EMAIL.fullmatch(lower):
        return Reading((lower,))
    if says_nothing(text):
        return Reading(())
    found: dict[str, None] = {}
    unread: list[str] = []
    messages: dict[str, None] = {}
    for part in _EMAIL_CELL_CUTS.split(text):
        if _AT_IN_WORDS.search(part):
            unread.append(part.strip())
            messages[_NO_AT] = None
            continue
        words: list[str] = []
        for word in _EMAIL_CUTS.split(part):
            read = _email(word) if "@" in word else ""
            if read:
                found[read] = None
            elif "@" in word or _SITE.fullmatch(word):
                unread.append(word)
                messages[_why_no_email(word)] = None
            elif not _EMAIL_LABELS.issuperset(normalise(word).split()):
                words.append(word)
        if words:
            unread.append(" ".join(words))
            messages[f"« {' '.join(words)} » n'est pas une adresse e-mail : écrivez nom@domaine.re."] = None
    if found:
        return Reading(tuple(found), " ; ".join(unread), " ".join(messages))
    return Reading((), typed, " ".join(messages) or "Il manque l'adresse e-mail : écrivez nom@domaine.re.")


def read_website(text: str) -> Reading[str]:
    """The address of a site, its host in lower case; `https://` is kept when typed and never added."""
    typed, text = text.strip(), plain(text)
    if says_nothing(text):
        return Reading("")
    words = [word for word in re.split(r"[\s;,|]+", text) if normalise(word) not in ("", "ou", "et", "site", "web")]
    sites = [(word, site) for word in words if (site := _site(word))]
    if not sites:
        if "@" in text:
            return Reading("", typed, "C'est une adresse e-mail : écrivez-la dans « E-mail ».")
        return Reading(
            "", typed, "Ce n'est pas l'adresse d'un site : écrivez-la en entier, par exemple www.domaine.re."
        )
    first = sites[0][0]
    others = [word for word in words if word != first]
    message = "Un seul site tient dans ce champ : le reste est écrit à côté." if others else ""
    return Reading(sites[0][1], " ".join(others), message)


def _email(word: str) -> str:
    """The address that a word is, a label glued in front of it aside; or empty."""
    label, _, address = word.lower().rstrip("'.:").lstrip("'").rpartition(":")
    if label not in ("", "mailto", "mail", "email", "e-mail", "courriel", "mèl"):
        return ""
    if len(address) <= 64 and _PLAIN_EMAIL.fullmatch(address):
        return address
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(address, check_deliverability=False, allow_smtputf8=False).normalized
    except EmailNotValidError:
        return ""


def _why_no_email(word: str) -> str:
    if _SITE.fullmatch(word):
        return "C'est l'adresse d'un site : écrivez-la dans « Site internet »."
    return f"« {word} » n'est pas une adresse e-mail valable : vérifiez-la."


def _site(word: str) -> str:
    scheme, slashes, rest = word.strip("<>()'\"").rpartition("://")
    if slashes and scheme.lower() not in ("http", "https"):
        return ""
    host, slash, path = rest.partition("/")
    if "@" in host or not _HOST.fullmatch(host):
        return ""
    return f"{scheme.lower()}{slashes}{host.lower()}{slash if path else ''}{path}"
