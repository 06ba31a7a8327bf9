"""Projects at their size: a portfolio of 2,000 opened, 500 panned and zoomed, one printed on its A4 page.

The portfolio is opened by its button in the real window, until its rows are painted, against the bare query that feeds
it. A step of panning or zooming is one turn of the view until it is painted, against a bare QGraphicsScene of as many
rectangles in a view of the same size. The page is drawn against the same lines, rectangles and words put straight on a
reportlab canvas, which is given them already placed.
"""

import os
import re
import shutil
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from benchmarks.base import big_base
from benchmarks.stopwatch import Promise, in_turn, promise, seconds
from charte_desktop.model.base import new_id
from charte_desktop.model.calendar import WorkingCalendar
from charte_desktop.model.project_kinds import CHARTER_STEPS
from charte_desktop.store.database import REUNION, Database

PROJECTS, PANNED = 2_000, 500
STEPS = 60
FRAME = 0.0167
"""Seconds that a screen waits for."""
FOLDER = Path("build/bench/projects")
_LENGTHS = (5, 5, 8, 3, 20, 2, 1)


def measure() -> Sequence[Promise]:
    """The three promises of the tab Projets."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    database = base_of_projects()
    try:
        return [*_in_the_window(database), _on_paper(database)]
    finally:
        database.close()


def base_of_projects() -> Database:
    """A base of 2,000 projects, two years of them around today."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    database = big_base(FOLDER, providers=400, companies=1_000)
    with database.looking() as base:
        companies = [one for (one,) in base.execute("SELECT id FROM company ORDER BY id")]
        providers = [one for (one,) in base.execute("SELECT id FROM provider ORDER BY id")]
    random, calendar, today = Random(974), WorkingCalendar(), database.today()
    from sqlalchemy import insert

    from charte_desktop.model.accompaniment import Accompaniment
    from charte_desktop.model.accompaniment_kind import AccompanimentKind
    from charte_desktop.model.project import BaselineRecord, DeliverableRecord, ProjectRecord, StepRecord

    rows: dict[Any, list[dict[str, Any]]] = {
        one: [] for one in (Accompaniment, ProjectRecord, StepRecord, DeliverableRecord, BaselineRecord)
    }
    for number in range(PROJECTS):
        first = today - timedelta(random.randint(-60, 600))
        project, company = new_id(), random.choice(companies)
        held = new_id()
        rows[Accompaniment].append(
            {"id": held, "company_id": company, "kind": AccompanimentKind.DIAGNOSTIC, "held_on": first, "adviser": "M"}
        )
        steps, dates, day = [], {}, first
        for place, (kind, length) in enumerate(zip(CHARTER_STEPS, _LENGTHS, strict=True), 1):
            start = calendar.on_or_after(day)
            end = calendar.add(start, length - 1)
            done = end if end < today and random.random() < 0.9 else None
            steps.append(
                {
                    "id": new_id(), "project_id": project, "kind": kind, "title": "", "position": place,
                    "planned_start": start, "planned_end": end, "actual_start": start if done else None,
                    "actual_end": done, "outcome": "",
                }
            )  # fmt: skip
            dates[steps[-1]["id"]] = [start.isoformat(), end.isoformat()]
            day = end + timedelta(1)
        rows[StepRecord] += steps
        rows[DeliverableRecord] += [
            {
                "id": new_id(), "project_id": project, "title": f"Livrable {place}", "position": place,
                "planned_on": day - timedelta(7 * place), "delivered_on": None, "note": "",
            }
            for place in range(1, 4)
        ]  # fmt: skip
        rows[BaselineRecord].append(
            {
                "id": new_id(), "project_id": project, "number": 1, "agreed_on": first, "provider_by": "A",
                "client_by": "B", "note": "", "dates": dates, "end_on": day, "budget": 300_000, "amounts": {},
            }
        )  # fmt: skip
        over = day + timedelta(40) < today
        rows[ProjectRecord].append(
            {
                "id": project, "number": f"PR-2026-MES-{number:05d}", "title": f"Projet mesuré {number}",
                "company_id": company, "provider_id": random.choice(providers), "accompaniment_id": held,
                "service_ids": ["S01"], "adviser": "Mesure", "created_at": database.clock(),
                "started_on": first if first <= today else None, "end_on": day, "budget": 300_000,
                "closed_on": day + timedelta(30) if over else None, "unread": {},
            }
        )  # fmt: skip
    with database.transaction("Préparer la mesure", undoable=False) as session:
        for kind, values in rows.items():
            known = {column.key for column in kind.__table__.columns}
            session.execute(insert(kind), [{k: v for k, v in one.items() if k in known} for one in values])
    return database


