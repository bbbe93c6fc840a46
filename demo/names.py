"""Believable names of people and companies for the demo."""

FIRST_BE = (
    "Jan Els Pieter Sofie Wim Katrien Dries Liesbet Stijn Annelies Koen Ilse Thomas Charlotte Olivier Camille Mehdi "
    "Fatima Julien Manon Ruben Hanne Yusuf Aïcha Gilles Elise Maarten Veerle Nicolas Inès"
).split()
LAST_BE = (
    "Janssens Maes Jacobs Mertens Willems Goossens Dubois Lambert Dupont Aerts De_Backer Van_Damme Claeys Hermans "
    "Lemmens Pauwels Renard Simon Verhoeven Bogaert El_Idrissi Yilmaz Van_den_Broeck Desmedt Leclercq"
).split()
FIRST_NL = (
    "Sanne Bram Lisa Jeroen Eva Niels Iris Ruud Anouk Wouter Merel Gijs Noor Teun Sara Lars Fleur Jesse Roos Mark "
    "Deniz Amina Chen Ravi Olga Marek Giulia Pedro Hassan Zoë"
).split()
LAST_NL = (
    "de_Jong Jansen de_Vries van_den_Berg Bakker van_Dijk Smit Meijer de_Boer Mulder Bos Vos Peters Hendriks Dekker "
    "Dijkstra van_Leeuwen Brouwer de_Graaf Kuiper Willemsen Yildiz Rossi Novak Kowalski Sharma Costa"
).split()
CLIENTS_BE = (
    "Ziekenhuis Oost", "Havenbedrijf Gent-Noord", "Stad Mechelaar", "Brouwerij De Kroon", "Verzekeringen Maasland",
    "Trams & Bussen Vlaanderen", "Clinique Saint-Hubert", "Laboratoires Meuse", "Energie Kempen", "Assurances du Parc",
)  # fmt: skip
CLIENTS_NL = ("Halve Maan IT",)
ROLES_BE = (
    ("Java-ontwikkelaar", "medior"), ("Data engineer", "senior"), ("Projectleider infrastructuur", "senior"),
    ("Functioneel analist", "medior"), ("Testcoördinator", "medior"), ("Cloud-architect", "senior"),
    ("Analyste métier", "medior"), ("Scrum master", "medior"), ("Développeur front-end", "junior"),
)  # fmt: skip
ROLES_NL = (
    ("Site reliability engineer", "senior"), ("Python developer", "medior"), ("Product owner", "senior"),
    ("Junior data analyst", "junior"), ("UX designer", "medior"), ("Security engineer", "senior"),
)  # fmt: skip
TEAMS_NL = ("Platform", "Payments", "Data", "Mobile", "Customer Care", "Security", "People", "Finance")
STREETS_BE = ("Koestraat", "Oude Houtlei", "Coupure Links", "Sleepstraat", "Visserij", "Kortrijksesteenweg")
PROFILES = (
    {
        "headline": "Bouwt gegevensstromen die blijven draaien",
        "summary": "Twaalf jaar ervaring bij verzekeraars en havens. Werkt graag nauw samen met wie de cijfers gebruikt.",
        "skills": "PostgreSQL\nPython\nAirflow\ndbt",
        "languages": "Nederlands, Engels, Frans",
        "available": "binnen vier weken, vier dagen per week",
    },
    {
        "headline": "Analyste métier qui parle aux deux côtés",
        "summary": "Huit ans entre le terrain et l'informatique, surtout dans la santé.",
        "skills": "BPMN\nUser stories\nTests d'acceptation",
        "languages": "Français, néerlandais",
        "available": "tout de suite",
    },
    {
        "headline": "Cloudarchitect met oog voor de rekening",
        "summary": "Heeft drie omgevingen verhuisd zonder dat iemand het merkte, behalve aan de kosten.",
        "skills": "AWS\nTerraform\nKubernetes",
        "languages": "Nederlands, Engels",
        "available": "vanaf januari",
    },
)
ASSIGNMENTS = (
    "Het team vervangt de planning van de kades; zes maanden, drie dagen ter plaatse, met zicht op verlenging.",
    "Een nieuw portaal voor aangesloten artsen; een jaar, grotendeels op afstand, klein en ervaren team.",
    "Migratie van het hart van de facturatie; vier maanden, de opdrachtgever zit zelf mee aan tafel.",
)
KNOWN_AS = (
    "We hebben twee jaar samengewerkt bij een verzekeraar. Denkt scherp, legt rustig uit, levert af.",
    "Mijn vaste sparringpartner bij een vorig project; kent integraties door en door.",
    "Nous avons mené ensemble une migration difficile ; fiable et agréable.",
    "Studiegenoot; intussen tien jaar ervaring en zoekt iets nieuws dicht bij huis.",
    "Een van de beste testers met wie ik heb gewerkt: vindt wat niemand ziet, zonder drama.",
)


def full(first: str, last: str) -> str:
    """Join a first and a last name."""
    return f"{first} {last.replace('_', ' ')}"
