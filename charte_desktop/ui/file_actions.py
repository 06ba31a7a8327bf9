"""What the menu Fichier does: lists and documents in, registers out, backups. Long work runs beside the window."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QDialog, QFileDialog

from charte_desktop.ui import messages
from charte_desktop.ui.files import write_file

if TYPE_CHECKING:
    from charte_desktop.model.import_plan import ImportPlan
    from charte_desktop.store.database import Database
    from charte_desktop.ui.background import Progress
    from charte_desktop.ui.main_window import MainWindow

_LISTS = "Listes et fiches remplies (*.xlsx *.xls *.xlsm *.ods *.csv *.txt *.pdf);;Tous les fichiers (*)"
_TO_VERIFY = "Documents scellés et scans (*.pdf *.jpg *.jpeg *.png *.tif *.tiff);;Tous les fichiers (*)"
_EXPORTS = "Classeur Excel (*.xlsx);;Texte séparé par des points-virgules (*.csv)"
_BACKUPS = "Sauvegardes (*.zip);;Tous les fichiers (*)"


class FileActions(QObject):
    """One method for each line of the menu, and the steps that follow it."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.dialog: QDialog | None = None
        """The dialog that a file action shows, if any."""

    # Lists

    def choose_list(self) -> None:
        """Ask which list to import."""
        self._ask("Importer une liste", _documents(), _LISTS, self.plan_import)

    def plan_import(self, file: Path, *, of_providers: bool = False) -> None:
        """Show how a list is read and what would be done with it; nothing is written before the user says so.

        It is taken for one of companies in their tab, unless it is known to be `of_providers`.
        """
        from charte_desktop.model.import_plan import ListKind
        from charte_desktop.ui.imports.import_dialog import ImportDialog
        from charte_desktop.ui.tabs import COMPANIES

        is_of_companies = self._window.tabs.currentIndex() == COMPANIES and not of_providers
        kind = ListKind.COMPANIES if is_of_companies else ListKind.PROVIDERS
        dialog = ImportDialog(self._window, self._database, self._window.background, file, kind)
        dialog.report_asked.connect(self.save_report)
        dialog.import_asked.connect(lambda plan: self.carry_out(plan, dialog))
        dialog.other_asked.connect(self.choose_list)
        self._show(dialog)

    def carry_out(self, plan: "ImportPlan", dialog: QDialog) -> None:
        """Back up, then write what the plan says as one action; the dialog is back if that did not take place."""
        database = self._database

        def work(progress: "Progress") -> "ImportPlan":
            from charte_desktop.store import backup
            from charte_desktop.store.provider_import import carry_out

            backup.automatic_backup(database, "import")
            carry_out(database, plan, progress, progress.cancelled)
            return plan

        def done(plan: "ImportPlan") -> None:
            dialog.accept()
            self._imported(plan)

        self._window.background.run(f"Import de {plan.source}…", work, done, otherwise=dialog.open)

    def save_report(self, plan: "ImportPlan") -> None:
        """Write the list back with its reasons, where the user says."""
        proposed = _documents() / f"rapport-{Path(plan.source).stem}.xlsx"

        def write(file: Path) -> None:
            from charte_desktop.documents import workbooks

            write_file(file, workbooks.import_report(plan))
            self._say(f"Rapport écrit : {file}")

        self._ask("Enregistrer le rapport", proposed, "Classeur Excel (*.xlsx)", write, writes=True)

    def _imported(self, plan: "ImportPlan") -> None:
        counts = plan.counts()
        created, updated = counts["created"] + counts["incomplete"], counts["updated"]
        kind = plan.kind
        self._window.changed()
        self._say(
            f"{plan.source} : {kind.count(created)} {kind.agree('créé', created)}, "
            f"{updated} {kind.agree('mis', updated)} à jour. Ctrl+Z annule tout l'import."
        )
        self._window.notice.offer("Enregistrer le rapport…", lambda: self.save_report(plan))

    def choose_document(self) -> None:
        """Ask which document to verify; a scan or a filled form that is chosen goes where it would when dropped."""
        self._ask("Vérifier un document", _documents(), _TO_VERIFY, lambda file: self._window.take_files([file]))

    # Registers out

    def export(self) -> None:
        """Ask where to write the register; that of the companies in their tab."""
        from charte_desktop.ui.tabs import COMPANIES

        if self._window.tabs.currentIndex() == COMPANIES:
            proposed = _documents() / "entreprises.xlsx"
            self._ask("Exporter les entreprises", proposed, _EXPORTS, self.export_companies_to, writes=True)
        else:
            proposed = _documents() / "prestataires.xlsx"
            self._ask("Exporter le registre", proposed, _EXPORTS, self.export_to, writes=True)

    def export_companies_to(self, file: Path) -> None:
        """Write every company to `file`: text for `.csv`, a workbook for anything else."""
        database = self._database

        def work(_: "Progress") -> int:
            from charte_desktop.documents import workbooks
            from charte_desktop.store.company_records import CompanyRecords

            companies = CompanyRecords(database).all()
            csv = file.suffix.lower() == ".csv"
            make = workbooks.company_export_csv if csv else workbooks.company_export_xlsx
            write_file(file, make(companies))
            return len(companies)

        self._window.background.run(
            f"Export vers {file.name}…",
            work,
            lambda count: self._say(f"{_some(count, 'entreprise écrite', 'entreprises écrites')} dans {file}."),
            can_cancel=False,
        )

    def export_to(self, file: Path) -> None:
        """Write the whole register to `file`: text for `.csv`, a workbook for anything else."""
        database = self._database

        def work(_: "Progress") -> int:
            from charte_desktop.documents import workbooks
            from charte_desktop.store.provider_register import ProviderRegister

            register = ProviderRegister(database)
            providers = register.all()
            csv = file.suffix.lower() == ".csv"
            make = workbooks.provider_export_csv if csv else workbooks.provider_export_xlsx
            write_file(file, make(providers, database.today(), register.rule))
            return len(providers)

        self._window.background.run(
            f"Export vers {file.name}…",
            work,
            lambda count: self._say(f"{_some(count, 'prestataire écrit', 'prestataires écrits')} dans {file}."),
            can_cancel=False,
        )

    def export_table(self, table: Callable[[], tuple[str, list[str], list[list[str]]]]) -> None:
        """Ask where to write what a tab shows; `table` gives its title, the titles of its columns and its rows."""

        def write(file: Path) -> None:
            self._window.background.run(
                f"Export vers {file.name}…",
                lambda _: _write_table(file, table),
                lambda count: self._say(f"{_some(count, 'ligne écrite', 'lignes écrites')} dans {file}."),
                can_cancel=False,
            )

        self._ask("Exporter cette liste", _documents() / "liste.xlsx", _EXPORTS, write, writes=True)

    # Backups

    def back_up(self) -> None:
        """Ask where to write a backup."""
        proposed = _documents() / f"charte-{self._database.today():%Y-%m-%d}.zip"
        self._ask("Sauvegarder la base", proposed, _BACKUPS, self._back_up, writes=True)

    def back_up_now(self) -> None:
        """Write a backup beside the base."""
        self._back_up(None)

    def back_up_and_close(self) -> None:
        """The automatic backup of the end, then the end."""
        database = self._database

        def work(_: "Progress") -> None:
            from charte_desktop.store import backup

            backup.automatic_backup(database, "fermeture")
            backup.copy_elsewhere(database.folder)

        self._window.background.run(
            "Sauvegarde avant de fermer…", work, lambda _: self._window.close_now(), can_cancel=False
        )

    def restore(self) -> None:
        """Ask which backup to put back."""
        self._ask("Restaurer une sauvegarde", self._window.folder / "sauvegardes", _BACKUPS, self.restore_from)

    def restore_from(self, file: Path) -> None:
        """Ask for its passphrase, then close the base, put the backup in its place, open again."""
        from charte_desktop.ui.restore_dialog import RestoreDialog

        dialog = RestoreDialog(self._window, file)
        dialog.chosen.connect(lambda passphrase: self._restore(file, passphrase))
        self._show(dialog)

    def open_file(self, file: Path) -> None:
        """Open what was double-clicked: a backup is offered to be restored, anything else is refused in a sentence."""
        from charte_desktop.store.backup_file import read_manifest

        read_manifest(file)
        self.restore_from(file)

    def check(self) -> None:
        """Look for anything wrong in the base."""
        database = self._database

        def work(_: "Progress") -> list[str]:
            from charte_desktop.store import backup

            return backup.check(database)

        self._window.background.run("Vérification de la base…", work, self._tell_findings, can_cancel=False)

    def _back_up(self, to: Path | None) -> None:
        database = self._database

        def work(_: "Progress") -> Path:
            from charte_desktop.store import backup

            return backup.back_up(database, to)

        def told(file: Path) -> None:
            self._window.refresh()
            self._say(f"Sauvegarde vérifiée : {file}")

        self._window.background.run("Sauvegarde…", work, told, can_cancel=False)

    def _restore(self, file: Path, passphrase: str | None) -> None:
        folder = self._window.folder
        self._window.leave_base()

        def work(_: "Progress") -> Path | None:
            from charte_desktop.store import backup

            return backup.restore(folder, file, passphrase)

        def put_back(aside: Path | None) -> None:
            self._window.open_base(passphrase)
            kept = f" L'ancienne base est gardée dans {aside}." if aside is not None else ""
            self._say(f"{file.name} est restaurée.{kept}")

        self._window.background.run("Restauration…", work, put_back, can_cancel=False, otherwise=self._window.open_base)

    def _tell_findings(self, findings: list[str]) -> None:
        if findings:
            self._window.notice.say(messages.WARNING, " ".join([*findings, "Restaurez une sauvegarde (menu Fichier)."]))
        else:
            self._say("La base est saine.")

    def _ask(
        self, title: str, proposed: Path, kinds: str, then: Callable[[Path], None], *, writes: bool = False
    ) -> None:
        """Let the user name a file, then go on with it; a folder is proposed to read, a file to write."""
        dialog = QFileDialog(self._window, title, str(proposed.parent if writes else proposed), kinds)
        if writes:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setDefaultSuffix(proposed.suffix)
            dialog.selectFile(proposed.name)
            dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix(_ending(kind)))
        else:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
        self._show(dialog)

    def _show(self, dialog: QDialog) -> None:
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    @property
    def _database(self) -> "Database":
        return self._window.open_database

    def _say(self, sentence: str) -> None:
        self._window.notice.say(messages.DONE, sentence)


def _documents() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))


def _ending(kind: str) -> str:
    """The file ending of a kind of file: "csv" for "Texte … (*.csv)"."""
    return kind.partition("*.")[2].partition(" ")[0].rstrip(")")


def _some(count: int, one: str, several: str) -> str:
    return f"{count} {several if count > 1 else one}"


def _write_table(file: Path, table: Callable[[], tuple[str, list[str], list[list[str]]]]) -> int:
    from charte_desktop.documents import workbooks

    title, columns, rows = table()
    is_text = file.suffix.lower() == ".csv"
    write_file(file, workbooks.table_csv(columns, rows) if is_text else workbooks.table_xlsx(title, columns, rows))
    return len(rows)
