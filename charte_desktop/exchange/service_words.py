"""The ways people write the charter's sixteen services, and the words that name several of them at once."""

from functools import cache

from charte_desktop.model import reference
from charte_desktop.model.wording import normalise

WAYS: dict[str, tuple[str, ...]] = {
    "S01": (
        "Création / refonte", "création de site", "création de site internet", "création de site web",
        "création site vitrine",
        "création de site vitrine", "création de site e-commerce", "refonte", "refonte de site",
        "refonte de site internet",
        "refonte de site web", "création et refonte de site internet", "création et refonte de site web",
        "conception de site internet", "conception de site web", "réalisation de site internet",
        "développement de site web",
        "développement de site internet", "développement web", "site vitrine", "sites vitrines", "site marchand",
        "site e-commerce", "sites e-commerce", "e-commerce", "boutique en ligne", "création de boutique en ligne",
    ),
    "S02": (
        "maintenance", "mise à jour", "mises à jour", "MAJ", "MAJ site", "maintenance / MAJ", "maintenance de site",
        "maintenance de site internet",
        "maintenance de site web", "mise à jour de site internet", "maintenance et mise à jour de site internet",
    ),
    "S03": (
        "SEO", "référencement naturel", "référencement web", "référencement internet", "référencement SEO",
        "référencement de site",
        "référencement naturel SEO", "SEO / référencement", "SEO / SEA", "référencement Google",
    ),
    "S04": (
        "webdesign", "web design", "création visuelle", "création visuelle et logos", "logo", "logos",
        "création de logo", "maquettes",
        "wireframes", "identité visuelle", "charte graphique", "graphisme", "création graphique", "UX design",
        "UI UX design",
    ),
    "S05": ("e-réputation", "ereputation", "gestion de l'e-réputation", "gestion e-réputation",
        "réputation en ligne", "gestion des avis"),
    "S06": (
        "stratégie de communication", "stratégie de com", "stratégie com", "stratégie digitale",
        "stratégie de communication digitale", "stratégie de communication numérique", "plan de communication",
        "définition d'une stratégie de communication", "stratégie communication digitale",
    ),
    "S07": (
        "pages professionnelles", "pages pro", "gestion de pages", "création de pages",
        "gestion de pages professionnelles",
        "création de pages professionnelles", "création / gestion de pages professionnelles",
        "création et gestion de pages professionnelles",
        "page facebook", "pages facebook", "gestion de page facebook", "gestion des réseaux sociaux",
        "animation des réseaux sociaux",
        "gestion de réseaux sociaux", "pages réseaux sociaux",
    ),
    "S08": ("acquisition de clients", "acquisition clients", "nouveaux clients",
        "acquisition de nouveaux clients", "génération de leads"),
    "S09": ("chatbot", "chatbots", "chat bot", "agent conversationnel", "robot conversationnel"),
    "S10": (
        "protection des SI", "protection SI", "protection du SI", "protection des systèmes",
        "protection des systèmes d'information",
        "sécurité des SI", "sécurité du SI", "sécurité des systèmes d'information", "sécurité informatique",
        "sécurité des systèmes informatiques",
        "sécurisation des SI", "sécurisation du SI", "protection informatique",
    ),
    "S11": (
        "sécurisation des données", "sécurité des données", "protection des données de l'entreprise",
        "sécurisation de données",
        "sauvegarde des données", "sauvegarde de données",
    ),
    "S12": (
        "cybermenaces", "cyber menaces", "protection contre les cybermenaces", "protection cybermenaces",
        "phishing", "ransomwares",
        "ransomware", "malwares", "cyberattaques", "protection contre les cyberattaques",
        "lutte contre les cybermenaces",
    ),
    "S13": (
        "RGPD", "R.G.P.D.", "GDPR", "conformité RGPD", "mise en conformité RGPD", "mise en conformité au RGPD",
        "audit RGPD", "DPO",
        "DPO externalisé", "protection des données personnelles", "règlement général sur la protection des données",
    ),
    "S14": (
        "dématérialisation", "démat", "dématérialisation des documents", "dématérialisation de documents",
        "dématérialisation des procédures", "dématérialisation des processus", "GED",
        "gestion électronique des documents",
        "facturation électronique", "facture électronique",
    ),
    "S15": (
        "Équipements / logiciels / CRM", "équipements", "équipement", "équipement informatique",
        "équipements informatiques", "logiciel",
        "logiciels", "logiciels informatiques", "CRM", "solution CRM", "solutions CRM", "matériel informatique",
        "équipements / logiciels",
        "logiciels / CRM", "équipement / logiciel / CRM", "équipements, logiciels, solution CRM",
        "installation d'équipements",
        "installation de logiciels", "installation de matériel", "installation d'équipements informatiques",
        "installation CRM",
        "équipements et logiciels", "logiciels et CRM",
    ),
    "S16": (
        "compétences", "compétences / formations", "compétence et formation", "formation", "formations",
        "formations numériques",
        "formation au numérique", "formation numérique", "formation digitale", "formation aux outils numériques",
        "compétences numériques",
        "montée en compétences",
    ),
}  # fmt: skip
"""Beside the charter's own words: short forms and current names that mean that service and no other."""
_SEVERAL = {
    "Site internet": ("site", "sites", "site web", "sites web", "sites internet", "internet", "web"),
    "Webmarketing & promotion de l'offre": ("webmarketing", "web marketing", "marketing digital", "marketing",
        "promotion de l'offre"),
    "Community Management": ("community manager", "CM", "réseaux sociaux", "social media", "communication",
        "communication digitale"),
    "Cybersécurité / Data": ("cybersécurité", "cyber sécurité", "cyber", "sécurité", "data", "données",
        "cybersécurité et data", "protection"),
    "Transformation de l'offre": (),
    "Fonctionnement interne": (),
    "Ressources humaines": ("RH",),
}  # fmt: skip
EMPTY_WORDS = frozenset(
    "de du des d la le les l un une et a au aux en votre vos notre leur pour sur mise place amelioration ainsi que"
    " professionnel prestation prestations service services".split()
)
"""Words that tell no service from another."""


