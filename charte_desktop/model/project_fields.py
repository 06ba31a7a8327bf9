"""The fields of a project and of what hangs on it: their words, and how each is read from what is typed."""

from collections.abc import Sequence

from charte_desktop.model import clauses
from charte_desktop.model.project_kinds import (
    KEPT_KINDS,
    Answer,
    Between,
    DocumentKind,
    EvidenceNature,
    Following,
    Means,
    NoticeKind,
    Period,
    PriceKind,
    StepKind,
    TaxBasis,
)
from charte_desktop.model.typed_fields import (
    Options,
    TypedField,
    day,
    email,
    ids,
    money,
    one_among,
    one_of,
    phone,
    words,
)

PROJECT_FIELDS: dict[str, TypedField] = {
    field.name: field
    for field in (
        words("title", "Projet"),
        words("need", "Besoin de l'entreprise", lines=3),
        money("budget", "Budget global (C39)"),
        one_of("tax_basis", "Montants", TaxBasis),
        day("end_on", "Date de fin (C39)"),
        words("provider_lead_name", "Chef de projet du prestataire (C33)"),
        phone("provider_lead_phone", "Son téléphone"),
        email("provider_lead_email", "Son e-mail"),
        words("client_lead_name", "Interlocuteur de l'entreprise"),
        phone("client_lead_phone", "Son téléphone"),
        email("client_lead_email", "Son e-mail"),
        words("method", "Méthode de suivi (C34)", lines=2),
        words("notes", "Notes", lines=3),
        ids("service_ids", "Prestations"),
    )
}
"""The form of a project, in its order."""

STEP_FIELDS = (
    words("title", "Intitulé", hint="Le nom de l'étape"),
    day("planned_start", "Début prévu"),
    day("planned_end", "Fin prévue"),
    day("actual_start", "Commencé le"),
    day("actual_end", "Fait le"),
    words("outcome", "Ce qui en est sorti", lines=2),
    words("reason", "Motif, si une date convenue change", lines=2),
)
NEW_STEP_FIELDS = (
    one_of("kind", "Nature", StepKind, only=(StepKind.STEP, StepKind.MILESTONE)),
    words("title", "Intitulé", wanted="Donnez un nom à cette étape ou à ce jalon."),
    day("planned_start", "Début prévu"),
    day("planned_end", "Fin prévue"),
)
DELIVERABLE_FIELDS = (
    words("title", "Livrable", wanted="Nommez ce qui doit être remis."),
    day("planned_on", "Prévu le"),
    day("delivered_on", "Remis le"),
    words("note", "Remarque", lines=2),
    words("reason", "Motif, si une date convenue change", lines=2),
)
MOVE_FIELDS = (
    day("start", "Début prévu"),
    day("end", "Fin prévue", wanted="Pour quel jour est-ce prévu maintenant ?"),
    words("reason", "Motif", lines=2, wanted="Écrivez pourquoi la date change : les deux parties le lisent (C34)."),
    one_of("with_following", "Les étapes suivantes", Following),
)
DONE_FIELDS = (
    day("on", "Fait le", wanted="Quel jour cela a-t-il été fait ?"),
    words("outcome", "Ce qui en est sorti", lines=3),
)
HANDED_FIELDS = (day("delivered_on", "Remis le", wanted="Quel jour ce livrable a-t-il été remis ?"),)
START_FIELDS = (day("on", "Le projet commence le", wanted="Quel jour le projet commence-t-il ?"),)
CLOSE_FIELDS = (
    day("on", "Le projet est clos le", wanted="Quel jour le projet est-il clos ?"),
    words("reason", "Motif, sans contact après livraison (C27)", lines=2),
)
INCAPACITY_FIELDS = (
    day("on", "Interrompu le", wanted="Quel jour le prestataire a-t-il cessé ?"),
    words("reason", "Cause", lines=3, wanted="Écrivez pourquoi le prestataire ne peut pas continuer."),
)
LIFT_FIELDS = (day("on", "Reprend le", wanted="Quel jour le prestataire peut-il reprendre ?"),)
HAND_OVER_FIELDS = (day("on", "Transmis le", wanted="Quel jour le projet est-il transmis ?"),)
ANSWER_FIELDS = (
    one_of("answer", "Réponse de l'entreprise", Answer, only=(Answer.ACCEPTED, Answer.REFUSED)),
    day("on", "Donnée le", wanted="Quel jour l'entreprise a-t-elle répondu ?"),
    words("by", "Par qui", wanted="Écrivez qui a répondu."),
)
PAPER_AGREEMENT_FIELDS = (
    day("on", "Signé le", wanted="Quel jour le client a-t-il signé ?"),
    words("signer", "Par qui", wanted="Écrivez qui a signé."),
    words("capacity", "En quelle qualité", hint="responsable légal", wanted="Écrivez en quelle qualité il a signé."),
)
BASELINE_FIELDS = (
    day("agreed_on", "Convenu le", wanted="Quel jour les deux parties se sont-elles mises d'accord ?"),
    words("provider_by", "Pour le prestataire", wanted="Nommez qui s'est engagé pour le prestataire."),
    words("client_by", "Pour l'entreprise", wanted="Nommez qui s'est engagé pour l'entreprise."),
    words("note", "Remarque", lines=2),
)
PARTY_FIELDS = (
    words("name", "Intervenant", wanted="Nommez cet intervenant."),
    words("role", "Rôle", wanted="Écrivez ce qu'il fait dans le projet."),
    words("contact", "Où le joindre"),
)
PRICE_FIELDS = (
    one_of("kind", "Nature", PriceKind),
    words("label", "Ce qui est payé", wanted="Écrivez ce qui est payé."),
    money("amount", "Montant", wanted="Écrivez le montant d'un paiement."),
    one_of("period", "Fréquence", Period),
    words("supplier", "Payé à (prestation externe)"),
    day("begins_on", "Premier paiement", hint="au début du projet"),
)
NOTICE_FIELDS = (
    one_of("kind", "Avis", NoticeKind),
    day("received_on", "Reçu le", wanted="Quel jour l'avis est-il arrivé ?"),
    words("from_whom", "De qui", wanted="Écrivez de qui vient l'avis."),
    words("note", "Remarque", lines=2),
)
EXCHANGE_FIELDS = (
    day("held_on", "Quand", wanted="Quel jour l'échange a-t-il eu lieu ?"),
    one_of("means", "Comment", Means),
    one_of("between", "Entre qui", Between),
    words("summary", "Ce qui s'est dit", lines=3, wanted="Résumez ce qui s'est dit en une phrase."),
)
CONTACT_FIELDS = (
    day("contacted_on", "Client contacté le", wanted="Quel jour le client a-t-il été contacté ?"),
    one_of("contact_how", "Comment", Means),
    words("contact_who", "Par qui", wanted="Écrivez qui a contacté le client."),
)
REASON_FIELDS = (
    words("reason", "Motif du dépassement", lines=3, wanted="Écrivez le motif tel qu'il a été dit au client."),
    day("reason_told_on", "Annoncé le", wanted="Quel jour le client a-t-il appris le motif ?"),
)
COSTING_FIELDS = (
    day("costed_on", "Chiffré le", wanted="Quel jour le chiffrage a-t-il été remis ?"),
    day("new_end_on", "Nouvelle date de fin", hint="vide : inchangée"),
)
REFUSAL_FIELDS = (
    day("answered_on", "Refusé le", wanted="Quel jour le client a-t-il refusé ?"),
    words("signer", "Par qui", wanted="Écrivez qui a refusé."),
    words("refusal", "Ce qu'il en a dit", lines=2),
)


