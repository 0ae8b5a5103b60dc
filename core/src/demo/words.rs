//! The words that made-up people are made of.

use super::random::Random;

pub(super) const WOMEN: &[&str] = &[
    "Aaltje",
    "Anouk",
    "Bente",
    "Carolien",
    "Daniëlle",
    "Eva",
    "Fatima",
    "Femke",
    "Gerda",
    "Hanneke",
    "Inge",
    "Jasmijn",
    "Katja",
    "Lotte",
    "Marloes",
    "Noor",
    "Olga",
    "Petra",
    "Renée",
    "Saskia",
    "Truus",
    "Ursula",
    "Vera",
    "Wilma",
    "Yara",
    "Zoë",
];
pub(super) const MEN: &[&str] = &[
    "Ahmed", "Bram", "Casper", "Daan", "Evert", "Fedde", "Gijs", "Hendrik", "IJsbrand", "Jeroen",
    "Kees", "Levi", "Maarten", "Noud", "Otto", "Pieter", "Quinten", "Ruud", "Sjoerd", "Teun",
    "Umut", "Vincent", "Wouter", "Xander", "Youssef", "Zeger",
];
pub(super) const SURNAMES: &[(&str, &str)] = &[
    ("", "Aalbers"),
    ("van der", "Berg"),
    ("", "Çelik"),
    ("de", "Graaf"),
    ("", "El Amrani"),
    ("van", "Dijk"),
    ("", "Franken"),
    ("'t", "Hart"),
    ("", "IJzerman"),
    ("de", "Jong"),
    ("", "Kuipers"),
    ("van den", "Heuvel"),
    ("", "Meijer"),
    ("", "Nguyen"),
    ("", "Özdemir"),
    ("van", "Leeuwen"),
    ("", "Peeters"),
    ("ten", "Cate"),
    ("", "Smit"),
    ("", "Timmermans"),
    ("de", "Vries"),
    ("", "Wijnands"),
    ("in 't", "Veld"),
    ("", "Zandstra"),
    ("van der", "Meulen"),
    ("", "Bakker"),
    ("", "Postma"),
    ("de la", "Rive"),
    ("", "Kowalski"),
    ("", "Hoekstra"),
];
pub(super) const STREETS: &[&str] = &[
    "Dorpsstraat",
    "Kerkweg",
    "Lindenlaan",
    "Molenpad",
    "Stationsplein",
    "Oude Gracht",
    "Wilhelminastraat",
    "Zeedijk",
    "Hoge Veen",
    "Parkzicht",
];
pub(super) const TOWNS: &[(&str, &str)] = &[
    ("1012", "Amsterdam"),
    ("3511", "Utrecht"),
    ("9712", "Groningen"),
    ("6211", "Maastricht"),
    ("8011", "Zwolle"),
    ("2511", "Den Haag"),
    ("5211", "'s-Hertogenbosch"),
    ("4331", "Middelburg"),
    ("7511", "Enschede"),
    ("8911", "Leeuwarden"),
];
pub(super) const COMPANIES: &[&str] = &[
    "Bloemhof B.V.",
    "De Zilveren Lepel",
    "Drukkerij Noorderlicht",
    "Zorggroep Waterland",
    "Transport Van Buuren",
    "Atelier Vierkant",
    "Gemeente Rijndal",
];
pub(super) const PROBLEMS: &[&str] = &[
    "Zoekt ander werk na een reorganisatie.",
    "Is moe en wil weer plezier in het werk.",
    "Twijfelt tussen blijven en vertrekken.",
    "Wil leren grenzen te stellen.",
    "Begint voor zichzelf en zoekt houvast.",
    "Komt terug na een lange afwezigheid.",
];
pub(super) const NOTES: &[&str] = &[
    "Besproken hoe de week verliep. Vertelt open over het gesprek met de leidinggevende.",
    "Oefening met kernkwadranten gedaan; herkent vooral de valkuil.",
    "Heeft twee vacatures gevonden. Volgende keer de brief doornemen.",
    "Slaapt beter. Afspraak over vaste pauzes houdt stand.",
    "Rollenspel: nee zeggen zonder uitleg. Ging de tweede keer goed.",
    "Loopbaanlijn getekend; rode draad is werken met mensen.",
    "Heeft met de partner gesproken over minder uren.",
    "Doel bijgesteld: eerst rust, dan richting.",
];
pub(super) const GOALS: &[&str] = &[
    "Weer met plezier naar het werk",
    "Binnen een half jaar een nieuwe baan",
    "Grenzen aangeven",
    "Ondernemingsplan op papier",
    "Vier dagen werken",
];
pub(super) const CONTACTS: &[&str] = &[
    "Afspraak verzet.",
    "Terugbelverzoek beantwoord.",
    "Informatie gestuurd.",
    "Bevestiging van de volgende sessie.",
];
pub(super) const LIMITATIONS: &[&str] = &[
    "Niet langer dan twee uur achtereen staan.",
    "Geen nachtdiensten tot nader order.",
    "Tillen tot tien kilo.",
    "Prikkelarme werkplek gewenst.",
];
pub(super) const CONCLUSIONS: &[&str] = &[
    "Belastbaarheid neemt toe; over zes weken opnieuw beoordelen.",
    "Geen medisch bezwaar tegen opbouw van uren.",
    "Herstel verloopt volgens verwachting.",
];

const PASSWORDS: &[&str] = &[
    "anker",
    "beker",
    "citroen",
    "dakpan",
    "eekhoorn",
    "fluit",
    "gondel",
    "hamer",
    "iglo",
    "jasmijn",
    "kompas",
    "lantaarn",
    "mozaiek",
    "notenhout",
    "oester",
    "paraplu",
    "ratel",
    "schommel",
    "trompet",
    "uilskuiken",
    "vlieger",
    "wimpel",
    "zonnebloem",
    "zwaluw",
];

/// A password as people can type it over: three words and a number.
pub(super) fn password(random: &mut Random) -> String {
    let words: Vec<&str> = (0..3).map(|_| random.word(PASSWORDS)).collect();
    format!("{}-{}", words.join("-"), 1000 + random.below(9000))
}
