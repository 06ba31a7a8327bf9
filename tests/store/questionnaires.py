"""Another questionnaire than the one that comes with the program."""

OTHER_QUESTIONNAIRE = """
titre = "Questionnaire de la CCI"
presentation = "Trois questions."

[[axe]]
id = "site"
titre = "Site internet"

[[axe]]
id = "securite"
titre = "Sécurité"
famille = "Cybersécurité / Data"

[[axe]]
id = "equipe"
titre = "Équipe"

[[section]]
titre = "Tout"

[[section.question]]
id = "site"
texte = "Un site ?"
axe = "site"
choix = [{ id = "non", texte = "Non", points = 0 }, { id = "oui", texte = "Oui", points = 1 }]

[[section.question]]
id = "sauvegarde"
texte = "Une sauvegarde ?"
axe = "securite"
choix = [{ id = "non", texte = "Non", points = 0 }, { id = "oui", texte = "Oui", points = 1 }]
priorite = { quoi = "Sauvegarder", prestations = ["S11"] }

[[section.question]]
id = "aisance"
texte = "À l'aise ?"
type = "échelle"
axe = "equipe"
"""
