"""What an agreement to an overrun says, the same on the screen, on the paper that is signed and in its evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from charte_desktop.model.drawing import Drawing
from charte_desktop.model.money import show_money
from charte_desktop.model.overrun import Effect, effect_of
from charte_desktop.model.project_facts import Overrun, PriceLine, ProjectFacts
from charte_desktop.model.project_money import lines_of


@dataclass(frozen=True, kw_only=True)
class AgreementContent:
    """An overrun as it is agreed to."""

    facts: ProjectFacts
    overrun: Overrun
    prices: Sequence[PriceLine]
    effect: Effect
    signer: str
    capacity: str
    made_at: datetime
    """Aware of its zone."""
    adviser: str
    demonstration: bool = False

    @property
    def title(self) -> str:
        """What the document is called."""
        return f"Accord de dépassement n° {self.overrun.number} · projet {self.facts.number}"

    def clauses(self) -> list[tuple[str, str]]:
        """Everything that the signer agrees to, as heading and text: the evidence keeps exactly these words."""
        overrun, effect = self.overrun, self.effect
        how = f" ({overrun.contact_how.value})" if overrun.contact_how else ""
        basis = self.facts.tax_basis.value
        prices = [
            f"{line.kind.value}, {line.label} : {show_money(line.amount)} {basis} {line.period.value}"
            for line in self.prices
        ]
        return [
            ("Contact", f"Le client a été contacté le {_day(overrun.contacted_on)} par {overrun.contact_who}{how}."),
            ("Motif", f"{overrun.reason} (annoncé le {_day(overrun.reason_told_on)})"),
            ("Chiffrage", f"Remis le {_day(overrun.costed_on)}. {' ; '.join(prices) or 'Aucun coût supplémentaire'}."),
            ("Budget", _change(show_money(effect.budget_before), show_money(effect.budget_after), "budget global")),
            ("Délai", _change(_day(effect.end_before), _day(effect.end_after), "date de fin")),
        ]

    def fingerprint(self) -> str:
        """SHA-256 of the words that are agreed to: what was shown is what is signed."""
        told = [self.facts.number, self.facts.company.siren, self.facts.provider.siren, str(self.overrun.number)]
        told += [part for clause in self.clauses() for part in clause]
        return sha256("\n".join(told).encode()).hexdigest()


def agreement_content(
    facts: ProjectFacts,
    overrun: Overrun,
    *,
    signer: str,
    capacity: str,
    made_at: datetime,
    adviser: str,
    today: date,
    demonstration: bool = False,
) -> AgreementContent:
    """What the agreement to an overrun would say."""
    return AgreementContent(
        facts=facts,
        overrun=overrun,
        prices=lines_of(facts, overrun),
        effect=effect_of(facts, overrun, today),
        signer=" ".join(signer.split()),
        capacity=" ".join(capacity.split()),
        made_at=made_at,
        adviser=adviser,
        demonstration=demonstration,
    )


def evidence_of(content: AgreementContent, drawing: Drawing, device: str) -> dict[str, object]:
    """The machine-readable evidence that is attached to the agreement and sealed with it."""
    box = drawing.bounding_box()
    return {
        "format": "charte-desktop/preuve/1",
        "kind": "overrun",
        "provider": content.facts.provider.name,
        "siren": content.facts.provider.siren,
        "charter_version": content.facts.charter_version,
        "signed_at": content.made_at.isoformat(),
        "signer": f"{content.signer}, {content.capacity}" if content.capacity else content.signer,
        "company": content.facts.company.name,
        "company_siren": content.facts.company.siren,
        "project": content.facts.number,
        "overrun": content.overrun.number,
        "agreed_words": [{"heading": heading, "text": text} for heading, text in content.clauses()],
        "content_sha256": content.fingerprint(),
        "adviser": content.adviser,
        "device": device,
        "strokes": len(drawing.strokes),
        "points": drawing.point_count,
        "duration_ms": drawing.duration,
        "drawn_box": None if box is None else [round(side, 2) for side in box],
        "drawing_sha256": sha256(drawing.as_json().encode()).hexdigest(),
    }


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else "non daté"


def _change(before: str, after: str, what: str) -> str:
    article = "Le" if what.startswith("budget") else "La"
    if before == after:
        return f"{article} {what} ne change pas : {after}."
    return f"{article} {what} passe de {before or 'inconnu'} à {after or 'inconnu'}."
