"""The mails of a project: to the provider or to the CCIR's address, to be looked at and sent (C26, C28, C29)."""

import re

from charte_desktop.model import clauses
from charte_desktop.model.project_facts import ProjectFacts
from charte_desktop.model.project_kinds import NoticeKind

_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_ASKED = {
    NoticeKind.SPECIFICATION: ("C28", "le cahier des charges", "cahier des charges"),
    NoticeKind.END_OF_WORK: ("C29", "la fin de réalisation", "fin de réalisation"),
}


def notice_address() -> str:
    """Where the provider informs the CCIR: the address that the charter's own text gives."""
    found = _ADDRESS.search(clauses.clauses()["C28"].text)
    assert found is not None, "the charter names an address"
    return found[0]


def notice_request(facts: ProjectFacts, kind: NoticeKind, adviser: str) -> tuple[str, str]:
    """Subject and text of the mail that asks the provider for a notice (C28, C29): a fact, no reproach (C08)."""
    clause_id, what, name = _ASKED[kind]
    return (
        f"{facts.number} : avis à la CCIR, {name}",
        f"{_hello(facts.provider_lead.name)}\n\nLa charte d'engagement demande d'informer la CCI Réunion concernant "
        f"{what} ({clause_id}). Pour le projet « {facts.title} » de {facts.company.name} ({facts.number}), aucun avis "
        f"ne nous est encore parvenu.\n\nPouvez-vous l'envoyer à {notice_address()}, en citant {facts.number} ? S'il "
        f"est déjà parti, dites-nous quand.\n\n{_signed(adviser)}",
    )


def notice_itself(facts: ProjectFacts, kind: NoticeKind) -> tuple[str, str]:
    """Subject and text of the notice, ready for the charter's address: the provider signs it (C28, C29)."""
    _, what, name = _ASKED[kind]
    return (
        f"{facts.number} : {name}, {facts.company.name}",
        f"Bonjour,\n\nConformément à la charte d'engagement, nous vous informons concernant {what} du projet "
        f"« {facts.title} » ({facts.number}), pour {facts.company.name}.\n\n"
        f"{facts.provider_lead.name or facts.provider.name}\n{facts.provider.name}\n",
    )


def word_to_provider(facts: ProjectFacts, adviser: str) -> tuple[str, str]:
    """Subject and text of a mail that asks how a silent project goes (C26)."""
    return (
        f"{facts.number} : où en est « {facts.title} » ?",
        f"{_hello(facts.provider_lead.name)}\n\nNous suivons le projet « {facts.title} » ({facts.number}) de "
        f"{facts.company.name}. Pouvez-vous nous dire en quelques mots où il en est, et la prochaine date prévue ?\n\n"
        f"{_signed(adviser)}",
    )


def agreement_mail(facts: ProjectFacts, title: str, adviser: str) -> tuple[str, str]:
    """Subject and text of the mail that brings the company its copy of a signed agreement."""
    return (
        title,
        f"{_hello(facts.client_lead.name)}\n\nVous trouverez ci-joint votre exemplaire : {title}.\n\nGardez le fichier "
        "tel quel : son sceau permet de voir s'il est inchangé depuis le scellement.\n\n" + _signed(adviser),
    )


def document_mail(facts: ProjectFacts, title: str, adviser: str) -> tuple[str, str]:
    """Subject and text of the mail that brings the company a document of its project."""
    return title, f"{_hello(facts.client_lead.name)}\n\nVous trouverez ci-joint : {title}.\n\n{_signed(adviser)}"


def _hello(name: str) -> str:
    return f"Bonjour {' '.join(name.split())}," if name.strip() else "Bonjour,"


def _signed(adviser: str) -> str:
    return f"Bien cordialement,\n{adviser}\nCCI Île de la Réunion\n"
