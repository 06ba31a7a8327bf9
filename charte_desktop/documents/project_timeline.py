"""The timeline of a project on one A4 page, lying: planned, agreed and real dates, today's line, days off.

Told by shape as much as by colour, so that grey print is read: what is planned is an outline, what was agreed a thin
line with its two ends, what is real a full bar; late is a cross, at risk a triangle, each with its words.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from charte_desktop.documents import page_style as style
from charte_desktop.documents.page_style import A4, REUNION, fill, show_day, show_moment, stroke
from charte_desktop.documents.tagged_canvas import HEIGHT, WIDTH, Piece, TaggedCanvas
from charte_desktop.documents.text_layout import Colour, Style, clean, one_line
from charte_desktop.model.calendar import WorkingCalendar, days
from charte_desktop.model.money import show_money
from charte_desktop.model.project_dates import Punctuality
from charte_desktop.model.project_facts import ProjectFacts
from charte_desktop.model.project_money import HORIZONS, project_totals
from charte_desktop.model.project_rules import ProjectRules
from charte_desktop.model.project_state import state_of_project
from charte_desktop.model.time_axis import Unit, axis_at, long_label, spans
from charte_desktop.model.timeline import DELIVERABLES, POINTS, Bar, BarKind, Lane, extent, lanes

LYING = replace(A4, width=HEIGHT, height=WIDTH, margin=34, first_top=WIDTH - 30, body_top=WIDTH - 44, body_bottom=50)
"""A4 on its long side."""
_LABELS = 168.0
"""Width of the column of names."""
_AXIS = 26.0
_HIGHEST, _LOWEST = 22.0, 5.2
"""Points of a lane."""
_SHADED = 1.6
"""Points of a day from which days off are shaded one by one."""
_LATE, _RISK = style.colour("#8C1D18"), style.WARNING
_PLANNED, _REAL = style.colour("#DCE8F8"), style.PRIMARY
_OFF = style.colour("#EEF1F5")
_WORDS = {Punctuality.LATE: _LATE, Punctuality.AT_RISK: _RISK}


@dataclass(frozen=True)
class TimelineOccasion:
    """When the page is made, by whom, and what it reckons with."""

    today: date
    made_at: datetime
    """Aware of its zone."""
    adviser: str
    calendar: WorkingCalendar
    rules: ProjectRules
    demonstration: bool = False


def project_timeline(facts: ProjectFacts, occasion: TimelineOccasion) -> bytes:
    """The page: tagged, every font embedded; the same facts on the same occasion give the same bytes."""
    made = _fitted(lanes(facts, occasion.today, occasion.calendar, occasion.rules))
    title = f"Planning du projet {clean(facts.number)}"
    canvas = TaggedCanvas(title, clean(occasion.adviser), occasion.made_at.astimezone(REUNION), (HEIGHT, WIDTH))
    top = _head(canvas, facts, occasion)
    _Chart(canvas, made, occasion, top).draw()
    foot = [
        f"{title} · édité le {show_moment(occasion.made_at)} par {clean(occasion.adviser)}"
        + (" · démonstration" if occasion.demonstration else ""),
        style.SHORT_WORDING,
    ]
    style.running_foot(canvas, LYING, foot, "Page 1/1")
    canvas.showPage()
    return canvas.finish()


def _fitted(made: list[Lane]) -> list[Lane]:
    """Lanes that fit on the page: too many deliverables share one lane."""
    room = int((LYING.first_top - 74 - _AXIS - LYING.body_bottom - 14) / _LOWEST)
    if len(made) <= room:
        return made
    shared = [bar for lane in made if lane.group == DELIVERABLES for bar in lane.bars]
    kept = [lane for lane in made if lane.group != DELIVERABLES]
    steps = [lane for lane in kept if lane.bars and lane.bars[0].kind is BarKind.STEP]
    rest = [lane for lane in kept if lane not in steps]
    points = [bar for lane in rest if lane.group == "Étapes" for bar in lane.bars]
    others = [lane for lane in rest if lane.group != "Étapes"]
    found = [*steps[: room - 4]]
    found += [Lane("Étapes", f"Jalons ({len(points)})", points)] if points else []
    found += [Lane(DELIVERABLES, f"Livrables ({len(shared)})", shared)] if shared else []
    return found + others


def _head(canvas: TaggedCanvas, facts: ProjectFacts, occasion: TimelineOccasion) -> float:
    """What the project is, above the chart; where the chart begins."""
    paper = LYING
    y = paper.first_top
    rows: list[tuple[str, Style, str]] = [
        ("H1", A4.number, f"{facts.title or 'Projet'} · {facts.company.name}"),
        ("P", A4.small, _facts_line(facts)),
        ("P", A4.small, _money_line(facts, occasion.today)),
    ]
    for role, wanted, text in rows:
        y -= wanted.leading
        canvas.text(role, [(paper.margin, y + 3, wanted, one_line(text, wanted, paper.body_width))])
    canvas.bookmark(f"Planning du projet {clean(facts.number)}", paper.first_top)
    return _legend(canvas, y - 6)


def _facts_line(facts: ProjectFacts) -> str:
    parts = [
        f"Projet {facts.number}",
        state_of_project(facts).value,
        f"prestataire : {facts.provider.name}",
        f"chef de projet : {facts.provider_lead.name}" if facts.provider_lead.name else "",
        f"commencé le {show_day(facts.started_on)}" if facts.started_on else "",
        f"fin le {show_day(facts.end_on)}" if facts.end_on else "",
    ]
    return " · ".join(filter(None, parts))


def _money_line(facts: ProjectFacts, today: date) -> str:
    basis = facts.tax_basis.value
    parts = [f"budget global {show_money(facts.budget)} {basis}"] if facts.budget is not None else []
    if facts.prices:
        parts += [
            f"{show_money(project_totals(facts, months, today).whole)} {basis} sur {months} mois" for months in HORIZONS
        ]
    agreed = facts.baseline
    if agreed is not None:
        parts.append(f"planning n° {agreed.number} convenu le {show_day(agreed.agreed_on)}")
    return " · ".join(parts)


def _legend(canvas: TaggedCanvas, y: float) -> float:
    """What each mark means, in one line of words beside their shapes."""
    x, out, pieces = LYING.margin, [], []
    for words, draw in _MARKS:
        out += draw(x, y - 7)
        line = one_line(words, A4.foot, 150)
        pieces.append((x + 20, y - 6.6, A4.foot, line))
        x += 20 + line.width + 16
    canvas.artifact(out)
    canvas.text("P", pieces)
    return y - 14


def _outline(x: float, y: float, width: float, height: float) -> list[str]:
    return [f"{fill(_PLANNED)} {stroke(style.PRIMARY, 0.5)} {x:.2f} {y:.2f} {width:.2f} {height:.2f} re B"]


def _agreed(x: float, y: float, width: float) -> list[str]:
    right = x + max(width, 2.0)
    return [
        f"{stroke(style.INK, 0.9)} {x:.2f} {y:.2f} m {right:.2f} {y:.2f} l S",
        f"{x:.2f} {y - 1.6:.2f} m {x:.2f} {y + 1.6:.2f} l S {right:.2f} {y - 1.6:.2f} m {right:.2f} {y + 1.6:.2f} l S",
    ]


def _full(x: float, y: float, width: float, height: float) -> list[str]:
    return [f"{fill(_REAL)} {x:.2f} {y:.2f} {max(width, 0.8):.2f} {height:.2f} re f"]


def _diamond(x: float, y: float, half: float, *, full: bool) -> list[str]:
    path = f"{x - half:.2f} {y:.2f} m {x:.2f} {y + half:.2f} l {x + half:.2f} {y:.2f} l {x:.2f} {y - half:.2f} l h"
    return [f"{fill(_REAL if full else _PLANNED)} {stroke(style.PRIMARY, 0.6)} {path} B"]


def _cross(x: float, y: float, half: float) -> list[str]:
    return [
        f"{stroke(_LATE, 1.3)} {x - half:.2f} {y - half:.2f} m {x + half:.2f} {y + half:.2f} l S "
        f"{x - half:.2f} {y + half:.2f} m {x + half:.2f} {y - half:.2f} l S"
    ]


def _triangle(x: float, y: float, half: float) -> list[str]:
    return [f"{fill(_RISK)} {x - half:.2f} {y - half:.2f} m {x + half:.2f} {y - half:.2f} l {x:.2f} {y + half:.2f} l f"]


_MARKS: tuple[tuple[str, Callable[[float, float], list[str]]], ...] = (
    ("prévu", lambda x, y: _outline(x, y, 16, 6)),
    ("convenu à deux (référence)", lambda x, y: _agreed(x, y + 3, 16)),
    ("réel", lambda x, y: _full(x, y + 1.5, 16, 3)),
    ("jalon, livrable", lambda x, y: _diamond(x + 8, y + 3, 3, full=False)),
    ("fait, reçu", lambda x, y: _diamond(x + 8, y + 3, 3, full=True)),
    ("en retard", lambda x, y: _cross(x + 8, y + 3, 2.6)),
    ("à risque", lambda x, y: _triangle(x + 8, y + 3, 2.8)),
    ("jours non travaillés", lambda x, y: [f"{fill(style.LINE)} {x:.2f} {y:.2f} 16 6 re f"]),
)


class _Chart:
    """The lanes under their axis."""

    def __init__(self, canvas: TaggedCanvas, made: Sequence[Lane], occasion: TimelineOccasion, top: float) -> None:
        self.canvas, self.made, self.occasion = canvas, made, occasion
        self.first, self.last = extent(made, occasion.today)
        self.left = LYING.margin + _LABELS
        self.width = LYING.right - self.left
        self.day = self.width / ((self.last - self.first).days + 1)
        self.top = top - _AXIS
        self.bottom = LYING.body_bottom + 6
        groups = len({lane.group for lane in made})
        height = (self.top - self.bottom - 4 * groups) / max(len(made), 1)
        self.height = min(max(height, _LOWEST), _HIGHEST)
        size = min(max(self.height * 0.62, 4.4), 8.0)
        self.name = Style(size, size * 1.25, style.INK)
        self.words = Style(max(size - 0.8, 4.2), size, style.MUTED)

    def draw(self) -> None:
        """Everything, in reading order: the axis, then each lane with its words."""
        end = self.top - sum(self.height for _ in self.made) - 4 * max(len({lane.group for lane in self.made}) - 1, 0)
        self._days_off(end)
        self._axis(end)
        self._today(end)
        y = self.top
        group = ""
        for lane in self.made:
            if group and lane.group != group:
                rule = f"{stroke(style.LINE, 0.5)} {LYING.margin:.2f} {y - 2:.2f} m {LYING.right:.2f} {y - 2:.2f} l S"
                self.canvas.artifact([rule])
                y -= 4
            group = lane.group
            y -= self.height
            self._lane(lane, y)

    def x(self, day: date) -> float:
        """Where a day begins."""
        return self.left + (day - self.first).days * self.day

    def _days_off(self, end: float) -> None:
        if self.day < _SHADED:
            return
        out = [fill(_OFF)]
        for day in days(self.first, self.last):
            if not self.occasion.calendar.is_working(day):
                out.append(f"{self.x(day):.2f} {end:.2f} {self.day:.2f} {self.top - end:.2f} re f")
        self.canvas.artifact(out)

    def _axis(self, end: float) -> None:
        axis = axis_at(self.day)
        pieces, out = [], [stroke(style.LINE, 0.4)]
        for unit, y, wanted in ((axis.upper, self.top + 14, A4.foot_strong), (axis.lower, self.top + 4, A4.foot)):
            if unit is axis.upper and axis.upper is axis.lower:
                continue
            for span in spans(unit, self.first, self.last):
                start = max(self.x(span.first), self.left)
                stop = min(self.x(span.last) + self.day, LYING.right)
                if span.first > self.first:
                    foot = end if unit is axis.lower and unit is not Unit.DAY else self.top
                    out.append(f"{start:.2f} {y + 8:.2f} m {start:.2f} {foot:.2f} l S")
                label = long_label(unit, span.first) if unit is axis.upper else span.label
                line = one_line(label, wanted, 200)
                if line.width + 3 <= stop - start:
                    pieces.append((start + 2, y, wanted, line))
        out.append(f"{self.left:.2f} {self.top:.2f} m {LYING.right:.2f} {self.top:.2f} l S")
        self.canvas.artifact(out)
        self.canvas.artifact(["BT", *self.canvas.operators(pieces)[0], "ET"])

    def _lane(self, lane: Lane, y: float) -> None:
        middle = y + self.height / 2
        name = one_line(lane.title, self.name, _LABELS - 8)
        out: list[str] = []
        pieces = []
        for bar in sorted(lane.bars, key=lambda bar: min(bar.days, default=date.min)):
            drawn, left, right = self._bar(bar, y, middle)
            out += drawn
            words = self._said(bar)
            if words and len(lane.bars) == 1:
                tint = _WORDS.get(bar.standing.punctuality, style.MUTED)
                pieces.append(self._beside(words, _tinted(self.words, tint), (left, right), middle))
        section = self.canvas.element("Sect")
        self.canvas.text("P", [(LYING.margin, middle - self.name.size * 0.36, self.name, name)], section)
        alt = clean(" ; ".join(bar.words() for bar in lane.bars))[:900].encode("utf-16-be", "replace").hex()
        box = f"[{self.left:.1f} {y:.1f} {LYING.right:.1f} {y + self.height:.1f}]"
        extra = f"/Alt <feff{alt}>/A<</O/Layout/Placement/Block/BBox{box}>>"
        if out:
            self.canvas.write([self.canvas.open_tag("Figure", section, extra), *out, "EMC"])
        for x, at, wanted, line in pieces:
            # Words are read over today's line and the days off.
            self.canvas.artifact([f"1 1 1 rg {x - 1:.2f} {at - 1.4:.2f} {line.width + 2:.2f} {wanted.size:.2f} re f"])
            self.canvas.text("P", [(x, at, wanted, line)], section)

    def _beside(self, words: str, wanted: Style, ends: tuple[float, float], middle: float) -> Piece:
        """Words at the right of a bar, or at its left where there is more room."""
        left, right = ends
        room, before = LYING.right - right - 4, left - self.left - 8
        line = one_line(words, wanted, max(room, before, 40.0))
        x = right + 4 if line.width <= room or room >= before else left - 6 - line.width
        return x, middle - wanted.size * 0.36, wanted, line

    def _said(self, bar: Bar) -> str:
        """The words beside a bar: what is wrong, or its day."""
        punctuality = bar.standing.punctuality
        if punctuality in _WORDS or punctuality is Punctuality.UNDATED:
            return bar.standing.words
        is_over = punctuality in (Punctuality.DONE, Punctuality.DONE_LATE)
        end = bar.actual[1] if is_over else bar.planned[1]
        return show_day(end) if end is not None and bar.kind is not BarKind.EXCHANGE else ""

    def _bar(self, bar: Bar, y: float, middle: float) -> tuple[list[str], float, float]:
        """The marks of a bar, and where they begin and end."""
        out: list[str] = []
        lefts, rights = [], []
        thick = self.height * 0.56
        if bar.kind in POINTS:
            half = min(self.height * 0.34, 3.6)
            for span, full in ((bar.planned, False), (bar.actual, True)):
                if span[1] is not None:
                    at = self.x(span[1]) + self.day / 2
                    out += self._point(bar, at, middle, half, full=full)
                    lefts.append(at - half)
                    rights.append(at + half)
        else:
            for span, draw in ((bar.planned, _outline), (bar.actual, _full)):
                start, end = span[0] or span[1], span[1]
                if start is None or end is None:
                    continue
                high = thick if draw is _outline else thick * 0.5
                width = max(self.x(end) + self.day - self.x(start), 1.2)
                out += draw(self.x(start), middle - high / 2, width, high)
                lefts.append(self.x(start))
                rights.append(self.x(start) + width)
        begin, end = bar.agreed
        if end is not None:
            at = self.x(begin or end)
            width = self.x(end) + self.day - at
            out += _agreed(at, y + self.height * 0.1, width)
            lefts.append(at)
            rights.append(at + width)
        left, right = min(lefts, default=self.left), max(rights, default=self.left)
        mark = {Punctuality.LATE: _cross, Punctuality.AT_RISK: _triangle}.get(bar.standing.punctuality)
        if mark is not None:
            out += mark(right + 5, middle, min(self.height * 0.24, 2.6))
            right += 9
        return out, left, right

    def _point(self, bar: Bar, x: float, y: float, half: float, *, full: bool) -> list[str]:
        if bar.kind is BarKind.EXCHANGE:
            return [f"{stroke(style.PRIMARY, 1.0)} {x:.2f} {y - half:.2f} m {x:.2f} {y + half:.2f} l S"]
        return _diamond(x, y, half, full=full)

    def _today(self, end: float) -> None:
        today = self.occasion.today
        x = self.x(today) + self.day / 2
        self.canvas.artifact(
            [f"q {stroke(_LATE, 0.9)} [3 2] 0 d {x:.2f} {self.top + 2:.2f} m {x:.2f} {end - 3:.2f} l S Q"]
        )
        words = _tinted(A4.foot_strong, _LATE)
        line = one_line(f"aujourd'hui, {show_day(today)}", words, 120)
        at = min(max(x - line.width / 2, self.left), LYING.right - line.width)
        self.canvas.text("P", [(at, end - 10, words, line)])


def _tinted(like: Style, tint: Colour) -> Style:
    """The same type in another colour."""
    return Style(like.size, like.leading, tint, like.bold)