def _in_the_window(database: Database) -> Sequence[Promise]:
    from PySide6.QtCore import QEvent, QObject, QSettings, QTemporaryDir
    from PySide6.QtWidgets import QApplication

    from charte_desktop import app
    from charte_desktop.store.project_rows import PORTFOLIO
    from charte_desktop.ui import immortals, messages, theme
    from charte_desktop.ui.main_window import MainWindow
    from charte_desktop.ui.projects.projects_tab import ProjectsTab
    from charte_desktop.ui.tabs import PROJECTS as TAB

    class Paints(QObject):
        """Notes that the widget it watches was painted."""

        seen = False

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's own name)
            self.seen = self.seen or event.type() == QEvent.Type.Paint
            return False

    application = QApplication.instance() or app.make_application()
    assert isinstance(application, QApplication)
    immortals.keep()
    theme.apply(application, theme.LIGHT)
    kept = QTemporaryDir()
    settings = QSettings(kept.filePath("fenetre.ini"), QSettings.Format.IniFormat)
    settings.setValue("tab", TAB)
    window = MainWindow(database.folder, messages.Boundary(database.folder), settings=settings)
    window.resize(1366, 768)
    window.show()
    ready: list[bool] = []
    window.prepared.connect(lambda: ready.append(True))
    window.settled.connect(lambda: window.use(database))
    while not ready:
        application.processEvents()
    tab = window.findChild(ProjectsTab)
    assert tab is not None
    paints = Paints()
    view = tab.portfolio.view
    view.viewport().installEventFilter(paints)

    def open_portfolio() -> float:
        tab.portfolio_button.setChecked(False)
        application.processEvents()
        paints.seen = False

        def until_painted() -> None:
            tab.portfolio_button.setChecked(True)
            while not paints.seen:
                application.processEvents()

        return seconds(until_painted)

    def ask() -> float:
        with database.looking() as base:
            today = {"today": database.today().isoformat()}
            return seconds(lambda: base.execute(PORTFOLIO, today).fetchall())

    opened = in_turn(open_portfolio, ask)
    assert tab._rows is not None
    rows = tab._rows.all()[:PANNED]
    tab.portfolio.show_projects(rows, tab._rows.calendar, database.today())
    view.zoom(6)
    at = max(view.timeline.box(PANNED // 2, 0).left() - 300, 0), view.timeline.top(PANNED // 2)
    places = _places(view.timeline)
    ours = _turn(view, at, lambda: view.zoom(1), lambda: view.zoom(-1))
    bare = _bare(view.viewport().size(), view.sceneRect(), at, places)
    window.forget_base()
    window.close()
    return [
        promise(f"a portfolio of {PROJECTS:,} projects opened and painted", opened, "ms", must=4.0),
        promise(f"a pan or a zoom over {PANNED} projects ({len(places):,} rectangles)", (ours, bare), "ms", must=2.0),
        promise("the same, beside a frame of 16.7 ms", (ours, FRAME), "ms", must=1.0),
    ]


def _turn(view: Any, at: tuple[float, float], closer: Callable[[], object], wider: Callable[[], object]) -> float:
    """The middle of so many steps, from one place: along the dates, down the rows, closer and back; each painted."""
    from PySide6.QtWidgets import QApplication

    wide, high = view.horizontalScrollBar(), view.verticalScrollBar()
    QApplication.processEvents()
    wide.setValue(round(at[0]))
    high.setValue(round(at[1]))
    told = []
    for step in range(STEPS):
        acts: tuple[Callable[[], object], ...] = (
            lambda: wide.setValue(wide.value() + 37),
            lambda: high.setValue(high.value() + 61),
            closer,
            lambda: wide.setValue(wide.value() - 23),
            lambda: high.setValue(high.value() - 19),
            wider,
        )
        act = acts[step % len(acts)]

        def painted(act: Callable[[], object] = act) -> None:
            act()
            view.viewport().repaint()
            QApplication.processEvents()

        told.append(seconds(painted))
    return median(told)


Place = tuple[float, float, float, float]


def _places(scene: Any) -> list[Place]:
    """Where each rectangle of the timeline stands: what is planned, what was agreed, what is real."""
    found = []
    for number, row in enumerate(scene.rows):
        top = scene.top(number)
        for bar in row.bars:
            for span, y, height in ((bar.planned, 6, 14), (bar.agreed, 2, 2), (bar.actual, 9, 8)):
                start, end = span[0] or span[1], span[1]
                if start is not None and end is not None:
                    left = scene.scale.x(start)
                    found.append((left, top + y, scene.scale.end(end) - left, float(height)))
    return found


def _bare(size: Any, whole: Any, at: tuple[float, float], places: Sequence[Place]) -> float:
    """The floor: the same rectangles, plain, in a scene and a view of Qt's own."""
    from PySide6.QtGui import QColor
    from PySide6.QtWidgets import QGraphicsScene, QGraphicsView

    scene, brush = QGraphicsScene(), QColor("#123A6F")
    for place in places:
        scene.addRect(*place, brush=brush)
    view = QGraphicsView(scene)
    view.setSceneRect(whole)
    view.resize(size)
    view.show()
    return _turn(view, at, lambda: view.scale(1.25, 1), lambda: view.scale(0.8, 1))


# On paper

Drawn = list[tuple[Any, ...]]


def _on_paper(database: Database) -> Promise:
    from charte_desktop.documents import project_timeline
    from charte_desktop.documents.tagged_canvas import TaggedCanvas
    from charte_desktop.model.project_rules import ProjectRules
    from charte_desktop.store.project_timelines import ProjectTimelines

    with database.looking() as base:
        (project_id,) = base.execute("SELECT id FROM project ORDER BY number LIMIT 1 OFFSET 40").fetchone()
    facts = ProjectTimelines(database).facts(project_id)
    day = facts.steps[3].planned_end or date(2026, 11, 2)
    at = datetime(2026, 11, 23, 14, 2, tzinfo=REUNION)
    occasion = project_timeline.TimelineOccasion(day, at, "Mesure", WorkingCalendar(), ProjectRules())
    drawn: Drawn = []

    class Noting(TaggedCanvas):
        """Notes what is drawn, and where."""

        def operators(self, pieces: Any, style: Any = None) -> Any:
            pieces = list(pieces)
            for x, y, wanted, line in pieces:
                drawn.append(("text", x, y, wanted.key, wanted.size, "".join(text for _, text in line.runs)))
            return super().operators(pieces, style)

        def write(self, operators: Any) -> None:
            operators = list(operators)
            drawn.extend(_shapes(operators))
            super().write(operators)

    names = vars(project_timeline)
    names["TaggedCanvas"] = Noting  # for this one page
    try:
        project_timeline.project_timeline(facts, occasion)
    finally:
        names["TaggedCanvas"] = TaggedCanvas
    _register()
    timings = in_turn(
        lambda: seconds(lambda: project_timeline.project_timeline(facts, occasion)),
        lambda: seconds(lambda: _straight(drawn)),
        runs=15,
        warm_up=3,
    )
    return promise("the timeline of a project on its A4 page", timings, "ms", must=2.0)


_NUMBER = r"(-?[\d.]+)"
_RECTANGLE = re.compile(rf"{_NUMBER} {_NUMBER} {_NUMBER} {_NUMBER} re")
_LINE = re.compile(rf"{_NUMBER} {_NUMBER} m {_NUMBER} {_NUMBER} l")


def _shapes(operators: Sequence[str]) -> Drawn:
    found: Drawn = []
    for one in operators:
        found += [("rect", *map(float, shape)) for shape in _RECTANGLE.findall(one)]
        found += [("line", *map(float, shape)) for shape in _LINE.findall(one)]
    return found


def _register() -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    from charte_desktop.paths import resources

    for key in ("Regular", "Bold"):
        pdfmetrics.registerFont(TTFont(key, str(resources() / "fonts" / f"NotoSans-{key}.ttf")))


def _straight(drawn: Drawn) -> bytes:
    """The floor: the same marks and words on a plain canvas."""
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.pdfgen.canvas import Canvas

    file = BytesIO()
    canvas = Canvas(file, pagesize=landscape(A4), invariant=1, pageCompression=1)
    for kind, *where in drawn:
        if kind == "rect":
            canvas.setFillColorRGB(0.8, 0.85, 0.95)
            canvas.rect(*where, stroke=0, fill=1)
        elif kind == "line":
            canvas.setLineWidth(0.5)
            canvas.line(*where)
        else:
            x, y, key, size, text = where
            canvas.setFont(key, size)
            canvas.drawString(x, y, text)
    canvas.showPage()
    canvas.save()
    return file.getvalue()
