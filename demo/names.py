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
TRADES_NL = (
    ("Ik breng planning en mensen bij elkaar", ("Projectmanagement", "Planning")),
    ("Ik sluit boeken die open bleven", ("Finance", "Interim")),
    ("Ik bouw software die blijft werken", ("Software", "Data")),
    ("Ik maak diensten begrijpelijk", ("UX", "Service design")),
    ("Ik schrijf wat mensen lezen", ("Communicatie", "Redactie")),
    ("Ik zoek en vind de juiste mensen", ("HR", "Interim")),
    ("Ik help teams beter samenwerken", ("Coaching", "Projectmanagement")),
    ("Ik maak van gegevens antwoorden", ("Data", "Finance")),
    ("Ik teken gebouwen die meegaan", ("Architectuur",)),
    ("Ik koop in, en onderhandel", ("Inkoop", "Logistiek")),
)
EXPERIENCE_NL = (
    "Twaalf jaar in zorg en overheid, de laatste vijf als zelfstandige.",
    "Voor havens, ziekenhuizen en twee gemeenten; altijd met overdracht aan het eigen team.",
    "Begonnen bij een adviesbureau, daarna opdrachten van drie tot achttien maanden.",
)
TOWNS_NL = ("Utrecht", "Amersfoort", "Rotterdam", "Zwolle", "Nijmegen", "Haarlem", "Breda", "Groningen")
STREETS_NL = ("Oudegracht", "Kanaalweg", "Havenstraat", "Molenpad", "Stationsplein")
OPPORTUNITIES_NL = (
    ("Programmamanager zorgportaal", "Zorggroep Vecht", ("Projectmanagement",), "Utrecht"),
    ("Twee controllers voor een fusie", "Waterschap Oosterland", ("Finance",), "Zwolle"),
    ("Redacteur jaarverslag", "Stichting Groene Kade", ("Communicatie",), "Haarlem"),
    ("Data-analist mobiliteit", "Gemeente Lingewaal", ("Data",), "Nijmegen"),
    ("Interim-HR-adviseur", "Drukkerij Van Loon", ("HR",), "Breda"),
    ("Inkoper voor een verbouwing", "Museum aan de IJssel", ("Inkoop",), "Zwolle"),
    ("UX voor een zorgapp", "Apotheken Midden", ("UX",), "Amersfoort"),
    ("Software voor een veerdienst", "Veerdienst Lauwers", ("Software",), "Groningen"),
    ("Financieel directeur a.i.", "Bouwbedrijf Terpstra", ("Finance", "Interim"), "Utrecht"),
    ("Teamcoach voor drie squads", "Verzekeraar De Brug", ("Coaching",), "Rotterdam"),
    ("Planner groot onderhoud", "Spoorwerk Noord", ("Planning",), "Amersfoort"),
    ("Logistiek inrichten van een magazijn", "Groothandel De Schans", ("Logistiek",), "Breda"),
)
ABOUT_NL = (
    "Een klein team, veel vrijheid, en een opdrachtgever die zelf aan tafel zit.",
    "De vorige is gestopt; er ligt een goede overdracht, maar de tijd dringt.",
    "Nog geen aanvraag uitgeschreven: wie nu komt praten, denkt mee over de opdracht.",
)
WHY_NL = (
    "Ik deed dit twee keer voor een vergelijkbare organisatie, en kan over drie weken beginnen.",
    "Precies wat ik zoek: drie dagen, dichtbij, en een team dat zelf wil leren.",
)
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
