"""What the CCIR did over a period, on A4: numbers, three charts, and the tables behind them. Nobody is ranked (C08)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from charte_desktop.documents import chart_drawing
from charte_desktop.documents import page_style as style
from charte_desktop.documents.blocks import (
    Block,
    Column,
    Columns,
    Figure,
    Kind,
    Part,
    cells_of,
    drawn,
    table_head,
    table_row,
)
from charte_desktop.documents.page_style import A4
from charte_desktop.documents.pages import Composition, Drawing
from charte_desktop.documents.tagged_canvas import TaggedCanvas
from charte_desktop.documents.text_layout import clean
from charte_desktop.model import reference
from charte_desktop.model.accompaniment_kind import AccompanimentKind
from charte_desktop.model.activity import SHORT_MONTHS, Activity
from charte_desktop.model.follow_up import HELPFULNESS, QUESTIONS, NeedState, Outcome
from charte_desktop.model.wording import collation_key

TITLE = "Rapport d'activité"
HOW_TO_READ = (
    "Un accompagnement est un diagnostic, un accompagnement individuel ou un atelier suivi par une entreprise. Ces "
    "nombres disent ce que la CCI Réunion a fait ; ils ne disent rien d'un prestataire ni de son travail."
)
_MONTHS_HEIGHT, _FAMILIES_HEIGHT, _MAP_HEIGHT = 112.0, 76.0, 236.0
_ACROSS = 4
"""Numbers side by side."""


@dataclass(frozen=True, kw_only=True)
class ReportOccasion:
    """Who made the report, and when."""

    made_at: datetime
    """Aware of its zone."""
    adviser: str
    demonstration: bool = False


def activity_pdf(activity: Activity, occasion: ReportOccasion) -> bytes:
    """The report as bytes: tagged, every font embedded; the same counts give the same bytes."""
    report = _composed(activity, occasion)
    title = f"{TITLE} : {activity.period.in_words}"
    canvas = TaggedCanvas(title, clean(occasion.adviser), occasion.made_at.astimezone(style.REUNION))
    invented = " · démonstration" if occasion.demonstration else ""
    foot = [f"{TITLE} · compté le {style.show_moment(occasion.made_at)}{invented}", style.SHORT_WORDING]
    return Drawing(canvas, A4).numbered(report.pages, head=(TITLE, activity.period.in_words), foot=foot)


def _composed(activity: Activity, occasion: ReportOccasion) -> Composition:
    report = Composition(A4)
    report.place(_head(activity, occasion), gap=4)
    report.place(_numbers(activity), gap=6)
    _place_chart(report, "Accompagnements, mois par mois", _months(activity))
    _place_chart(report, "Familles de besoins rencontrées", _families(activity))
    _place_chart(report, "Accompagnements par commune", _map(activity))
    for title, columns, rows in _tables(activity):
        if not rows:
            continue
        report.place(_heading(title), keep_with=60)
        report.place_table(table_head(columns, A4.table_head), [_row(columns, cells) for cells in rows])
    report.place(_note())
    return report


def _head(activity: Activity, occasion: ReportOccasion) -> Block:
    column = Column(0, 0, A4.body_width)
    column.add("CCI Île de la Réunion · Charte d'engagement des offreurs de solutions numériques", A4.note_strong)
    column.add(TITLE, A4.title, role="H1")
    rules = [(0.0, column.y + 2, A4.body_width)]
    column.y += 8
    words = activity.period.in_words
    column.add(words[0].upper() + words[1:], A4.strong)
    if occasion.demonstration:
        column.add("Base de démonstration : ces entreprises n'existent pas.", A4.body)
    return Block(Kind.PLAIN, column.y + 6, column.parts, title=TITLE, rules=rules)


def _numbers(activity: Activity) -> Block:
    told = (
        (activity.total, "accompagnements"),
        (activity.companies, "entreprises accompagnées"),
        (activity.new_companies, "pour la première fois"),
        (activity.diagnostics, "diagnostics avec questionnaire"),
        (activity.workshops, "ateliers"),
        (activity.attended, "participants présents"),
        (activity.sheets, "fiches annuaires éditées"),
        (activity.handed, "remises notées (C07)"),
        (activity.attestations, "attestations"),
        (activity.exchanges, "échanges notés"),
        (sum(activity.needs.values()), "besoins notés"),
        (activity.needs.get(NeedState.MET, 0), "besoins satisfaits"),
    )
    parts, width, y, lowest = [], A4.body_width / _ACROSS, 0.0, 0.0
    for number, (count, words) in enumerate(told):
        if number % _ACROSS == 0:
            y = lowest + (6 if number else 0)
        column = Column((number % _ACROSS) * width, y, width - 8)
        part = Part("P")
        column.add(_spaced(count), A4.heading, into=part)
        column.add(_counted(count, words), A4.small, into=part, max_lines=2)
        parts.append(part)
        lowest = max(lowest, column.y)
    return Block(Kind.PLAIN, lowest + 4, parts)


def _counted(count: int, words: str) -> str:
    """The words of a count, in the singular below two."""
    return re.sub(r"(?<!foi)s\b", "", words) if count < 2 else words


def _heading(text: str) -> Block:
    column = Column(0, 8, A4.body_width)
    column.add(text, A4.heading, role="H2")
    return Block(Kind.HEADING, column.y + 3, column.parts, title=text)


def _place_chart(report: Composition, title: str, picture: Figure) -> None:
    report.place(_heading(title), keep_with=picture.height + 6)
    report.place(Block(Kind.PLAIN, picture.height + 6, [], figures=[picture]))


def _months(activity: Activity) -> Figure:
    counts = [sum(month.values()) for month in activity.by_month]
    words = [SHORT_MONTHS[month] for _, month in activity.period.months]
    alt = ", ".join(f"{activity.period.month_words(number)} {count}" for number, count in enumerate(counts))
    draw = partial(chart_drawing.month_bars, counts, words, A4.body_width, _MONTHS_HEIGHT)
    return drawn(f"Accompagnements par mois : {alt}", 0, 0, A4.body_width, _MONTHS_HEIGHT, draw)


def _families(activity: Activity) -> Figure:
    alt = ", ".join(f"{family} {count}" for family, count in activity.by_family.items())
    draw = partial(chart_drawing.family_bars, activity.by_family, A4.body_width, _FAMILIES_HEIGHT)
    return drawn(f"Accompagnements par famille de besoin : {alt}", 0, 0, A4.body_width, _FAMILIES_HEIGHT, draw)


def _map(activity: Activity) -> Figure:
    alt = ", ".join(f"{name} {count}" for name, count in communes_of(activity))
    draw = partial(chart_drawing.island_map, activity.by_commune, A4.body_width, _MAP_HEIGHT)
    return drawn(f"Accompagnements par commune : {alt}", 0, 0, A4.body_width, _MAP_HEIGHT, draw)


def communes_of(activity: Activity) -> list[tuple[str, int]]:
    """The communes that have some, by name; what is elsewhere or unknown last."""
    known = reference.communes()
    named = [(known[code].name, count) for code, count in activity.by_commune.items() if code in known]
    elsewhere = sum(count for code, count in activity.by_commune.items() if code not in known)
    named.sort(key=lambda one: collation_key(one[0]))
    return [*named, ("Ailleurs ou non renseignée", elsewhere)] if elsewhere else named


_Table = tuple[str, Columns, Sequence[Sequence[str]]]


def _tables(activity: Activity) -> Iterable[_Table]:
    """Title, columns and rows of each table."""
    period = activity.period
    kinds = list(AccompanimentKind)
    yield (
        "Par mois et par nature",
        _columns("Mois", *(kind.value for kind in kinds), "Ensemble"),
        [
            [
                period.month_words(number),
                *(_spaced(month.get(kind, 0)) for kind in kinds),
                _spaced(sum(month.values())),
            ]
            for number, month in enumerate(activity.by_month)
            if month
        ],
    )
    yield (
        "Par commune",
        _columns("Commune", "Accompagnements"),
        [[name, _spaced(count)] for name, count in communes_of(activity)],
    )
    yield (
        "Où en sont les besoins notés dans la période",
        _columns("État", "Besoins"),
        [[state.value, _spaced(activity.needs[state])] for state in NeedState if activity.needs.get(state)],
    )
    yield (
        "Issues des suivis clos dans la période",
        _columns("Issue", "Accompagnements"),
        [[one.meaning, _spaced(activity.outcomes[one])] for one in Outcome if activity.outcomes.get(one)],
    )
    yield (
        QUESTIONS[0],
        _columns("Réponse", "Entreprises"),
        [
            [words, _spaced(activity.helpfulness[answer])]
            for answer, words in HELPFULNESS.items()
            if activity.helpfulness.get(answer)
        ],
    )
    yes, no = activity.would_advise
    yield (
        QUESTIONS[1],
        _columns("Réponse", "Entreprises"),
        [["Oui", _spaced(yes)], ["Non", _spaced(no)]] if yes or no else [],
    )
    yield (
        "Par conseiller",
        _columns("Conseiller", "Accompagnements"),
        [
            [name or "(sans nom)", _spaced(count)]
            for name, count in sorted(activity.by_adviser.items(), key=lambda one: collation_key(one[0]))
        ],
    )


def _columns(first: str, *others: str) -> Columns:
    width = min(110.0, (A4.body_width - 150) / len(others))
    start = A4.body_width - width * len(others)
    return ((first, 0.0, start), *((title, start + width * place, width) for place, title in enumerate(others)))


def _row(columns: Columns, texts: Sequence[str]) -> Block:
    cells = cells_of(columns)
    parts = [Part("TH"), *(Part("TD") for _ in texts[1:])]
    for cell, text, part in zip(cells, texts, parts, strict=True):
        cell.add(text, A4.body, max_lines=2, into=part)
    return table_row(columns, cells, parts)


def _note() -> Block:
    column = Column(9, 18, A4.body_width - 18)
    for text in (HOW_TO_READ, f"{style.C01_WORDING} {style.C08_WORDING}"):
        column.add(text, A4.small)
        column.y += 2
    washes = [(0.0, 12.0, A4.body_width, column.y - 8)]
    return Block(Kind.HEAD, column.y + 6, column.parts, washes=washes)


def _spaced(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")
