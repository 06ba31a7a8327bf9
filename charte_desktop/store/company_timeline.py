"""Everything that happened with a company, in one dated line each: accompaniments, sheets, exchanges, documents.

Read by plain SQL, and no more of it than is seen. A subject with lines of its own adds a `Source` to `SOURCES`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from charte_desktop.errors import UserError
from charte_desktop.model import reference
from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.exchange_kind import ExchangeKind
from charte_desktop.model.follow_up import HELPFULNESS, QUESTIONS, Outcome
from charte_desktop.store.database import Database


class TimelineLine(NamedTuple):
    """One dated line."""

    kind: str
    """`accompaniment`, `sheet`, `attestation`, `exchange`, `document`, `project`, `follow_up`, `closing`."""
    record_id: str
    at: str
    """ISO, on the island: a day, or a day and its hour."""
    title: str
    detail: str
    who: str
    """The adviser."""

    @property
    def day(self) -> date:
        """The day."""
        return date.fromisoformat(self.at[:10])


@dataclass(frozen=True)
class Source:
    """Where lines of one kind come from."""

    kind: str
    query: str
    """Gives the id, the moment on the island (ISO), three texts and the adviser, for the company `:company`."""
    words: Callable[[str, str, str], tuple[str, str]]
    """Title and detail of the three texts."""


class CompanyTimeline:
    """The dated lines of the companies of the base."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def lines(
        self, company_id: str, kinds: Sequence[str] = (), limit: int | None = None, offset: int = 0
    ) -> list[TimelineLine]:
        """The lines of a company, the latest first; of some kinds only, when they are given."""
        sources = [one for one in SOURCES if not kinds or one.kind in kinds]
        whole = " UNION ALL ".join(f"SELECT '{one.kind}', * FROM ({one.query})" for one in sources)
        with self._database.looking() as base:
            found = base.execute(
                f"{whole} ORDER BY 3 DESC, 1 LIMIT :limit OFFSET :offset",
                {"company": company_id, "limit": -1 if limit is None else limit, "offset": offset},
            ).fetchall()
        return [
            TimelineLine(
                kind, record_id, at, *_WORDS[kind](*("" if text is None else str(text) for text in texts)), who
            )
            for kind, record_id, at, *texts, who in found
        ]

    def whole(self, line: TimelineLine) -> str:
        """Everything that a line stands for, to be read beside it."""
        head = "\n".join(filter(None, [line.title, line.detail]))
        query = _WHOLE.get(line.kind)
        if query is None:
            return head
        with self._database.looking() as base:
            found = base.execute(query, (line.record_id,)).fetchone()
        if found is None:
            raise UserError("Cette ligne n'existe plus : actualisez la fiche.")
        return "\n\n".join([head, *filter(None, found)])


def _of_accompaniment(kind: str, needs: str, step: str) -> tuple[str, str]:
    services = ", ".join(map(reference.service_label, dict.fromkeys(needs.split())))
    return AccompanimentKind[kind].value, " · ".join(filter(None, [services, step]))


def _of_sheet(number: str, providers: str, to_whom: str) -> tuple[str, str]:
    count = int(providers)
    handed = f"remise à {to_whom}" if to_whom else "remise non notée"
    return f"Fiche annuaire {number}", f"{count} prestataire{'s' if count > 1 else ''} · {handed}"


def _of_exchange(kind: str, subject: str, who_and_files: str) -> tuple[str, str]:
    people, _, files = who_and_files.partition("\n")
    with_files = f"{files} pièce{'s' if int(files) > 1 else ''} jointe{'s' if int(files) > 1 else ''}" if files else ""
    return f"{ExchangeKind[kind].value} : {subject}", " · ".join(filter(None, [people, with_files]))


def _of_document(name: str, size: str, _: str) -> tuple[str, str]:
    return f"Document : {name}", _size(int(size))


def _of_follow_up(helpfulness: str, would_advise: str, remark: str) -> tuple[str, str]:
    said = [
        f"{QUESTIONS[0]} {HELPFULNESS[int(helpfulness)]}." if helpfulness else "",
        f"{QUESTIONS[1]} {'Oui' if would_advise == '1' else 'Non'}." if would_advise else "",
        remark,
    ]
    return "Point de suivi", " ".join(filter(None, said))


