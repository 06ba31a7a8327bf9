"""The kinds of exchange with a company."""

from enum import Enum


class ExchangeKind(Enum):
    """How something was said. The value is the word on screen."""

    CALL = "Appel"
    MAIL = "Courriel"
    MEETING = "Rencontre"
    MESSAGE = "Message"
    OTHER = "Autre"
