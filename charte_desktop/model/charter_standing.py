"""Where a provider stands with the charter's text: derived from its signatures, never typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from charte_desktop.model.provider_state import Absence, binding_on
from charte_desktop.model.validity import RenewalRule, SignatureDates


@dataclass(frozen=True)
class KnownSignature(SignatureDates):
    """A signature with the text it binds to."""

    version_id: str | None = None
    """None when only its date is known."""


class Again(Enum):
    """Why a provider that signed is asked to sign again. The value is the words on screen."""

    NEWER_TEXT = "Texte plus récent à signer"
    TO_RENEW = "À renouveler"
    LAPSED = "Échue"
    BACK = "De retour : à signer"


def why_again(
    signatures: Sequence[KnownSignature],
    removals: Sequence[Absence],
    day: date,
    rule: RenewalRule,
    current_version: str,
    *,
    several_texts: bool,
) -> Again | None:
    """Why a provider of the register is asked to sign again on `day`; None when it is not, or has never signed.

    A signature of which only the date is known is taken for one of the current text, unless there are several texts.
    """
    given = [one for one in signatures if one.cancelled_on is None or one.cancelled_on > day]
    if not given:
        return None
    binding = binding_on(signatures, removals, day, rule)
    if not binding:
        lifted = [one.lifted_on for one in removals if one.lifted_on is not None and one.lifted_on <= day]
        return Again.BACK if any(one.signed_on < max(lifted, default=date.min) for one in given) else Again.LAPSED
    if all(one.is_to_renew_on(day, rule) for one in binding):
        return Again.TO_RENEW
    is_current = any(
        one.version_id == current_version or (one.version_id is None and not several_texts) for one in binding
    )
    return None if is_current else Again.NEWER_TEXT


def last_day(signatures: Sequence[KnownSignature], rule: RenewalRule) -> date | None:
    """The last day on which the latest signature binds, its grace days included; None when it binds for ever."""
    given = [one.signed_on for one in signatures if one.cancelled_on is None]
    end = rule.ends_on(max(given)) if given else None
    return end and end + timedelta(rule.grace_days)