def document_fields(steps: Options) -> tuple[TypedField, ...]:
    """The fields of a document; `steps` are those of its project."""
    return (
        one_of("kind", "Nature", DocumentKind, only=KEPT_KINDS),
        words("title", "Intitulé", hint="vide : le nom de sa nature"),
        day("dated_on", "Daté du"),
        day("signed_on", "Signé le"),
        words("source", "Où est l'original", hint="s'il n'y a pas de fichier"),
        one_among("step_id", "Étape", steps, empty_words="Aucune"),
    )


def annex_fields(versions: Options) -> tuple[TypedField, ...]:
    """What is said of the charter annexed to a signed document; `versions` are the charter's (C02, C05)."""
    return (
        day("on", "Charte annexée le", wanted="Quel jour la charte a-t-elle été annexée ?"),
        one_among("version_id", "Version annexée", versions, empty_words="Celle que le prestataire a signée"),
        words("source", "Où est l'annexe", hint="s'il n'y a pas de fichier"),
    )


def invoice_fields(lines: Options) -> tuple[TypedField, ...]:
    """The fields of an invoice; `lines` are the prices that it may bill."""
    return (
        words("number", "Numéro", wanted="Écrivez le numéro de la facture."),
        day("issued_on", "Datée du", wanted="Quelle est la date de la facture ?"),
        money("amount", "Montant", may_be_negative=True, wanted="Écrivez le montant ; un avoir est négatif."),
        one_among("price_line_id", "Facture le prix", lines),
        words("note", "Remarque", lines=2),
    )


def price_change_fields(lines: Options) -> tuple[TypedField, ...]:
    """The fields of the announcement of another price (C41)."""
    return (
        one_among("price_line_id", "Prix", lines, wanted="Choisissez le prix qui change."),
        money("new_amount", "Nouveau montant", wanted="Écrivez le nouveau montant."),
        day("notified_on", "Annoncé le", wanted="Quel jour l'entreprise l'a-t-elle appris ?"),
        one_of("notified_how", "Comment", Means),
        day("effective_on", "À partir du", wanted="À partir de quel jour ce prix s'appliquerait-il ?"),
        words("reason", "Motif", lines=2),
    )


def evidence_fields(documents: Options) -> tuple[TypedField, ...]:
    """The fields of a fact about a clause."""
    return (
        one_among("clause_id", "Clause", clause_options),
        one_of("nature", "Ce que c'est", EvidenceNature),
        day("noted_on", "Constaté le", wanted="Quel jour ce fait a-t-il été constaté ?"),
        words("statement", "Le fait", lines=3, wanted="Décrivez le fait, sans avis sur le prestataire."),
        one_among("document_id", "Document qui le montre", documents),
    )


def clause_options() -> Sequence[tuple[str, str]]:
    """Every clause with its words."""
    return [(one.id, f"{one.id} · {one.title}") for one in clauses.clauses().values()]
