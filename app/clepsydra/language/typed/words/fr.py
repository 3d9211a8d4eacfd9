"""What people who write French type."""

from clepsydra.language.typed.words.table import Words

WORDS = Words(
    hours="h|heures?",
    minutes="mn|minutes?",
    seconds="s|secondes?",
    days="j|jours?",
    relative_days={
        "aujourd'hui": 0, "aujourdhui": 0, "hier": -1, "avant-hier": -2, "avant hier": -2, "demain": 1,
    },
    weekdays="lun lundi|mar mardi|mer mercredi|jeu jeudi|ven vendredi|sam samedi|dim dimanche",
    months="janv janvier|fev fevr fevrier|mars|avr avril|mai|juin|juil juillet|aou aout|septembre|octobre|novembre|"
    "decembre",
    ordinals="er",
    on=("le ",),
    at="a",
    now=("maintenant",),
    ago="il y a {rest}",
    last_weekday="{name} dernier",
    units={"semaine": 0, "mois": 1, "trimestre": 3, "annee": 12, "an": 12},
    this_unit="(?:ce |cet |cette )?{name}(?:-ci)?",
    last_unit="(?:l'|le |la )?{name} (?:dernier|derniere|precedent|precedente)",
    recent="(?:les )?{count} ?(?:derniers )?(?:j|jours?)",
    quarter="t",
    week="s",
    since="du",
    until="au",
    until_time="a|jusqu'a",
    between=("de", "à|a"),
    from_then=("depuis", "des"),
    channels={
        "appel": "call", "tel": "call", "telephone": "call", "visio": "call", "reunion": "meeting", "rdv": "meeting",
        "courriel": "message", "mail": "message", "depannage": "fix", "retouche": "fix", "trajet": "travel",
        "deplacement": "travel", "preparation": "prep", "admin": "admin", "commercial": "sales",
    },
    out=("hors", "hors-perimetre"),
    end_of_month="fin de mois",
    months_unit="mois",
    years_unit="ans?|annees?",
    decimal_sign=",",
    examples={
        "duration": ("1h12", "1:12", "72m", "1,2h"),
        "time": ("9h30", "-10m", "hier 17h05", "lundi 9h30", "24/11 9h30", "2026-11-24 09:30"),
        "day": ("hier", "lundi", "2/11", "2026-11-02"),
        "period": ("mois", "mois dernier", "2026-11", "2026-T4", "2/11..15/11"),
        "amount": ("1245,50", "1 245,50"),
        "line": (
            *("12h15 x120 API", "3j x650 Atelier", "1 x800 -10% Audit", "=92,73 Train @recu.pdf"),
            *("d60 Dépôt", "-50 Remise", "-3% Remise", "min 250"),
        ),
    },
)  # fmt: skip