def _size(size: int) -> str:
    return f"{max(1, size // 1000)} ko" if size < 1_000_000 else f"{size / 1_000_000:.1f} Mo".replace(".", ",")


_ISLAND = "strftime('%Y-%m-%d %H:%M', {}, '+4 hours')"
SOURCES: tuple[Source, ...] = (
    Source(
        "accompaniment",
        """SELECT id, held_on, kind,
            (SELECT group_concat(service_id, ' ') FROM need WHERE accompaniment_id = held.id),
            CASE WHEN next_on IS NOT NULL AND next_done_on IS NULL
                THEN 'suite le ' || strftime('%d/%m/%Y', next_on) END, adviser
        FROM accompaniment AS held WHERE company_id = :company""",
        _of_accompaniment,
    ),
    Source(
        "sheet",
        f"""SELECT id, {_ISLAND.format("issued_at")}, number,
            (SELECT count(*) FROM sheet_line WHERE sheet_id = sheet.id),
            (SELECT to_whom FROM hand_over WHERE sheet_id = sheet.id ORDER BY handed_at DESC LIMIT 1), adviser
        FROM directory_sheet AS sheet WHERE company_id = :company""",
        _of_sheet,
    ),
    Source(
        "attestation",
        f"""SELECT id, {_ISLAND.format("issued_at")}, number, '', '', adviser
        FROM attestation WHERE company_id = :company""",
        lambda number, *_: (f"Attestation {number}", ""),
    ),
    Source(
        "exchange",
        f"""SELECT id, {_ISLAND.format("coalesce(held_at, filed_at)")}, kind, subject,
            with_whom || char(10) || coalesce((SELECT nullif(count(*), 0) FROM attachment
                WHERE owner_id = exchange.id AND deleted_at IS NULL), ''), adviser
        FROM exchange WHERE company_id = :company AND deleted_at IS NULL""",
        _of_exchange,
    ),
    Source(
        "document",
        f"""SELECT id, {_ISLAND.format("added_at")}, name, size, '', ''
        FROM attachment WHERE owner_id = :company AND deleted_at IS NULL""",
        _of_document,
    ),
    Source(
        "project",
        f"""SELECT id, {_ISLAND.format("created_at")}, number, title,
            (SELECT legal_name FROM provider WHERE provider.id = project.provider_id), adviser
        FROM project WHERE company_id = :company AND deleted_at IS NULL""",
        lambda number, title, provider: (f"Projet {number} : {title}", f"avec {provider or '(sans nom)'}"),
    ),
    Source(
        "follow_up",
        "SELECT id, asked_on, helpfulness, would_advise, remark, adviser FROM follow_up WHERE company_id = :company",
        _of_follow_up,
    ),
    Source(
        "closing",
        """SELECT min(id), closed_on, outcome, max(outcome_remark), '', adviser
        FROM accompaniment WHERE company_id = :company AND closed_on IS NOT NULL GROUP BY closed_on, outcome""",
        lambda outcome, remark, _: (f"Suivi clos : {Outcome[outcome].value.lower()}", remark),
    ),
)
"""In no order: the lines are put in that of their moments."""
_WORDS = {one.kind: one.words for one in SOURCES}
_WHOLE = {
    "accompaniment": """
        SELECT (SELECT group_concat(json_extract(value, '$.name'), ', ') FROM json_each(met)), notes,
            (SELECT group_concat('– ' || what
                || CASE WHEN why <> '' THEN char(10) || '   Pourquoi : ' || why ELSE '' END
                || CASE WHEN how <> '' THEN char(10) || '   Comment : ' || how ELSE '' END, char(10))
            FROM (SELECT * FROM recommendation WHERE accompaniment_id = held.id ORDER BY position)),
            next_step
        FROM accompaniment AS held WHERE id = ?""",
    "exchange": "SELECT text, (SELECT group_concat('📎 ' || name, char(10)) FROM attachment "
    "WHERE owner_id = exchange.id AND deleted_at IS NULL) FROM exchange WHERE id = ?",
    "document": "SELECT 'Empreinte (SHA-256) : ' || sha256 FROM attachment WHERE id = ?",
}
"""What is read of a record when its line is chosen."""
