//! A practice of made-up people, as large as asked.

use dossierkluis::{
    catalogue::Role,
    crypto::WorkFactor,
    error::Error,
    practice::{Founding, Locked, Practice, system_clock},
    transfer::{
        ImportPlan,
        table::{Encoding, Row, Table},
    },
};
use std::{collections::BTreeMap, path::Path};

pub const USER: &str = "Anna";
pub const PASSWORD: &str = "drie ganzen in een boot";
/// Where the three notes of each client lie.
pub const NOTES: [&str; 3] = ["session_notes", "interventions", "contact_log"];
const FIELDS: &[&str] = &[
    "initials",
    "given_name",
    "prefix",
    "surname",
    "date_of_birth",
    "street",
    "postcode",
    "town",
    "mobile",
    "email",
    "organisation",
    "initial_problem",
    "bsn",
];
/// Clients that are imported together.
const PART: usize = 10_000;

const GIVEN: &[&str] = &[
    "Anna", "Bram", "Carla", "Daan", "Emma", "Fatima", "Gijs", "Hanna", "Ibrahim", "Joke", "Karel",
    "Lotte", "Mohammed", "Noor", "Olivier", "Petra", "Quinten", "Rosa", "Sander", "Tineke", "Umut",
    "Vera", "Willem", "Xandra", "Youssef", "Zoë",
];
const PREFIX: &[&str] = &[
    "", "", "", "", "de", "van", "van der", "van den", "ter", "van 't",
];
const SURNAME: &[&str] = &[
    "Jansen",
    "Vries",
    "Berg",
    "Bakker",
    "Dijk",
    "Visser",
    "Smit",
    "Meijer",
    "Boer",
    "Mulder",
    "Groot",
    "Bos",
    "Vos",
    "Peters",
    "Hendriks",
    "Leeuwen",
    "Dekker",
    "Brouwer",
    "Wit",
    "Dijkstra",
    "Smits",
    "Graaf",
    "Meer",
    "Linden",
    "Kok",
    "Jacobs",
    "Haan",
    "Vermeulen",
    "Heuvel",
    "Veen",
    "Broek",
    "Bruin",
    "Heijden",
    "Schouten",
    "Beek",
    "Willems",
    "Vliet",
    "Hoekstra",
    "Maas",
    "Verhoeven",
    "Koster",
    "Prins",
    "Blom",
    "Huisman",
    "Peeters",
    "Kuipers",
    "Veenstra",
    "Kramer",
    "Wal",
    "IJzerman",
    "Yılmaz",
    "Öztürk",
];
const TOWN: &[&str] = &[
    "Amsterdam",
    "Rotterdam",
    "Utrecht",
    "Eindhoven",
    "Groningen",
    "Tilburg",
    "Almere",
    "Breda",
    "Nijmegen",
    "Apeldoorn",
    "Haarlem",
    "Arnhem",
    "Amersfoort",
    "Zwolle",
    "Leiden",
    "Deventer",
    "Zutphen",
    "Doetinchem",
    "Winterswijk",
    "Meppel",
    "Hoorn",
    "Gouda",
    "Delft",
    "Venlo",
    "Roermond",
];
const STREET: &[&str] = &[
    "Dorpsstraat",
    "Kerkstraat",
    "Stationsweg",
    "Molenweg",
    "Beukenlaan",
    "Julianastraat",
    "Nieuwstraat",
    "Parallelweg",
    "Schoolstraat",
    "Wilhelminalaan",
];
const WORDS: &[&str] = &[
    "gesprek",
    "werk",
    "slaapt",
    "slecht",
    "goed",
    "voelt",
    "zich",
    "vandaag",
    "moe",
    "collega",
    "leidinggevende",
    "thuis",
    "partner",
    "kinderen",
    "energie",
    "grenzen",
    "stellen",
    "afspraak",
    "volgende",
    "week",
    "oefening",
    "ademhaling",
    "wandelen",
    "lijst",
    "maken",
    "doel",
    "stap",
    "besproken",
    "sollicitatie",
    "brief",
    "vacature",
    "verleden",
    "moeite",
    "concentratie",
    "stress",
    "spanning",
    "overzicht",
    "planning",
    "rust",
    "nemen",
    "ontslag",
    "contract",
    "uren",
    "opbouwen",
    "bedrijfsarts",
    "verwijzing",
    "huisarts",
    "medicatie",
    "piekeren",
    "nacht",
    "wakker",
    "ochtend",
    "hoofdpijn",
    "vertrouwen",
    "angst",
    "vermijden",
    "gedachten",
    "schema",
    "huiswerk",
    "reflectie",
    "kwaliteiten",
    "waarden",
    "kernkwadrant",
    "vergadering",
    "conflict",
    "feedback",
    "geven",
    "ontvangen",
    "toekomst",
    "opleiding",
    "cursus",
    "netwerk",
    "koffie",
    "sport",
    "voeding",
    "alcohol",
    "roken",
    "minderen",
    "familie",
    "moeder",
    "vader",
    "overleden",
    "rouw",
    "verlies",
    "verhuizing",
    "schulden",
    "budget",
    "uitkering",
    "aanvraag",
    "formulier",
    "gemeente",
    "en",
    "de",
    "het",
    "een",
    "niet",
    "wel",
    "met",
    "naar",
    "van",
    "voor",
    "is",
    "was",
    "heeft",
    "wil",
    "kan",
    "gaat",
    "nog",
    "meer",
    "minder",
    "vaak",
    "soms",
];

