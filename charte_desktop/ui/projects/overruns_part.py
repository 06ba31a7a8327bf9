"""The overruns of a project, one at a time: contact, reason, costing, agreement, each in its turn (C36, C37, C38)."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from charte_desktop.errors import UserError
from charte_desktop.model import project_fields as fields
from charte_desktop.model.display import show_date
from charte_desktop.model.overrun import OverrunState, Stage, stages_done, state_of_overrun
from charte_desktop.model.project_facts import Overrun, PriceLine, ProjectFacts
from charte_desktop.model.project_kinds import Answer
from charte_desktop.model.project_money import lines_of
from charte_desktop.ui import icons, marks
from charte_desktop.ui.forms import press_by_enter
from charte_desktop.ui.forms_part import FormsPart
from charte_desktop.ui.line_form import LineRequest
from charte_desktop.ui.projects.overrun_words import (
    answer_words,
    contact_words,
    costing_words,
    day_words,
    effect_words,
)
from charte_desktop.ui.projects.stage_card import StageCard, act_button

if TYPE_CHECKING:
    from charte_desktop.ui.projects.project_desk import ProjectDesk

_STATES: dict[OverrunState, marks.Mark] = {
    OverrunState.OPEN: ("ring", "warning"),
    OverrunState.TO_AGREE: ("half", "warning"),
    OverrunState.BILLABLE: ("disc", "done"),
    OverrunState.REFUSED: ("bar", "muted"),
}


class OverrunsPart(FormsPart):
    """Four stages, what they hold, and what comes next; the effect is seen before anybody signs."""

    sign_asked = Signal(str)
    """Let the client sign this overrun on the screen: its id."""
    amendment_asked = Signal(str)
    """Edit the amendment that follows this overrun: its id."""
    document_asked = Signal(str)
    """Show this document: its id."""

    def open(self, desk: "ProjectDesk") -> None:
        """Serve this desk from now on."""
        self._desk, self._database = desk, desk.database
        self._chosen = ""
        self._choices = QButtonGroup(self)
        self._line = QHBoxLayout()
        self._line.setSpacing(6)
        self.open_button = act_button(self, "Ouvrir un dépassement…", self.begin)
        self.open_button.setIcon(icons.icon("plus"))
        self.open_button.setIconSize(icons.BESIDE_WORDS)
        self._line.addStretch(1)
        self._line.addWidget(self.open_button)
        self.words = QLabel(self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setProperty("role", "muted")
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.stages = [StageCard(stage, self) for stage in Stage]
        self.effect = QLabel(self)
        self.effect.setTextFormat(Qt.TextFormat.PlainText)
        self.effect.setProperty("role", "wash")
        self.effect.setWordWrap(True)
        self._lay_out()
        self._make_buttons()

    def _lay_out(self) -> None:
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        for card in self.stages[:3]:
            column.addWidget(card)
        column.addWidget(self.effect)
        column.addWidget(self.stages[3])
        column.addStretch(1)
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inside)
        lines = QVBoxLayout(self.list_page)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(8)
        lines.addLayout(self._line)
        lines.addWidget(self.words, 1)
        lines.addWidget(self.area, 1)

    def _make_buttons(self) -> None:
        contact, reason, costing, agreement = self.stages
        self.contact_button = contact.add("Noter le contact…", self._ask_contact)
        self.reason_button = reason.add("Noter le motif…", self._ask_reason)
        self.price_button = costing.add("Ajouter un prix…", self._ask_price)
        self.edit_price_button = costing.add("Retirer le dernier prix", self._drop_price)
        self.cost_button = costing.add("Chiffrage remis…", self._ask_costing)
        self.sign_button = agreement.add("Faire signer à l'écran…", lambda: self.sign_asked.emit(self._chosen))
        self.sign_button.setProperty("kind", "primary")
        self.sign_button.setIcon(icons.icon("signature", "on_primary"))
        self.sign_button.setIconSize(icons.BESIDE_WORDS)
        self.paper_button = agreement.add("Accord signé sur papier…", self._ask_paper)
        self.refuse_button = agreement.add("Le client refuse…", self._ask_refusal)
        self.agreement_button = agreement.add("Voir l'accord", self._show_agreement)
        self.amendment_button = agreement.add("Avenant (PDF)", lambda: self.amendment_asked.emit(self._chosen))
        self.drop_button = contact.add("Retirer ce dépassement", self._drop)

    # What is shown

    def show_project(self, facts: ProjectFacts) -> None:
        """Show the overruns of the project on the desk."""
        self.begin_with(facts.id)
        known = [one.id for one in facts.overruns]
        if self._chosen not in known:
            waiting = [one.id for one in facts.overruns if one.answer is Answer.WAITING]
            self._chosen = (waiting or known or [""])[-1]
        self._show_choices(facts)
        self.open_button.setEnabled(self._desk.is_open and facts.started_on is not None)
        self.area.setVisible(bool(known))
        self.words.setVisible(not known)
        self.words.setText(
            "Aucun dépassement. S'il en vient un : le client est contacté, apprend le motif, reçoit le chiffrage, puis "
            "donne son accord explicite, dans cet ordre. Rien n'est facturable avant (C36, C37, C38)."
        )
        if known:
            self._show_overrun(facts, self.overrun)

    @property
    def overrun(self) -> Overrun:
        """The overrun on the screen."""
        return next(one for one in self._desk.facts.overruns if one.id == self._chosen)

    def choose(self, overrun_id: str) -> None:
        """Show another one."""
        self._chosen = overrun_id
        self.show_project(self._desk.facts)

    def _show_choices(self, facts: ProjectFacts) -> None:
        for button in self._choices.buttons():
            self._choices.removeButton(button)
            self._line.removeWidget(button)
            button.hide()
            button.deleteLater()
        for place, one in enumerate(facts.overruns):
            state = state_of_overrun(one, bool(lines_of(facts, one)))
            button = QPushButton(f"Dépassement n° {one.number} : {state.value}", self)
            button.setIcon(marks.icon([_STATES[state]]))
            button.setProperty("kind", "choice")
            button.setCheckable(True)
            button.setChecked(one.id == self._chosen)
            press_by_enter(button)
            button.clicked.connect(lambda _=False, one_id=one.id: self.choose(one_id))
            self._choices.addButton(button)
            self._line.insertWidget(place, button)

    def _show_overrun(self, facts: ProjectFacts, one: Overrun) -> None:
        prices = lines_of(facts, one)
        done = stages_done(one, bool(prices))
        state = state_of_overrun(one, bool(prices))
        waiting = self._desk.is_open and one.answer is Answer.WAITING
        following = next((stage for stage in Stage if stage not in done), None)
        told = {
            Stage.CONTACT: contact_words(one),
            Stage.REASON: f"{one.reason}\nannoncé le {day_words(one.reason_told_on)}" if one.reason else "",
            Stage.COSTING: costing_words(one, prices, facts.tax_basis.value),
            Stage.AGREEMENT: answer_words(one, state),
        }
        for card in self.stages:
            card.show_stage(told[card.stage], is_done=card.stage in done, is_next=waiting and card.stage is following)
        self._say_effect(facts, one, prices)
        has_agreement = facts.document(one.document_id) is not None
        reached = {stage: waiting and (stage is following or stage in done) for stage in Stage}
        for button, shown in (
            (self.contact_button, reached[Stage.CONTACT]),
            (self.drop_button, waiting),
            (self.reason_button, reached[Stage.REASON]),
            (self.price_button, reached[Stage.COSTING]),
            (self.edit_price_button, reached[Stage.COSTING] and bool(prices)),
            (self.cost_button, reached[Stage.COSTING]),
            (self.sign_button, reached[Stage.AGREEMENT]),
            (self.paper_button, reached[Stage.AGREEMENT]),
            (self.refuse_button, reached[Stage.AGREEMENT]),
            (self.agreement_button, has_agreement),
            (self.amendment_button, state is OverrunState.BILLABLE),
        ):
            button.setVisible(shown)

    def _say_effect(self, facts: ProjectFacts, one: Overrun, prices: list[PriceLine]) -> None:
        if not prices and one.new_end_on is None:
            self.effect.setText("L'effet sur le budget et sur la date de fin se lit ici dès le chiffrage.")
            return
        self.effect.setText(effect_words(facts, one, self._desk.today))

    # Acts

    def begin(self) -> None:
        """Open an overrun: its first stage is asked at once."""
        desk = self._desk
        self._chosen = desk.overruns.open(desk.project_id)
        self.changed.emit()
        self._ask_contact()

    def _drop(self) -> None:
        self._desk.overruns.drop(self._desk.project_id, self._chosen)
        self.changed.emit()

    def _request(
        self, title: str, keep: Callable[[dict[str, Any], Path | None], object], name: str, **more: Any
    ) -> LineRequest:
        return LineRequest(f"Dépassement n° {self.overrun.number} : {title}", keep, (name, self._chosen), **more)

    def _ask_contact(self) -> None:
        desk, one = self._desk, self.overrun

        def keep(values: dict[str, Any], _: object) -> None:
            desk.overruns.note_contact(
                desk.project_id, one.id, values["contacted_on"], values["contact_how"], values["contact_who"]
            )

        proposed = {
            "contacted_on": show_date(one.contacted_on or desk.today),
            "contact_how": "" if one.contact_how is None else one.contact_how.name,
            "contact_who": one.contact_who or desk.facts.provider_lead.name,
        }
        self.ask(
            fields.CONTACT_FIELDS,
            self._request("contact avec le client", keep, "overrun_contact", proposed=proposed),
        )

    def _ask_reason(self) -> None:
        desk, one = self._desk, self.overrun
        proposed = {"reason": one.reason, "reason_told_on": show_date(one.reason_told_on or desk.today)}
        self.ask(
            fields.REASON_FIELDS,
            self._request(
                "motif annoncé",
                lambda values, _: desk.overruns.note_reason(
                    desk.project_id, one.id, values["reason"], values["reason_told_on"]
                ),
                "overrun_reason",
                proposed=proposed,
            ),
        )

    def _ask_price(self) -> None:
        desk, one = self._desk, self.overrun
        self.ask(
            fields.PRICE_FIELDS,
            self._request(
                "prix",
                lambda values, _: desk.money.save_price(desk.project_id, None, overrun_id=one.id, **values),
                "overrun_price",
            ),
            begins_part="period",
        )

    def _drop_price(self) -> None:
        prices = lines_of(self._desk.facts, self.overrun)
        self._desk.money.drop_price(self._desk.project_id, prices[-1].id)
        self.changed.emit()

    def _ask_costing(self) -> None:
        desk, one = self._desk, self.overrun
        proposed = {
            "costed_on": show_date(one.costed_on or desk.today),
            "new_end_on": "" if one.new_end_on is None else show_date(one.new_end_on),
        }
        self.ask(
            fields.COSTING_FIELDS,
            self._request(
                "chiffrage préalable",
                lambda values, _: desk.overruns.cost(
                    desk.project_id, one.id, values["costed_on"], values["new_end_on"]
                ),
                "overrun_costing",
                intro="Il est remis au client avant sa réponse : des prix, une nouvelle date de fin, ou les deux.",
                proposed=proposed,
            ),
        )

    def _ask_paper(self) -> None:
        desk, one = self._desk, self.overrun

        def keep(values: dict[str, Any], file: Path | None) -> None:
            scan = desk.file(file)
            if scan is None:
                raise UserError("Joignez le document signé : sans lui, rien ne montre l'accord (C38).")
            desk.overruns.agree_on_paper(
                desk.project_id, one.id, values["on"], values["signer"], values["capacity"], scan
            )

        self.ask(
            fields.PAPER_AGREEMENT_FIELDS,
            self._request(
                "accord signé sur papier",
                keep,
                "overrun_paper",
                button="Noter l'accord",
                proposed={"on": show_date(desk.today), "signer": desk.facts.company.representative},
            ),
            with_file="Le document signé (PDF ou image)",
        )

    def _ask_refusal(self) -> None:
        desk, one = self._desk, self.overrun
        self.ask(
            fields.REFUSAL_FIELDS,
            self._request(
                "le client refuse",
                lambda values, _: desk.overruns.refuse(
                    desk.project_id, one.id, values["answered_on"], values["signer"], values["refusal"]
                ),
                "overrun_refusal",
                intro="Rien n'est facturable ; le dépassement reste au dossier.",
                button="Noter le refus",
                proposed={"answered_on": show_date(desk.today), "signer": desk.facts.company.representative},
            ),
        )

    def _show_agreement(self) -> None:
        if self.overrun.document_id is not None:
            self.document_asked.emit(self.overrun.document_id)

    def take_keyboard(self) -> None:
        """The button of what comes next has the keyboard."""
        candidates = [
            self.sign_button,
            self.cost_button,
            self.reason_button,
            self.contact_button,
            self.amendment_button,
            self.open_button,
        ]
        for button in candidates:
            if button.isVisible() and button.isEnabled():
                button.setFocus(Qt.FocusReason.OtherFocusReason)
                return
