"""The company beside the table: who it is above, its form below, edited in place, and who it looks like."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel

from charte_desktop.ui.identity_form import IdentityForm, identity_fields
from charte_desktop.ui.record_band import Act, RecordBand
from charte_desktop.ui.record_editor import RecordEditor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from charte_desktop.model.company import Company
    from charte_desktop.store.company_records import CompanyRecords
    from charte_desktop.store.database import Database
    from charte_desktop.store.look_alikes import LookAlike, Typed

FIELDS = (
    "legal_name",
    "siren",
    "legal_representative",
    "address",
    "emails",
    "phones",
    "ape",
    "headcount",
    "website",
    "notes",
)
"""The identity as the charter's form orders it."""


class CompanyRecord(QObject):
    """Fills the head, the band and the form of one company; saves what is typed."""

    saved = Signal(str)
    """This company was changed in the base."""
    created = Signal(str)
    closed = Signal()
    """The user is done with the form."""
    open_asked = Signal(str)
    """Show this company instead."""
    drafted = Signal()

    def __init__(self, name: QLabel, line: QLabel, band: RecordBand, form: IdentityForm) -> None:
        super().__init__(form)
        self._name, self._line, self._band, self.form = name, line, band, form
        self.editor: RecordEditor[Company] | None = None
        self.company: Company | None = None
        self._alike: list[LookAlike] = []

    def open(self, database: "Database") -> None:
        """Serve this base from now on."""
        from charte_desktop.model.facts import IdentityFacts
        from charte_desktop.store.drafts import Drafts

        if self.editor is None:
            self.form.set_fields(identity_fields(*FIELDS), IdentityFacts)
        else:
            self.editor.retire()
        self._database = database
        self.editor = editor = RecordEditor(
            self.form, "company", self._store, Drafts(database), IdentityFacts, self._look, lambda _: ()
        )
        editor.saved.connect(self._saved)
        editor.created.connect(self._created)
        editor.closed.connect(self.closed)
        editor.alike.connect(self._show_alike)
        editor.drafted.connect(self._say_state)
        editor.drafted.connect(self.drafted)

    def _store(self) -> "CompanyRecords":
        from charte_desktop.store.company_records import CompanyRecords

        return CompanyRecords(self._database)

    def _look(self, typed: "Typed", own_id: str) -> "Sequence[LookAlike]":
        from charte_desktop.store.look_alikes import LookAlikes

        return LookAlikes(self._database).of_company(typed, own_id)

    def show(self, company_id: str) -> "Company":
        """Show a company, filled in and ready to be changed."""
        assert self.editor is not None
        self.company = company = self._store().get(company_id)
        self._show_head(company)
        self.editor.show(company)
        self._say_state()
        return company

    def begin(self) -> None:
        """Show an empty form, or the draft of one."""
        assert self.editor is not None
        self.company = None
        self.editor.begin()
        self._name.setText("Nouvelle entreprise")
        self._line.setText("Entrée : champ suivant · Ctrl+Entrée : créer la fiche · Échap : garder le brouillon")
        self._say_state()
        self.form.focus_first()

    @property
    def is_new(self) -> bool:
        """True while a new company is typed."""
        return self.editor is not None and self.editor.is_new

    def settle(self) -> None:
        """Save what waits."""
        if self.editor is not None:
            self.editor.settle()

    def _show_head(self, company: "Company") -> None:
        from charte_desktop.model.identifiers import say_headcount, show_siren

        self._name.setText(company.legal_name or "(sans nom)")
        facts = [
            f"SIREN {show_siren(company.siren)}" if company.siren else "sans SIREN",
            company.ape_code,
            say_headcount(company.headcount, company.headcount_band),
            company.city,
        ]
        self._line.setText(" · ".join(filter(None, facts)))

    # The band: a duplicate first, then a draft, then what was done with the company

    def _say_state(self) -> None:
        editor = self.editor
        assert editor is not None
        if self._alike:
            self._band.say_alike(self._alike, self._open_alike, self._not_alike)
        elif editor.is_new:
            self._band.say(
                "Ce qui est tapé est gardé à chaque touche, même si l'ordinateur s'éteint.",
                Act("&Créer la fiche", "Ctrl+Entrée", editor.finish),
                Act("Recommencer à &vide", "Efface ce brouillon", editor.forget),
            )
        elif editor.draft is not None:
            self._band.say_draft(editor.draft, self._resume, editor.forget)
        elif self.company is not None:
            self._band.say(_how_it_stands(self.company))

    def _show_alike(self, alike: "list[LookAlike]") -> None:
        self._alike = alike
        self._say_state()

    def _open_alike(self) -> None:
        self.open_asked.emit(self._alike[0].record_id)

    def _not_alike(self) -> None:
        assert self.editor is not None
        from charte_desktop.store.look_alikes import LookAlikes

        LookAlikes(self._database).not_a_duplicate(self.editor.distinct_id(), self._alike[0].record_id)
        self.editor.look_again()
        self.saved.emit(self.editor.record_id)

    def _resume(self) -> None:
        assert self.editor is not None
        self.editor.resume()
        self.form.focus_first()

    def _saved(self, company_id: str) -> None:
        self._read(company_id)
        self.saved.emit(company_id)

    def _created(self, company_id: str) -> None:
        self._read(company_id)
        self.created.emit(company_id)

    def _read(self, company_id: str) -> None:
        self.company = self._store().get(company_id)
        self._show_head(self.company)
        self._say_state()


def _how_it_stands(company: "Company") -> str:
    """When it was last accompanied, and what it needs."""
    if not company.accompaniments:
        return "Jamais accompagnée : la fiche annuaire suit le premier accompagnement."
    last = max(company.accompaniments, key=lambda one: one.held_on)
    needs = len({need.service_id for need in company.needs})
    several = "s" if needs > 1 else ""
    told = f"{last.kind.value} le {last.held_on:%d/%m/%Y}"
    return f"{told} · {needs} besoin{several} noté{several}" if needs else f"{told} · aucun besoin noté"
