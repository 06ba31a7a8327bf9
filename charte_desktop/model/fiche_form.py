"""The names of the boxes of the fillable form: what is written into the PDF is found again in it, whoever filled it."""

FORM_MARK = "charte_fiche_1"
"""A box that holds nothing and is not seen: it says that the form is ours."""

TEXT_BOXES = {
    "legal_name": ("raison_sociale", 1),
    "siren": ("siren", 1),
    "legal_representative": ("responsable_legal", 1),
    "address": ("adresse", 2),
    "emails": ("emails", 2),
    "phones": ("telephones", 2),
    "ape": ("code_ape", 1),
    "headcount": ("nombre_employes", 1),
    "references": ("references", 5),
}
"""By field of the charter's form, in its order: the box's name and its lines."""

SERVICE_BOX = "service_"
"""What stands before a service's id in the name of its box."""
OTHER_SERVICES = "autres_services"
"""Services that the list does not have, in words."""
