"""The invented words of the demonstration, and the names composed of them.

No real company, brand or person is meant: the distinctive word of every name is a coinage, and every person is called
EXEMPLE with a number.
"""

from random import Random

from charte_desktop.model.wording import normalise

ADVISERS = ("Conseillère Nord", "Conseiller Est", "Conseillère Ouest", "Conseiller Sud")
"""The advisers of the demonstration: roles, not people. In the order of the micro-regions."""

DIGITAL_FIRST = (
    "Filao", "Vavang", "Papang", "Zembro", "Tikaz", "Lagon", "Vétiv", "Tamarin", "Bichik", "Kalou", "Maloya", "Piton",
    "Zourit", "Letchi", "Varang", "Kabar", "Goyavi", "Jamblon", "Gayar", "Fanjan",
)  # fmt: skip
DIGITAL_SECOND = (
    "octet", "pixel", "trame", "cliko", "nuage", "réso", "byto", "codix", "webo", "datik", "logiko", "modulo",
)  # fmt: skip
DIGITAL_ENDINGS = (
    "", "", "", " Studio", " Conseil", " Services", " Sud", " Ouest", " Numérique", " Atelier", " Labo", " Océan",
)  # fmt: skip
LEGAL_FORMS = (("", "1000"), (" SARL", "5499"), (" SAS", "5710"), (" EURL", "5499"), (" SASU", "5710"), ("", "5499"))
"""What a name ends with, and the INSEE legal category it stands for."""

COINED = (
    "Zavilo", "Tévarel", "Moringal", "Kalodine", "Vétivelle", "Zembrolo", "Tikarivo", "Farivan", "Gouzelin", "Lataniel",
    "Marsouelle", "Payankélo", "Bélouvane", "Cazamélo", "Filaora", "Goyavette", "Hibisko", "Jamrozat", "Kaskavel",
    "Longozia", "Mapouline", "Natchouli", "Oliflore", "Palmizo", "Ravinelle", "Songeline", "Takamako", "Vangassaye",
    "Zévimari", "Ylangane", "Bringélia", "Combavelle", "Dodolino", "Évilage", "Fanjanelle", "Grenadilo", "Karamboline",
    "Lilaspic", "Margozia", "Ouralinga", "Pikapim", "Rougayo", "Sakifola", "Tangorine", "Vavangara", "Zandoliz",
    "Babakoul", "Chokazul", "Émbrevat", "Zambrokal", "Tisanelle", "Barbadino", "Pétrelio", "Cryptomélia", "Galabélo",
    "Maronelle", "Capucinet", "Bertelina", "Vacoalys", "Ravenalou",
)  # fmt: skip
SECOND_WORDS = (
    "", "", "", " et Fils", " de l'Île", " des Hauts", " du Piton", " la Ravine", " Péi", " du Battant", " Lontan",
    " la Kour", " des Bas", " du Carrefour", " du Marché",
)  # fmt: skip

GIVEN_NAMES = (
    "Alix", "Camille", "Dominique", "Morgan", "Maxime", "Andréa", "Sacha", "Charlie", "Noa", "Swann", "Lou", "Eden",
    "Morgan", "Yaël", "Ange", "Jessy", "Gaël", "Loïs", "Élie", "Céleste",
)  # fmt: skip

STREET_KINDS = (
    "rue", "rue", "rue", "chemin", "chemin", "avenue", "impasse", "allée", "boulevard", "route", "ruelle", "place",
    "lotissement", "résidence",
)  # fmt: skip
STREET_NAMES = (
    "des Filaos", "des Vavangues", "des Letchis", "du Piton", "des Tamarins", "du Lagon", "des Bichiques",
    "des Flamboyants", "de la Ravine", "des Badamiers", "des Paille-en-queue", "des Jacarandas", "du Vétiver",
    "des Géraniums", "des Cannes", "de la Cascade", "des Pêcheurs", "du Corail", "des Combavas", "des Palmistes",
    "de la Vanille", "des Alizés", "du Maïdo d'en Bas", "de l'Église", "des Écoles", "de la Source",
    "des Cryptomérias", "du Bassin", "des Bois-Noirs", "de la Petite Plaine",
)  # fmt: skip


def digital_names(random: Random, count: int) -> list[str]:
    """Distinct trade names of digital-service companies, without legal form. `count` at most 240."""
    stems = [(first, second) for first in DIGITAL_FIRST for second in DIGITAL_SECOND]
    return [
        (_joined(first, second) if random.random() < 0.6 else f"{first}'{second.capitalize()}")
        + random.choice(DIGITAL_ENDINGS)
        for first, second in random.sample(stems, count)
    ]


def _joined(first: str, second: str) -> str:
    return first.rstrip("o") + second if second.startswith("o") else first + second


def shop_names(random: Random, trades: list[str]) -> list[str]:
    """One name per trade word, all different: the trade, a coined word and sometimes a turn of phrase."""
    taken: set[str] = set()
    names = []
    for trade in trades:
        name = ""
        while not name or normalise(name) in taken:
            name = f"{trade} {random.choice(COINED)}{random.choice(SECOND_WORDS)}"
        taken.add(normalise(name))
        names.append(name)
    return names


def person(random: Random, number: int) -> str:
    """Somebody who plainly does not exist: "Camille EXEMPLE-012"."""
    return f"{random.choice(GIVEN_NAMES)} EXEMPLE-{number:03d}"


def street(random: Random) -> str:
    """A street line: number, kind of street and a common name of plants or places."""
    suffix = random.choice(("", "", "", "", "", " bis", " ter"))
    return f"{random.randint(1, 180)}{suffix} {random.choice(STREET_KINDS)} {random.choice(STREET_NAMES)}"


def web_name(name: str) -> str:
    """A name as the label of a domain: "Lagon'pixel Sud" gives "lagon-pixel-sud"; 40 characters at most."""
    return normalise(name).replace(" ", "-")[:40].strip("-")
