"""The money of a project: prices of the three kinds (C40), what was billed, prices that change (C41)."""

from typing import Any

from charte_desktop.errors import UserError
from charte_desktop.model.display import show_date
from charte_desktop.model.overrun import Stage, is_billable, require_before
from charte_desktop.model.project import InvoiceRecord, PriceChangeRecord, PriceLineRecord
from charte_desktop.model.project_facts import PriceLine, ProjectFacts
from charte_desktop.model.project_kinds import Answer, Period, PriceKind
from charte_desktop.model.project_money import lines_of
from charte_desktop.model.project_rules import require_past, require_plausible
from charte_desktop.store.project_store import ProjectStore, keep_line, line_of, next_position


class ProjectMoney(ProjectStore):
    """Prices, invoices, announcements of other prices."""

    def save_price(self, project_id: str, line_id: str | None, *, overrun_id: str | None = None, **values: Any) -> str:
        """A new price, or what changed in one; its id. With `overrun_id`, a part of that overrun's costing (C37).

        Refused: a recurring price without its period, a set-up that recurs, an external service without its supplier,
        a price of an overrun whose earlier stages do not stand or that was answered.
        """
        with self._changing("Noter un prix", project_id) as (session, facts):
            before = None if line_id is None else _price(facts, line_id)
            after = {name: values.get(name, getattr(before, name, empty)) for name, empty in _PRICE.items()}
            owner = before.overrun_id if before is not None else overrun_id
            _require_price(after)
            require_plausible(after["begins_on"], self._database.today(), "Le premier paiement")
            _require_costing(facts, owner)
            if before is None:
                after |= {"position": next_position([one.position for one in facts.prices]), "overrun_id": overrun_id}
            made = keep_line(session, PriceLineRecord, project_id, line_id, after)
        return made.id

    def drop_price(self, project_id: str, line_id: str) -> None:
        """Take a price off; refused when something was billed for it or its change was announced."""
        with self._changing("Retirer un prix", project_id) as (session, facts):
            line = _price(facts, line_id)
            _require_costing(facts, line.overrun_id)
            if any(one.price_line_id == line_id for one in facts.invoices):
                raise UserError("Une facture tient à ce prix : changez d'abord la facture.")
            if any(one.price_line_id == line_id for one in facts.price_changes):
                raise UserError("Une évolution de ce prix est annoncée : retirez-la d'abord.")
            session.delete(line_of(session, PriceLineRecord, project_id, line_id))

    def save_invoice(self, project_id: str, invoice_id: str | None, **values: Any) -> str:
        """What the provider billed, or what changed in it; its id. A credit note is negative.

        Refused: an overrun that is not billable yet (C36 to C38), an invoice to come, the same number twice.
        """
        with self._changing("Noter une facture", project_id, at_any_time=True) as (session, facts):
            before = next((one for one in facts.invoices if one.id == invoice_id), None)
            after = {name: values.get(name, getattr(before, name, None)) for name in _INVOICE}
            number = " ".join(str(after["number"] or "").split())
            if not number or after["issued_on"] is None or after["amount"] is None:
                raise UserError("Une facture a un numéro, une date et un montant : complétez-la.")
            require_past(after["issued_on"], self._database.today(), "La facture")
            twin = next((one for one in facts.invoices if one.number == number and one.id != invoice_id), None)
            if twin is not None:
                raise UserError(f"La facture {number} est déjà notée, du {show_date(twin.issued_on)} : ouvrez-la.")
            line = None if after["price_line_id"] is None else _price(facts, after["price_line_id"])
            overrun_id = None if line is None else line.overrun_id
            _require_billable(facts, overrun_id)
            kept = {**after, "number": number, "note": after["note"] or "", "overrun_id": overrun_id}
            made = keep_line(session, InvoiceRecord, project_id, invoice_id, kept)
        return made.id

    def drop_invoice(self, project_id: str, invoice_id: str) -> None:
        """Take off an invoice entered in error."""
        with self._changing("Retirer une facture", project_id, at_any_time=True) as (session, _):
            session.delete(line_of(session, InvoiceRecord, project_id, invoice_id))

    def announce_price(self, project_id: str, change_id: str | None, **values: Any) -> str:
        """A price that is to change (C41), or what changed in its announcement; its id.

        Refused: an effect before the announcement (a price is never imposed), one that the client answered already.
        """
        with self._changing("Noter une évolution de prix", project_id) as (session, facts):
            before = next((one for one in facts.price_changes if one.id == change_id), None)
            if before is not None and before.answer is not Answer.WAITING:
                raise UserError("L'entreprise a déjà répondu : notez une nouvelle annonce.")
            after: dict[str, Any] = {name: values.get(name, getattr(before, name, None)) for name in _CHANGE}
            if any(after[name] is None for name in _CHANGE if name != "reason"):
                raise UserError("Une évolution de prix a un prix, un montant, un jour d'annonce et un jour d'effet.")
            line = _price(facts, after["price_line_id"])
            require_past(after["notified_on"], self._database.today(), "L'annonce")
            require_plausible(after["effective_on"], self._database.today(), "La date d'effet")
            if after["effective_on"] < after["notified_on"]:
                raise UserError(
                    f"Le prix changerait le {show_date(after['effective_on'])}, avant d'être annoncé : une évolution "
                    "n'est jamais imposée (C41). Vérifiez les deux dates."
                )
            if after["new_amount"] == line.amount:
                raise UserError("Le nouveau montant est le même que l'ancien : vérifiez-le.")
            kept = {**after, "reason": after["reason"] or ""}
            made = keep_line(session, PriceChangeRecord, project_id, change_id, kept)
        return made.id

    def answer_price(self, project_id: str, change_id: str, answer: Answer, on: Any, by: str) -> None:
        """What the client said of a price that is to change (C41)."""
        with self._changing("Noter la réponse à une évolution de prix", project_id) as (session, facts):
            change = next((one for one in facts.price_changes if one.id == change_id), None)
            if change is None:
                raise UserError("Cette annonce n'existe plus : actualisez le projet.")
            if answer is Answer.WAITING or on is None or not by.strip():
                raise UserError("Notez la réponse, son jour, et qui l'a donnée.")
            require_past(on, self._database.today(), "La réponse")
            if on < change.notified_on:
                raise UserError(f"La réponse précède l'annonce du {show_date(change.notified_on)} : vérifiez la date.")
            record = line_of(session, PriceChangeRecord, project_id, change_id)
            record.answer, record.answered_on, record.answered_by = answer, on, " ".join(by.split())

    def drop_price_change(self, project_id: str, change_id: str) -> None:
        """Take off an announcement that was not answered."""
        with self._changing("Retirer une évolution de prix", project_id) as (session, facts):
            if any(one.id == change_id and one.answer is not Answer.WAITING for one in facts.price_changes):
                raise UserError("L'entreprise a répondu à cette annonce : elle reste au dossier.")
            session.delete(line_of(session, PriceChangeRecord, project_id, change_id))


