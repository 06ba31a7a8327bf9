"""The kinds of accompaniment (C07)."""

from enum import Enum


class AccompanimentKind(Enum):
    """The three kinds of accompaniment that give a right to the register (C07). The value is the word on screen."""

    DIAGNOSTIC = "Diagnostic"
    INDIVIDUAL = "Accompagnement individuel"
    WORKSHOP = "Atelier"
