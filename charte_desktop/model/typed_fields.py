"""A form's line as texts: what each field reads from what is typed, and what it shows of what is kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from charte_desktop.errors import UserError
from charte_desktop.model.display import show_date, show_phone
from charte_desktop.model.identity_text import Problem
from charte_desktop.model.money import read_money, show_money
from charte_desktop.model.reading import Reading

Options = Callable[[], Sequence[tuple[str, str]]]


def _words(text: str) -> Reading[Any]:
    return Reading("\n".join(" ".join(line.split()) for line in text.strip().splitlines()))


def _day(text: str) -> Reading[Any]:
    from charte_desktop.model.identifiers import read_date

    return read_date(text)


def _money(text: str) -> Reading[Any]:
    return read_money(text)


def _signed_money(text: str) -> Reading[Any]:
    return read_money(text, may_be_negative=True)


def _phone(text: str) -> Reading[Any]:
    from charte_desktop.model.contact import read_phones

    return _first(read_phones(text))


def _email(text: str) -> Reading[Any]:
    from charte_desktop.model.contact import read_emails

    return _first(read_emails(text))


def _first(reading: Reading[tuple[str, ...]]) -> Reading[Any]:
    if len(reading.value) > 1:
        return Reading("", " ".join(reading.value), "Un seul suffit ici : gardez celui où joindre cette personne.")
    return Reading(reading.value[0] if reading.value else "", reading.unread, reading.message)


@dataclass(frozen=True)
class TypedField:
    """One field: its name in the record, its words, and how it is read and shown."""

    name: str
    label: str
    read: Callable[[str], Reading[Any]] = _words
    show: Callable[[Any], str] = str
    empty: Any = ""
    """What the record holds when nothing was said."""
    lines: int = 1
    hint: str = ""
    options: Options | None = None
    """The only values it takes, each with its words."""
    option_words: Callable[[str], str] = str
    """The words of a value that is not offered any more."""
    empty_words: str = ""
    """What choosing none of the options is called; empty when one is always chosen."""
    wanted: str = ""
    """The sentence that refuses an empty field; empty for one that may stay empty."""
    can_be_wrong: bool = True

    def kept(self, value: Any) -> Any:
        """A value read, as the record holds it."""
        return self.empty if value is None else value

    def shown(self, value: Any) -> str:
        """A value that is kept, as text."""
        return "" if value is None or value == "" else self.show(value)


def words(name: str, label: str, **more: Any) -> TypedField:
    """A free text."""
    return TypedField(name, label, can_be_wrong=bool(more.get("wanted")), **more)


def day(name: str, label: str, **more: Any) -> TypedField:
    """A day, jj/mm/aaaa; it may stay empty."""
    return TypedField(name, label, _day, show_date, None, **{"hint": "jj/mm/aaaa", **more})


def money(name: str, label: str, *, may_be_negative: bool = False, **more: Any) -> TypedField:
    """An amount in cents."""
    read = _signed_money if may_be_negative else _money
    return TypedField(name, label, read, show_money, None, **{"hint": "1 234,50", **more})


def phone(name: str, label: str) -> TypedField:
    """One telephone, kept in E.164."""
    return TypedField(name, label, _phone, show_phone)


def email(name: str, label: str) -> TypedField:
    """One e-mail address."""
    return TypedField(name, label, _email)


def ids(name: str, label: str) -> TypedField:
    """Some ids, one space between two, as boxes to tick give them."""
    return TypedField(name, label, lambda text: Reading(text.split()), " ".join, can_be_wrong=False)


def one_of(name: str, label: str, kind: type[Enum], only: Sequence[Enum] = (), **more: Any) -> TypedField:
    """One of the members of an enumeration, or of `only` these; a text is the member's name."""

    def read(text: str) -> Reading[Any]:
        return Reading(kind[text] if text else None)

    def options() -> Sequence[tuple[str, str]]:
        return [(one.name, str(one.value)[:1].upper() + str(one.value)[1:]) for one in only or kind]

    return TypedField(
        name,
        label,
        read,
        lambda value: str(value.name),
        None,
        options=options,
        option_words=lambda name: str(kind[name].value),
        can_be_wrong=False,
        **more,
    )


def one_among(name: str, label: str, options: Options, **more: Any) -> TypedField:
    """One of some records, by its id, or none."""
    more.setdefault("empty_words", "À choisir…" if more.get("wanted") else "Aucun")
    return TypedField(name, label, lambda text: Reading(text or None), str, None, options=options, **more)


def read_field(field: TypedField, text: str) -> Reading[Any]:
    """What a text means in a field; an empty one that is wanted has its sentence."""
    reading = field.read(text)
    if field.wanted and not reading.unread and reading.value in (None, ""):
        return Reading(reading.value, reading.unread, field.wanted)
    return reading


class Unreadable(UserError):
    """A field whose text says nothing certain; its sentence belongs beside it."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class TypedLine:
    """A line that is typed, or one that is kept shown as text: what a form fills its boxes from."""

    def __init__(self, fields: Sequence[TypedField], kept: Mapping[str, Any] | None = None, line_id: str = "") -> None:
        self.id = line_id
        self.unread: dict[str, str] = {}
        self._fields = {field.name: field for field in fields}
        self._kept = {} if kept is None else kept

    def shown(self, name: str) -> str:
        """What the field shows of what is kept."""
        return self._fields[name].shown(self._kept.get(name))

    def enter(self, name: str, text: str) -> list[Problem]:
        """What is to be said of a text, without keeping it."""
        reading = read_field(self._fields[name], text)
        return [Problem(name, text, reading.message)] if reading.message else []

    def values(self, texts: Mapping[str, str]) -> dict[str, Any]:
        """What the texts mean, by field. Refuses, naming the field, what cannot be read and what is wanted."""
        found: dict[str, Any] = {}
        for name, text in texts.items():
            field = self._fields[name]
            reading = read_field(field, text)
            if reading.unread or (field.wanted and reading.value in (None, "")):
                raise Unreadable(name, reading.message or f"« {text} » n'est pas lisible : corrigez « {field.label} ».")
            found[name] = field.kept(reading.value)
        return found