_PRICE: dict[str, Any] = {
    "kind": PriceKind.SETUP, "label": "", "amount": None, "period": Period.ONCE, "supplier": "", "begins_on": None,
}  # fmt: skip
_INVOICE = ("number", "issued_on", "amount", "price_line_id", "note")
_CHANGE = ("price_line_id", "new_amount", "notified_on", "notified_how", "effective_on", "reason")


def _price(facts: ProjectFacts, line_id: str) -> PriceLine:
    line = next((one for one in facts.prices if one.id == line_id), None)
    if line is None:
        raise UserError("Ce prix n'existe plus : actualisez le projet.")
    return line


def _require_price(values: dict[str, Any]) -> None:
    values["label"] = " ".join(values["label"].split())
    if not values["label"]:
        raise UserError("Écrivez ce qui est payé.")
    if values["amount"] is None:
        raise UserError("Écrivez le montant d'un paiement.")
    if values["amount"] < 0:
        raise UserError("Un prix ne peut pas être négatif : déduisez la remise du prix lui-même.")
    if values["kind"] is PriceKind.RECURRING and values["period"] is Period.ONCE:
        raise UserError("Un coût récurrent revient : dites s'il est par mois, par trimestre ou par an (C40).")
    if values["kind"] is PriceKind.SETUP and values["period"] is not Period.ONCE:
        raise UserError("Un coût de mise en place est payé une fois : s'il revient, c'est un coût récurrent (C40).")
    if values["kind"] is PriceKind.EXTERNAL and not values["supplier"].strip():
        raise UserError("Une prestation externe est payée à quelqu'un d'autre : écrivez à qui (C40).")


def _require_costing(facts: ProjectFacts, overrun_id: str | None) -> None:
    """A price of an overrun belongs to its third stage (C37)."""
    if overrun_id is None:
        return
    overrun = next((one for one in facts.overruns if one.id == overrun_id), None)
    if overrun is None:
        raise UserError("Ce dépassement n'existe plus : actualisez le projet.")
    require_before(overrun, Stage.COSTING, bool(lines_of(facts, overrun)))


def _require_billable(facts: ProjectFacts, overrun_id: str | None) -> None:
    overrun = next((one for one in facts.overruns if one.id == overrun_id), None)
    if overrun is not None and not is_billable(facts, overrun):
        raise UserError(
            f"Le dépassement n° {overrun.number} n'est pas facturable : il faut d'abord le contact, le motif, le "
            "chiffrage et l'accord du client (C36, C37, C38)."
        )