/// A generator of numbers (xorshift64*), the same every time.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    pub fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % n
    }

    fn one(&mut self, of: &[&'static str]) -> &'static str {
        of[self.below(of.len())]
    }
}

/// One made-up client: field and value as typed.
pub fn client(dice: &mut Dice) -> BTreeMap<String, String> {
    let (given, prefix, surname) = (dice.one(GIVEN), dice.one(PREFIX), dice.one(SURNAME));
    let surname = if dice.below(4) == 0 {
        format!("{surname}-{}", dice.one(SURNAME))
    } else {
        surname.to_owned()
    };
    let initials = format!(
        "{}.{}.",
        &given[..1],
        char::from(b'A' + dice.below(26) as u8)
    );
    let number = dice.below(100_000);
    let fields = [
        ("initials", initials),
        ("given_name", given.to_owned()),
        ("prefix", prefix.to_owned()),
        ("surname", surname),
        (
            "date_of_birth",
            format!(
                "{}-{:02}-{:02}",
                1940 + dice.below(70),
                1 + dice.below(12),
                1 + dice.below(28)
            ),
        ),
        (
            "street",
            format!("{} {}", dice.one(STREET), 1 + dice.below(300)),
        ),
        (
            "postcode",
            format!(
                "{} {}{}",
                1011 + dice.below(8900),
                char::from(b'A' + dice.below(5) as u8),
                char::from(b'A' + dice.below(5) as u8)
            ),
        ),
        ("town", dice.one(TOWN).to_owned()),
        (
            "mobile",
            format!("06{:08}", 10_000_000 + dice.below(80_000_000)),
        ),
        (
            "email",
            format!(
                "{}{number}@voorbeeld.example",
                given.to_ascii_lowercase().replace('ë', "e")
            ),
        ),
        (
            "organisation",
            format!(
                "{} {}",
                dice.one(SURNAME),
                dice.one(&["Bouw", "Zorg", "Transport", "Advies", "Techniek"])
            ),
        ),
        ("initial_problem", sentence(dice, 120)),
        ("bsn", bsn(dice)),
    ];
    fields
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(field, value)| (field.to_owned(), value))
        .collect()
}

/// A number that passes the eleven test.
fn bsn(dice: &mut Dice) -> String {
    loop {
        let digits: Vec<usize> = (0..8)
            .map(|at| {
                if at == 0 {
                    1 + dice.below(8)
                } else {
                    dice.below(10)
                }
            })
            .collect();
        let last = digits
            .iter()
            .zip((2..=9).rev())
            .map(|(digit, weight)| digit * weight)
            .sum::<usize>()
            % 11;
        if last < 10 {
            return digits.iter().chain([&last]).map(usize::to_string).collect();
        }
    }
}

/// Words up to about this many bytes. Every text has a rare word, as real ones do.
pub fn sentence(dice: &mut Dice, bytes: usize) -> String {
    let mut text = format!("K{:04} ", dice.below(10_000));
    while text.len() < bytes {
        text.push_str(dice.one(WORDS));
        text.push_str(if dice.below(9) == 0 { ". " } else { " " });
    }
    text
}

/// What an import of these clients reads: every field in a column, and the notes where asked.
pub fn table(clients: usize, seed: u64, with_notes: bool) -> (Vec<Option<&'static str>>, Table) {
    let mut dice = Dice::new(seed);
    let lists = if with_notes { &NOTES[..] } else { &[] };
    let columns: Vec<&'static str> = FIELDS.iter().chain(lists).copied().collect();
    let rows = (0..clients).map(|at| {
        let fields = client(&mut dice);
        let mut cells: Vec<String> = FIELDS
            .iter()
            .map(|field| fields.get(*field).cloned().unwrap_or_default())
            .collect();
        cells.extend(lists.iter().map(|_| sentence(&mut dice, 595)));
        Row {
            line: at + 2,
            cells,
        }
    });
    let table = Table {
        headings: columns.iter().map(|id| (*id).to_owned()).collect(),
        rows: rows.collect(),
        uneven: Vec::new(),
        encoding: Encoding::Utf8,
        delimiter: Some(';'),
    };
    (columns.into_iter().map(Some).collect(), table)
}

/// Founds a practice and imports the clients with their notes.
pub async fn practice(folder: &Path, clients: usize) -> Result<(), Error> {
    let founding = Founding {
        practice: "Praktijk De Linde",
        user: USER,
        password: PASSWORD,
        work: WorkFactor::for_tests(),
        roles: &[Role::Coach],
    };
    let (practice, _) = Locked::found(folder, &founding, system_clock(), "bench").await?;
    for part in 0..clients.div_ceil(PART) {
        let (mapping, table) = table(PART.min(clients - part * PART), 1 + part as u64, true);
        import(&practice, mapping, &table).await?;
    }
    drop(practice.lock().await?);
    Ok(())
}

/// Imports a table into the circle of the signed-in user.
pub async fn import(
    practice: &Practice,
    mapping: Vec<Option<&'static str>>,
    table: &Table,
) -> Result<(), Error> {
    let plan = ImportPlan {
        kind: "client".to_owned(),
        home: practice.own_circle().into(),
        mapping,
        skip_refused: false,
        skip_duplicates: false,
    };
    let report = practice.import(table, &plan, &|_| (), &|| false).await?;
    assert_eq!(
        (report.added, report.refused.len()),
        (table.rows.len(), 0),
        "{:?}",
        report.refused.first()
    );
    Ok(())
}
