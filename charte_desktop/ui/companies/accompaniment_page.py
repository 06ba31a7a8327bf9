"""A visit on one screen, in the order of a conversation (C03, C07).

Who was met, what was said, what is needed, what is recommended, what comes next; its questionnaire beside it. Each key
is kept: a crash takes nothing.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

from charte_desktop.ui import icons, messages, standing_place
from charte_desktop.ui.charts.radar import Radar
from charte_desktop.ui.column_flow import ColumnFlow
from charte_desktop.ui.companies.advice_editor import AdviceEditor
from charte_desktop.ui.companies.finding_list import FindingList
from charte_desktop.ui.companies.need_boxes import NeedBoxes
from charte_desktop.ui.companies.people_box import PeopleBox
from charte_desktop.ui.companies.question_list import QuestionList
from charte_desktop.ui.date_field import DateField
from charte_desktop.ui.elided_label import ElidedLabel
from charte_desktop.ui.forms import load_form
from charte_desktop.ui.sheets.places import Page

if TYPE_CHECKING:
    from charte_desktop.model.accompaniment_entry import AccompanimentEntry
    from charte_desktop.model.questionnaire import Finding
    from charte_desktop.store.database import Database
    from charte_desktop.store.drafts import Drafts

NEW, CORRECTED = "accompaniment", "visit"
"""What the drafts call a visit that is noted, by its company, and one that is corrected, by its own id."""
NOTE, SHEET, RESTITUTION = "", "sheet", "restitution"
"""What is wanted once the visit is noted."""
_REST_MS = 150
"""After this pause, where the keyboard stands is kept, and the radar follows the answers."""
_CONVERSATION, _QUESTIONS = 0, 1
_AWAY = {"week_button": (0, 7), "weeks_button": (0, 14), "month_button": (1, 0)}
"""Months and days of each button."""


class AccompanimentPage(Page):
    """What a conversation leaves."""

    back_button: QPushButton
    title: ElidedLabel
    facts: ElidedLabel
    conversation_button: QPushButton
    questions_button: QPushButton
    note_button: QPushButton
    restitution_button: QPushButton
    sheet_button: QPushButton
    reason: QLabel
    pages: QStackedWidget
    body: QScrollArea
    flow: ColumnFlow
    kind: QComboBox
    day: DateField
    day_sentence: QLabel
    people: PeopleBox
    notes: QPlainTextEdit
    needs: NeedBoxes
    needs_count: QLabel
    findings_button: QPushButton
    advice: AdviceEditor
    next_step: QLineEdit
    next_on: DateField
    next_line: QHBoxLayout
    week_button: QPushButton
    weeks_button: QPushButton
    month_button: QPushButton
    next_sentence: QLabel
    questions_area: QScrollArea
    questions: QuestionList
    radar_card: QFrame
    progress: QLabel
    radar: Radar
    findings_area: QScrollArea
    findings: FindingList

    noted = Signal(str, str)
    """The accompaniment's id, and what is wanted at once: `NOTE`, `SHEET` or `RESTITUTION`."""

    def __init__(
        self, database: "Database", company_id: str, *, accompaniment_id: str = "", before_sheet: bool = False
    ) -> None:
        """A visit that is noted, or the one of this id, corrected.

        `before_sheet`: a sheet was asked for and the company was never accompanied; the page says why it opens.
        """
        super().__init__()
        load_form(
            self,
            "accompaniment_page",
            ElidedLabel,
            ColumnFlow,
            DateField,
            PeopleBox,
            NeedBoxes,
            AdviceEditor,
            QuestionList,
            FindingList,
            Radar,
        )
        from charte_desktop.store.company_rows import CompanyRows

        self._database, self._company_id, self._corrected = database, company_id, accompaniment_id
        self._draft = (CORRECTED, accompaniment_id) if accompaniment_id else (NEW, company_id)
        company = CompanyRows(database).facts(company_id)
        self._representative = company.legal_representative
        name = company.legal_name or "(sans nom)"
        self.title.setText(name)
        self.facts.setText("Corriger un accompagnement" if accompaniment_id else "Noter un accompagnement")
        self.reason.setText("Une fiche annuaire se remet lors d'un accompagnement : notez-le, la fiche suit.")
        self.reason.setVisible(before_sheet)
        self._place = ""
        self._is_showing = False
        self._is_left = False
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(_REST_MS)
        self._dress()
        self._offer()
        self._resume()
        self._connect()

    def start(self) -> None:
        """The needs first: they make the sheet. A visit that was cut short is found where it was left."""
        if not (self._place and standing_place.stand(self, self._place)):
            self.needs.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, self._scroll_back)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back from the questionnaire to the conversation, then to the company."""
        if event.key() == Qt.Key.Key_Escape and self.pages.currentIndex() == _QUESTIONS:
            self._turn(_CONVERSATION)
        else:
            super().keyPressEvent(event)

    def finish(self) -> None:
        """Keep where the keyboard stands: the window may be closing."""
        if not self._is_left:
            self._keep_place()
        self._is_left = True
        self._resting.stop()

    # What is kept of it

    def note(self, then: str = NOTE) -> None:
        """Keep the visit; `then` is what is wanted at once."""
        from charte_desktop.store.accompaniments import Accompaniments

        entry = self._entry()
        if entry is None:
            self._show_page(_CONVERSATION)
            return
        with messages.sentence_in(self.day_sentence):
            store = Accompaniments(self._database)
            if self._corrected:
                store.revise(self._corrected, entry)
                noted = self._corrected
            else:
                noted = store.record(self._company_id, entry).id
            self._is_left = True
            self._drafts.drop(*self._draft)
            self.changed.emit()
            self.noted.emit(noted, then)

    def _entry(self) -> "AccompanimentEntry | None":
        """What is typed; None when something is refused, which is then said beside it."""
        from charte_desktop.model.accompaniment_entry import AccompanimentEntry

        held_on = next_on = None
        with messages.sentence_in(self.day_sentence):
            held_on = self.day.wanted("Écrivez le jour de l'accompagnement : jj/mm/aaaa.")
        if held_on is None:
            return None
        is_read = False
        with messages.sentence_in(self.next_sentence):
            next_on = self.next_on.day()
            is_read = True
        if not is_read:
            return None
        if next_on is not None and next_on < held_on:
            self.next_sentence.setText("La suite viendrait avant l'accompagnement : corrigez l'une des deux dates.")
            self.next_on.setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        answers = self.questions.answers()
        return AccompanimentEntry(
            kind=self.kind.currentData(),
            held_on=held_on,
            met=self.people.met(),
            notes=self.notes.toPlainText(),
            needs=self.needs.needs(),
            recommendations=self.advice.advice(),
            next_step=self.next_step.text(),
            next_on=next_on,
            questionnaire_id=self._questionnaire_id if answers else "",
            answers=answers,
        )

    @property
    def _questionnaire_id(self) -> str:
        return self.questions.questionnaire.id if self.questions.questionnaire is not None else self._wanted

    _wanted = ""
    """The questionnaire that the draft or the visit answers; it is built when its page is first seen."""
    _waiting_answers = ""
    """Answers that wait for their questions."""

    # The questionnaire

    def show_questions(self) -> None:
        """Go to the questionnaire; its questions are built the first time."""
        self._build_questions()
        self._show_page(_QUESTIONS)
        self.questions.focus_first()

    def _show_page(self, number: int) -> None:
        self.pages.setCurrentIndex(number)
        (self.questions_button if number == _QUESTIONS else self.conversation_button).setChecked(True)

    def _build_questions(self) -> None:
        if self.questions.questionnaire is not None:
            return
        from charte_desktop.store.diagnostics import Diagnostics
        from charte_desktop.ui.companies.conversation_values import answers_in

        diagnostics = Diagnostics(self._database)
        is_known = bool(self._wanted) and diagnostics.knows(self._wanted)
        self.questions.ask(diagnostics.questionnaire(self._wanted) if is_known else diagnostics.current())
        self.questions.show_answers(answers_in(self._waiting_answers))
        self._waiting_answers = ""
        self._follow_answers()

    def _follow_answers(self) -> None:
        """Show how far the answers are, what they draw and what they propose."""
        questionnaire = self.questions.questionnaire
        if questionnaire is None:
            return
        answers = self.questions.answers()
        far = questionnaire.progress(answers)
        self.progress.setText(f"{far.answered} sur {far.asked} questions")
        self._say_kind()
        findings = questionnaire.findings(answers)
        taken = self.advice.proposed()
        self.findings.show_findings(findings, taken)
        left = sum(one.question_id not in taken for one in findings)
        several = "s" if left > 1 else ""
        self.findings_button.setText(f"Reprendre {left} conseil{several} proposé{several} par le questionnaire")
        self.findings_button.setVisible(bool(left))
        if self.pages.currentIndex() == _QUESTIONS:
            self._show_radar()

    def _show_radar(self) -> None:
        from charte_desktop.store.diagnostics import Answered, Diagnostics
        from charte_desktop.store.restitutions import radar_of

        questionnaire = self.questions.questionnaire
        assert questionnaire is not None
        answers = self.questions.answers()
        day = self.day.reading().value or self._database.today()
        now = Answered(self._corrected, questionnaire.id, day, answers, dict(questionnaire.scores(answers)))
        compared = Diagnostics(self._database).comparison(self._company_id, with_=now)
        self.radar.show_radar(radar_of(compared, questionnaire.title) if compared is not None else None)

    def _take(self, finding: "Finding") -> None:
        """Recommend what an answer proposes; the services that help are needs."""
        from charte_desktop.model.accompaniment_entry import Advised

        self.advice.add(Advised(finding.what, finding.why, finding.how, question_id=finding.question_id))
        for service_id in finding.service_ids:
            self.needs.tick(service_id)

    def _take_all(self) -> None:
        questionnaire = self.questions.questionnaire
        assert questionnaire is not None
        for finding in questionnaire.findings(self.questions.answers()):
            self._take(finding)
        self.advice.list.setCurrentRow(0)
        self.advice.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_kind(self) -> None:
        """The questionnaire belongs to a diagnostic; one that was answered stays within reach."""
        from charte_desktop.model.accompaniment_kind import AccompanimentKind

        answered = bool(self.questions.answers() or self._waiting_answers)
        self.questions_button.setVisible(self.kind.currentData() is AccompanimentKind.DIAGNOSTIC or answered)
        far = self.progress.text().removesuffix(" questions").replace(" sur ", "/")
        self.questions_button.setText(f"Questionnaire {far}".rstrip())

    # What is said while typing

    def _count(self) -> None:
        count = len(self.needs.needs())
        several = "s" if count > 1 else ""
        self.needs_count.setText(
            f"{count} besoin{several} noté{several} · 1, 2, 3 sur un besoin : sa priorité"
            if count
            else "Aucun besoin noté"
        )
        self.sheet_button.setEnabled(bool(count))
        self.sheet_button.setToolTip(
            "Ctrl+Entrée" if count else "Cochez au moins un besoin : c'est lui qui fait la liste."
        )

    def _plan(self, button: str) -> None:
        """A next step some time after the visit, on a day that the office works."""
        from datetime import timedelta

        from charte_desktop.model.follow_up import months_after

        months, days = _AWAY[button]
        start = self.day.reading().value or self._database.today()
        self.next_on.show_day(self._calendar.on_or_after(months_after(start, months) + timedelta(days=days)))
        self._next_changed()

    def _next_changed(self) -> None:
        self.next_sentence.setText(self.next_on.hint() if self.next_on.reading().value else "")
        self._keep()

    # Drafts

    @property
    def _drafts(self) -> "Drafts":
        from charte_desktop.store.drafts import Drafts

        return Drafts(self._database)

    def _values(self) -> dict[str, str]:
        from charte_desktop.ui.companies.conversation_values import advice_text, answers_text, people_text

        return {
            "kind": self.kind.currentData().name,
            "day": self.day.text(),
            "people": people_text(self.people.ticked()),
            "person_line": self.people.line.text(),
            "notes": self.notes.toPlainText(),
            "needs": self.needs.as_text(),
            "advice": advice_text(self.advice.advice()),
            "next_step": self.next_step.text(),
            "next_on": self.next_on.text(),
            "questionnaire": self._questionnaire_id,
            "answers": self._waiting_answers or answers_text(self.questions.answers()),
        }

    def _keep(self) -> None:
        """Keep what is typed, and where; nothing when it is as it was at first."""
        if self._is_showing or self._is_left:
            return
        values = self._values()
        if {**values, "questionnaire": ""} == {**self._at_first, "questionnaire": ""}:
            self._drafts.drop(*self._draft)
            self._has_draft = False
            return
        place = {"page": str(self.pages.currentIndex()), standing_place.KEY: standing_place.place_of(self)}
        self._drafts.keep(*self._draft, {**values, **place})
        self._has_draft = True

    def _keep_place(self) -> None:
        if self._has_draft:
            self._keep()

    def _resume(self) -> None:
        """Show the draft, or the visit that is corrected, or an empty one."""
        from charte_desktop.model.accompaniment_entry import AccompanimentEntry
        from charte_desktop.model.accompaniment_kind import AccompanimentKind
        from charte_desktop.store.accompaniments import Accompaniments
        from charte_desktop.ui.companies.conversation_values import values_of

        if self._corrected:
            entry = Accompaniments(self._database).entry(self._corrected)
        else:
            entry = AccompanimentEntry(kind=AccompanimentKind.DIAGNOSTIC, held_on=self._database.today())
        self._at_first = values_of(entry)
        draft = self._drafts.of(*self._draft)
        self._has_draft = draft is not None
        values = {**self._at_first, **(draft.values if draft is not None else {})}
        self._show(values)
        self._place = values.get(standing_place.KEY, "")
        if values.get("page") == str(_QUESTIONS):
            self._build_questions()
            self._show_page(_QUESTIONS)
            self._show_radar()

    def _show(self, values: dict[str, str]) -> None:
        from charte_desktop.model.accompaniment_kind import AccompanimentKind
        from charte_desktop.ui.companies.conversation_values import advice_in, people_in

        self._is_showing = True
        self.kind.setCurrentIndex(self.kind.findData(AccompanimentKind[values["kind"]]))
        self.day.setText(values["day"])
        self.people.show_met(people_in(values["people"]))
        self.people.line.setText(values["person_line"])
        self.notes.setPlainText(values["notes"])
        self.needs.show_text(values["needs"])
        self.advice.show_advice(advice_in(values["advice"]))
        self.next_step.setText(values["next_step"])
        self.next_on.setText(values["next_on"])
        self._wanted, self._waiting_answers = values["questionnaire"], values["answers"]
        self.findings_button.hide()
        if self._waiting_answers:
            self._build_questions()
        self._say_kind()
        self._count()
        self._is_showing = False

    def _scroll_back(self) -> None:
        if self._place:
            standing_place.scroll_back(self, self._place)

    # Making it

    def _dress(self) -> None:
        for button, name, token in (
            (self.back_button, "arrow-left", "ink"),
            (self.note_button, "circle-check", "ink"),
            (self.restitution_button, "file-output", "ink"),
            (self.sheet_button, "file-text", "on_primary"),
        ):
            button.setIcon(icons.icon(name, token))
            button.setIconSize(icons.BESIDE_WORDS)
        if self._corrected:
            self.note_button.setText("Enregistrer")
            self.restitution_button.setText("Enregistrer et restituer")
            self.sheet_button.setText("Enregistrer et préparer la fiche")
        for area in (self.body, self.questions_area, self.findings_area):
            area.viewport().setAutoFillBackground(False)
            inner = area.widget()
            assert inner is not None
            inner.setAutoFillBackground(False)

    def _offer(self) -> None:
        """The kinds, the company's contacts, the days of this office."""
        from charte_desktop.model.accompaniment_entry import Person
        from charte_desktop.model.accompaniment_kind import AccompanimentKind
        from charte_desktop.model.wording import normalise
        from charte_desktop.store.company_contacts import CompanyContacts
        from charte_desktop.store.office_rules import working_calendar

        for kind in AccompanimentKind:
            self.kind.addItem(kind.value, kind)
        contacts = CompanyContacts(self._database).of(self._company_id)
        known = [Person(one.name, one.role, one.id) for one in contacts]
        first = self._representative
        if first and all(normalise(first) != normalise(one.name) for one in known):
            known.insert(0, Person(first, "Représentant légal"))
        self.people.offer(known)
        self._calendar = working_calendar(self._database)
        self.day.serve(self._database.today, past=True)
        self.next_on.serve(self._database.today, self._calendar)

    def _connect(self) -> None:
        self.back_button.clicked.connect(self.left)
        self.note_button.clicked.connect(lambda: self.note(NOTE))
        self.restitution_button.clicked.connect(lambda: self.note(RESTITUTION))
        self.sheet_button.clicked.connect(lambda: self.note(SHEET))
        self.conversation_button.clicked.connect(lambda: self._turn(_CONVERSATION))
        self.questions_button.clicked.connect(lambda: self._turn(_QUESTIONS))
        for keys, do in (
            ("Ctrl+Return", self._finish),
            ("Ctrl+Enter", self._finish),
            ("Ctrl+S", self.note_button.click),
            ("Ctrl+R", self.restitution_button.click),
            ("Alt+1", lambda: self._turn(_CONVERSATION)),
            ("Alt+&", lambda: self._turn(_CONVERSATION)),
            ("Alt+2", lambda: self._turn(_QUESTIONS)),
            ("Alt+é", lambda: self._turn(_QUESTIONS)),
        ):
            QShortcut(QKeySequence(keys), self, do)
        self._connect_steps()
        self.needs.edited.connect(self._count)
        self.kind.currentIndexChanged.connect(lambda _: self._say_kind())
        self.findings_button.clicked.connect(self._take_all)
        self.findings.taken.connect(self._take)
        self.findings.left_out.connect(self.advice.leave_out)
        self.advice.edited.connect(self._resting.start)
        self.questions.edited.connect(self._resting.start)
        for name in _AWAY:
            button: QPushButton = getattr(self, name)
            button.clicked.connect(lambda _=False, name=name: self._plan(name))
        self.next_on.changed.connect(self._next_changed)
        self.next_on.left.connect(lambda: self.next_sentence.setText(self.next_on.hint()))
        self.day.left.connect(lambda: self.day_sentence.setText(self.day.reading().message))
        for told in (
            self.kind.currentIndexChanged,
            self.day.changed,
            self.people.edited,
            self.notes.textChanged,
            self.needs.edited,
            self.advice.edited,
            self.next_step.textEdited,
            self.questions.edited,
        ):
            told.connect(lambda *_: self._keep())
        self._resting.timeout.connect(self._rest)
        QApplication.instance().focusObjectChanged.connect(self._follow_focus)  # type: ignore[union-attr]
        for area in (self.body, self.questions_area):
            area.verticalScrollBar().valueChanged.connect(lambda _: self._resting.start())

    def _connect_steps(self) -> None:
        """Where Enter goes from each field."""
        tab = Qt.FocusReason.TabFocusReason
        for stepped, following in (
            (self.day.stepped, self.people.line),
            (self.people.stepped, self.notes),
            (self.needs.stepped, self.advice.what),
            (self.advice.stepped, self.next_step),
            (self.next_step.returnPressed, self.next_on),
            (self.next_on.stepped, self.note_button),
        ):
            stepped.connect(lambda following=following: following.setFocus(tab))
        self.questions.finished.connect(lambda: self._turn(_CONVERSATION))

    def _turn(self, page: int) -> None:
        """Show the conversation, or the questionnaire of a diagnostic."""
        if page == _QUESTIONS and self.questions_button.isVisibleTo(self):
            self.show_questions()
            self._show_radar()
        elif page == _CONVERSATION and self.pages.currentIndex() != _CONVERSATION:
            self._show_page(_CONVERSATION)
            first = self.findings_button if self.findings_button.isVisibleTo(self) else self.needs
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        self._resting.start()

    def _finish(self) -> None:
        """Ctrl+Enter: the sheet follows as soon as something is needed."""
        (self.sheet_button if self.sheet_button.isEnabled() else self.note_button).click()

    def _follow_focus(self, held: QObject | None) -> None:
        if isinstance(held, QWidget) and self.isAncestorOf(held):
            self._resting.start()

    def _rest(self) -> None:
        if self._is_left:
            return
        self._follow_answers()
        self._keep_place()
