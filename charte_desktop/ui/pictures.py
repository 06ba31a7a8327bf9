"""Pictures of the real window, tab by tab and dialog by dialog: for the demonstration, the guide, and for looking."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QEventLoop,
    QMessageLogContext,
    QPoint,
    QSettings,
    QSize,
    QTemporaryDir,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from charte_desktop.exchange.update_file import UpdateFile
from charte_desktop.ui import messages, theme
from charte_desktop.ui.main_window import MainWindow
from charte_desktop.ui.register_tab import RegisterTab
from charte_desktop.ui.tabs import TABS

if TYPE_CHECKING:
    from charte_desktop.store.database import Database
    from charte_desktop.ui.companies.companies_tab import CompaniesTab

_NAMES = ("aujourd-hui", "prestataires", "charte", "entreprises", "projets")


def draw_pictures(
    database: "Database",
    folder: Path,
    size: tuple[int, int] = (1366, 768),
    scale: float = 1.0,
    dark: bool = False,
    import_list: Path | None = None,
) -> list[Path]:
    """Write one PNG of each tab and of each dialog into `folder`; returns them in the order of the tabs.

    `size` is the window's in pixels of the screen before `scale` (2.0 draws what a screen at 200 % shows). The base
    is neither changed nor closed. With `import_list`, what an import of this list would do is drawn too.
    Needs an application, or makes one; the platform may be `offscreen`.
    """
    with _quiet():
        return _draw_all(database, folder, size, scale, dark, import_list)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep back what the platform without a screen says: it has no sizes to hint at, and raises no window."""

    def say(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        if "propagateSizeHints" in text or "raise()" in text:
            return
        if before is None:
            print(text, file=sys.stderr)
        else:
            before(kind, context, text)

    before = qInstallMessageHandler(say)
    try:
        yield
    finally:
        qInstallMessageHandler(before)


def _draw_all(
    database: "Database", folder: Path, size: tuple[int, int], scale: float, dark: bool, import_list: Path | None
) -> list[Path]:
    application = cast(QApplication, QApplication.instance() or QApplication(["charte-desktop", "-style", "fusion"]))
    folder.mkdir(parents=True, exist_ok=True)
    worn = theme.chosen()
    theme.apply(application, theme.DARK if dark else theme.LIGHT)
    kept = QTemporaryDir()
    settings = QSettings(kept.filePath("fenetre.ini"), QSettings.Format.IniFormat)
    window = MainWindow(database.folder, messages.Boundary(folder), settings=settings)
    window.resize(QSize(*size))
    window.show()
    _settle()
    window.use(database)
    files = []
    for name, widget in _scenes(window, import_list):
        _settle()
        file = folder / f"{name}.png"
        _draw(widget, scale).save(str(file))
        files.append(file)
    window.forget_base()
    window.close()
    window.deleteLater()
    _settle()
    theme.apply(application, worn)
    return files


def _scenes(window: MainWindow, import_list: Path | None) -> Iterator[tuple[str, QWidget]]:
    """The window on each tab, then each dialog; each is put away before the next."""
    from charte_desktop.ui.about import AboutDialog
    from charte_desktop.ui.charter.charter_tab import CharterTab
    from charte_desktop.ui.charter_pictures import charter_scenes
    from charte_desktop.ui.companies.companies_tab import CompaniesTab
    from charte_desktop.ui.company_pictures import company_scenes, settings_scenes, today_scenes
    from charte_desktop.ui.first_run import FirstRun
    from charte_desktop.ui.passphrase_dialog import PassphraseDialog
    from charte_desktop.ui.project_pictures import project_scenes
    from charte_desktop.ui.projects.projects_tab import ProjectsTab
    from charte_desktop.ui.provider_pictures import provider_scenes
    from charte_desktop.ui.providers.providers_tab import ProvidersTab
    from charte_desktop.ui.restore_dialog import RestoreDialog
    from charte_desktop.ui.settings.secret_dialog import SecretDialog
    from charte_desktop.ui.today.today_tab import TodayTab
    from charte_desktop.ui.update_dialog import UpdateDialog

    for number, name in enumerate(_NAMES):
        window.tabs.setCurrentIndex(number)
        yield name, window
        for tab in window.tabs.currentWidget().findChildren(RegisterTab):
            tab.panel.parts.setCurrentIndex(tab.panel.parts.count() - 1)
            yield f"{name}-historique", window
        for providers in window.tabs.currentWidget().findChildren(ProvidersTab):
            yield from provider_scenes(window, providers)
        for charter in window.tabs.currentWidget().findChildren(CharterTab):
            yield from charter_scenes(window, charter, _settle)
        for companies in window.tabs.currentWidget().findChildren(CompaniesTab):
            yield from company_scenes(window, companies)
            yield from _sheet_scenes(window, companies)
        for projects in window.tabs.currentWidget().findChildren(ProjectsTab):
            yield from project_scenes(window, projects, _settle)
        for today in window.tabs.currentWidget().findChildren(TodayTab):
            yield from today_scenes(window, today)
    assert len(_NAMES) == len(TABS)
    dialogs: list[tuple[str, QDialog]] = [
        ("premiere-ouverture", FirstRun(window, window.folder)),
        ("phrase-de-passe", PassphraseDialog(window, window.folder)),
        ("restaurer", RestoreDialog(window, Path("charte-2026-11-27.zip"))),
        ("cle-a-ouvrir", SecretDialog(window, "Le fichier « cachet-ccir.p12 » a sa phrase de passe.", lambda _: None)),
        ("guide", _guide(window)),
        ("mise-a-jour", UpdateDialog(window, _UPDATE)),
        ("a-propos", AboutDialog(window, Path("C:/Users/…/Charte Desktop"))),
    ]
    for name, dialog in dialogs:
        dialog.show()
        yield name, dialog
        dialog.close()
        dialog.deleteLater()
    yield from settings_scenes(window)
    if import_list is not None:
        yield from _import_scenes(window, import_list)


def _guide(window: MainWindow) -> QDialog:
    """The guide at a chapter that has a picture and a table."""
    from charte_desktop.model.guide import chapter_of
    from charte_desktop.ui.guide import GuideDialog

    dialog = GuideDialog(window)
    dialog.show_chapter(chapter_of("guide"))
    return dialog


_UPDATE = UpdateFile(
    Path("Charte-Desktop-9.1.0-win64.exe"),
    "9.1.0",
    "1f" * 32,
    43_600_000,
    "Signé par CCI Île de la Réunion, comme le programme de ce poste.",
)
"""A file that only pictures know."""


def _sheet_scenes(window: MainWindow, tab: "CompaniesTab") -> Iterator[tuple[str, QWidget]]:
    """The sheet of the company that is shown, about to be issued; and the exposure report."""
    from charte_desktop.ui.sheets.desk import Desk

    for name, begin in (("fiche-a-remettre", tab.make_sheet), ("exposition", tab.show_exposure)):
        begin()
        while any(desk.is_busy for desk in tab.findChildren(Desk)):
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        yield name, window
        tab.places.leave_all()
    with window.open_database.looking() as base:
        handed = base.execute("SELECT id FROM directory_sheet ORDER BY number DESC LIMIT 1").fetchone()
        listed = base.execute("SELECT provider_id FROM sheet_line LIMIT 1").fetchone()
    if handed is not None and listed is not None:
        for name, begin in (
            ("fiche-remise", partial(tab.open_sheet, handed[0])),
            ("entreprises-a-prevenir", partial(tab.show_recall, listed[0])),
        ):
            begin()
            yield name, window
            tab.places.leave_all()


def _import_scenes(window: MainWindow, import_list: Path) -> Iterator[tuple[str, QWidget]]:
    """The two steps of an import."""
    from charte_desktop.ui.imports.import_dialog import ImportDialog

    dialog = ImportDialog(window, window.open_database, window.background, import_list)
    dialog.show()
    _wait_for(window)
    yield "import-colonnes", dialog
    dialog.show_lines()
    _wait_for(window)
    yield "import", dialog
    dialog.reject()
    dialog.deleteLater()


def _wait_for(window: MainWindow) -> None:
    """Let the job beside the window end."""
    while window.background.is_busy:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def _draw(widget: QWidget, scale: float) -> QImage:
    """What the widget shows, drawn anew at `scale`: letters and icons stay sharp."""
    image = QImage(widget.size() * scale, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    painter = QPainter(image)
    widget.render(painter, QPoint(0, 0))
    painter.end()
    return image


def _settle() -> None:
    """Let the window lay itself out and paint."""
    for _ in range(3):
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
