"""What a project costs: prices of the three kinds (C40), invoices against them, prices that change (C41)."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel

from charte_desktop.model import project_fields as fields
from charte_desktop.model.display import show_date
from charte_desktop.model.money import show_money
from charte_desktop.model.project_facts import Invoice, PriceChange, PriceLine, ProjectFacts
from charte_desktop.model.project_kinds import Answer, Period, PriceKind
from charte_desktop.model.project_money import HORIZONS, amount_on, budget_state, invoiced, project_totals
from charte_desktop.ui import marks
from charte_desktop.ui.line_form import LineRequest
from charte_desktop.ui.lines_part import LineAct, LineKind, LinesPart
from charte_desktop.ui.record_table import Column

if TYPE_CHECKING:
    from charte_desktop.ui.projects.project_desk import ProjectDesk

PRICES, INVOICES, CHANGES = "project_price", "project_invoice", "project_price_change"
_ANSWERS: dict[Answer, marks.Mark] = {
    Answer.WAITING: ("ring", "warning"),
    Answer.ACCEPTED: ("disc", "done"),
    Answer.REFUSED: ("bar", "muted"),
}


class MoneyPart(LinesPart):
    """Prices with their totals above them."""

    def open(self, desk: "ProjectDesk") -> None:
        """Serve this desk from now on."""
        self._desk = desk
        self.totals = QGridLayout()
        self.totals.setHorizontalSpacing(24)
        self.totals.setVerticalSpacing(2)
        self._cells: dict[tuple[int, int], QLabel] = {}
        self.budget = QLabel(self)
        self.budget.setWordWrap(True)
        self.budget.setProperty("role", "value")
        self.above.addLayout(self.totals)
        self.above.addWidget(self.budget)
        self.serve(desk.database, [self._price_kind(), self._invoice_kind(), self._change_kind()])

    def show_project(self, facts: ProjectFacts) -> None:
        """Show the money of the project on the desk."""
        self._show_totals(facts)
        self.show_lines(facts.id, is_open=self._desk.is_open)
        for kind, allowed in ((INVOICES, True),):
            if self.kind.name == kind:
                self.new_button.setEnabled(allowed)

    def totals_said(self) -> list[list[str]]:
        """The table of totals as it is read."""
        rows = {place[0] for place in self._cells}
        return [[self._cells[row, column].text() for column in range(3)] for row in sorted(rows)]

    # Totals

    def _show_totals(self, facts: ProjectFacts) -> None:
        basis = facts.tax_basis.value
        columns = [project_totals(facts, months, self._desk.today) for months in HORIZONS]
        lines = [(f"Totaux convenus ({basis})", [f"sur {months} mois" for months in HORIZONS])]
        lines += [(kind.value, [show_money(one.of(kind)) for one in columns]) for kind in PriceKind]
        lines.append(("En tout", [show_money(one.whole) for one in columns]))
        for row, (words, amounts) in enumerate(lines):
            last = row == len(lines) - 1
            for column, text in enumerate([words, *amounts]):
                cell = self._cell(row, column)
                cell.setText(text)
                cell.setProperty("role", "count" if last else "muted" if row == 0 or column == 0 else "value")
                cell.style().unpolish(cell)
                cell.style().polish(cell)
        state = budget_state(facts)
        if state.now is None:
            self.budget.setText(f"Budget global inconnu (C39). Facturé : {show_money(state.invoiced)} {basis}.")
            return
        first = "" if state.first in (None, state.now) else f", {show_money(state.first or 0)} au premier planning"
        told = f"Budget global : {show_money(state.now)} {basis}{first}. Facturé : {show_money(state.invoiced)}"
        if state.beyond > 0:
            told += f", soit {show_money(state.beyond)} au-delà du budget"
        elif state.left is not None:
            told += f", reste {show_money(state.left)}"
        self.budget.setText(f"{told}.")
        role = "error" if state.beyond > 0 else "value"
        if self.budget.property("role") != role:
            self.budget.setProperty("role", role)
            self.budget.style().unpolish(self.budget)
            self.budget.style().polish(self.budget)

    def _cell(self, row: int, column: int) -> QLabel:
        if (row, column) not in self._cells:
            label = QLabel(self)
            side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
            label.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            self.totals.addWidget(label, row, column)
            self.totals.setColumnStretch(3, 1)
            self._cells[row, column] = label
        return self._cells[row, column]

    # Prices

    def _price_kind(self) -> LineKind[PriceLine]:
        desk = self._desk
        return LineKind(
            PRICES,
            "Prix",
            [
                Column("Ce qui est payé", self._price_words, sample="Hébergement et nom de domaine"),
                Column("Nature", lambda one: one.kind.value, sample="Prestation externe"),
                Column("Montant", self._amount, sample="000 000,00 € par trimestre", right=True),
                Column("Payé à", lambda one: one.supplier, sample="Hébergeur Fictif"),
                Column("Facturé", lambda one: self._billed(one), sample="000 000,00 €", right=True),
            ],
            lambda: desk.facts.prices,
            lambda one: one.id,
            "Tous les coûts : mise en place, récurrents avec leur fréquence, prestations externes (C40).",
            new_words="Ajouter un prix…",
            new_title="Nouveau prix",
            fields=fields.PRICE_FIELDS,
            begins_part="period",
            line_title=lambda one: f"Prix « {one.label} »",
            keep=lambda one, values, _: desk.money.save_price(desk.project_id, one, **values),
            drop=lambda one: desk.money.drop_price(desk.project_id, one.id),
            acts=(
                LineAct(
                    "Changement de prix…",
                    "Note l'annonce d'un autre prix pour cette ligne (C41)",
                    lambda one: self.begin(CHANGES, {"price_line_id": one.id}),
                    lambda _: desk.is_open,
                ),
            ),
        )

    def _price_words(self, one: PriceLine) -> str:
        overrun = next((other for other in self._desk.facts.overruns if other.id == one.overrun_id), None)
        return one.label if overrun is None else f"{one.label} (dépassement n° {overrun.number})"

    def _amount(self, one: PriceLine) -> str:
        amount = show_money(amount_on(one, self._desk.today, self._desk.facts.price_changes))
        return amount if one.period is Period.ONCE else f"{amount} {one.period.value}"

    def _billed(self, one: PriceLine) -> str:
        billed = invoiced(self._desk.facts.invoices, one.id)
        return show_money(billed) if billed else ""

    # Invoices

    def _invoice_kind(self) -> LineKind[Invoice]:
        desk = self._desk
        wanted = fields.invoice_fields(desk.price_options)
        return LineKind(
            INVOICES,
            "Factures",
            [
                Column("Numéro", lambda one: one.number, sample="FA-2026-000"),
                Column("Datée du", lambda one: show_date(one.issued_on), sample="00/00/0000"),
                Column("Montant", lambda one: show_money(one.amount), sample="000 000,00 €", right=True),
                Column("Facture le prix", self._price_of, sample="Hébergement et nom de domaine"),
                Column("Remarque", lambda one: one.note),
            ],
            lambda: desk.facts.invoices,
            lambda one: one.id,
            "Ce que le prestataire a facturé, prix par prix. Un dépassement ne se facture qu'après son accord (C38).",
            new_words="Ajouter une facture…",
            new_title="Nouvelle facture",
            fields=wanted,
            begins_part="price_line_id",
            line_title=lambda one: f"Facture {one.number}",
            keep=lambda one, values, _: desk.money.save_invoice(desk.project_id, one, **values),
            drop=lambda one: desk.money.drop_invoice(desk.project_id, one.id),
            proposed=lambda: {"issued_on": show_date(desk.today)},
        )

    def _price_of(self, one: Invoice) -> str:
        return next((line.label for line in self._desk.facts.prices if line.id == one.price_line_id), "")

    # Prices that change

    def _change_kind(self) -> LineKind[PriceChange]:
        desk = self._desk
        wanted = fields.price_change_fields(desk.price_options)
        return LineKind(
            CHANGES,
            "Changements de prix",
            [
                Column("Prix", self._changed_price, sample="Hébergement et nom de domaine"),
                Column("Nouveau montant", lambda one: show_money(one.new_amount), sample="000 000,00 €", right=True),
                Column("Annoncé le", lambda one: show_date(one.notified_on), sample="00/00/0000"),
                Column("À partir du", lambda one: show_date(one.effective_on), sample="00/00/0000"),
                Column(
                    "Réponse de l'entreprise",
                    _answer,
                    sample="accepté le 00/00/0000, Gérante",
                    signs=lambda one: [_ANSWERS[one.answer]],
                ),
            ],
            lambda: desk.facts.price_changes,
            lambda one: one.id,
            "Un prix qui change s'annonce à temps et s'accepte : il n'est jamais imposé (C41).",
            new_words="Noter une annonce…",
            new_title="Annonce d'un autre prix",
            fields=wanted,
            begins_part="notified_how",
            line_title=lambda one: f"Annonce du {show_date(one.notified_on)}",
            keep=lambda one, values, _: desk.money.announce_price(desk.project_id, one, **values),
            drop=lambda one: desk.money.drop_price_change(desk.project_id, one.id),
            acts=(
                LineAct(
                    "Réponse de l'entreprise…",
                    "Note si elle accepte ou refuse ce prix",
                    self._ask_answer,
                    lambda one: desk.is_open and one.answer is Answer.WAITING,
                ),
            ),
            proposed=lambda: {"notified_on": show_date(desk.today)},
        )

    def _changed_price(self, one: PriceChange) -> str:
        return next((line.label for line in self._desk.facts.prices if line.id == one.price_line_id), "")

    def _ask_answer(self, one: PriceChange) -> None:
        desk = self._desk

        def keep(values: dict[str, Any], _: object) -> None:
            desk.money.answer_price(desk.project_id, one.id, values["answer"], values["on"], values["by"])

        self.ask(
            fields.ANSWER_FIELDS,
            LineRequest(
                f"Réponse à l'annonce du {show_date(one.notified_on)}",
                keep,
                ("project_price_answer", one.id),
                proposed={"on": show_date(desk.today), "by": desk.facts.client_lead.name},
            ),
        )


def _answer(one: PriceChange) -> str:
    if one.answered_on is None:
        return one.answer.value
    return f"{one.answer.value} le {show_date(one.answered_on)}, {one.answered_by}"
