"""The kinds of things a project is made of; the value of each is the word on screen."""

from enum import Enum


class StepKind(Enum):
    """The charter's steps in their order, then what may be added to them."""

    QUOTE = "Devis"
    ORDER = "Commande"
    SPECIFICATION = "Cahier des charges"
    SCHEDULE = "Planning"
    WORK = "Réalisation"
    DELIVERY = "Livraison"
    CALL = "Contact après livraison"
    STEP = "Étape"
    MILESTONE = "Jalon"


CHARTER_STEPS = (
    StepKind.QUOTE,
    StepKind.ORDER,
    StepKind.SPECIFICATION,
    StepKind.SCHEDULE,
    StepKind.WORK,
    StepKind.DELIVERY,
    StepKind.CALL,
)
"""One of each in every project, in the charter's order."""


class DocumentKind(Enum):
    """What a document of a project is."""

    QUOTE = "Devis"
    SIGNED_PROPOSAL = "Proposition de prix signée"
    CONTRACT = "Contrat de prestation signé"
    SPECIFICATION = "Cahier des charges"
    NEGOTIATION = "Compléments issus de la négociation"
    SCHEDULE = "Planning établi à deux"
    GDPR = "Conformité au RGPD"
    DELIVERY = "Procès-verbal ou bon de livraison"
    INVOICE = "Facture"
    OVERRUN_AGREEMENT = "Accord de dépassement"
    AMENDMENT = "Avenant"
    NOTICE = "Avis à la CCIR"
    OTHER = "Autre document"


SIGNED_KINDS = (DocumentKind.QUOTE, DocumentKind.SIGNED_PROPOSAL, DocumentKind.CONTRACT)
"""The contracts and quotes to which the charter is annexed once they are signed (C05)."""


KEPT_KINDS = tuple(
    kind for kind in DocumentKind if kind not in (DocumentKind.OVERRUN_AGREEMENT, DocumentKind.AMENDMENT)
)
"""The documents that somebody adds; an agreement and its amendment come from their overrun."""


class PriceKind(Enum):
    """The three kinds of costs that the charter names (C40)."""

    SETUP = "Mise en place"
    RECURRING = "Récurrent"
    EXTERNAL = "Prestation externe"


class Period(Enum):
    """How often a price is due."""

    ONCE = "une fois"
    MONTH = "par mois"
    QUARTER = "par trimestre"
    YEAR = "par an"

    @property
    def months(self) -> int:
        """Months from one payment to the next; 0 for a single one."""
        return {Period.ONCE: 0, Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: 12}[self]


class TaxBasis(Enum):
    """What the amounts of a project include."""

    WITHOUT = "HT"
    WITH = "TTC"


class NoticeKind(Enum):
    """The two things of which the provider informs the CCIR (C28, C29)."""

    SPECIFICATION = "Cahier des charges reçu"
    END_OF_WORK = "Fin de réalisation reçue"


class Means(Enum):
    """How people spoke or wrote to one another."""

    PHONE = "téléphone"
    EMAIL = "courriel"
    MEETING = "réunion"
    VISIT = "visite"
    VIDEO = "visioconférence"
    LETTER = "courrier"
    OTHER = "autre"


class Between(Enum):
    """Who spoke with whom."""

    PROVIDER_CLIENT = "prestataire et entreprise"
    PROVIDER_CCIR = "prestataire et CCIR"
    CLIENT_CCIR = "entreprise et CCIR"
    ALL = "les trois"


class EvidenceNature(Enum):
    """What is noted about a clause: a fact, never a judgement (C08)."""

    FACT = "fait"
    DIFFICULTY = "difficulté signalée"
    NOT_APPLICABLE = "sans objet"


class Answer(Enum):
    """What the client said."""

    WAITING = "en attente"
    ACCEPTED = "accepté"
    REFUSED = "refusé"


class Following(Enum):
    """What becomes of the steps after one that is moved."""

    STAY = "restent à leur date"
    FOLLOW = "suivent d'autant de jours ouvrés"
