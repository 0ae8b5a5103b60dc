//! Countries (ISO 3166-1).

use super::{CodeError, stored_text};
use crate::fold::fold;

stored_text!(
    /// A country by its two letters.
    Country
);

impl Country {
    /// Reads two letters, or a common Dutch or English name.
    ///
    /// # Errors
    /// [`CodeError::CountryUnknown`].
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        let said = text.trim();
        let letters = said.to_ascii_uppercase();
        let known = CODES.split_ascii_whitespace().find(|code| *code == letters);
        let found = known.or_else(|| by_name(&fold(said)));
        found
            .map(|code| Self(code.to_owned()))
            .ok_or(CodeError::CountryUnknown)
    }
}

fn by_name(folded: &str) -> Option<&'static str> {
    NAMES
        .iter()
        .find(|(_, names)| names.contains(&folded))
        .map(|(code, _)| *code)
}

const CODES: &str = "\
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT \
    BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH \
    ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT \
    HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS \
    LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI \
    NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG \
    SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG \
    UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW \
";

/// Folded names of the countries that Dutch files name most.
const NAMES: &[(&str, &[&str])] = &[
    (
        "NL",
        &["nederland", "netherlands", "the netherlands", "holland"],
    ),
    ("BE", &["belgie", "belgium", "belgique"]),
    ("DE", &["duitsland", "germany", "deutschland"]),
    ("FR", &["frankrijk", "france"]),
    ("LU", &["luxemburg", "luxembourg"]),
    (
        "GB",
        &[
            "verenigd koninkrijk",
            "united kingdom",
            "groot-brittannie",
            "great britain",
            "engeland",
            "england",
            "schotland",
            "scotland",
            "wales",
            "uk",
        ],
    ),
    ("IE", &["ierland", "ireland"]),
    ("ES", &["spanje", "spain", "espana"]),
    ("PT", &["portugal"]),
    ("IT", &["italie", "italy", "italia"]),
    ("CH", &["zwitserland", "switzerland", "schweiz"]),
    ("AT", &["oostenrijk", "austria", "osterreich"]),
    ("DK", &["denemarken", "denmark"]),
    ("SE", &["zweden", "sweden"]),
    ("NO", &["noorwegen", "norway"]),
    ("FI", &["finland"]),
    ("PL", &["polen", "poland", "polska"]),
    ("CZ", &["tsjechie", "czechia", "czech republic"]),
    ("HU", &["hongarije", "hungary"]),
    ("RO", &["roemenie", "romania"]),
    ("BG", &["bulgarije", "bulgaria"]),
    ("GR", &["griekenland", "greece"]),
    ("HR", &["kroatie", "croatia"]),
    ("UA", &["oekraine", "ukraine"]),
    ("RU", &["rusland", "russia"]),
    ("TR", &["turkije", "turkey", "turkiye"]),
    ("MA", &["marokko", "morocco"]),
    ("SY", &["syrie", "syria"]),
    ("AF", &["afghanistan"]),
    ("IQ", &["irak", "iraq"]),
    ("IR", &["iran"]),
    ("ER", &["eritrea"]),
    ("SO", &["somalie", "somalia"]),
    ("CN", &["china"]),
    ("IN", &["india"]),
    ("ID", &["indonesie", "indonesia"]),
    ("JP", &["japan"]),
    ("SR", &["suriname"]),
    ("CW", &["curacao"]),
    ("AW", &["aruba"]),
    ("SX", &["sint maarten"]),
    (
        "BQ",
        &["bonaire", "caribisch nederland", "saba", "sint eustatius"],
    ),
    (
        "US",
        &[
            "verenigde staten",
            "united states",
            "united states of america",
            "usa",
            "amerika",
        ],
    ),
    ("CA", &["canada"]),
    ("AU", &["australie", "australia"]),
    ("NZ", &["nieuw-zeeland", "new zealand"]),
    ("ZA", &["zuid-afrika", "south africa"]),
    ("BR", &["brazilie", "brazil"]),
];
