"""What an agreement to an overrun says, the same on the screen, on the paper that is signed and in its evidence."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256

from charte_desktop.model.charter_content import SignedBy
from charte_desktop.model.charter_evidence import FORMAT
from charte_desktop.model.fingerprint import short_fingerprint
from charte_desktop.model.money import show_money
from charte_desktop.model.overrun import Effect, effect_of
from charte_desktop.model.project_facts import Overrun, PriceLine, ProjectFacts
from charte_desktop.model.project_money import lines_of


@dataclass(frozen=True, kw_only=True)
class AgreementContent:
    """An overrun as it is agreed to; not signed while it has no `signer`."""

    facts: ProjectFacts
    overrun: Overrun
    prices: Sequence[PriceLine]
    effect: Effect
    at: datetime
    """When it was made or signed; aware of its zone."""
    adviser: str
    device: str
    demonstration: bool = False
    number: str = ""
    signer: SignedBy | None = None
    place: str = ""
    evidence: bytes = b""
    """JSON, attached to the document."""
    fingerprint: str = ""
    """The short one of the evidence, printed on each page."""

    @property
    def title(self) -> str:
        """What the document is called."""
        number = f" n° {self.number}" if self.number else ""
        return f"Accord de dépassement{number}, projet {self.facts.number}"

    def clauses(self) -> list[tuple[str, str]]:
        """Everything that the signer agrees to, as heading and text: the evidence keeps exactly these words."""
        overrun, effect = self.overrun, self.effect
        how = f" ({overrun.contact_how.value})" if overrun.contact_how else ""
        return [
            (
                "Contact (C36)",
                f"Le client a été contacté le {_day(overrun.contacted_on)} par {overrun.contact_who}{how}.",
            ),
            ("Motif (C36)", f"{overrun.reason}\nAnnoncé le {_day(overrun.reason_told_on)}."),
            ("Chiffrage (C37)", f"{self._prices()}\nRemis le {_day(overrun.costed_on)}."),
            (
                "Budget (C39)",
                _change(show_money(effect.budget_before), show_money(effect.budget_after), "budget global"),
            ),
            ("Délai (C39)", _change(_day(effect.end_before), _day(effect.end_after), "date de fin")),
        ]

    def _prices(self) -> str:
        basis = self.facts.tax_basis.value
        lines = [
            f"{line.kind.value}, {line.label} : {show_money(line.amount)} {basis} {line.period.value}"
            for line in self.prices
        ]
        return "\n".join(lines) or "Aucun coût supplémentaire."

    def words_sha256(self) -> str:
        """SHA-256 of the words that are agreed to: what was shown is what is signed and kept."""
        told = [self.facts.number, self.facts.company.siren, self.facts.provider.siren, str(self.overrun.number)]
        told += [part for clause in self.clauses() for part in clause]
        return sha256("\n".join(told).encode("utf-8", "surrogatepass")).hexdigest()

    def signed(self, signer: SignedBy, place: str, number: str) -> "AgreementContent":
        """The same, signed by `signer`, with its evidence."""
        made = replace(self, signer=signer, place=" ".join(place.split()), number=number)
        evidence = _evidence(made, signer)
        return replace(made, evidence=evidence, fingerprint=short_fingerprint(evidence))


def agreement_content(
    facts: ProjectFacts,
    overrun: Overrun,
    *,
    at: datetime,
    adviser: str,
    device: str,
    today: date,
    demonstration: bool = False,
) -> AgreementContent:
    """What the agreement to an overrun would say, not signed yet."""
    return AgreementContent(
        facts=facts,
        overrun=overrun,
        prices=lines_of(facts, overrun),
        effect=effect_of(facts, overrun, today),
        at=at.replace(microsecond=0),
        adviser=adviser,
        device=device,
        demonstration=demonstration,
    )


def _evidence(content: AgreementContent, signer: SignedBy) -> bytes:
    """The machine-readable evidence, sealed with the agreement; the same content gives the same bytes."""
    facts = content.facts
    said = {
        "format": FORMAT,
        "kind": "overrun",
        "number": content.number,
        "provider": facts.provider.name,
        "siren": facts.provider.siren,
        "charter_version": facts.charter_version,
        "signed_at": content.at.isoformat(timespec="seconds"),
        "signer": f"{signer.name}, {signer.capacity.lower()}",
        "demonstration": content.demonstration,
        "entreprise": facts.company.name,
        "entreprise_siren": facts.company.siren,
        "projet": facts.number,
        "depassement": content.overrun.number,
        "accord": [{"titre": heading, "texte": text} for heading, text in content.clauses()],
        "accord_sha256": content.words_sha256(),
        "budget_avant_centimes": content.effect.budget_before,
        "budget_apres_centimes": content.effect.budget_after,
        "fin_avant": None if content.effect.end_before is None else content.effect.end_before.isoformat(),
        "fin_apres": None if content.effect.end_after is None else content.effect.end_after.isoformat(),
        "signataire": {
            "nom": signer.name,
            "qualite": signer.capacity,
            "identification": signer.identified,
            "mandat": signer.mandate,
            "trace": json.loads(signer.drawing.as_json()),
        },
        "lieu": content.place,
        "conseiller": content.adviser,
        "poste": content.device,
    }
    return json.dumps(said, ensure_ascii=False, indent=1, allow_nan=False).encode("utf-8", "replace")


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else "non datée"


def _change(before: str, after: str, what: str) -> str:
    article = "Le" if what.startswith("budget") else "La"
    if before == after:
        return f"{article} {what} ne change pas : {after}."
    return f"{article} {what} passe de {before or 'inconnu'} à {after or 'inconnu'}."
