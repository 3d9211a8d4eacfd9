"""What the sample home says of its invented work, in the languages of the screens: content, not the program's words."""

from collections.abc import Mapping

Notes = Mapping[str, tuple[str, ...]]
"""Notes by client, or by channel for work that reads alike everywhere."""

_ENGLISH: Notes = {
    "volta": ("Sign-in of the customer portal", "Meter readings import", "Invoice page: accessibility",
              "Load test and caching", "Review of the payment flow", "Error reports of the night run"),
    "dore": ("Review of the supplier contracts", "Memo on data protection", "Templates for engagement letters",
             "Reading of the lease draft", "Register of processing activities"),
    "riva": ("Translation, chapters 4 to 6", "Proofs of the spring catalogue", "Glossary with the author",
             "Second reading, corrections", "Back cover and press sheet"),
    "jardins": ("Home page mock-ups", "Shop: product sheets", "Booking form", "Photo library and formats",
                "Content migration", "Acceptance test, first round"),
    "helvetia": ("Cost plan, phase 2", "Site schedule update", "Tender documents, lot 3", "Claims review",
                 "Weekly report"),
    "kestrel": ("Churn model, features", "Dashboard for the board", "Data quality rules", "Cohort analysis",
                "Pipeline monitoring"),
    "xenon": ("Cell 2: safety stop", "Calibration on site", "Firmware hot fix", "Operator training"),
    "cyrano": ("Season brochure", "Poster for the premiere", "Programme leaflet"),
    "ivry": ("Market file: technical notice", "Map of the bus lines", "Public meeting, slides",
             "Survey of the school roof"),
    "call": ("Weekly call", "Question about the last delivery", "Urgent: wrong figures", "Planning of next week", ""),
    "meeting": ("Steering committee", "Workshop with the team", "Review of the quarter"),
    "message": ("Answered about the dates", "Files sent again", "Voice note: two small questions", "Quote explained",
                "Access restored"),
    "fix": ("Broken link", "Typo on the home page", "Export with the wrong header", "Permission missing"),
    "travel": ("On site and back",),
    "prep": ("Preparing the workshop", "Agenda and figures"),
    "admin": ("Bookkeeping and mail", "Quarterly declarations", "Filing and backups"),
    "sales": ("Proposal for a newcomer", "Call for tenders, reading", "Follow-up of offers"),
    "extra": ("Added after the order: second language", "Not in the order: new export", "Extra round of corrections",
              "Asked for on the phone: new page"),
    "written_off": ("my own mistake", "goodwill", "took too long to find"),
}  # fmt: skip

_FRENCH: Notes = {
    "volta": ("Connexion à l’espace client", "Import des relevés de compteur", "Page facture : accessibilité",
              "Test de charge et cache", "Relecture du parcours de paiement", "Rapports d’erreurs de la nuit"),
    "dore": ("Relecture des contrats fournisseurs", "Note sur la protection des données",
             "Modèles de lettres de mission", "Lecture du projet de bail", "Registre des traitements"),
    "riva": ("Traduction, chapitres 4 à 6", "Épreuves du catalogue de printemps", "Glossaire avec l’autrice",
             "Deuxième lecture, corrections", "Quatrième de couverture et prière d’insérer"),
    "jardins": ("Maquettes de l’accueil", "Boutique : fiches produits", "Formulaire de réservation",
                "Photothèque et formats", "Reprise des contenus", "Recette, premier tour"),
    "helvetia": ("Plan de coûts, phase 2", "Mise à jour du planning de chantier", "Appel d’offres, lot 3",
                 "Examen des réclamations", "Rapport hebdomadaire"),
    "kestrel": ("Modèle d’attrition, variables", "Tableau de bord de la direction", "Règles de qualité des données",
                "Analyse de cohortes", "Suivi des traitements"),
    "xenon": ("Cellule 2 : arrêt de sécurité", "Calibrage sur site", "Correctif du micrologiciel",
              "Formation des opérateurs"),
    "cyrano": ("Brochure de saison", "Affiche de la première", "Feuille de salle"),
    "ivry": ("Marché : mémoire technique", "Plan des lignes de bus", "Réunion publique, diapositives",
             "Relevé de la toiture de l’école"),
    "call": ("Point hebdomadaire", "Question sur la dernière livraison", "Urgent : chiffres faux",
             "Planning de la semaine prochaine", ""),
    "meeting": ("Comité de pilotage", "Atelier avec l’équipe", "Bilan du trimestre"),
    "message": ("Réponse sur les dates", "Fichiers renvoyés", "Note vocale : deux petites questions",
                "Devis expliqué", "Accès rétabli"),
    "fix": ("Lien cassé", "Coquille en page d’accueil", "Export avec le mauvais en-tête", "Droit manquant"),
    "travel": ("Sur site, aller et retour",),
    "prep": ("Préparation de l’atelier", "Ordre du jour et chiffres"),
    "admin": ("Comptabilité et courrier", "Déclarations du trimestre", "Classement et sauvegardes"),
    "sales": ("Proposition pour un nouveau client", "Lecture d’un appel d’offres", "Relance des devis"),
    "extra": ("Ajouté après la commande : deuxième langue", "Hors commande : nouvel export",
              "Tour de corrections en plus", "Demandé au téléphone : nouvelle page"),
    "written_off": ("mon erreur", "geste commercial", "trop long à trouver"),
}  # fmt: skip

_BY_LANGUAGE = {"en": _ENGLISH, "fr": _FRENCH}


def notes_in(language: str) -> Notes:
    """The notes in a language, in English where there are none."""
    return _BY_LANGUAGE.get(language, _ENGLISH)