def key(text: str) -> str:
    """The words of a service that tell it from another: no articles, no accents."""
    words = normalise(text).split()
    return " ".join(word for word in words if word not in EMPTY_WORDS) or " ".join(words)


@cache
def ids_by_key() -> dict[str, str]:
    """Every way of writing a service, reduced to its key, with the service's id."""
    ways = {key(way): service_id for service_id, all_ways in WAYS.items() for way in all_ways}
    for service in reference.services().values():
        before_brackets = service.label.partition("(")[0]
        for label in (service.label, before_brackets):
            ways[key(label)] = service.id
            if service.group:
                ways.setdefault(key(f"{service.group} {label}"), service.id)
    return ways


@cache
def official_keys() -> frozenset[str]:
    """The keys of the charter's own labels and of their usual short forms: the first way of each service."""
    firsts = [key(ways[0]) for service_id, ways in WAYS.items() if service_id not in ("S02", "S03", "S16")]
    labels = [key(service.label.partition("(")[0]) for service in reference.services().values()]
    return frozenset([*firsts, *labels, key("compétences / formations"), key("maintenance / mise à jour"), key("SEO")])


@cache
def groups_by_key() -> dict[str, str]:
    """Every way of naming a family or a group of services, with the charter's own words."""
    named: dict[str, str] = {}
    for service in reference.services().values():
        for name in filter(None, (service.family, service.group)):
            for way in (name, *_SEVERAL.get(name, ())):
                named.setdefault(key(way), name)
    return {way: name for way, name in named.items() if way not in ids_by_key()}


def members(name: str) -> list[str]:
    """The labels of the services of a family or a group, in the charter's order."""
    return [one.label for one in reference.services().values() if name in (one.family, one.group)]
