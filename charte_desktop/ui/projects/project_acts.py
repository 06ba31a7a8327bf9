"""What is done with a project as a whole: begun, closed, interrupted, handed over; nothing here needs a document."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from charte_desktop.errors import UserError
from charte_desktop.model import project_fields as fields
from charte_desktop.model.display import show_date
from charte_desktop.model.engagement_facts import Link, LinkKind
from charte_desktop.model.project_kinds import Between, Means
from charte_desktop.model.project_next import Act, Next
from charte_desktop.model.project_state import missing_to_close
from charte_desktop.ui.line_form import LineRequest

if TYPE_CHECKING:
    from charte_desktop.ui.projects.project_desk import ProjectDesk
    from charte_desktop.ui.projects.project_panel import ProjectPanel


class ProjectActs(QObject):
    """One method for each act, on the project beside the list."""

    done = Signal(str)
    """What was done, as a sentence; empty when the panel says it by itself."""
    candidates_asked = Signal()
    """Show who could take the project up."""
    project_asked = Signal(str)
    """Show this project, by its id."""
    record_asked = Signal(str, str)
    """Show another record: "provider" or "company", and its id."""

    def __init__(self, panel: "ProjectPanel") -> None:
        super().__init__(panel)
        self._panel = panel

    @property
    def _desk(self) -> "ProjectDesk":
        return self._panel.desk

    def do(self, asked: object) -> None:
        """Do what the panel asks for: its next act, or what a clause's evidence leads to."""
        if isinstance(asked, Link):
            self._follow(asked)
        elif isinstance(asked, Next):
            acts: dict[Act, Callable[[], object]] = {
                Act.START: self.start,
                Act.STEP: partial(self._panel.note_done, asked.target),
                Act.CLOSE: self.close,
                Act.REOPEN: self.reopen,
                Act.SUCCESSOR: self.candidates_asked.emit,
                Act.LIFT: self.lift,
                Act.FOLLOWING: partial(self.project_asked.emit, asked.target),
                Act.ANNEX: partial(self._panel.annex, asked.target),
                Act.EXCHANGE: self._panel.note_exchange,
                Act.TOLD: self.tell_removal,
            }
            acts[asked.act]()

    def _follow(self, link: Link) -> None:
        match link.kind:
            case LinkKind.PROJECT:
                self.project_asked.emit(link.target)
            case LinkKind.PROVIDER:
                self.record_asked.emit("provider", link.target)
            case LinkKind.COMPANY:
                self.record_asked.emit("company", link.target)

    # Acts on the whole project

    def start(self) -> None:
        """Ask for the first day; what the charter wants known before is asked by the store (C06, C33, C39)."""
        desk = self._desk
        self._panel.ask(
            fields.START_FIELDS,
            LineRequest(
                f"Démarrer « {desk.facts.title} »",
                lambda values, _: desk.timelines.start(desk.project_id, values["on"]),
                ("project_start", desk.project_id),
                intro="Ce jour-là, le prestataire est signataire ; budget, date de fin et chef de projet sont connus.",
                button="Démarrer le projet",
                proposed={"on": show_date(desk.today)},
            ),
        )

    def close(self) -> None:
        """Ask for the last day, and for the reason when nobody called after the delivery (C27)."""
        desk = self._desk
        lacking = missing_to_close(desk.facts)
        self._panel.ask(
            fields.CLOSE_FIELDS,
            LineRequest(
                f"Clore « {desk.facts.title} »",
                lambda values, _: desk.timelines.close(desk.project_id, values["on"], values["reason"]),
                ("project_close", desk.project_id),
                intro=f"{lacking} : notez ce contact d'abord, ou écrivez pourquoi le projet est clos sans lui."
                if lacking
                else "Le contact après livraison a eu lieu : aucun motif n'est nécessaire.",
                button="Clore le projet",
                proposed={"on": show_date(desk.today)},
            ),
        )

    def reopen(self) -> None:
        """Take a closed project up again."""
        self._desk.timelines.reopen(self._desk.project_id)
        self._panel.changed_here()
        self.done.emit("Projet rouvert. Ctrl+Z le clôt de nouveau.")

    def declare_incapacity(self) -> None:
        """Ask since when the provider cannot go on, and why (C19)."""
        desk = self._desk
        self._panel.ask(
            fields.INCAPACITY_FIELDS,
            LineRequest(
                "Le prestataire ne peut pas continuer",
                lambda values, _: desk.incapacity.declare(desk.project_id, values["on"], values["reason"]),
                ("project_incapacity", desk.project_id),
                intro="Le projet est figé tel qu'il est ; il peut ensuite être repris par un autre prestataire (C19). "
                "Des faits, sans avis sur le prestataire.",
                button="Interrompre le projet",
                proposed={"on": show_date(desk.today)},
            ),
        )

    def lift(self) -> None:
        """Ask since when the provider can go on after all."""
        desk = self._desk
        self._panel.ask(
            fields.LIFT_FIELDS,
            LineRequest(
                "Le prestataire peut continuer",
                lambda values, _: desk.incapacity.lift(desk.project_id, values["on"]),
                ("project_lift", desk.project_id),
                button="Lever l'interruption",
                proposed={"on": show_date(desk.today)},
            ),
        )

    def tell_removal(self) -> None:
        """Note that the company knows that its provider left the register (C18)."""
        desk = self._desk

        def keep(values: dict[str, Any], _: object) -> None:
            desk.log.note_exchange(
                desk.project_id,
                values["held_on"],
                values["means"],
                values["between"],
                values["summary"],
                about_removal=True,
            )

        self._panel.ask(
            fields.EXCHANGE_FIELDS,
            LineRequest(
                "L'entreprise est prévenue de la radiation",
                keep,
                ("project_removal", desk.project_id),
                intro="Le projet continue ; l'entreprise sait que son prestataire n'est plus au registre (C18).",
                button="Noter l'échange",
                proposed={
                    "held_on": show_date(desk.today),
                    "means": Means.PHONE.name,
                    "between": Between.CLIENT_CCIR.name,
                    "summary": f"Radiation de {desk.facts.provider.name} annoncée à l'entreprise.",
                },
            ),
        )

    def begin_overrun(self) -> None:
        """Open an overrun. Refused before the start, as the store says."""
        desk = self._desk
        if desk.facts.started_on is None:
            raise UserError(
                "Le projet n'a pas commencé : corrigez le devis et le budget, ce n'est pas encore un dépassement."
            )
        self._panel.open_part(self._panel.overruns)
        self._panel.overruns.begin()

    def delete(self) -> None:
        """Put the project in the recycle bin; Ctrl+Z or the bin takes it back."""
        title = self._desk.facts.title
        self._desk.timelines.delete(self._desk.project_id)
        self.done.emit(f"« {title} » est à la corbeille. Ctrl+Z l'en sort.")
