//! Medical words, for a warning where an employer may keep nothing of the kind (AP, "De zieke werknemer": no nature and no
//! cause of an illness, not even with consent).

use crate::fold::fold;

/// Beginnings of words that speak of illness, complaints, treatment or who gives it; Dutch, then English.
const BEGINNINGS: &[&str] = &[
    "aandoening",
    "abortus",
    "adhd",
    "alcoholis",
    "allergie",
    "alzheimer",
    "angststoornis",
    "antidepressiv",
    "arbodiagnose",
    "artrose",
    "astma",
    "autis",
    "beroerte",
    "bestraling",
    "bipolair",
    "blessure",
    "bloeddruk",
    "borderline",
    "botbreuk",
    "burnout",
    "burn-out",
    "chemo",
    "chronisch",
    "corona",
    "covid",
    "darmziekte",
    "dement",
    "depressi",
    "diabet",
    "diagnos",
    "dwangstoornis",
    "dyslexi",
    "eetstoornis",
    "epilep",
    "fibromyalgie",
    "fysio",
    "geestelijke gezondheid",
    "gehoorverlies",
    "geneesmiddel",
    "geopereerd",
    "griep",
    "hartaanval",
    "hartfalen",
    "hartinfarct",
    "hartklacht",
    "hernia",
    "hersenschudding",
    "hersenbloeding",
    "hiv",
    "hoofdpijn",
    "huisarts",
    "hyperventil",
    "infarct",
    "kanker",
    "klachten",
    "koorts",
    "kwaal",
    "leukemie",
    "longontsteking",
    "longkanker",
    "maagzweer",
    "medicatie",
    "medicijn",
    "menopauze",
    "migraine",
    "miskraam",
    "ms-patient",
    "nekklacht",
    "nierziekte",
    "ontsteking",
    "operatie",
    "opname",
    "opgenomen in",
    "overgang",
    "overspannen",
    "paniekaanval",
    "parkinson",
    "pijnklacht",
    "postnataal",
    "psoriasis",
    "psychiat",
    "psycho-",
    "psycholoog",
    "psychose",
    "psychisch",
    "ptss",
    "reuma",
    "revalidatie",
    "rsi",
    "rugklacht",
    "rugpijn",
    "schildklier",
    "schizofreni",
    "slaapapneu",
    "slaapprobleem",
    "somber",
    "suicid",
    "suikerziekte",
    "symptoom",
    "symptomen",
    "therap",
    "trombose",
    "tumor",
    "verslaafd",
    "verslaving",
    "verwonding",
    "whiplash",
    "zelfmoord",
    "zenuwinzinking",
    "ziektebeeld",
    "ziekenhuis",
    "zwanger",
    "anxiety",
    "arthritis",
    "asthma",
    "bipolar",
    "cancer",
    "depression",
    "disease",
    "hospital",
    "illness",
    "medication",
    "migraine",
    "miscarriage",
    "pregnan",
    "psychiatr",
    "psycholog",
    "stroke",
    "surgery",
    "symptom",
    "treatment for",
];

/// Whether a text seems to speak of somebody's health. A word in a list says nothing of what was meant: this is for a warning.
pub fn has_medical_words(text: &str) -> bool {
    let folded = fold(text);
    BEGINNINGS.iter().any(|beginning| {
        let mut places = folded.match_indices(beginning);
        places.any(|(at, _)| {
            let before = folded
                .get(..at)
                .and_then(|before| before.chars().next_back());
            before.is_none_or(|before| !before.is_alphanumeric())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_health_are_noticed_at_their_beginning() {
        for text in [
            "Heeft last van een burn-out.",
            "is overspannen sinds maart",
            "zwangerschapsverlof vanaf mei",
            "DEPRESSIEF na de reorganisatie",
            "wacht op een operatie",
            "gaat naar de fysiotherapeut",
            "suïcidale gedachten",
            "on medication",
        ] {
            assert!(has_medical_words(text), "{text}");
        }
        for text in [
            "Functioneringsgesprek: werkt zelfstandig, wil doorgroeien.",
            "Verlof van 3 tot 7 augustus, daarna weer volledig aan het werk.",
            "Heeft een cursus logistiek afgerond.",
            "coöperatie en ontwikkeling",
            "",
        ] {
            assert!(!has_medical_words(text), "{text}");
        }
    }
}
