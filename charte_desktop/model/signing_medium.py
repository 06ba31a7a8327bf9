"""How an attendance sheet is signed."""

from enum import Enum


class SigningMedium(Enum):
    """How somebody signed the attendance sheet. The value is the word on screen."""

    PAPER = "Papier"
    SCREEN = "Écran"
