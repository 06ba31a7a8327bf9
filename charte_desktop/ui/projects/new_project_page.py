"""Opening a project: for which company, from which accompaniment (C03), with which provider, for which services."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from charte_desktop.errors import UserError
from charte_desktop.ui import icons
from charte_desktop.ui.choice_boxes import ChoiceBoxes
from charte_desktop.ui.forms import load_form
from charte_desktop.ui.messages import sentence_in
from charte_desktop.ui.providers.provider_fields import service_groups
from charte_desktop.ui.record_picker import Picked, RecordPicker
from charte_desktop.ui.sheets.places import Page

if TYPE_CHECKING:
    from charte_desktop.model.facts import CompanyFacts
    from charte_desktop.store.database import Database

DRAFT = "project"


class NewProjectPage(Page):
    """What is typed is kept at each key; the project is made when it is opened."""

    back_button: QPushButton
    title: QLabel
    forget_button: QPushButton
    open_button: QPushButton
    sentence: QLabel
    company: RecordPicker
    accompaniment_sentence: QLabel
    accompany_button: QPushButton
    accompaniment: QComboBox
    name: QLineEdit
    need: QPlainTextEdit
    provider: RecordPicker
    provider_sentence: QLabel
    services_page: QWidget
    services_lines: QVBoxLayout
    template: QCheckBox
    first_day: QLineEdit

    made = Signal(str)
    """The id of the project."""
    accompany_asked = Signal(str)
    """Note an accompaniment of this company first."""

    def __init__(self, database: "Database", company_id: str = "") -> None:
        super().__init__()
        load_form(self, "new_project_page", RecordPicker)
        from charte_desktop.model.display import show_date

        self._database = database
        self._is_filling = True
        self.title.setText("Nouveau projet")
        self.company.serve(self._companies, "Entreprise", "Rechercher une entreprise : nom, SIREN, commune…")
        self.provider.serve(self._providers, "Prestataire", "Rechercher un prestataire : nom, SIREN, prestation…")
        self.services = ChoiceBoxes(self.services_page, service_groups)
        self.services.setAccessibleName("Prestations du projet")
        self.services_lines.addWidget(self.services)
        self.services_lines.addStretch(1)
        self.first_day.setText(show_date(database.today()))
        for button, icon, token in (
            (self.back_button, "arrow-left", "ink"),
            (self.open_button, "kanban", "on_primary"),
            (self.accompany_button, "handshake", "ink"),
        ):
            button.setIcon(icons.icon(icon, token))
            button.setIconSize(icons.BESIDE_WORDS)
        self._show_company("")
        self._resume(company_id)
        self._is_filling = False
        self._connect()

    def start(self) -> None:
        first = self.company if self.company.chosen is None else self.provider
        QTimer.singleShot(0, first.setFocus)

    def _connect(self) -> None:
        self.back_button.clicked.connect(self.left)
        self.forget_button.clicked.connect(self.forget)
        self.open_button.clicked.connect(self.open_project)
        self.accompany_button.clicked.connect(self._ask_accompaniment)
        self.company.picked.connect(self._company_picked)
        self.provider.picked.connect(self._provider_picked)
        self.template.toggled.connect(self.first_day.setEnabled)
        self.services.finished.connect(self.open_project)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.open_project)
        for told in (
            self.accompaniment.activated,
            self.name.textEdited,
            self.need.textChanged,
            self.services.edited,
            self.template.toggled,
            self.first_day.textEdited,
        ):
            told.connect(lambda *_: self._keep())

    # What is chosen

    def _companies(self, text: str, limit: int) -> Sequence[Picked]:
        from charte_desktop.store.company_rows import CompanyRows

        rows = CompanyRows(self._database).search(text, limit=limit)
        return [Picked(row.id, row.legal_name or "(sans nom)", row.city) for row in rows]

    def _providers(self, text: str, limit: int) -> Sequence[Picked]:
        from charte_desktop.store.provider_rows import ProviderRows

        rows = ProviderRows(self._database).search(text, limit=limit)
        return [Picked(row.id, row.legal_name or "(sans nom)", row.state.value) for row in rows]

    def _company_picked(self, company_id: str) -> None:
        company = self._show_company(company_id)
        if company is not None and company.needs and not self.services.typed():
            self.services.show_typed(" ".join(company.needs))
        self._keep()

    def _show_company(self, company_id: str) -> "CompanyFacts | None":
        from charte_desktop.store.company_rows import CompanyRows

        self.accompaniment.clear()
        company = CompanyRows(self._database).facts(company_id) if company_id else None
        held = () if company is None else company.accompaniments
        for one in held:
            self.accompaniment.addItem(f"{one.kind.value} du {one.held_on:%d/%m/%Y}", one.id)
        lacks = company is not None and not held
        self.accompaniment.setEnabled(bool(held))
        self.accompany_button.setVisible(lacks)
        self.accompaniment_sentence.setText(
            "Cette entreprise n'a jamais été accompagnée : un projet suit un accompagnement (C03)." if lacks else ""
        )
        return company

    def _provider_picked(self, provider_id: str) -> None:
        self._say_provider(provider_id)
        self._keep()

    def _say_provider(self, provider_id: str) -> None:
        from charte_desktop.model.provider_state import ProviderState
        from charte_desktop.store.provider_rows import ProviderRows, renewal_rule

        self.provider_sentence.clear()
        if not provider_id:
            return
        facts = ProviderRows(self._database).facts(provider_id)
        state = facts.state_on(self._database.today(), renewal_rule(self._database))
        if state not in (ProviderState.SIGNATORY, ProviderState.TO_RENEW):
            self.provider_sentence.setText(
                f"{state.value} : le projet peut s'ouvrir, mais pas commencer avant que la charte soit signée (C06)."
            )

    def accompanied(self, accompaniment_id: str) -> None:
        """An accompaniment was noted meanwhile: it is the one that the project comes from."""
        if self.company.chosen is not None:
            self._show_company(self.company.chosen.id)
            self.accompaniment.setCurrentIndex(max(self.accompaniment.findData(accompaniment_id), 0))
            self._keep()

    def _ask_accompaniment(self) -> None:
        if self.company.chosen is not None:
            self.accompany_asked.emit(self.company.chosen.id)

    # Opening

    def open_project(self) -> None:
        """Make the project; what is lacking is said here."""
        from charte_desktop.model.identifiers import read_date
        from charte_desktop.store.drafts import Drafts
        from charte_desktop.store.project_timelines import NotAccompanied, ProjectTimelines

        with sentence_in(self.sentence):
            company, provider = self.company.chosen, self.provider.chosen
            if company is None:
                raise UserError("Choisissez l'entreprise du projet : tapez son nom, puis Entrée.")
            if provider is None:
                raise UserError("Choisissez le prestataire que l'entreprise a retenu : tapez son nom, puis Entrée.")
            day = read_date(self.first_day.text())
            if self.template.isChecked() and day.value is None:
                raise UserError(day.message or "Écrivez le premier jour du modèle : jj/mm/aaaa.")
            try:
                facts = ProjectTimelines(self._database).open(
                    company.id,
                    provider.id,
                    self.services.typed().split(),
                    accompaniment_id=str(self.accompaniment.currentData() or ""),
                    title=self.name.text(),
                    need=self.need.toPlainText(),
                    first_day=day.value,
                    with_template=self.template.isChecked(),
                )
            except NotAccompanied:
                self.accompany_button.show()
                self.accompany_button.setFocus(Qt.FocusReason.OtherFocusReason)
                raise
            Drafts(self._database).drop(DRAFT, "")
            self._is_filling = True
            self.changed.emit()
            self.made.emit(facts.id)

    # Drafts

    def _keep(self) -> None:
        from charte_desktop.store.drafts import Drafts

        if self._is_filling:
            return
        values = {
            "company": "" if self.company.chosen is None else self.company.chosen.id,
            "provider": "" if self.provider.chosen is None else self.provider.chosen.id,
            "accompaniment": str(self.accompaniment.currentData() or ""),
            "title": self.name.text(),
            "need": self.need.toPlainText(),
            "services": self.services.typed(),
            "first_day": self.first_day.text() if self.template.isChecked() else "",
        }
        said = any(values[name].strip() for name in ("company", "provider", "title", "need", "services"))
        Drafts(self._database).keep(DRAFT, "", values if said else {})
        self.forget_button.setVisible(said)

    def _resume(self, company_id: str) -> None:
        from charte_desktop.store.company_rows import CompanyRows
        from charte_desktop.store.drafts import Drafts
        from charte_desktop.store.provider_rows import ProviderRows

        draft = Drafts(self._database).of(DRAFT, "")
        values = {} if draft is None or company_id else draft.values
        self.forget_button.setVisible(bool(values))
        wanted = company_id or values.get("company", "")
        companies, providers = CompanyRows(self._database), ProviderRows(self._database)
        if wanted and companies.holds(wanted):
            company = self._show_company(wanted)
            assert company is not None
            self.company.choose(Picked(wanted, company.legal_name or "(sans nom)", company.city))
            self.accompaniment.setCurrentIndex(max(self.accompaniment.findData(values.get("accompaniment")), 0))
            if company_id and company.needs:
                self.services.show_typed(" ".join(company.needs))
        provider_id = values.get("provider", "")
        if provider_id and providers.holds(provider_id):
            facts = providers.facts(provider_id)
            self.provider.choose(Picked(provider_id, facts.legal_name or "(sans nom)", facts.city))
            self._say_provider(provider_id)
        self.name.setText(values.get("title", ""))
        self.need.setPlainText(values.get("need", ""))
        if values.get("services"):
            self.services.show_typed(values["services"])
        if values:
            self.template.setChecked(bool(values.get("first_day")))
            self.first_day.setText(values.get("first_day") or self.first_day.text())
            self.first_day.setEnabled(self.template.isChecked())

    def forget(self) -> None:
        """Begin anew, empty."""
        from charte_desktop.store.drafts import Drafts

        self._is_filling = True
        Drafts(self._database).drop(DRAFT, "")
        self.company.choose(None)
        self.provider.choose(None)
        self._show_company("")
        self._say_provider("")
        self.name.clear()
        self.need.clear()
        self.services.show_typed("")
        self.sentence.clear()
        self.forget_button.hide()
        self._is_filling = False
        self.company.setFocus(Qt.FocusReason.OtherFocusReason)
